import { afterEach, beforeEach, expect, it } from 'vitest';
import { readStandings } from '../../src/bot/everybody.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { listAll } from '../../src/store/store.ts';
import { approved, makeCadre, now, policy, today } from '../domain/build.ts';
import { openTemporaryStore, type TemporaryStore } from '../support/temporary-store.ts';

const people = ['E1003', 'E1001', 'E1002'].map((staffNo) => makeCadre({ staffNo }));

let temporary: TemporaryStore;
beforeEach(async () => {
  temporary = await openTemporaryStore([cadres, hourEntries]);
});
afterEach(() => temporary.remove());

it('everybody stands where the own entries say, over more entries than a page holds and in the given order', async () => {
  const { store } = temporary;
  const cause = { actor: 'system', via: 'cli', what: 'test', ref: '', at: now } as const;
  await store.transaction(cause, async (tx) => {
    for (let i = 0; i < 2300; i += 1) {
      const day = addDays('2023-01-01', i % 1400);
      const staffNo = `E100${[1, 2, 9][i % 3]}`;
      await tx.put(hourEntries, approved({ from: day, to: day, hours: i }, { id: i + 1, staffNo }));
    }
  });
  await store.read(async (view) => {
    const standings = await readStandings(view, people, policy, today);
    expect(standings.map(({ cadre }) => cadre.staffNo)).toEqual(['E1003', 'E1001', 'E1002']);
    for (const { cadre, progress } of standings) {
      const own = await listAll(view, hourEntries, { index: 'byPerson', equals: [cadre.staffNo] });
      expect(progress).toEqual(fiveYearProgress(cadre, own, policy, today));
    }
    expect(standings[0]?.progress.earned).toBe(0);
    expect(standings[1]?.progress.earned).toBeGreaterThan(0);
  });
});
