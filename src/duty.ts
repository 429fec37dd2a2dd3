import type { Clock } from './clock.ts';
import { leases, duty as name, takeLease } from './domain/lease.ts';
import type { Cause, Store } from './store/store.ts';

/** Whether this process is the one that does what happens by itself: the queue, imports, jobs. */
export interface Duty {
  isOurs(): boolean;
  /** Resolves when it is ours: at once, or when whoever holds it gives it back or is given up. */
  untilOurs(): Promise<void>;
  /** Gives it back, so that another need not wait. */
  stop(): Promise<void>;
}

/** Nobody else works on the store. */
export const alone: Duty = { isOurs: () => true, untilOurs: () => Promise.resolve(), stop: () => Promise.resolve() };

export interface DutyParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Tells this process from all others. */
  readonly owner: string;
  /** Called every second while the duty is ours, since others may have left something to do; `isNew` when it begins. */
  readonly onBeat: (isNew: boolean) => void;
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
  /** Calls back until it is told to end; the real one every second. */
  readonly every?: (beat: () => Promise<void>) => () => void;
}

const beatMs = 1000;

const everySecond = (beat: () => Promise<void>): (() => void) => {
  const timer = setInterval(() => void beat(), beatMs).unref();
  return () => clearInterval(timer);
};

/**
 * One of several processes is on duty; all of them hear and answer. A process that hangs is off duty by its own clock
 * before another takes over, and what it still does is fenced by the leases and claims of what it does it to.
 */
export async function takeTurns({ store, clock, owner, onBeat, log, every = everySecond }: DutyParts): Promise<Duty> {
  let until = '';
  let isFailing = false;
  /** The beat under way; a slow one takes the place of those that fall into it. */
  let beating: Promise<void> | null = null;
  const waiting: (() => void)[] = [];
  const isOurs = (): boolean => clock.now() < until;
  const cause = (): Cause => ({ actor: 'system', via: 'outbox', what: name, ref: owner, at: clock.now() });

  const beat = async (): Promise<void> => {
    const wasOurs = isOurs();
    try {
      until = await store.transaction(cause(), async (tx) => {
        const held = await tx.get(leases, name);
        const lease = takeLease(held, name, owner, tx.cause.at);
        if (lease !== null && lease !== held) await tx.put(leases, lease);
        return lease?.until ?? '';
      });
      isFailing = false;
    } catch (error) {
      // Once is enough: the next second it is tried again.
      if (!isFailing) log.warn({ err: error }, 'duty not renewed');
      isFailing = true;
    }
    if (isOurs() !== wasOurs) log.info({ owner }, wasOurs ? 'off duty' : 'on duty');
    if (!isOurs()) return;
    for (const begin of waiting.splice(0)) begin();
    onBeat(!wasOurs);
  };

  const beatOnce = (): Promise<void> => {
    beating ??= beat().finally(() => {
      beating = null;
    });
    return beating;
  };

  await beatOnce();
  const end = every(beatOnce);
  return {
    isOurs,
    untilOurs: () => (isOurs() ? Promise.resolve() : new Promise((begin) => waiting.push(begin))),
    stop: async () => {
      end();
      // What it takes now would be held after the end.
      await beating;
      if (!isOurs()) return;
      until = '';
      log.info({ owner }, 'off duty');
      await store
        .transaction(cause(), async (tx) => {
          if ((await tx.get(leases, name))?.owner === owner) await tx.remove(leases, name);
        })
        .catch((error: unknown) => log.warn({ err: error }, 'duty not given back'));
    },
  };
}
