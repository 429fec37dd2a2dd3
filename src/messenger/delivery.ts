import { addMs, type Instant } from '../domain/day.ts';
import { listAll, type Page, type Reader, type Transaction } from '../store/store.ts';
import { outboxTexts as texts } from '../texts/outbox.ts';
import type { Address, Messenger, SendOutcome } from './messenger.ts';
import { type OutboxRow, outbox } from './outbox.ts';
import type { Reply } from './reply.ts';

/** How long a leased message belongs to its pump; a try begins within it. */
const leaseMs = 30_000;
const firstPauseMs = 1000;
const longestPauseMs = 300_000;
const page = 100;

/** The platform's id of a cadre, or null when nobody is bound. */
export type AddressOf = (view: Reader, messenger: string, staffNo: string) => Promise<string | null>;

/** A message that is this pump's to send, until `row.leasedUntil`. */
export interface Delivery {
  readonly row: OutboxRow;
  readonly reply: Reply;
  readonly to: Address;
  readonly messenger: Messenger;
}

/** What became of a delivery; `unsent`: it was not even tried. */
export interface Result {
  readonly key: string;
  readonly outcome: SendOutcome | 'unsent';
}

interface LeaseParts {
  readonly owner: string;
  readonly messengers: ReadonlyMap<string, Messenger>;
  readonly addressOf: AddressOf;
  /** What this pump is sending now. */
  readonly inFlight: ReadonlySet<string>;
  /** How many more messages each messenger can take now. */
  readonly room: ReadonlyMap<string, number>;
}

/** Writes down what became of deliveries. */
export async function recordResults(tx: Transaction, results: readonly Result[], owner: string): Promise<void> {
  for (const { key, outcome } of results) {
    const row = await tx.get(outbox, key);
    if (row === undefined || row.state === 'sent') continue;
    const delivered = outcome !== 'unsent' && outcome.ok;
    // Whoever has taken over a lease decides; but what did arrive has arrived.
    if (!delivered && (row.state !== 'leased' || row.leasedBy !== owner)) continue;
    await tx.put(outbox, settle(row, outcome, tx.cause.at));
  }
}

function settle(row: OutboxRow, outcome: Result['outcome'], now: Instant): OutboxRow {
  const free = { ...row, leasedUntil: null, leasedBy: null };
  if (outcome === 'unsent') {
    const attempts = row.attempts - 1;
    return { ...free, state: 'queued', attempts, firstTriedAt: attempts === 0 ? null : row.firstTriedAt };
  }
  if (outcome.ok) {
    const reply = row.purpose === 'bulletin' ? row.reply : null;
    return { ...free, state: 'sent', sentAt: now, messageId: outcome.messageId, reason: null, reply };
  }
  if (!outcome.retry) return { ...free, state: 'failed', reason: outcome.reason };
  const pause = Math.max(outcome.afterMs, Math.min(longestPauseMs, firstPauseMs * 2 ** (row.attempts - 1)));
  return { ...free, state: 'queued', notBefore: addMs(now, pause), reason: outcome.reason };
}

/** What a turn takes out of the queue. */
export interface Lease {
  readonly deliveries: readonly Delivery[];
  /** Something was given up on, so that something else may have become due. */
  readonly hasSettled: boolean;
  /** When something will be due that is not now. */
  readonly nextDue: Instant | null;
}

/**
 * Takes what is due: first the leases that a crash has left behind, then the queue. To one target goes one message at
 * a time, in the order in which they were written. What can no longer be sent is settled on the way.
 */
