import { writeSync } from 'node:fs';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { contractCollections, people, personOf } from './store-samples.ts';

// Opens the store of a folder, writes one row and stays: a second process for the tests of the lock.
const [directory = ''] = process.argv.slice(2);
const store = await openLowdbStore({ directory, collections: contractCollections });
await store.transaction({ actor: 'system', via: 'cli', what: 'hold', ref: '', at: '2026-11-20T01:00:00.000Z' }, (tx) =>
  tx.put(people, personOf(1)),
);
writeSync(1, 'ready\n');
setInterval(() => undefined, 60_000);
