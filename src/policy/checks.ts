import { addDays } from '../domain/day.ts';
import { policyFaults } from '../texts/policy-faults.ts';
import { assemble, changeDays, type RuleHistory } from './history.ts';
import type { RuleName } from './rules.ts';

/**
 * What is wrong with rules that are right one by one: cycles with gaps, numbers that contradict each other. `file` is
 * where the cycles stand, `nameOf` the name under which the reader knows a rule.
 */
export function checkHistory(history: RuleHistory, file: string, nameOf: (rule: RuleName) => string): string[] {
  const faults: string[] = [];
  checkCycles(file, history.cycle, faults);
  checkTogether(history, nameOf, faults);
  return faults;
}

/** Cycles begin when they come into force and follow one another without a gap. */
function checkCycles(file: string, versions: RuleHistory['cycle'], faults: string[]): void {
  versions.forEach(({ from, value }, i) => {
    if (value.from !== from) faults.push(policyFaults.cycleStart(file, value.from, from));
    const before = versions[i - 1];
    if (before === undefined) return;
    const expected = addDays(before.value.to, 1);
    if (value.from !== expected) faults.push(policyFaults.cycleGap(file, value.from, expected));
  });
}

/** Numbers that make sense one by one can still contradict each other; told once, with the first day. */
function checkTogether(history: RuleHistory, nameOf: (rule: RuleName) => string, faults: string[]): void {
  const told = new Set<string>();
  for (const day of changeDays(history)) {
    const policy = assemble(history, day);
    const { attendance, chasing, leave, makeUp } = policy;
    const ordered: [RuleName, number, RuleName, number][] = [
      ['halfDayHours', policy.halfDayHours / 100, 'dayHours', policy.dayHours / 100],
      ['dayHours', policy.dayHours / 100, 'dailyCapEvening', policy.dailyCapEvening / 100],
      ['dailyCap', policy.dailyCap / 100, 'dailyCapEvening', policy.dailyCapEvening / 100],
      ['attendance.lateMinutes', attendance.lateMinutes, 'attendance.closesMinutes', attendance.closesMinutes],
      ['leave.tutorHalfDays', leave.tutorHalfDays, 'leave.clerkHalfDays', leave.clerkHalfDays],
      ['makeUp.unitHeadDays', makeUp.unitHeadDays, 'makeUp.departmentDays', makeUp.departmentDays],
      ['chasing.unitHeadDays', chasing.unitHeadDays, 'chasing.departmentDays', chasing.departmentDays],
    ];
    for (const [left, low, right, high] of ordered) {
      const pair = `${left}:${right}`;
      if (low <= high || told.has(pair)) continue;
      told.add(pair);
      faults.push(policyFaults.contradiction(day, nameOf(left), String(low), nameOf(right), String(high)));
    }
  }
}
