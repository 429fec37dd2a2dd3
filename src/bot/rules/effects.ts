import { hasFiveYearQuota, type ListedCadre } from '../../domain/cadre.ts';
import { addDays, addMonths, type Day, firstDayOf, instantAt, lastDayOf, monthOf } from '../../domain/day.ts';
import { hourEntries } from '../../domain/hours.ts';
import type { Standing } from '../../domain/notice.ts';
import { isOverdue, overdueList } from '../../domain/overdue.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import type { QuotaProgress } from '../../domain/progress.ts';
import { isOwed, owesReflection, reflections } from '../../domain/reflection.ts';
import { outbox } from '../../messenger/outbox.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { monthName } from '../../texts/glossary.ts';
import { ruleTexts } from '../../texts/rules.ts';
import { readStandings } from '../everybody.ts';
import { makeUpLines } from './make-up-effects.ts';

const texts = ruleTexts.effects;

/** What a change of a rule would do, by the ledger as it is. */
export interface Effects {
  /** The day for which it is computed. */
  readonly on: Day;
  /** A sentence each. */
  readonly lines: readonly string[];
  /** In the order of the roster. */
  readonly people: readonly { readonly cadre: ListedCadre; readonly what: string }[];
}

export interface RuleStep {
  readonly rule: string;
  readonly from: Day;
  readonly today: Day;
  readonly before: PolicyBook;
  readonly after: PolicyBook;
}

/** Compares how things would stand on the day from which the change holds, with it and without it. */
export async function foreseeRule(view: Reader, step: RuleStep): Promise<Effects> {
  const on = step.from > step.today ? step.from : step.today;
  const [before, after] = [step.before.at(on), step.after.at(on)];
  const then = await readStandings(view, after, on);
  const pairs = (await readStandings(view, before, on)).map(
    ({ cadre, progress }, i): Pair => ({
      cadre,
      before: progress,
      after: then[i]?.progress ?? progress,
    }),
  );
  const tolerance = before.chasing.paceTolerance === after.chasing.paceTolerance ? before.chasing.paceTolerance : null;
  return {
    on,
    lines: [
      ...quotaLines(pairs, tolerance),
      ...(await overdueLine(view, pairs, step, on)),
      ...(await linesOfRule(view, pairs, step, on)),
    ],
    people: pairs.flatMap((pair) => {
      const what = changesOf(pair);
      return what.length === 0 ? [] : [{ cadre: pair.cadre, what: what.join('，') }];
    }),
  };
}

interface Pair {
  readonly cadre: ListedCadre;
  readonly before: QuotaProgress;
  readonly after: QuotaProgress;
}

const lacks = ({ professional: { count, required } }: QuotaProgress): boolean => count < required;

function changesOf({ before, after }: Pair): string[] {
  const { person } = ruleTexts;
  return [
    ...(before.quota === after.quota ? [] : [person.quota(before.quota, after.quota)]),
    ...(before.counted || before.year.pace === after.year.pace
      ? []
      : [person.yearly(before.year.pace, after.year.pace)]),
    ...(before.reached === after.reached ? [] : [person.reached(after.reached)]),
    ...(before.lagging === after.lagging ? [] : [person.lagging(after.lagging)]),
    ...(lacks(before) === lacks(after) ? [] : [person.professional(lacks(after))]),
  ];
}

function quotaLines(pairs: readonly Pair[], tolerance: number | null): string[] {
  const quotas = new Map<string, { before: number; after: number; people: number }>();
  for (const { before, after } of pairs) {
    if (before.quota === after.quota) continue;
    const key = `${before.quota} ${after.quota}`;
    const group = quotas.get(key) ?? { before: before.quota, after: after.quota, people: 0 };
    quotas.set(key, { ...group, people: group.people + 1 });
  }
  const [most, ...rest] = [...quotas.values()].sort((a, b) => b.people - a.people);
  const others = rest.reduce((sum, { people }) => sum + people, 0);
  const yearly = pairs.filter(({ before, after }) => before.year.pace !== after.year.pace).length;
  const changed = (say: (before: number, after: number) => string, is: (standing: QuotaProgress) => boolean) => {
    const count = (side: 'before' | 'after') => pairs.filter((pair) => is(pair[side])).length;
    return count('before') === count('after') ? [] : [say(count('before'), count('after'))];
  };
  return [
    ...(most === undefined ? [] : [texts.quota(most.before, most.after, most.people)]),
    ...(others === 0 ? [] : [texts.otherQuotas(others)]),
    ...(yearly === 0 ? [] : [texts.yearly(yearly)]),
    ...changed(texts.reached, ({ reached }) => reached),
    ...changed(
      (from, to) => texts.lagging(from, to, tolerance),
      ({ lagging }) => lagging,
    ),
    ...changed(texts.professional, lacks),
  ];
}

