import type { Day } from '../domain/day.ts';
import type { Amendment, Policy, PolicyBook, RuleInfo, WorkCalendar } from '../domain/policy.ts';
import { policyFaults } from '../texts/policy-faults.ts';
import { checkHistory } from './checks.ts';
import { assemble, changeDays, cycleAt, type RuleHistory } from './history.ts';
import { isRuleName, type RuleName, ruleShapes } from './rules.ts';

/** A book over checked rules. Days between two changes share one `Policy` object. */
export function createBook(history: RuleHistory, rules: readonly RuleInfo[], calendar: WorkCalendar): PolicyBook {
  const changes = changeDays(history);
  const made = new Map<string, Policy>();
  return {
    rules,
    calendar,
    at: (day) => {
      const period = changes.findLast((change) => change <= day) ?? '';
      const key = `${period} ${cycleAt(history, day).from}`;
      const policy = made.get(key) ?? assemble(history, day);
      made.set(key, policy);
      return policy;
    },
    amend: (amendments) => {
      const faults: string[] = [];
      let amended = { history, rules };
      for (const amendment of amendments) amended = amendOne(amended, amendment, faults);
      // What is wrong by itself contradicts everything: told alone.
      if (faults.length === 0) {
        faults.push(...checkHistory(amended.history, policyFaults.decisions, (rule) => titleOf(amended, rule)));
      }
      return faults.length > 0
        ? { ok: false, faults }
        : { ok: true, book: createBook(amended.history, amended.rules, calendar) };
    },
  };
}

interface Rules {
  readonly history: RuleHistory;
  readonly rules: readonly RuleInfo[];
}

function amendOne(before: Rules, { rule, from, value, note, decision }: Amendment, faults: string[]): Rules {
  if (!isRuleName(rule)) {
    faults.push(policyFaults.noSuchRule(rule));
    return before;
  }
  const parsed = ruleShapes[rule].schema.safeParse(value);
  if (!parsed.success) {
    for (const { message } of parsed.error.issues) faults.push(policyFaults.badValue(titleOf(before, rule), message));
    return before;
  }
  const versions: readonly { readonly from: Day; readonly value: unknown }[] = before.history[rule];
  const written = { from, value, note, decision };
  return {
    history: { ...before.history, [rule]: withVersion(versions, { from, value: parsed.data }) },
    rules: before.rules.map((info) =>
      info.name === rule ? { ...info, versions: withVersion(info.versions, written) } : info,
    ),
  };
}

const titleOf = ({ rules }: Rules, rule: RuleName): string => rules.find(({ name }) => name === rule)?.title ?? rule;

/** The versions with one more, in the place of another of the same day. */
const withVersion = <V extends { readonly from: Day }>(versions: readonly V[], added: V): V[] =>
  [...versions.filter(({ from }) => from !== added.from), added].sort((a, b) => (a.from < b.from ? -1 : 1));
