import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLine } from '../../../src/store/lowdb/lines.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { createFaultyDisk } from '../../support/faulty-disk.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder } from '../../support/ledger-folder.ts';
import { causeOf, contractCollections, people, personOf } from '../../support/store-samples.ts';

describe('snapshots', () => {
  let folder: LedgerFolder;
  let store: Store;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    store = await folder.open();
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const segments = async (): Promise<number> => (await readdir(join(folder.ledger, 'journal'))).length;

  it('cut the journal into segments, which are kept', async () => {
    await addPerson(store, 1);
    const first = await readFile(folder.segment(1));
    await store.snapshot();
    await addPerson(store, 2);
    await store.snapshot();
    expect(await segments()).toBe(3);
    expect(await readFile(folder.segment(1))).toEqual(first);
  });

  it('carry number and hash of the last record they contain', async () => {
    await addPerson(store, 1);
    await addPerson(store, 2);
    await store.snapshot();
    const [header] = (await readFile(folder.snapshot, 'utf8')).split('\n');
    expect(openLine(Buffer.from(header ?? ''))).toMatchObject({
      schema: 1,
      line: 2,
      segment: 2,
      head: await store.read((view) => view.auditHead()),
    });
  });

  it('are not taken again when nothing has happened', async () => {
    await addPerson(store, 1);
    await store.snapshot();
    const { mtimeMs } = await stat(folder.snapshot);
    await store.snapshot();
    await store.close();
    store = await folder.open();
    await store.close();
    expect((await stat(folder.snapshot)).mtimeMs).toBe(mtimeMs);
    expect(await segments()).toBe(2);
  });

  it('show one moment, while transactions go on and are not held up', async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => personOf(i, { note: 'x'.repeat(500) }));
    await store.transaction(causeOf('many'), async (tx) => {
      for (const row of rows) await tx.put(people, row);
    });
    const faulty = createFaultyDisk();
    await store.close();
    store = await folder.open({ disk: faulty.disk });
    await addPerson(store, 5000);

    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      faulty.decide = (operation, path) => {
        if (operation !== 'write' || !path.includes('snapshot')) return 'ok';
        resolve();
        return gate;
      };
    });
    const snapshot = store.snapshot();
    await reached;
    await addPerson(store, 6000);
    await store.transaction(causeOf('remove'), (tx) => tx.remove(people, 0));
    release();
    await snapshot;

    const lines = (await readFile(folder.snapshot, 'utf8')).trimEnd().split('\n');
    const ids = lines
      .map((line) => openLine(Buffer.from(line)) as { collection?: string; rows?: { id: number }[] })
      .flatMap(({ collection, rows: found }) => (collection === 'people' ? (found ?? []) : []))
      .map(({ id }) => id);
    expect(lines.length).toBeGreaterThan(8);
    expect(ids).toEqual([...rows.map(({ id }) => id), 5000]);
    await store.close();
    store = await folder.open();
    expect((await idsOf(store)).slice(-2)).toEqual([5000, 6000]);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  });

  it('are taken by themselves when the journal has grown', async () => {
    await store.close();
    store = await folder.open({ snapshotAfter: 20_000 });
    for (let id = 0; id < 200; id += 1) await addPerson(store, id);
    await store.close();
    expect(await segments()).toBeGreaterThan(3);
    store = await folder.open();
    expect(await idsOf(store)).toHaveLength(200);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  });
});
