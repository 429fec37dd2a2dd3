import { describe, expect, it } from 'vitest';
import { leadingUnits, mergeSmall, otherUnits, regroup, type UnitFigures } from '../../src/domain/unit-figures.ts';

const row = (unit: string, yearAverage: number, people = 3): UnitFigures => ({
  unit,
  people,
  hours: 0,
  average: 0,
  yearHours: yearAverage * people,
  yearAverage,
  ids: [],
  yearIds: [],
});
const rows = (averages: Record<string, number>): UnitFigures[] =>
  Object.entries(averages).map(([unit, average]) => row(unit, average));

describe('the leading units', () => {
  it.each<[string, Record<string, number>, number, string[]]>([
    ['none when everybody is equal', { 甲: 10, 乙: 10, 丙: 10 }, 10, []],
    ['none of none', {}, 0, []],
    ['none of one unit', { 甲: 10 }, 10, []],
    ['those above the average, the highest first', { 甲: 12, 乙: 5, 丙: 14 }, 10, ['丙', '甲']],
    ['not one at the average', { 甲: 10, 乙: 11 }, 10, ['乙']],
    ['three at most', { 甲: 15, 乙: 14, 丙: 13, 丁: 12 }, 10, ['甲', '乙', '丙']],
    ['three that tie', { 甲: 12, 乙: 12, 丙: 12, 丁: 1 }, 9, ['甲', '乙', '丙']],
    ['not those that tie across the limit', { 甲: 15, 乙: 14, 丙: 13, 丁: 13 }, 10, ['甲', '乙']],
    ['none when four tie', { 甲: 12, 乙: 12, 丙: 12, 丁: 12, 戊: 1 }, 10, []],
    ['never the others', { [otherUnits]: 99, 甲: 11 }, 10, ['甲']],
  ])('are %s', (_, averages, average, expected) => expect(leadingUnits(rows(averages), average)).toEqual(expected));
});

describe('a correction shows the units as they were shown', () => {
  const sizes = (list: Record<string, number>) => Object.entries(list).map(([unit, people]) => row(unit, 1, people));
  const shown = (list: UnitFigures[]) => Object.fromEntries(list.map(({ unit, people }) => [unit, people]));
  const before = mergeSmall(sizes({ 甲: 3, 乙: 4, 丙: 2, 丁: 2 }), 3).map(({ unit }) => unit);

  it.each<[string, Record<string, number>, Record<string, number>]>([
    ['a unit that has grown stays with the others', { 甲: 3, 乙: 4, 丙: 3, 丁: 2 }, { 甲: 3, 乙: 4, [otherUnits]: 5 }],
    ['nothing has changed', { 甲: 3, 乙: 4, 丙: 2, 丁: 2 }, { 甲: 3, 乙: 4, [otherUnits]: 4 }],
    ['a unit that has become too small takes all with it', { 甲: 2, 乙: 4, 丙: 2, 丁: 2 }, { [otherUnits]: 10 }],
    ['a unit that is gone takes all with it', { 乙: 4, 丙: 2, 丁: 2 }, { [otherUnits]: 8 }],
    ['the others have become too few', { 甲: 3, 乙: 4, 丙: 2 }, { [otherUnits]: 9 }],
    ['there are no others any more', { 甲: 3, 乙: 4 }, { 甲: 3, 乙: 4 }],
  ])('when %s', (_, after, expected) => expect(shown(regroup(sizes(after), before, 3))).toEqual(expected));
});
