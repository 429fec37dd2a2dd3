import type { Instant } from '../../domain/day.ts';
import { rosterProposals } from '../../domain/roster-proposal.ts';
import { lineSchema } from '../../domain/schema.ts';
import type { DirectoryEntry } from '../../messenger/messenger.ts';
import { listAll, type Reader } from '../../store/store.ts';
import type { HappeningContext } from '../context.ts';
import { accounts, findCadre } from '../people.ts';
import { recognise } from '../recognise.ts';
import { propose } from '../roster/proposals.ts';
import { findUnit, listUnits } from '../units.ts';

/** A unit that differs from the roster's is proposed once; the roster itself changes only when an archivist says so. */
export async function proposeUnit(context: HappeningContext, person: DirectoryEntry, at: Instant): Promise<void> {
  const { tx, messenger } = context;
  const known = await findCadre(tx, messenger, person);
  const leaving = known === null ? undefined : await tx.get(rosterProposals, `${known.staffNo}:left`);
  // What comes late must not bring back somebody who has left since.
  if (known?.state !== 'active' || (leaving !== undefined && leaving.at > at)) return;
  await recognise(tx, messenger, person);
  const { staffNo, unit: before } = known;
  if (leaving !== undefined) await tx.remove(rosterProposals, `${staffNo}:left`);
  const after = await otherUnit(tx, person.units, before);
  const earlier = await tx.get(rosterProposals, `${staffNo}:unit`);
  if (after === null) {
    if (earlier !== undefined && person.units.length > 0) await tx.remove(rosterProposals, `${staffNo}:unit`);
  } else if (earlier?.before !== before || earlier.after !== after) {
    await propose(context, known, { staffNo, what: 'unit', before, after, messenger, at, state: 'open' });
  }
}

/** The unit that the directory has for somebody, in the roster's words; null when it is the roster's, or none. */
async function otherUnit(view: Reader, names: readonly string[], unit: string): Promise<string | null> {
  const units = await listUnits(view);
  const found = names.flatMap((name) => {
    const line = lineSchema(60).safeParse(name);
    return line.success ? [findUnit(line.data, units) ?? line.data] : [];
  });
  if (found.includes(unit)) return null;
  return found.find((name) => units.includes(name)) ?? found[0] ?? null;
}

/** Nothing is sent any more to the account of somebody who has left; what becomes of their place on the roster is asked. */
export async function proposeLeaving(context: HappeningContext, person: DirectoryEntry, at: Instant): Promise<void> {
  const { tx, messenger } = context;
  const cadre = await findCadre(tx, messenger, person);
  const { id, userId } = person;
  const sameUser =
    userId === null ? [] : await listAll(tx, accounts, { index: 'byUserId', equals: [messenger, userId] });
  for (const account of new Set([id, ...sameUser.map((one) => one.id)])) {
    await tx.remove(accounts, `${messenger}:${account}`);
  }
  if (cadre?.state !== 'active') return;
  const { staffNo, unit } = cadre;
  const earlier = await tx.get(rosterProposals, `${staffNo}:left`);
  if (earlier?.state === 'open') return;
  await propose(context, cadre, { staffNo, what: 'left', before: unit, after: unit, messenger, at, state: 'open' });
}
