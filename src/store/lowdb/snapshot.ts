import { type Adapter, Low } from 'lowdb';
import { storeTexts } from '../../texts/store.ts';
import type { Row } from '../order.ts';
import { type AuditHead, emptyHead } from '../store.ts';
import { type Disk, unlessMissing, writeWhole } from './disk.ts';
import { schemaVersion, snapshotPath } from './layout.ts';
import { damaged, expectLine, readLines, sealLine } from './lines.ts';

type Blocks = Iterable<readonly Row[]> | AsyncIterable<readonly Row[]>;

/** The whole current state at one journal line; replay goes on with the first line of `segment`. */
export interface Snapshot<B extends Blocks = readonly (readonly Row[])[]> {
  readonly segment: number;
  readonly line: number;
  readonly head: AuditHead;
  readonly numbers: Readonly<Record<string, number>>;
  /** Rows in any number of blocks. */
  readonly collections: readonly { readonly name: string; readonly blocks: B }[];
}

const emptySnapshot: Snapshot = {
  segment: 0,
  line: 0,
  head: emptyHead,
  numbers: {},
  collections: [],
};

/** lowdb on the snapshot of a ledger; its data are empty until `read`, and stay so when there is no file. */
export const openSnapshot = (disk: Disk, ledger: string): Low<Snapshot> =>
  new Low(new SnapshotFile(disk, snapshotPath(ledger)), emptySnapshot);

/** Size of the snapshot, 0 without one. */
export const sizeOfSnapshot = async (disk: Disk, ledger: string): Promise<number> =>
  (await unlessMissing(disk.stat(snapshotPath(ledger))))?.size ?? 0;

interface Header extends Omit<Snapshot, 'collections'> {
  readonly schema: number;
}

interface Slice {
  readonly collection: string;
  readonly rows: readonly Row[];
}

interface End {
  readonly end: true;
  readonly rows: number;
}

const sliceLength = 1 << 18;

/**
 * lowdb's file, in slices of lines with a sum each, so that neither the event loop nor the longest string sets a limit:
 * a header, slices of rows, and an end that says how many there were.
 */
class SnapshotFile implements Adapter<Snapshot> {
  readonly #disk: Disk;
  readonly #path: string;

  constructor(disk: Disk, path: string) {
    this.#disk = disk;
    this.#path = path;
  }

  /** @returns null when there is no file. @throws StoreError `damaged` */
  async read(): Promise<Snapshot | null> {
    const path = this.#path;
    if ((await unlessMissing(this.#disk.stat(path))) === null) return null;
    let header: Header | null = null;
    const collections = new Map<string, (readonly Row[])[]>();
    let rows = 0;
    let last = 1;
    for await (const line of readLines(this.#disk, path)) {
      last = line.number;
      const content = expectLine<Header | Slice | End>(path, line);
      if ('schema' in content) {
        if (content.schema !== schemaVersion) throw damaged(path, 1, storeTexts.unknownSchema(content.schema));
        header = content;
      } else if ('end' in content) {
        if (header === null || content.rows !== rows) throw damaged(path, line.number, storeTexts.unfinished);
        const { segment, line: lineNumber, head, numbers } = header;
        const blocks = [...collections].map(([name, list]) => ({ name, blocks: list }));
        return { segment, line: lineNumber, head, numbers, collections: blocks };
      } else {
        rows += content.rows.length;
        const blocks = collections.get(content.collection);
        if (blocks === undefined) collections.set(content.collection, [content.rows]);
        else blocks.push(content.rows);
      }
    }
    throw damaged(path, last, storeTexts.unfinished);
  }

  async write(snapshot: Snapshot): Promise<void> {
    await writeWhole(this.#disk, this.#path, linesOf(snapshot));
  }
}

/** Writes a snapshot whose rows come one block after another and are never all in memory. */
export const writeSnapshot = async (disk: Disk, ledger: string, snapshot: Snapshot<Blocks>): Promise<void> => {
  await writeWhole(disk, snapshotPath(ledger), linesOf(snapshot));
};

async function* linesOf({ segment, line, head, numbers, collections }: Snapshot<Blocks>): AsyncGenerator<Buffer> {
  let rows = 0;
  yield sealLine(JSON.stringify({ schema: schemaVersion, segment, line, head, numbers }).slice(0, -1));
  for (const { name, blocks } of collections) {
    const begin = `{"collection":${JSON.stringify(name)},"rows":[`;
    let slice: string[] = [];
    let length = 0;
    for await (const block of blocks) {
      for (const row of block) {
        const text = JSON.stringify(row);
        slice.push(text);
        length += text.length;
        rows += 1;
        if (length < sliceLength) continue;
        yield sealLine(`${begin}${slice.join(',')}]`);
        slice = [];
        length = 0;
      }
    }
    if (slice.length > 0) yield sealLine(`${begin}${slice.join(',')}]`);
  }
  yield sealLine(`{"end":true,"rows":${rows}`);
}
