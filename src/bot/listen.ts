import type { Command } from './command.ts';
import type { Dialog } from './dialogs.ts';
import { nearest } from './text/nearest.ts';

/** A text split into the command it names and the words behind it. */
export interface Heard {
  readonly command: Command;
  readonly rest: string;
  /** A question is open, and the words may as well belong to it: 学时 8, 修改学时为8. */
  readonly doubtful: boolean;
  /** More words run on behind the name, so that it may be the beginning of a sentence: 学时还差多少, 记录一下昨天的培训. */
  readonly runsOn: boolean;
}

/**
 * Finds the command at the start of a normalised text; the longest name wins: 签到码 before 签到. While a question is open,
 * more has to be said to leave it: an alias, and where words are asked for a name too, must stand apart from what
 * follows, and 确认 or 好的 counts when nothing else is said.
 */
export function hear(text: string, commands: readonly Command[], dialog: Dialog | null = null): Heard | null {
  const meant = dialog === null ? undefined : commands.find((command) => saysOnly(text, command));
  if (meant !== undefined) return { command: meant, rest: '', doubtful: false, runsOn: false };
  let found: { command: Command; name: string } | null = null;
  for (const command of commands) {
    for (const name of command.names) {
      if (name.length <= (found?.name.length ?? 0) || !text.startsWith(name)) continue;
      const isFree = dialog === null || (name === command.name && dialog.asking === 'confirm');
      if (isFree || standsApart(name, text)) found = { command, name };
    }
  }
  if (found === null) return null;
  const { command, name } = found;
  const rest = text.slice(name.length).replace(/^[\s:：,，]+/, '');
  // 体会800字 asks for a length, and names no 登记号.
  const measures = /^\d{1,5}\s?[字分天]/.test(rest);
  const isSure =
    dialog === null ||
    (!measures &&
      name === command.name &&
      command.inDialog === null &&
      (standsApart(name, text) || command.name === dialog.command));
  return { command, rest, doubtful: !isSure, runsOn: !standsApart(name, text) || (rest !== '' && greets(name)) };
}

const greets = (name: string): boolean => name === '你好' || name === '您好';

const standsApart = (name: string, text: string): boolean => !/^\p{L}/u.test(text.slice(name.length));

/** 好的，确认。 */
function saysOnly(text: string, command: Command): boolean {
  const known = [...command.names, ...(command.inDialog ?? [])].map(withoutParticle);
  const said = text.split(/[\s，,。.!！、~]+/).filter((words) => words !== '');
  return said.length > 0 && said.every((words) => known.includes(withoutParticle(words)));
}

const withoutParticle = (words: string): string => words.replace(/[吧了啦啊呀哦]+$/, '');

/** The command that an unknown first word was probably meant to be. */
export function guess(text: string, commands: readonly Command[]): Command | null {
  const word = /^[^\s\d，。,.:：！？!?]{1,8}/.exec(text)?.[0];
  if (word === undefined) return null;
  const near = nearest(
    word,
    commands.flatMap(({ names }) => names),
  );
  return near === null ? null : (commands.find(({ names }) => names.includes(near)) ?? null);
}
