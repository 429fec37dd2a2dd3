import { DocumentError, OtherTableError, type TableKind } from '../documents/document-error.ts';
import { workbookLimits } from '../documents/workbook.ts';
import { dayOf, type Instant } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import type { Incoming, IncomingFile } from '../messenger/messenger.ts';
import { invocationSchema } from '../messenger/reply.ts';
import type { Store } from '../store/store.ts';
import { botTexts } from '../texts/bot.ts';
import { documentTexts } from '../texts/documents.ts';
import { type Command, mayUse } from './command.ts';
import { mayCall } from './course/tutor.ts';
import { findDialog } from './dialogs.ts';
import { bareName, type ImportPreview, type WorkbookReader } from './importing/preview.ts';
import { hear } from './listen.ts';
import { findCadre } from './people.ts';
import { clean } from './text/normalise.ts';

/** A text long enough to be kept as a blob: the words as they were sent, and their hash. */
export interface LongText {
  readonly words: string;
  readonly blob: string;
}

/** What was made ready before the transaction, which itself awaits nothing but its store. */
export interface Prepared {
  readonly longText: LongText | null;
  /** Why the attached file could not be read, in a sentence. */
  readonly fileFault: string | null;
  /** The workbook that was sent by somebody who may import it. */
  readonly preview: ImportPreview | null;
  /** The workbook that was sent for a command which reads it by itself. */
  readonly workbook: ReadFile | null;
}

/** A workbook as a command has read it; or why not, in a sentence. */
export type ReadFile =
  | { readonly ok: true; readonly fileName: string; readonly command: string; readonly content: unknown }
  | {
      readonly ok: false;
      readonly fileName: string;
      readonly command: string;
      readonly fault: string;
      /** What it is instead. */
      readonly kind?: TableKind;
    };

/** Reads the words of an attached document, or says why not. */
export type AttachmentReader = (file: IncomingFile) => Promise<{ words: string } | { fault: string }>;

/** Characters of one message; more is answered with a sentence and not read. */
export const longestText = 20_000;
/** A text without a command is taken for the answer to a question for a long text from this length on. */
export const longTextFrom = 100;

export interface PreparationParts {
  readonly store: Store;
  readonly commands: readonly Command[];
  readonly policies: PolicyBook;
  readonly readAttachment: AttachmentReader;
  readonly readWorkbook: WorkbookReader;
}

const nothing: Prepared = { longText: null, fileFault: null, preview: null, workbook: null };

/** By its name: what it really is shows when it is read. */
export const isWorkbook = (file: IncomingFile | undefined): file is IncomingFile =>
  file !== undefined && /\.(?:xls[xmb]?|et|csv)$/i.test(file.name);

/**
 * Makes a long text durable ahead of the transaction that will refer to it by its hash: only from somebody on the roster,
 * and where the bot has asked for it there or the text names a command that takes one. Nothing else is kept or opened.
 */
export async function prepare(parts: PreparationParts, incoming: Incoming, now: Instant): Promise<Prepared> {
  const file = incoming.type === 'message' ? incoming.files[0] : undefined;
  if (isWorkbook(file)) {
    const reader = await findReader(parts, incoming, now);
    const workbook = reader === null ? null : await readFor(parts, file, reader, now);
    const isAnswer = clean(incoming.type === 'message' ? incoming.text : '').trim() === '';
    // A ledger that comes while a sheet is asked for goes where it would have gone without the question.
    if (workbook !== null && !(isAnswer && isForImport(workbook))) return { ...nothing, workbook };
    const importer = await findImporter(parts, incoming);
    if (importer === null && workbook !== null) return { ...nothing, workbook };
    if (importer !== null) {
      const preview = await parts.readWorkbook(file, importer);
      const meant = preview.ok ? undefined : parts.commands.find(({ readsTable }) => readsTable === preview.kind);
      // A table that tells by itself what it is for needs no word with it.
      if (meant !== undefined && isAnswer && incoming.chat.type !== 'group' && mayUse(meant.who, importer))
        return { ...nothing, workbook: await readFor(parts, file, meant, now) };
      return { ...nothing, preview };
    }
  }
  const words = incoming.type === 'message' ? longTextOf(parts, incoming.text, now) : longFieldOf(parts, incoming);
  if (file === undefined && (words === null || words === '')) return nothing;
  if (!(await isWanted(parts, incoming, now))) return nothing;
  if (file === undefined) return { ...nothing, longText: await keep(parts, words ?? '') };
  const reading = await parts.readAttachment(file);
  if ('fault' in reading) return { ...nothing, fileFault: reading.fault };
  return { ...nothing, longText: await keep(parts, reading.words) };
}

