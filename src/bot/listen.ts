import type { Command } from './command.ts';
import { nearest } from './text/nearest.ts';

/** A text split into the command it names and the words behind it. */
export interface Heard {
  readonly command: Command;
  readonly rest: string;
}

const names = (command: Command): readonly string[] => [command.name, ...command.aliases];

/** Finds the command at the start of a normalised text; the longest name wins: 签到码 before 签到. */
export function hear(text: string, commands: readonly Command[]): Heard | null {
  let found: { command: Command; name: string } | null = null;
  for (const command of commands) {
    for (const name of names(command)) {
      if (text.startsWith(name) && name.length > (found?.name.length ?? 0)) found = { command, name };
    }
  }
  return found && { command: found.command, rest: text.slice(found.name.length).replace(/^[\s:：,，]+/, '') };
}

/** The command that an unknown first word was probably meant to be. */
export function guess(text: string, commands: readonly Command[]): Command | null {
  const word = /^[^\s\d，。,.:：！？!?]{1,8}/.exec(text)?.[0];
  if (word === undefined) return null;
  const near = nearest(word, commands.flatMap(names));
  return near === null ? null : (commands.find((command) => names(command).includes(near)) ?? null);
}
