import { DocumentError, OtherTableError } from '../../documents/document-error.ts';
import { hash16 } from '../../documents/file-hash.ts';
import { type LedgerReading, ledgerColumns, readLedgerSheets } from '../../documents/ledger.ts';
import { type RosterReading, readRosterSheets, rosterColumns } from '../../documents/roster.ts';
import { countNamed } from '../../documents/table.ts';
import { recogniseTable } from '../../documents/table-kind.ts';
import { type ReadOptions, readWorkbook, type Sheet } from '../../documents/workbook.ts';
import { documentTexts } from '../../texts/documents.ts';

/** A workbook that was recognised by its header. */
export type ImportReading = { readonly sheets: readonly Sheet[] } & (
  | { readonly subject: 'roster'; readonly reading: RosterReading }
  | { readonly subject: 'ledger'; readonly reading: LedgerReading }
);

/** More rows than these are not worth their memory. */
const mostRowsKept = 20_000;

/** The last file: its preview, the list of its faulty rows and its import ask for the same one. */
let last: { readonly hash: string; readonly found: ImportReading; readonly isRecognised: boolean } | null = null;

/**
 * Reads a workbook as what it is said to be, or as what its header says.
 * @throws DocumentError when it is no workbook, or not such a one
 */
export async function readImport(
  bytes: Uint8Array,
  subject?: ImportReading['subject'],
  options: ReadOptions = {},
): Promise<ImportReading> {
  const hash = hash16(bytes);
  if (last?.hash === hash && (subject === undefined ? last.isRecognised : last.found.subject === subject))
    return last.found;
  const sheets = await readWorkbook(bytes);
  const as = subject ?? recognise(sheets);
  const found: ImportReading =
    as === 'ledger'
      ? { subject: as, sheets, reading: await readLedgerSheets(sheets, hash, options) }
      : { subject: as, sheets, reading: await readRosterSheets(sheets, options) };
  const isRecognised = subject === undefined;
  last = found.reading.total > mostRowsKept ? null : { hash, found, isRecognised };
  return found;
}

/** @throws OtherTableError when it is a table that is not imported */
function recognise(sheets: readonly Sheet[]): ImportReading['subject'] {
  const kind = recogniseTable(sheets);
  if (kind !== null && kind !== 'ledger' && kind !== 'roster')
    throw new OtherTableError(kind, documentTexts.otherTable[kind]);
  // What the two have in common (姓名, 工号) tells nothing.
  const asLedger = countNamed(sheets, ledgerColumns, ['title', 'content', 'span', 'hours']);
  const asRoster = countNamed(sheets, rosterColumns, ['unit', 'position', 'grade']);
  if (asLedger === 0 && asRoster === 0) throw new DocumentError(documentTexts.neither(beginning(sheets)));
  return asLedger >= asRoster ? 'ledger' : 'roster';
}

/** The first words of a file, for somebody to recognise it by. */
const beginning = (sheets: readonly Sheet[]): string[] =>
  sheets
    .flatMap(({ rows }) => rows.slice(0, 3).flat())
    .filter((cell) => typeof cell === 'string' && cell.trim() !== '')
    .slice(0, 6)
    .map((cell) => String(cell).trim().slice(0, 20));
