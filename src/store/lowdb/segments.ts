import { storeTexts } from '../../texts/store.ts';
import { type AuditHead, type AuditRecord, StoreError } from '../store.ts';
import { type Disk, unlessMissing, writeWhole } from './disk.ts';
import { journalFolder, schemaVersion, segmentName, segmentPath } from './layout.ts';
import { damaged, expectLine, type Line, openLine, readLines, readLinesBackwards, sealLine } from './lines.ts';
import type { Change } from './state.ts';

/**
 * The journal is cut into numbered segments, which are kept for ever: they are the audit log. A segment begins with a
 * header that says where the one before ended; every further line is one transaction:
 *
 *     {"line":7,"audit":[n,cause,changes,prev],"hash":"…","operational":[…],"numbers":{…},"sum":"…"}
 *
 * `audit` stands there exactly as it was hashed; what is empty is left out. Lines are numbered through all segments.
 */
export interface Entry {
  readonly line: number;
  readonly record: AuditRecord | null;
  readonly operational: readonly Change[];
  readonly numbers: Readonly<Record<string, number>>;
}

/** A place in the journal: the last line and audit record before it, and where it lies. */
export interface Position {
  readonly segment: number;
  readonly bytes: number;
  readonly line: number;
  readonly head: AuditHead;
}

interface Header {
  readonly schema: number;
  readonly segment: number;
  readonly line: number;
  readonly head: AuditHead;
}

interface EntryLine {
  readonly line: number;
  readonly audit?: readonly [number, AuditRecord['cause'], AuditRecord['changes'], string];
  readonly hash?: string;
  readonly operational?: readonly Change[];
  readonly numbers?: Readonly<Record<string, number>>;
}

/** What a line says, serialised already; what is empty or absent is left out. */
export interface SerialEntry {
  /** `text` as it was hashed; `head` is the record's own number and hash. */
  readonly audit?: { readonly text: string; readonly head: AuditHead };
  readonly operational?: readonly string[];
  readonly numbers?: Readonly<Record<string, number>>;
}

/** A transaction's line in the journal. */
export function sealEntry(line: number, { audit, operational = [], numbers }: SerialEntry): Buffer {
  let body = `{"line":${line}`;
  if (audit !== undefined) body += `,"audit":${audit.text},"hash":"${audit.head.hash}"`;
  if (operational.length > 0) body += `,"operational":[${operational.join(',')}]`;
  if (numbers !== undefined) body += `,"numbers":${JSON.stringify(numbers)}`;
  return sealLine(body);
}

/** Creates a segment that continues after a position, empty unless told. It appears whole or not at all. @returns its end */
export async function createSegment(
  disk: Disk,
  ledger: string,
  after: Pick<Position, 'segment' | 'line' | 'head'>,
  entries: Iterable<SerialEntry> | AsyncIterable<SerialEntry> = [],
): Promise<Position> {
  let { line, head } = after;
  const segment = after.segment + 1;
  async function* lines(): AsyncGenerator<Buffer> {
    yield sealLine(JSON.stringify({ schema: schemaVersion, segment, line, head }).slice(0, -1));
    for await (const entry of entries) {
      line += 1;
      if (entry.audit) head = entry.audit.head;
      yield sealEntry(line, entry);
    }
  }
  const bytes = await writeWhole(disk, segmentPath(ledger, segment), lines());
  return { segment, bytes, line, head };
}

/** The number of the last segment, 0 when there is none. @throws StoreError `damaged` when one before it is missing */
export async function lastSegment(disk: Disk, ledger: string): Promise<number> {
  const names = new Set(await unlessMissing(disk.readdir(journalFolder(ledger))));
  const last = Math.max(
    0,
    ...[...names].filter((name) => /^\d{6,}\.jsonl$/.test(name)).map((name) => Number.parseInt(name, 10)),
  );
  for (let segment = 1; segment < last; segment += 1) {
    if (!names.has(segmentName(segment))) throw missingSegment(ledger, segment);
  }
  return last;
}

export const missingSegment = (ledger: string, segment: number): StoreError =>
  new StoreError('damaged', storeTexts.missingSegment(segmentPath(ledger, segment)));

export interface ReadOptions {
  /** Only the bytes before this one. */
  readonly until?: number;
  /** Where the segment before ended, to check that they join. */
  readonly after?: Pick<Position, 'line' | 'head'> | undefined;
  /** Called instead of a refusal when the last line was not written to its end; given for the last segment. */
  readonly onTorn?: ((line: number) => void) | undefined;
}

