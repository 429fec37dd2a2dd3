import type { Day } from '../../domain/day.ts';
import { forms } from '../../domain/hours.ts';
import type { RuleInfo } from '../../domain/policy.ts';
import { formNames } from '../../texts/glossary.ts';
import { readChineseNumber } from '../text/numbers.ts';
import { readForm } from '../text/vocabulary.ts';

/** Groups in which the rules are shown, by the names that the policy files give them. */
export const ruleGroups = {
  quota: ['cycle', 'fiveYearQuota', 'yearlyPace', 'yearlyQuotaOther', 'proRata', 'theoryShare', 'professionalPerYear'],
  credit: [
    'halfDayHours',
    'dayHours',
    'centralGroupHours',
    'onlineMinutes',
    'dailyCap',
    'dailyCapEvening',
    'logWithinDays',
    'longestDays',
    'draftMinutes',
  ],
  reflection: ['reflection.'],
  classes: ['attendance.', 'leave.', 'makeUp.', 'exam.'],
  chasing: ['chasing.'],
  bulletin: ['smallestUnitShown'],
} as const;
export type RuleGroup = keyof typeof ruleGroups;

/** The rules of a group, in the order of the program. */
export const rulesOf = (group: RuleGroup, rules: readonly RuleInfo[]): RuleInfo[] =>
  rules.filter(({ name }) =>
    ruleGroups[group].some((one) => name === one || (one.endsWith('.') && name.startsWith(one))),
  );

/** What people call a rule whose title says it at length. */
const calledSo: Readonly<Record<string, readonly string[]>> = {
  fiveYearQuota: ['五年学时', '五年要求', '五年累计', '550'],
  yearlyPace: ['年度学时', '每年学时', '进度线'],
  theoryShare: ['理论党性占比', '70'],
  professionalPerYear: ['专业化能力', '专业化'],
  halfDayHours: ['半天'],
  dayHours: ['一天'],
  onlineMinutes: ['平台课程', '在线折算'],
  dailyCap: ['每天上限', '一天上限'],
  'reflection.minLength': ['体会字数', '字数'],
  'reflection.dueDays': ['体会期限', '体会几天交', '交体会期限'],
  'attendance.lateMinutes': ['迟到', '几分钟算迟到'],
  'leave.limitDivisor': ['请假上限', '七分之一', '1/7'],
  'makeUp.dueDays': ['补训期限'],
  'exam.passMark': ['及格分', '及格线'],
  'chasing.perMonth': ['提醒上限', '提醒次数'],
  smallestUnitShown: ['最小单位', '单位最少人数'],
};

/** What is left of a title or of what was said when the words that say nothing are gone. */
const bare = (words: string): string => words.replace(/[\s“”"《》的之中各每一个]|参数|要求|规定|标准/g, '');

/**
 * The rules that words may mean: the one with this title or name, else those whose title holds every character of the
 * words in their order, else those that share the most pairs of characters with them.
 */
export function findRules(said: string, rules: readonly RuleInfo[]): RuleInfo[] {
  const exact = rules.filter(({ name, title }) => name === said || title === said || calledSo[name]?.includes(said));
  if (exact.length > 0) return exact;
  const words = bare(said);
  if (words === '') return [];
  const within = rules.filter(({ title }) => bare(title).includes(words));
  if (within.length > 0) return within;
  const inOrder = rules.filter(({ title }) => holdsInOrder(bare(title), words));
  if (inOrder.length > 0) return inOrder;
  const shared = rules.map((rule) => ({ rule, count: sharedPairs(bare(rule.title), words) }));
  const most = Math.max(...shared.map(({ count }) => count));
  return most === 0 ? [] : shared.filter(({ count }) => count === most).map(({ rule }) => rule);
}

function holdsInOrder(title: string, words: string): boolean {
  let at = 0;
  for (const letter of words) {
    at = title.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function sharedPairs(title: string, words: string): number {
  let count = 0;
  for (let i = 1; i < words.length; i += 1) if (title.includes(words.slice(i - 1, i + 1))) count += 1;
  return count;
}

/** A value in words as the policy files write it, or undefined when it is none of this unit; its range is checked later. */
export function readRuleValue(unit: string, said: string): unknown {
  const words = said.trim().replace(/[。.]$/, '');
  switch (unit) {
    case '是否':
      return /^(是|要|折算|true|yes)$/i.test(words)
        ? true
        : /^(否|不|不要|不折算|false|no)$/i.test(words)
          ? false
          : undefined;
    case '时刻':
      return readTime(words);
    case '日期':
      return /^\d{4}-\d{2}-\d{2}$/.test(words) ? words : undefined;
    case '起止日': {
      const [, from, to] = /^(\d{4}-\d{2}-\d{2})\s*[至到~—-]+\s*(\d{4}-\d{2}-\d{2})$/.exec(words) ?? [];
      return from === undefined ? undefined : { from, to };
    }
    case '方式':
      return readForms(words);
    default:
      return readNumber(words);
  }
}

/** A value as `readRuleValue` reads it. */
export function writeRuleValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.join('、');
  if (typeof value === 'object' && value !== null) {
    const { from, to } = value as { from: Day; to: Day };
    return `${from}至${to}`;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function readTime(words: string): string | undefined {
  const [, hour, minute = '00'] = /^(\d{1,2})\s*[:：点时]\s*(\d{2})?分?$/.exec(words) ?? [];
  return hour === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}`;
}

function readForms(words: string): string[] | undefined {
  if (/^(无|没有|都不|都不要)$/.test(words)) return [];
  const found = words.split(/[\s、,，和及]+/).filter((word) => word !== '');
  const read = found.map((word) => forms.find((form) => form === word || formNames[form] === word) ?? readForm(word));
  return read.includes(null) ? undefined : read.filter((form) => form !== null);
}

function readNumber(words: string): number | undefined {
  const [, digits = ''] =
    /^([\d.]+|[零一二两三四五六七八九十百千点]+)\s*(?:个?学时|课时|个?工作日|天|日|字|条|次|人|号|月|分钟|个?半天|分之一|分|%|％)?$/.exec(
      words,
    ) ?? [];
  return digits === '' ? undefined : (readChineseNumber(digits) ?? undefined);
}