async function overdueLine(view: Reader, pairs: readonly Pair[], step: RuleStep, on: Day): Promise<string[]> {
  const open = (await listAll(view, reflections, { index: 'byState', equals: ['owed'] })).concat(
    await listAll(view, reflections, { index: 'byState', equals: ['returned'] }),
  );
  const waiting = await listAll(view, hourEntries, { index: 'byState', equals: ['submitted'] });
  const returned = await listAll(view, hourEntries, { index: 'byState', equals: ['returned'] });
  const count = (side: 'before' | 'after'): number => {
    const people = pairs.map((pair): Standing => ({ cadre: pair.cadre, progress: pair[side] }));
    const policy = step[side].at(on);
    const { calendar } = step.before;
    const list = overdueList({
      reflections: open.filter(isOwed),
      people,
      waiting,
      returned,
      asOf: on,
      policy,
      calendar,
    });
    return list.filter((item) => isOverdue(item) || item.kind === 'approval').length;
  };
  const [before, after] = [count('before'), count('after')];
  return before === after ? [] : [texts.overdue(before, after)];
}

/** What only this rule does. */
async function linesOfRule(view: Reader, pairs: readonly Pair[], step: RuleStep, on: Day): Promise<string[]> {
  const { rule, today } = step;
  const [before, after] = [step.before.at(on), step.after.at(on)];
  const counted = new Set(pairs.map(({ cadre }) => cadre.staffNo));
  const ofMakeUps = await makeUpLines(view, rule, on, [before, after], counted);
  if (ofMakeUps !== null) return ofMakeUps;
  const yearAgo = addDays(today, -365);
  if (rule === 'reflection.forms' || rule === 'reflection.since') {
    const past = await listAll(view, hourEntries, { index: 'byEnd', from: yearAgo, to: today });
    const count = (policy: typeof before) =>
      past.filter((entry) => entry.state === 'approved' && owesReflection(entry, policy)).length;
    return [texts.reflections(count(before), count(after)), texts.later];
  }
  if (rule === 'reflection.minLength') {
    const written = (await listAll(view, reflections, { index: 'byEnd', from: yearAgo })).filter(
      ({ length }) => length > 0,
    );
    const shorter = written.filter(({ length }) => length < after.reflection.minLength).length;
    return [texts.shorter(written.length, shorter), texts.later];
  }
  if (rule === 'smallestUnitShown') {
    const sizes = new Map<string, number>();
    for (const { cadre } of pairs) {
      if (hasFiveYearQuota(cadre)) sizes.set(cadre.unit, (sizes.get(cadre.unit) ?? 0) + 1);
    }
    return [texts.merged([...sizes].filter(([, size]) => size < after.smallestUnitShown).map(([unit]) => unit))];
  }
  if (rule === 'chasing.perMonth') {
    const month = addMonths(monthOf(today), -1);
    const span = { from: instantAt(firstDayOf(month)), to: instantAt(lastDayOf(month), '23:59') };
    const sent = await listAll(view, outbox, { index: 'byPurpose', equals: ['chase', 'sent'], ...span });
    const heard = new Map<string, number>();
    for (const { target } of sent) heard.set(target, (heard.get(target) ?? 0) + 1);
    const over = [...heard.values()].filter((count) => count > after.chasing.perMonth).length;
    return [texts.chased(over, monthName(month))];
  }
  return rule.startsWith('chasing.') || /Quota|Pace|proRata|professional|cycle/.test(rule) ? [] : [texts.later];
}
