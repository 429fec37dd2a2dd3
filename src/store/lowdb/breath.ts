import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long work on the state may run on before the event loop gets a turn, in milliseconds. */
const longest = 8;

/** Lets the event loop come round in the middle of long work. One for each store: its work is done in one row. */
export class Breath {
  #since = performance.now();

  /** @returns what to wait for, or null when there is no need yet */
  due(): Promise<void> | null {
    return performance.now() - this.#since < longest ? null : this.#take();
  }

  /** The loop has just come round. */
  begin(): void {
    this.#since = performance.now();
  }

  async #take(): Promise<void> {
    await nextTurn();
    this.begin();
  }
}
