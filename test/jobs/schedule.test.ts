import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMs, dayOf, instantAt, timeOf } from '../../src/domain/day.ts';
import { jobs } from '../../src/jobs/index.ts';
import { dueSlots, everyDay, everyWorkday, firstWorkday, nextSlot, type Schedule } from '../../src/jobs/schedule.ts';
import { loadPolicy } from '../../src/policy/load.ts';

const { calendar } = loadPolicy('data/policy');
const daily: Schedule = { time: '09:07', on: everyDay, words: '', catchUp: 100 };
const workdays: Schedule = { ...daily, on: everyWorkday };
const monthly: Schedule = { ...daily, on: firstWorkday };

const slotsBetween = (schedule: Schedule, last: string, now: string): string[] =>
  dueSlots(schedule, last, now, calendar).map((slot) => `${dayOf(slot)} ${timeOf(slot)}`);

describe('due slots', () => {
  test.each([
    ['a second before', '2026-11-20T01:06:59.999Z', []],
    ['on the minute', '2026-11-20T01:07:00.000Z', ['2026-11-20 09:07']],
    ['a minute late', '2026-11-20T01:08:00.000Z', ['2026-11-20 09:07']],
  ])('%s', (_, now, expected) => {
    expect(slotsBetween(daily, instantAt('2026-11-19', '09:07'), now)).toEqual(expected);
  });

  test('a slot that has been taken is not due again', () => {
    const slot = instantAt('2026-11-20', '09:07');
    expect(dueSlots(daily, slot, slot, calendar)).toEqual([]);
    expect(dueSlots(daily, slot, addMs(slot, 3_600_000), calendar)).toEqual([]);
  });

  test('missed days come oldest first, across the turn of month and year', () => {
    expect(slotsBetween(daily, instantAt('2026-12-30', '09:07'), instantAt('2027-01-02', '09:06'))).toEqual([
      '2026-12-31 09:07',
      '2027-01-01 09:07',
    ]);
    expect(slotsBetween(daily, instantAt('2024-02-28', '09:07'), instantAt('2024-03-01', '10:00'))).toEqual([
      '2024-02-29 09:07',
      '2024-03-01 09:07',
    ]);
  });

  test('working days follow the holiday table: a Saturday that is worked, a Monday that is off', () => {
    expect(slotsBetween(workdays, instantAt('2026-09-24', '09:07'), instantAt('2026-10-10', '23:00'))).toEqual([
      '2026-09-28 09:07',
      '2026-09-29 09:07',
      '2026-09-30 09:07',
      '2026-10-08 09:07',
      '2026-10-09 09:07',
      '2026-10-10 09:07',
    ]);
  });

  test('the first working day of a month comes after holidays and weekends', () => {
    expect(slotsBetween(monthly, instantAt('2026-01-01'), instantAt('2026-12-31'))).toEqual([
      '2026-01-04 09:07',
      '2026-02-02 09:07',
      '2026-03-02 09:07',
      '2026-04-01 09:07',
      '2026-05-06 09:07',
      '2026-06-01 09:07',
      '2026-07-01 09:07',
      '2026-08-03 09:07',
      '2026-09-01 09:07',
      '2026-10-08 09:07',
      '2026-11-02 09:07',
      '2026-12-01 09:07',
    ]);
  });

  test('in a year without a holiday table the days on which a holiday may fall are left out', () => {
    expect(slotsBetween(workdays, instantAt('2027-04-01'), instantAt('2027-04-10'))).toEqual([
      '2027-04-01 09:07',
      '2027-04-02 09:07',
      '2027-04-08 09:07',
      '2027-04-09 09:07',
    ]);
  });

  test('catching up keeps the latest slots only', () => {
    const [last, now] = [instantAt('2026-11-01'), instantAt('2026-11-20')];
    expect(slotsBetween({ ...daily, catchUp: 1 }, last, now)).toEqual(['2026-11-19 09:07']);
    expect(slotsBetween({ ...monthly, catchUp: 2 }, instantAt('2026-06-15'), now)).toEqual([
      '2026-10-08 09:07',
      '2026-11-02 09:07',
    ]);
  });

  test('a job that has never been seen has no past', () => {
    expect(dueSlots(daily, null, instantAt('2026-11-20'), calendar)).toEqual([]);
  });

  test('a clock set back brings nothing twice', () => {
    expect(slotsBetween(daily, instantAt('2026-11-20', '09:07'), instantAt('2026-11-18', '12:00'))).toEqual([]);
    expect(slotsBetween(daily, instantAt('2026-11-20', '09:07'), instantAt('2026-11-21', '09:07'))).toEqual([
      '2026-11-21 09:07',
    ]);
  });

  test('after years of silence nothing older than 400 days is due', () => {
    expect(dueSlots(daily, instantAt('2020-01-01'), instantAt('2026-11-20'), calendar)).toHaveLength(100);
    const all = dueSlots({ ...daily, catchUp: 9999 }, instantAt('2020-01-01'), instantAt('2026-11-20'), calendar);
    expect(all).toHaveLength(400);
  });

  test('however the time is cut into ticks, each slot comes once and in order', () => {
    const start = instantAt('2026-09-01');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * 1440 }), { maxLength: 40 }), (steps) => {
        const seen: string[] = [];
        let last = start;
        let now = start;
        for (const minutes of steps) {
          now = addMs(now, minutes * 60_000);
          const due = dueSlots(workdays, last, now, calendar);
          seen.push(...due);
          last = due.at(-1) ?? last;
        }
        expect(seen).toEqual(dueSlots(workdays, start, now, calendar));
      }),
    );
  });
});

describe('the next slot', () => {
  test.each([
    ['later today', daily, '2026-11-20', '09:06', '2026-11-20'],
    ['tomorrow, once its minute has come', daily, '2026-11-20', '09:07', '2026-11-21'],
    ['after a weekend', workdays, '2026-11-20', '12:00', '2026-11-23'],
    ['next month', monthly, '2026-11-20', '12:00', '2026-12-01'],
    ['next year', monthly, '2026-12-31', '12:00', '2027-01-05'],
  ])('%s', (_, schedule, day, time, expected) => {
    expect(nextSlot(schedule, instantAt(day, time), calendar)).toBe(instantAt(expected, '09:07'));
  });

  test('is null when there is none in sight', () => {
    const never: Schedule = { ...daily, on: () => false };
    expect(nextSlot(never, instantAt('2026-11-20'), calendar)).toBeNull();
  });

  test('is due when its time has come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1200 }), fc.constantFrom(...jobs), (days, { schedule }) => {
        const now = instantAt(addDays('2023-01-01', days), '05:00');
        const next = nextSlot(schedule, now, calendar);
        if (next !== null) expect(dueSlots(schedule, now, next, calendar)).toEqual([next]);
      }),
    );
  });
});

test('no job is due on the hour or the half hour, and all have their own minute', () => {
  const minutes = jobs.map(({ schedule }) => schedule.time);
  expect(new Set(minutes).size).toBe(jobs.length);
  for (const time of minutes) expect(time).toMatch(/^\d\d:(?!00|30)[0-5]\d$/);
});
