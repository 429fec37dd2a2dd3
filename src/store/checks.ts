import { isDeepStrictEqual } from 'node:util';
import type { Bulletin } from '../domain/bulletin.ts';
import type { AnyCollection } from '../domain/collection.ts';
import { rebuildEntry } from '../domain/entry-life.ts';
import type { HourEvent } from '../domain/hours.ts';
import { verifyTexts as texts } from '../texts/store.ts';
import { type Blobs, StoreError } from './store.ts';

/** One thing that is off: where, what should be there, what is. */
export interface Problem {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** The rows of a collection by key. */
export type Rows = ReadonlyMap<string, object>;

/** Whether a row fits the schema of its collection. */
export function checkSchema(collection: AnyCollection, key: string, row: object): Problem[] {
  const checked = collection.schema.safeParse(row);
  if (checked.success) return [];
  const found = checked.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('；');
  return [{ place: texts.row(collection.name, key), expected: texts.schema, found }];
}

/** Rows that should be there and are not, or the other way round, and those that differ. */
export function compareTables(placeOf: (key: string) => string, expected: Rows, found: Rows): Problem[] {
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

/** Whether every hour entry is what its events make of it. */
export function checkEntries(entries: Rows, events: Rows): Problem[] {
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

/** Whether a sequence stands where none of the numbers in use comes again. */
export function checkNumbers({ numbered }: AnyCollection, rows: Rows, numbers: ReadonlyMap<string, number>): Problem[] {
  if (numbered === null) return [];
  const { field, sequence } = numbered;
  const last = numbers.get(sequence) ?? 0;
  let highest = 0;
  for (const row of rows.values()) highest = Math.max(highest, Number(Reflect.get(row, field)));
  if (highest <= last) return [];
  return [{ place: texts.sequence(sequence), expected: texts.atLeast(highest), found: texts.number(last) }];
}

/** Whether the blobs that rows name are there, and are what their names say. */
export async function checkBlobs(blobs: Blobs, collection: AnyCollection, rows: Rows): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [key, row] of rows) {
    for (const hash of collection.blobsOf(row)) {
      const found = await faultOf(blobs, hash);
      if (found === null) continue;
      problems.push({ place: texts.row(collection.name, key), expected: texts.blob(hash), found });
    }
  }
  return problems;
}

async function faultOf(blobs: Blobs, hash: string): Promise<string | null> {
  try {
    return (await blobs.get(hash)) === undefined ? texts.blobMissing : null;
  } catch (error) {
    if (error instanceof StoreError && error.fault === 'damaged') return texts.blobChanged;
    throw error;
  }
}

/** The heads of the chain that bulletins and their corrections print. */
export const printedHeads = (issued: readonly Bulletin[]) =>
  issued.flatMap((bulletin) =>
    [bulletin, ...(bulletin.corrections ?? [])].map(({ auditN, auditHash16 }) => ({
      month: bulletin.month,
      auditN,
      auditHash16,
    })),
  );

/** Whether the heads of the chain that bulletins and their corrections print are those of the chain. */
export const checkBulletins = (issued: readonly Bulletin[], hashes: ReadonlyMap<number, string>): Problem[] =>
  printedHeads(issued).flatMap(({ month, auditN, auditHash16 }) => {
    const hash16 = hashes.get(auditN)?.slice(0, 16) ?? texts.none;
    if (hash16 === auditHash16) return [];
    const place = texts.bulletin(month, auditN);
    return [{ place, expected: texts.own(hash16), found: texts.own(auditHash16) }];
  });
