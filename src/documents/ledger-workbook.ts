import type { Cadre } from '../domain/cadre.ts';
import type { Instant } from '../domain/day.ts';
import type { HourEntry } from '../domain/hours.ts';
import { documentTexts } from '../texts/documents.ts';
import { contentNames, formNames, kindNames } from '../texts/glossary.ts';
import { type LedgerColumn, ledgerColumns } from './ledger.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

const layout: Record<LedgerColumn, Omit<OutColumn, 'name'>> = {
  number: { width: 6, align: 'center' },
  name: { width: 10 },
  staffNo: { width: 10 },
  title: { width: 36 },
  organiser: { width: 18 },
  kind: { width: 11, choices: Object.values(kindNames) },
  form: { width: 12, choices: Object.values(formNames) },
  content: { width: 12, choices: Object.values(contentNames) },
  span: { width: 24 },
  place: { width: 16 },
  hours: { width: 7, align: 'center' },
  result: { width: 10 },
  proof: { width: 20 },
  note: { width: 16 },
};

const order = Object.keys(ledgerColumns) as LedgerColumn[];

export const ledgerLayout: readonly OutColumn[] = order.map((column) => ({
  name: ledgerColumns[column].names[0],
  ...layout[column],
}));

/**
 * The ledger as the department keeps it, one sheet for each year in which trainings began; imported again it changes
 * nothing. The caller chooses the entries.
 */
export function ledgerWorkbook(
  entries: readonly HourEntry[],
  cadres: readonly Pick<Cadre, 'staffNo' | 'name'>[],
  at: Instant,
): Promise<Uint8Array> {
  const names = new Map(cadres.map(({ staffNo, name }) => [staffNo, name]));
  const ordered = entries.toSorted((a, b) => compare(a.from, b.from) || compare(a.staffNo, b.staffNo) || a.id - b.id);
  const years = [...new Set(ordered.map((entry) => entry.year))];
  const sheets = (years.length === 0 ? [null] : years).map((year) => ({
    name: year === null ? documentTexts.ledgerSheet : `${year}年`,
    title: documentTexts.ledgerTitle(year),
    columns: ledgerLayout,
    rows: ordered.filter((entry) => entry.year === year).map((entry, index) => rowOf(entry, names, index + 1)),
  }));
  return writeWorkbook(sheets, at);
}

function rowOf(entry: HourEntry, names: ReadonlyMap<string, string>, number: number): (string | number | null)[] {
  const cells: Record<LedgerColumn, string | number | null> = {
    number,
    name: names.get(entry.staffNo) ?? null,
    staffNo: entry.staffNo,
    title: entry.title,
    organiser: entry.organiser,
    kind: kindNames[entry.kind],
    form: formNames[entry.form],
    content: contentNames[entry.content],
    span: entry.from === entry.to ? entry.from : `${entry.from}至${entry.to}`,
    place: entry.place,
    hours: entry.hours / 100,
    result: entry.result,
    proof: entry.proof,
    note: entry.note,
  };
  return order.map((column) => cells[column]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
