import { isDeepStrictEqual } from 'node:util';
import { type AnyCollection, type Collection, keyOf } from '../domain/collection.ts';
import { rebuildEntry } from '../domain/entry-life.ts';
import { type HourEvent, hourEntries, hourEvents } from '../domain/hours.ts';
import { verifyTexts as texts } from '../texts/store.ts';
import { type AuditHead, type AuditRecord, emptyHead, hashRecord, listAll, type Reader, type Store } from './store.ts';

/** One thing that is off: where, what should be there, what is. */
export interface Problem {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

export interface VerifyReport {
  /** Audit records walked, rows compared, hour entries rebuilt. */
  readonly records: number;
  readonly rows: number;
  readonly entries: number;
  readonly problems: readonly Problem[];
}

/** A further check over one consistent view. */
export type Check = (view: Reader) => Promise<readonly Problem[]>;

type Rows = ReadonlyMap<string, object>;

/**
 * Checks a whole store through its port, whatever the engine: the audit chain from the first record, the current rows
 * against their schemas and against the chain, both ways, and every hour entry against its events.
 */
export async function verifyStore(
  store: Store,
  collections: readonly AnyCollection[],
  { checks = [] }: { checks?: readonly Check[] } = {},
): Promise<VerifyReport> {
  const problems: Problem[] = [];
  const { head, current, further } = await store.read(async (view) => {
    const tables = new Map<string, Rows>();
    for (const collection of collections) tables.set(collection.name, await readRows(view, collection));
    const found = await Promise.all(checks.map((check) => check(view)));
    return { head: await view.auditHead(), current: tables, further: found.flat() };
  });
  const folded = await foldRecords(store, head, problems);

  let rows = 0;
  const names = new Set(collections.map(({ name }) => name));
  for (const name of folded.keys()) {
    if (!names.has(name)) problems.push({ place: name, expected: texts.knownCollection, found: name });
  }
  for (const collection of collections) {
    const table = current.get(collection.name) ?? new Map();
    rows += table.size;
    for (const [key, row] of table) problems.push(...checkSchema(collection, key, row));
    if (collection.kept !== 'ledger') continue;
    const place = (key: string): string => texts.row(collection.name, key);
    problems.push(...compareTables(place, folded.get(collection.name) ?? new Map(), table));
  }
  const entries = current.get(hourEntries.name) ?? new Map();
  problems.push(...checkEntries(entries, current.get(hourEvents.name) ?? new Map()), ...further);
  return { records: head.n, rows, entries: entries.size, problems };
}

async function readRows(view: Reader, collection: AnyCollection): Promise<Rows> {
  const known = collection as unknown as Collection<object>;
  return new Map((await listAll(view, known)).map((row) => [keyOf(known, row), row]));
}

/** Walks the chain up to `head`. @returns what the ledger's rows must be after it */
async function foldRecords(
  store: Store,
  head: AuditHead,
  problems: Problem[],
): Promise<ReadonlyMap<string, Map<string, object>>> {
  const tables = new Map<string, Map<string, object>>();
  let last = emptyHead;
  try {
    for await (const record of store.auditRecords()) {
      problems.push(...checkRecord(last, record));
      last = record;
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
    const found = error instanceof Error ? error.message : String(error);
    problems.push({ place: texts.journal, expected: texts.readable, found });
  }
  if (last.n !== head.n || last.hash !== head.hash) {
    const describe = ({ n, hash }: AuditHead): string => `${texts.record(n)}，${texts.own(hash)}`;
    problems.push({ place: texts.lastRecord, expected: describe(head), found: describe(last) });
  }
  return tables;
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

function checkSchema(collection: AnyCollection, key: string, row: object): Problem[] {
  const checked = collection.schema.safeParse(row);
  if (checked.success) return [];
  const found = checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('；');
  return [{ place: texts.row(collection.name, key), expected: texts.schema, found }];
}

function compareTables(placeOf: (key: string) => string, expected: Rows, found: Rows): Problem[] {
  const problems: Problem[] = [];
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const should = expected.get(key);
    const is = found.get(key);
    if (should !== undefined && is !== undefined) problems.push(...compareRows(placeOf(key), should, is));
    else {
      const [wanted, present] = [should !== undefined, is !== undefined];
      problems.push({ place: placeOf(key), expected: texts.presence(wanted), found: texts.presence(present) });
    }
  }
  return problems;
}

/** The fields in which two rows differ, whatever the order of their fields. */
function compareRows(place: string, expected: object, found: object): Problem[] {
  const [should, is] = [JSON.stringify(expected), JSON.stringify(found)];
  if (should === is) return [];
  const a = JSON.parse(should) as Record<string, unknown>;
  const b = JSON.parse(is) as Record<string, unknown>;
  const show = (field: string, value: unknown): string => `${field} = ${JSON.stringify(value) ?? '—'}`;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => !isDeepStrictEqual(a[field], b[field]))
    .map((field) => ({ place, expected: show(field, a[field]), found: show(field, b[field]) }));
}

function checkEntries(entries: Rows, events: Rows): Problem[] {
  const problems: Problem[] = [];
  const histories = new Map<number, HourEvent[]>();
  for (const event of events.values() as Iterable<HourEvent>) {
    const history = histories.get(event.entryId);
    if (history === undefined) histories.set(event.entryId, [event]);
    else history.push(event);
  }
  for (const [id, history] of histories) {
    const place = texts.entry(id);
    const entry = entries.get(String(id));
    if (entry === undefined) {
      problems.push({ place, expected: texts.presence(true), found: texts.presence(false) });
      continue;
    }
    try {
      problems.push(...compareRows(place, rebuildEntry(history.sort((a, b) => a.seq - b.seq)), entry));
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      problems.push({ place, expected: texts.history, found });
    }
  }
  for (const key of entries.keys()) {
    if (histories.has(Number(key))) continue;
    problems.push({ place: texts.entry(Number(key)), expected: texts.events(true), found: texts.events(false) });
  }
  return problems;
}
