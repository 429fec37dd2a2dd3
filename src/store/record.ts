import { storeTexts } from '../texts/store.ts';
import { type Cause, StoreError } from './store.ts';

/** What every engine writes in the same way: the pieces of a canonical audit record, and where sequences begin. */
export const firstNumber = 1001;

/** One change as the record carries it; `text` is the row as JSON, null for a removal. */
export const changeText = (collection: string, key: string, text: string | null): string =>
  `{"collection":${JSON.stringify(collection)},"key":${JSON.stringify(key)},"to":${text ?? 'null'}}`;

const unrecorded: ReadonlySet<Cause['via']> = new Set(['outbox', 'simulator']);

/** Whether a transaction leaves a record: all do but those of the outbox and the simulator that touch no ledger. */
export const isRecorded = ({ via }: Cause, ledgerChanges: number): boolean => ledgerChanges > 0 || !unrecorded.has(via);

/** The cause in the order of its declaration, on which the record's hash depends. */
export const orderedCause = ({ actor, via, what, ref, at }: Cause): Cause => ({ actor, via, what, ref, at });

export const refuseChange = (collection: string, key: string): StoreError =>
  new StoreError('append-only', storeTexts.appendOnly(collection, key));
