import type { Instant } from '../../domain/day.ts';
import { lineSchema } from '../../domain/schema.ts';
import { enqueue } from '../../messenger/outbox.ts';
import { button, buttons, card, note, text, words } from '../../messenger/reply.ts';
import { groupTexts as texts } from '../../texts/happenings.ts';
import { chats } from '../chats.ts';
import type { HappeningContext } from '../context.ts';
import { deskOf } from '../people.ts';

/** When the platform told of it, and under which name. */
interface Told {
  readonly at: Instant;
  readonly id: string;
}

/**
 * A group that has become known receives nothing until the department has said so. It is greeted and asked about once a
 * day: whoever takes the bot out and in again and again must not fill the desk with cards.
 */
export async function enterGroup(
  { tx, messenger, tell, today }: HappeningContext,
  chat: { readonly id: string; readonly name: string },
  at: Instant,
): Promise<void> {
  const key = `${messenger}:${chat.id}`;
  const before = await tx.get(chats, key);
  if (before?.heardAt !== undefined && before.heardAt > at) return;
  const isKnown = before !== undefined && before.removed !== true;
  const told = lineSchema(80).safeParse(chat.name.slice(0, 80));
  const name = told.success ? told.data : (before?.name ?? texts.nameless);
  await tx.put(chats, { messenger, id: chat.id, name, bulletin: isKnown && before.bulletin, heardAt: at });
  if (isKnown) return;
  await enqueue(tx, {
    key: `hello:${key}:${today}`,
    messenger,
    to: { type: 'chat', id: chat.id },
    purpose: 'notice',
    reply: text(texts.hello),
  });
  const summary = texts.joined(name);
  const answer = (label: string, receive: boolean) =>
    button(label, '通报', { view: 'groups', chat: key, receive }, receive ? 'primary' : 'default');
  const question = card(
    texts.title,
    'info',
    summary,
    words(summary),
    buttons(answer(texts.receive, true), answer(texts.refuse, false)),
    note(texts.hint),
  );
  for (const { staffNo } of await deskOf(tx)) {
    await tell(staffNo, question, { key: `joined:${key}:${today}:${staffNo}`, purpose: 'notice' });
  }
}

/** A group that the bot is no longer in receives nothing; the desk hears of it where it did. */
export async function leaveGroup(
  { tx, messenger, tell }: HappeningContext,
  chat: string,
  { at, id }: Told,
): Promise<void> {
  const key = `${messenger}:${chat}`;
  const before = await tx.get(chats, key);
  if (before === undefined || before.removed === true || (before.heardAt !== undefined && before.heardAt > at)) return;
  await tx.put(chats, { ...before, bulletin: false, removed: true, heardAt: at });
  if (!before.bulletin) return;
  for (const { staffNo } of await deskOf(tx)) {
    await tell(staffNo, text(texts.removed(before.name)), {
      key: `removed:${key}:${id}:${staffNo}`,
      purpose: 'notice',
    });
  }
}
