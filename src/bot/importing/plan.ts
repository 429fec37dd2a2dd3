import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportCounts } from '../../domain/import.ts';
import type { Reader, Store } from '../../store/store.ts';
import { type LedgerOptions, planLedgerImport } from './ledger.ts';
import type { ImportReading } from './read.ts';
import type { ImportReport } from './report.ts';
import { planRosterImport } from './roster.ts';

export interface PlanOptions extends LedgerOptions {
  readonly mayAssignRoles: boolean;
}

/** What a file would change. */
export const planImport = async (view: Reader, found: ImportReading, options: PlanOptions): Promise<ImportReport> =>
  found.subject === 'ledger'
    ? (await planLedgerImport(view, found.reading, options)).report
    : (await planRosterImport(view, found.reading, options)).report;

export const countReport = ({ total, added, updated, same, waiting, faults }: ImportReport): ImportCounts => ({
  total,
  added,
  updated,
  same,
  waiting,
  faulty: new Set(faults.map(({ sheet, row }) => `${row}:${sheet}`)).size,
});

/**
 * A view in which every question is a read of its own, so that others have their turn in between: what was found may
 * have changed by the next question, and whoever writes looks again.
 */
export const lookingAgain = (store: Store): Reader => ({
  get: (collection, key) => store.read((view) => view.get(collection, key)),
  getAll: (collection, keys) => store.read((view) => view.getAll(collection, keys)),
  find: (collection, query) => store.read((view) => view.find(collection, query)),
  pick: (collection, fields, query) => store.read((view) => view.pick(collection, fields, query)),
  count: (collection, query) => store.read((view) => view.count(collection, query)),
  totals: (collection, query) => store.read((view) => view.totals(collection, query)),
  lastNumber: (sequence) => store.read((view) => view.lastNumber(sequence)),
  auditHead: () => store.read((view) => view.auditHead()),
});

/** How long to go on before others have their turn, in milliseconds. */
const longest = 8;

/** A pause that is due now and then. */
export function createPause(): () => Promise<void> | null {
  let since = performance.now();
  const take = async (): Promise<void> => {
    await nextTurn();
    since = performance.now();
  };
  return () => (performance.now() - since < longest ? null : take());
}
