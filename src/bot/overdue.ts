import { unitsOf } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import { type OverdueItem, overdueList } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { type Reflection, reflections } from '../domain/reflection.ts';
import { listAll, type Reader } from '../store/store.ts';
import { makeUpTexts } from '../texts/make-up.ts';
import { readOwing } from './course/owing.ts';
import { readStandings } from './everybody.ts';

/** Which part of the list is asked for. */
export interface OverdueFilter {
  readonly kind?: OverdueItem['kind'] | undefined;
  readonly unit?: string | undefined;
  /** By 工号. */
  readonly people?: readonly string[] | undefined;
  /** Only what has been overdue for more days than this. */
  readonly longerThan?: number | undefined;
  /** Only what has been overdue since a day before this. */
  readonly before?: Day | undefined;
}

/** 逾期名单 with the units of the active people, in the order of the roster. */
export interface OverdueList {
  readonly items: readonly OverdueItem[];
  readonly units: readonly string[];
}

/** 逾期名单 on a day, as the ledger stands now. */
export async function readOverdue(
  view: Reader,
  { asOf, policies }: { asOf: Day; policies: PolicyBook },
  filter: OverdueFilter = {},
): Promise<OverdueList> {
  const policy = policies.at(asOf);
  const people = await readStandings(view, policy, asOf);
  const open: Reflection[] = [];
  for (const state of ['owed', 'returned']) {
    open.push(...(await listAll(view, reflections, { index: 'byState', equals: [state], to: asOf })));
  }
  const owing = await readOwing(view, asOf);
  const makeUps = owing.map(({ makeUp, title }) => ({
    makeUp,
    title: makeUpTexts.placeOf(makeUp, { id: makeUp.courseId, title }),
  }));
  const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
  const returned = await listAll(view, hourEntries, { index: 'byState', equals: ['returned'] });
  const { calendar } = policies;
  const all = overdueList({ reflections: open, makeUps, people, waiting, returned, asOf, policy, calendar });
  const items = all.filter(
    (item) =>
      (filter.kind ?? item.kind) === item.kind &&
      (filter.longerThan === undefined || (item.days ?? 0) > filter.longerThan) &&
      (filter.before === undefined || (item.since !== null && item.since < filter.before)) &&
      isAbout(item, filter),
  );
  return { items, units: unitsOf(people.map(({ cadre }) => cadre)) };
}

/** What waits for a decision is owed by the department, and not by the unit or the person that it is about. */
function isAbout({ kind, unit, staffNo }: OverdueItem, filter: OverdueFilter): boolean {
  if (filter.unit === undefined && filter.people === undefined) return true;
  return kind !== 'approval' && (filter.unit ?? unit) === unit && (filter.people?.includes(staffNo) ?? true);
}
