import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { createFaultyDisk, type Fate, type FaultyDisk, type Operation } from '../../support/faulty-disk.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../../support/ledger-folder.ts';
import { causeOf, contractCollections } from '../../support/store-samples.ts';

const isJournal = (path: string): boolean => path.includes('journal');

describe('a disk that fails', () => {
  let folder: LedgerFolder;
  let faulty: FaultyDisk;
  let store: Store;
  let warnings: string[];

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    faulty = createFaultyDisk();
    warnings = [];
    store = await folder.open({ disk: faulty.disk, onWarning: (message) => warnings.push(message) });
    await addPerson(store, 1);
  });
  afterEach(async () => {
    faulty.decide = () => 'ok';
    await store.close();
    await folder.remove();
  });

  const failOn = (operations: readonly Operation[], fate: Fate): void => {
    faulty.decide = (operation, path) => (operations.includes(operation) && isJournal(path) ? fate : 'ok');
  };

  const causes: { name: string; decide: () => FaultyDisk['decide'] }[] = [
    { name: 'a write that fails (disk full)', decide: () => (operation) => (operation === 'write' ? 'ENOSPC' : 'ok') },
    { name: 'a write that stops half-way and then fails', decide: () => writeThenFail(200) },
    { name: 'a write that stops in the last line and then fails', decide: () => writeThenFail(700) },
    { name: 'a sync that fails', decide: () => (operation) => (operation === 'datasync' ? 'EIO' : 'ok') },
    {
      name: 'a sync that fails, and cutting back fails too',
      decide: () => (operation) => (operation === 'datasync' || operation === 'truncate' ? 'EIO' : 'ok'),
    },
  ];
  function writeThenFail(bytes: number): FaultyDisk['decide'] {
    let isFirst = true;
    return (operation) => {
      if (operation !== 'write') return 'ok';
      if (!isFirst) return 'ENOSPC';
      isFirst = false;
      return bytes;
    };
  }

  it.each(causes)('refuses everything that is not synced and recovers: $name', async ({ decide }) => {
    faulty.decide = decide();
    const refused = await Promise.all([
      refusalOf(addPerson(store, 2)),
      refusalOf(addPerson(store, 3)),
      refusalOf(store.read((view) => view.auditHead())),
      refusalOf(
        store.transaction(causeOf('thrown'), async () => {
          throw new Error('seen something that is not durable');
        }),
      ),
    ]);
    expect(refused.map(({ fault }) => fault)).toEqual(Array(4).fill('unavailable'));
    expect(refused[0]?.message).toMatch(/没有写入磁盘.*(ENOSPC|EIO).*没有生效/);
    expect(store.status()).toMatchObject({ ready: false });

    faulty.decide = () => 'ok';
    expect(await addPerson(store, 4)).toBe(4);
    expect(store.status()).toEqual({ ready: true });
    expect(warnings).toEqual(['磁盘已恢复，数据已重新载入']);
    expect(await idsOf(store)).toEqual([1, 4]);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
    await store.close();
    store = await folder.open();
    expect(await idsOf(store)).toEqual([1, 4]);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
  });

  it('leaves nothing of what it refused on disk, even when the process dies right then', async () => {
    const before = await readFile(folder.segment(1));
    failOn(['datasync'], 'EIO');
    await refusalOf(addPerson(store, 2));
    expect(await readFile(folder.segment(1))).toEqual(before);
  });

  it('stays unavailable, cheaply, while the disk is full, and goes on when there is room', async () => {
    failOn(['write'], 'ENOSPC');
    await refusalOf(addPerson(store, 2));
    faulty.calls.length = 0;
    for (let i = 0; i < 5; i += 1) expect((await refusalOf(addPerson(store, 2))).message).toContain('ENOSPC');
    expect(faulty.calls.filter((operation) => operation === 'write')).toHaveLength(5);
    expect((await refusalOf(idsOf(store))).fault).toBe('unavailable');
    expect(store.status().ready).toBe(false);
    faulty.decide = () => 'ok';
    expect(await idsOf(store)).toEqual([1]);
    expect(store.status().ready).toBe(true);
  });

  it('never takes a sync that failed for done: the bytes are written again to a file opened anew', async () => {
    let failures = 0;
    faulty.decide = (operation) => {
      if (operation !== 'datasync' || failures > 0) return 'ok';
      failures += 1;
      return 'EIO';
    };
    await refusalOf(addPerson(store, 2));
    faulty.calls.length = 0;
    await addPerson(store, 2);
    expect(faulty.calls[0]).toBe('open');
    expect(await idsOf(store)).toEqual([1, 2]);
  });

  it('closes without losing what was acknowledged', async () => {
    failOn(['write', 'truncate'], 'ENOSPC');
    await refusalOf(addPerson(store, 2));
    await store.close();
    expect(warnings).toContain('快照没有写成，数据仍完整保存在流水中');
    store = await folder.open();
    expect(await idsOf(store)).toEqual([1]);
  });

  it.each(['write', 'sync', 'rename'] as const)('a snapshot whose %s fails changes nothing', async (broken) => {
    await store.snapshot();
    const snapshot = await readFile(folder.snapshot);
    await addPerson(store, 2);
    faulty.decide = (operation, path) => (operation === broken && path.includes('snapshot') ? 'ENOSPC' : 'ok');
    await expect(store.snapshot()).rejects.toThrow('ENOSPC');
    expect(await readFile(folder.snapshot)).toEqual(snapshot);
    await addPerson(store, 3);
    await store.close();
    store = await folder.open();
    expect(await idsOf(store)).toEqual([1, 2, 3]);
  });

  it.each(['write', 'sync', 'rename', 'open'] as const)(
    'a new segment whose %s fails refuses what comes after, not what was synced before',
    async (broken) => {
      const second = folder.segment(2);
      faulty.decide = (operation, path) => (operation === broken && path.startsWith(second) ? 'EIO' : 'ok');
      const before = addPerson(store, 2);
      const snapshot = refusalOf(store.snapshot());
      await before;
      expect((await snapshot).fault).toBe('unavailable');
      faulty.decide = () => 'ok';
      await addPerson(store, 3);
      await store.snapshot();
      await addPerson(store, 4);
      await store.close();
      store = await folder.open();
      expect(await idsOf(store)).toEqual([1, 2, 3, 4]);
      expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
    },
  );

  it('a blob that cannot be written is refused', async () => {
    faulty.decide = (operation, path) => (operation === 'write' && path.includes('blobs') ? 'ENOSPC' : 'ok');
    expect((await refusalOf(store.blobs.put(Buffer.from('x')))).fault).toBe('unavailable');
    await addPerson(store, 2);
  });

  it.each([
    ['ENOSPC', 'io', /磁盘已满/],
    ['EIO', 'io', /EIO/],
    ['EROFS', 'not-writable', /不能写入/],
    ['EACCES', 'not-writable', /不能写入/],
  ] as const)('at the start %s is answered with its sentence', async (code, fault, sentence) => {
    const own = await makeLedgerFolder();
    const broken = createFaultyDisk();
    broken.decide = (operation) => (operation === 'open' ? code : 'ok');
    const refusal = await refusalOf(own.open({ disk: broken.disk }));
    expect(refusal.fault).toBe(fault);
    expect(refusal.message).toMatch(sentence);
    await own.remove();
  });
});
