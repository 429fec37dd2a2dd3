import { cited } from './cited.ts';
import { showDay } from './glossary.ts';

/** 导出: workbooks for the department. */
export const exportTexts = {
  title: '导出',
  menu: '请选择要导出的内容。台账可以加年份、本周期、单位或姓名，例如：导出 台账 2026 教务处。',
  ledger: '全部台账',
  thisYear: '本年台账',
  thisCycle: '本周期台账',
  roster: '名册',
  overdue: '逾期',
  subjects: { ledger: /学时台账|台账|记录|学时/, roster: /干部名册|名册|干部/, overdue: /逾期名单|逾期/ },
  cycleWords: /(?:本|这个|当前)?周期/,
  unknownSubject: (said: string): string =>
    `没有看懂要导出${cited(said)}。可以导出台账、名册、逾期，例如：导出 台账 2026，导出 名册，导出 逾期。`,
  unknown: (said: string): string =>
    `没有叫${cited(said, 40)}的单位或干部。可以这样说：导出 台账 2026，导出 台账 本周期 教务处，导出 台账 王芳。`,
  empty: (about: string): string => `${about}没有已认定的登记，没有生成文件。`,
  year: (year: number): string => `${year}年`,
  cycle: '本周期',
  ledgerName: (about: string, today: string): string =>
    `学时台账${about === '' ? '' : `_${about.replace(/[\s/\\]/g, '')}`}_${today}.xlsx`,
  ledgerCaption: (about: string, rows: number): string =>
    `学时台账${about === '' ? '' : `（${about}）`}：已认定 ${rows} 条。`,
  rosterName: (today: string): string => `干部名册_${today}.xlsx`,
  rosterCaption: (today: string, people: number): string => `截至${showDay(today)}的干部名册：${people} 人。`,
} as const;
