import { z } from 'zod';
import { button, buttons, card, type Invocation, type Reply, text, words } from '../../messenger/reply.ts';
import { dialogTexts } from '../../texts/hours.ts';
import { namesTexts as texts } from '../../texts/names.ts';
import type { Context } from '../context.ts';
import { sayEnded } from '../ended.ts';
import { type NamedWords, type NamesReading, settleDoubt } from '../text/names.ts';
import type { Candidate } from '../text/people.ts';
import { namesOf } from './roll.ts';

/** Everything that is wrong with names, a sentence each; empty: nothing is, or only who of several is meant is to be asked. */
export function sayNames({ unknown, twice, doubts }: Omit<NamesReading<NamedWords, Candidate>, 'known'>): string[] {
  return [
    ...(unknown.length === 0 ? [] : [texts.unknown(unknown)]),
    ...(twice.length === 0 ? [] : [texts.twice(twice)]),
    ...doubts.map(({ said, people }) => texts.several(said, namesOf(people, people))),
  ];
}

/** People that one question offers; whoever else is meant is written. */
const mostOffered = 8;

/** Asks who of several with one name is meant; the command goes on with `args` once it is known. */
export async function askWhich(
  context: Context,
  command: string,
  args: Invocation['args'],
  { said, people }: { readonly said: NamedWords; readonly people: readonly Candidate[] },
): Promise<Reply> {
  const draft = await context.ask({ command, args: { ...args, which: said.who }, asking: 'which' });
  const summary = texts.which(said.who, people.length);
  return card(
    texts.whichTitle,
    'info',
    summary,
    words(summary),
    buttons(
      ...people
        .slice(0, mostOffered)
        .map((person) => button(texts.label(person), command, { draft, pick: person.staffNo })),
      button(texts.cancel, '取消', { draft }),
    ),
  );
}

const waitingSchema = z.looseObject({ which: z.string() });

/**
 * Goes on once it is known who is meant: the command runs again with what was said, the 工号 in place of the name.
 * @param fields in which of its arguments the words stand; the first that is there
 * @param among the people that may be meant
 */
export async function answerWhich(
  context: Context,
  command: string,
  fields: readonly string[],
  { draft, pick = '' }: { readonly draft?: number | undefined; readonly pick?: string | undefined },
  among: (args: Readonly<Record<string, unknown>>) => Promise<readonly Candidate[]>,
): Promise<Reply> {
  const question = await context.question();
  const asked = waitingSchema.safeParse(question?.args);
  const isOpen = question?.command === command && question.id === draft && question.asking === 'which';
  if (!isOpen || !asked.success) return sayEnded(context, draft, dialogTexts.nothingToConfirm);
  const { which, ...args } = asked.data;
  const [field = '', said = ''] =
    fields
      .map((name) => [name, z.string().safeParse(args[name]).data] as const)
      .find(([, words]) => words !== undefined) ?? [];
  const people = await among(args);
  const settled = settleDoubt(people, said, which, pick);
  if (settled === null) return text(texts.which(which, people.filter(({ name }) => name === which).length));
  return context.run(command, { ...args, [field]: settled });
}
