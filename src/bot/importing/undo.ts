import { cadres } from '../../domain/cadre.ts';
import { decideEvent, voidEvent, withdrawEvent } from '../../domain/entry-life.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import { type Import, imports, type RosterChange, rosterChanges } from '../../domain/import.ts';
import type { Policy } from '../../domain/policy.ts';
import { listAll, type Reader, type Transaction } from '../../store/store.ts';
import { appendHourEvent } from '../ledger.ts';
import { accounts, bindings } from '../people.ts';
import { rulesInForce } from '../rules/in-force.ts';
import { tellOutcome } from './cards.ts';
import type { ImporterParts, Step } from './importer.ts';
import { lookingAgain } from './plan.ts';

/** Entries or people that are undone with one transaction. */
const atOnce = 50;

type Left = NonNullable<Import['undo']>['left'][number];
type Outcome = 'undone' | Left | null;
type Undoing = NonNullable<Import['undo']>;

/**
 * Takes an import back, by events that stay visible: what is still as the import left it is voided, rejected, withdrawn or
 * put back; what somebody has decided or changed since stays and is named. What an earlier run has undone is left alone.
 */
export async function undo({ store, policies }: ImporterParts, row: Import, step: Step): Promise<void> {
  const view = lookingAgain(store);
  const carry = async <T>(
    items: readonly T[],
    undoOne: (tx: Transaction, item: T, undoing: Undoing) => Promise<Outcome>,
  ) => {
    for (let start = row.done; start < items.length; start += atOnce) {
      await step(async (tx, current) => {
        if (current.undo === null) return;
        let { undone } = current.undo;
        const left = [...current.undo.left];
        for (const item of items.slice(start, start + atOnce)) {
          const outcome = await undoOne(tx, item, current.undo);
          if (outcome === 'undone') undone += 1;
          else if (outcome !== null) left.push(outcome);
        }
        const done = Math.min(start + atOnce, items.length);
        await tx.put(imports, { ...current, undo: { ...current.undo, undone, left }, done, due: items.length });
      });
    }
  };
  if (row.subject === 'ledger') {
    // Neither of the two lists grows or shrinks, so that a count tells how far an earlier run came.
    const entries = await listAll(view, hourEntries, { index: 'byImport', equals: [row.importId] });
    const rules = await store.read(rulesInForce(policies));
    await carry(
      entries.map(({ id, to }) => ({ id, policy: rules.at(to) })),
      undoEntry,
    );
  } else {
    await carry(await listAll(view, rosterChanges, { index: 'byImport', equals: [row.id] }), (tx, change, undoing) =>
      undoPerson(tx, change, undoing, row.messenger),
    );
  }
  await step(async (tx, current) => {
    const undone: Import = { ...current, state: 'undone', finishedAt: tx.cause.at };
    await tx.put(imports, undone);
    await tellOutcome(tx, undone);
  });
}

/** What undoing would do to an entry: the event, who stands in the way, or nothing. */
function eventFor(entry: HourEntry, by: string, at: string, reason: string) {
  if (entry.state === 'approved') return voidEvent(entry, reason, by, at);
  if (entry.staffNo === by) return withdrawEvent(entry, by, at);
  return decideEvent(entry, { type: 'rejected', reason }, by, at);
}

async function undoEntry(
  tx: Transaction,
  { id, policy }: { id: number; policy: Policy },
  { by, reason }: Undoing,
): Promise<Outcome> {
  const entry = await tx.get(hourEntries, id);
  if (entry === undefined) return null;
  const left = leftOf(entry, by);
  if (left !== null) return left;
  const result = eventFor(entry, by, tx.cause.at, reason);
  if (!result.ok) return { key: String(id), why: 'decided' };
  await appendHourEvent(tx, result.event, policy);
  return 'undone';
}

function leftOf(entry: HourEntry, by: string): Left | null {
  const { id, state, version, staffNo } = entry;
  // The import submits, and approves all but the importer's own.
  const isAsImported =
    (state === 'submitted' && version === 1) ||
    (state === 'approved' && version === 2 && entry.decidedBy === entry.submittedBy);
  if (!isAsImported) return { key: String(id), why: 'decided' };
  return state === 'approved' && staffNo === by ? { key: String(id), why: 'own' } : null;
}

async function undoPerson(tx: Transaction, change: RosterChange, { by }: Undoing, messenger: string): Promise<Outcome> {
  const { staffNo, before } = change;
  const left = await leftBehind(tx, change, by);
  if (left !== null) return left;
  if (before !== null) await tx.put(cadres, { ...before, updatedAt: tx.cause.at });
  else if (await isReferredTo(tx, change, messenger)) {
    await tx.put(cadres, { ...change.after, state: 'left', updatedAt: tx.cause.at });
  } else await tx.remove(cadres, staffNo);
  return 'undone';
}

/** Who was changed since stays; so do roles that the undoing person may not assign. */
async function leftBehind(view: Reader, { staffNo, before, after }: RosterChange, by: string): Promise<Left | null> {
  const now = await view.get(cadres, staffNo);
  if (JSON.stringify(now) !== JSON.stringify(after)) return { key: staffNo, why: 'changed' };
  const isArchivist = (await view.get(cadres, by))?.roles.includes('archivist') === true;
  const sameRoles = JSON.stringify(before?.roles ?? []) === JSON.stringify(after.roles);
  return sameRoles || isArchivist ? null : { key: staffNo, why: 'roles' };
}

const isReferredTo = async (tx: Transaction, { staffNo, after }: RosterChange, messenger: string): Promise<boolean> =>
  after.roles.length > 0 ||
  (await tx.count(hourEntries, { index: 'byPerson', equals: [staffNo] })) > 0 ||
  (await tx.count(bindings, { index: 'byStaffNo', equals: [staffNo] })) > 0 ||
  (await tx.count(accounts, { index: 'byStaffNo', equals: [messenger, staffNo] })) > 0;

/** What undoing an import would do now, or what is still to be undone, for the person who asks. */
export async function foresee(view: Reader, row: Import, by: string): Promise<{ undone: number; left: Left[] }> {
  const left: Left[] = [];
  let total = 0;
  const start = row.undo === null ? 0 : row.done;
  if (row.subject === 'ledger') {
    const all = await listAll(view, hourEntries, { index: 'byImport', equals: [row.importId] });
    const entries = all.slice(start);
    total = entries.length;
    left.push(...entries.map((entry) => leftOf(entry, by)).filter((one) => one !== null));
  } else {
    const changes = (await listAll(view, rosterChanges, { index: 'byImport', equals: [row.id] })).slice(start);
    total = changes.length;
    for (const change of changes) {
      const one = await leftBehind(view, change, by);
      if (one !== null) left.push(one);
    }
  }
  return { undone: total - left.length, left };
}
