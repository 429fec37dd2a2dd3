import { type CellStyle, type ColumnDef, measureValueWidth, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Instant } from '../domain/day.ts';

export interface OutColumn {
  readonly name: string;
  /** In characters of half width. */
  readonly width: number;
  /** The only values that Excel lets people enter. */
  readonly choices?: readonly string[];
  readonly align?: 'left' | 'center';
  /** The values are ISO days and become dates of the spreadsheet. */
  readonly day?: true;
}

export interface OutSheet {
  readonly name: string;
  /** Stands merged above the header. */
  readonly title: string;
  readonly columns: readonly OutColumn[];
  /** Text stays text, whatever it begins with. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What XML 1.0 (2.2) forbids or discourages: a workbook with a forbidden character in it does not open. */
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
/** An underscore that would begin the escape of a character (ECMA-376 22.9.2.19): `_x0041_` is read as A. */
const escapeLike = /_(?=x[\dA-Fa-f]{4}_)/g;

/** Before the data: the title, then the names of the columns. */
const headerRows = 2;
const line = { style: 'thin', color: { rgb: 'BFBFBF' } } as const;
const border = { top: line, right: line, bottom: line, left: line };
/** Points. */
const lineHeight = 15;
const font = { name: '宋体', size: 11 };
const titleStyle: CellStyle = {
  font: { ...font, size: 16, bold: true },
  alignment: { horizontal: 'center', vertical: 'center' },
};
const headerStyle: CellStyle = {
  font: { ...font, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E7EEF7' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  border,
};

/**
 * An Excel workbook: title, bold header that stays in view and is repeated in print, widths, choices. `at` is
 * when it was made; the same sheets made at the same time give the same bytes. Holds up the event loop meanwhile.
 */
export function layOutWorkbook(sheets: readonly OutSheet[], at: Instant): Promise<Uint8Array> {
  const made = new Date(at);
  return writeXlsx({
    sheets: sheets.map((sheet) => layOut(toXml(sheet))),
    defaultFont: font,
    properties: { created: made, modified: made },
  });
}

/** The same sheet in text that every reader of XML takes, and reads as it was. */
const toXml = (sheet: OutSheet): OutSheet => ({
  ...sheet,
  rows: sheet.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? cell.replace(forbidden, '').replace(escapeLike, '_x005F_') : cell)),
  ),
});

function layOut({ name, title, columns, rows }: OutSheet): WriteSheet {
  const lastColumn = columns.length - 1;
  const lastRow = headerRows + Math.max(rows.length, 1);
  const cells: WriteSheet['cells'] = new Map([['0,0', { value: title, style: titleStyle }]]);
  for (const [index, column] of columns.entries()) cells.set(`1,${index}`, { value: column.name, style: headerStyle });
  return {
    name,
    columns: columns.map((column): ColumnDef => ({ width: column.width, style: bodyStyle(column) })),
    rows: [
      [title],
      columns.map((column) => column.name),
      ...rows.map((row) => row.map((value, index) => cellOf(value, columns[index]))),
    ],
    cells,
    merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: lastColumn }],
    rowDefs: new Map([
      [0, { height: 30 }],
      [
        1,
        {
          height:
            lineHeight *
            Math.max(
              1.5,
              linesOf(
                columns.map((column) => column.name),
                columns,
              ),
            ),
        },
      ],
      ...rows.flatMap((row, index): [number, { height: number }][] => {
        const lines = linesOf(row, columns);
        return lines > 1 ? [[headerRows + index, { height: lineHeight * lines }]] : [];
      }),
    ]),
    freezePane: { rows: headerRows },
    autoFilter: { range: `A${headerRows}:${letterOf(lastColumn)}${lastRow}` },
    dataValidations: columns.flatMap(({ choices }, index) =>
      choices === undefined
        ? []
        : [
            {
              type: 'list' as const,
              values: [...choices],
              allowBlank: true,
              showErrorMessage: true,
              range: `${letterOf(index)}${headerRows + 1}:${letterOf(index)}${lastRow + 200}`,
            },
          ],
    ),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$1:$${headerRows}`,
    },
  };
}

const cellOf = (value: string | number | null, column: OutColumn | undefined) =>
  column?.day === true && typeof value === 'string' ? new Date(`${value}T00:00:00.000Z`) : value;

const bodyStyle = ({ align = 'left', day }: OutColumn): CellStyle => ({
  ...(day === true ? { numFmt: 'yyyy-mm-dd' } : {}),
  font,
  border,
  alignment: { horizontal: align, vertical: 'center', wrapText: true },
});

/** Not every program finds the height of a row with wrapped text by itself. */
const linesOf = (row: OutSheet['rows'][number], columns: readonly OutColumn[]): number =>
  Math.max(...columns.map(({ width }, index) => Math.ceil(measureValueWidth(row[index] ?? null) / (width - 1))), 1);

const letterOf = (column: number): string => String.fromCharCode(65 + column);
