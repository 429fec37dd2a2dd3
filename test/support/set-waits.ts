import { addMs, type Instant } from '../../src/domain/day.ts';
import type { Sleep } from '../../src/messenger/pace.ts';
import type { SetClock } from './set-clock.ts';

interface Wait {
  readonly at: Instant;
  readonly ms: number;
  readonly end: () => void;
}

/** Waits that end when a clock is moved, in their order, or when they are called off. */
export class SetWaits {
  readonly #clock: SetClock;
  readonly #waits = new Set<Wait>();
  readonly #watchers = new Set<() => void>();

  constructor(clock: SetClock) {
    this.#clock = clock;
  }

  readonly sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = (): void => {
        this.#waits.delete(wait);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const wait = { at: addMs(this.#clock.now(), ms), ms, end };
      signal?.addEventListener('abort', end);
      this.#waits.add(wait);
      for (const look of this.#watchers) look();
    });

  /** How long each of them was to be, in milliseconds. */
  get pending(): readonly number[] {
    return [...this.#waits].map(({ ms }) => ms);
  }

  /** Resolves when something waits for so long. */
  until(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.pending.includes(ms)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** Moves the clock, and ends on the way what is over, one after another. */
  async pass(ms: number): Promise<void> {
    const end = addMs(this.#clock.now(), ms);
    for (;;) {
      const [next] = [...this.#waits].filter(({ at }) => at <= end).sort((a, b) => (a.at < b.at ? -1 : 1));
      if (next === undefined) break;
      this.#clock.set(next.at);
      next.end();
      await turn();
    }
    this.#clock.set(end);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
