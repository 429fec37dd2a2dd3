import type { MakeUpWay } from '../domain/make-up.ts';
import { makeUpWayNames, showDay } from './glossary.ts';

const hearers: Readonly<Record<string, string>> = {
  'makeUp.remindDaysBefore': '会提醒本人的',
  'makeUp.unitHeadDays': '会告知单位负责人的',
  'makeUp.departmentDays': '会告知经办的',
};

/** What a change of a rule of 补训 does to those that are open. */
export const makeUpRuleTexts = {
  open: (count: number, first: string, last: string, on: string): string =>
    count === 0
      ? '现在没有待补训的。'
      : `待补训的 ${count} 项期限不变：${first === last ? '' : `最早${showDay(first, on)}，最晚`}${showDay(last, on)}。`,
  dueDays: '新期限只用于生效之日起确认的缺课和考试。',
  way: (way: MakeUpWay, isAllowed: boolean, chosen: number): string => {
    if (isAllowed) return `生效起待补训的也可以选“${makeUpWayNames[way]}”。`;
    const already =
      way === 'next-run' ? '参加了下一期的照样自动完成' : `已选它而没有提交的 ${chosen} 项须改选，已提交的照常审核`;
    return `生效起不能再选“${makeUpWayNames[way]}”；${already}。`;
  },
  minLength: (chosen: number): string =>
    `其中已选“${makeUpWayNames.recording}”的 ${chosen} 项，生效后提交的按新的字数；已提交的不受影响。`,
  reached: (rule: string, before: number, after: number): string =>
    before === after
      ? `按测算当日，${hearers[rule] ?? ''}仍是 ${after} 项。`
      : `按测算当日，${hearers[rule] ?? ''}由 ${before} 项变为 ${after} 项。`,
} as const;
