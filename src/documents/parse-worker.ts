import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { readXlsx } from 'hucre/xlsx';
import { documentTexts } from '../texts/documents.ts';
import { DocumentError } from './document-error.ts';
import type { CellValue, Merge, ReadOptions, Sheet } from './workbook.ts';

export const parseLimits = {
  heapMb: 256,
  timeoutMs: 30_000,
  rows: 200_000,
  /** Columns to the right of this one are not looked at. */
  lastColumn: 'CV',
  textLength: 2000,
} as const;

/** Rows that cross from the worker at once: few enough not to hold up the main thread. */
const rowsAtOnce = 2000;

type Message =
  | { readonly type: 'sheet'; readonly name: string; readonly merges: readonly Merge[]; readonly total: number }
  | { readonly type: 'rows'; readonly rows: readonly CellValue[][] }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'done' };

const task = 'parse a workbook';

/** Parses in a thread of its own, this very file, so that a file that eats memory or time ends that thread alone. */
export function parseInWorker(bytes: Uint8Array, { onProgress, signal }: ReadOptions): Promise<Sheet[]> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(bytes);
    const sheets: (Omit<Sheet, 'rows'> & { rows: (readonly CellValue[])[] })[] = [];
    let done = 0;
    let total = 0;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
      void worker.terminate();
    };
    const refuse = (reason: string, cause?: unknown): void => end(() => reject(new DocumentError(reason, { cause })));
    const abort = (): void => end(() => reject(signal?.reason));
    const timer = setTimeout(() => refuse(documentTexts.tooSlow), parseLimits.timeoutMs);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted === true) abort();

    worker.on('message', (message: Message) => {
      if (message.type === 'sheet') {
        sheets.push({ name: message.name, merges: message.merges, rows: [] });
        total = message.total;
      } else if (message.type === 'rows') {
        for (const row of message.rows) sheets.at(-1)?.rows.push(row);
        done += message.rows.length;
        onProgress?.(done, total);
      } else if (message.type === 'refused') refuse(message.reason);
      else end(() => resolve(sheets));
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      refuse(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? documentTexts.tooMuchMemory : documentTexts.damaged, error),
    );
    worker.on('exit', () => refuse(documentTexts.damaged));
  });
}

/** As TypeScript the file needs a loader in the worker too, and Node 20 takes one only before the worker's first module. */
function startWorker(bytes: Uint8Array): Worker {
  const options = { workerData: { task, bytes }, resourceLimits: { maxOldGenerationSizeMb: parseLimits.heapMb } };
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(import.meta.url), { ...options, execArgv: [] });
  const [loader, self] = [import.meta.resolve('tsx/esm/api'), import.meta.url].map((url) => JSON.stringify(url));
  const start = `import(${loader}).then((tsx) => { tsx.register(); return import(${self}); })`;
  return new Worker(start, { ...options, eval: true, execArgv: [] });
}

/** Called in the worker. Throws what hucre throws: to the main thread every such file is damaged. */
async function parse(bytes: Uint8Array, post: (message: Message) => void): Promise<void> {
  const book = await readXlsx(bytes, {
    range: `A1:${parseLimits.lastColumn}1048576`,
    sheets: (info) => info.hidden !== true && info.veryHidden !== true,
  });
  const sheets = book.sheets.map(({ name, rows, merges, cells }) => {
    for (const [key, cell] of cells ?? []) {
      const [row = 0, column = 0] = key.split(',').map(Number);
      const target = rows[row];
      // A formula that was never calculated has no result; its text says so in the report.
      if (cell.formula !== undefined && cell.value === null && target) target[column] = `=${cell.formula}`;
    }
    while (rows.at(-1)?.every((cell) => cell === null || cell === '') === true) rows.pop();
    return { name, rows, merges: merges ?? [] };
  });
  const total = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (total > parseLimits.rows) {
    post({ type: 'refused', reason: documentTexts.tooManyRows(parseLimits.rows) });
    return;
  }
  for (const { name, rows, merges } of sheets) {
    const row = rows.findIndex((cells) => cells.some(isTooLong));
    if (row >= 0) {
      post({ type: 'refused', reason: documentTexts.tooLongText(name, row + 1, parseLimits.textLength) });
      return;
    }
    post({ type: 'sheet', name, merges, total });
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      post({ type: 'rows', rows: rows.slice(start, start + rowsAtOnce) });
    }
  }
  post({ type: 'done' });
}

const isTooLong = (cell: CellValue): boolean => typeof cell === 'string' && cell.length > parseLimits.textLength;

const port = parentPort;
if (!isMainThread && port !== null && workerData?.task === task) {
  const post = (message: Message): void => port.postMessage(message);
  await parse(workerData.bytes, post).catch((error: Error) => {
    // hucre has no other sign for a sheet of too many cells, which is not damaged but mostly blank.
    if (!/over the \d+ limit/.test(error.message)) throw error;
    post({ type: 'refused', reason: documentTexts.tooMuchMemory });
  });
}
