import type { Cadre } from '../../src/domain/cadre.ts';
import { addDays, type Day, dayOf, daysBetween, instantAt } from '../../src/domain/day.ts';
import type { Hearing } from '../../src/domain/hearing.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import type { Policy, WorkCalendar } from '../../src/domain/policy.ts';
import type { Reflection } from '../../src/domain/reflection.ts';

/** What everybody in a college knows. */
export interface World {
  readonly people: Map<string, Cadre>;
  readonly entries: Map<number, HourEntry>;
  readonly reflections: Map<number, Reflection>;
  /** What people have asked not to hear of, or not yet. */
  readonly hearings: Map<string, Hearing>;
}

/** 催办: the department has somebody told of what they owe. */
export interface Urging {
  readonly kind: 'reflection' | 'returned' | 'pace';
  /** Who of the department; nobody urges themselves. */
  readonly by: string;
}

/** What is to be said once, and its notice in words: subject, tier and what it is about. */
type Saying = readonly [once: string, words: string];

/** Somebody has asked for a word that has not been said yet; `version` is that of a returned entry. */
interface Asked {
  readonly subject: 'reflection' | 'returned' | 'quota';
  readonly about: string;
  readonly version?: number;
}

/**
 * Who must hear what, told a second time from the clauses and without the program's own planning: every working day
 * all that is owed and has not been said, as one message, until the month's messages are used up. What the hearer has
 * muted is silent, what they have put off waits for its day; what belongs to an office does neither.
 */
export class ReminderRules {
  readonly #said = new Set<string>();
  readonly #perMonth = new Map<string, number>();
  /** Working days from the first day on until before each. */
  readonly #counted: number[] = [];
  /** When each desk's queue was last mentioned. */
  readonly #desks = new Map<string, Day>();
  /** Who has heard anything on which day, and what of: a day holds one message, and nothing is urged twice on it. */
  readonly #heardOn = new Map<string, Day>();
  /** What the department has asked for and nobody has heard yet, by person and name. */
  readonly #asked = new Map<string, Map<string, Asked>>();
  readonly #policy: (day: Day) => Policy;
  readonly #calendar: WorkCalendar;

  constructor(policy: (day: Day) => Policy, calendar: WorkCalendar) {
    this.#policy = policy;
    this.#calendar = calendar;
  }

