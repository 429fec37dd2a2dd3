import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { createImporter } from '../../src/bot/importing/importer.ts';
import { createWorkbookReader } from '../../src/bot/importing/preview.ts';
import { createDocumentRenderer } from '../../src/bot/rendering.ts';
import { collections } from '../../src/collections.ts';
import { ledgerWorkbook } from '../../src/documents/ledger-workbook.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { addMs } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import type { Store } from '../../src/store/store.ts';
import { makeCadre } from '../support/college.ts';
import { openChat, policies } from './bot.ts';
import { medianOf, type Place, startParty } from './compare.ts';
import { watchLoop } from './keeping.ts';
import type { Figures, Party } from './load.ts';
import { makeCadres, makeEntry, now } from './people.ts';
import { type Result, show } from './report.ts';

const people = 1000;
const clerk = makeCadre({ staffNo: 'E0003', name: '赵敏', unit: '组织部', roles: ['clerk'] });
const clock = { now: () => now };
const log = {
  error: (fields: object, message: string) => {
    throw new Error(message, { cause: fields });
  },
};

/**
 * A ledger that comes and goes by chat, on a real disk: from the file to its preview, from 确认 to the result, from 导出 to
 * the file. The limit beside them is the library that reads the file and a disk that takes as many bytes as the rows.
 */
export async function openFiles({ directory, rows }: { directory: string; rows: number }): Promise<Party> {
  const cadresThere = makeCadres(people);
  const entries = Array.from({ length: rows }, (_, n) => makeEntry(n + 1, n % people, Math.floor(n / people), 50));
  let rounds = 0;
  return {
    round: async () => {
      rounds += 1;
      // A file that was just read is not read again: each round has one of its own.
      const bytes = await ledgerWorkbook(entries, cadresThere, addMs(now, rounds * 1000));
      const home = join(directory, String(rounds));
      const store = await openLowdbStore({ directory: home, collections });
      const cause = { actor: 'system', via: 'cli', what: 'bench', ref: '', at: now } as const;
      await store.transaction(cause, async (tx) => {
        for (const cadre of [clerk, ...cadresThere]) await tx.put(cadres, cadre);
      });
      const desk = openDesk(store);
      const preview = await watchLoop(async () => {
        await desk.send(bytes);
      });
      const taking = await watchLoop(async () => {
        await desk.importAll();
      });
      const count = await store.read((view) => view.count(hourEntries, {}));
      if (count !== rows) throw new Error(`${count} of ${rows} rows went in`);
      const giving = await watchLoop(async () => {
        const exported = await desk.export();
        if (exported < bytes.byteLength / 2) throw new Error('the export is not the ledger');
      });
      await store.close();
      return {
        bareMs: await readBare(bytes, join(home, 'bare'), JSON.stringify(entries).length),
        previewMs: preview.ms,
        importMs: taking.ms,
        exportMs: giving.ms,
        longestBlockMs: Math.max(preview.longestBlockMs, taking.longestBlockMs, giving.longestBlockMs),
      };
    },
    close: () => Promise.resolve(),
  };
}

/** The clerk at work with files. */
export function openDesk(store: Store) {
  const importer = createImporter({ store, policies, clock, log, wake: () => {} });
  const render = createDocumentRenderer({ store, policies, clock });
  const chat = openChat(store, createWorkbookReader({ store, policies, clock }), 'desk');
  return {
    send: async (bytes: Uint8Array) => {
      const blob = await store.blobs.put(bytes);
      await chat(clerk.staffNo, '', [{ name: '台账.xlsx', size: bytes.byteLength, blob }]);
    },
    importAll: async () => {
      await chat(clerk.staffNo, '确认');
      importer.wake();
      await importer.settled();
    },
    /** Bytes of the exported file. */
    export: async () => {
      const { reply } = await chat(clerk.staffNo, '导出 台账');
      const made = reply?.type === 'document' ? await render(reply) : reply;
      if (made?.type !== 'file') throw new Error('no file came');
      return (await store.blobs.get(made.blob))?.byteLength ?? 0;
    },
  };
}

/** What any program would need at the least: the library's reading, and the bytes on the disk. */
async function readBare(bytes: Uint8Array, path: string, size: number): Promise<number> {
  const start = performance.now();
  await readXlsx(bytes);
  const file = await open(path, 'w');
  await file.writeFile(Buffer.alloc(size, ' '));
  await file.datasync();
  await file.close();
  return performance.now() - start;
}

/** Imports and exports of 1 k and 10 k rows; each round begins with an empty ledger. */
export async function files({ script, directory }: Place): Promise<Result> {
  const columns = [
    ['preview', 'previewMs'],
    ['import', 'importMs'],
    ['export', 'exportMs'],
    ['longest block', 'longestBlockMs'],
    ['bare reading and writing', 'bareMs'],
  ] as const;
  const measured: { readonly rows: number; readonly samples: readonly Figures[] }[] = [];
  for (const rows of [1000, 10_000]) {
    const party = await startParty(script, ['files', { directory: join(directory, String(rows)), rows }]);
    await party.round({ messages: 1, atOnce: 1 });
    const samples: Figures[] = [];
    for (let round = 0; round < 3; round += 1) samples.push(await party.round({ messages: 1, atOnce: 1 }));
    await party.stop();
    measured.push({ rows, samples });
  }
  const last = measured.at(-1)?.samples ?? [];
  return {
    tables: [
      {
        title: 'A ledger as a file, ms',
        columns: ['rows', ...columns.map(([label]) => label)],
        rows: measured.map(({ rows, samples }) => [
          show(rows),
          ...columns.map(([, figure]) => show(medianOf(samples, figure))),
        ]),
      },
    ],
    aims: columns.slice(0, 4).map(([label, figure]) => ({
      what: `${label}, 10 k rows`,
      measured: medianOf(last, figure),
      atMost: figure === 'longestBlockMs' ? 50 : 3000,
      unit: 'ms',
    })),
  };
}
