import { type AnyCollection, type Collection, keyOf } from '../../src/domain/collection.ts';
import { Breath } from '../../src/store/lowdb/breath.ts';
import { State } from '../../src/store/lowdb/state.ts';
import { View } from '../../src/store/lowdb/transaction.ts';
import type { Reader } from '../../src/store/store.ts';

/** A view of some rows as the embedded engine gives it, without anything on a disk. */
export function viewOf(...kept: readonly (readonly [AnyCollection, readonly object[]])[]): Reader {
  const state = new State(kept.map(([collection]) => collection));
  for (const [collection, rows] of kept) {
    for (const row of rows)
      state.tableOf(collection).load(keyOf(collection as unknown as Collection<object>, row), row);
    state.tableOf(collection).index();
  }
  return new View(state, new Breath());
}
