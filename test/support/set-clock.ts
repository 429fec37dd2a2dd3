import type { Clock } from '../../src/clock.ts';
import { addMs, type Instant } from '../../src/domain/day.ts';

/** A clock that stands still until it is moved. */
export class SetClock implements Clock {
  #now: Instant;

  constructor(now: Instant) {
    this.#now = now;
  }

  now(): Instant {
    return this.#now;
  }

  set(now: Instant): void {
    this.#now = now;
  }

  pass(ms: number): void {
    this.#now = addMs(this.#now, ms);
  }
}
