import { z } from 'zod';
import { type Cadre, grades, roles } from './cadre.ts';
import { staffNoSchema } from './schema.ts';

/** Most people that are chosen at once. */
export const mostChosen = 500;

/** Everybody who is in one of the units, of one of the grades, in the pool and has one of the roles; empty is any. */
const groupSchema = z.object({
  units: z.array(z.string()).max(500).default([]),
  grades: z.array(z.enum(grades)).max(grades.length).default([]),
  /** 优秀年轻干部 (三.10–11) alone. */
  young: z.boolean().default(false),
  roles: z.array(z.enum(roles)).max(roles.length).default([]),
});
export type Group = z.output<typeof groupSchema>;

const choiceSchema = z.object({
  groups: z.array(groupSchema).max(50).default([]),
  staffNos: z.array(staffNoSchema).max(2000).default([]),
});
/** Groups of people and people by their 工号. */
export type Choice = z.output<typeof choiceSchema>;

/** 选人: who is chosen and who of them is not, as it was said; whom that means is looked up each time. */
export const selectionSchema = z.object({ chosen: choiceSchema, except: choiceSchema });
export type Selection = z.output<typeof selectionSchema>;

export const everybody: Group = { units: [], grades: [], young: false, roles: [] };
export const nobody: Choice = { groups: [], staffNos: [] };

type Member = Pick<Cadre, 'staffNo' | 'unit' | 'grade' | 'youngTalent' | 'roles' | 'state'>;

const isIn = (group: Group, person: Member): boolean =>
  (group.units.length === 0 || group.units.includes(person.unit)) &&
  (group.grades.length === 0 || group.grades.includes(person.grade)) &&
  (group.roles.length === 0 || group.roles.some((role) => person.roles.includes(role))) &&
  (!group.young || person.youngTalent);

function membership({ groups, staffNos }: Choice): (person: Member) => boolean {
  const named = new Set(staffNos);
  return (person) => named.has(person.staffNo) || groups.some((group) => isIn(group, person));
}

/** The active people that a selection means, in the order of the roster. */
export function selectPeople<T extends Member>({ chosen, except }: Selection, roster: readonly T[]): T[] {
  const [isChosen, isExcepted] = [membership(chosen), membership(except)];
  return roster.filter((person) => person.state === 'active' && isChosen(person) && !isExcepted(person));
}

/** Both choices as one. */
export const joinChoices = (a: Choice, b: Choice): Choice => ({
  groups: [...a.groups, ...b.groups],
  staffNos: [...new Set([...a.staffNos, ...b.staffNos])],
});

/** How many people of each unit, in the order of the people. */
export function countByUnit(
  people: readonly Pick<Cadre, 'unit'>[],
): readonly (readonly [unit: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { unit } of people) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts];
}
