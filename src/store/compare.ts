import type { AnyCollection } from '../domain/collection.ts';
import { hourEntries } from '../domain/hours.ts';
import { anyRows } from './copying.ts';
import { type AuditHead, eachRow, type Store } from './store.ts';

/** What a store holds, small enough to compare and to read aloud. */
export interface Summary {
  readonly head: AuditHead;
  /** By the name of the collection. */
  readonly rows: ReadonlyMap<string, number>;
  /** Approved hours in hundredths, by 工号. */
  readonly hours: ReadonlyMap<string, number>;
}

export const summarise = (store: Store, collections: readonly AnyCollection[]): Promise<Summary> =>
  store.read(async (view) => {
    const head = await view.auditHead();
    const rows = new Map<string, number>();
    for (const collection of collections) rows.set(collection.name, await view.count(anyRows(collection), {}));
    const hours = new Map<string, number>();
    await eachRow(view, hourEntries, { index: 'byState', equals: ['approved'] }, (entry) => {
      hours.set(entry.staffNo, (hours.get(entry.staffNo) ?? 0) + entry.hours);
    });
    return { head, rows, hours };
  });

export const isEmpty = ({ head, rows }: Summary): boolean => head.n === 0 && [...rows.values()].every((n) => n === 0);

/** One name whose numbers differ; 0 where it is not there. */
export interface Difference {
  readonly name: string;
  readonly source: number;
  readonly target: number;
}

export const differencesOf = (
  source: ReadonlyMap<string, number>,
  target: ReadonlyMap<string, number>,
): readonly Difference[] =>
  [...new Set([...source.keys(), ...target.keys()])]
    .map((name) => ({ name, source: source.get(name) ?? 0, target: target.get(name) ?? 0 }))
    .filter((each) => each.source !== each.target);

export const sumOf = (numbers: ReadonlyMap<string, number>): number =>
  [...numbers.values()].reduce((sum, number) => sum + number, 0);
