import { addDays, type Day, dayOf, daysBetween, yearOf } from './day.ts';
import type { HourEntry } from './hours.ts';
import { longWaiting, type Standing } from './notice.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import type { FiveYearProgress } from './progress.ts';
import { isOwed, type Reflection } from './reflection.ts';

export const overdueKinds = ['reflection', 'pace', 'professional', 'approval'] as const;

/** 逾期名单: who owes what since when, for the department. */
export interface OverdueItem {
  kind: (typeof overdueKinds)[number];
  staffNo: string;
  unit: string;
  name: string;
  /** The deadline that passed; the day the pace line ran ahead; the day the entry was submitted. */
  since: Day;
  /** Title of the training, the cycle (`2023-2027`) or the year. */
  about: string;
  entryId: number | null;
  /** Calendar days from `since`. */
  days: number;
  /** Hundredths: hours behind the pace line, or of the waiting entry; null for the others. */
  hours: number | null;
}

/** The first day on which the pace line stood above what is earned now. */
function behindSince(progress: FiveYearProgress, asOf: Day): Day {
  const { pace } = progress;
  const days = daysBetween(pace.from, pace.to) + 1;
  const nextHour = (Math.floor(progress.earned / 100) + 1) * 100;
  const since = addDays(pace.from, Math.ceil((nextHour * days) / progress.quota) - 1);
  return since < asOf ? since : asOf;
}

/**
 * Everything overdue on `asOf`, of active people: reflections after their deadline, hours behind the pace line (三.5),
 * the year's 专业化能力 training still missing late in the year, entries that wait for a decision too long. By kind,
 * longest first.
 */
export function overdueList(input: {
  readonly reflections: readonly Reflection[];
  readonly people: readonly Standing[];
  readonly waiting: readonly HourEntry[];
  readonly asOf: Day;
  readonly policy: Policy;
  readonly calendar: WorkCalendar;
}): OverdueItem[] {
  const { asOf, policy } = input;
  const active = input.people.filter((person) => person.cadre.state === 'active');
  const byStaffNo = new Map(active.map((person) => [person.cadre.staffNo, person.cadre]));
  const items: OverdueItem[] = [];
  const add = (
    staffNo: string,
    item: Pick<OverdueItem, 'kind' | 'since' | 'about'> & Partial<Pick<OverdueItem, 'entryId' | 'hours'>>,
  ) => {
    const cadre = byStaffNo.get(staffNo);
    if (cadre === undefined) return;
    const { unit, name } = cadre;
    items.push({ staffNo, unit, name, days: daysBetween(item.since, asOf), entryId: null, hours: null, ...item });
  };

  for (const reflection of input.reflections) {
    if (!isOwed(reflection) || asOf <= reflection.dueOn) continue;
    const { staffNo, dueOn, title, entryId } = reflection;
    add(staffNo, { kind: 'reflection', since: dueOn, about: title, entryId });
  }
  const professionalFrom = `${yearOf(asOf)}-${String(policy.chasing.professionalFromMonth).padStart(2, '0')}-01`;
  for (const { cadre, progress } of active) {
    if (progress.behindBy > 0) {
      const about = `${yearOf(progress.cycle.from)}-${yearOf(progress.cycle.to)}`;
      add(cadre.staffNo, { kind: 'pace', since: behindSince(progress, asOf), about, hours: progress.behindBy });
    }
    const { year, count, required } = progress.professional;
    if (count < required && asOf >= professionalFrom) {
      add(cadre.staffNo, { kind: 'professional', since: professionalFrom, about: String(year) });
    }
  }
  for (const entry of longWaiting(input.waiting, asOf, policy, input.calendar)) {
    const { staffNo, title, id, hours } = entry;
    add(staffNo, { kind: 'approval', since: dayOf(entry.submittedAt), about: title, entryId: id, hours });
  }
  const rank = (item: OverdueItem) => [overdueKinds.indexOf(item.kind), item.since, item.staffNo].join(' ');
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ item }) => item);
}
