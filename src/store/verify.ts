import { type Bulletin, bulletins } from '../domain/bulletin.ts';
import { type AnyCollection, type Collection, columnsOf, type IndexValue, keyOf } from '../domain/collection.ts';
import { hourEntries, hourEvents } from '../domain/hours.ts';
import { verifyTexts as texts } from '../texts/store.ts';
import {
  checkBlobs,
  checkBulletins,
  checkEntries,
  checkNumbers,
  checkSchema,
  compareTables,
  type Problem,
  printedHeads,
  type Rows,
} from './checks.ts';
import {
  type AuditHead,
  type AuditRecord,
  eachPicked,
  emptyHead,
  hashRecord,
  listAll,
  type Reader,
  type Store,
  StoreError,
} from './store.ts';

export interface VerifyReport {
  /** Audit records walked, rows compared, hour entries rebuilt. */
  readonly records: number;
  readonly rows: number;
  readonly entries: number;
  readonly problems: readonly Problem[];
}

/**
 * Checks a whole store through its port, whatever the engine: the audit chain from the first record; the current rows
 * against what lists and totals see of them, against their schemas, against the chain, both ways, and against the sequences that number them; every blob that a
 * row names, unless `blobs` is false; every hour entry against its events, and every bulletin against the head of the
 * chain that it prints.
 */
export async function verifyStore(
  store: Store,
  collections: readonly AnyCollection[],
  { blobs = true }: { readonly blobs?: boolean } = {},
): Promise<VerifyReport> {
  const problems: Problem[] = [];
  const { head, current, numbers } = await store.read(async (view) => {
    const tables = new Map<string, Rows>();
    const drawn = new Map<string, number>();
    for (const collection of collections) {
      tables.set(collection.name, await readRows(view, collection, problems));
      const { numbered } = collection;
      if (numbered !== null) drawn.set(numbered.sequence, await view.lastNumber(numbered.sequence));
    }
    return { head: await view.auditHead(), current: tables, numbers: drawn };
  });
  const tableOf = ({ name }: { readonly name: string }): Rows => current.get(name) ?? new Map();
  const issued = [...tableOf(bulletins).values()] as Bulletin[];
  const folded = await foldRecords(store, head, new Set(printedHeads(issued).map(({ auditN }) => auditN)), problems);

  let rows = 0;
  const names = new Set(collections.map(({ name }) => name));
  for (const name of folded.tables.keys()) {
    if (!names.has(name)) problems.push({ place: name, expected: texts.knownCollection, found: name });
  }
  for (const collection of collections) {
    const table = tableOf(collection);
    rows += table.size;
    for (const [key, row] of table) problems.push(...checkSchema(collection, key, row));
    problems.push(...checkNumbers(collection, table, numbers));
    if (blobs) problems.push(...(await checkBlobs(store.blobs, collection, table)));
    if (collection.kept !== 'ledger') continue;
    const place = (key: string): string => texts.row(collection.name, key);
    problems.push(...compareTables(place, folded.tables.get(collection.name) ?? new Map(), table));
  }
  const entries = tableOf(hourEntries);
  problems.push(...checkEntries(entries, tableOf(hourEvents)), ...checkBulletins(issued, folded.hashes));
  return { records: head.n, rows, entries: entries.size, problems };
}

/** The rows by their keys. What lists and totals look at, which an engine may keep beside a row, must be what stands in it. */
async function readRows(view: Reader, collection: AnyCollection, problems: Problem[]): Promise<Rows> {
  const known = collection as unknown as Collection<Record<string, IndexValue>>;
  const fields = columnsOf(collection);
  const rows = await listAll(view, known);
  let place = 0;
  await eachPicked(view, known, fields, {}, (picked) => {
    const row = rows[place] ?? {};
    place += 1;
    for (const field of fields) {
      const [expected, found] = [row[field] ?? null, picked[field] ?? null];
      if (expected === found) continue;
      const name = texts.column(collection.name, keyOf(known, row), field);
      problems.push({ place: name, expected: JSON.stringify(expected), found: JSON.stringify(found) });
    }
  });
  return new Map(rows.map((row) => [keyOf(known, row), row]));
}

/** Walks the chain up to `head`. @returns what the ledger's rows must be after it, and the hashes of the `cited` records */
async function foldRecords(
  store: Store,
  head: AuditHead,
  cited: ReadonlySet<number>,
  problems: Problem[],
): Promise<{ tables: ReadonlyMap<string, Map<string, object>>; hashes: ReadonlyMap<number, string> }> {
  const tables = new Map<string, Map<string, object>>();
  const hashes = new Map([[emptyHead.n, emptyHead.hash]]);
  let last = emptyHead;
  try {
    for await (const record of store.auditRecords()) {
      problems.push(...checkRecord(last, record));
      last = record;
      if (cited.has(record.n)) hashes.set(record.n, record.hash);
      for (const { collection, key, to } of record.changes) {
        const table = tables.get(collection) ?? new Map<string, object>();
        tables.set(collection, table);
        if (to === null) table.delete(key);
        else table.set(key, to as object);
      }
      // What was committed after the rows were read is not part of this check.
      if (record.n >= head.n) break;
    }
  } catch (error) {
    // What cannot be reached is not damaged.
    const isDamage = error instanceof SyntaxError || (error instanceof StoreError && error.fault === 'damaged');
    if (!isDamage) throw error;
    const found = error.message;
    problems.push({ place: texts.journal, expected: texts.readable, found });
  }
  if (last.n !== head.n || last.hash !== head.hash) {
    const describe = ({ n, hash }: AuditHead): string => `${texts.record(n)}，${texts.own(hash)}`;
    problems.push({ place: texts.lastRecord, expected: describe(head), found: describe(last) });
  }
  return { tables, hashes };
}

function checkRecord(last: AuditHead, record: AuditRecord): Problem[] {
  const pairs = [
    [texts.number(last.n + 1), texts.number(record.n)],
    [texts.previous(last.hash), texts.previous(record.prev)],
    [texts.own(hashRecord(record)), texts.own(record.hash)],
  ] as const;
  return pairs
    .filter(([expected, found]) => expected !== found)
    .map(([expected, found]) => ({ place: texts.record(record.n), expected, found }));
}
