import { join } from 'node:path';
import { interleave, medianOf, type Place, startParty } from './compare.ts';
import type { Figures } from './load.ts';
import { type Aim, type Result, show } from './report.ts';

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
      { what: 'start with the largest ledger', measured: of('startMs'), atMost: 2000, unit: 'ms' },
      { what: 'longest block during a snapshot', measured: of('longestBlockMs'), atMost: 50, unit: 'ms' },
    ],
  };
}

/** The monthly bulletin of colleges of three sizes. */
export async function bulletin(place: Place): Promise<Result> {
  const rows: string[][] = [];
  for (const people of [150, 1000, 10_000]) {
    const party = await startParty(place.script, ['bulletin', { people }]);
    const { it } = await interleave({ it: party }, { messages: 1, atOnce: 1 }, { rounds: 5, warmUp: 2 });
    await party.stop();
    const ms = medianOf(it, 'ms');
    rows.push([`${show(people)} cadres`, show(ms), show((ms * 1000) / people)]);
  }
  return {
    tables: [{ title: 'Bulletin, 50 trainings each', columns: ['college', 'ms', 'µs a cadre'], rows }],
    aims: [],
  };
}

/** What looks at a whole college, from 1 k cadres to 10 k with half a million trainings. */
export async function lists({ script, directory }: Place): Promise<Result> {
  const columns = [
    ['统计', 'statisticsMs'],
    ['逾期', 'overdueMs'],
    ['进度 of one', 'progressMs'],
    ['planning quota-pace', 'planningMs'],
    ['longest block', 'longestBlockMs'],
    ['bare pass', 'bareMs'],
  ] as const;
  const rows: string[][] = [];
  const aims: Aim[] = [];
  for (const people of [1000, 3000, 10_000]) {
    const party = await startParty(script, ['lists', { directory: join(directory, String(people)), people }]);
    const { it } = await interleave({ it: party }, { messages: 1, atOnce: 1 }, { rounds: 5, warmUp: 3 });
    await party.stop();
    rows.push([`${show(people)} cadres`, ...columns.map(([, figure]) => show(medianOf(it, figure)))]);
    if (people < 10_000) continue;
    for (const [label, figure] of columns.slice(0, 2)) {
      aims.push({ what: `${label} of 10 k cadres`, measured: medianOf(it, figure), atMost: 300, unit: 'ms' });
    }
  }
  return {
    tables: [
      { title: 'First pages, ms, 50 trainings each', columns: ['college', ...columns.map(([label]) => label)], rows },
    ],
    aims,
  };
}