export async function leaseDue(tx: Transaction, parts: LeaseParts): Promise<Lease> {
  const now = tx.cause.at;
  const deliveries: Delivery[] = [];
  const later: Instant[] = [];
  const room = new Map(parts.room);
  const busyTargets = new Set<string>();
  let hasSettled = false;

  const lease = async (row: OutboxRow): Promise<void> => {
    const ready = await readiness(tx, row, parts);
    if (ready.type === 'settled') {
      hasSettled = true;
      return tx.put(outbox, { ...row, leasedUntil: null, leasedBy: null, ...ready.as });
    }
    const { to, reply, messenger } = ready;
    const leased = leaseRow(row, messenger, parts.owner, now);
    await tx.put(outbox, leased);
    deliveries.push({ row: leased, reply, to, messenger });
    room.set(messenger.name, (room.get(messenger.name) ?? 0) - 1);
    busyTargets.add(row.target);
  };
  const hasRoom = (row: OutboxRow): boolean => room.get(row.messenger) !== 0;

  for (const row of await listAll(tx, outbox, { index: 'byState', equals: ['leased'] })) {
    const heldUntil = row.leasedBy === parts.owner ? null : row.leasedUntil;
    const isOthers = heldUntil !== null && heldUntil > now;
    if (isOthers) later.push(heldUntil);
    if (isOthers || parts.inFlight.has(row.key) || !hasRoom(row)) busyTargets.add(row.target);
    else await lease(row);
  }

  let after: string | null = null;
  do {
    const query = { index: 'byState', equals: ['queued'], to: now, limit: page, after };
    const due: Page<OutboxRow> = await tx.find(outbox, query);
    for (const row of due.rows) {
      if (hasRoom(row) && !busyTargets.has(row.target) && (await isItsTurn(tx, row))) await lease(row);
    }
    after = due.next;
  } while (after !== null && [...room.values()].some((left) => left > 0));

  const next = await tx.find(outbox, { index: 'byState', equals: ['queued'], from: addMs(now, 1), limit: 1 });
  for (const row of next.rows) later.push(row.notBefore);
  return { deliveries, hasSettled, nextDue: later.sort()[0] ?? null };
}

/** Whether the queue may give something out now: a lease that was left behind, or a message whose time has come. */
export async function isAnythingDue(view: Reader, now: Instant): Promise<boolean> {
  const leased = await view.count(outbox, { index: 'byState', equals: ['leased'] });
  return leased > 0 || (await view.count(outbox, { index: 'byState', equals: ['queued'], to: now })) > 0;
}

function leaseRow(row: OutboxRow, messenger: Messenger, owner: string, now: Instant): OutboxRow {
  const until = addMs(now, leaseMs);
  const safeUntil = row.firstTriedAt === null ? until : addMs(row.firstTriedAt, messenger.idempotencyMs);
  return {
    ...row,
    state: 'leased',
    attempts: row.attempts + 1,
    firstTriedAt: row.firstTriedAt ?? now,
    leasedUntil: safeUntil < until ? safeUntil : until,
    leasedBy: owner,
  };
}

/** Whether nothing older for the same target is due, or waits to be tried again. */
async function isItsTurn(tx: Reader, row: OutboxRow): Promise<boolean> {
  const older = await tx.find(outbox, { index: 'byOrder', equals: ['queued', row.target], to: row.seq - 1 });
  return older.rows.every(({ attempts, notBefore }) => attempts === 0 && notBefore > row.notBefore);
}

type Readiness =
  | { readonly type: 'ready'; readonly to: Address; readonly reply: Reply; readonly messenger: Messenger }
  | { readonly type: 'settled'; readonly as: Pick<OutboxRow, 'state' | 'reason'> };

const settled = (state: OutboxRow['state'], reason: string): Readiness => ({ type: 'settled', as: { state, reason } });

async function readiness(
  tx: Transaction,
  row: OutboxRow,
  { messengers, addressOf }: Pick<LeaseParts, 'messengers' | 'addressOf'>,
): Promise<Readiness> {
  const now = tx.cause.at;
  const messenger = messengers.get(row.messenger);
  if (messenger === undefined || row.reply === null) return settled('failed', texts.noMessenger(row.messenger));
  const tried = row.firstTriedAt;
  const isLate = row.notAfter !== null && now > row.notAfter;
  if (tried !== null && (isLate || Date.parse(now) - Date.parse(tried) >= messenger.idempotencyMs)) {
    return settled('unknown', texts.outcomeUnknown(row.reason));
  }
  if (isLate) return settled('expired', texts.expired);
  const { to, reply } = row;
  if (to.type !== 'cadre') return { type: 'ready', to, reply, messenger };
  const id = await addressOf(tx, row.messenger, to.staffNo);
  return id === null
    ? settled('failed', texts.unbound)
    : { type: 'ready', to: { type: 'person', id }, reply, messenger };
}
