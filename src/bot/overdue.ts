import { cadres } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Standing } from '../domain/notice.ts';
import { type OverdueItem, overdueList } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { fiveYearProgress } from '../domain/progress.ts';
import { type Reflection, reflections } from '../domain/reflection.ts';
import { listAll, type Reader } from '../store/store.ts';

/** Which part of the list is asked for. */
export interface OverdueFilter {
  readonly kind?: OverdueItem['kind'] | undefined;
  readonly unit?: string | undefined;
}

/** 逾期名单 on a day, as the ledger stands now. */
export async function readOverdue(
  view: Reader,
  { asOf, policies }: { asOf: Day; policies: PolicyBook },
  filter: OverdueFilter = {},
): Promise<OverdueItem[]> {
  const policy = policies.at(asOf);
  const people: Standing[] = [];
  for (const cadre of await listAll(view, cadres, { index: 'byState', equals: ['active'] })) {
    const entries = await listAll(view, hourEntries, { index: 'byPerson', equals: [cadre.staffNo] });
    people.push({ cadre, progress: fiveYearProgress(cadre, entries, policy, asOf) });
  }
  const open: Reflection[] = [];
  for (const state of ['owed', 'returned']) {
    open.push(...(await listAll(view, reflections, { index: 'byState', equals: [state], to: asOf })));
  }
  const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
  const all = overdueList({ reflections: open, people, waiting, asOf, policy, calendar: policies.calendar });
  return all.filter(({ kind, unit }) => (filter.kind ?? kind) === kind && (filter.unit ?? unit) === unit);
}
