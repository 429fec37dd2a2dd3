import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Notice, notices } from '../domain/notice.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';

/** Everybody who is counted and reminded. */
export const listActive = (view: Reader): Promise<Cadre[]> =>
  listAll(view, cadres, { index: 'byState', equals: ['active'] });

/** Keeps what has not been planned before, whether or not it has been told since. @returns how many */
export async function keepNew(tx: Transaction, planned: readonly Notice[]): Promise<number> {
  let count = 0;
  for (const notice of planned) {
    if ((await tx.get(notices, notice.key)) !== undefined) continue;
    await tx.put(notices, notice);
    count += 1;
  }
  return count;
}
