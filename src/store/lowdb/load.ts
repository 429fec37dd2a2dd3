import type { AnyCollection } from '../../domain/collection.ts';
import { storeTexts } from '../../texts/store.ts';
import { emptyHead, joins } from '../store.ts';
import type { Disk } from './disk.ts';
import { segmentPath, snapshotPath } from './layout.ts';
import { damaged } from './lines.ts';
import { type Entry, lastSegment, missingSegment, type Position, readSegment } from './segments.ts';
import { openSnapshot } from './snapshot.ts';
import { type Change, State } from './state.ts';

export type Warn = (message: string, fields: Readonly<Record<string, unknown>>) => void;

export interface Loaded {
  readonly state: State;
  /** The end of what was read; segment 0 in a folder without a journal. */
  readonly position: Position;
  /** Where the snapshot stood, 0 without one. */
  readonly snapshotLine: number;
}

/**
 * The state from snapshot and journal; changes nothing on disk. Rows are checked by their sums and not against their
 * schemas, which `verify` does.
 * @throws StoreError `damaged`
 */
export async function loadState(
  disk: Disk,
  ledger: string,
  collections: readonly AnyCollection[],
  warn: Warn,
): Promise<Loaded> {
  const low = openSnapshot(disk, ledger);
  await low.read();
  const snapshot = low.data;
  const state = new State(collections);
  for (const { name, blocks } of snapshot.collections) {
    const table = state.tables.get(name);
    if (table === undefined) throw damaged(snapshotPath(ledger), 1, storeTexts.unknownCollection(name));
    for (const rows of blocks) for (const row of rows) table.load(table.keyOf(row), row);
  }
  for (const [sequence, number] of Object.entries(snapshot.numbers)) state.numbers.set(sequence, number);
  state.line = snapshot.line;
  state.head = snapshot.head;

  const last = await lastSegment(disk, ledger);
  if (last < snapshot.segment) throw missingSegment(ledger, snapshot.segment);
  if (snapshot.segment === 0 && last > 1) warn(storeTexts.rebuilt, { segments: last });
  const position = await replay(disk, ledger, { first: Math.max(1, snapshot.segment), last }, state, warn);
  for (const table of state.tables.values()) table.index();
  return { state, position, snapshotLine: snapshot.line };
}

async function replay(
  disk: Disk,
  ledger: string,
  { first, last }: { first: number; last: number },
  state: State,
  warn: Warn,
): Promise<Position> {
  let position: Position = { segment: 0, bytes: 0, line: 0, head: emptyHead };
  for (let segment = first; segment <= last; segment += 1) {
    const path = segmentPath(ledger, segment);
    const onTorn = (line: number): void => warn(storeTexts.tornLine, { file: path, line });
    const options = { after: { line: state.line, head: state.head }, onTorn: segment === last ? onTorn : undefined };
    let number = 0;
    for await (const read of readSegment(disk, ledger, segment, options)) {
      number += 1;
      position = read.position;
      if (read.entry === null) continue;
      const fault = apply(state, read.entry);
      if (fault !== null) throw damaged(path, number, fault);
    }
  }
  return position;
}

/** @returns what is wrong with the entry, null when it fits */
function apply(state: State, { line, record, operational, numbers }: Entry): string | null {
  if (record !== null) {
    if (!joins(state.head, record)) return storeTexts.brokenChain;
    state.head = { n: record.n, hash: record.hash };
  }
  for (const { collection, key, to } of [...((record?.changes ?? []) as readonly Change[]), ...operational]) {
    const table = state.tables.get(collection);
    if (table === undefined) return storeTexts.unknownCollection(collection);
    table.load(key, to ?? undefined);
  }
  for (const [sequence, number] of Object.entries(numbers)) state.numbers.set(sequence, number);
  state.line = line;
  return null;
}
