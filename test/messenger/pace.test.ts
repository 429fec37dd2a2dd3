import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/messenger/pace.ts';

/** Time that passes only while everybody sleeps. */
function createVirtualTime() {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    elapsed: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ at: now + ms, wake })),
    run: async (): Promise<void> => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers.shift();
        if (next === undefined) return;
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}

/** When messages would go out, in milliseconds; per target one after the other, targets side by side. */
async function send(rate: { perTarget: number; total: number }, targets: Record<string, number>) {
  const time = createVirtualTime();
  const pace = createPace({ ...rate, ...time });
  const sent: { target: string; at: number }[] = [];
  const queues = Object.entries(targets).map(async ([target, count]) => {
    for (let i = 0; i < count; i++) {
      await pace(target);
      sent.push({ target, at: time.elapsed() });
    }
  });
  await time.run();
  await Promise.all(queues);
  return sent;
}

describe('the pace of sending', () => {
  test('spaces the messages to one target evenly', async () => {
    const sent = await send({ perTarget: 5, total: 50 }, { a: 4 });
    expect(sent.map(({ at }) => at)).toEqual([0, 200, 400, 600]);
  });

  test('spaces all messages evenly, whoever they are for', async () => {
    const sent = await send({ perTarget: 5, total: 50 }, { a: 1, b: 1, c: 1, d: 1 });
    expect(sent.map(({ at }) => at)).toEqual([0, 20, 40, 60]);
  });

  test('a target that must wait does not hold up the others', async () => {
    const sent = await send({ perTarget: 1, total: 100 }, { busy: 3, quiet: 1 });
    expect(sent).toEqual([
      { target: 'busy', at: 0 },
      { target: 'quiet', at: 10 },
      { target: 'busy', at: 1000 },
      { target: 'busy', at: 2000 },
    ]);
  });

  test('no second holds more than the platform allows, in all and for one target', async () => {
    const rate = { perTarget: 4, total: 20 };
    const targets = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`t${i}`, 6]));
    const sent = await send(rate, targets);
    expect(sent).toHaveLength(72);
    for (const { at: start, target } of sent) {
      const within = sent.filter(({ at }) => at >= start && at < start + 1000);
      expect(within.length).toBeLessThanOrEqual(rate.total);
      expect(within.filter((each) => each.target === target).length).toBeLessThanOrEqual(rate.perTarget);
    }
  });

  test('without a limit nobody waits', async () => {
    const free = { perTarget: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };
    expect((await send(free, { a: 3, b: 3 })).every(({ at }) => at === 0)).toBe(true);
  });
});
