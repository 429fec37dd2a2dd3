import type { Day } from '../domain/day.ts';
import { monthName, showDay } from './glossary.ts';

/** 减负自查 as a file. */
export const burdenWorkbookTexts = {
  sheets: {
    rules: '规则与实际',
    people: '收到条数分布',
    sent: '发出的消息',
    breaches: '违反规则的',
    never: '没有的做法',
  },
  title: (month: string, sheet: string, asOf: Day): string =>
    `${monthName(month)}减负自查：${sheet}（截至${showDay(asOf)}）`,
  columns: {
    rules: ['规则', '实际'],
    people: ['当月收到主动提醒', '人数'],
    sent: ['消息', '条数'],
    breaches: ['姓名', '单位', '日期', '情况'],
    never: ['做法', '如何核查'],
  },
} as const;
