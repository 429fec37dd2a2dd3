import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, realDisk } from '../../../src/store/lowdb/disk.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../../support/ledger-folder.ts';

const holder = fileURLToPath(new URL('../../support/hold-store.ts', import.meta.url));

describe('the lock', () => {
  let folder: LedgerFolder;
  let lock: string;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    lock = join(folder.directory, 'lock');
  });
  afterEach(() => folder.remove());

  const readLock = async (): Promise<{ pid: number; started: string; boot: string }> =>
    JSON.parse(await readFile(lock, 'utf8'));

  it('refuses a second opening and names the process, until the first is closed', async () => {
    const store = await folder.open();
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('in-use');
    expect(message).toContain(`进程号 ${process.pid}`);
    await store.close();
    await (await folder.open()).close();
    await expect(access(lock)).rejects.toThrow();
  });

  it('holds against another process, and is free the moment that one is killed', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', holder, folder.directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('in-use');
    expect(message).toContain(`进程号 ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await folder.open();
    expect(await idsOf(store)).toEqual([1]);
    await store.close();
  });

  it('is given to one of many that come at once, also over a dead lock', async () => {
    await mkdir(folder.directory, { recursive: true });
    await writeFile(lock, JSON.stringify({ pid: 4_000_000, started: '1', boot: 'x' }));
    const opened = await Promise.allSettled(Array.from({ length: 8 }, () => folder.open()));
    const stores = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(stores).toHaveLength(1);
    const refusals = opened.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refusals.map((reason: { fault?: string }) => reason.fault)).toEqual(Array(7).fill('in-use'));
    await addPerson(stores[0] ?? expect.fail(), 1);
    await stores[0]?.close();
  });

  it.each([
    ['a process of the same number that started at another time', { started: '1' }],
    ['the same process number before the last boot', { boot: '00000000-0000-0000-0000-000000000000' }],
    ['a process that is gone', { pid: 4_000_000 }],
  ])('left behind by %s is taken over', async (_, change) => {
    const store = await folder.open();
    const own = await readLock();
    await store.close();
    await writeFile(lock, JSON.stringify({ ...own, ...change }));
    await (await folder.open()).close();
  });

  it.each(['', 'garbage', '{"pid":"1"}', 'null'])('that reads %j is nobody’s and is taken over', async (content) => {
    await mkdir(folder.directory, { recursive: true });
    await writeFile(lock, content);
    await (await folder.open()).close();
  });

  describe('where the system shows no /proc', () => {
    const hidden: Disk['readFile'] = ((path: string, ...rest: [never]) =>
      path.startsWith('/proc')
        ? Promise.reject(new Error('no /proc'))
        : realDisk.readFile(path, ...rest)) as Disk['readFile'];
    const disk: Disk = { ...realDisk, readFile: hidden };

    it('goes by the process number alone', async () => {
      const store = await folder.open({ disk });
      expect(await readLock()).toEqual({ pid: process.pid, started: '', boot: '' });
      expect((await refusalOf(folder.open({ disk }))).fault).toBe('in-use');
      await store.close();
      await writeFile(lock, JSON.stringify({ pid: 4_000_000, started: '', boot: '' }));
      await (await folder.open({ disk })).close();
    });
  });

  it('does not stand in the way of a reader', async () => {
    const store = await folder.open();
    await addPerson(store, 1);
    const reader = await folder.open({ readOnly: true });
    expect(await idsOf(reader)).toEqual([1]);
    await reader.close();
    await addPerson(store, 2);
    await store.close();
  });
});
