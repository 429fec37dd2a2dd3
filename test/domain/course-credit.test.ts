import { describe, expect, it } from 'vitest';
import type { AttendanceState } from '../../src/domain/attendance.ts';
import type { Session } from '../../src/domain/course.ts';
import { creditLines, creditOf, owedFor } from '../../src/domain/course-credit.ts';
import { makeSession } from '../support/course.ts';
import { policy } from './build.ts';

const settled = { at: '2026-11-20T10:00:00.000Z', by: 'E0003' };
const everything = { since: null, until: null, only: null };

/** Credits of a class of so many hours each, attended so. */
function credits(states: readonly (AttendanceState | null)[], hours: readonly number[], more: Partial<Session> = {}) {
  const sessions = hours.map((each, i) =>
    makeSession({ no: i + 1, day: `2026-11-1${i}`, hours: each, settled, ...more }),
  );
  const attended = states.flatMap((state, i) => (state === null ? [] : [{ no: i + 1, state }]));
  return creditOf({ sessions }, everything, attended, [], policy);
}

describe('hours of a settled 课次', () => {
  it.each([
    ['there', ['present'], [300], [300]],
    ['absent', ['absent'], [300], [0]],
    ['nothing known, since they came later', [null], [300], []],
    ['on leave', ['on-leave'], [300], [0]],
    ['late once', ['late', 'present'], [300, 300], [300, 300]],
    ['late twice: half a day, at most what the 课次 has', ['late', 'late'], [300, 300], [300, 0]],
    ['late twice in long 课次', ['late', 'late'], [600, 600], [600, 200]],
    ['both in one', ['late-left-early'], [600], [200]],
    ['three slips are one absence', ['late', 'late-left-early'], [600, 600], [600, 200]],
    ['four are two', ['late-left-early', 'late-left-early'], [600, 600], [200, 200]],
    ['an absence between counts for itself', ['late', 'absent', 'left-early'], [600, 600, 600], [600, 0, 200]],
  ] as const)('%s', (_, states, hours, expected) =>
    expect(credits(states, hours).map((one) => one.hours)).toEqual(expected),
  );

  it('is none before it is settled, or when it does not take place', () => {
    expect(credits(['present'], [300], { settled: null })).toEqual([]);
    expect(credits(['present'], [300], { cancelled: true })).toEqual([]);
  });

  it('comes after all where it was made up by a recording, and by nothing else', () => {
    const sessions = [makeSession({ settled })];
    const made = { no: 1, state: 'accepted', hours: 300 } as const;
    const hoursBy = (way: 'recording' | 'same-theme' | 'next-run') =>
      creditOf({ sessions }, everything, [{ no: 1, state: 'absent' }], [{ ...made, way }], policy).map((one) => [
        one.hours,
        one.missing,
      ]);
    expect(hoursBy('recording')).toEqual([[300, 300]]);
    expect(hoursBy('same-theme')).toEqual([[0, 300]]);
    expect(hoursBy('next-run')).toEqual([[0, 300]]);
  });

  it('is not expected of who came later, left before, or makes up something else', () => {
    const sessions = [makeSession({ settled }), makeSession({ no: 2, day: '2026-11-21', settled })];
    const absent = [1, 2].map((no) => ({ no, state: 'absent' as const }));
    const nos = (enrolment: Parameters<typeof creditOf>[1]) =>
      creditOf({ sessions }, enrolment, absent, [], policy).map(({ session }) => session.no);
    expect(nos({ ...everything, since: '2026-11-20T01:00:00.000Z' })).toEqual([1, 2]);
    expect(nos({ ...everything, since: '2026-11-20T01:00:00.001Z' })).toEqual([2]);
    expect(nos({ ...everything, until: '2026-11-21T01:00:00.000Z' })).toEqual([1]);
    expect(nos({ ...everything, only: [2] })).toEqual([2]);
  });
});

it('makes a line for each content and year, or for each 课次', () => {
  const sessions = [
    makeSession({ no: 1, day: '2026-12-30', content: 'theory', settled }),
    makeSession({ no: 2, day: '2026-12-31', content: 'professional', settled }),
    makeSession({ no: 3, day: '2027-01-04', content: 'theory', settled }),
    makeSession({ no: 4, day: '2027-01-05', content: 'theory', settled }),
  ];
  const attended = sessions.map(({ no }) => ({ no, state: no === 4 ? ('absent' as const) : ('present' as const) }));
  const all = creditOf({ sessions }, everything, attended, [], policy);
  expect(creditLines(all, { creditsEach: false }).map(({ content, year, hours }) => [content, year, hours])).toEqual([
    ['theory', 2026, 300],
    ['professional', 2026, 300],
    ['theory', 2027, 300],
  ]);
  expect(creditLines(all, { creditsEach: true }).map(({ no }) => no)).toEqual([1, 2, 3]);
  expect(owedFor(all, { only: null })).toEqual([{ no: 4, cause: 'absent', hours: 300, content: 'theory' }]);
});
