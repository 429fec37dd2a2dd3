import { collections } from '../../src/collections.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { type HourEntry, hourEntries } from '../../src/domain/hours.ts';
import { quotaPace } from '../../src/jobs/quota-pace.ts';
import { runWhole } from '../../src/jobs/stepped.ts';
import type { Reply } from '../../src/messenger/reply.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { listAll, type Store } from '../../src/store/store.ts';
import { makeCadre } from '../support/college.ts';
import { openChat, policies, unsyncedDisk } from './bot.ts';
import { watchLoop } from './keeping.ts';
import type { Party } from './load.ts';
import { makeCadres, makeEntry, now, staffNoOf, today } from './people.ts';

const each = 50;
const clerk = makeCadre({ staffNo: 'E0003', name: '赵敏', unit: '组织部', roles: ['clerk'] });
const cause = { actor: 'system', via: 'cli', what: 'bench', ref: '', at: now } as const;

/**
 * What looks at a whole college, each cadre with 50 approved trainings in the cycle: the messages from their Chinese to
 * the first page in the queue, the planning of a job, and, as the limit, one pass over the bare entries.
 */
export async function openLists({ directory, people }: { directory: string; people: number }): Promise<Party> {
  const open = () => openLowdbStore({ directory, collections, disk: unsyncedDisk });
  const written = await open();
  await fill(written, people);
  // Most of what a bot looks at was there when it started; and closing puts the next snapshot far away.
  await written.close();
  const store = await open();
  const entries = await store.read((view) => listAll(view, hourEntries, { index: 'byPerson' }));
  const chat = openChat(store);
  const ask = async (staffNo: string, text: string, expected: string) => {
    let said: Reply | null | undefined;
    const watched = await watchLoop(async () => {
      said = (await chat(staffNo, text)).reply;
    });
    if (!JSON.stringify(said).includes(expected)) throw new Error(`the answer to ${text} is not the list`);
    return watched;
  };
  return {
    round: async () => {
      const bare = sumBare(entries);
      const statistics = await ask(clerk.staffNo, '统计', `应训 ${people + 1} 人`);
      const overdue = await ask(clerk.staffNo, '逾期', '逾期');
      const progress = await ask(staffNoOf(people >> 1), '进度', '五年');
      return {
        bareMs: bare,
        statisticsMs: statistics.ms,
        overdueMs: overdue.ms,
        progressMs: progress.ms,
        planningMs: await plan(store),
        longestBlockMs: Math.max(statistics.longestBlockMs, overdue.longestBlockMs),
      };
    },
    close: () => store.close(),
  };
}

function sumBare(entries: readonly HourEntry[]): number {
  const start = performance.now();
  let hours = 0;
  for (const entry of entries) hours += entry.hours;
  const ms = performance.now() - start;
  if (hours === 0) throw new Error('there are no hours');
  return ms;
}

class Undone extends Error {}

/** Plans the month's words about the pace and takes everything back, so that each round plans the same. */
async function plan(store: Store): Promise<number> {
  let ms = Number.NaN;
  const work = store.transaction(cause, async (tx) => {
    const start = performance.now();
    const [tell, post] = [() => Promise.resolve(false), () => Promise.resolve(false)];
    await runWhole(quotaPace, {
      tx,
      now,
      asOf: today,
      policy: policies.at(today),
      policies,
      messenger: 'simulator',
      tell,
      post,
    });
    ms = performance.now() - start;
    throw new Undone();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return ms;
}

async function fill(store: Store, people: number): Promise<void> {
  await store.transaction(cause, async (tx) => {
    for (const cadre of [clerk, ...makeCadres(people)]) await tx.put(cadres, cadre);
  });
  for (let n = 0; n < each; n += 1) {
    await store.transaction(cause, async (tx) => {
      for (let person = 0; person < people; person += 1) {
        await tx.put(hourEntries, makeEntry(n * people + person + 1, person, n, each));
      }
    });
  }
}
