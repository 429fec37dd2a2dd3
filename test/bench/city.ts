import { buildBulletin, readBulletinFigures } from '../../src/bot/bulletin.ts';
import { collections } from '../../src/collections.ts';
import { ledgerWorkbook } from '../../src/documents/ledger-workbook.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { addMonths, monthOf } from '../../src/domain/day.ts';
import { type HourEntry, hourEntries } from '../../src/domain/hours.ts';
import { jobs } from '../../src/jobs/index.ts';
import { createRunner } from '../../src/jobs/runner.ts';
import { inParts } from '../../src/jobs/stepped.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { emptyHead, type Store } from '../../src/store/store.ts';
import { makeCadre } from '../support/college.ts';
import { createTestDatabase } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { openChat, policies } from './bot.ts';
import { medianOf, type Place, startParty } from './compare.ts';
import { openDesk } from './files.ts';
import type { Figures, Party } from './load.ts';
import { makeCadres, makeEntry, now, staffNoOf, today } from './people.ts';
import type { Aim, Result } from './report.ts';
import { show } from './report.ts';

const units = 1000;
const month = addMonths(monthOf(today), -1);
/** As `compose.yaml` starts the bot: with room without end Node puts off collecting what is no longer needed. */
const heap = '--max-old-space-size=1024';
const planning = ['reflection-deadlines', 'quota-pace', 'pending-approvals'];
const clerk = makeCadre({ staffNo: 'E0003', name: '赵敏', unit: '组织部', roles: ['clerk'] });
const cause = { actor: 'system', via: 'cli', what: 'bench', ref: '', at: now } as const;

export interface CityOptions {
  readonly url: string;
  readonly adminUrl: string;
  readonly people: number;
  /** Approved trainings of each. */
  readonly each: number;
  /** Rows of the ledger that is imported, into an institution of its own. */
  readonly rows: number;
  /** What this process does, so that each begins with a memory of its own. */
  readonly part: 'fill' | 'look' | 'bulletin' | 'plan' | 'import';
}

