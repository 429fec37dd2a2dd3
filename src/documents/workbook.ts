import { readFile, stat } from 'node:fs/promises';
import { documentTexts } from '../texts/documents.ts';
import { DocumentError } from './document-error.ts';
import { parseApart } from './parse-worker.ts';
import { guardZip } from './zip-guard.ts';

/** A formula stands as its last result, a date as midnight UTC of its day on the calendar. */
export type CellValue = string | number | boolean | Date | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
  /** Merged ranges, 0-based, both ends included. */
  readonly merges: readonly Merge[];
}

export interface Merge {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

export interface ReadOptions {
  /** Rows read so far, of how many; called often. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A path, or the bytes of a file that came by chat. */
export type Source = string | Uint8Array;

export const workbookLimits = { fileBytes: 20 * 1024 * 1024 } as const;

/** The bytes of a file, refused before reading when there are too many. @throws DocumentError */
export async function loadBytes(source: Source): Promise<Uint8Array> {
  if (typeof source !== 'string') return checkSize(source.byteLength) ?? source;
  const file = await stat(source).catch(() => null);
  if (file === null) throw new DocumentError(documentTexts.noFile(source));
  if (!file.isFile()) throw new DocumentError(documentTexts.notAFile(source));
  checkSize(file.size);
  return readFile(source);
}

/**
 * The visible sheets of an Excel workbook (.xlsx), read in a process of its own with limits of memory and time.
 * Hostile or foreign files end in a sentence, never in a stall or a crash.
 *
 * @throws DocumentError
 */
export async function readWorkbook(source: Source, options: ReadOptions = {}): Promise<Sheet[]> {
  const bytes = await loadBytes(source);
  refuseForeign(bytes);
  const entries = await guardZip(bytes);
  if (!entries.includes('xl/workbook.xml')) throw new DocumentError(nameArchive(entries));
  return parseApart(bytes, options);
}

function checkSize(size: number): undefined {
  if (size > workbookLimits.fileBytes)
    throw new DocumentError(documentTexts.tooBig(workbookLimits.fileBytes / 1048576));
}

/** Says what the file is by its first bytes, whatever its name claims. */
function refuseForeign(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = (hex: string): boolean => buffer.subarray(0, hex.length / 2).toString('hex') === hex;
  if (buffer.length === 0) throw new DocumentError(documentTexts.empty);
  if (starts('504b0304')) return;
  if (starts('d0cf11e0a1b11ae1')) {
    const locked = buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw new DocumentError(locked ? documentTexts.locked : documentTexts.oldExcel);
  }
  if (starts('89504e47') || starts('ffd8ff') || starts('47494638')) throw new DocumentError(documentTexts.picture);
  if (starts('25504446')) throw new DocumentError(documentTexts.pdf);
  throw new DocumentError(
    buffer.subarray(0, 4096).includes(0) ? documentTexts.unknownFile : documentTexts.notExcelText,
  );
}

function nameArchive(entries: readonly string[]): string {
  if (entries.includes('word/document.xml')) return documentTexts.word;
  return entries.includes('xl/workbook.bin') ? documentTexts.binaryExcel : documentTexts.unknownFile;
}
