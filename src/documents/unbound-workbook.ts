import type { Day, Instant } from '../domain/day.ts';
import { unreachedTexts as texts } from '../texts/unreached.ts';
import { writeWorkbook } from './write-workbook.ts';

const widths = [10, 12, 22, 44, 52];

/** Who has no account, a row each: 工号, 姓名, 单位, 原因, 办法. */
export const unboundWorkbook = (rows: readonly (readonly string[])[], asOf: Day, at: Instant): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: texts.sheet,
        title: texts.sheetTitle(asOf),
        columns: texts.columns.map((name, i) => ({ name, width: widths[i] ?? 20 })),
        rows: rows.map((row) => [...row]),
      },
    ],
    at,
  );
