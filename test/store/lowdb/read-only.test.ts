import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../src/store/lowdb/restore.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import {
  addPerson,
  describeFiles,
  idsOf,
  type LedgerFolder,
  makeLedgerFolder,
  refusalOf,
} from '../../support/ledger-folder.ts';
import { contractCollections } from '../../support/store-samples.ts';

describe('opened for reading', () => {
  let folder: LedgerFolder;
  let bot: Store;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    bot = await folder.open();
    await addPerson(bot, 1);
    await bot.snapshot();
    await addPerson(bot, 2);
  });
  afterEach(async () => {
    await bot.close();
    await folder.remove();
  });

  const openReader = (): Promise<Store> => folder.open({ readOnly: true });

  it('shows the ledger while the bot runs, and touches nothing', async () => {
    const blob = await bot.blobs.put(Buffer.from('体会'));
    const before = await describeFiles(folder.directory);
    const reader = await openReader();
    expect(await idsOf(reader)).toEqual([1, 2]);
    expect(await verifyStore(reader, contractCollections)).toMatchObject({ records: 2, problems: [] });
    expect(await reader.blobs.get(blob)).toBeDefined();
    expect(reader.status()).toEqual({ ready: true });
    await reader.close();
    expect(await describeFiles(folder.directory)).toEqual(before);
  });

  it('refuses every change', async () => {
    const reader = await openReader();
    for (const work of [addPerson(reader, 3), reader.snapshot(), reader.blobs.put(Buffer.from('x'))]) {
      const { fault, message } = await refusalOf(work);
      expect(fault).toBe('unavailable');
      expect(message).toContain('只读');
    }
    expect((await refusalOf(reader.blobs.remove('0'.repeat(64)))).fault).toBe('unavailable');
    expect(await idsOf(bot)).toEqual([1, 2]);
  });

  it('stays as it was, while the bot writes on', async () => {
    const reader = await openReader();
    await addPerson(bot, 3);
    await bot.snapshot();
    await addPerson(bot, 4);
    expect(await idsOf(reader)).toEqual([1, 2]);
    expect((await verifyStore(reader, contractCollections)).problems).toEqual([]);
    expect(await idsOf(await openReader())).toEqual([1, 2, 3, 4]);
  });

  it('backs up what it shows, also when the bot has taken a snapshot since', async () => {
    const reader = await openReader();
    await addPerson(bot, 3);
    await bot.snapshot();
    const backup = join(folder.scratch, 'backup');
    expect(await reader.backup(backup)).toMatchObject({ records: 2 });
    const directory = join(folder.scratch, 'restored');
    await restoreBackup({ from: backup, directory, collections: contractCollections });
    const restored = await folder.open({ directory });
    expect(await idsOf(restored)).toEqual([1, 2]);
    expect((await verifyStore(restored, contractCollections)).problems).toEqual([]);
    await restored.close();
  });

  it('is empty where there is nothing yet, and creates nothing', async () => {
    const directory = join(folder.scratch, 'nothing');
    const reader = await folder.open({ directory, readOnly: true });
    expect(await idsOf(reader)).toEqual([]);
    expect(await verifyStore(reader, contractCollections)).toMatchObject({ records: 0, problems: [] });
    expect(await readdir(folder.scratch)).not.toContain('nothing');
  });
});

describe('a data folder that is', () => {
  let folder: LedgerFolder;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
  });
  afterEach(() => folder.remove());

  it.each([false, true])('a file is refused with what to do (for reading: %s)', async (readOnly) => {
    await writeFile(folder.directory, 'x');
    const { fault, message } = await refusalOf(folder.open({ readOnly }));
    expect(fault).toBe('not-writable');
    expect(message).toContain(`“${folder.directory}”不能写入`);
    expect(message).toContain('DATA_DIR');
  });

  it('below a file is refused likewise', async () => {
    await writeFile(folder.directory, 'x');
    const refusal = await refusalOf(folder.open({ directory: join(folder.directory, 'below') }));
    expect(refusal.fault).toBe('not-writable');
  });

  it('not there yet, with folders above it, is created, and is nobody else’s to look into', async () => {
    const store = await folder.open({ directory: join(folder.directory, 'a', 'b') });
    await addPerson(store, 1);
    await store.blobs.put(Buffer.from('体会'));
    await store.snapshot();
    await store.backup(join(folder.directory, 'backups', '1'));
    await store.close();
    for (const entry of await readdir(folder.directory, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o777, entry.name).toBe(entry.isDirectory() ? 0o700 : 0o600);
    }
  });

  it('occupied by a folder in the place of a file is refused', async () => {
    await mkdir(folder.segment(1), { recursive: true });
    expect((await refusalOf(folder.open())).fault).toBe('not-writable');
  });
});
