import type { Clock } from '../clock.ts';
import type { Cause, Store } from '../store/store.ts';
import {
  type AddressOf,
  type Delivery,
  isAnythingDue,
  type Lease,
  leaseDue,
  type Result,
  recordResults,
} from './delivery.ts';
import type { Messenger, SendOutcome } from './messenger.ts';
import { createPace, type Sleep, sleepFor } from './pace.ts';

export interface PumpParts {
  readonly store: Store;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly clock: Clock;
  readonly addressOf: AddressOf;
  readonly log: { warn(fields: object, message: string): void };
  /**
   * Tells this process from any other that sends from the same store at the same time. A process that comes back under
   * its old name takes up at once what it had on its way; others wait until the lease has run out.
   */
  readonly owner: string;
  /** Whether it is this process that sends; it always is unless others work on the same store. */
  readonly isOnDuty?: () => boolean;
  /** How long to rest at most, in milliseconds: shorter where others may put something into the queue. */
  readonly longestIdleMs?: number;
  readonly sleep?: Sleep;
  /** Milliseconds of a clock that only runs forward. */
  readonly elapsed?: () => number;
}

export interface Pump {
  /** Something may be due: returns at once, the sending goes on behind. */
  wake(): void;
  /**
   * Resolves when nothing is due any more and all outcomes are written down; retries of later hours do not count.
   * @throws what the store threw
   */
  drain(): Promise<void>;
  /** Starts nothing new; resolves when what was on its way has been written down. */
  stop(): Promise<void>;
}

const mostInFlight = 50;
const storePauseMs = 1000;
const nothing: Lease = { deliveries: [], hasSettled: false, nextDue: null };

/**
 * 发件泵: the one way out. Each turn is one transaction that writes down what has become of the last messages and
 * leases the next ones; between turns they are sent side by side, within the platform's limits.
 */
export function createPump({ store, messengers, clock, addressOf, log, owner, ...seams }: PumpParts): Pump {
  const sleep = seams.sleep ?? sleepFor;
  const { isOnDuty = () => true, longestIdleMs = 60_000 } = seams;
  const elapsed = seams.elapsed ?? (() => performance.now());
  const paces = new Map([...messengers].map(([name, { rate }]) => [name, createPace({ ...rate, elapsed, sleep })]));
  const inFlight = new Map<string, { messenger: string; sending: Promise<void> }>();
  let results: Result[] = [];
  let running: Promise<void> | null = null;
  let stopping = false;
  let alarm = new AbortController();
  let rung = false;
  let ring = (): void => {};

  const notify = (): void => {
    rung = true;
    ring();
  };

  const roomOf = ({ name, rate }: Messenger): number => {
    const sending = [...inFlight.values()].filter(({ messenger }) => messenger === name).length;
    return Math.max(1, Math.min(mostInFlight, Math.floor(rate.total))) - sending;
  };

  async function takeTurn(): Promise<Lease> {
    const recorded = results;
    if (recorded.length === 0 && !isOnDuty()) return nothing;
    results = [];
    const cause: Cause = { actor: 'system', via: 'outbox', what: 'send', ref: owner, at: clock.now() };
    try {
      return await store.transaction(cause, async (tx) => {
        await recordResults(tx, recorded, owner);
        if (stopping || !isOnDuty()) return nothing;
        const room = new Map([...messengers].map(([name, messenger]) => [name, roomOf(messenger)]));
        return leaseDue(tx, { owner, messengers, addressOf, inFlight: new Set(inFlight.keys()), room });
      });
    } catch (fault) {
      results = [...recorded, ...results];
      throw fault;
    }
  }

  async function attempt({ row, reply, to, messenger }: Delivery): Promise<Result['outcome']> {
    await paces.get(messenger.name)?.(row.target);
    if (stopping || row.leasedUntil === null || clock.now() >= row.leasedUntil) return 'unsent';
    try {
      const outcome = await messenger.send(to, reply, row.key, { urgent: row.urgent === true });
      if (!outcome.ok) log.warn({ key: row.key, retry: outcome.retry, reason: outcome.reason }, 'message not sent');
      return outcome;
    } catch (fault) {
      log.warn({ key: row.key, err: fault }, 'messenger threw');
      return { ok: false, retry: true, afterMs: 0, reason: describe(fault) } satisfies SendOutcome;
    }
  }

  function start(delivery: Delivery): void {
    const { key } = delivery.row;
    const sending = attempt(delivery).then((outcome) => {
      inFlight.delete(key);
      results.push({ key, outcome });
      notify();
    });
    inFlight.set(key, { messenger: delivery.messenger.name, sending });
  }

  async function runUntilIdle(): Promise<void> {
    let pauseMs = storePauseMs;
    try {
      for (;;) {
        rung = false;
        const { deliveries, hasSettled, nextDue } = await takeTurn();
        for (const delivery of deliveries) start(delivery);
        if (rung || hasSettled) continue;
        if (inFlight.size === 0) {
          const due = nextDue === null ? longestIdleMs : Date.parse(nextDue) - Date.parse(clock.now());
          pauseMs = Math.max(0, Math.min(longestIdleMs, due));
          return;
        }
        await new Promise<void>((resolve) => {
          ring = resolve;
        });
      }
    } catch (fault) {
      log.warn({ err: fault }, 'outbox turn failed');
      throw fault;
    } finally {
      running = null;
      setAlarm(pauseMs);
    }
  }

  function setAlarm(ms: number): void {
    alarm.abort();
    if (stopping) return;
    alarm = new AbortController();
    const { signal } = alarm;
    void sleep(ms, signal).then(() => (signal.aborted ? undefined : lookAround(signal)));
  }

  /** A look disturbs nobody, a turn may be in another's way. Who is not on duty is woken when that begins. */
  async function lookAround(signal: AbortSignal): Promise<void> {
    if (!isOnDuty()) return;
    const isDue = await store.read((view) => isAnythingDue(view, clock.now())).catch(() => true);
    if (signal.aborted) return;
    if (isDue) wake();
    else setAlarm(longestIdleMs);
  }

  function drain(): Promise<void> {
    notify();
    running ??= runUntilIdle();
    return running;
  }

  function wake(): void {
    // A failed turn has been logged and is tried again by the alarm.
    if (!stopping) drain().catch(() => {});
  }

  async function stop(): Promise<void> {
    stopping = true;
    alarm.abort();
    notify();
    await running?.catch(() => {});
    await Promise.all([...inFlight.values()].map(({ sending }) => sending));
    if (results.length > 0) await takeTurn().catch((fault) => log.warn({ err: fault }, 'outcomes not recorded'));
  }

  return { wake, drain, stop };
}

const describe = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
