import type { Clock } from '../../src/clock.ts';
import type { Instant } from '../../src/domain/day.ts';
import type { Address, Messenger, SendOptions, SendOutcome } from '../../src/messenger/messenger.ts';
import { plainText, type Reply } from '../../src/messenger/reply.ts';

/** What the platform does with the next try; `lost`: it delivers, but its answer never comes back. */
export type Behaviour = 'deliver' | 'lost' | 'throw' | { readonly refuse: string } | { readonly retryMs: number };

export interface Arrived {
  readonly to: string;
  readonly key: string;
  readonly text: string;
  readonly at: Instant;
}

/**
 * A platform that keeps what arrives: the same key again within `idempotencyMs` arrives once, after it a second time,
 * as on a real one.
 */
export class RecordingMessenger implements Messenger {
  readonly name: string;
  readonly idempotencyMs: number;
  readonly rate: Messenger['rate'];
  readonly arrived: Arrived[] = [];
  readonly tries: { readonly key: string; readonly at: Instant }[] = [];
  behave: (key: string, attempt: number) => Behaviour = () => 'deliver';
  /** The keys of what arrived as 加急. */
  readonly urgent: string[] = [];
  /** Awaited before the platform acts; lets a test hold messages on their way. */
  passage: (key: string) => Promise<void> = () => Promise.resolve();
  readonly #clock: Clock;
  readonly #tried = new Map<string, number>();
  readonly #first = new Map<string, { at: Instant; messageId: string }>();

  constructor(clock: Clock, options: Partial<Pick<Messenger, 'name' | 'idempotencyMs' | 'rate'>> = {}) {
    this.#clock = clock;
    this.name = options.name ?? 'recording';
    this.idempotencyMs = options.idempotencyMs ?? 3_600_000;
    this.rate = options.rate ?? { perTarget: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  status(): { ready: true } {
    return { ready: true };
  }

  async send(to: Address, reply: Reply, key: string, options?: SendOptions): Promise<SendOutcome> {
    const at = this.#clock.now();
    this.tries.push({ key, at });
    await this.passage(key);
    const attempt = (this.#tried.get(key) ?? 0) + 1;
    this.#tried.set(key, attempt);
    const behaviour = this.behave(key, attempt);
    if (typeof behaviour === 'object' && 'refuse' in behaviour) {
      return { ok: false, retry: false, reason: behaviour.refuse };
    }
    if (typeof behaviour === 'object') return { ok: false, retry: true, afterMs: behaviour.retryMs, reason: 'busy' };
    const messageId = this.#deliver(to, reply, key, at);
    if (options?.urgent === true) this.urgent.push(key);
    if (behaviour === 'throw') throw new Error('connection reset');
    return behaviour === 'lost' ? { ok: false, retry: true, afterMs: 0, reason: 'no answer' } : { ok: true, messageId };
  }

  #deliver(to: Address, reply: Reply, key: string, at: Instant): string {
    const first = this.#first.get(key);
    if (first !== undefined && Date.parse(at) - Date.parse(first.at) < this.idempotencyMs) return first.messageId;
    const messageId = `om_${this.arrived.length + 1}`;
    this.#first.set(key, { at, messageId });
    this.arrived.push({ to: to.id, key, text: plainText(reply), at });
    return messageId;
  }
}
