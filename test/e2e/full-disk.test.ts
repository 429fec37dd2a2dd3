import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { addPerson, idsOf, type LedgerFolder, makeLedgerFolder, refusalOf } from '../support/ledger-folder.ts';
import { contractCollections } from '../support/store-samples.ts';

const run = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const limitFiles = (limit: string): boolean => run('prlimit', '--pid', String(process.pid), `--fsize=${limit}:`);

describe('a disk that is really full', () => {
  let folder: LedgerFolder;
  let isMounted: boolean;

  beforeEach(async () => {
    folder = await makeLedgerFolder();
    isMounted = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.scratch);
  });
  afterEach(async () => {
    limitFiles('unlimited');
    if (isMounted) run('umount', folder.scratch);
    await folder.remove();
  });

  /** Writes until it is refused. @returns what was acknowledged */
  async function fill(store: Store): Promise<number[]> {
    const done: number[] = [];
    for (let id = 0; ; id += 20) {
      const group = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => addPerson(store, id + i)));
      for (const result of group) if (result.status === 'fulfilled') done.push(result.value);
      if (group.some(({ status }) => status === 'rejected')) return done;
    }
  }

  async function fillAndGoOn(makeRoom: () => Promise<unknown>, code: string): Promise<void> {
    let store = await folder.open();
    const done = await fill(store);
    expect(done.length).toBeGreaterThan(0);
    const { fault, message } = await refusalOf(addPerson(store, -1));
    expect(fault).toBe('unavailable');
    expect(message).toContain(code);
    expect(store.status().ready).toBe(false);
    await makeRoom();
    done.push(await addPerson(store, 1_000_000));
    expect(store.status().ready).toBe(true);
    expect(await idsOf(store)).toEqual(done);
    await store.close();
    store = await folder.open();
    expect(await idsOf(store)).toEqual(done);
    expect((await verifyStore(store, contractCollections)).problems).toEqual([]);
    await store.close();
  }

  it('refuses what does not fit, keeps the rest, and goes on when there is room (tmpfs)', async (test) => {
    test.skip(!isMounted, 'tmpfs cannot be mounted here');
    const ballast = join(folder.scratch, 'ballast');
    await writeFile(ballast, Buffer.alloc(700_000));
    await fillAndGoOn(() => rm(ballast), 'ENOSPC');
  });

  it('refuses to start with a sentence, and starts when there is room (tmpfs)', async (test) => {
    test.skip(!isMounted, 'tmpfs cannot be mounted here');
    const store = await folder.open();
    await addPerson(store, 1);
    await store.close();
    const ballast = join(folder.scratch, 'ballast');
    await writeFile(ballast, Buffer.alloc(2_000_000)).catch(() => undefined);
    const { fault, message } = await refusalOf(folder.open());
    expect(fault).toBe('io');
    expect(message).toMatch(/磁盘已满.*腾出空间/);
    await rm(ballast);
    const again = await folder.open();
    expect(await idsOf(again)).toEqual([1]);
    await again.close();
  });

  it('does the same at the largest size that a file may have', async (test) => {
    test.skip(!limitFiles('unlimited'), 'prlimit is not here');
    limitFiles('200000');
    await fillAndGoOn(async () => limitFiles('unlimited'), 'EFBIG');
  });
});
