import { type BulletinFigures, countedUntil, tallyBulletin } from '../../src/domain/bulletin.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import type { Day, Month } from '../../src/domain/day.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Reflection } from '../../src/domain/reflection.ts';
import { hoursWithin } from '../../src/domain/totals.ts';

/** A month's figures from all entries there are, what was earned added up by the plainest means. */
export function bulletinFigures(input: {
  readonly month: Month;
  readonly cadres: readonly Cadre[];
  readonly entries: readonly HourEntry[];
  readonly reflections: readonly Reflection[];
  readonly policy: Policy;
  readonly asOf: Day;
  readonly shownUnits?: readonly string[];
}): BulletinFigures {
  const { cadres, entries, policy, ...rest } = input;
  const { from, to } = policy.cycle;
  const earned = new Map<string, number>();
  for (const entry of entries) {
    if (entry.state !== 'approved' || entry.to > countedUntil(rest)) continue;
    earned.set(entry.staffNo, (earned.get(entry.staffNo) ?? 0) + hoursWithin(entry, from, to));
  }
  const tally = tallyBulletin(cadres, earned, policy, rest);
  for (const entry of entries) tally.add(entry);
  return tally.result(rest);
}
