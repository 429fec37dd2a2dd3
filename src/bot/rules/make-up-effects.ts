import { tierOn } from '../../domain/chase.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { isOwing, type MakeUp, type MakeUpWay, makeUps } from '../../domain/make-up.ts';
import type { Policy } from '../../domain/policy.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { makeUpRuleTexts as texts } from '../../texts/make-up-rules.ts';

/** The rules that allow a way of making up, each by its way. */
const ways: Readonly<Record<string, Exclude<MakeUpWay, 'resit'>>> = {
  'makeUp.nextRun': 'next-run',
  'makeUp.recording': 'recording',
  'makeUp.sameTheme': 'same-theme',
};

/** The rules that say who hears of an open make-up, and from when on, in days after its deadline. */
const reached: Readonly<Record<string, (dueOn: Day, on: Day, { makeUp }: Policy) => boolean>> = {
  'makeUp.remindDaysBefore': (dueOn, on, { makeUp }) => tierOn(dueOn, on, makeUp.remindDaysBefore) !== null,
  'makeUp.unitHeadDays': (dueOn, on, { makeUp }) => on >= addDays(dueOn, makeUp.unitHeadDays),
  'makeUp.departmentDays': (dueOn, on, { makeUp }) => on >= addDays(dueOn, makeUp.departmentDays),
};

/**
 * What a change of a rule of 补训 would do on the day `on` to what is still to be made up by the people counted; null for
 * any other rule. A deadline never moves: it was set when the absence was settled.
 */
export async function makeUpLines(
  view: Reader,
  rule: string,
  on: Day,
  [before, after]: readonly [Policy, Policy],
  counted: ReadonlySet<string>,
): Promise<string[] | null> {
  if (!rule.startsWith('makeUp.')) return null;
  const open = (
    await Promise.all(
      ['open', 'chosen', 'returned'].map((state) => listAll(view, makeUps, { index: 'byState', equals: [state] })),
    )
  )
    .flat()
    .filter((one) => isOwing(one) && counted.has(one.staffNo));
  const missed = open.filter(({ cause }) => cause !== 'failed');
  const chose = (way: MakeUpWay): number => missed.filter((one) => one.way === way).length;
  const way = ways[rule];
  if (way !== undefined) {
    const isAllowed = after.makeUp.ways.includes(way);
    return [deadlines(missed, on), texts.way(way, isAllowed, chose(way))];
  }
  if (rule === 'makeUp.minLength') return [deadlines(missed, on), texts.minLength(chose('recording'))];
  const isReached = reached[rule];
  if (isReached === undefined) return [deadlines(open, on), texts.dueDays];
  const count = (policy: Policy): number => open.filter(({ dueOn }) => isReached(dueOn, on, policy)).length;
  return [deadlines(open, on), texts.reached(rule, count(before), count(after))];
}

/** How many are open, and that their days stay. */
function deadlines(open: readonly MakeUp[], on: Day): string {
  const days = open.map(({ dueOn }) => dueOn).sort();
  return texts.open(open.length, days[0] ?? on, days.at(-1) ?? on, on);
}
