import type { RowFault, RowPlace, TableReading } from '../../documents/table.ts';

/** Something that the importer should know about a row that went in, or about the file. */
export interface ImportNote {
  readonly place: RowPlace | null;
  readonly text: string;
}

/** What an import did, or would do. Every row looked at is one of `added`, `updated`, `same`, or has faults. */
export interface ImportReport {
  readonly subject: 'roster' | 'ledger';
  readonly total: number;
  readonly added: number;
  readonly updated: number;
  /** Rows that stood there already, word for word. */
  readonly same: number;
  /** Of the added ones: the importer's own, which somebody else has to approve. */
  readonly waiting: number;
  readonly notes: readonly ImportNote[];
  readonly faults: readonly RowFault[];
}

/** Faults of reading and of planning together, as they stand in the file. */
export const inFileOrder = (
  faults: readonly RowFault[],
  { sheets }: Pick<TableReading<unknown>, 'sheets'>,
): RowFault[] => faults.toSorted((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row);
