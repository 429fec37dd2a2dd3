import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Notice, notices } from '../domain/notice.ts';
import { listAll, type Reader, type Transaction } from '../store/store.ts';

/** Everybody who is counted and reminded. */
export const listActive = (view: Reader): Promise<Cadre[]> =>
  listAll(view, cadres, { index: 'byState', equals: ['active'] });

/** Keeps what has not been planned before; what was dropped as done is owed again and planned again. @returns how many */
export async function keepNew(tx: Transaction, planned: readonly Notice[]): Promise<number> {
  let count = 0;
  for (const notice of planned) {
    const known = await tx.get(notices, notice.key);
    if (known !== undefined && known.state !== 'dropped') continue;
    await tx.put(notices, notice);
    count += 1;
  }
  return count;
}
