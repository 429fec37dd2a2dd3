import type { Incoming, IncomingMessage } from '../messenger/messenger.ts';
import { invocationSchema, text as say } from '../messenger/reply.ts';
import { botTexts as texts } from '../texts/bot.ts';
import { type Command, mayUse } from './command.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs.ts';
import { contextOf, type Finding, finding, readAs } from './finding.ts';
import { guess, type Heard, hear } from './listen.ts';
import { isWorkbook, longestText, longTextFrom } from './prepare.ts';
import { type Listener, readMeaning, readSentence } from './sentence.ts';
import { clean, normalise } from './text/normalise.ts';

/** Who speaks, when and where, and what has been asked there. */
export type Room = Listener & Pick<Context, 'question' | 'offers' | 'chat' | 'preview' | 'workbook'>;

/** A tap or a form says what it means; its texts are as little to be trusted as any other. */
export function readPress(commands: readonly Command[], incoming: Incoming & { type: 'action' }): Finding {
  const press = invocationSchema.safeParse(incoming.press);
  const command = press.success ? commands.find(({ name }) => name === press.data.command) : undefined;
  if (!press.success || command === undefined) return { reply: say(texts.oldCard) };
  const said = Object.entries({ ...press.data.args, ...incoming.form });
  const args = said.map(([name, value]) => [name, cleanValue(value)]);
  return { command, args: Object.fromEntries(args.filter(([, value]) => value !== '')) };
}

const cleanValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(cleanValue);
  return typeof value === 'string' ? clean(value).trim() : value;
};

/**
 * What a text means here: a command by its name; the answer to the open question or a change of the open draft; a
 * sentence in one's own words; or nothing that is known, answered with the nearest command.
 */
export async function readText(context: Room, incoming: Pick<IncomingMessage, 'text' | 'files'>): Promise<Finding> {
  const { commands } = context;
  if (incoming.text.length > longestText) return { reply: say(texts.tooLong(longestText)) };
  const said = clean(incoming.text).trim();
  const text = normalise(said);
  const dialog = await context.question();
  const asked = dialog === null ? undefined : commands.find(({ name }) => name === dialog.command);
  const offer = text === '' ? undefined : (await context.offers()).find(({ label }) => normalise(label) === text);
  const offered = offer && commands.find(({ name }) => name === offer.press.command);
  if (offer !== undefined && offered !== undefined) return { command: offered, args: offer.press.args };
  const heard = hear(text, commands, dialog);
  if (text === '' && dialog !== null && asked !== undefined && readsWorkbook(context, incoming, asked))
    return { command: asked, args: { draft: dialog.id } };
  const reading = commands.find(({ name }) => name === context.workbook?.command);
  if (text === '' && reading !== undefined) return { command: reading, args: {} };
  const taking = takesWorkbook(context, incoming, asked);
  if (taking !== null && (text === '' || heard?.command === taking)) return { command: taking, args: {} };
  if (dialog !== null && asked !== undefined) {
    const answer = readAnswer(context, { asked, dialog, heard, text, said }, incoming);
    if (answer !== null) return answer;
  }
  if (heard !== null && heard.command.longText === null && text.length > heard.command.longest) {
    return { about: heard.command, reply: say(texts.tooLong(heard.command.longest)) };
  }
  if (heard !== null) {
    const free = heard.runsOn ? readSentence(context, text, heard) : null;
    if (free !== null) return free;
    // A long text keeps its paragraphs and widths; everything else is read in normalised form.
    const whole = heard.command.longText === null ? heard : hear(said, commands, dialog);
    return readAs(context, heard.command, whole?.rest ?? said, null);
  }
  if (text === '') {
    const [file] = incoming.files;
    if (file === undefined) return { reply: say(texts.empty) };
    const alone = context.chat.type === 'group' ? texts.fileInGroup : texts.fileAlone(file.name);
    return { reply: say(file.fault ?? alone) };
  }
  return readBareCode(commands, text) ?? readSentence(context, text, null) ?? { reply: say(sayUnknown(context, text)) };
}

/** Six digits and nothing else are the 签到码 of a room. */
function readBareCode(commands: readonly Command[], text: string): Finding | null {
  const signIn = /^\d{3} ?\d{3}$/.test(text) ? commands.find(({ name }) => name === '签到') : undefined;
  return signIn === undefined ? null : { command: signIn, args: { code: text, bare: true } };
}

interface Said {
  readonly asked: Command;
  readonly dialog: Dialog;
  readonly heard: Heard | null;
  readonly text: string;
  readonly said: string;
}

/** The text as an answer to the open question, or null when it speaks of something else. */
function readAnswer(
  context: Room,
  { asked, dialog, heard, text, said }: Said,
  incoming: Pick<IncomingMessage, 'files'>,
): Finding | null {
  const isHere = heard === null || (heard.doubtful && heard.command.longText === null);
  if (isHere && asked.longText === null && text.length > asked.longest) {
    return { about: asked, reply: say(texts.tooLong(asked.longest)) };
  }
  const isLongAnswer = dialog.asking === asked.longText && text.length >= longTextFrom;
  const isFreeText = dialog.asking === asked.longText || dialog.asking === 'reason';
  if (heard === null && !isFreeText && !isLongAnswer) {
    const meant = readMeaning(context, text);
    if (meant !== null) return meant;
  }
  const change = heard?.doubtful === true ? asked.amend?.(text, { ...contextOf(context), dialog }) : null;
  if (change != null) return finding(asked, change);
  return isLongAnswer || (heard === null && takes(asked, dialog, text, incoming))
    ? readAs(context, asked, asked.longText === null ? text : said, dialog)
    : null;
}

/** Whether a workbook that comes alone is for the open draft. */
const readsWorkbook = (
  { chat, preview }: Room,
  { files }: Pick<IncomingMessage, 'files'>,
  { readWorkbook }: Command,
): boolean => readWorkbook !== null && preview === null && chat.type !== 'group' && isWorkbook(files[0]);

/** The command that a workbook is for, in private; the open question for a text has its say where the sender may not import. */
function takesWorkbook(
  { commands, me, chat }: Room,
  { files }: Pick<IncomingMessage, 'files'>,
  asked: Command | undefined,
) {
  const command = isWorkbook(files[0]) ? commands.find((one) => one.takesWorkbook) : undefined;
  if (command === undefined || chat.type === 'group') return null;
  return mayUse(command.who, me) || asked?.longText == null ? command : null;
}

/** Whether a text that names no command belongs to the open question: a draft that waits for 确认 may be changed. */
function takes(asked: Command, dialog: Dialog, text: string, { files }: Pick<IncomingMessage, 'files'>): boolean {
  if (dialog.asking === 'confirm' && asked.amend === null) return false;
  return text !== '' || (asked.longText !== null && files.length > 0);
}

function sayUnknown({ commands, me }: Room, text: string): string {
  const near = guess(text, commands);
  return near !== null && mayUse(near.who, me)
    ? texts.unknownNear(text, near.name, near.examples[0] ?? near.name)
    : texts.unknown(text);
}
