/** What the console has to deliver to us; `docs/feishu-setup.md` says what for. */
export const subscriptions = {
  events: {
    kind: 'events',
    names: [
      'im.message.receive_v1',
      'application.bot.menu_v6',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'im.chat.member.bot.added_v1',
      'im.chat.member.bot.deleted_v1',
      'im.chat.disbanded_v1',
      'im.message.recalled_v1',
      'contact.user.updated_v3',
      'contact.user.deleted_v3',
    ],
  },
  callbacks: { kind: 'callbacks', names: ['card.action.trigger'] },
} as const satisfies Readonly<Record<string, { kind: string; names: readonly string[] }>>;