const isForImport = (file: ReadFile): boolean => !file.ok && (file.kind === 'ledger' || file.kind === 'roster');

/** The sender, when a workbook from them is opened at all. */
async function findImporter({ store, commands }: PreparationParts, { messenger, sender }: Incoming) {
  const command = commands.find(({ takesWorkbook }) => takesWorkbook);
  if (command === undefined) return null;
  const cadre = await store.read((view) => findCadre(view, messenger, sender));
  return cadre?.state === 'active' && mayUse(command.who, cadre) ? cadre : null;
}

/** The command that reads a workbook by itself and is named with it, or has its draft open in a private chat. */
async function findReader({ store, commands }: PreparationParts, incoming: Incoming, now: Instant) {
  const { messenger, chat, sender } = incoming;
  if (incoming.type !== 'message' || chat.type === 'group') return null;
  return store.read(async (view) => {
    const dialog = await findDialog(view, { messenger, chat: chat.id, sender: sender.id }, now);
    const heard = hear(clean(incoming.text).trim(), commands, dialog);
    const asked = commands.find(({ name }) => name === dialog?.command);
    // 体会800字 belongs to the open draft, whose reader then gets the workbook.
    const command = heard?.doubtful === true && asked?.readWorkbook != null ? asked : (heard?.command ?? asked);
    if (command === undefined || command.readWorkbook === null) return null;
    const cadre = await findCadre(view, messenger, sender);
    return cadre?.state === 'active' && (await mayCall(view, command.who, cadre)) ? command : null;
  });
}

async function readFor(
  { store }: PreparationParts,
  { name, blob, size, fault }: IncomingFile,
  { name: command, readWorkbook }: Command,
  now: Instant,
): Promise<ReadFile> {
  const fileName = bareName(name);
  const refuse = (why: string): ReadFile & { ok: false } => ({ ok: false, fileName, command, fault: why });
  if (fault !== undefined) return refuse(fault);
  if (size > workbookLimits.fileBytes) return refuse(documentTexts.tooBig(workbookLimits.fileBytes / 1048576));
  const bytes = await store.blobs.get(blob);
  if (bytes === undefined) return refuse(botTexts.fileGone(fileName));
  try {
    return { ok: true, fileName, command, content: await readWorkbook?.(bytes, dayOf(now)) };
  } catch (error) {
    if (error instanceof OtherTableError) return { ...refuse(error.message), kind: error.kind };
    if (error instanceof DocumentError) return refuse(error.message);
    throw error;
  }
}

async function keep({ store }: PreparationParts, words: string): Promise<LongText> {
  return { words, blob: await store.blobs.put(Buffer.from(words)) };
}

/** Whether this sender may hand something long in here and now. */
async function isWanted({ store, commands }: PreparationParts, incoming: Incoming, now: Instant): Promise<boolean> {
  const { messenger, chat, sender } = incoming;
  const isNamed =
    incoming.type === 'action' || (hear(clean(incoming.text).trim(), commands)?.command.longText ?? null) !== null;
  return store.read(async (view) => {
    if ((await findCadre(view, messenger, sender))?.state !== 'active') return false;
    if (isNamed) return true;
    const dialog = await findDialog(view, { messenger, chat: chat.id, sender: sender.id }, now);
    const asked = commands.find(({ name }) => name === dialog?.command);
    return asked?.longText != null && asked.longText === dialog?.asking;
  });
}

function longTextOf({ commands, policies }: PreparationParts, raw: string, now: Instant): string | null {
  if (raw.length > longestText) return null;
  const text = clean(raw).trim();
  const heard = hear(text, commands);
  const field = heard?.command.longText ?? null;
  const today = dayOf(now);
  const policy = policies.at(today);
  if (heard === null || field === null) {
    return text.length >= Math.min(longTextFrom, policy.reflection.minLength) ? text : null;
  }
  const reading = heard.command.read(heard.rest, { today, now, policy, dialog: null });
  return reading.ok ? wordsIn(reading.args, field) : null;
}

function longFieldOf({ commands }: PreparationParts, incoming: Incoming & { type: 'action' }): string | null {
  const press = invocationSchema.safeParse(incoming.press);
  const field = press.success ? commands.find(({ name }) => name === press.data.command)?.longText : null;
  const words = field == null ? null : wordsIn(incoming.form, field);
  return words !== null && words.length <= longestText ? clean(words).trim() : null;
}

function wordsIn(args: object, field: string): string | null {
  const value: unknown = Reflect.get(args, field);
  return typeof value === 'string' ? value : null;
}
