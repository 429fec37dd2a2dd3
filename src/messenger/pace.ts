import { setTimeout as after } from 'node:timers/promises';

/** Waits; ends early, without an error, when the signal is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** A wait that can be ended is no reason for the process to live on. */
export const sleepFor: Sleep = (ms, signal) =>
  signal === undefined ? after(ms) : after(ms, undefined, { signal, ref: false }).catch(() => {});

export interface PaceParts {
  /** Messages a second: to one target, and in all. */
  readonly perTarget: number;
  readonly total: number;
  /** A clock that only runs forward, in milliseconds. */
  readonly elapsed: () => number;
  readonly sleep: Sleep;
}

const remembered = 1000;

/**
 * Spaces messages evenly: resolves when it is the target's turn. One message per target waits at a time; the next one
 * asks when that one has been sent.
 */
export function createPace({ perTarget, total, elapsed, sleep }: PaceParts): (target: string) => Promise<void> {
  const gap = 1000 / total;
  const targetGap = 1000 / perTarget;
  const free = new Map<string, number>();
  let nextFree = 0;

  const waitUntil = async (at: number): Promise<void> => {
    const ms = at - elapsed();
    if (ms > 0) await sleep(ms);
  };

  return async (target) => {
    await waitUntil(free.get(target) ?? 0);
    const at = Math.max(elapsed(), nextFree);
    nextFree = at + gap;
    await waitUntil(at);
    const now = elapsed();
    if (free.size >= remembered) for (const [name, until] of free) if (until <= now) free.delete(name);
    free.set(target, now + targetGap);
  };
}
