export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What was hoped for beside what was measured: a ratio or a time, and whether more or less of it is better. */
export interface Aim {
  readonly what: string;
  readonly measured: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly unit: string;
}

/** What a case of the bench found. */
export interface Result {
  readonly tables: readonly Table[];
  readonly aims: readonly Aim[];
}

export const show = (value: number): string =>
  value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });

const isMet = ({ measured, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Aim): boolean =>
  measured >= atLeast && measured <= atMost;

export const tableOfAims = (aims: readonly Aim[]): Table => ({
  title: 'Aims',
  columns: ['what', 'aim', 'measured', ''],
  rows: aims.map((aim) => [
    aim.what,
    aim.atLeast === undefined ? `≤ ${aim.atMost} ${aim.unit}` : `≥ ${aim.atLeast} ${aim.unit}`,
    `${show(aim.measured)} ${aim.unit}`,
    isMet(aim) ? 'met' : 'missed',
  ]),
});

/** The table as Markdown, aligned so that a terminal shows it as well. */
export function markdown({ title, columns, rows }: Table): string {
  const widths = columns.map((column, i) => Math.max(3, column.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = line(widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)));
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ''].join('\n');
}
