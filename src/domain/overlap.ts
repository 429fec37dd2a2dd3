import { addDays, type Day, daysBetween } from './day.ts';
import type { HourEntry, HourFacts } from './hours.ts';
import type { Policy } from './policy.ts';

/** Why a training should be looked at before it is logged. Hours and caps are hundredths. */
export type Conflict =
  | { type: 'duplicate'; entry: HourEntry }
  | { type: 'too-many-hours'; day: Day; hours: number; cap: number; entries: HourEntry[] }
  | { type: 'span-too-short'; hours: number; cap: number };

type Candidate = { readonly id?: number } & Readonly<HourFacts>;

/** From this share of common letter pairs on, two titles mean the same training. */
const similarFrom = 0.8;

/** The letters and digits of a title: width, case, spaces and punctuation do not tell trainings apart. */
const bareTitle = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** 第一讲 and 第二讲 of one series are two trainings. */
const ordinals = (bare: string): string => (bare.match(/第[0-9一二三四五六七八九十百]+/gu) ?? []).join();

function letterPairs(text: string): Map<string, number> {
  const letters = Array.from(text);
  const pairs = new Map<string, number>();
  for (let i = 1; i < letters.length; i += 1) {
    const pair = `${letters[i - 1]}${letters[i]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Dice's coefficient over letter pairs: 0 nothing in common … 1 the same pairs. */
function likeness(a: string, b: string): number {
  const pairsA = letterPairs(a);
  const pairsB = letterPairs(b);
  let common = 0;
  for (const [pair, count] of pairsA) common += Math.min(count, pairsB.get(pair) ?? 0);
  const all = [...pairsA.values(), ...pairsB.values()].reduce((sum, count) => sum + count, 0);
  return all === 0 ? 0 : (2 * common) / all;
}

/** Whether two titles probably name the same training. */
export function similarTitles(a: string, b: string): boolean {
  const bareA = bareTitle(a);
  const bareB = bareTitle(b);
  if (bareA === bareB) return bareA !== '' || a === b;
  return ordinals(bareA) === ordinals(bareB) && likeness(bareA, bareB) >= similarFrom;
}

const isLive = (entry: HourEntry): boolean =>
  entry.state === 'submitted' || entry.state === 'approved' || entry.state === 'returned';

const covers = (facts: HourFacts, day: Day): boolean => facts.from <= day && day <= facts.to;

const daysOf = (facts: HourFacts): number => daysBetween(facts.from, facts.to) + 1;

/**
 * The first day of the candidate on which most hours come together, each training spread evenly over its days. The sum
 * only grows where a training begins, so that only those days are looked at, however long the span.
 */
function fullestDay(candidate: Candidate, others: readonly HourEntry[]): { day: Day; hours: number } {
  let fullest = { day: candidate.from, hours: 0 };
  const beginnings = others.map(({ from }) => from).filter((day) => day > candidate.from);
  for (const day of [candidate.from, ...beginnings.sort()]) {
    const hours = [candidate, ...others.filter((entry) => covers(entry, day))].reduce(
      (sum, facts) => sum + facts.hours / daysOf(facts),
      0,
    );
    // Thirds of an hour add up to a whole one only nearly.
    const rounded = Math.round(hours * 1000) / 1000;
    if (rounded > fullest.hours) fullest = { day, hours: rounded };
  }
  return fullest;
}

/**
 * What speaks against logging `candidate` beside the same person's `others`. Duplicates come first; then at most one
 * of: more hours than its own days can hold, or the fullest day together with the others. Submitted, approved and
 * returned entries count; the entry with the candidate's own id does not.
 */
export function findConflicts(
  candidate: Candidate,
  others: readonly HourEntry[],
  policy: Pick<Policy, 'dailyCapEvening'>,
): Conflict[] {
  const live = others.filter((entry) => isLive(entry) && entry.id !== candidate.id);
  const dayBefore = addDays(candidate.from, -1);
  const dayAfter = addDays(candidate.to, 1);
  const conflicts: Conflict[] = live
    .filter((entry) => entry.from <= dayAfter && dayBefore <= entry.to)
    .filter((entry) => similarTitles(entry.title, candidate.title))
    .map((entry) => ({ type: 'duplicate', entry }));

  const spanCap = daysOf(candidate) * policy.dailyCapEvening;
  if (candidate.hours > spanCap) {
    conflicts.push({ type: 'span-too-short', hours: candidate.hours, cap: spanCap });
    return conflicts;
  }
  const beside = live.filter((entry) => entry.from <= candidate.to && candidate.from <= entry.to);
  const { day, hours } = fullestDay(candidate, beside);
  if (hours > policy.dailyCapEvening) {
    const entries = beside.filter((entry) => covers(entry, day));
    conflicts.push({ type: 'too-many-hours', day, hours: Math.ceil(hours), cap: policy.dailyCapEvening, entries });
  }
  return conflicts;
}
