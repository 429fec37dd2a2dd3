import { appendFile, readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/store/lowdb/layout.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../../support/ledger-folder.ts';
import { contractCollections } from '../../support/store-samples.ts';

describe('a journal that somebody else writes to', () => {
  let folder: LedgerFolder;
  let store: Store;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    store = await folder.open();
    await addPerson(store, 1);
  });
  afterEach(() => folder.remove());

  it('is not written over, and not touched any more', async () => {
    await appendFile(folder.segment(1), 'x');
    const file = await readFile(folder.segment(1));
    for (const work of [addPerson(store, 2), addPerson(store, 3)]) {
      const { fault, message } = await refusalOf(work);
      expect(fault).toBe('unavailable');
      expect(message).toContain('被另一个进程改动');
    }
    expect((await refusalOf(store.snapshot())).fault).toBe('unavailable');
    expect((await refusalOf(idsOf(store))).fault).toBe('unavailable');
    expect(store.status()).toEqual({ ready: false, reason: expect.stringContaining('被另一个进程改动') });
    await store.close();
    expect(await readFile(folder.segment(1))).toEqual(file);
  });

  it.each(['at once', 'after a snapshot'])(
    'keeps all that the other wrote when the lock is removed (%s)',
    async (when) => {
      await rm(layoutOf(folder.directory).lock);
      const other = await folder.open();
      await addPerson(other, 2);
      if (when === 'after a snapshot') await other.snapshot();
      expect((await refusalOf(addPerson(store, 3))).fault).toBe('unavailable');
      await addPerson(other, 4);
      await store.close();
      await addPerson(other, 5);
      expect(await idsOf(other)).toEqual([1, 2, 4, 5]);
      await other.close();
      const again = await folder.open();
      expect(await idsOf(again)).toEqual([1, 2, 4, 5]);
      expect((await verifyStore(again, contractCollections)).problems).toEqual([]);
      await again.close();
    },
  );
});
