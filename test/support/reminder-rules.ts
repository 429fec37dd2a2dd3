import type { Cadre } from '../../src/domain/cadre.ts';
import { addDays, type Day, dayOf, daysBetween, instantAt } from '../../src/domain/day.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import type { Policy, WorkCalendar } from '../../src/domain/policy.ts';
import type { Reflection } from '../../src/domain/reflection.ts';

/** What everybody in a college knows. */
export interface World {
  readonly people: Map<string, Cadre>;
  readonly entries: Map<number, HourEntry>;
  readonly reflections: Map<number, Reflection>;
}

/**
 * Who must hear what, told a second time from the clauses and without the program's own planning: every working day
 * all that is owed and has not been said, as one message, until the month's messages are used up.
 */
export class ReminderRules {
  readonly #said = new Set<string>();
  readonly #perMonth = new Map<string, number>();
  /** Working days from the first day on until before each. */
  readonly #counted: number[] = [];
  /** When each desk's queue was last mentioned. */
  readonly #desks = new Map<string, Day>();
  readonly #policy: (day: Day) => Policy;
  readonly #calendar: WorkCalendar;

  constructor(policy: (day: Day) => Policy, calendar: WorkCalendar) {
    this.#policy = policy;
    this.#calendar = calendar;
  }

  /** What a message of today says to each person: `reflection due 1004`. They count as said. */
  hear(world: World, today: Day): Map<string, string[]> {
    const heard = new Map<string, string[]>();
    const open: HourEntry[] = [];
    const approved = new Map<string, HourEntry[]>();
    for (const entry of world.entries.values()) {
      if (entry.state === 'submitted' || entry.state === 'returned') open.push(entry);
      if (entry.state !== 'approved' || entry.to > today) continue;
      const mine = approved.get(entry.staffNo);
      if (mine === undefined) approved.set(entry.staffNo, [entry]);
      else mine.push(entry);
    }
    for (const cadre of world.people.values()) {
      if (cadre.state !== 'active') continue;
      const owed = this.#owed(world, open, approved.get(cadre.staffNo) ?? [], cadre, today).filter(
        ([once]) => !this.#said.has(`${cadre.staffNo} ${once}`),
      );
      const month = `${cadre.staffNo} ${today.slice(0, 7)}`;
      const before = this.#perMonth.get(month) ?? 0;
      if (owed.length === 0 || before >= this.#policy(today).chasing.perMonth) continue;
      const isDesk = ([once]: readonly [string, string]): boolean => once.startsWith('approvals ');
      const desk = this.#desks.get(cadre.staffNo);
      // The queue of a desk alone is worth a message only after some days of quiet.
      if (owed.every(isDesk) && desk !== undefined) {
        if (this.#workdays(instantAt(desk), today) < this.#policy(today).chasing.approvalAgainDays) continue;
      }
      if (owed.some(isDesk)) this.#desks.set(cadre.staffNo, today);
      this.#perMonth.set(month, before + 1);
      for (const [once] of owed) this.#said.add(`${cadre.staffNo} ${once}`);
      heard.set(cadre.staffNo, owed.map(([, words]) => words).sort());
    }
    return heard;
  }

  /** What a person is owed today: under what name it is said once, and what the notice of it is about. */
  #owed(
    world: World,
    open: readonly HourEntry[],
    mine: readonly HourEntry[],
    me: Cadre,
    today: Day,
  ): (readonly [once: string, words: string])[] {
    const { chasing, reflection: rules } = this.#policy(today);
    const owed: (readonly [string, string])[] = [];
    const clerks = [...world.people.values()]
      .filter(({ state, roles }) => state === 'active' && roles.includes('clerk'))
      .map(({ staffNo }) => staffNo);
    for (const { entryId, staffNo, state, dueOn, handedInAt } of world.reflections.values()) {
      const writer = world.people.get(staffNo);
      if ((state !== 'owed' && state !== 'returned') || writer?.state !== 'active') continue;
      const late = daysBetween(dueOn, today);
      if (staffNo === me.staffNo) {
        const tier = late > 0 ? 'overdue' : late === 0 ? 'due' : late >= -rules.remindDaysBefore ? 'before' : null;
        // A text that came back and is late again deserves one more word.
        const round = tier === 'overdue' ? (handedInAt ?? '') : '';
        if (tier !== null) owed.push([`${entryId} ${tier} ${round}`, `reflection ${tier} ${entryId}`]);
        continue;
      }
      if (late >= chasing.unitHeadDays && me.unit === writer.unit && me.roles.includes('unit-head')) {
        owed.push([`${entryId} unit-head`, `reflection unit-head ${entryId}`]);
      }
      const office = clerks.some((clerk) => clerk !== staffNo) ? 'clerk' : 'department-head';
      if (late >= chasing.departmentDays && me.roles.includes(office)) {
        owed.push([`${entryId} department`, `reflection department ${entryId}`]);
      }
    }
    for (const { id, staffNo, state, version, decidedAt } of open) {
      if (state !== 'returned' || staffNo !== me.staffNo || decidedAt === null) continue;
      if (this.#workdays(decidedAt, today) < chasing.returnedDays) continue;
      owed.push([`returned ${id} ${version}`, `returned periodic ${id}`]);
    }
    const hasWaited = ({ state, staffNo, submittedAt }: HourEntry): boolean =>
      state === 'submitted' && staffNo !== me.staffNo && this.#workdays(submittedAt, today) >= chasing.approvalDays;
    // What no clerk may decide is for the head of the department.
    const isUpToHead = ({ staffNo }: HourEntry): boolean => clerks.every((clerk) => clerk === staffNo);
    const isHead = me.roles.includes('department-head');
    const forMe = me.roles.includes('clerk') ? open : isHead ? open.filter(isUpToHead) : [];
    if (forMe.some(hasWaited)) {
      owed.push([`approvals ${today}`, `approvals periodic ${today}`]);
    }
    if (me.grade === 'other' || Number(today.slice(8)) < chasing.paceDay) return owed;
    const month = today.slice(0, 7);
    if (behindBy(me, mine, this.#policy(today), today) > chasing.paceTolerance) {
      owed.push([`quota ${month}`, `quota periodic ${month}`]);
    }
    const professional = mine.filter(
      ({ content, to }) => content === 'professional' && to.startsWith(month.slice(0, 4)),
    );
    if (
      Number(month.slice(5)) >= chasing.professionalFromMonth &&
      professional.length < this.#policy(today).professionalPerYear
    ) {
      owed.push([`professional ${month}`, `professional periodic ${month}`]);
    }
    return owed;
  }

  /** Working days after the day of an instant, until today. */
  #workdays(since: string, today: Day): number {
    return this.#workdaysBefore(addDays(today, 1)) - this.#workdaysBefore(addDays(dayOf(since), 1));
  }

  /** Working days of all that has been seen, before a day: each day is looked up once. */
  #workdaysBefore(day: Day): number {
    if (day < firstDay) throw new Error(`nothing is known before ${firstDay}`);
    for (let next = this.#counted.length; next <= daysBetween(firstDay, day); next += 1) {
      const before = this.#counted[next - 1] ?? 0;
      const isWorkday = next > 0 && this.#calendar.kindOf(addDays(firstDay, next - 1)) === 'workday';
      this.#counted.push(before + (isWorkday ? 1 : 0));
    }
    return this.#counted[daysBetween(firstDay, day)] ?? 0;
  }
}

/** Nothing that is open in these tests is older. */
const firstDay = '2025-01-01';

/** Hundredths that a person is behind the even climb from the appointment, or the cycle's begin, to the quota. */
function behindBy(me: Cadre, approved: readonly HourEntry[], policy: Policy, today: Day): number {
  const { from, to } = policy.cycle;
  const start = policy.proRata && me.appointedOn !== null && me.appointedOn > from ? me.appointedOn : from;
  const months = (Number(to.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + 13 - Number(start.slice(5, 7));
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1;
  const quota = Math.ceil((policy.fiveYearQuota / 100) * (months / (years * 12)) - 1e-9);
  const share = Math.min(1, Math.max(0, daysBetween(start, today) + 1) / (daysBetween(start, to) + 1));
  const earned = approved
    .flatMap(({ shares }) => shares)
    .filter(({ year }) => year >= Number(from.slice(0, 4)) && year <= Number(to.slice(0, 4)))
    .reduce((sum, { hours }) => sum + hours, 0);
  return Math.floor(quota * share + 1e-9) * 100 - earned;
}
