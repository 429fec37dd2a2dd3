import type { Cadre } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { type HourEntry, hourEntries } from '../domain/hours.ts';
import { isOwing, makeUps } from '../domain/make-up.ts';
import { objections } from '../domain/objection.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { type FiveYearProgress, fiveYearProgress } from '../domain/progress.ts';
import { isOwed, type Reflection, reflections } from '../domain/reflection.ts';
import { listAll, type Reader } from '../store/store.ts';
import { mayUse } from './command.ts';
import { waitingFor } from './course/leave-card.ts';
import { type Owed, owedBy } from './course/make-up-offer.ts';
import { readOwnUnsettled, readWaitingClasses, type WaitingClass } from './course/waiting.ts';
import { bindings } from './people.ts';
import { deciders } from './review/desk.ts';
import { listProposals } from './roster/proposals.ts';

/** What waits for a person: their own duties, and what waits at the desks of their roles. */
export interface OpenMatters {
  readonly owed: readonly Reflection[];
  readonly makeUps: readonly Owed[];
  readonly returned: readonly HourEntry[];
  readonly progress: FiveYearProgress;
  /** Entries to decide on, 体会 to read, accounts to consent to, and what a directory knows otherwise. */
  readonly approvals: number;
  readonly readings: number;
  /** Leaves that wait for this person's word, proofs of 补训 and 异议. */
  readonly leaves: number;
  readonly proofs: number;
  readonly objections: number;
  /** Classes whose attendance is to be settled, 班主任's own included, or people of which are to be decided about. */
  readonly classes: readonly WaitingClass[];
  readonly bindings: number;
  readonly proposals: number;
}

export async function readOpenMatters(view: Reader, me: Cadre, policies: PolicyBook, today: Day): Promise<OpenMatters> {
  const mine = { index: 'byPerson', equals: [me.staffNo] };
  const entries = await listAll(view, hourEntries, mine);
  const decides = mayUse(deciders, me);
  const keepsRoster = mayUse(['archivist'], me);
  return {
    owed: (await listAll(view, reflections, mine)).filter(isOwed),
    makeUps: (await owedBy({ tx: view }, me.staffNo)).filter(({ makeUp }) => isOwing(makeUp)),
    returned: entries.filter(({ state }) => state === 'returned'),
    progress: fiveYearProgress(me, entries, policies.at(today), today),
    approvals: decides ? await view.count(hourEntries, { index: 'byState', equals: ['submitted'] }) : 0,
    readings: decides ? await view.count(reflections, { index: 'byState', equals: ['handed-in'] }) : 0,
    leaves: (await waitingFor(view, me)).length,
    proofs: decides ? await view.count(makeUps, { index: 'byState', equals: ['handed-in'] }) : 0,
    objections: decides ? await view.count(objections, { index: 'byState', equals: ['open'] }) : 0,
    classes: decides ? await readWaitingClasses(view, me, today, policies) : await readOwnUnsettled(view, me, today),
    bindings: keepsRoster ? await view.count(bindings, {}) : 0,
    proposals: keepsRoster ? (await listProposals(view)).length : 0,
  };
}

/** How many lines 待办 has for a person. */
export async function countOpen(view: Reader, me: Cadre, policies: PolicyBook, today: Day): Promise<number> {
  const {
    owed,
    makeUps: missed,
    returned,
    classes,
    progress,
    ...desk
  } = await readOpenMatters(view, me, policies, today);
  const { count, required, missedYear } = progress.professional;
  const atDesk = [
    desk.approvals,
    desk.readings,
    desk.leaves,
    desk.proofs,
    desk.objections,
    desk.bindings,
    desk.proposals,
  ].map((waiting) => waiting > 0);
  const lines = [progress.lagging, count < required, missedYear !== null, ...atDesk];
  const listed = owed.length + missed.length + returned.length + classes.length;
  return listed + lines.filter((isOpen) => isOpen).length;
}
