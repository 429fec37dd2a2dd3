import { Refusal } from './answers.ts';
import type { Time } from './time.ts';

export interface Limits {
  /** Messages a second to one person or chat, and changes a second of one message. */
  readonly perTarget: number;
  /** Calls of one API. */
  readonly perSecond: number;
  readonly perMinute: number;
}

export const platformLimits: Limits = { perTarget: 5, perSecond: 50, perMinute: 1000 };

/** Sliding windows. What is refused does not count. */
export class Windows {
  readonly #time: Time;
  readonly limits: Limits;
  readonly #passed = new Map<string, number[]>();

  constructor(time: Time, limits: Limits) {
    this.#time = time;
    this.limits = limits;
  }

  /** @throws Refusal 99991400 with the seconds until there is room again */
  passApi(api: string): void {
    const { perSecond, perMinute } = this.limits;
    const waitMs = Math.max(this.#wait(api, perSecond, 1000), this.#wait(api, perMinute, 60_000));
    if (waitMs > 0) throw rateLimited(perMinute, Math.ceil(waitMs / 1000));
    this.#count(api);
  }

  /** @throws Refusal 230020 */
  passTarget(target: string): void {
    if (this.#wait(target, this.limits.perTarget, 1000) > 0) throw new Refusal(230020);
    this.#count(target);
  }

  #wait(key: string, most: number, windowMs: number): number {
    const recent = (this.#passed.get(key) ?? []).filter((at) => at > this.#time.now() - windowMs);
    const oldest = recent[recent.length - most];
    return oldest === undefined ? 0 : oldest + windowMs - this.#time.now();
  }

  #count(key: string): void {
    const now = this.#time.now();
    const kept = (this.#passed.get(key) ?? []).filter((at) => at > now - 60_000);
    this.#passed.set(key, [...kept, now]);
  }
}

export const rateLimited = (limit: number, resetSeconds: number): Refusal =>
  new Refusal(99991400, {
    status: 429,
    headers: { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSeconds) },
  });
