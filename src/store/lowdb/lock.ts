import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { storeTexts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import { codeOf, type Disk, unlessMissing } from './disk.ts';

/** A process, and the place where its number means something. */
const holderSchema = z.object({
  host: z.string(),
  /** The pid namespace (a container has its own); empty where the system does not tell. */
  namespace: z.string(),
  boot: z.string(),
  pid: z.number(),
  /** Start time of the process in clock ticks since boot; empty where the system does not tell. */
  started: z.string(),
});
type Holder = z.output<typeof holderSchema>;

/** A lock file as it is found. `beatAt` is when its holder last wrote to it, by the clock of the file system. */
interface Found {
  readonly text: string;
  readonly beatAt: number;
}

export interface Lock {
  /** Whether another process was seen to hold the folder by now: this one was stopped for long, or the lock removed. */
  isLost(): boolean;
  release(): Promise<void>;
}

/** Who has not written to the lock for this many milliseconds is dead. */
const staleAfter = 60_000;

/**
 * Takes the folder for this process. The lock names its holder by place, process number and start time, so that on the
 * same system it is free the moment the holder is dead, and a later process of the same number does not count as the
 * holder. What cannot be seen from here, in another container or on another machine, lives as long as it keeps writing
 * to its lock.
 * @throws StoreError `in-use`
 */
export async function takeLock(disk: Disk, path: string, directory: string, beatEvery = 10_000): Promise<Lock> {
  const self = await describeProcess(disk, process.pid);
  const own = JSON.stringify(self);
  for (;;) {
    const { file, now } = await place(disk, path, own);
    if (file !== null) return hold(disk, path, { file, own, beatEvery });
    await removeDead(disk, path, own, { directory, self, now });
  }
}

/** Puts a lock where there is none; `file` is null where there is one. `now` is the time by the clock of the file system. */
async function place(disk: Disk, path: string, own: string): Promise<{ file: FileHandle | null; now: number }> {
  // Linked from a finished file, so that nobody ever sees a lock without its holder.
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await disk.open(temporary, 'w', 0o600);
  try {
    await file.writeFile(own);
    const { mtimeMs: now } = await file.stat();
    await disk.link(temporary, path);
    return { file, now };
  } catch (error) {
    const { mtimeMs: now } = await file.stat();
    await file.close();
    if (codeOf(error) !== 'EEXIST') throw error;
    return { file: null, now };
  } finally {
    await disk.rm(temporary, { force: true });
  }
}

/** Whether somebody may be writing in the folder; for those who only read. */
export async function isTaken(disk: Disk, path: string): Promise<boolean> {
  const found = await look(disk, path);
  if (found === null) return false;
  return isAlive(disk, found, { self: await describeProcess(disk, process.pid), now: found.beatAt });
}

function hold(
  disk: Disk,
  path: string,
  { file, own, beatEvery }: { file: FileHandle; own: string; beatEvery: number },
): Lock {
  let isLost = false;
  const beat = async (): Promise<void> => {
    if ((await unlessMissing(disk.readFile(path, 'utf8'))) !== own) isLost = true;
    // Through the open file: whoever has taken the name meanwhile is not written over.
    await file.write(own, 0);
    await file.datasync();
  };
  // A beat that fails is followed by others; about a broken disk the journal has its own say.
  const timer = setInterval(() => void beat().catch(() => undefined), beatEvery).unref();
  return {
    isLost: () => isLost,
    release: async () => {
      clearInterval(timer);
      await file.close();
      if ((await unlessMissing(disk.readFile(path, 'utf8'))) === own) await disk.unlink(path);
    },
  };
}

async function look(disk: Disk, path: string): Promise<Found | null> {
  const stats = await unlessMissing(disk.stat(path));
  const text = stats && (await unlessMissing(disk.readFile(path, 'utf8')));
  return stats === null || text === null ? null : { text, beatAt: stats.mtimeMs };
}

/** From where a lock is looked at: who looks, and when by the clock of the file system. */
interface Viewpoint {
  readonly self: Holder;
  readonly now: number;
}

/**
 * Removes a dead holder's lock. Only one at a time may do so, or the second would take the lock that the first has just
 * placed: removing has a lock of its own, and should its holder die, that one is removed in the same way.
 * @throws StoreError `in-use`
 */
async function removeDead(disk: Disk, path: string, own: string, at: Viewpoint & { directory: string }): Promise<void> {
  const found = await look(disk, path);
  if (found === null) return;
  await refuseLiving(disk, found, at);
  const removing = `${path}.removing`;
  const { file } = await place(disk, removing, own);
  if (file === null) return removeDead(disk, removing, own, at);
  await file.close();
  try {
    // It may have been removed and placed anew before we were alone.
    if (isDeepStrictEqual(await look(disk, path), found)) await disk.unlink(path);
  } finally {
    await disk.unlink(removing);
  }
}

async function refuseLiving(disk: Disk, found: Found, at: Viewpoint & { directory: string }): Promise<void> {
  if (!(await isAlive(disk, found, at))) return;
  const holder = parseHolder(found.text);
  const message =
    holder !== null && isNear(holder, at.self)
      ? storeTexts.inUse(at.directory, holder.pid)
      : storeTexts.inUseElsewhere(at.directory, holder?.host ?? null);
  throw new StoreError('in-use', message);
}

async function isAlive(disk: Disk, { text, beatAt }: Found, { self, now }: Viewpoint): Promise<boolean> {
  const holder = parseHolder(text);
  if (holder === null || !isNear(holder, self)) {
    // This machine's own lock from before its boot is free at once; another machine of the same name keeps writing.
    const limit = holder?.host === self.host ? Math.min(staleAfter, uptime() * 1000) : staleAfter;
    return Math.abs(now - beatAt) < limit;
  }
  if (self.boot !== '') {
    const { started } = await describeProcess(disk, holder.pid);
    return started !== '' && started === holder.started;
  }
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether the process numbers of a holder are those that we see. */
const isNear = (holder: Holder, self: Holder): boolean =>
  holder.host === self.host && holder.namespace === self.namespace && holder.boot === self.boot;

/** A process as /proc shows it; where there is no /proc only its number is known. */
async function describeProcess(disk: Disk, pid: number): Promise<Holder> {
  const namespace = await disk.readlink('/proc/self/ns/pid').catch(() => '');
  const boot = await disk.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const stat = await disk.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold spaces and brackets; the start time is the 20th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return { host: hostname(), namespace, boot: boot.trim(), pid, started: isDead ? '' : (fields[19] ?? '') };
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
