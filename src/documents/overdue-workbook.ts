import type { Day, Instant } from '../domain/day.ts';
import type { OverdueItem } from '../domain/overdue.ts';
import { overdueWorkbookTexts } from '../texts/overdue-workbook.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

const columns: readonly OutColumn[] = [
  { name: '序号', width: 6, align: 'center' },
  { name: '单位', width: 20 },
  { name: '姓名', width: 12 },
  { name: '工号', width: 10 },
  { name: '事项', width: 18 },
  { name: '所涉培训或期间', width: 40 },
  { name: '起算日期', width: 12, align: 'center' },
  { name: '已过天数', width: 10, align: 'center' },
  { name: '学时', width: 8, align: 'center' },
  { name: '登记号', width: 10, align: 'center' },
];

/** The overdue list of a day, for the department. */
export const overdueWorkbook = (items: readonly OverdueItem[], asOf: Day, at: Instant): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: overdueWorkbookTexts.sheet,
        title: overdueWorkbookTexts.title(asOf),
        columns,
        rows: items.map((item, index) => [
          index + 1,
          item.unit,
          item.name,
          item.staffNo,
          overdueWorkbookTexts.kinds[item.kind],
          item.about,
          item.since,
          item.days,
          item.hours === null ? null : item.hours / 100,
          item.entryId,
        ]),
      },
    ],
    at,
  );
