import { describe, expect, it } from 'vitest';
import {
  type Attendance,
  type AttendanceState,
  attendanceStates,
  changedSince,
  markAs,
  settleOne,
  signIn,
  signOut,
} from '../../src/domain/attendance.ts';
import { instantAt, timeOf } from '../../src/domain/day.ts';
import { joinStays, stateByTimes } from '../../src/domain/stay.ts';
import { makeAttendance, makeSession } from '../support/course.ts';
import { policy } from './build.ts';

const session = makeSession({ day: '2026-11-20', start: '09:00', end: '12:00' });
const person = { courseId: 1001, staffNo: 'E1001' };
const at = (time: string) => instantAt('2026-11-20', time);
const known = (state: AttendanceState, more: Partial<Attendance> = {}) => makeAttendance({ ...person, state, ...more });
const mark = (state: AttendanceState) =>
  ({ state, source: 'roll', by: 'E0003', at: at('10:00'), reason: null }) as const;

describe('签到', () => {
  it.each([
    ['08:29', 'too-early'],
    ['08:30', 'present'],
    ['09:10', 'present'],
    ['09:11', 'late'],
    ['10:00', 'late'],
    ['10:01', 'too-late'],
  ])('at %s: %s', (time, expected) => {
    const result = signIn(session, undefined, person, at(time), policy);
    expect(result.ok ? result.attendance.state : result.reason).toBe(expected);
  });

  it.each(attendanceStates.map((state) => [state, state === 'absent' || state === 'on-leave'] as const))(
    'by who is %s already: %s',
    (state, may) => expect(signIn(session, known(state), person, at('09:00'), policy).ok).toBe(may),
  );

  it.each([
    ['a cancelled 课次', { ...session, cancelled: true }, 'cancelled'],
    ['a settled one', { ...session, settled: { at: at('13:00'), by: 'E0003' } }, 'settled'],
  ])('at %s is refused', (_, where, reason) =>
    expect(signIn(where, undefined, person, at('09:00'), policy)).toEqual({ ok: false, reason }),
  );
});

describe('签退', () => {
  const present = known('present', { in: at('09:00') });
  it.each([
    ['11:49', 'left-early'],
    ['11:50', 'present'],
    ['12:30', 'present'],
    ['12:31', 'too-late'],
  ])('at %s: %s', (time, expected) => {
    const result = signOut(session, present, person, at(time), policy);
    expect(result.ok ? result.attendance.state : result.reason).toBe(expected);
  });
  it('keeps who was late late, and is for who has signed in', () => {
    const late = signOut(session, known('late', { in: at('09:20') }), person, at('11:00'), policy);
    expect(late).toMatchObject({ ok: true, attendance: { state: 'late-left-early' } });
    expect(signOut(session, undefined, person, at('11:55'), policy)).toMatchObject({ ok: false });
  });
});

it.each([
  [null, null, 'absent'],
  ['09:10', null, 'present'],
  ['09:11', '11:50', 'late'],
  ['09:00', '11:49', 'left-early'],
  ['09:11', '11:49', 'late-left-early'],
  ['10:01', null, 'absent'],
] as const)('a sheet with %s and %s: %s', (from, to, state) =>
  expect(stateByTimes(session, { in: from && at(from), out: to && at(to) }, policy)).toBe(state),
);

it.each([
  // A 课次 from 09:00 to 12:00; a stay that was over when it began does not count.
  ['07:00-08:59', null, 'absent'],
  ['07:00-09:00', null, 'absent'],
  ['07:00-09:01', '07:00-09:01', 'left-early'],
  ['07:00-08:30 09:40-12:00', '09:40-12:00', 'late'],
  ['07:00-12:00', '07:00-12:00', 'present'],
  ['08:55-09:20 09:40-12:05', '08:55-12:05', 'present'],
  ['09:40-12:05 08:55-09:20', '08:55-12:05', 'present'],
  ['09:05-09:30 09:35-', '09:05-', 'present'],
] as const)('stays %s are %s: %s', (said, joined, state) => {
  const stays = said.split(' ').map((stay) => {
    const [from = '', to = ''] = stay.split('-');
    return { in: at(from), out: to === '' ? null : at(to) };
  });
  const stay = joinStays(session, stays);
  const shown = stay.in === null ? null : `${timeOf(stay.in)}-${stay.out === null ? '' : timeOf(stay.out)}`;
  expect([shown, stateByTimes(session, stay, policy)]).toEqual([joined, state]);
});

it.each([
  ['10:01', 'present', 'late', null],
  ['10:00', 'present', 'late', null],
  ['09:59', 'present', 'late', 'late'],
  ['09:59', 'late', 'late', null],
  ['08:59', 'present', 'late', 'late'],
] as const)('since %s, %s and %s at ten: %s', (since, first, second, changed) => {
  const marks = [
    { ...mark(first), at: at('09:00') },
    { ...mark(second), at: at('10:00') },
  ];
  expect(changedSince({ ...known(second), marks }, at(since))).toBe(changed);
});

describe('a word of somebody else', () => {
  it.each(attendanceStates.flatMap((from) => attendanceStates.map((to) => [from, to] as const)))(
    '%s → %s',
    (from, to) => {
      const before = known(from);
      const after = markAs(before, { ...person, no: 1 }, mark(to));
      if (from === to) expect(after).toBe(before);
      else expect([after.state, after.marks.length]).toEqual([to, 2]);
    },
  );
});

describe('settling', () => {
  const settled = { signsOut: true, by: 'E0003', at: at('13:00') };
  const code = [{ ...mark('present'), source: 'code' as const }];
  it.each([
    ['nothing known', undefined, 'absent'],
    ['came and did not sign out', known('present', { in: at('09:00'), marks: code }), 'left-early'],
    ['came late and did not sign out', known('late', { in: at('09:20'), marks: code }), 'late-left-early'],
    ['came and signed out', known('present', { in: at('09:00'), out: at('12:00'), marks: code }), null],
    ['by hand', known('present'), null],
    ['on leave', known('on-leave'), null],
  ])('%s: %s', (_, before, state) => expect(settleOne(session, before, person, settled)?.state ?? null).toBe(state));
  it('asks for no 签退 where the class does not', () =>
    expect(
      settleOne(session, known('present', { in: at('09:00'), marks: code }), person, { ...settled, signsOut: false }),
    ).toBeNull());
});
