import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { storeTexts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import type { Disk } from './disk.ts';

/** A line of a file without its newline; `end` is the byte after the newline. */
export interface Line {
  readonly bytes: Buffer;
  readonly number: number;
  readonly end: number;
  /** False for bytes after the last newline. */
  readonly complete: boolean;
}

const tail = ',"sum":"00000000"}';
const chunkSize = 1 << 20;
const tailChunkSize = 1 << 16;

const sumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0');

/** A line that carries its own sum (CRC-32 of all before it). `body` is a JSON object without its closing brace. */
export function sealLine(body: string): Buffer {
  const line = Buffer.from(`${body}${tail}\n`);
  const length = line.length - tail.length - 1;
  line.write(sumOf(line.subarray(0, length)), line.length - 11, 'latin1');
  return line;
}

/** What a sealed line says, or undefined when its sum does not fit. */
export function openLine(bytes: Buffer): unknown {
  const length = bytes.length - tail.length;
  if (length <= 0 || bytes.toString('latin1', length) !== `,"sum":"${sumOf(bytes.subarray(0, length))}"}`)
    return undefined;
  return JSON.parse(bytes.toString());
}

/** What a sealed line says. @throws StoreError `damaged` naming file and line */
export function expectLine<T>(file: string, line: Line): T {
  const content = line.complete ? openLine(line.bytes) : undefined;
  if (content === undefined) throw damaged(file, line.number, storeTexts.brokenLine);
  return content as T;
}

export const damaged = (file: string, line: number, what: string): StoreError =>
  new StoreError('damaged', storeTexts.damaged(file, line, what));

/** The lines of a file up to byte `until`, read in pieces so that its size does not matter. */
export async function* readLines(disk: Disk, path: string, until = Number.POSITIVE_INFINITY): AsyncGenerator<Line> {
  const file = await disk.open(path, 'r');
  try {
    let pieces: Buffer[] = [];
    let number = 0;
    let position = 0;
    while (position < until) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkSize, until - position));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) break;
      const read = chunk.subarray(0, bytesRead);
      let start = 0;
      for (let at = read.indexOf(10); at !== -1; at = read.indexOf(10, start)) {
        const last = read.subarray(start, at);
        const bytes = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
        pieces = [];
        start = at + 1;
        number += 1;
        yield { bytes, number, end: position + start, complete: true };
      }
      if (start < bytesRead) pieces.push(read.subarray(start));
      position += bytesRead;
    }
    if (pieces.length > 0) yield { bytes: Buffer.concat(pieces), number: number + 1, end: position, complete: false };
  } finally {
    await file.close();
  }
}

/** The lines of a file before byte `until`, the last one first, in pieces from its end: what is not asked for is not read. */
export async function* readLinesBackwards(disk: Disk, path: string, until?: number): AsyncGenerator<Buffer> {
  const file = await disk.open(path, 'r');
  try {
    let position = until ?? (await file.stat()).size;
    let rest = Buffer.alloc(0);
    while (position > 0) {
      const length = Math.min(tailChunkSize, position);
      const chunk = Buffer.allocUnsafe(length);
      position -= length;
      await readFully(file, chunk, position);
      const block = Buffer.concat([chunk, rest]);
      let end = block.length;
      // The newline at the end closes its line; the one before it opens it.
      for (let at = end < 2 ? -1 : block.lastIndexOf(10, end - 2); at !== -1; ) {
        yield block.subarray(at + 1, end - 1);
        end = at + 1;
        at = end < 2 ? -1 : block.lastIndexOf(10, end - 2);
      }
      rest = block.subarray(0, end);
    }
    if (rest.length > 0) yield rest.subarray(0, -1);
  } finally {
    await file.close();
  }
}

async function readFully(file: FileHandle, into: Buffer, from: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, from + done);
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}
