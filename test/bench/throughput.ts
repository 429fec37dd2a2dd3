import { join } from 'node:path';
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
import type { Order } from './party.ts';
import { type Aim, type Result, show, type Table } from './report.ts';

const empty = 'bot, empty ledger';
/** `BENCH_ENTRIES` is the largest size. */
export const largest = Number(process.env['BENCH_ENTRIES'] ?? 100_000);
const large = `bot, ${show(largest)} entries`;
const sizes = { [empty]: 0, 'bot, 10 k entries': 10_000, [large]: largest };
type ByParty = Record<string, Samples>;

export const ledgerAt = ({ directory }: Place, entries: number): string => join(directory, `ledger-${entries}`);

async function startAll(place: Place, orders: Record<string, Order>): Promise<Record<string, Running>> {
  const running: Record<string, Running> = {};
  for (const [name, order] of Object.entries(orders)) running[name] = await startParty(place.script, order);
  return running;
}

const startBots = (place: Place, synced: boolean): Promise<Record<string, Running>> =>
  startAll(
    place,
    Object.fromEntries(
      Object.entries(sizes).map(([name, entries]) => [
        name,
        ['bot', { directory: ledgerAt(place, entries), entries, synced }] as const,
      ]),
    ),
  );

async function measure(
  parties: Record<string, Running>,
  loads: readonly number[],
  messages: (atOnce: number) => number,
) {
  const measured: Record<number, ByParty> = {};
  for (const atOnce of loads) {
    measured[atOnce] = await interleave(parties, { messages: messages(atOnce), atOnce }, { rounds: 7, warmUp: 1 });
  }
  await stopAll(parties);
  return measured;
}

/** Messages a second, and how many times as many as `base`. */
function compareTo(base: string, title: string, measured: Record<number, ByParty>): Table {
  const loads = Object.entries(measured);
  const names = Object.keys(loads[0]?.[1] ?? {});
  return {
    title,
    columns: ['messages a second (× base)', ...loads.map(([atOnce]) => `${atOnce} at once`)],
    rows: names.map((name) => [
      name === base ? `${name} (base)` : name,
      ...loads.map(
        ([, samples]) =>
          `${show(medianOf(samples[name] ?? [], 'perSecond'))} (${ratio(samples, name, base).toFixed(2)})`,
      ),
    ]),
  };
}

const ratio = (samples: ByParty | undefined, name = '', base = ''): number =>
  ratioOf(samples?.[name] ?? [], samples?.[base] ?? []);

const aimsOfSize = (what: string, measured: Record<number, ByParty>, atOnce: number): Aim => ({
  what: `${what}: empty ÷ ${show(largest)} entries, ${atOnce} at once`,
  measured: ratio(measured[atOnce], empty, large),
  atMost: 1.5,
  unit: '×',
});

/** One complete 登记 without waiting for the disk, beside Bolt in memory. */
export async function dispatch(place: Place): Promise<Result> {
  const bolt = 'Bolt, as many commands as the bot';
  const leanest = 'Bolt, a single command';
  const parties = {
    ...(await startBots(place, false)),
    ...(await startAll(place, {
      [bolt]: ['bolt', { commands: 'all', reply: 'memory' }],
      [leanest]: ['bolt', { commands: 'one', reply: 'memory' }],
      'Bolt, a single command, with its web client': ['bolt', { commands: 'one', reply: 'client' }],
    })),
  };
  const measured = await measure(parties, [1, 100], () => 400);
  return {
    tables: [compareTo(bolt, 'One 登记, not synced', measured)],
    aims: [
      ...[bolt, leanest].flatMap((base) =>
        [1, 100].map((atOnce) => ({
          what: `dispatch ÷ ${base}, ${atOnce} at once`,
          measured: ratio(measured[atOnce], empty, base),
          atLeast: 1,
          unit: '×',
        })),
      ),
      aimsOfSize('dispatch', measured, 100),
    ],
  };
}

/** The same and durable, beside a bare file of lines of the same length on the same disk. */
export async function durable(place: Place): Promise<Result> {
  const bare = 'bare append, a sync for each line';
  const bots = await startBots(place, true);
  const sample = await bots[empty]?.round({ messages: 100, atOnce: 10 });
  const bytes = Math.round(sample?.['bytesPerMessage'] ?? Number.NaN);
  const parties = {
    ...bots,
    ...(await startAll(place, {
      [bare]: ['append', { path: join(place.directory, 'own'), bytes, sync: 'own' }],
      'bare append, one sync for all that wait': [
        'append',
        { path: join(place.directory, 'group'), bytes, sync: 'group' },
      ],
    })),
  };
  const measured = await measure(parties, [1, 10, 100], (atOnce) => 100 + 4 * atOnce);
  return {
    tables: [compareTo(bare, `One 登记, durable (${show(bytes)} bytes a line)`, measured)],
    aims: [
      {
        what: 'durable ÷ bare append, 100 at once',
        measured: ratio(measured[100], empty, bare),
        atLeast: 0.4,
        unit: '×',
      },
      aimsOfSize('durable', measured, 100),
    ],
  };
}
