import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import { appendHourEvent } from '../src/bot/ledger.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { withdrawEvent } from '../src/domain/entry-life.ts';
import { hourEntries } from '../src/domain/hours.ts';
import { text } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { entryStateNames } from '../src/texts/glossary.ts';
import { describeFacts, logTexts, withdrawTexts as texts } from '../src/texts/hours.ts';

/** 撤回: takes back one's own entry before it is decided. */
export const withdraw = defineCommand({
  name: '撤回',
  summary: '撤回自己还没有审核的登记',
  who: 'cadre',
  args: z.object({ entry: z.number().int().optional() }),
  examples: ['撤回 1001'],
  read: (said) => {
    const [entry] = readEntryNumbers(said);
    return understood(entry === undefined ? {} : { entry });
  },
  run: async ({ tx, me, now, today, policies }, { entry: id }) => {
    if (id === undefined) {
      const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo], order: 'desc' });
      const open = mine.filter(({ state }) => state === 'submitted' || state === 'returned').slice(0, 10);
      const [latest] = open;
      if (latest === undefined) return text(texts.none);
      return text(
        texts.which(open.map((entry) => `${entry.id} ${describeFacts(entry, today)}`).join('\n')) + latest.id,
      );
    }
    const entry = await tx.get(hourEntries, id);
    if (entry?.staffNo !== me.staffNo) return text(logTexts.notYours(id));
    const change = withdrawEvent(entry, me.staffNo, now);
    if (!change.ok) return text(texts.notOpen(id, entryStateNames[entry.state]));
    return text(texts.done(await appendHourEvent(tx, change.event, policies.at(entry.to))));
  },
});
