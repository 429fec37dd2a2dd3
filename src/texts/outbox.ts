/** Why a message did not arrive, as the department reads it. */
export const outboxTexts = {
  unbound: '此人还没有绑定账号，消息送不到。请通知本人向机器人发送“绑定”。',
  noMessenger: (messenger: string): string => `没有启用 ${messenger}，消息送不到。`,
  outcomeUnknown: (reason: string | null): string =>
    `发送结果不明，为免重复没有再发${reason === null ? '' : `（${reason}）`}。`,
  expired: '已过提醒时段，没有发送。',
} as const;
