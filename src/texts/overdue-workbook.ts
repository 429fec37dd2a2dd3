import type { OverdueItem } from '../domain/overdue.ts';
import { showDay } from './glossary.ts';

/** The overdue list as a file. */
export const overdueWorkbookTexts = {
  sheet: '逾期名单',
  title: (asOf: string): string => `干部教育培训逾期名单（截至${showDay(asOf)}）`,
  kinds: {
    reflection: '学习体会未交',
    pace: '学时落后于进度线',
    professional: '缺专业化能力培训',
    approval: '登记待审核',
  } satisfies Record<OverdueItem['kind'], string>,
} as const;
