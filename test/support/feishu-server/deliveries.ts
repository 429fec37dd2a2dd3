import { newId } from './app.ts';
import type { Envelope } from './events.ts';
import type { Faults } from './faults.ts';
import type { Time } from './time.ts';
import type { Outcome, Transport } from './transport.ts';

/** After how long the platform tries again what was not acknowledged; then it gives up. */
export const platformLadder: readonly number[] = [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000];

export interface Delivery {
  readonly eventId: string;
  readonly eventType: string;
  readonly envelope: Envelope;
  readonly attempts: { readonly at: number; readonly via: Transport['name']; readonly outcome: Outcome }[];
  acknowledged: boolean;
}

/** Events on their way: at least once, in any order, again until they are acknowledged. */
export class Deliveries {
  readonly all: Delivery[] = [];
  readonly #time: Time;
  readonly #faults: Faults;
  readonly #ladder: readonly number[];
  readonly #transport: () => Transport;
  readonly #overtaken: (() => void)[] = [];

  constructor(time: Time, faults: Faults, ladder: readonly number[], transport: () => Transport) {
    this.#time = time;
    this.#faults = faults;
    this.#ladder = ladder;
    this.#transport = transport;
  }

  /** Resolves when the first try is over, however it ended. */
  async send(envelope: Envelope): Promise<Delivery> {
    const delivery = this.#open(envelope);
    const type = delivery.eventType;
    const delay = this.#faults.takeEvent(type, 'delayed');
    if (delay !== undefined) {
      return new Promise((resolve) => {
        this.#time.after(delay.ms, () => this.#try(delivery).then(() => resolve(delivery)));
      });
    }
    if (this.#faults.takeEvent(type, 'behind-next') !== undefined) {
      await new Promise<void>((resolve) => this.#overtaken.push(resolve));
      await this.#try(delivery);
      return delivery;
    }
    await this.#try(delivery);
    const duplicate = this.#faults.takeEvent(type, 'duplicate');
    if (duplicate !== undefined) {
      const again = duplicate.as === 'same event' ? {} : { event_id: newId('') };
      await this.#try(this.#open({ ...envelope, header: { ...envelope.header, ...again } }));
    }
    for (const resume of this.#overtaken.splice(0)) resume();
    return delivery;
  }

  /** A tap: once, whatever comes of it. */
  async call(envelope: Envelope): Promise<Outcome> {
    const delivery = this.#open(envelope);
    await this.#attempt(delivery);
    return delivery.attempts[0]?.outcome ?? { result: 'no answer' };
  }

  #open(envelope: Envelope): Delivery {
    const { event_id: eventId, event_type: eventType } = envelope.header;
    const delivery: Delivery = { eventId, eventType, envelope, attempts: [], acknowledged: false };
    this.all.push(delivery);
    return delivery;
  }

  async #try(delivery: Delivery): Promise<void> {
    await this.#attempt(delivery);
    const pause = this.#ladder[delivery.attempts.length - 1];
    if (!delivery.acknowledged && pause !== undefined) this.#time.after(pause, () => this.#try(delivery));
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const at = this.#time.now();
    const transport = this.#transport();
    const heard = await transport.deliver(delivery);
    const isLost = this.#faults.takeEvent(delivery.eventType, 'ack-lost') !== undefined;
    const outcome: Outcome = isLost ? { result: 'no answer' } : heard;
    delivery.attempts.push({ at, via: transport.name, outcome });
    delivery.acknowledged = outcome.result === 'answered' || outcome.result === 'unreadable';
  }
}
