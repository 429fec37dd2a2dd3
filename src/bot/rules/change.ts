import type { Day } from '../../domain/day.ts';
import type { PolicyBook, RuleInfo } from '../../domain/policy.ts';
import { type RuleChange, ruleChanges } from '../../domain/rule-change.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { showRuleValue, ruleTexts as texts } from '../../texts/rules.ts';

/** What is to be changed: a rule, as people write its value, from a day on. */
export interface Wish {
  readonly rule: string;
  readonly value: unknown;
  readonly from: Day;
}

/** The version of a rule that holds on a day. */
export const versionOn = (rule: RuleInfo, day: Day): RuleInfo['versions'][number] | undefined =>
  rule.versions.findLast(({ from }) => from <= day) ?? rule.versions[0];

export const shownOn = (rule: RuleInfo, day: Day): string => showRuleValue(rule.unit, versionOn(rule, day)?.value);

/** The first version that begins after a day. */
export const nextAfter = (rule: RuleInfo, day: Day): RuleInfo['versions'][number] | undefined =>
  rule.versions.find(({ from }) => from > day);

/** `“体会字数”由 1000 字 改为 1500 字，自2027年1月1日起生效。` */
export function describeWish(policies: PolicyBook, { rule: name, value, from }: Wish): string {
  const rule = policies.rules.find((one) => one.name === name);
  if (rule === undefined) return '';
  return texts.change(rule.title, shownOn(rule, from), showRuleValue(rule.unit, value), from);
}

/** The book as it would be, or why it cannot be, in a sentence. `decision` is 0 while it is only a wish. */
export function bookWith(policies: PolicyBook, { rule, value, from }: Wish): { book: PolicyBook } | { fault: string } {
  const result = policies.amend([{ rule, value, from, note: '', decision: 0 }]);
  return result.ok ? { book: result.book } : { fault: texts.notFitting(result.faults) };
}

export const listProposals = (view: Reader): Promise<RuleChange[]> =>
  listAll(view, ruleChanges, { index: 'byState', equals: ['proposed'] });

/** What else is under way for the same rule, a sentence each: proposals, and decisions that have not come into force. */
export async function sayBeside(view: Reader, policies: PolicyBook, wish: Wish, today: Day): Promise<string[]> {
  const rule = policies.rules.find(({ name }) => name === wish.rule);
  const open = (await listProposals(view)).filter((change) => change.rule === wish.rule);
  const upcoming = (rule?.versions ?? []).flatMap(({ from, value, decision }) =>
    decision === undefined || from <= today || from < wish.from ? [] : [{ from, value, decision }],
  );
  return [
    ...upcoming.map(({ from, value, decision }) =>
      from === wish.from
        ? texts.beside.replaced(decision)
        : texts.beside.upcoming(decision, from, showRuleValue(rule?.unit ?? '', value)),
    ),
    ...open.map((change) => texts.beside.open(change.id, describeWish(policies, change))),
  ];
}
