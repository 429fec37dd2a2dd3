import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';
import type { Handler, Happening, Incoming, TapAnswer } from '../messenger.ts';
import { renderCard } from './card/render.ts';
import { cardAction, FeishuEventError, readEnvelope } from './envelope.ts';
import { readContact, readEntered, readJoined, readLearned, readRecalled, readRemoved } from './happening.ts';
import { readAction, readMenu, readMessage } from './incoming.ts';
import { type EventParts, passOver, type Read } from './reader.ts';

export { type EventParts, type PrivateChats, privateChatOf } from './reader.ts';

const readers: ReadonlyMap<string, Read> = new Map([
  ['im.message.receive_v1', readMessage],
  [cardAction, readAction],
  ['application.bot.menu_v6', readMenu],
  ['im.chat.access_event.bot_p2p_chat_entered_v1', readEntered],
  ['im.chat.member.bot.added_v1', readJoined],
  ['im.chat.member.bot.deleted_v1', readRemoved],
  ['im.chat.disbanded_v1', readRemoved],
  ['im.message.recalled_v1', readRecalled],
  ['contact.user.updated_v3', readContact],
  ['contact.user.deleted_v3', readContact],
  ['elearning.course_registration.created_v2', readLearned],
  ['elearning.course_registration.updated_v2', readLearned],
]);

/**
 * An event as the platform delivers it, over either transport, as what the bot's handler takes; attachments are fetched.
 * Null: well-formed, but nothing for the bot.
 * @throws FeishuEventError when it is of no known shape, for another app, or by somebody unnamed
 */
export async function readEvent(payload: unknown, parts: EventParts): Promise<Incoming | Happening | null> {
  const envelope = readEnvelope(payload);
  const { app_id: appId, event_type: type } = envelope.header;
  if (appId != null && appId !== parts.appId) throw new FeishuEventError('app', appId);
  const read = readers.get(type);
  return read === undefined ? passOver(parts, type, 'unknown type') : read(envelope.event, envelope, parts);
}

/** One way in for both transports. Resolves to what is answered; rejects when nothing could be made durable. */
export function createReceiver(
  parts: EventParts & { readonly handler: Handler },
): (payload: unknown) => Promise<object> {
  return async (payload) => {
    try {
      const incoming = await readEvent(payload, parts);
      const answer = incoming === null ? null : await parts.handler(incoming);
      return answer === null ? {} : answerTap(answer);
    } catch (error) {
      if (!(error instanceof FeishuEventError) || error.fault !== 'nobody') throw error;
      return toast('error', texts.nobody);
    }
  };
}

const tones = { info: 'info', good: 'success', bad: 'error' } as const;

export const toast = (type: 'info' | 'success' | 'error', content: string): object => ({ toast: { type, content } });

const answerTap = ({ toast: { tone, text }, card }: TapAnswer): object => ({
  ...toast(tones[tone], text),
  ...(card === null ? {} : { card: { type: 'raw', data: renderCard(card) } }),
});
