import type { Incoming, IncomingMessage } from '../messenger/messenger.ts';
import { invocationSchema, type Reply, text as say } from '../messenger/reply.ts';
import { botTexts as texts } from '../texts/bot.ts';
import { type Command, mayUse, type Reading } from './command.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs.ts';
import { guess, hear } from './listen.ts';
import { longestText, longTextFrom } from './prepare.ts';
import { everydayMeanings, isThanks } from './text/everyday.ts';
import { clean, normalise } from './text/normalise.ts';

/** The command that came in, with its unchecked arguments, or the answer when there is none. */
export type Finding = { readonly command: Command; readonly args: object } | { readonly reply: Reply };

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
 * What a text means here: a command by its name; the answer to the open question or a change of the open draft; an
 * everyday phrase; or nothing that is known, answered with the nearest command.
 */
export async function readText(context: Context, incoming: IncomingMessage): Promise<Finding> {
  const { commands } = context;
  if (incoming.text.length > longestText) return { reply: say(texts.tooLong(longestText)) };
  const said = clean(incoming.text).trim();
  const text = normalise(said);
  const dialog = await context.question();
  const asked = dialog === null ? undefined : commands.find(({ name }) => name === dialog.command);
  const heard = hear(text, commands, dialog);
  if (dialog !== null && asked !== undefined) {
    const change = heard?.doubtful === true ? asked.amend?.(text, { ...contextOf(context), dialog }) : null;
    if (change != null) return finding(asked, change);
    const isLongAnswer = dialog.asking === asked.longText && text.length >= longTextFrom;
    if (isLongAnswer || (heard === null && takes(asked, dialog, text, incoming))) {
      return readAs(context, asked, asked.longText === null ? text : said, dialog);
    }
  }
  if (heard !== null && heard.command.longText === null && text.length > heard.command.longest) {
    return { reply: say(texts.tooLong(heard.command.longest)) };
  }
  if (heard !== null) {
    // A long text keeps its paragraphs and widths; everything else is read in normalised form.
    const whole = heard.command.longText === null ? heard : hear(said, commands, dialog);
    return readAs(context, heard.command, whole?.rest ?? said, null);
  }
  if (text === '') {
    const [file] = incoming.files;
    return { reply: say(file === undefined ? texts.empty : texts.fileAlone(file.name)) };
  }
  return readEveryday(context, text) ?? { reply: say(sayUnknown(context, text)) };
}

/** Whether a text that names no command belongs to the open question: a draft that waits for 确认 may be changed. */
function takes(asked: Command, dialog: Dialog, text: string, { files }: IncomingMessage): boolean {
  if (dialog.asking === 'confirm' && asked.amend === null) return false;
  return text !== '' || (asked.longText !== null && files.length > 0);
}

const contextOf = ({ today, now, policy }: Context) => ({ today, now, policy });

const finding = (command: Command, reading: Reading): Finding =>
  reading.ok ? { command, args: reading.args } : { reply: reading.reply };

const readAs = (context: Context, command: Command, words: string, dialog: Dialog | null): Finding =>
  finding(command, command.read(words, { ...contextOf(context), dialog }));

function readEveryday(context: Context, text: string): Finding | null {
  if (isThanks(text)) return { reply: say(texts.thanks) };
  for (const meant of everydayMeanings(text)) {
    const heard = hear(meant, context.commands);
    if (heard !== null && mayUse(heard.command.who, context.me)) {
      return readAs(context, heard.command, heard.rest, null);
    }
  }
  return null;
}

function sayUnknown({ commands, me }: Context, text: string): string {
  const near = guess(text, commands);
  const short = text.length > 20 ? `${text.slice(0, 20)}…` : text;
  return near !== null && mayUse(near.who, me)
    ? texts.unknownNear(short, near.name, near.examples[0] ?? near.name)
    : texts.unknown(short);
}