  /** What a message of today says to each person, or to some: `reflection due 1004`. They count as said. */
  hear(world: World, today: Day, whom: Iterable<string> = world.people.keys()): Map<string, string[]> {
    const heard = new Map<string, string[]>();
    const { open, approved } = sortEntries(world, today);
    for (const staffNo of whom) {
      const cadre = world.people.get(staffNo);
      if (cadre?.state !== 'active') {
        this.#asked.delete(staffNo);
        continue;
      }
      const mine = approved.get(staffNo) ?? [];
      const said = [
        ...this.#owed(world, open, mine, cadre, today).filter(([once]) => !this.#said.has(`${staffNo} ${once}`)),
        ...this.#stillAsked(world, mine, cadre, today),
      ].filter((saying) => isWanted(world.hearings.get(staffNo), saying, today));
      if (said.length === 0 || !this.#mayHear(staffNo, said, today)) continue;
      this.#note(staffNo, said, today);
      heard.set(staffNo, said.map(([, words]) => words).sort());
    }
    return heard;
  }

  /** What people hear at once when the department has them urged; the rest of it they hear with a later message. */
  urge(world: World, { kind, by }: Urging, today: Day, isTime: boolean): Map<string, string[]> {
    const { open, approved } = sortEntries(world, today);
    const urged = new Set<string>();
    const ask = (staffNo: string, asked: Asked): void => {
      const words = [asked.subject, asked.subject === 'quota' ? '' : asked.about].join(' ');
      const isMuted = world.hearings.get(staffNo)?.muted.includes(asked.subject) === true;
      if (staffNo === by || isMuted || this.#heardOn.get(`${staffNo} ${words}`) === today) return;
      if (world.people.get(staffNo)?.state !== 'active') return;
      const theirs = this.#asked.get(staffNo) ?? new Map<string, Asked>();
      this.#asked.set(staffNo, theirs.set(`${today} ${words}`, asked));
      urged.add(staffNo);
    };
    if (kind === 'reflection') {
      for (const { entryId, staffNo, state, dueOn } of world.reflections.values()) {
        if ((state !== 'owed' && state !== 'returned') || dueOn >= today) continue;
        ask(staffNo, { subject: 'reflection', about: String(entryId) });
      }
    } else if (kind === 'returned') {
      for (const { id, staffNo, state, version, decidedAt } of open) {
        if (state !== 'returned' || decidedAt === null) continue;
        if (this.#workdays(decidedAt, today) < this.#policy(today).chasing.returnedDays) continue;
        ask(staffNo, { subject: 'returned', about: String(id), version });
      }
    } else {
      for (const cadre of world.people.values()) {
        if (!this.#lags(cadre, approved.get(cadre.staffNo) ?? [], today)) continue;
        ask(cadre.staffNo, { subject: 'quota', about: today.slice(0, 7) });
      }
    }
    return isTime
      ? this.hear(
          world,
          today,
          [...urged].filter((each) => !isPutOff(world.hearings.get(each), today)),
        )
      : new Map();
  }

  /** Whether one more message may go to a person today, and these words are worth it. */
  #mayHear(staffNo: string, said: readonly Saying[], today: Day): boolean {
    const { perMonth, approvalAgainDays } = this.#policy(today).chasing;
    if (this.#heardOn.get(staffNo) === today) return false;
    if ((this.#perMonth.get(`${staffNo} ${today.slice(0, 7)}`) ?? 0) >= perMonth) return false;
    const desk = this.#desks.get(staffNo);
    // The queue of a desk alone is worth a message only after some days of quiet.
    return desk === undefined || !said.every(isDesk) || this.#workdays(instantAt(desk), today) >= approvalAgainDays;
  }

  #note(staffNo: string, said: readonly Saying[], today: Day): void {
    const month = `${staffNo} ${today.slice(0, 7)}`;
    this.#perMonth.set(month, (this.#perMonth.get(month) ?? 0) + 1);
    this.#heardOn.set(staffNo, today);
    if (said.some(isDesk)) this.#desks.set(staffNo, today);
    for (const [once, words] of said) {
      this.#said.add(`${staffNo} ${once}`);
      const [subject, tier, about] = words.split(' ');
      if (tier === 'manual') this.#asked.get(staffNo)?.delete(once);
      if (tier !== 'unit-head' && tier !== 'department')
        this.#heardOn.set([staffNo, subject, subject === 'quota' ? '' : about].join(' '), today);
    }
  }

  /** What the department has asked for and is still so; what is done is forgotten. */
  #stillAsked(world: World, mine: readonly HourEntry[], me: Cadre, today: Day): Saying[] {
    const theirs = this.#asked.get(me.staffNo) ?? new Map<string, Asked>();
    for (const [once, { subject, about, version }] of theirs) {
      const reflection = world.reflections.get(Number(about))?.state;
      const entry = world.entries.get(Number(about));
      const isSo = {
        reflection: reflection === 'owed' || reflection === 'returned',
        returned: entry?.state === 'returned' && entry.version === version,
        quota: this.#lags(me, mine, today),
      };
      if (!isSo[subject]) theirs.delete(once);
    }
    return [...theirs].map(([once, { subject, about }]) => [once, `${subject} manual ${about}`] as const);
  }

  #lags(me: Cadre, approved: readonly HourEntry[], today: Day): boolean {
    const policy = this.#policy(today);
    return me.grade !== 'other' && behindBy(me, approved, policy, today) > policy.chasing.paceTolerance;
  }

  /** What a person is owed today: under what name it is said once, and what the notice of it is about. */
  #owed(world: World, open: readonly HourEntry[], mine: readonly HourEntry[], me: Cadre, today: Day): Saying[] {
    const { chasing, reflection: rules } = this.#policy(today);
    const owed: Saying[] = [];
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
    if (this.#lags(me, mine, today)) {
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

const isDesk = ([, words]: Saying): boolean => words.startsWith('approvals ');

const isPutOff = (hearing: Hearing | undefined, today: Day): boolean => (hearing?.snoozedUntil ?? '') > today;

/** Whether a hearer lets words through: a muted subject is silent and a snooze holds for everything but an office. */
function isWanted(hearing: Hearing | undefined, [, words]: Saying, today: Day): boolean {
  const [subject, tier = ''] = words.split(' ');
  if (['unit-head', 'department'].includes(tier)) return true;
  return !isPutOff(hearing, today) && !hearing?.muted.some((muted) => muted === subject);
}

function sortEntries(world: World, today: Day) {
  const open: HourEntry[] = [];
  const approved = new Map<string, HourEntry[]>();
  for (const entry of world.entries.values()) {
    if (entry.state === 'submitted' || entry.state === 'returned') open.push(entry);
    if (entry.state !== 'approved' || entry.to > today) continue;
    const mine = approved.get(entry.staffNo);
    if (mine === undefined) approved.set(entry.staffNo, [entry]);
    else mine.push(entry);
  }
  return { open, approved };
}

/** Hundredths that a person is behind the even climb from the appointment, or the cycle's begin, to the quota. */
export function behindBy(me: Cadre, approved: readonly HourEntry[], policy: Policy, today: Day): number {
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
