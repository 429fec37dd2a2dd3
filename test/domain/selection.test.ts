import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grades, roles } from '../../src/domain/cadre.ts';
import {
  countByUnit,
  everybody,
  joinChoices,
  nobody,
  type Selection,
  selectPeople,
} from '../../src/domain/selection.ts';
import { college, people } from '../support/college.ts';

const chosen = (selection: Partial<Selection>) =>
  selectPeople({ chosen: nobody, except: nobody, ...selection }, college).map(({ staffNo }) => staffNo);
const group = (more: Partial<typeof everybody>) => ({ groups: [{ ...everybody, ...more }], staffNos: [] });

describe('a selection', () => {
  it.each([
    ['nobody as long as nothing is said', nobody, []],
    ['everybody in office', group({}), ['E0001', 'E0002', 'E0003', 'E0010', 'E0011', 'E0012', 'E0013']],
    ['a unit', group({ units: ['教务处'] }), ['E0010', 'E0011']],
    ['a grade of a unit', group({ units: ['教务处'], grades: ['deputy'] }), ['E0011']],
    ['a role', group({ roles: ['unit-head'] }), ['E0002', 'E0010']],
    ['the pool', group({ young: true }), []],
    ['people by 工号, in the order of the roster', { groups: [], staffNos: ['E0013', 'E0011'] }, ['E0011', 'E0013']],
    ['nobody who has left', { groups: [], staffNos: ['E0014'] }, []],
  ])('means %s', (_, choice, expected) => {
    expect(chosen({ chosen: choice })).toEqual(expected);
  });

  it('leaves out who is excepted, by name or as a group', () => {
    expect(chosen({ chosen: group({ units: ['教务处'] }), except: { groups: [], staffNos: ['E0011'] } })).toEqual([
      'E0010',
    ]);
    expect(chosen({ chosen: group({}), except: group({ units: ['组织部', '教务处'] }) })).toEqual(['E0012', 'E0013']);
  });

  it('never holds anybody twice, nor one who is excepted', () => {
    const someGroup = fc.record({
      units: fc.subarray(['组织部', '教务处', '外国语学院', '后勤处']),
      grades: fc.subarray([...grades]),
      young: fc.boolean(),
      roles: fc.subarray([...roles]),
    });
    const choice = fc.record({
      groups: fc.array(someGroup, { maxLength: 3 }),
      staffNos: fc.subarray(college.map(({ staffNo }) => staffNo)),
    });
    fc.assert(
      fc.property(choice, choice, choice, (a, b, except) => {
        const both = chosen({ chosen: joinChoices(a, b), except });
        const excepted = chosen({ chosen: except });
        expect(new Set(both).size).toBe(both.length);
        expect(both.some((one) => excepted.includes(one))).toBe(false);
        const union = new Set([...chosen({ chosen: a, except }), ...chosen({ chosen: b, except })]);
        expect(both).toEqual([...union].sort());
      }),
    );
  });
});

it('counts by unit in the order of the people', () => {
  expect(countByUnit([people.cadre, people.newcomer, people.unitHead])).toEqual([
    ['教务处', 2],
    ['外国语学院', 1],
  ]);
});
