import { hash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Instant } from '../../domain/day.ts';
import { StoreError } from '../../store/store.ts';
import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';
import type { Chat, Handler, Happening, Incoming, IncomingFile, Sender, TapAnswer } from '../messenger.ts';
import { pressOf } from './card/press.ts';
import { renderCard } from './card/render.ts';
import { type Attachment, isAddressed, readContent } from './content.ts';
import {
  actionSchema,
  cardAction,
  checked,
  contactSchema,
  type Envelope,
  enteredSchema,
  FeishuEventError,
  instantOf,
  joinedSchema,
  menuSchema,
  messageSchema,
  readEnvelope,
  recalledSchema,
  registrationSchema,
  removedSchema,
} from './envelope.ts';
import { FeishuFileError } from './files.ts';
import { readMenuKey } from './menu.ts';

export interface FeishuFiles {
  /** Streams an attachment of a message into blobs. */
  download(messageId: string, fileKey: string, type: 'file' | 'image', name: string): Promise<IncomingFile>;
}

export interface PrivateChats {
  /** Whether a chat is the one that this person alone has with the bot. */
  isPrivate(chatId: string, openId: string): Promise<boolean>;
  remember(chatId: string, openId: string): Promise<void>;
}

export interface EventParts {
  readonly appId: string;
  readonly clock: Clock;
  readonly files: FeishuFiles;
  readonly privateChats: PrivateChats;
  /** Null until the platform has told it. */
  readonly botOpenId: () => string | null;
  /** Names of departments. @throws when the platform cannot be asked; it then delivers the event again */
  readonly unitNames: (departmentIds: readonly string[]) => Promise<readonly string[]>;
  /** Whether what the platform's own courses tell is taken; off unless given. */
  readonly learning?: boolean;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

export const feishu = 'feishu';

/** The name of a person's own chat with the bot, whatever the platform calls it: a press of the menu names none. */
export const privateChatOf = (openId: string): string => `p2p:${openId}`;

/** Why an event is nothing for the bot. */
export type PassedOver =
  | 'unknown type'
  | 'not from a person'
  | 'does not name the bot'
  | 'added by nobody'
  | 'courses are not taken'
  | 'not finished';

type Read = (event: object, envelope: Envelope, parts: EventParts) => Promise<Incoming | Happening | null>;

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

function passOver({ log }: EventParts, event: string, reason: PassedOver): null {
  log.info({ event, reason }, 'event passed over');
  return null;
}

const readMessage: Read = async (event, { header }, parts) => {
  const { sender, message } = checked(messageSchema, event);
  if (sender.sender_type !== 'user') return passOver(parts, header.event_type, 'not from a person');
  const from = senderOf(sender.sender_id, null);
  const isPrivate = message.chat_type === 'p2p';
  const naming = { mentions: message.mentions ?? [], botOpenId: parts.botOpenId() };
  if (!isPrivate && !isAddressed(naming)) return passOver(parts, header.event_type, 'does not name the bot');
  if (isPrivate) await parts.privateChats.remember(message.chat_id, from.id);
  const { text, attachments } = readContent(message.message_type, message.content, naming);
  return {
    type: 'message',
    messenger: feishu,
    id: message.message_id,
    at: timeOf(message.create_time ?? header.create_time, parts),
    sender: from,
    chat: isPrivate ? { id: from.privateChat, type: 'private' } : { id: message.chat_id, type: 'group' },
    text,
    // What lies in a group is nobody's to hand in there.
    files: isPrivate ? await fetchAll(attachments, message.message_id, parts) : [],
  };
};

/** Attachments of one message that are fetched. */
const mostFiles = 9;

const fetchAll = (attachments: readonly Attachment[], messageId: string, parts: EventParts): Promise<IncomingFile[]> =>
  Promise.all(attachments.slice(0, mostFiles).map((attachment) => fetchOne(attachment, messageId, parts)));

/** A file that the platform does not hand over comes without its bytes: the bot says why and what to do. */
async function fetchOne({ type, key, name }: Attachment, messageId: string, parts: EventParts): Promise<IncomingFile> {
  try {
    return await parts.files.download(messageId, key, type, name);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    parts.log.warn({ id: messageId, err: error }, 'attachment not fetched');
    const fault = error instanceof FeishuFileError ? `${error.message}。` : texts.fileNotFetched(name);
    return { name, blob: '', size: 0, fault };
  }
}

/** Each tap has a token of its own: pressing once more is another tap, a second delivery is the same one. */
const readAction: Read = async (event, { header }, parts) => {
  const { operator, token, action, context } = checked(actionSchema, event);
  if (operator.open_id === null) throw new FeishuEventError('nobody');
  const sender = senderOf(operator, null);
  const { press, form } = pressOf(action);
  const what = hash('sha256', JSON.stringify([action.value, action.form_value, action.option, token]));
  return {
    type: 'action',
    messenger: feishu,
    id: `${context.open_message_id}:${sender.id}:${what.slice(0, 32)}`,
    at: timeOf(header.create_time, parts),
    sender,
    chat: await chatOf(context.open_chat_id, sender, parts),
    messageId: context.open_message_id,
    press,
    form,
  };
};

/** A chat of which it is not known whose it is may be read by others. */
async function chatOf(chatId: string, sender: Sender, { privateChats }: EventParts): Promise<Chat> {
  const isOwn = await privateChats.isPrivate(chatId, sender.id);
  return isOwn ? { id: sender.privateChat, type: 'private' } : { id: chatId, type: 'group' };
}

const readMenu: Read = async (event, { header }, parts) => {
  const { operator, event_key: key, timestamp } = checked(menuSchema, event);
  const sender = senderOf(operator.operator_id, operator.operator_name ?? null);
  return {
    type: 'message',
    messenger: feishu,
    id: `menu:${sender.id}:${key}:${timestamp ?? header.event_id}`,
    at: timeOf(timestamp ?? header.create_time, parts),
    sender,
    chat: { id: sender.privateChat, type: 'private' },
    text: readMenuKey(key),
    files: [],
  };
};

const happening = (
  what: Happening['what'],
  { header }: Envelope,
  parts: EventParts,
  id = header.event_id,
): Happening => ({
  type: 'happening',
  messenger: feishu,
  id,
  at: timeOf(header.create_time, parts),
  what,
});

const readEntered: Read = async (event, envelope, parts) => {
  const { chat_id: chatId, operator_id: operator } = checked(enteredSchema, event);
  const sender = senderOf(operator, null);
  await parts.privateChats.remember(chatId, sender.id);
  return happening({ type: 'entered', sender }, envelope, parts);
};

const readJoined: Read = async (event, envelope, parts) => {
  const { chat_id: id, operator_id: operator, name, i18n_names: names } = checked(joinedSchema, event);
  if (!operator?.open_id) return passOver(parts, envelope.header.event_type, 'added by nobody');
  const chat = { id, name: (name || names?.zh_cn || '').slice(0, 80) };
  return happening({ type: 'joined', chat, by: senderOf(operator, null) }, envelope, parts);
};

const readRemoved: Read = async (event, envelope, parts) =>
  happening({ type: 'removed', chat: checked(removedSchema, event).chat_id }, envelope, parts);

const readRecalled: Read = async (event, envelope, parts) => {
  const { message_id: messageId } = checked(recalledSchema, event);
  return happening({ type: 'recalled', messageId }, envelope, parts, `recalled:${messageId}`);
};

const readContact: Read = async (event, envelope, parts) => {
  const { object, old_object: before } = checked(contactSchema, event);
  const { id, userId, name } = senderOf(object, object.name ?? null);
  const hasLeft =
    envelope.header.event_type === 'contact.user.deleted_v3' ||
    object.status?.is_resigned === true ||
    object.status?.is_exited === true;
  const departments = object.department_ids ?? (hasLeft ? before?.department_ids : null) ?? [];
  const person = { id, userId, name, units: departments.length === 0 ? [] : await parts.unitNames(departments) };
  return happening({ type: hasLeft ? 'person-left' : 'person-changed', person }, envelope, parts);
};

const passed = 2;

const readLearned: Read = async (event, envelope, parts) => {
  const type = envelope.header.event_type;
  if (parts.learning !== true) return passOver(parts, type, 'courses are not taken');
  const found = checked(registrationSchema, event);
  const { course_id: course, learning_duration: seconds, finished_at: finished } = found;
  if (found.learning_state !== passed || !seconds || !finished) return passOver(parts, type, 'not finished');
  const person = senderOf(found.learner.user_id, null);
  const record = `${course}:${person.id}`;
  const finishedAt = instantOf(finished);
  return happening({ type: 'learned', record, person, course, seconds, finishedAt }, envelope, parts);
};

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

/** @throws FeishuEventError */
function senderOf(
  person: { readonly open_id: string | null; readonly user_id: string | null } | null | undefined,
  name: string | null,
): Sender {
  const id = person?.open_id ?? null;
  if (id === null) throw new FeishuEventError('shape', 'open_id');
  return { id, userId: person?.user_id ?? null, name, privateChat: privateChatOf(id) };
}

const timeOf = (time: string | number | null | undefined, { clock }: EventParts): Instant =>
  time == null ? clock.now() : instantOf(time);
