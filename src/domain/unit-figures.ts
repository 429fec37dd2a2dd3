import { z } from 'zod';
import type { Cadre } from './cadre.ts';

/** Name under which units with too few people appear together. */
export const otherUnits = '其他单位';

/** One unit in a bulletin: counted people, hundredths of the month and of the year so far, with their 登记号. */
export const unitFiguresSchema = z.object({
  unit: z.string(),
  people: z.number().int(),
  hours: z.number().int(),
  average: z.number().int(),
  yearHours: z.number().int(),
  yearAverage: z.number().int(),
  ids: z.array(z.number().int()),
  /** Absent in bulletins kept before the year's entries were. */
  yearIds: z.array(z.number().int()).optional(),
});
export type UnitFigures = z.output<typeof unitFiguresSchema>;

/** What a bulletin needs to know of a person. */
export type CountedCadre = Pick<Cadre, 'staffNo' | 'unit' | 'grade' | 'appointedOn' | 'state'>;

/** Hundredths a person, rounded; 0 without people. */
export const averageOf = (hours: number, people: number): number => (people === 0 ? 0 : Math.round(hours / people));

/** What the counted people of a unit have done together so far. */
export interface UnitSums {
  readonly unit: string;
  people: number;
  hours: number;
  yearHours: number;
  readonly ids: number[];
  readonly yearIds: number[];
}

export const startUnit = (unit: string): UnitSums => ({
  unit,
  people: 0,
  hours: 0,
  yearHours: 0,
  ids: [],
  yearIds: [],
});

export const withAverages = (unit: UnitSums): UnitFigures => ({
  unit: unit.unit,
  people: unit.people,
  hours: unit.hours,
  average: averageOf(unit.hours, unit.people),
  yearHours: unit.yearHours,
  yearAverage: averageOf(unit.yearHours, unit.people),
  ids: unit.ids,
  yearIds: unit.yearIds,
});

/**
 * Units with fewer than `smallest` people come together as 其他单位, at the end; a single small one takes the next
 * smallest with it, so that the rest cannot be told apart.
 */
export function mergeSmall(units: readonly UnitFigures[], smallest: number): UnitFigures[] {
  const bySize = [...units].sort((a, b) => a.people - b.people);
  const merged = new Set<UnitFigures>();
  let people = 0;
  for (const unit of bySize) {
    if (unit.people >= smallest && (merged.size === 0 || people >= smallest)) break;
    merged.add(unit);
    people += unit.people;
  }
  return merge(units, merged);
}

/**
 * The same units, as an earlier version of the same month showed them: two versions that part the college differently
 * would give away, one from the other, what was kept together. When that cannot be done because a unit has become too
 * small, all of them come together.
 */
export function regroup(units: readonly UnitFigures[], shown: readonly string[], smallest: number): UnitFigures[] {
  const own = units.filter(({ unit }) => shown.includes(unit));
  const rest = units.filter(({ unit }) => !shown.includes(unit));
  const wanted = shown.filter((unit) => unit !== otherUnits).length;
  const others = rest.reduce((sum, { people }) => sum + people, 0);
  const isSafe = own.length === wanted && own.every(({ people }) => people >= smallest);
  if (isSafe && (rest.length === 0 || others >= smallest)) return merge(units, new Set(rest));
  return merge(units, new Set(units));
}

function merge(units: readonly UnitFigures[], merged: ReadonlySet<UnitFigures>): UnitFigures[] {
  if (merged.size === 0) return [...units];
  const rest = startUnit(otherUnits);
  for (const unit of merged) {
    rest.people += unit.people;
    rest.hours += unit.hours;
    rest.yearHours += unit.yearHours;
    for (const id of unit.ids) rest.ids.push(id);
    for (const id of unit.yearIds ?? []) rest.yearIds.push(id);
  }
  return [...units.filter((unit) => !merged.has(unit)), withAverages(rest)];
}

/** Units that are named as leading, at most. */
const mostLeading = 3;

/**
 * The units, shown by themselves, whose average of the year lies above the college's `average`, the highest first and at
 * most three; those that tie across that limit are all left out.
 */
export function leadingUnits(units: readonly UnitFigures[], average: number): string[] {
  const above = units
    .filter(({ unit, yearAverage }) => unit !== otherUnits && yearAverage > average)
    .sort((a, b) => b.yearAverage - a.yearAverage);
  const next = above[mostLeading]?.yearAverage ?? -1;
  return above
    .slice(0, mostLeading)
    .filter(({ yearAverage }) => yearAverage > next)
    .map(({ unit }) => unit);
}
