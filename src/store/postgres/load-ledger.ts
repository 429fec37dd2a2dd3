import { keyOf } from '../../domain/collection.ts';
import { storeTexts, postgresTexts as texts, verifyTexts } from '../../texts/store.ts';
import { anyRows, countRows, createTally, type OnProgress, recordsUpTo, soundBlobs } from '../copying.ts';
import { type AuditHead, type AuditRecord, emptyHead, joins, pagesOf, type Store, StoreError } from '../store.ts';
import { type Administration, administer, clearRows, hasRows } from './administer.ts';
import { putBlob } from './blobs.ts';
import type { Session } from './session.ts';
import type { Shape } from './shape.ts';
import { writesOf } from './writes.ts';

export interface LoadOptions extends Administration {
  /** Whether what the institution has goes first, in the same transaction; else it is refused. */
  readonly replace: boolean;
  readonly onProgress?: OnProgress;
}

/**
 * Brings a whole store into a database as one institution's: rows, audit records as they are, numbers and blobs, in one
 * transaction, so that what is cut short leaves nothing and may be begun again.
 * @throws StoreError `not-writable` (there are rows already, or the role may not), `in-use`, `away`, `damaged`
 */
export async function loadLedger(source: Store, options: LoadOptions): Promise<AuditHead> {
  const { institution, collections, replace, onProgress = () => undefined } = options;
  return administer(options, async (session, shapes) => {
    if (replace) await clearRows(session, institution, shapes);
    else if (await hasRows(session, institution, shapes)) {
      throw new StoreError('not-writable', texts.notEmpty(institution));
    }
    const { head, tally } = await source.read(async (view) => {
      // An engine may begin the view again here, when its head and its rows do not belong together yet; later it does not.
      const seen = await view.auditHead();
      const count = createTally((await countRows(view, collections)) + seen.n, onProgress);
      for (const shape of shapes) {
        for await (const rows of pagesOf(view, anyRows(shape.collection))) {
          for (const write of writesOf(institution, touchedOf(shape, rows))) await session.run(write);
          count(rows.length);
        }
      }
      return { head: seen, tally: count };
    });
    await writeRecords(session, institution, source, head, tally);
    await writeNumbers(session, institution, await source.numbers());
    for await (const { hash, bytes } of soundBlobs(source)) {
      await session.run({ sql: putBlob, parameters: [institution, hash, Buffer.from(bytes)] });
    }
    return head;
  });
}

const touchedOf = (shape: Shape, rows: readonly object[]) =>
  rows.map((row) => ({
    shape,
    key: keyOf(anyRows(shape.collection), row),
    row,
    text: JSON.stringify(row),
  }));

/** A batch is sent when its texts are as long as this. */
const batchLength = 1 << 20;

/** The chain as it is, up to `head`. @throws StoreError `damaged` where it is broken */
async function writeRecords(
  session: Session,
  institution: string,
  source: Store,
  head: AuditHead,
  tally: (count: number) => void,
): Promise<void> {
  let last = emptyHead;
  let batch: Columns = emptyColumns();
  const send = async (): Promise<void> => {
    const { ns, causes, changes, prevs, hashes } = batch;
    batch = emptyColumns();
    await session.run({ sql: insertRecords, parameters: [institution, ns, causes, changes, prevs, hashes] });
    tally(ns.length);
  };
  for await (const record of recordsUpTo(source, head)) {
    if (!joins(last, record)) throw brokenAt(record.n);
    last = record;
    addRecord(batch, record);
    if (batch.length >= batchLength) await send();
  }
  if (last.n !== head.n || last.hash !== head.hash) throw brokenAt(head.n);
  if (batch.ns.length > 0) await send();
  await session.run({ sql: insertHead, parameters: [institution, head.n, head.hash] });
}

interface Columns {
  readonly ns: number[];
  readonly causes: string[];
  readonly changes: string[];
  readonly prevs: string[];
  readonly hashes: string[];
  length: number;
}

const emptyColumns = (): Columns => ({ ns: [], causes: [], changes: [], prevs: [], hashes: [], length: 0 });

function addRecord(columns: Columns, { n, cause, changes, prev, hash }: AuditRecord): void {
  // As they were hashed.
  const text = JSON.stringify(changes);
  columns.ns.push(n);
  columns.causes.push(JSON.stringify(cause));
  columns.changes.push(text);
  columns.prevs.push(prev);
  columns.hashes.push(hash);
  columns.length += text.length + 400;
}

const brokenAt = (n: number): StoreError => {
  const place = verifyTexts.record(n);
  return new StoreError('damaged', texts.notLoaded(place, storeTexts.brokenChain));
};

async function writeNumbers(
  session: Session,
  institution: string,
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const parameters = [institution, [...numbers.keys()], [...numbers.values()]];
  await session.run({ sql: insertNumbers, parameters });
}

const insertRecords = `insert into xueshibu.audit_records (institution, n, cause, changes, prev, hash)
  select $1, n, cause, changes, prev, hash
  from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[]) as given (n, cause, changes, prev, hash)`;

const insertHead = `insert into xueshibu.audit_heads as h (institution, n, hash) values ($1, $2, $3)
  on conflict (institution) do update set n = excluded.n, hash = excluded.hash`;

const insertNumbers = `insert into xueshibu.numbers as n (institution, sequence, last)
  select $1, sequence, last from unnest($2::text[], $3::bigint[]) as given (sequence, last)
  on conflict (institution, sequence) do update set last = greatest(n.last, excluded.last)`;
