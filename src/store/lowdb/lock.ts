import { randomUUID } from 'node:crypto';
import { storeTexts } from '../../texts/store.ts';
import { StoreError } from '../store.ts';
import { codeOf, type Disk, unlessMissing } from './disk.ts';

interface Holder {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot; empty where the system does not tell. */
  readonly started: string;
  readonly boot: string;
}

/** Releases the lock. */
export type Release = () => Promise<void>;

/**
 * Takes the folder for this process. The lock names its holder by process number, start time and boot, so that it is
 * free the moment the holder is dead, and a later process of the same number does not count as the holder.
 * @throws StoreError `in-use`
 */
export async function takeLock(disk: Disk, path: string, directory: string): Promise<Release> {
  const own = JSON.stringify(await describeProcess(disk, process.pid));
  const temporary = `${path}.${randomUUID()}.tmp`;
  for (;;) {
    // Linked from a finished file, so that nobody ever sees a lock without its holder.
    const file = await disk.open(temporary, 'w', 0o600);
    try {
      await file.writeFile(own);
    } finally {
      await file.close();
    }
    try {
      await disk.link(temporary, path);
      return async () => {
        if ((await unlessMissing(disk.readFile(path, 'utf8'))) === own) await disk.unlink(path);
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      await disk.rm(temporary, { force: true });
    }
    const found = await unlessMissing(disk.readFile(path, 'utf8'));
    if (found === null) continue;
    await refuseLiving(disk, found, directory);
    await removeStale(disk, path, found, directory);
  }
}

async function refuseLiving(disk: Disk, text: string, directory: string): Promise<void> {
  const holder = parseHolder(text);
  if (holder !== null && (await isAlive(disk, holder))) {
    throw new StoreError('in-use', storeTexts.inUse(directory, holder.pid));
  }
}

/** Moves a dead holder's lock away; whoever took it meanwhile gets it back. */
async function removeStale(disk: Disk, path: string, stale: string, directory: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  if ((await unlessMissing(disk.rename(path, aside).then(() => true))) === null) return;
  const moved = await disk.readFile(aside, 'utf8');
  if (moved !== stale) {
    await disk.link(aside, path).catch(() => undefined);
    await disk.rm(aside, { force: true });
    await refuseLiving(disk, moved, directory);
    return;
  }
  await disk.rm(aside, { force: true });
}

async function isAlive(disk: Disk, holder: Holder): Promise<boolean> {
  const now = await describeProcess(disk, holder.pid);
  if (now.boot !== holder.boot) return false;
  if (now.boot !== '') return now.started !== '' && now.started === holder.started;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** A process as /proc shows it; where there is no /proc only its number is known. */
async function describeProcess(disk: Disk, pid: number): Promise<Holder> {
  const boot = await disk.readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const stat = await disk.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold spaces and brackets; the start time is the 20th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return { pid, started: isDead ? '' : (fields[19] ?? ''), boot: boot.trim() };
}

function parseHolder(text: string): Holder | null {
  try {
    const { pid, started, boot } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof started === 'string' && typeof boot === 'string'
      ? { pid, started, boot }
      : null;
  } catch {
    return null;
  }
}
