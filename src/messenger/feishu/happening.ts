import type { Happening } from '../messenger.ts';
import {
  checked,
  contactSchema,
  type Envelope,
  enteredSchema,
  instantOf,
  joinedSchema,
  recalledSchema,
  registrationSchema,
  removedSchema,
} from './envelope.ts';
import { type EventParts, feishu, passOver, type Read, senderOf, timeOf } from './reader.ts';

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

export const readEntered: Read = async (event, envelope, parts) => {
  const { chat_id: chatId, operator_id: operator } = checked(enteredSchema, event);
  const sender = senderOf(operator, null);
  await parts.privateChats.remember(chatId, sender.id);
  return happening({ type: 'entered', sender }, envelope, parts);
};

export const readJoined: Read = async (event, envelope, parts) => {
  const { chat_id: id, operator_id: operator, name, i18n_names: names } = checked(joinedSchema, event);
  if (!operator?.open_id) return passOver(parts, envelope.header.event_type, 'added by nobody');
  const chat = { id, name: (name || names?.zh_cn || '').slice(0, 80) };
  return happening({ type: 'joined', chat, by: senderOf(operator, null) }, envelope, parts);
};

export const readRemoved: Read = async (event, envelope, parts) =>
  happening({ type: 'removed', chat: checked(removedSchema, event).chat_id }, envelope, parts);

export const readRecalled: Read = async (event, envelope, parts) => {
  const { message_id: messageId } = checked(recalledSchema, event);
  return happening({ type: 'recalled', messageId }, envelope, parts, `recalled:${messageId}`);
};

export const readContact: Read = async (event, envelope, parts) => {
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

export const readLearned: Read = async (event, envelope, parts) => {
  const type = envelope.header.event_type;
  const found = checked(registrationSchema, event);
  const { course_id: course, learning_duration: seconds } = found;
  const finished = Number(found.finished_at ?? 0);
  if (found.learning_state !== passed || !seconds || finished === 0) return passOver(parts, type, 'not finished');
  const person = senderOf(found.learner.user_id, null);
  const record = `${course}:${person.id}`;
  const finishedAt = instantOf(finished);
  return happening({ type: 'learned', record, person, course, seconds, finishedAt }, envelope, parts);
};
