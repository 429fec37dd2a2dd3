import { z } from 'zod';
import { isDay } from '../domain/day.ts';
import { digestTime } from '../domain/digest.ts';
import { forms } from '../domain/hours.ts';

/** How a rule is written in the policy files: its unit, and which values make sense. Messages say what is expected. */
interface RuleShape<S extends z.ZodType> {
  readonly unit: string;
  readonly schema: S;
}

const shape = <S extends z.ZodType>(unit: string, schema: S): RuleShape<S> => ({ unit, schema });

/** Hours as people write them (550, 0.25), at most two decimals; read as hundredths. */
function hours(min: number, max: number) {
  const expected = `${min} 至 ${max} 之间、至多两位小数的学时数`;
  return shape(
    '学时',
    z
      .number(expected)
      .min(min, expected)
      .max(max, expected)
      .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, expected)
      .transform((value) => Math.round(value * 100)),
  );
}

function whole(unit: string, min: number, max: number) {
  const expected = `${min} 至 ${max} 之间的整数`;
  return shape(unit, z.int(expected).min(min, expected).max(max, expected));
}

export const dayField = z
  .string('写成 2026-09-01 的日期')
  .refine(isDay, { error: '写成 2026-09-01 的日期，且确有这一天' });

const time = z.string('写成 08:30 的时刻').regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 08:30 的时刻');
/** Hours without the daily message in them would silence it for good. */
const begin = shape(
  '时刻',
  time.refine((from) => from <= digestTime, `不晚于每日提醒时刻 ${digestTime} 的时刻`),
);
const end = shape(
  '时刻',
  time.refine((to) => to > digestTime, `晚于每日提醒时刻 ${digestTime} 的时刻`),
);

const wholeYears = '整年：自某年 1 月 1 日至同年或以后某年的 12 月 31 日';
const cycle = z
  .strictObject({ from: dayField, to: dayField }, '含 from 和 to 的起止日')
  .refine(({ from, to }) => from < to && from.endsWith('-01-01') && to.endsWith('-12-31'), wholeYears);

const formList = z
  .array(z.enum(forms, `${forms.join('、')} 之一`), '方式的列表')
  .refine((list) => new Set(list).size === list.length, '不重复的方式');

/** Every rule the program knows; a policy folder states each exactly once. */
export const ruleShapes = {
  cycle: shape('起止日', cycle),
  fiveYearQuota: hours(1, 5000),
  yearlyPace: hours(1, 1000),
  yearlyQuotaOther: hours(1, 1000),
  proRata: shape('是否', z.boolean('true 或 false')),
  theoryShare: whole('%', 0, 100),
  professionalPerYear: whole('次', 0, 50),
  halfDayHours: hours(0.25, 12),
  dayHours: hours(0.25, 24),
  centralGroupHours: hours(0.25, 24),
  onlineMinutes: whole('分钟', 0, 240),
  dailyCap: hours(0.25, 24),
  dailyCapEvening: hours(0.25, 24),
  logWithinDays: whole('天', 1, 3660),
  longestDays: whole('天', 1, 3660),
  draftMinutes: whole('分钟', 1, 1440),
  'reflection.since': shape('日期', dayField),
  'reflection.forms': shape('方式', formList),
  'reflection.minLength': whole('字', 1, 20_000),
  'reflection.dueDays': whole('天', 1, 365),
  'reflection.graceDays': whole('天', 0, 365),
  'reflection.remindDaysBefore': whole('天', 0, 365),
  'chasing.from': begin,
  'chasing.to': end,
  'chasing.perMonth': whole('条', 0, 31),
  'chasing.paceDay': whole('日', 1, 28),
  'chasing.paceTolerance': hours(0, 1000),
  'chasing.professionalFromMonth': whole('月', 1, 12),
  'chasing.approvalDays': whole('个工作日', 1, 60),
  'chasing.approvalAgainDays': whole('个工作日', 1, 60),
  'chasing.returnedDays': whole('个工作日', 1, 60),
  'chasing.unitHeadDays': whole('天', 1, 365),
  'chasing.departmentDays': whole('天', 1, 365),
  'attendance.opensMinutes': whole('分钟', 0, 240),
  'attendance.closesMinutes': whole('分钟', 1, 480),
  'attendance.lateMinutes': whole('分钟', 0, 240),
  'attendance.earlyMinutes': whole('分钟', 0, 240),
  'attendance.signOutMinutes': whole('分钟', 1, 240),
  'attendance.slipsPerAbsence': whole('次', 0, 20),
  'attendance.settleDays': whole('个工作日', 0, 30),
  'attendance.wrongCodes': whole('次', 1, 20),
  'attendance.pauseMinutes': whole('分钟', 1, 240),
  'attendance.objectionDays': whole('个工作日', 1, 60),
  'leave.limitDivisor': whole('分之一', 1, 100),
  'leave.tutorHalfDays': whole('个半天', 0, 100),
  'leave.clerkHalfDays': whole('个半天', 0, 100),
  'makeUp.dueDays': whole('天', 1, 1000),
  'makeUp.nextRun': shape('是否', z.boolean('true 或 false')),
  'makeUp.recording': shape('是否', z.boolean('true 或 false')),
  'makeUp.sameTheme': shape('是否', z.boolean('true 或 false')),
  'makeUp.minLength': whole('字', 1, 20_000),
  'makeUp.remindDaysBefore': whole('天', 0, 365),
  'makeUp.unitHeadDays': whole('天', 1, 365),
  'makeUp.departmentDays': whole('天', 1, 365),
  'exam.passMark': whole('分', 1, 100),
  smallestUnitShown: whole('人', 1, 100),
} as const;

export type RuleName = keyof typeof ruleShapes;
/** The values of the rules as the program works with them: hours in hundredths. */
export type RuleValues = { [K in RuleName]: z.output<(typeof ruleShapes)[K]['schema']> };

export const ruleNames = Object.keys(ruleShapes) as RuleName[];
export const isRuleName = (name: string): name is RuleName => Object.hasOwn(ruleShapes, name);

/** Where a number comes from: a clause of the college's plan, a national rule, custom, or this product. */
export const clausePattern = /^(三\.\d{1,2}|国家规定|通行做法|产品规定)$/;

const filled = (max: number) =>
  z.string(`1 至 ${max} 个字的文字`).min(1, `1 至 ${max} 个字的文字`).max(max, `1 至 ${max} 个字的文字`);

/** One rule as it stands in a file; its name, unit and values are checked against `ruleShapes`. */
export const ruleSchema = z.strictObject(
  {
    name: filled(60),
    title: filled(60),
    clause: z
      .string('三.4 这样的条款、国家规定、通行做法或产品规定')
      .regex(clausePattern, '三.4 这样的条款、国家规定、通行做法或产品规定'),
    unit: filled(20),
    versions: z
      .array(
        z.strictObject(
          { from: dayField, value: z.nonoptional(z.unknown(), '写明的值'), note: filled(200).exactOptional() },
          '含 from、value，可有 note 的版本',
        ),
        '至少一个版本的列表',
      )
      .min(1, '至少一个版本的列表'),
  },
  '含 name、title、clause、unit、versions 的规则',
);
export type RuleText = z.output<typeof ruleSchema>;
