import { showDay } from './glossary.ts';

/** The overdue list as a file. */
export const overdueWorkbookTexts = {
  overdue: '逾期名单',
  behind: '进度落后名单',
  waiting: '待审核登记',
  title: (sheet: string, asOf: string): string => `干部教育培训${sheet}（截至${showDay(asOf)}）`,
} as const;
