import { hash } from 'node:crypto';
import { StoreError } from '../../store/store.ts';
import { feishuEventTexts as texts } from '../../texts/feishu-events.ts';
import type { Chat, IncomingFile, Sender } from '../messenger.ts';
import { pressOf } from './card/press.ts';
import { type Attachment, isAddressed, readContent } from './content.ts';
import { actionSchema, checked, FeishuEventError, menuSchema, messageSchema } from './envelope.ts';
import { FeishuFileError } from './files.ts';
import { readMenuKey } from './menu.ts';
import { type EventParts, feishu, ownUserId, passOver, type Read, senderOf, timeOf } from './reader.ts';

/** Known by its message id: the event's own id may be new with each delivery. */
export const readMessage: Read = async (event, envelope, parts) => {
  const { header } = envelope;
  const { sender, message } = checked(messageSchema, event);
  if (sender.sender_type !== 'user') return passOver(parts, header.event_type, 'not from a person');
  const from = ownUserId(senderOf(sender.sender_id, null), sender.tenant_key, envelope);
  const isPrivate = message.chat_type === 'p2p';
  const naming = { mentions: message.mentions ?? [], botOpenId: parts.botOpenId() };
  if (!isPrivate && !isAddressed(naming)) return passOver(parts, header.event_type, 'does not name the bot');
  if (isPrivate) await parts.privateChats.remember(message.chat_id, from.id);
  const { text, attachments } = readContent(message.message_type, message.content, naming);
  // What lies in a group is nobody's to hand in there.
  const isTaken = isPrivate && attachments.length > 0 && (await (parts.takesFilesFrom?.(from) ?? true));
  return {
    type: 'message',
    messenger: feishu,
    id: message.message_id,
    at: timeOf(message.create_time ?? header.create_time, parts),
    sender: from,
    chat: isPrivate ? { id: from.privateChat, type: 'private' } : { id: message.chat_id, type: 'group' },
    text,
    files: isTaken ? await fetchAll(attachments, message.message_id, parts) : [],
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
    const isRefused = error instanceof FeishuFileError;
    // What a file is called is its sender's own.
    parts.log.warn({ id: messageId, err: isRefused ? error.cause : error }, 'attachment not fetched');
    const fault = isRefused ? `${error.message}。` : texts.fileNotFetched(name);
    return { name, blob: '', size: 0, fault };
  }
}

/** Each tap has a token of its own: pressing once more is another tap, a second delivery is the same one. */
export const readAction: Read = async (event, envelope, parts) => {
  const { header } = envelope;
  const { operator, token, action, context } = checked(actionSchema, event);
  if (operator.open_id === null) throw new FeishuEventError('nobody');
  const sender = ownUserId(senderOf(operator, null), operator.tenant_key, envelope);
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

/** A press of the menu is said in the private chat, which the event does not name. */
export const readMenu: Read = async (event, { header }, parts) => {
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
