import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import { addMs, type Instant } from '../domain/day.ts';
import { instantSchema } from '../domain/schema.ts';
import { type Button, type Invocation, invocationSchema, type Reply } from '../messenger/reply.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';

/** How a question or a draft was over: what its old card still says when it is tapped. */
const ends = ['submitted', 'cancelled', 'replaced', 'expired'] as const;
const endSchema = z.object({ id: z.number().int(), command: z.string(), as: z.enum(ends) });
export type DialogEnd = z.output<typeof endSchema>;

/** Cards of the same chat whose end is remembered. */
const remembered = 8;

const offersSchema = z.array(z.object({ label: z.string(), press: invocationSchema }));
export type Offers = z.output<typeof offersSchema>;

/**
 * What the bot has asked one person in one chat: a draft that waits for 确认, or a question. There is one at a time and
 * it survives a restart. It is open until it is ended — submitted, cancelled or replaced by the next — or expires; the
 * row stays behind, so that an old card is answered with what became of it.
 */
const dialogSchema = z.object({
  messenger: z.string(),
  chat: z.string(),
  sender: z.string(),
  id: z.number().int(),
  command: z.string(),
  args: z.record(z.string(), z.json()),
  /** The missing argument, or `confirm`. */
  asking: z.string(),
  expiresAt: instantSchema,
  /** The buttons of its card: who writes what stands on one presses it. */
  offers: offersSchema.optional(),
  /** The same of the card that was the last answer here, whether it asks anything or not. */
  shown: z.object({ until: instantSchema, offers: offersSchema }).optional(),
  /** The messages and taps that it comes from: any of them, taken back, takes it along. */
  messages: z.array(z.string().max(300)).optional(),
  /** Absent while it is open; an expired one is marked when the next takes its place. */
  endedAs: z.enum(ends).optional(),
  /** Those before it, the newest first. */
  earlier: z.array(endSchema).max(remembered).optional(),
});
export type Dialog = z.output<typeof dialogSchema>;

export const dialogs = defineCollection({
  name: 'dialogs',
  schema: dialogSchema,
  key: ['messenger', 'chat', 'sender'],
  indexes: { byExpiry: ['expiresAt'] },
  kept: 'operational',
  numbered: { field: 'id', sequence: 'dialogs' },
});

export interface DialogPlace {
  readonly messenger: string;
  readonly chat: string;
  readonly sender: string;
}

const keyAt = (place: DialogPlace): string => `${place.messenger}:${place.chat}:${place.sender}`;

const isOpen = (dialog: Dialog, now: Instant): boolean => dialog.endedAs === undefined && dialog.expiresAt > now;

/** The number of a row that holds a place where nothing has been asked yet. */
const nothingAsked = 0;

/**
 * Looks up, before anything else asks for it, what was asked at a place. Most often it is nothing: then the place is held,
 * so that those who are asked something for the first time at the same moment are not in each other's way.
 */
export async function holdPlace(tx: Transaction, place: DialogPlace, now: Instant): Promise<void> {
  const nothing = { id: nothingAsked, command: '', args: {}, asking: '', expiresAt: now };
  await tx.getOrInsert(dialogs, { ...place, ...nothing, endedAs: 'expired' });
}

/** The open question of a person in a chat. */
export async function findDialog(view: Reader, place: DialogPlace, now: Instant): Promise<Dialog | null> {
  const dialog = await findLast(view, place);
  return dialog !== null && isOpen(dialog, now) ? dialog : null;
}

/** The last question of a person in a chat, open or not. */
export async function findLast(view: Reader, place: DialogPlace): Promise<Dialog | null> {
  const dialog = await view.get(dialogs, keyAt(place));
  return dialog === undefined || dialog.id === nothingAsked ? null : dialog;
}

/** How the question with this number ended, or without a number the last one; null when it is open or not known. */
export async function findEnd(view: Reader, place: DialogPlace, id: number | undefined, now: Instant) {
  const dialog = await findLast(view, place);
  if (dialog === null) return null;
  if (id !== undefined && id !== dialog.id) return dialog.earlier?.find((end) => end.id === id) ?? null;
  return isOpen(dialog, now) ? null : endOf(dialog, 'expired');
}

const endOf = ({ id, command, endedAs }: Dialog, otherwise: DialogEnd['as']): DialogEnd => ({
  id,
  command,
  as: endedAs ?? otherwise,
});

