import { writeSync } from 'node:fs';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { causeOf, claims, contractCollections, events, people, personOf } from './store-samples.ts';

// A process under load, to be killed: it takes messages, each delivered twice at the same time, and prints the number
// of a message once it is acknowledged.
const [directory = '', first = '0'] = process.argv.slice(2);
const store = await openLowdbStore({ directory, collections: contractCollections, snapshotAfter: 60_000 });

const takeMessage = (n: number): Promise<void> =>
  store.transaction(causeOf(`om_${n}`), async (tx) => {
    if ((await tx.get(claims, `om_${n}`)) !== undefined) return;
    await tx.put(claims, { id: `om_${n}`, at: 'x' });
    await tx.put(events, { person: n, seq: await tx.nextNumber('events'), what: '登记' });
    const counter = (await tx.get(people, 1)) ?? personOf(1, { age: 0 });
    await tx.put(people, { ...counter, age: (counter.age ?? 0) + 1 });
  });

let next = Number(first);
async function work(): Promise<never> {
  for (;;) {
    const n = next++;
    await Promise.all([takeMessage(n), takeMessage(n)]);
    writeSync(1, `${n}\n`);
  }
}
await Promise.all(Array.from({ length: 20 }, work));
