import { z } from 'zod';
import type { Cadre } from './cadre.ts';
import type { HourEntry } from './hours.ts';

/** Name under which units with too few people appear together. */
export const otherUnits = '其他单位';

/** One unit in a bulletin: counted people, hundredths of the month and of the year so far, the month's 登记号. */
export const unitFiguresSchema = z.object({
  unit: z.string(),
  people: z.number().int(),
  hours: z.number().int(),
  average: z.number().int(),
  yearHours: z.number().int(),
  yearAverage: z.number().int(),
  ids: z.array(z.number().int()),
});
export type UnitFigures = z.output<typeof unitFiguresSchema>;

/** What a counted person has done by the day of the figures. */
export interface Tally {
  readonly cadre: Cadre;
  /** Hundredths within the cycle, and of the year. */
  cycleHours: number;
  yearHours: number;
  readonly monthEntries: HourEntry[];
}

/** Hundredths a person, rounded; 0 without people. */
export const averageOf = (hours: number, people: number): number => (people === 0 ? 0 : Math.round(hours / people));

const withAverages = (unit: Omit<UnitFigures, 'average' | 'yearAverage'>): UnitFigures => ({
  unit: unit.unit,
  people: unit.people,
  hours: unit.hours,
  average: averageOf(unit.hours, unit.people),
  yearHours: unit.yearHours,
  yearAverage: averageOf(unit.yearHours, unit.people),
  ids: unit.ids,
});

/** The figures of every unit that has counted people, in the given order. */
export function unitFigures(tallies: Iterable<Tally>, order: readonly string[]): UnitFigures[] {
  const units = new Map<string, Omit<UnitFigures, 'average' | 'yearAverage'>>();
  for (const { cadre, yearHours, monthEntries } of tallies) {
    const row = units.get(cadre.unit) ?? { unit: cadre.unit, people: 0, hours: 0, yearHours: 0, ids: [] };
    row.people += 1;
    row.yearHours += yearHours;
    for (const entry of monthEntries) {
      row.hours += entry.hours;
      row.ids.push(entry.id);
    }
    units.set(cadre.unit, row);
  }
  return order.flatMap((unit) => units.get(unit) ?? []).map(withAverages);
}

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
  if (merged.size === 0) return [...units];
  const rest = { unit: otherUnits, people, hours: 0, yearHours: 0, ids: [] as number[] };
  for (const unit of merged) {
    rest.hours += unit.hours;
    rest.yearHours += unit.yearHours;
    for (const id of unit.ids) rest.ids.push(id);
  }
  return [...units.filter((unit) => !merged.has(unit)), withAverages(rest)];
}
