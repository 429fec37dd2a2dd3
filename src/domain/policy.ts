import type { Day } from './day.ts';
import type { Form } from './hours.ts';
import type { MakeUpWay } from './make-up.ts';

/**
 * 制度参数: the numbers of the rules as they stand on one day. Loaded from `data/policy/*.json` by `policy/`;
 * every number there carries its clause and effective dates, and an old record keeps the rule of its day.
 * Hours are integer hundredths.
 */
export interface Policy {
  /** The five-year cycle that contains the day, both ends included. */
  readonly cycle: { readonly from: Day; readonly to: Day };
  /** 三.5: hours of a 处级 cadre within the cycle. */
  readonly fiveYearQuota: number;
  /** A pace line, not a rule: quota / 5. */
  readonly yearlyPace: number;
  /** 科级 and the young pool, a year. */
  readonly yearlyQuotaOther: number;
  /** Quota pro rata by months for people appointed inside the cycle. */
  readonly proRata: boolean;
  /** 三.4: share of theory + party-spirit, in percent. Gates plans and timetables; information for a person. */
  readonly theoryShare: number;
  /** 三.5: professional-ability trainings a year. */
  readonly professionalPerYear: number;
  readonly halfDayHours: number;
  readonly dayHours: number;
  readonly centralGroupHours: number;
  /** Minutes of a platform's own courses that make an hour; 0: they are not taken. */
  readonly onlineMinutes: number;
  /** Most hours that one day can hold; the second with an evening session. */
  readonly dailyCap: number;
  readonly dailyCapEvening: number;
  /** How far back a training may be logged in chat, in days. */
  readonly logWithinDays: number;
  /** Most days that one training may take, 挂职锻炼 included: more is a slip of the date. */
  readonly longestDays: number;
  readonly reflection: {
    /** Trainings that end on or after this day owe a reflection. */
    readonly since: Day;
    /** 方式 that ask for one. */
    readonly forms: readonly Form[];
    readonly minLength: number;
    readonly dueDays: number;
    /** Least days to write after a logged training is approved, however late that was. */
    readonly graceDays: number;
    /** Days before the deadline for the first word. */
    readonly remindDaysBefore: number;
  };
  readonly chasing: {
    /** Wall-clock window, Asia/Shanghai. */
    readonly from: string;
    readonly to: string;
    readonly perMonth: number;
    /** Day of the month from which the pace is looked at. */
    readonly paceDay: number;
    /** Hundredths of an hour behind the pace line that nobody is bothered about: about a month's pace. */
    readonly paceTolerance: number;
    /** Month from which the missing professional training is mentioned. */
    readonly professionalFromMonth: number;
    /** Working days after which a waiting approval is mentioned to the clerk. */
    readonly approvalDays: number;
    /** Working days after which waiting approvals make a message by themselves once more. */
    readonly approvalAgainDays: number;
    /** Working days after which the owner of a returned entry is reminded of it. */
    readonly returnedDays: number;
    /** Days after a reflection's deadline from which the unit's head, and then the clerks, hear of it. */
    readonly unitHeadDays: number;
    readonly departmentDays: number;
  };
  /** 考勤 (三.6); minutes. */
  readonly attendance: {
    /** 签到 is taken from so many minutes before the 课次 until so many after its start. */
    readonly opensMinutes: number;
    readonly closesMinutes: number;
    /** 迟到 beyond it. */
    readonly lateMinutes: number;
    /** 早退: 签退 earlier than so many minutes before the end. */
    readonly earlyMinutes: number;
    /** 签退 is taken until so many minutes after the end. */
    readonly signOutMinutes: number;
    /** So many 迟到 and 早退 count as an absence of half a day; 0: they never do. */
    readonly slipsPerAbsence: number;
    /** Working days after a 课次 on which its attendance is settled by itself. */
    readonly settleDays: number;
    /** Wrong codes after which a person has to pause, and for how many minutes. */
    readonly wrongCodes: number;
    readonly pauseMinutes: number;
    /** Working days within which an 异议 is answered. */
    readonly objectionDays: number;
  };
  /** 请假 (学员管理规定). */
  readonly leave: {
    /** No more than the n-th part of a class's hours may be missed on leave. */
    readonly limitDivisor: number;
    /** Most half-days on which 班主任, and 经办, decide; beyond them 部长. */
    readonly tutorHalfDays: number;
    readonly clerkHalfDays: number;
  };
  /** 补训 (三.6). */
  readonly makeUp: {
    readonly dueDays: number;
    readonly ways: readonly MakeUpWay[];
    /** Characters of the text about a recording. */
    readonly minLength: number;
    /** Days before the deadline for the first word. */
    readonly remindDaysBefore: number;
    /** Days after the deadline from which the unit's head, and then the clerks, hear of it. */
    readonly unitHeadDays: number;
    readonly departmentDays: number;
  };
  /** 闭卷考试 (三.6): points of 100. */
  readonly exam: { readonly passMark: number };
  /** Units with fewer counted people are merged as 其他单位 in anything public. */
  readonly smallestUnitShown: number;
  /** Minutes an open question or draft waits. */
  readonly draftMinutes: number;
}

/** One number as 参数 shows it: with its clause and since when it holds. */
export interface RuleInfo {
  readonly name: string;
  readonly title: string;
  readonly clause: string;
  readonly unit: string;
  readonly versions: readonly RuleVersion[];
}

/** One value of a rule and since when it holds, as people write it: hours as 550 and not as hundredths. */
export interface RuleVersion {
  readonly from: Day;
  readonly value: unknown;
  readonly note?: string;
  /** The number of the decision in 参数 that it comes from; absent where it stands in a file. */
  readonly decision?: number;
}

/** What kind of day it is; `doubtful` in a year without a holiday table, where only the fixed national days are known. */
export type DayKind = 'workday' | 'off' | 'doubtful';

export interface WorkCalendar {
  kindOf(day: Day): DayKind;
  /** Years with a table. */
  readonly years: readonly number[];
}

/** A value for a rule from a day on, decided after the files were written. */
export interface Amendment {
  readonly rule: string;
  readonly from: Day;
  /** As people write it. */
  readonly value: unknown;
  readonly note: string;
  readonly decision: number;
}

export interface PolicyBook {
  at(day: Day): Policy;
  readonly rules: readonly RuleInfo[];
  readonly calendar: WorkCalendar;
  /**
   * The same book with amendments, later ones over earlier ones of the same day; `faults` are sentences that say why
   * they cannot be.
   */
  amend(amendments: readonly Amendment[]): { ok: true; book: PolicyBook } | { ok: false; faults: readonly string[] };
}
