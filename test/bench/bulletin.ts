import { join } from 'node:path';
import { buildBulletin } from '../../src/bot/bulletin.ts';
import { packageRoot } from '../../src/config.ts';
import { addMonths, monthOf } from '../../src/domain/day.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { emptyHead } from '../../src/store/store.ts';
import { bulletinFigures } from '../support/bulletin-figures.ts';
import type { Party } from './load.ts';
import { makeCadres, makeEntry, today } from './people.ts';

const each = 50;
const month = addMonths(monthOf(today), -1);

/** The figures and the card of a month's bulletin for so many people, each with 50 approved trainings in the cycle. */
export async function openBulletin({ people }: { people: number }): Promise<Party> {
  const policy = loadPolicy(join(packageRoot, 'data/policy')).at(today);
  const cadres = makeCadres(people);
  const entries = cadres.flatMap((_, person) =>
    Array.from({ length: each }, (__, n) => makeEntry(person * each + n + 1, person, n, each)),
  );
  return {
    round: async () => {
      const start = performance.now();
      const figures = bulletinFigures({ month, asOf: today, policy, cadres, entries, reflections: [] });
      buildBulletin(figures, emptyHead, policy);
      return { ms: performance.now() - start };
    },
    close: () => Promise.resolve(),
  };
}
