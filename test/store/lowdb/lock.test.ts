import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, realDisk } from '../../../src/store/lowdb/disk.ts';
import { takeLock } from '../../../src/store/lowdb/lock.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../../support/ledger-folder.ts';

const holder = await bundleProgram(fileURLToPath(new URL('../../support/hold-store.ts', import.meta.url)));

/** Only root may make a pid namespace; elsewhere the test shows as skipped. */
const canUnshare = spawnSync('unshare', ['-p', '-f', '--mount-proc', 'true']).status === 0;

describe('the lock', () => {
  let folder: LedgerFolder;
  let lock: string;
  beforeEach(async () => {
    folder = await makeLedgerFolder();
    lock = join(folder.directory, 'lock');
  });
  afterEach(() => folder.remove());

  const readLock = async (): Promise<Record<string, unknown>> => JSON.parse(await readFile(lock, 'utf8'));
  /** What a process has left: the lock as we would write it but for `change`, last written to so many seconds ago. */
  async function leave(change: object, secondsAgo: number): Promise<void> {
    const store = await folder.open();
    const own = await readLock();
    await store.close();
    await leaveText(JSON.stringify({ ...own, ...change }), secondsAgo);
  }
  async function leaveText(text: string, secondsAgo: number): Promise<void> {
    await mkdir(folder.directory, { recursive: true });
    await writeFile(lock, text);
    const at = new Date((await stat(lock)).mtimeMs - secondsAgo * 1000);
    await utimes(lock, at, at);
  }
  const holdFrom = async (command: string, ...args: string[]): Promise<ChildProcess> => {
    const child = spawn(command, [...args, process.execPath, holder, folder.directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    return child;
  };

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
    const child = await holdFrom('env');
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('in-use');
    expect(message).toContain(`进程号 ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await folder.open();
    expect(await idsOf(store)).toEqual([1]);
    await store.close();
  });

  it.runIf(canUnshare)('holds against a process in another pid namespace, and the other way round', async () => {
    const unshared = ['-p', '-f', '--mount-proc', '--kill-child'];
    const child = await holdFrom('unshare', ...unshared);
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('in-use');
    expect(message).toContain(`另一个容器里的进程使用（${hostname()}）`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await leaveText(await readFile(lock, 'utf8'), 61);
    const store = await folder.open();
    expect(await idsOf(store)).toEqual([1]);
    const second = spawnSync('unshare', [...unshared, process.execPath, holder, folder.directory], {
      encoding: 'utf8',
    });
    expect(second.stderr).toContain('另一个容器里的进程');
    expect(second.status).not.toBe(0);
    await addPerson(store, 2);
    await store.close();
  });

  it('is given to one of many that come at once, also over a dead lock', async () => {
    await leave({ started: '1' }, 0);
    const opened = await Promise.allSettled(Array.from({ length: 8 }, () => folder.open()));
    const stores = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(stores).toHaveLength(1);
    const refusals = opened.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refusals.map((reason: { fault?: string }) => reason.fault)).toEqual(Array(7).fill('in-use'));
    await addPerson(stores[0] ?? expect.fail(), 1);
    await stores[0]?.close();
  });

  it('has one winner however often many find it dead, also over a dead removal', async () => {
    await leave({ started: '1' }, 0);
    const dead = await readFile(lock, 'utf8');
    for (let round = 0; round < 100; round += 1) {
      await writeFile(lock, dead);
      if (round % 3 === 0) await copyFile(lock, `${lock}.removing`);
      const come = async (late: boolean) => {
        if (late) await nextTurn();
        return takeLock(realDisk, lock, folder.directory);
      };
      const taken = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => come(i % 2 === 1)));
      const winners = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      for (const winner of winners) await winner.release();
      expect(winners).toHaveLength(1);
    }
  });

  const otherBoot = { boot: '00000000-0000-0000-0000-000000000000' };
  const elsewhere = { host: 'elsewhere', ...otherBoot };
  it.each([
    ['a process of the same number that started at another time', { started: '1' }, 0],
    ['a process that is gone', { pid: 4_000_000 }, 0],
    ['this machine before it started again', otherBoot, uptime() + 60],
    ['another machine a minute ago', elsewhere, 61],
    ['another container a minute ago', { namespace: 'pid:[1]' }, 61],
  ])('left behind by %s is taken over', async (_, change, secondsAgo) => {
    await leave(change, secondsAgo);
    await (await folder.open()).close();
  });

  it.each([
    ['another machine', elsewhere, 'elsewhere'],
    ['another machine of the same name', otherBoot, hostname()],
    ['another container', { namespace: 'pid:[1]', pid: 4_000_000 }, hostname()],
    ['somebody whose clock is ahead', { ...elsewhere, ahead: true }, 'elsewhere'],
  ])('that %s has just written to is left alone', async (_, change, host) => {
    await leave(change, 'ahead' in change ? -50 : Math.min(50, uptime() - 1));
    const text = await readFile(lock, 'utf8');
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('in-use');
    expect(message).toContain(`（${host}）`);
    expect(message).toContain('请过一分钟');
    expect(await readFile(lock, 'utf8')).toBe(text);
  });

  it.each(['', 'garbage', '{"pid":"1"}', 'null'])('that reads %j is left alone for a minute', async (content) => {
    await leaveText(content, 50);
    expect((await refusalOf(folder.open())).fault).toBe('in-use');
    await leaveText(content, 61);
    await (await folder.open()).close();
  });

  it('is written to again and again while it is held', async () => {
    await leaveText('', 61);
    const held = await takeLock(realDisk, lock, folder.directory, 1);
    const text = await readFile(lock, 'utf8');
    const at = new Date(0);
    await utimes(lock, at, at);
    await expect.poll(async () => (await stat(lock)).mtimeMs).toBeGreaterThan(0);
    expect(held.isLost()).toBe(false);
    expect(await readFile(lock, 'utf8')).toBe(text);
    await held.release();
    expect(await readdir(folder.directory)).toEqual([]);
  });

  it('that was taken away is known to be lost, and its new holder keeps it', async () => {
    await leaveText('', 61);
    const held = await takeLock(realDisk, lock, folder.directory, 1);
    await rm(lock);
    const next = await takeLock(realDisk, lock, folder.directory);
    const text = (await readFile(lock, 'utf8')).replace('"started":"', '"started":"1');
    await writeFile(lock, text);
    await expect.poll(() => held.isLost()).toBe(true);
    await held.release();
    expect(await readFile(lock, 'utf8')).toBe(text);
    await next.release();
  });

  describe('where the system shows no /proc', () => {
    const hidden: Disk['readFile'] = ((path: string, ...rest: [never]) =>
      path.startsWith('/proc')
        ? Promise.reject(new Error('no /proc'))
        : realDisk.readFile(path, ...rest)) as Disk['readFile'];
    const readlink = (() => Promise.reject(new Error('no /proc'))) as Disk['readlink'];
    const disk: Disk = { ...realDisk, readFile: hidden, readlink };

    it('goes by the process number alone', async () => {
      const store = await folder.open({ disk });
      const own = await readLock();
      expect(own).toEqual({ host: hostname(), namespace: '', boot: '', pid: process.pid, started: '' });
      expect((await refusalOf(folder.open({ disk }))).fault).toBe('in-use');
      await store.close();
      await writeFile(lock, JSON.stringify({ ...own, pid: 4_000_000 }));
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
