import type { Instant } from '../domain/day.ts';
import { layOutWorkbook, type OutSheet } from './lay-out.ts';
import { writeApart } from './write-worker.ts';

export type { OutColumn, OutSheet } from './lay-out.ts';

/** From this many rows on a workbook is written in a process of its own. */
const rowsHere = 500;

/** An Excel workbook; the same sheets made at the same time give the same bytes. A large one holds up nobody. */
export function writeWorkbook(sheets: readonly OutSheet[], at: Instant): Promise<Uint8Array> {
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  return rows < rowsHere ? layOutWorkbook(sheets, at) : writeApart(sheets, at);
}
