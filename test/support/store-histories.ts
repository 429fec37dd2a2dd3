import fc from 'fast-check';
import { expect } from 'vitest';
import type { AnyCollection, Collection } from '../../src/domain/collection.ts';
import { type AuditRecord, listAll, type Store } from '../../src/store/store.ts';
import { causeOf, claims, events, type Person, people } from './store-samples.ts';

const person = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  name: fc.string({ minLength: 1, maxLength: 8 }),
  unit: fc.constantFrom('教务处', '人事处', ''),
  age: fc.option(fc.integer({ min: -3, max: 3 })),
  active: fc.boolean(),
  tags: fc.array(fc.string(), { maxLength: 2 }),
});
const change = fc.oneof(
  fc.record({ type: fc.constant('put' as const), person }),
  fc.record({ type: fc.constant('remove' as const), id: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ type: fc.constant('claim' as const), id: fc.string(), at: fc.string() }),
  fc.record({ type: fc.constant('event' as const), person: fc.integer({ min: 1, max: 4 }) }),
);
const transaction = fc.record({
  type: fc.constant('transaction' as const),
  changes: fc.array(change, { maxLength: 6 }),
  isThrown: fc.boolean(),
  via: fc.constantFrom('message' as const, 'outbox' as const),
});
const step = fc.oneof(
  { weight: 8, arbitrary: transaction },
  { weight: 1, arbitrary: fc.constant({ type: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'snapshot' as const }) },
);

type Generated<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** What may happen to a store of the contract's collections. */
export const historySteps = fc.array(step, { maxLength: 25 });

/** What the store must hold after it, kept in plain maps. */
export interface Model {
  readonly people: Map<number, Person>;
  readonly claims: Map<string, string>;
  seq: number;
}
export const emptyModel: Model = { people: new Map(), claims: new Map(), seq: 0 };

/** @returns the model after the transaction, which may be one that throws */
export async function playTransaction(
  store: Store,
  { changes, isThrown, via }: Generated<typeof transaction>,
  model: Model,
): Promise<Model> {
  let next = model;
  const work = store.transaction(causeOf('x', via), async (tx) => {
    next = structuredClone(model);
    for (const one of changes) {
      if (one.type === 'put') {
        await tx.put(people, one.person);
        next.people.set(one.person.id, one.person);
      } else if (one.type === 'remove') {
        await tx.remove(people, one.id);
        next.people.delete(one.id);
      } else if (one.type === 'claim') {
        await tx.put(claims, { id: one.id, at: one.at });
        next.claims.set(one.id, one.at);
      } else {
        next.seq += 1;
        await tx.put(events, { person: one.person, seq: next.seq, what: 'x' });
      }
    }
    if (isThrown) throw new Error('thrown');
  });
  if (!isThrown) {
    await work;
    return next;
  }
  await expect(work).rejects.toThrow('thrown');
  return model;
}

/** Everything that a store holds, as it is read through the port. */
export interface Dump {
  readonly rows: Readonly<Record<string, readonly object[]>>;
  readonly records: readonly AuditRecord[];
  readonly numbers: Readonly<Record<string, number>>;
  /** As base64 by hash. */
  readonly blobs: Readonly<Record<string, string>>;
}

export async function dumpStore(store: Store, collections: readonly AnyCollection[]): Promise<Dump> {
  const rows: Record<string, readonly object[]> = {};
  await store.read(async (view) => {
    for (const collection of collections) {
      rows[collection.name] = await listAll(view, collection as unknown as Collection<object>);
    }
  });
  const records: AuditRecord[] = [];
  for await (const record of store.auditRecords()) records.push(record);
  const blobs: Record<string, string> = {};
  for (const sum of await store.blobs.list()) {
    blobs[sum] = Buffer.from((await store.blobs.get(sum)) ?? []).toString('base64');
  }
  return { rows, records, numbers: Object.fromEntries(await store.numbers()), blobs };
}
