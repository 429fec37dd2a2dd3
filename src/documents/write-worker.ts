import type { Instant } from '../domain/day.ts';
import { runApart, serveApart } from './apart.ts';
import type { OutSheet } from './lay-out.ts';

/** Rows that go over at once: few enough not to hold up the event loop. */
const rowsAtOnce = 250;

type Piece =
  | { readonly type: 'at'; readonly at: Instant }
  | { readonly type: 'sheet'; readonly sheet: Omit<OutSheet, 'rows'> }
  | { readonly type: 'rows'; readonly rows: OutSheet['rows'] };

/** Writes a workbook in a process of its own, where it holds up nobody. @throws DocumentError when that breaks a limit */
export async function writeApart(sheets: readonly OutSheet[], at: Instant): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  await runApart<Uint8Array>(import.meta.url, cutUp(sheets, at), (part) => parts.push(part));
  return Buffer.concat(parts);
}

function* cutUp(sheets: readonly OutSheet[], at: Instant): Generator<Piece> {
  yield { type: 'at', at };
  for (const { rows, ...sheet } of sheets) {
    yield { type: 'sheet', sheet };
    for (let start = 0; start < rows.length; start += rowsAtOnce)
      yield { type: 'rows', rows: rows.slice(start, start + rowsAtOnce) };
  }
}

serveApart<Piece, Uint8Array>(import.meta.url, async (pieces, post) => {
  const { layOutWorkbook } = await import('./lay-out.ts');
  let at = '';
  const sheets: (Omit<OutSheet, 'rows'> & { rows: OutSheet['rows'][number][] })[] = [];
  for (const piece of pieces) {
    if (piece.type === 'at') at = piece.at;
    else if (piece.type === 'sheet') sheets.push({ ...piece.sheet, rows: [] });
    else sheets.at(-1)?.rows.push(...piece.rows);
  }
  post(await layOutWorkbook(sheets, at));
});
