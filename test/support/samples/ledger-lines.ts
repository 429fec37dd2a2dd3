import { addDays, type Day, daysBetween, daysFrom, makeDay, weekdayOf, yearOf } from '../../../src/domain/day.ts';
import type { Person } from './people.ts';
import { createRandom, type Random } from './random.ts';
import {
  type CommonTraining,
  commonTrainings,
  type OwnTraining,
  ownTrainings,
  secondments,
  type Training,
} from './trainings.ts';

/** One line of the sample ledger before it is written the way clerks write. */
export interface LedgerLine extends Training {
  readonly person: Person;
  readonly from: Day;
  readonly to: Day;
  readonly result: string;
  readonly note: string;
}

const years = [2023, 2024, 2025, 2026];
/** The clerk's last entry: the day before the simulator's clock starts. */
const lastDay = '2026-11-19';
/** From then on a class of these forms owes a reflection. */
const reflectionsSince = '2026-09-01';
const owing = ['集中培训', '进修轮训'];

/** Where the year's hours do not suffice for everything, classes that ask for a reflection come first. */
const inOrderOfChoice = [...commonTrainings].sort(
  (a, b) => Number(b.reflections !== undefined) - Number(a.reflections !== undefined),
);

/** How somebody trains: hours a year, and how keen on common classes. */
interface Habit {
  readonly yearly: readonly [number, number];
  readonly keen: number;
  readonly professionalThisYear: boolean;
  /** Wanted share of theory and party spirit. */
  readonly theory: number;
}

/** What every person of the roster did from 2023 to the middle of November 2026, by day. */
export function makeLines(people: readonly Person[]): LedgerLine[] {
  const lines = people.filter(({ state }) => state !== '离任').flatMap((person, index) => linesOf(person, index));
  return lines.sort(
    (a, b) => compare(a.from, b.from) || compare(a.title, b.title) || compare(a.person.staffNo, b.person.staffNo),
  );
}

function linesOf(person: Person, index: number): LedgerLine[] {
  const random = createRandom(7000 + index);
  const habit = habitOf(person, random);
  const lines: LedgerLine[] = [];
  const until = person.state === '退休' ? '2026-04-30' : lastDay;
  const away = secondments[[31, 74, 112].indexOf(index)];
  if (away !== undefined) lines.push(lineOf(person, away, away.from, away.to, random));
  for (const year of years) {
    const wanted = random.between(...habit.yearly) * (year === 2026 ? 0.89 : 1);
    const skipSkill = year === 2026 && !habit.professionalThisYear;
    for (const training of inOrderOfChoice) {
      if (yearOf(training.from) !== year || training.to > until || (skipSkill && training.content === '专业化能力'))
        continue;
      const chosen = isInvited(person, training) && random.happens(training.share * habit.keen);
      if (!chosen && training.owedBy !== person.staffNo) continue;
      const kept = skipSkill || training.content === '专业化能力' || hasSkill(lines, year) ? 0 : 8;
      if (hoursIn(lines, year) + training.hours + kept > wanted + 6 || isBusy(lines, training)) continue;
      lines.push(lineOf(person, training, training.from, training.to, random));
    }
    for (let tries = 0; tries < 60 && hoursIn(lines, year) < wanted - 3; tries += 1) {
      const training = random.pick(ownTrainings);
      const { content } = training;
      const isTheory = content === '理论教育' || content === '党性教育';
      const suits =
        !hasSkill(lines, year) && !skipSkill
          ? content === '专业化能力'
          : isTheory === theoryShare(lines) < habit.theory;
      if (!suits || (skipSkill && content === '专业化能力')) continue;
      if (training.title.includes('处级') && (person.grade === '其他' || !random.happens(0.2))) continue;
      if (hoursIn(lines, year) + training.hours > wanted + 4) continue;
      if (lines.some(({ title, from, to }) => title === training.title && [yearOf(from), yearOf(to)].includes(year)))
        continue;
      const days = planOwn(training, year, random);
      if (days.to > until || isBusy(lines, { ...days, hours: training.hours })) continue;
      if (days.to >= reflectionsSince && owing.includes(training.form)) continue;
      lines.push(lineOf(person, training, days.from, days.to, random));
    }
  }
  return lines;
}

