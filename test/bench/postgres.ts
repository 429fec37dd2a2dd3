import { createTestDatabase } from '../support/postgres-database.ts';
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
    const both = await inStep([parties[small] as Running, other], parties[small] as Running);
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
      ],
      aims,
    };
  } finally {
    await server.stop();
  }
}

/** Messages a second of several processes at the same time, as a multiple of one of them alone. */
async function inStep(processes: readonly Running[], alone: Running): Promise<number> {
  const load = { messages: 700, atOnce: 32 };
  const ratios: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const single = (await alone.round(load))['perSecond'] ?? Number.NaN;
    const half = { messages: load.messages / 2, atOnce: load.atOnce / 2 };
    const together = await Promise.all(processes.map((one) => one.round(half)));
    ratios.push(together.reduce((sum, { perSecond = 0 }) => sum + perSecond, 0) / single);
  }
  return ratios.sort((a, b) => a - b)[2] ?? Number.NaN;
}
