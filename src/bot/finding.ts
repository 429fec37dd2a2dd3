import type { Reply } from '../messenger/reply.ts';
import type { Command, Reading } from './command.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs.ts';

/**
 * The command that came in, with its unchecked arguments, or the answer when there is none; `about` is then the command that
 * was meant, where that much is known.
 */
export type Finding =
  | { readonly command: Command; readonly args: object }
  | { readonly reply: Reply; readonly about?: Command };

export const contextOf = ({ today, now, policy }: Pick<Context, 'today' | 'now' | 'policy'>) => ({
  today,
  now,
  policy,
});

export const finding = (command: Command, reading: Reading): Finding =>
  reading.ok ? { command, args: reading.args } : { about: command, reply: reading.reply };

export const readAs = (
  context: Pick<Context, 'today' | 'now' | 'policy'>,
  command: Command,
  words: string,
  dialog: Dialog | null,
): Finding => finding(command, command.read(words, { ...contextOf(context), dialog }));
