import { type Stage, tell } from './acting.ts';
import { newId } from './app.ts';
import type { Delivery } from './deliveries.ts';
import { idsOf, type Mention, messageEvent } from './events.ts';

/** Where and how somebody says something. */
export interface Saying {
  /** A group; without it, the private chat with the bot. */
  readonly chat?: string;
  /** Whom the words name first: the bot (`true`), everybody, or people by open_id. */
  readonly mention?: boolean | 'all' | readonly string[];
  /** The message that is answered. */
  readonly replyTo?: string;
}

export interface Said {
  readonly messageId: string;
  /** null: the platform tells the bot nothing of it. */
  readonly delivery: Delivery | null;
}

/** What people write and send. */
export function createSaying(stage: Stage) {
  const { app, people, files, messages, time } = stage;

  /** A message of any type; `openId` null: from another app's bot. */
  const sends = async (
    openId: string | null,
    type: string,
    content: unknown,
    where: Saying = {},
    mentions: readonly Mention[] = [],
  ): Promise<Said> => {
    const person = openId === null ? null : people.person(openId);
    const chat = people.chat(where.chat ?? person?.privateChat ?? '');
    const parentId = where.replyTo ?? null;
    const { messageId } = messages.keep({
      chatId: chat.chatId,
      type,
      content,
      from: openId ?? 'another app',
      parentId,
    });
    if (!chat.botIsIn || !isHeard(stage, chat.type, where.mention)) return { messageId, delivery: null };
    const sender =
      person === null
        ? ({ id: { open_id: newId('ou_') }, type: 'bot' } as const)
        : ({ id: idsOf(app, person), type: 'user' } as const);
    const event = messageEvent(app, messages.find(messageId), chat.type, sender, mentions);
    return { messageId, delivery: await tell(stage, 'im.message.receive_v1', event) };
  };

  const naming = (words: string, mention: Saying['mention']): { text: string; mentions: readonly Mention[] } => {
    if (mention === 'all') return { text: `@_all ${words}`, mentions: [] };
    const named = mention === true ? [app.bot.openId] : mention === undefined || mention === false ? [] : mention;
    const mentions = named.map((openId, i): Mention => {
      const person = openId === app.bot.openId ? null : people.person(openId);
      return {
        key: `@_user_${i + 1}`,
        id: person === null ? { open_id: openId } : idsOf(app, person),
        mentioned_type: person === null ? 'bot' : 'user',
        name: person === null ? app.bot.name : person.name,
        tenant_key: app.tenantKey,
      };
    });
    return { text: [...mentions.map(({ key }) => key), words].join(' '), mentions };
  };

  const saysAs = (openId: string | null, words: string, where: Saying): Promise<Said> => {
    const { text, mentions } = naming(words, where.mention);
    return sends(openId, 'text', { text }, where, mentions);
  };

  return {
    sends,
    says: (openId: string, words: string, where: Saying = {}) => saysAs(openId, words, where),
    /** Says something as another app's bot. */
    botSays: (words: string, where: Saying & { readonly chat: string }) => saysAs(null, words, where),
    /** A rich text: `title` and `content`. */
    posts: (openId: string, post: object, where: Saying = {}) => sends(openId, 'post', post, where),
    sendsFile: (openId: string, file: { name: string; bytes: Uint8Array }, where: Saying = {}) => {
      const { key } = files.keep('file', file.name, file.bytes, false);
      return sends(openId, 'file', { file_key: key, file_name: file.name }, where);
    },
    sendsImage: (openId: string, bytes: Uint8Array, where: Saying = {}) => {
      const { key } = files.keep('image', null, bytes, false);
      return sends(openId, 'image', { image_key: key }, where);
    },
    recalls: (messageId: string): Promise<Delivery> => {
      const message = messages.find(messageId);
      message.recalled = true;
      return tell(stage, 'im.message.recalled_v1', {
        message_id: messageId,
        chat_id: message.chatId,
        recall_time: String(time.now()),
        recall_type: 'message_owner',
      });
    },
  };
}

/** In a group the bot hears what names it or everybody, and the rest only with a permission that it does not ask for. */
function isHeard({ app: { scopes } }: Stage, type: 'p2p' | 'group', mention: Saying['mention']): boolean {
  if (type === 'p2p') return scopes.has('im:message.p2p_msg:readonly');
  const isMeant = mention === true || mention === 'all';
  return scopes.has('im:message.group_msg') || (isMeant && scopes.has('im:message.group_at_msg:readonly'));
}
