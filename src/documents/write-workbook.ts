import type { Instant } from '../domain/day.ts';
import type { OutSheet } from './lay-out.ts';
import { writeApart } from './write-worker.ts';

export type { OutColumn, OutSheet } from './lay-out.ts';

/** From this many rows on a workbook is written in a process of its own. */
const rowsHere = 500;

/** An Excel workbook; the same sheets made at the same time give the same bytes. A large one holds up nobody. */
export async function writeWorkbook(sheets: readonly OutSheet[], at: Instant): Promise<Uint8Array> {
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (rows >= rowsHere) return writeApart(sheets, at);
  const { layOutWorkbook } = await import('./lay-out.ts');
  return layOutWorkbook(sheets, at);
}
