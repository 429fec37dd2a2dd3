import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayOf, type Instant, instantAt } from '../../../src/domain/day.ts';
import { createSimulatedClock, type SimulatedClock, simulatorState } from '../../../src/messenger/simulator/clock.ts';
import { SetClock } from '../../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

describe('the simulated clock', () => {
  let temporary: TemporaryStore;
  let system: SetClock;
  let clock: SimulatedClock;

  beforeEach(async () => {
    temporary = await openTemporaryStore([simulatorState]);
    system = new SetClock('2031-05-05T10:20:30.400Z');
    clock = await createSimulatedClock({ store: temporary.store, system });
  });
  afterEach(() => temporary.remove());

  it('begins on Friday 2026-11-20 at nine in Shanghai and runs on in real time', () => {
    expect(clock.now()).toBe('2026-11-20T01:00:00.000Z');
    system.pass(90_000);
    expect(clock.now()).toBe('2026-11-20T01:01:30.000Z');
  });

  it('goes forward only', async () => {
    await clock.advanceTo('2026-12-01T01:00:00.000Z');
    expect(clock.now()).toBe('2026-12-01T01:00:00.000Z');
    await expect(clock.advanceTo('2026-11-30T01:00:00.000Z')).rejects.toThrow(RangeError);
    await expect(clock.moveTo('2026-11-30T01:00:00.000Z', quiet)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe('2026-12-01T01:00:00.000Z');
  });

  it('keeps its place over a restart', async () => {
    await clock.advanceTo('2027-01-04T02:00:00.000Z');
    system.pass(1000);
    const again = await createSimulatedClock({ store: await temporary.reopen(), system });
    expect(again.now()).toBe('2027-01-04T02:00:01.000Z');
  });

  it('halts at each due instant in order, settles there and arrives', async () => {
    const settled: Instant[] = [];
    const steps: Instant[] = [];
    await clock.moveTo('2026-11-23T02:00:00.000Z', {
      nextDue: (now) => instantAt(addDays(dayOf(now), 1), '08:30'),
      settle: async () => void settled.push(clock.now()),
      onStep: (now) => steps.push(now),
    });
    expect(settled).toEqual([
      '2026-11-20T01:00:00.000Z',
      '2026-11-21T00:30:00.000Z',
      '2026-11-22T00:30:00.000Z',
      '2026-11-23T00:30:00.000Z',
      '2026-11-23T02:00:00.000Z',
    ]);
    expect(steps).toEqual(settled.slice(1));
  });

  it('settles what was missed before it moves on', async () => {
    let missed: Instant | null = '2026-11-19T01:00:00.000Z';
    const settled: Instant[] = [];
    await clock.moveTo('2026-11-20T02:00:00.000Z', {
      nextDue: () => missed,
      settle: async () => {
        missed = null;
        settled.push(clock.now());
      },
    });
    expect(settled).toEqual(['2026-11-20T01:00:00.000Z', '2026-11-20T02:00:00.000Z']);
  });

  it('lets happen at its own time what a crash has left half done', async () => {
    let left: Instant | null = 'what was queued when the bot was killed';
    const sent: Instant[] = [];
    await clock.moveTo('2026-11-21T01:00:00.000Z', {
      nextDue: (now) => (now < '2026-11-20T10:00:00.000Z' ? '2026-11-20T10:00:00.000Z' : null),
      settle: async () => {
        if (left !== null) sent.push(clock.now());
        left = null;
      },
    });
    expect(sent).toEqual(['2026-11-20T01:00:00.000Z']);
  });

  it('arrives even when a slot stays due for ever', async () => {
    let settles = 0;
    await clock.moveTo('2026-11-25T01:00:00.000Z', {
      nextDue: () => '2026-11-21T01:00:00.000Z',
      settle: async () => {
        settles += 1;
      },
    });
    expect(clock.now()).toBe('2026-11-25T01:00:00.000Z');
    expect(settles).toBe(3);
  });

  it.each([
    ['2026-11-20T01:00:00.000Z', 1],
    ['2026-11-21T01:00:00.000Z', 2],
  ])('stays where it is when settling fails (%s)', async (at, failsAt) => {
    let settles = 0;
    const failing = {
      nextDue: () => '2026-11-21T01:00:00.000Z',
      settle: async () => {
        settles += 1;
        if (settles === failsAt) throw new Error('disk full');
      },
    };
    await expect(clock.moveTo('2026-11-25T01:00:00.000Z', failing)).rejects.toThrow('disk full');
    expect(clock.now()).toBe(at);
  });

  it('is not disturbed when time passes while it settles', async () => {
    await clock.moveTo('2026-11-20T01:00:05.000Z', {
      nextDue: () => null,
      settle: async () => system.pass(10_000),
    });
    expect(clock.now()).toBe('2026-11-20T01:00:20.000Z');
  });
});

const quiet = { nextDue: () => null, settle: async () => {} };
