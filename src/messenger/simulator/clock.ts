import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { defineCollection } from '../../domain/collection.ts';
import { addMs, type Instant } from '../../domain/day.ts';
import type { Store } from '../../store/store.ts';

/** How far the simulator's clock is from the system's. */
export const simulatorState = defineCollection({
  name: 'simulator-state',
  schema: z.object({ id: z.literal('clock'), offsetMs: z.number().int() }),
  key: ['id'],
  kept: 'operational',
});

/** The Friday on which the sample college begins: 09:00 in Shanghai. */
const firstMorning: Instant = '2026-11-20T01:00:00.000Z';

/** What happens on the way of the clock from one instant to another. */
export interface Walk {
  /** The next instant at which something is due, after `now` or missed before it; null when nothing is. */
  readonly nextDue: (now: Instant) => Instant | null;
  /** Does all that is due now, messages included. */
  readonly settle: () => Promise<void>;
  /** Called after each step. */
  readonly onStep?: (now: Instant) => void;
}

/** Runs on in real time from where it was put; its distance from the system's clock survives a restart. */
export interface SimulatedClock extends Clock {
  /** Forward only; durable when it resolves. @throws RangeError when `instant` has passed */
  advanceTo(instant: Instant): Promise<void>;
  /**
   * Moves to `target` as if all the time between had been lived through: halts at each instant at which something is
   * due and lets it happen. @throws RangeError when `target` has passed
   */
  moveTo(target: Instant, walk: Walk): Promise<void>;
}

export async function createSimulatedClock(options: {
  readonly store: Store;
  readonly system: Clock;
  readonly start?: Instant;
}): Promise<SimulatedClock> {
  const { store, system, start = firstMorning } = options;
  const kept = await store.read((view) => view.get(simulatorState, 'clock'));
  let offsetMs = kept?.offsetMs ?? Date.parse(start) - Date.parse(system.now());

  const now = (): Instant => addMs(system.now(), offsetMs);
  const keepOffset = async (next: number): Promise<void> => {
    const at = addMs(system.now(), next);
    const cause = { actor: 'system', via: 'simulator', what: 'clock', ref: at, at } as const;
    await store.transaction(cause, (tx) => tx.put(simulatorState, { id: 'clock', offsetMs: next }));
    offsetMs = next;
  };
  if (kept === undefined) await keepOffset(offsetMs);

  const refusePast = (instant: Instant): void => {
    if (instant < now()) throw new RangeError(`the clock is at ${now()} and cannot go back to ${instant}`);
  };
  // Time runs on while we look at it: what has been reached meanwhile is reached.
  const reach = async (instant: Instant): Promise<void> => {
    if (instant > now()) await keepOffset(Date.parse(instant) - Date.parse(system.now()));
  };

  return {
    now,
    async advanceTo(instant) {
      refusePast(instant);
      await reach(instant);
    },
    async moveTo(target, { nextDue, settle, onStep }) {
      refusePast(target);
      // What a crash has left half done happens at its own time, before the clock moves past it.
      await settle();
      let last: Instant = '';
      for (;;) {
        const due = nextDue(now());
        // A slot that is named again was not run: the last step tries it once more, and the walk ends all the same.
        if (due === null || due > target || due <= last) break;
        last = due;
        await reach(due);
        onStep?.(now());
        await settle();
      }
      await reach(target);
      onStep?.(now());
      await settle();
    },
  };
}
