import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Manifest, manifestPath } from '../../../src/store/lowdb/backup.ts';
import { layoutOf } from '../../../src/store/lowdb/layout.ts';
import { sealLine } from '../../../src/store/lowdb/lines.ts';
import { restoreBackup } from '../../../src/store/lowdb/restore.ts';
import type { Store } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { createFaultyDisk } from '../../support/faulty-disk.ts';
import {
  addPerson,
  describeFiles,
  idsOf,
  type LedgerFolder,
  makeLedgerFolder,
  refusalOf,
} from '../../support/ledger-folder.ts';
import { causeOf, contractCollections, letters } from '../../support/store-samples.ts';

describe('restore', () => {
  let folder: LedgerFolder;
  let from: string;

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    from = join(folder.scratch, 'backup');
    const store = await folder.open();
    await addPerson(store, 1);
    await store.snapshot();
    await addPerson(store, 2);
    await store.blobs.put(Buffer.from('体会'));
    await store.backup(from);
    await addPerson(store, 3);
    await store.close();
  });
  afterEach(() => folder.remove());

  const restore = () => restoreBackup({ from, directory: folder.directory, collections: contractCollections });
  const idsAfter = async (): Promise<number[]> => {
    const store = await folder.open();
    const ids = await idsOf(store);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
    await store.close();
    return ids;
  };

  it('keeps the ledger that was there beside the restored one', async () => {
    const { records, aside } = await restore();
    expect(records).toBe(2);
    expect(aside).toBe(join(folder.directory, 'before-restore-1'));
    expect(await idsAfter()).toEqual([1, 2]);
    expect((await restore()).aside).toBe(join(folder.directory, 'before-restore-2'));
    const old = join(folder.scratch, 'old');
    await cp(join(folder.directory, 'before-restore-1'), layoutOf(old).ledger, { recursive: true });
    const store = await folder.open({ directory: old });
    expect(await idsOf(store)).toEqual([1, 2, 3]);
    await store.close();
  });

  it('works into a folder that does not exist', async () => {
    await rm(folder.directory, { recursive: true });
    expect(await restore()).toMatchObject({ records: 2, aside: null });
    expect(await idsAfter()).toEqual([1, 2]);
  });

  it('is refused while the bot runs, and changes nothing', async () => {
    const store = await folder.open();
    expect((await refusalOf(restore())).fault).toBe('in-use');
    expect(await idsOf(store)).toEqual([1, 2, 3]);
    await store.close();
  });

  it('is refused when any file of the backup is changed, cut, or missing, and changes nothing', async () => {
    const before = await describeFiles(folder.directory);
    const files = (await readdir(from, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const content = await readFile(path);
      const changed = Buffer.from(content);
      const middle = changed.length >> 1;
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      for (const bad of [changed, content.subarray(0, -1), null]) {
        if (bad === null) await rm(path);
        else await writeFile(path, bad);
        // The last byte of the manifest is a newline that says nothing.
        if (file.name === 'manifest.json' && bad !== null && bad !== changed) continue;
        const { fault, message } = await refusalOf(restore());
        expect(fault, path).toBe('damaged');
        expect(message).toContain('备份');
      }
      await writeFile(path, content);
    }
    expect(await describeFiles(folder.directory)).toEqual(before);
  });

  /** Changes a file of the backup, and its manifest with it. */
  async function forge(path: string, change: (content: string) => string): Promise<void> {
    const file = join(from, 'ledger', path);
    const content = change(await readFile(file, 'utf8'));
    await writeFile(file, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const manifest: Manifest = JSON.parse(await readFile(manifestPath(from), 'utf8'));
    const forged = manifest.files.map((each) =>
      each.path === path ? { path, size: Buffer.byteLength(content), sha256 } : each,
    );
    expect(forged).not.toEqual(manifest.files);
    await writeFile(manifestPath(from), JSON.stringify({ ...manifest, files: forged }));
  }

  it('is refused when the ledger in it is not sound, however well the manifest fits', async () => {
    const before = await describeFiles(folder.directory);
    await forge('snapshot.jsonl', (content) =>
      content.replace(/^.*"age":31.*$/m, (line) =>
        sealLine(line.replace('"age":31', '"age":41').slice(0, line.lastIndexOf(',"sum"')))
          .toString()
          .trimEnd(),
      ),
    );
    const { fault, message } = await refusalOf(restore());
    expect(fault).toBe('damaged');
    expect(message).toMatch(/1 处不一致，没有恢复（第一处：people“1”：应为 age = 31，实为 age = 41）/);
    expect(await describeFiles(folder.directory)).toEqual(before);
  });

  it('is refused when a text was exchanged, however well the manifest fits', async () => {
    const [blob = ''] = (await readdir(join(from, 'ledger'), { recursive: true })).filter((path) =>
      /blobs.{4}/.test(path),
    );
    await forge(blob, () => '别的');
    expect(await refusalOf(restore())).toEqual({ fault: 'damaged', message: expect.stringContaining('与清单不符') });
  });

  it('brings back the rest when a text was lost before the backup', async () => {
    const store = await folder.open();
    await store.transaction(causeOf('letter'), async (tx) => {
      await tx.put(letters, { id: await tx.nextNumber('letters'), blobs: ['0'.repeat(64)] });
    });
    from = join(folder.scratch, 'incomplete');
    await store.backup(from);
    await store.close();
    await restore();
    const restored = await folder.open();
    expect(await idsOf(restored)).toEqual([1, 2, 3]);
    expect((await verifyStore(restored, contractCollections)).problems).toHaveLength(1);
    await restored.close();
  });

  it.each([0, 3, 8])('that fails in its middle leaves the old ledger in force (write %i)', async (last) => {
    const faulty = createFaultyDisk();
    let writes = 0;
    faulty.decide = (operation, path) =>
      operation === 'write' && path.includes('restored') && writes++ >= last ? 'ENOSPC' : 'ok';
    const work = restoreBackup({
      from,
      directory: folder.directory,
      collections: contractCollections,
      disk: faulty.disk,
    });
    if (last < 4) expect((await refusalOf(work)).fault).toBe('io');
    else await work.catch(() => undefined);
    expect(await idsAfter()).toEqual(last < 4 ? [1, 2, 3] : [1, 2]);
  });

  it('that was cut short before the exchange is dropped at the next start, and reported', async () => {
    const { directory, restored } = layoutOf(folder.directory);
    await cp(join(from, 'ledger'), restored, { recursive: true });
    const warnings: unknown[] = [];
    const store: Store = await folder.open({ onWarning: (...warning) => warnings.push(warning) });
    expect(await idsOf(store)).toEqual([1, 2, 3]);
    expect(warnings).toEqual([['清理了一份没有做完的恢复，数据保持恢复之前的样子', { directory }]]);
    await store.close();
  });

  it('that was cut short within the exchange is finished at the next start', async () => {
    const { directory, ledger, restored } = layoutOf(folder.directory);
    await cp(join(from, 'ledger'), restored, { recursive: true });
    await rename(ledger, join(directory, 'before-restore-1'));
    const { fault, message } = await refusalOf(folder.open({ readOnly: true }));
    expect(fault).toBe('damaged');
    expect(message).toContain('恢复做到一半');
    expect(await idsAfter()).toEqual([1, 2]);
  });

  it.each(['nowhere', 'empty', 'file'])('names what is no backup (%s)', async (name) => {
    const path = join(folder.scratch, name);
    if (name === 'empty') await mkdir(path);
    if (name === 'file') await writeFile(path, 'x');
    const { fault, message } = await refusalOf(
      restoreBackup({ from: path, directory: folder.directory, collections: contractCollections }),
    );
    expect(fault).toBe('damaged');
    expect(message).toContain('manifest.json');
  });

  it('a backup that fails leaves nothing that looks like one', async () => {
    const faulty = createFaultyDisk();
    const store = await folder.open({ disk: faulty.disk });
    const target = join(folder.scratch, 'failed');
    faulty.decide = (operation, path) => (operation === 'write' && path.startsWith(target) ? 'ENOSPC' : 'ok');
    const { fault, message } = await refusalOf(store.backup(target));
    expect(fault).toBe('io');
    expect(message).toContain(target);
    expect(await readdir(target)).toEqual([]);
    await addPerson(store, 4);
    await store.close();
  });
});
