import { ledgerLayout } from '../../src/documents/ledger-workbook.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';

/** What differs from a half day of 王芳, by the column's name. */
export type LedgerCells = Partial<Record<string, string | number>>;

/** A ledger of 2026 as somebody would send it, with one row for each line, on a day of its own in March. */
export const makeLedgerFile = (lines: readonly LedgerCells[]): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: '2026年',
        title: '学时台账',
        columns: ledgerLayout,
        rows: lines.map((line, index) => {
          const standard: LedgerCells = {
            姓名: '王芳',
            工号: 'E0011',
            培训名称: `专题培训${index + 1}`,
            方式: '集中培训',
            内容: '党性教育',
            起止日期: `2026-03-${String(index + 1).padStart(2, '0')}`,
            学时: 4,
          };
          return ledgerLayout.map(({ name }) => ({ ...standard, ...line })[name] ?? null);
        }),
      },
    ],
    '2026-11-20T01:00:00.000Z',
  );
