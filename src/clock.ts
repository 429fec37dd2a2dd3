import type { Instant } from './domain/day.ts';

/** Where time comes from; the only reader of the system's clock is `systemClock`. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
