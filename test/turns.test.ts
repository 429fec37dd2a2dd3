import { describe, expect, it } from 'vitest';
import { createTurns } from '../src/turns.ts';

describe('turns', () => {
  it('are taken in the order of coming, and no more at once than allowed', async () => {
    const inTurn = createTurns(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const work = (n: number): Promise<number> =>
      inTurn(async () => {
        begun.push(n);
        await new Promise<void>((resolve) => {
          ends[n] = resolve;
        });
        return n;
      });
    const all = [work(0), work(1), work(2), work(3)];
    expect(begun).toEqual([0, 1]);
    ends[1]?.();
    expect(await all[1]).toBe(1);
    expect(begun).toEqual([0, 1, 2]);
    ends[0]?.();
    await all[0];
    expect(begun).toEqual([0, 1, 2, 3]);
    for (const end of ends) end();
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('go on when a piece of work fails', async () => {
    const inTurn = createTurns(1);
    const failing = inTurn(() => Promise.reject(new Error('broken')));
    const next = inTurn(async () => 'done');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });
});
