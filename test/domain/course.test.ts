import { describe, expect, it } from 'vitest';
import { clashesOf, halfDaysOf, isBelowShare, theoryShareOf, timetableFaults } from '../../src/domain/course.ts';
import { makeSession } from '../support/course.ts';
import { policy } from './build.ts';

const on = (start: string, end: string, day = '2026-11-20') => ({ day, start, end });

describe('half-days', () => {
  it.each([
    ['a morning', [on('09:00', '12:00')], 1],
    ['a morning until 12:30', [on('09:00', '12:30')], 1],
    ['a morning until 12:31', [on('09:00', '12:31')], 2],
    ['an afternoon until 18:30', [on('14:00', '18:30')], 1],
    ['an afternoon until 18:31', [on('14:00', '18:31')], 2],
    ['an evening', [on('19:00', '21:00')], 1],
    ['two sittings of one morning', [on('08:30', '10:00'), on('10:20', '11:50')], 1],
    ['a whole day', [on('09:00', '12:00'), on('14:00', '17:00')], 2],
    ['two mornings', [on('09:00', '12:00'), on('09:00', '12:00', '2026-11-21')], 2],
    ['a short sitting over noon', [on('11:45', '12:15')], 2],
    ['none', [], 0],
  ])('%s: %s', (_, sessions, expected) => expect(halfDaysOf(sessions)).toBe(expected));
});

describe('the share of 理论教育 and 党性教育', () => {
  const share = (theory: number, rest: number) => [
    makeSession({ hours: theory, content: 'theory' }),
    makeSession({ hours: rest, content: 'professional' }),
  ];
  it.each([
    [700, 300, false],
    [699, 301, true],
    [1000, 0, false],
    [0, 300, true],
  ])('%i of theory and %i of others: below %s', (theory, rest, below) =>
    expect(isBelowShare(share(theory, rest), policy)).toBe(below),
  );
  it('is nothing without hours', () => expect(theoryShareOf([])).toBeNull());
});

describe('a timetable', () => {
  const first = makeSession({ no: 1, start: '09:00', end: '12:00' });
  it.each([
    ['is fine', [first, makeSession({ no: 2, start: '12:00', end: '14:00' })], []],
    ['is empty', [{ ...first, cancelled: true }], ['empty']],
    ['ends before it starts', [makeSession({ start: '12:00', end: '12:00' })], ['ends-before-start']],
    ['overlaps by a minute', [first, makeSession({ no: 2, start: '11:59', end: '14:00' })], ['overlap']],
    ['has all that a day holds', [makeSession({ hours: 800, end: '18:30' })], []],
    ['has more than a day holds', [makeSession({ hours: 801, end: '18:30' })], ['day-too-full']],
    ['has an evening besides', [makeSession({ hours: 801, end: '18:31' })], []],
  ])('%s', (_, sessions, faults) => expect(timetableFaults(sessions, policy).map(({ type }) => type)).toEqual(faults));

  it('clashes with another where they share a minute', () => {
    expect(clashesOf([first], [makeSession({ start: '12:00', end: '13:00' })])).toEqual([]);
    expect(clashesOf([first], [makeSession({ start: '11:59', end: '13:00' })])).toHaveLength(1);
  });
});
