import type { Cadre, Role } from '../../domain/cadre.ts';
import { cadres } from '../../domain/cadre.ts';
import type { HourEntry } from '../../domain/hours.ts';
import { hourEntries } from '../../domain/hours.ts';
import { type Conflict, findConflicts } from '../../domain/overlap.ts';
import { listAll } from '../../store/store.ts';
import { actorNames } from '../../texts/glossary.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';

/** Who decides on entries; the archivist beside them declares approved ones void. */
export const deciders: readonly Role[] = ['clerk', 'department-head'];

export const mayDecide = ({ me }: Context): boolean => mayUse(deciders, me);

export const waitingQuery = { index: 'byState', equals: ['submitted'] } as const;

/** The name to show for a 工号. */
export const nameOf = async ({ tx }: Context, staffNo: string): Promise<string> =>
  (await tx.get(cadres, staffNo))?.name ?? actorNames[staffNo] ?? staffNo;

/** An entry with whom it is about, the person's other entries and what speaks against it. */
export interface Case {
  readonly entry: HourEntry;
  readonly cadre: Pick<Cadre, 'staffNo' | 'name' | 'unit' | 'position' | 'grade'>;
  readonly others: readonly HourEntry[];
  readonly conflicts: readonly Conflict[];
}

/** Lays entries before the reviewer; each person's other entries are looked up once. */
export async function openCases(context: Context, entries: readonly HourEntry[]): Promise<Case[]> {
  const { tx, policies } = context;
  const byPerson = new Map<string, Pick<Case, 'cadre' | 'others'>>();
  const cases: Case[] = [];
  for (const entry of entries) {
    const { staffNo } = entry;
    const person = byPerson.get(staffNo) ?? {
      cadre: (await tx.get(cadres, staffNo)) ?? { staffNo, name: staffNo, unit: '', position: '', grade: 'other' },
      others: await listAll(tx, hourEntries, { index: 'byPerson', equals: [staffNo] }),
    };
    byPerson.set(staffNo, person);
    cases.push({ entry, ...person, conflicts: findConflicts(entry, person.others, policies.at(entry.to)) });
  }
  return cases;
}
