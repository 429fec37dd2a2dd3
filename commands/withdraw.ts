import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { appendHourEvent } from '../src/bot/ledger.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { withdrawEvent } from '../src/domain/entry-life.ts';
import { hourEntries } from '../src/domain/hours.ts';
import { card, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { entryStateNames } from '../src/texts/glossary.ts';
import { describeFacts, logTexts, withdrawTexts as texts } from '../src/texts/hours.ts';

/** Entries taken back with one message. */
const most = 20;

/** 撤回: takes back one's own entries, or those that one has logged for others, before they are decided. */
export const withdraw = defineCommand({
  name: '撤回',
  summary: '撤回自己还没有审核的登记',
  who: 'cadre',
  args: z.object({ entries: z.array(z.number().int()).max(200).default([]) }),
  examples: ['撤回 1001'],
  read: (said) => understood({ entries: readEntryNumbers(said) }),
  run: async (context, { entries }) => {
    if (entries.length === 0) return sayWhich(context);
    if (entries.length > most) return text(texts.tooMany(most));
    const results: Result[] = [];
    for (const id of entries) results.push(await takeBack(context, id));
    const said = results.map((result) => result.said).join('\n');
    // A card takes the place of the one whose button was pressed.
    return results.every(({ done }) => done) ? card(texts.doneTitle, 'good', said, words(said)) : text(said);
  },
});

async function sayWhich({ tx, me, today }: Context): Promise<Reply> {
  const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo], order: 'desc' });
  const open = mine.filter(({ state }) => state === 'submitted' || state === 'returned').slice(0, 10);
  const [latest] = open;
  if (latest === undefined) return text(texts.none);
  return text(texts.which(open.map((entry) => `${entry.id} ${describeFacts(entry, today)}`).join('\n')) + latest.id);
}

interface Result {
  readonly done: boolean;
  readonly said: string;
}

async function takeBack({ tx, me, now, policies }: Context, id: number): Promise<Result> {
  const entry = await tx.get(hourEntries, id);
  if (entry === undefined || ![entry.staffNo, entry.submittedBy].includes(me.staffNo)) {
    return { done: false, said: logTexts.notYours(id) };
  }
  const change = withdrawEvent(entry, me.staffNo, now);
  if (!change.ok) return { done: false, said: texts.notOpen(id, entryStateNames[entry.state]) };
  return { done: true, said: texts.done(await appendHourEvent(tx, change.event, policies.at(entry.to))) };
}
