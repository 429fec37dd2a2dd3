import type { Cadre } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { type HourEntry, hourEntries } from '../domain/hours.ts';
import type { Policy } from '../domain/policy.ts';
import { type FiveYearProgress, fiveYearProgress } from '../domain/progress.ts';
import { isOwed, type Reflection, reflections } from '../domain/reflection.ts';
import { listAll, type Reader } from '../store/store.ts';
import { mayUse } from './command.ts';
import { bindings } from './people.ts';
import { deciders } from './review/desk.ts';

/** What waits for a person: their own duties, and what waits at the desks of their roles. */
export interface OpenMatters {
  readonly owed: readonly Reflection[];
  readonly returned: readonly HourEntry[];
  readonly progress: FiveYearProgress;
  /** Entries to decide on, 体会 to read, and accounts to consent to. */
  readonly approvals: number;
  readonly readings: number;
  readonly bindings: number;
}

export async function readOpenMatters(view: Reader, me: Cadre, policy: Policy, today: Day): Promise<OpenMatters> {
  const mine = { index: 'byPerson', equals: [me.staffNo] };
  const entries = await listAll(view, hourEntries, mine);
  const decides = mayUse(deciders, me);
  return {
    owed: (await listAll(view, reflections, mine)).filter(isOwed),
    returned: entries.filter(({ state }) => state === 'returned'),
    progress: fiveYearProgress(me, entries, policy, today),
    approvals: decides ? await view.count(hourEntries, { index: 'byState', equals: ['submitted'] }) : 0,
    readings: decides ? await view.count(reflections, { index: 'byState', equals: ['handed-in'] }) : 0,
    bindings: mayUse(['archivist'], me) ? await view.count(bindings, {}) : 0,
  };
}

/** How many lines 待办 has for a person. */
export async function countOpen(view: Reader, me: Cadre, policy: Policy, today: Day): Promise<number> {
  const { owed, returned, progress, approvals, readings, bindings } = await readOpenMatters(view, me, policy, today);
  const { count, required, missedYear } = progress.professional;
  const lines = [progress.lagging, count < required, missedYear !== null, approvals > 0, readings > 0, bindings > 0];
  return owed.length + returned.length + lines.filter((isOpen) => isOpen).length;
}
