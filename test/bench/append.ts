import { open } from 'node:fs/promises';
import { carry, type Party, warmUp } from './load.ts';

export interface AppendOptions {
  readonly path: string;
  readonly bytes: number;
  /** `own`: every message writes and syncs for itself; `group`: those that wait together share one write and one sync. */
  readonly sync: 'own' | 'group';
}

/** A file to which every message adds one line and waits until it is durable: what the disk alone can do. */
export async function openAppend({ path, bytes, sync }: AppendOptions): Promise<Party> {
  const file = await open(path, 'a');
  const line = Buffer.from(`${'x'.repeat(bytes - 1)}\n`);
  const appendAlone = async (): Promise<void> => {
    await file.write(line);
    await file.datasync();
  };

  let waiting = 0;
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();
  const flushAfter = async (earlier: Promise<void>): Promise<void> => {
    await earlier;
    next = null;
    const lines = waiting;
    waiting = 0;
    await file.write(Buffer.concat(Array<Buffer>(lines).fill(line)));
    await file.datasync();
  };
  const appendTogether = (): Promise<void> => {
    waiting += 1;
    if (next === null) {
      next = flushAfter(last);
      last = next;
    }
    return next;
  };

  const append = sync === 'own' ? appendAlone : appendTogether;
  await carry(warmUp, append);
  return {
    round: async (load) => ({ perSecond: await carry(load, append) }),
    close: () => file.close(),
  };
}
