import { type Day, yearOf } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import type { RuleName, RuleValues } from './rules.ts';

/** The versions of every rule, earliest first, with values as the program works with them. */
export type RuleHistory = {
  readonly [K in RuleName]: readonly { readonly from: Day; readonly value: RuleValues[K] }[];
};

/** The version that holds on a day: the last that has begun, before the first one that one. */
function versionAt<T>(versions: readonly { readonly from: Day; readonly value: T }[], day: Day): T {
  const held = versions.findLast((version) => version.from <= day) ?? versions[0];
  if (held === undefined) throw new RangeError('a rule has at least one version');
  return held.value;
}

/** After the last cycle that the files know, cycles of its length follow until the files say otherwise. */
export function cycleAt(history: RuleHistory, day: Day): RuleValues['cycle'] {
  const { from, to } = versionAt(history.cycle, day);
  if (day <= to) return { from, to };
  const length = yearOf(to) - yearOf(from) + 1;
  const passed = Math.floor((yearOf(day) - yearOf(from)) / length) * length;
  return { from: `${yearOf(from) + passed}-01-01`, to: `${yearOf(to) + passed}-12-31` };
}

/** The numbers of all rules on a day. */
export function assemble(history: RuleHistory, day: Day): Policy {
  const at = <K extends RuleName>(name: K): RuleValues[K] => versionAt<RuleValues[K]>(history[name], day);
  return {
    cycle: cycleAt(history, day),
    fiveYearQuota: at('fiveYearQuota'),
    yearlyPace: at('yearlyPace'),
    yearlyQuotaOther: at('yearlyQuotaOther'),
    proRata: at('proRata'),
    theoryShare: at('theoryShare'),
    professionalPerYear: at('professionalPerYear'),
    halfDayHours: at('halfDayHours'),
    dayHours: at('dayHours'),
    centralGroupHours: at('centralGroupHours'),
    onlineMinutes: at('onlineMinutes'),
    dailyCap: at('dailyCap'),
    dailyCapEvening: at('dailyCapEvening'),
    logWithinDays: at('logWithinDays'),
    longestDays: at('longestDays'),
    reflection: {
      since: at('reflection.since'),
      forms: at('reflection.forms'),
      minLength: at('reflection.minLength'),
      dueDays: at('reflection.dueDays'),
      graceDays: at('reflection.graceDays'),
      remindDaysBefore: at('reflection.remindDaysBefore'),
    },
    chasing: {
      from: at('chasing.from'),
      to: at('chasing.to'),
      perMonth: at('chasing.perMonth'),
      paceDay: at('chasing.paceDay'),
      paceTolerance: at('chasing.paceTolerance'),
      professionalFromMonth: at('chasing.professionalFromMonth'),
      approvalDays: at('chasing.approvalDays'),
      approvalAgainDays: at('chasing.approvalAgainDays'),
      returnedDays: at('chasing.returnedDays'),
      unitHeadDays: at('chasing.unitHeadDays'),
      departmentDays: at('chasing.departmentDays'),
    },
    attendance: {
      opensMinutes: at('attendance.opensMinutes'),
      closesMinutes: at('attendance.closesMinutes'),
      lateMinutes: at('attendance.lateMinutes'),
      earlyMinutes: at('attendance.earlyMinutes'),
      signOutMinutes: at('attendance.signOutMinutes'),
      slipsPerAbsence: at('attendance.slipsPerAbsence'),
      settleDays: at('attendance.settleDays'),
      wrongCodes: at('attendance.wrongCodes'),
      pauseMinutes: at('attendance.pauseMinutes'),
      objectionDays: at('attendance.objectionDays'),
    },
    leave: {
      limitDivisor: at('leave.limitDivisor'),
      tutorHalfDays: at('leave.tutorHalfDays'),
      clerkHalfDays: at('leave.clerkHalfDays'),
    },
    makeUp: {
      dueDays: at('makeUp.dueDays'),
      ways: [
        ...(at('makeUp.nextRun') ? (['next-run'] as const) : []),
        ...(at('makeUp.recording') ? (['recording'] as const) : []),
        ...(at('makeUp.sameTheme') ? (['same-theme'] as const) : []),
      ],
      minLength: at('makeUp.minLength'),
      remindDaysBefore: at('makeUp.remindDaysBefore'),
      unitHeadDays: at('makeUp.unitHeadDays'),
      departmentDays: at('makeUp.departmentDays'),
    },
    exam: { passMark: at('exam.passMark') },
    smallestUnitShown: at('smallestUnitShown'),
    draftMinutes: at('draftMinutes'),
  };
}

/** Every day on which some number changes, earliest first. */
export const changeDays = (history: RuleHistory): Day[] =>
  [...new Set(Object.values(history).flatMap((versions) => versions.map((version) => version.from)))].sort();