/** A city's education system on PostgreSQL: what looks at everybody. */
export async function openCity({ url, adminUrl, people, each, rows, part }: CityOptions): Promise<Party> {
  const institution = part === 'import' ? 'import' : 'city';
  const store = await openPostgresStore({ url, adminUrl, institution, collections, connections: 8 });
  let rounds = 0;
  const look = async (): Promise<Figures> => {
    const chat = openChat(store, undefined, `round${rounds}-`);
    const ask = async (staffNo: string, text: string, expected: string): Promise<number> => {
      const { ms, reply } = await chat(staffNo, text);
      if (!JSON.stringify(reply).includes(expected)) throw new Error(`the answer to ${text} is not the list`);
      return ms;
    };
    // As in the other cases: what a bot says all day long has been compiled.
    if (rounds === 1) for (let n = 0; n < 1000; n += 1) await ask(staffNoOf((n * 97) % people), '进度', '五年');
    const progress: number[] = [];
    for (let n = 0; n < 41; n += 1) progress.push(await ask(staffNoOf((n * 389) % people), '进度', '五年'));
    return {
      progressMs: progress.sort((a, b) => a - b)[20] ?? Number.NaN,
      statisticsMs: await ask(clerk.staffNo, '统计', `应训 ${people + 1} 人`),
      kindsMs: await ask(clerk.staffNo, '统计 类别', `应训 ${people + 1} 人`),
      overdueMs: await ask(clerk.staffNo, '逾期', '逾期'),
    };
  };
  return {
    round: async () => {
      rounds += 1;
      switch (part) {
        case 'fill':
          return { fillMs: await timed(() => fill(store, people, each)) };
        case 'look':
          return look();
        case 'bulletin': {
          const peak = watchMemory();
          return { bulletinMs: await timed(() => writeBulletin(store)), bulletinMb: peak() / 1e6 };
        }
        case 'plan':
          return { planningMs: await timed(() => plan(store)) };
        case 'import':
          return importLedger(store, rows);
      }
    },
    close: () => store.close(),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @returns how to ask, and end the watch, for the most bytes of memory that the process has had meanwhile */
function watchMemory(): () => number {
  globalThis.gc?.();
  let most = process.memoryUsage.rss();
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 10);
  return () => {
    clearInterval(timer);
    return Math.max(most, process.memoryUsage.rss());
  };
}

/** A month's figures, read, kept and said. */
async function writeBulletin(store: Store): Promise<void> {
  await store.transaction(cause, async (tx) => {
    const figures = await readBulletinFigures(tx, { month, asOf: today, policies });
    if (figures.units.length !== units) throw new Error(`the bulletin is about ${figures.units.length} units`);
    buildBulletin(figures, emptyHead, policies.at(today));
    const kept = { state: 'draft', createdAt: now, releasedAt: null, releasedBy: null, auditN: 0 } as const;
    await tx.put(bulletins, { month, figures, ...kept, auditHash16: emptyHead.hash.slice(0, 16) });
  });
}

/** Everything that plans a day's reminders, written down. */
async function plan(store: Store): Promise<void> {
  const silent = { info: () => {}, error: () => {} };
  const parts = {
    store,
    jobs,
    clock: { now: () => now },
    policies,
    log: silent,
    wake: () => {},
    messenger: 'simulator',
  };
  const runner = createRunner({ ...parts, backupDirectory: '' });
  for (const name of planning) await runner.run(name);
}

/** A ledger of so many rows, ten for each of its people. */
async function importLedger(store: Store, rows: number): Promise<Figures> {
  const people = makeCadres(rows / 10);
  await store.transaction(cause, async (tx) => {
    for (const cadre of [clerk, ...people]) await tx.put(cadres, cadre);
  });
  const entries = Array.from({ length: rows }, (_, n) =>
    makeEntry(n + 1, n % people.length, Math.floor(n / people.length), 10),
  );
  const bytes = await ledgerWorkbook(entries, people, now);
  const desk = openDesk(store);
  const figures = { previewMs: await timed(() => desk.send(bytes)), importMs: await timed(() => desk.importAll()) };
  const count = await store.read((view) => view.count(hourEntries, {}));
  if (count !== rows) throw new Error(`${count} of ${rows} rows went in`);
  return figures;
}

/** Of five people one lags behind the pace of the quota, and one has had no 专业化能力 training this year. */
function makeTraining(id: number, person: number, n: number, each: number): HourEntry {
  const entry = makeEntry(id, person, n, each);
  const content = n === each - 1 && person % 5 !== 1 ? 'professional' : entry.content;
  if (person % 5 === 0) return { ...entry, content };
  const hours = Math.round(45_000 / each);
  return { ...entry, content, hours, claimedHours: hours, shares: entry.shares.map(({ year }) => ({ year, hours })) };
}

async function fill(store: Store, people: number, each: number): Promise<void> {
  const all = makeCadres(people, units);
  for (const part of inParts([clerk, ...all], 10_000)) {
    await store.transaction(cause, async (tx) => {
      for (const cadre of part) await tx.put(cadres, cadre);
    });
  }
  for (let n = 0; n < each; n += 1) {
    for (const part of inParts(
      all.map((_, person) => person),
      20_000,
    )) {
      await store.transaction(cause, async (tx) => {
        for (const person of part) await tx.put(hourEntries, makeTraining(n * people + person + 1, person, n, each));
      });
    }
  }
}

/** A hundred thousand cadres in a thousand units; `BENCH_CADRES` and `BENCH_EACH` change how many, with how much. */
export async function city({ script }: Place): Promise<Result> {
  const people = Number(process.env['BENCH_CADRES'] ?? 100_000);
  const each = Number(process.env['BENCH_EACH'] ?? 10);
  const rows = people;
  const server = await startPostgres({ isDurable: true });
  const database = await createTestDatabase(server.url);
  const { url, adminUrl } = database;
  try {
    const doPart = async (part: CityOptions['part'], rounds: number): Promise<Figures[]> => {
      const party = await startParty(script, ['city', { url, adminUrl, people, each, rows, part }], [heap]);
      const samples: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) samples.push(await party.round({ messages: 1, atOnce: 1 }));
      await party.stop();
      return samples;
    };
    await doPart('fill', 1);
    await database.query('vacuum analyze');
    const looked = await doPart('look', 5);
    const written = await doPart('bulletin', 1);
    const planned = await doPart('plan', 1);
    const imported = await doPart('import', 1);
    const figures: readonly (readonly [what: string, measured: number, atMost: number, unit: string])[] = [
      ['统计, first page', medianOf(looked, 'statisticsMs') / 1000, 2, 's'],
      ['统计 类别, first page', medianOf(looked, 'kindsMs') / 1000, 2, 's'],
      ['逾期, first page', medianOf(looked, 'overdueMs') / 1000, 2, 's'],
      ['进度 of one', medianOf(looked, 'progressMs'), 5, 'ms'],
      ['monthly bulletin', medianOf(written, 'bulletinMs') / 1000, 10, 's'],
      ['memory of the process meanwhile', medianOf(written, 'bulletinMb'), 300, 'MB'],
      ['planning a day’s reminders', medianOf(planned, 'planningMs') / 1000, 10, 's'],
      ['preview of the ledger', medianOf(imported, 'previewMs') / 1000, 60, 's'],
      ['importing it', medianOf(imported, 'importMs') / 1000, 60, 's'],
    ];
    const aims = figures.map(([what, measured, atMost, unit]): Aim => ({ what, measured, atMost, unit }));
    return {
      tables: [
        {
          title: `${show(people)} cadres, ${each} trainings each, ${show(units)} units on PostgreSQL; a ledger of ${show(rows)} rows`,
          columns: ['figure', 'median'],
          rows: aims.map(({ what, measured, unit }) => [what, `${show(measured)} ${unit}`]),
        },
      ],
      aims,
    };
  } finally {
    await server.stop();
  }
}
