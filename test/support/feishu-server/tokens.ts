import { Refusal } from './answers.ts';
import { type App, newId } from './app.ts';
import type { Time } from './time.ts';

const lifeMs = 2 * 3_600_000;
const sameWhileLeftMs = 30 * 60_000;

/** tenant_access_token: the same again while half an hour of it remains, else a new one beside the old. */
export class Tokens {
  readonly #app: App;
  readonly #time: Time;
  readonly #lifeMs: number;
  readonly #valid = new Map<string, number>();
  #latest: string | null = null;
  /** How often one was asked for, successfully or not. */
  asked = 0;

  constructor(app: App, time: Time, lifeSeconds?: number) {
    this.#app = app;
    this.#time = time;
    this.#lifeMs = lifeSeconds === undefined ? lifeMs : lifeSeconds * 1000;
  }

  /** @throws Refusal with HTTP 200: what is wrong with a sign-in stands in the code alone */
  issue(body: unknown): object {
    this.asked += 1;
    const given = body as { app_id?: unknown; app_secret?: unknown } | null;
    if (given?.app_id !== this.#app.appId) throw new Refusal(10003, { status: 200 });
    if (given.app_secret !== this.#app.appSecret) throw new Refusal(10014, { status: 200 });
    const left = this.#latest === null ? 0 : this.#left(this.#latest);
    if (this.#latest === null || left < Math.min(sameWhileLeftMs, this.#lifeMs)) {
      this.#latest = newId('t-g1');
      this.#valid.set(this.#latest, this.#time.now() + this.#lifeMs);
    }
    const expire = Math.floor(this.#left(this.#latest) / 1000);
    return { code: 0, expire, msg: 'ok', tenant_access_token: this.#latest };
  }

  /** @throws Refusal when the call carries no token that is still good */
  check(authorization: string | undefined): void {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    // Without the word Bearer the platform sees no token at all.
    if (token === undefined) throw new Refusal(99991661);
    if (this.#left(token) <= 0) throw new Refusal(99991663);
  }

  /** Every token that was given out is dead from now on, whatever life it was promised. */
  invalidate(): void {
    this.#valid.clear();
    this.#latest = null;
  }

  #left(token: string): number {
    return (this.#valid.get(token) ?? 0) - this.#time.now();
  }
}
