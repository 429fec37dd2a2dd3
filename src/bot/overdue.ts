import type { Day } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import { type OverdueItem, overdueList } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { fiveYearProgress } from '../domain/progress.ts';
import { type Reflection, reflections } from '../domain/reflection.ts';
import { listAll, type Reader } from '../store/store.ts';
import { eachPerson } from './everybody.ts';

/** Which part of the list is asked for. */
export interface OverdueFilter {
  readonly kind?: OverdueItem['kind'] | undefined;
  readonly unit?: string | undefined;
  /** By 工号. */
  readonly people?: readonly string[] | undefined;
  /** Only what has been overdue for more days than this. */
  readonly longerThan?: number | undefined;
}

/** 逾期名单 on a day, as the ledger stands now. */
export async function readOverdue(
  view: Reader,
  { asOf, policies }: { asOf: Day; policies: PolicyBook },
  filter: OverdueFilter = {},
): Promise<OverdueItem[]> {
  const policy = policies.at(asOf);
  const people: Standing[] = [];
  await eachPerson(view, (cadre, entries) => {
    people.push({ cadre, progress: fiveYearProgress(cadre, entries, policy, asOf) });
  });
  const open: Reflection[] = [];
  for (const state of ['owed', 'returned']) {
    open.push(...(await listAll(view, reflections, { index: 'byState', equals: [state], to: asOf })));
  }
  const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
  const returned = await listAll(view, hourEntries, { index: 'byState', equals: ['returned'] });
  const { calendar } = policies;
  const all = overdueList({ reflections: open, people, waiting, returned, asOf, policy, calendar });
  return all.filter(
    (item) =>
      (filter.kind ?? item.kind) === item.kind &&
      (filter.longerThan === undefined || (item.days ?? 0) > filter.longerThan) &&
      isAbout(item, filter),
  );
}

/** What waits for a decision is owed by the department, and not by the unit or the person that it is about. */
function isAbout({ kind, unit, staffNo }: OverdueItem, filter: OverdueFilter): boolean {
  if (filter.unit === undefined && filter.people === undefined) return true;
  return kind !== 'approval' && (filter.unit ?? unit) === unit && (filter.people?.includes(staffNo) ?? true);
}
