import type { FileHandle } from 'node:fs/promises';
import { type Disk, realDisk } from '../../src/store/lowdb/disk.ts';

export type Operation = 'write' | 'datasync' | 'sync' | 'truncate' | 'rename' | 'open';

/** What happens to one call: a number lets only that many bytes be written, a text is the code of the error. */
export type Fate = 'ok' | number | `E${string}` | Promise<void>;

export interface FaultyDisk {
  readonly disk: Disk;
  /** Asked before each call; tests exchange it. */
  decide: (operation: Operation, path: string) => Fate;
  /** Calls so far, as `operation`. */
  readonly calls: Operation[];
}

const failWith = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code });

/** The real file system with a say in what fails. */
export function createFaultyDisk(): FaultyDisk {
  const faulty: FaultyDisk = { disk: realDisk, decide: () => 'ok', calls: [] };

  async function meet(operation: Operation, path: string): Promise<number | null> {
    faulty.calls.push(operation);
    const fate = faulty.decide(operation, path);
    if (fate === 'ok') return null;
    if (typeof fate === 'string') throw failWith(fate);
    if (typeof fate === 'number') return fate;
    await fate;
    return null;
  }

  function wrap(file: FileHandle, path: string): FileHandle {
    const changed: Partial<Record<string, unknown>> = {
      write: async (bytes: Uint8Array, offset: number, length: number, position: number) => {
        const limit = await meet('write', path);
        return file.write(bytes, offset, limit === null ? length : Math.min(limit, length), position);
      },
      datasync: async () => {
        await meet('datasync', path);
        return file.datasync();
      },
      sync: async () => {
        await meet('sync', path);
        return file.sync();
      },
      truncate: async (length: number) => {
        await meet('truncate', path);
        return file.truncate(length);
      },
    };
    return new Proxy(file, {
      get(target, property) {
        const own = typeof property === 'string' ? changed[property] : undefined;
        if (own !== undefined) return own;
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  const disk: Disk = {
    ...realDisk,
    open: async (path, flags, mode) => {
      await meet('open', String(path));
      return wrap(await realDisk.open(path, flags, mode), String(path));
    },
    rename: async (from, to) => {
      await meet('rename', String(to));
      return realDisk.rename(from, to);
    },
  };
  return Object.assign(faulty, { disk });
}
