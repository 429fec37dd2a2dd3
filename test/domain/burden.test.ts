import { describe, expect, it } from 'vitest';
import { burdenReport, type SentMessage } from '../../src/domain/burden.ts';
import { instantAt } from '../../src/domain/day.ts';
import { calendar, makeCadre, policy } from './build.ts';

const people = ['E1001', 'E1002', 'E1003'].map((staffNo) => makeCadre({ staffNo }));
const chase = (target: string, day: string, time = '09:07'): SentMessage => ({
  target,
  purpose: 'chase',
  sentAt: instantAt(day, time),
});
const report = (sent: readonly SentMessage[]) => burdenReport(sent, people, policy, calendar);
const breaches = (sent: readonly SentMessage[]) => report(sent).breaches.map(({ what }) => what);

describe('a month’s report', () => {
  it('of nothing', () =>
    expect(report([])).toMatchObject({ people: 3, byCount: [3], chases: 0, mostADay: 0, mostAMonth: 0, breaches: [] }));

  it('counts how many people had how many reminders', () =>
    expect(
      report([chase('E1001', '2026-11-16'), chase('E1001', '2026-11-17'), chase('E1002', '2026-11-16')]),
    ).toMatchObject({
      byCount: [1, 1, 1],
      chases: 3,
      mostADay: 1,
      mostAMonth: 2,
      breaches: [],
    }));

  it.each([
    ['before the hours', '2026-11-16', '08:29', ['outside-hours']],
    ['at their beginning', '2026-11-16', '08:30', []],
    ['before their end', '2026-11-16', '17:59', []],
    ['at their end', '2026-11-16', '18:00', ['outside-hours']],
    ['on a Sunday', '2026-11-15', '09:07', ['day-off']],
    ['on a Saturday that is a working day', '2026-10-10', '09:07', []],
    ['on a holiday', '2026-10-02', '09:07', ['day-off']],
  ])('%s', (_, day, time, expected) => expect(breaches([chase('E1001', day, time)])).toEqual(expected));

  it('names a second one on a day once', () =>
    expect(
      breaches([
        chase('E1001', '2026-11-16'),
        chase('E1001', '2026-11-16', '10:00'),
        chase('E1001', '2026-11-16', '11:00'),
      ]),
    ).toEqual(['twice-a-day']));

  it('names the first above the cap', () => {
    const days = ['02', '03', '04', '05', '06', '09', '10', '11', '12', '13'].map((day) => `2026-11-${day}`);
    expect(breaches(days.slice(0, 8).map((day) => chase('E1001', day)))).toEqual([]);
    expect(report(days.map((day) => chase('E1001', day))).breaches).toEqual([
      { staffNo: 'E1001', day: '2026-11-12', what: 'over-cap' },
    ]);
  });

  it('does not count answers and decisions against anybody', () =>
    expect(report([{ target: 'E1001', purpose: 'decision', sentAt: instantAt('2026-11-15', '22:00') }])).toMatchObject({
      chases: 0,
      byPurpose: { decision: 1 },
      breaches: [],
    }));
});
