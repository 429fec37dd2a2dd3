import { addDays, daysBetween, type Instant } from '../domain/day.ts';
import { applyEvent } from '../domain/entry-life.ts';
import { type HourEntry, type HourEvent, type HourFacts, hourEntries, hourEvents } from '../domain/hours.ts';
import { followProof, makeUps } from '../domain/make-up.ts';
import type { Policy } from '../domain/policy.ts';
import { openReflection, owesReflection, reflections, waiveReflection } from '../domain/reflection.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import { makeUpTexts } from '../texts/make-up.ts';

/**
 * The one way in which the ledger changes: the event is kept for ever, the entry's current state follows from it, and
 * so do the 学习体会 that an approved training owes (三.6) and the make-ups that it has proven. `policy` is that of the training's last day.
 */
export async function appendHourEvent(tx: Transaction, event: HourEvent, policy: Policy): Promise<HourEntry> {
  const before = await tx.get(hourEntries, event.entryId);
  const entry = applyEvent(before, event);
  await tx.put(hourEvents, event);
  await tx.put(hourEntries, entry);
  // A class says itself what it asks for.
  if (event.type === 'approved' && entry.source !== 'attendance' && owesReflection(entry, policy)) {
    const known = await tx.get(reflections, entry.id);
    if (known === undefined) await tx.put(reflections, openReflection(entry, policy));
  }
  if (event.type === 'voided') {
    const owed = await tx.get(reflections, entry.id);
    if (owed !== undefined && owed.state !== 'accepted') {
      await tx.put(reflections, waiveReflection(owed, event.by, event.reason ?? ''));
    }
  }
  if (before !== undefined && event.type !== 'approved') await followProofs(tx, before, entry, event.at);
  return entry;
}

/** What a training has proven is owed again when it does not stand any more. */
async function followProofs(tx: Transaction, before: HourEntry, entry: HourEntry, at: Instant): Promise<void> {
  for (const makeUp of await listAll(tx, makeUps, { index: 'byPerson', equals: [entry.staffNo] })) {
    const next = followProof(makeUp, before, entry, at, makeUpTexts.proofGone(entry));
    if (next !== null) await tx.put(makeUps, next);
  }
}

/** The make-ups of a person that are owed again since a training has changed just now. */
export const owedAgain = async (view: Reader, { id, staffNo }: Pick<HourEntry, 'id' | 'staffNo'>, at: Instant) =>
  (await listAll(view, makeUps, { index: 'byPerson', equals: [staffNo] })).filter(
    (one) => one.entryId === id && one.state === 'returned' && one.decidedBy === 'system' && one.decidedAt === at,
  );

/** The next 登记号. */
export const nextEntryId = (tx: Transaction): Promise<number> => tx.nextNumber('hour-entries');

/** A person's entries that a training may be in conflict with, by their first day: none that ended earlier than the day before it. */
export async function entriesNear(
  view: Reader,
  staffNo: string,
  { from }: Pick<HourFacts, 'from'>,
): Promise<HourEntry[]> {
  const near = { index: 'byPersonEnd', equals: [staffNo], from: addDays(from, -1) };
  return (await listAll(view, hourEntries, near)).sort((a, b) => daysBetween(b.from, a.from) || a.id - b.id);
}