/** A question, with the number of the one that it goes on with, if it does. */
export type Asked = Invocation & { readonly asking: string; readonly draft?: number | undefined };

/**
 * Opens a question, which replaces the one before it. @returns its number, which the buttons of its card carry, and the
 * command whose draft is lost by it: another's, or its own by an empty form
 */
export async function openDialog(
  tx: Transaction,
  place: DialogPlace,
  { command, args, asking, draft, now, minutes }: Asked & { readonly now: Instant; readonly minutes: number },
): Promise<{ readonly id: number; readonly lost: string | null }> {
  const last = await findLast(tx, place);
  const earlier = last && [endOf(last, isOpen(last, now) ? 'replaced' : 'expired'), ...(last.earlier ?? [])];
  const id = await tx.nextNumber('dialogs');
  await tx.put(dialogs, {
    ...place,
    id,
    command,
    args,
    asking,
    expiresAt: addMs(now, minutes * 60_000),
    messages: [...(last !== null && last.id === draft ? (last.messages ?? []) : []), tx.cause.ref],
    earlier: earlier?.slice(0, remembered) ?? [],
  });
  // Of the same command only an empty form: what is said again corrects what was said before.
  const isBlank = asking === 'form' && Object.keys(args).length === 0;
  const isLost =
    last !== null &&
    isOpen(last, now) &&
    ['confirm', 'form'].includes(last.asking) &&
    (last.command !== command || (isBlank && Object.keys(last.args).length > 0));
  return { id, lost: isLost ? last.command : null };
}

/** Ends the open question; one that has ended or expired stays as it is. */
export async function closeDialog(
  tx: Transaction,
  place: DialogPlace,
  endedAs: Exclude<DialogEnd['as'], 'expired'>,
  now: Instant,
): Promise<void> {
  const dialog = await findDialog(tx, place, now);
  if (dialog !== null) await tx.put(dialogs, { ...dialog, endedAs });
}

/** Remembers the buttons of an answer: those that belong to the open question as long as it is open, the others until the next. */
export async function keepOffers(
  tx: Transaction,
  place: DialogPlace,
  reply: Reply,
  { now, minutes }: { readonly now: Instant; readonly minutes: number },
): Promise<void> {
  const blocks = reply.type === 'card' ? reply.card.blocks : [];
  const all = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  const row = await tx.get(dialogs, keyAt(place));
  if (row === undefined) return;
  const ofQuestion = isOpen(row, now) ? all.filter(({ press }) => press.args['draft'] === row.id) : [];
  const others = all.flatMap((one) => (one.press.args['draft'] === undefined ? wordsFor(one) : []));
  const { shown, ...rest } = row;
  if (ofQuestion.length + others.length === 0 && shown === undefined) return;
  await tx.put(dialogs, {
    ...rest,
    ...(ofQuestion.length === 0 ? {} : { offers: ofQuestion.map(({ label, press }) => ({ label, press })) }),
    ...(others.length === 0 ? {} : { shown: { until: addMs(now, minutes * 60_000), offers: others } }),
  });
}

/**
 * The press that words for a button stand for. What takes effect at once is not meant by a word alone, which may be about
 * another card; a button that asks first, and whose command asks by itself, is.
 */
function wordsFor({ label, press, style, confirm }: Button): Offers {
  const { confirmed, ...args } = press.args;
  if (confirm === undefined) return style === 'default' ? [{ label, press }] : [];
  return confirmed === true ? [{ label, press: { ...press, args } }] : [];
}

/** What can be said here by the label of a button. */
export async function findOffers(view: Reader, place: DialogPlace, now: Instant): Promise<Offers> {
  const row = await view.get(dialogs, keyAt(place));
  if (row === undefined) return [];
  const asked = isOpen(row, now) ? (row.offers ?? []) : [];
  return row.shown !== undefined && row.shown.until > now ? [...asked, ...row.shown.offers] : asked;
}

/** Drops what comes from a message that has been taken back, wherever it is still open. */
export async function dropWhatComesFrom(
  tx: Transaction,
  messenger: string,
  message: string,
  now: Instant,
): Promise<void> {
  for (const dialog of await listAll(tx, dialogs, { index: 'byExpiry', from: now })) {
    if (dialog.messenger === messenger && dialog.messages?.includes(message)) {
      await closeDialog(tx, dialog, 'cancelled', now);
    }
  }
}
