import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { createTestDatabase, type TestDatabase } from '../support/postgres-database.ts';
import { startPostgres } from '../support/postgres-server.ts';
import {
  interleave,
  medianOf,
  type Place,
  type Running,
  ratioOf,
  type Samples,
  startParty,
  stopAll,
} from './compare.ts';
import { type Aim, type Result, show } from './report.ts';

const bare = 'one bare insert';
const small = 'bot, 10 k entries';
const large = 'bot, larger ledger';
const loads = [1, 8, 32] as const;
const connections = 16;

/**
 * One complete 登记 to durable, beside one bare insert through a pool of the same kind, on a PostgreSQL with its syncs;
 * once more with two processes on one ledger; and with a hundred times as much in it. `BENCH_ENTRIES` is the larger size.
 */
export async function postgres(place: Place): Promise<Result> {
  const entries = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000);
  const server = await startPostgres({ isDurable: true });
  const database = await createTestDatabase(server.url);
  const { url, adminUrl } = database;
  const start = (institution: string, filled: number | null, prefix: string): Promise<Running> =>
    startParty(place.script, ['postgresBot', { url, adminUrl, institution, entries: filled, connections, prefix }]);
  try {
    const parties: Record<string, Running> = {
      [bare]: await startParty(place.script, ['insert', { url: adminUrl, connections }]),
      [small]: await start('small', 10_000, 'a'),
      [large]: await start('large', entries, 'a'),
    };
    await database.query('vacuum analyze');
    const measured: Record<number, Record<string, Samples>> = {};
    for (const atOnce of loads) {
      measured[atOnce] = await interleave(parties, { messages: 60 + 20 * atOnce, atOnce }, { rounds: 7, warmUp: 1 });
    }
    const other = await start('small', null, 'b');
    const { ratio: both, one, all } = await inStep([parties[small] as Running, other], () => cpuMsOf(database));
    await stopAll({ ...parties, other });
    const ratio = (atOnce: number, name: string, base: string): number =>
      ratioOf(measured[atOnce]?.[name] ?? [], measured[atOnce]?.[base] ?? []);
    const aims: Aim[] = [
      ...loads.map((atOnce) => ({
        what: `登记 on PostgreSQL ÷ ${bare}, ${atOnce} at once`,
        measured: ratio(atOnce, small, bare),
        atLeast: 0.35,
        unit: '×',
      })),
      { what: 'PostgreSQL: 10 k ÷ larger ledger, 8 at once', measured: ratio(8, small, large), atMost: 1.5, unit: '×' },
      { what: 'two processes ÷ one, 32 at once', measured: both, atLeast: 1, unit: '×' },
    ];
    return {
      tables: [
        {
          title: `One 登记 on PostgreSQL, durable (larger: ${show(entries)} entries)`,
          columns: [`messages a second (÷ ${bare})`, ...loads.map((atOnce) => `${atOnce} at once`)],
          rows: [bare, small, large].map((name) => [
            name,
            ...loads.map(
              (atOnce) =>
                `${show(medianOf(measured[atOnce]?.[name] ?? [], 'perSecond'))} (${ratio(atOnce, name, bare).toFixed(2)})`,
            ),
          ]),
        },
        {
          title: `What stops it: milliseconds of a core for each 登记, 32 at once, of ${availableParallelism()} cores`,
          columns: ['', 'a second', 'bots', 'PostgreSQL', 'cores at work'],
          rows: Object.entries({ 'one process': one, 'two processes': all }).map(([name, profile]) => [
            name,
            show(profile.perSecond),
            `${show(profile.botMs)} ms`,
            `${show(profile.databaseMs)} ms`,
            show(((profile.botMs + profile.databaseMs) * profile.perSecond) / 1000),
          ]),
        },
      ],
      aims,
    };
  } finally {
    await server.stop();
  }
}

/** What a 登记 takes of the machine's cores while so many processes work on one ledger. */
interface Profile {
  readonly perSecond: number;
  /** Milliseconds of a core for each message, in the bots and in the database. */
  readonly botMs: number;
  readonly databaseMs: number;
}

/** The same load on one process, and divided among all of them, round by round. */
async function inStep(
  processes: readonly Running[],
  databaseCpuMs: () => Promise<number>,
): Promise<{ ratio: number; one: Profile; all: Profile }> {
  const messages = 700;
  const profile = async (some: readonly Running[]): Promise<Profile> => {
    const before = await databaseCpuMs();
    const load = { messages: messages / some.length, atOnce: 32 / some.length };
    const rounds = await Promise.all(some.map((running) => running.round(load)));
    const sumOf = (figure: string): number => rounds.reduce((sum, figures) => sum + (figures[figure] ?? Number.NaN), 0);
    return {
      perSecond: sumOf('perSecond'),
      botMs: sumOf('cpuMs') / messages,
      databaseMs: ((await databaseCpuMs()) - before) / messages,
    };
  };
  const samples: { one: Profile; all: Profile }[] = [];
  for (let round = 0; round < 5; round += 1) {
    samples.push({ one: await profile(processes.slice(0, 1)), all: await profile(processes) });
  }
  const middle = (figureOf: (sample: (typeof samples)[number]) => number): number =>
    samples.map(figureOf).sort((a, b) => a - b)[samples.length >> 1] ?? Number.NaN;
  const profileOf = (which: 'one' | 'all'): Profile => ({
    perSecond: middle((sample) => sample[which].perSecond),
    botMs: middle((sample) => sample[which].botMs),
    databaseMs: middle((sample) => sample[which].databaseMs),
  });
  const ratio = middle(({ one, all }) => all.perSecond / one.perSecond);
  return { ratio, one: profileOf('one'), all: profileOf('all') };
}

/** How long the processes of a server that runs here have been at work, in milliseconds of a core; NaN where nobody tells. */
async function cpuMsOf(database: TestDatabase): Promise<number> {
  const tickMs = 10;
  const rows = await database.query('select pid from pg_stat_activity');
  const each = rows.map(async ({ pid }) => {
    const told = await readFile(`/proc/${Number(pid)}/stat`, 'utf8').catch(() => '');
    const [user, system] = told
      .slice(told.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) * tickMs;
  });
  // The connection that asks is gone by now.
  return (await Promise.all(each)).filter((ms) => !Number.isNaN(ms)).reduce((sum, ms) => sum + ms, 0);
}
