import { cadres } from '../domain/cadre.ts';
import { type Reply, text } from '../messenger/reply.ts';
import { listAll } from '../store/store.ts';
import { botTexts as texts } from '../texts/bot.ts';
import { mayUse } from './command.ts';
import type { Context } from './context.ts';
import { findPerson } from './text/people.ts';

/** Answers words behind a command about oneself that name somebody else; null when they do not. */
export async function sayOwnOnly({ tx, me, commands }: Context, command: string, said: string): Promise<Reply | null> {
  const found = findPerson(said, await listAll(tx, cadres));
  const people = found.ok ? [found.person] : found.matches;
  const isSomebody = people.length > 0 || /^[A-Za-z]+\d+$/.test(said);
  if (!isSomebody || people.some(({ staffNo }) => staffNo === me.staffNo)) return null;
  const roster = commands.find(({ name }) => name === '干部');
  return text(roster !== undefined && mayUse(roster.who, me) ? texts.othersToo(command, said) : texts.ownOnly(command));
}