function habitOf(person: Person, random: Random): Habit {
  const chance = random.next();
  const professionalThisYear = !random.happens(0.07);
  const theory = random.between(60, 76) / 100;
  const rest = { professionalThisYear, theory };
  if (person.staffNo === 'E0001') return { yearly: [106, 110], keen: 1, professionalThisYear: true, theory: 0.72 };
  if (person.grade === '其他')
    return { yearly: chance < 0.75 ? [92, 104] : [66, 84], keen: chance < 0.75 ? 1 : 0.7, ...rest };
  if (chance < 0.13) return { yearly: [142, 150], keen: 1.2, ...rest };
  if (chance < 0.74) return { yearly: [102, 116], keen: 1.05, ...rest };
  return chance < 0.93 ? { yearly: [84, 102], keen: 0.8, ...rest } : { yearly: [48, 66], keen: 0.45, ...rest };
}

function isInvited(person: Person, { invited, from }: CommonTraining): boolean {
  switch (invited) {
    case 'all':
      return true;
    case 'middle':
      return person.grade !== '其他' || person.young;
    case 'chief':
      return person.grade === '中层正职';
    case 'young':
      return person.young;
    case 'newly-appointed':
      return person.grade !== '其他' && person.appointed.startsWith(from.slice(0, 4));
  }
}

/** Working days for a class, some weeks for what is done beside the work; now and then across the turn of the year. */
function planOwn(training: OwnTraining, year: number, random: Random): { from: Day; to: Day } {
  if (training.days === 0) {
    const from = makeDay(year, random.between(1, 12), random.between(4, 28)) ?? `${year}-01-05`;
    return { from, to: addDays(from, random.between(10, 40)) };
  }
  for (;;) {
    const from = makeDay(year, random.between(1, 12), random.between(4, 28)) ?? `${year}-01-05`;
    const days = daysFrom(from, addDays(from, training.days - 1));
    if (days.every((day) => weekdayOf(day) <= 5 && !isHoliday(day))) return { from, to: days.at(-1) ?? from };
  }
}

/** Roughly, for all years: the winter and summer breaks, 清明, 劳动节, 端午, 中秋 and 国庆. */
const isHoliday = (day: Day): boolean =>
  [
    ['01-18', '02-24'],
    ['04-03', '04-06'],
    ['05-01', '05-06'],
    ['06-08', '06-10'],
    ['06-19', '06-24'],
    ['07-20', '08-24'],
    ['09-15', '09-17'],
    ['10-01', '10-08'],
  ].some(([from = '', to = '']) => day.slice(5) >= from && day.slice(5) <= to);

/** Eight hours a day are enough, whatever is spread over weeks. */
function isBusy(lines: readonly LedgerLine[], wanted: Slot): boolean {
  const near = lines.filter((line) => line.from <= wanted.to && wanted.from <= line.to);
  if (near.length === 0) return perDay(wanted) > 8;
  return daysFrom(wanted.from, wanted.to).some(
    (day) =>
      near.reduce((sum, line) => (line.from <= day && day <= line.to ? sum + perDay(line) : sum), perDay(wanted)) > 8.9,
  );
}

type Slot = Pick<LedgerLine, 'from' | 'to' | 'hours'>;
const perDay = ({ from, to, hours }: Slot): number => hours / (daysBetween(from, to) + 1);

function lineOf(
  person: Person,
  training: Training & Partial<CommonTraining>,
  from: Day,
  to: Day,
  random: Random,
): LedgerLine {
  const { title, organiser, kind, form, content, place, hours } = training;
  const owes = to >= reflectionsSince && owing.includes(form);
  const handedIn = owes && training.owedBy !== person.staffNo && random.happens(training.reflections ?? 1);
  const proof = handedIn ? `${training.proof}、学习体会` : training.proof;
  const result =
    form === '集中培训' || form === '进修轮训' ? random.pick(['合格', '合格', '合格', '优秀', '良好']) : '';
  const facts = { title, organiser, kind, form, content, place, hours };
  return { person, ...facts, from, to, proof, result, note: random.happens(0.01) ? '补录' : '' };
}

const hasSkill = (lines: readonly LedgerLine[], year: number): boolean =>
  lines.some((line) => yearOf(line.to) === year && line.content === '专业化能力');

const hoursIn = (lines: readonly LedgerLine[], year: number): number =>
  lines.reduce((sum, { from, hours }) => (yearOf(from) === year ? sum + hours : sum), 0);

function theoryShare(lines: readonly LedgerLine[]): number {
  const all = lines.reduce((sum, { hours }) => sum + hours, 0);
  const counted = lines.filter(({ content }) => content === '理论教育' || content === '党性教育');
  return all === 0 ? 0 : counted.reduce((sum, { hours }) => sum + hours, 0) / all;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