/**
 * The header and entries of one segment, each with the position after it. Sums and line numbers are checked here, the audit chain by
 * the caller.
 *
 * Only bytes after the last newline count as a line that was not finished: an append grows a file from its front, so a
 * power cut leaves a shorter file. A line that ends in a newline and does not fit its sum is damage, even the last.
 * @throws StoreError `damaged`
 */
export async function* readSegment(
  disk: Disk,
  ledger: string,
  segment: number,
  { until, after, onTorn }: ReadOptions = {},
): AsyncGenerator<{ readonly entry: Entry | null; readonly position: Position }> {
  const path = segmentPath(ledger, segment);
  let position: Position | null = null;
  for await (const line of readLines(disk, path, until)) {
    if (position === null) {
      position = { ...readHeader(path, line, segment, after), bytes: line.end };
      yield { entry: null, position };
      continue;
    }
    if (!line.complete && onTorn !== undefined && !hasLostNewline(line)) {
      onTorn(line.number);
      return;
    }
    const content = expectLine<EntryLine>(path, line);
    if (content.line !== position.line + 1) throw damaged(path, line.number, storeTexts.missingLine);
    const record = recordOf(content);
    const head: AuditHead = record === null ? position.head : { n: record.n, hash: record.hash };
    position = { segment, bytes: line.end, line: content.line, head };
    const { operational = [], numbers = {} } = content;
    yield { entry: { line: content.line, record, operational, numbers }, position };
  }
  if (position === null) throw damaged(path, 1, storeTexts.unfinished);
}

/** Whether the newline of a whole line was changed into another byte: damage, not a line that was cut short. */
const hasLostNewline = ({ bytes }: Line): boolean => openLine(bytes.subarray(0, -1)) !== undefined;

function readHeader(path: string, line: Line, segment: number, after: ReadOptions['after']): Position {
  const header = expectLine<Header>(path, line);
  if (header.schema !== schemaVersion) throw damaged(path, 1, storeTexts.unknownSchema(header.schema));
  const isContinued = after === undefined || (header.line === after.line && header.head.hash === after.head.hash);
  if (header.segment !== segment || !isContinued) throw damaged(path, 1, storeTexts.brokenChain);
  return { segment, bytes: line.end, line: header.line, head: header.head };
}

function recordOf({ audit, hash }: EntryLine): AuditRecord | null {
  if (audit === undefined || hash === undefined) return null;
  const [n, cause, changes, prev] = audit;
  return { n, cause, changes, prev, hash };
}

/** Where a segment begins. */
export async function segmentStart(disk: Disk, ledger: string, segment: number): Promise<Position> {
  for await (const { position } of readSegment(disk, ledger, segment)) return position;
  throw damaged(segmentPath(ledger, segment), 1, storeTexts.unfinished);
}

/** The audit records from number `from` up to a position, through all segments. */
export async function* readRecords(
  disk: Disk,
  ledger: string,
  from: number,
  to: Position,
): AsyncGenerator<AuditRecord> {
  let first = Math.max(1, to.segment);
  while (first > 1 && (await segmentStart(disk, ledger, first)).head.n >= from) first -= 1;
  for (let segment = first; segment <= to.segment; segment += 1) {
    const options = segment === to.segment ? { until: to.bytes } : {};
    for await (const { entry } of readSegment(disk, ledger, segment, options)) {
      if (entry?.record && entry.record.n >= from) yield entry.record;
    }
  }
}

/** The last records before a number, newest first. Segments that hold only later ones are passed over unread. */
export async function readRecentRecords(
  disk: Disk,
  ledger: string,
  { limit, before = Number.POSITIVE_INFINITY }: { readonly limit: number; readonly before?: number },
  to: Position,
): Promise<AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (let segment = to.segment; segment > 0 && records.length < limit; segment -= 1) {
    if ((await segmentStart(disk, ledger, segment)).head.n + 1 >= before) continue;
    const until = segment === to.segment ? to.bytes : undefined;
    for await (const line of readLinesBackwards(disk, segmentPath(ledger, segment), until)) {
      const content = openLine(line) as EntryLine | undefined;
      if (content === undefined) throw await findDamage(disk, ledger, segment, until);
      const record = recordOf(content);
      if (record !== null && record.n < before && records.push(record) >= limit) break;
    }
  }
  return records;
}

/** The refusal that names the line: from the end nobody knows its number. */
async function findDamage(disk: Disk, ledger: string, segment: number, until?: number): Promise<StoreError> {
  try {
    for await (const _ of readSegment(disk, ledger, segment, until === undefined ? {} : { until }));
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  return damaged(segmentPath(ledger, segment), 1, storeTexts.brokenLine);
}
