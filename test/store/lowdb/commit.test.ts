import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { createFaultyDisk, type FaultyDisk } from '../../support/faulty-disk.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder } from '../../support/ledger-folder.ts';
import { people } from '../../support/store-samples.ts';

describe('commits', () => {
  let folder: LedgerFolder;
  let faulty: FaultyDisk;
  let store: Store;
  let release: () => void;

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    faulty = createFaultyDisk();
    store = await folder.open({ disk: faulty.disk });
    faulty.calls.length = 0;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    faulty.decide = (operation) => (operation === 'datasync' ? gate : 'ok');
  });
  afterEach(async () => {
    release();
    await store.close();
    await folder.remove();
  });

  it('answer only when their line is synced, and so do reads that saw them', async () => {
    const order: string[] = [];
    const written = addPerson(store, 1).then(() => order.push('written'));
    const seen = store.read((view) => view.get(people, 1)).then((row) => order.push(`read ${row?.id}`));
    const thrown = store
      .transaction({ actor: 'system', via: 'cli', what: 'x', ref: '', at: '2026-11-20T01:00:00.000Z' }, async (tx) => {
        if ((await tx.get(people, 1)) !== undefined) throw new Error('there already');
      })
      .catch((error: Error) => order.push(error.message));
    await new Promise<void>((resolve) => {
      const { decide } = faulty;
      faulty.decide = (operation, path) => {
        if (operation === 'datasync') resolve();
        return decide(operation, path);
      };
    });
    order.push('synced');
    release();
    await Promise.all([written, seen, thrown]);
    expect(order[0]).toBe('synced');
    expect(order.slice(1).sort()).toEqual(['read 1', 'there already', 'written']);
  });

  it('that wait together share one write and one sync', async () => {
    const all = Promise.all(Array.from({ length: 100 }, (_, i) => addPerson(store, i)));
    release();
    await all;
    const syncs = faulty.calls.filter((operation) => operation === 'datasync').length;
    expect(syncs).toBeLessThan(10);
    expect(faulty.calls.filter((operation) => operation === 'write')).toHaveLength(syncs);
  });

  it('are whole however little the system writes at a time', async () => {
    release();
    faulty.decide = (operation) => (operation === 'write' ? 100 : 'ok');
    await Promise.all([addPerson(store, 1), addPerson(store, 2)]);
    faulty.decide = () => 'ok';
    await store.close();
    store = await folder.open();
    expect(await idsOf(store)).toEqual([1, 2]);
  });

  it('hold off the event loop for a moment only, however many wait', async () => {
    release();
    faulty.decide = () => 'ok';
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all(Array.from({ length: 2000 }, (_, i) => addPerson(store, i)));
    isDone = true;
    expect(turns).toBeGreaterThan(3);
  });
});
