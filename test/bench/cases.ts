import { join } from 'node:path';
import { interleave, medianOf, type Running, ratioOf, type Samples, startParty, stopAll } from './compare.ts';
import type { Figures } from './load.ts';
import type { Order } from './party.ts';
import { type Aim, show, type Table } from './report.ts';

/** Where a case finds the built parties and its own empty folder. */
export interface Place {
  readonly script: string;
  readonly directory: string;
}

export interface Result {
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
}

const empty = 'bot, empty ledger';
const large = 'bot, 100 k entries';
const sizes = { [empty]: 0, 'bot, 10 k entries': 10_000, [large]: 100_000 };
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
    const warmUp = atOnce === loads[0] ? 3 : 1;
    measured[atOnce] = await interleave(parties, { messages: messages(atOnce), atOnce }, { rounds: 7, warmUp });
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
  what: `${what}: empty ÷ 100 k entries, ${atOnce} at once`,
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
  const measured = await measure(parties, [1, 100], () => 500);
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
  const sample = await interleave(bots, { messages: 100, atOnce: 10 }, { rounds: 1 });
  const bytes = Math.round(medianOf(sample[empty] ?? [], 'bytesPerMessage'));
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
  const measured = await measure(parties, [1, 10, 100], (atOnce) => 100 + 9 * atOnce);
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

/** Start, heap and snapshot of a ledger that is there already; a fresh process for each round. */
export async function keeping({ script }: Place, directory: string): Promise<Result> {
  const samples: Figures[] = [];
  for (let round = 0; round < 5; round += 1) {
    const party = await startParty(script, ['keeping', { directory }]);
    samples.push(await party.round({ messages: 1, atOnce: 1 }));
    await party.stop();
  }
  const of = (figure: string): number => medianOf(samples, figure);
  return {
    tables: [
      {
        title: `A ledger of ${show(of('entries'))} entries, two events each`,
        columns: ['figure', 'median', 'worst of 5'],
        rows: (
          [
            ['start, ms', 'startMs', 1],
            ['heap per 100 k entries, MB', 'heapPerHundredThousand', 1 << 20],
            ['snapshot, ms', 'snapshotMs', 1],
            ['longest block of the loop meanwhile, ms', 'longestBlockMs', 1],
          ] as const
        ).map(([label, figure, unit]) => [
          label,
          show(of(figure) / unit),
          show(Math.max(...samples.map((one) => one[figure] ?? 0)) / unit),
        ]),
      },
    ],
    aims: [
      { what: 'start with 100 k entries', measured: of('startMs'), atMost: 2000, unit: 'ms' },
      { what: 'longest block during a snapshot', measured: of('longestBlockMs'), atMost: 50, unit: 'ms' },
    ],
  };
}

export async function bulletin(place: Place): Promise<Result> {
  const rows: string[][] = [];
  for (const people of [150, 1000, 10_000]) {
    const party = await startParty(place.script, ['bulletin', { people }]);
    const { it = [] } = await interleave({ it: party }, { messages: 1, atOnce: 1 }, { rounds: 5, warmUp: 2 });
    await party.stop();
    const ms = medianOf(it, 'ms');
    rows.push([`${show(people)} cadres`, show(ms), show((ms * 1000) / people)]);
  }
  return {
    tables: [{ title: 'Bulletin, 50 trainings each', columns: ['college', 'ms', 'µs a cadre'], rows }],
    aims: [],
  };
}
