import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Notice, notices } from '../domain/notice.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';
import type { Step } from './job.ts';
import { inParts } from './stepped.ts';

/** Everybody who is counted and reminded. */
export const listActive = (view: Reader): Promise<Cadre[]> =>
  listAll(view, cadres, { index: 'byState', equals: ['active'] });

/** Keeps what has not been planned before; what was dropped as done is owed again and planned again. @returns how many */
export async function keepNew(tx: Transaction, planned: readonly Notice[]): Promise<number> {
  const known = await tx.getAll(
    notices,
    planned.map(({ key }) => key),
  );
  const fresh = planned.filter((_, i) => known[i] === undefined || known[i].state === 'dropped');
  for (const notice of fresh) await tx.put(notices, notice);
  return fresh.length;
}

/** So many are written down in one transaction. */
const noticesAtOnce = 5000;

/** Keeps what is new, a part at a time. */
export const keepInSteps = (planned: readonly Notice[]): Step[] =>
  inParts(planned, noticesAtOnce).map((part) => async ({ tx }) => ({ kept: await keepNew(tx, part) }));
