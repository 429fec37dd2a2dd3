import { describe, expect, it } from 'vitest';
import type { Attendance, AttendanceSource } from '../../src/domain/attendance.ts';
import type { Session } from '../../src/domain/course.ts';
import { attendedAfter, judgeMove, moveAttendance, takenAt } from '../../src/domain/course-change.ts';
import type { Leave } from '../../src/domain/leave.ts';
import { makeAttendance, makeCourse, makeSession } from '../support/course.ts';

const marks = (...sources: readonly AttendanceSource[]): Attendance['marks'] =>
  sources.map((source) => ({
    state: source === 'leave' ? 'on-leave' : 'present',
    source,
    by: 'E0003',
    at: '2026-11-20T01:00:00.000Z',
    reason: null,
  }));
const row = (source: AttendanceSource, more: Partial<Attendance> = {}) =>
  makeAttendance({ staffNo: 'E0011', state: 'present', marks: marks(source), ...more });

/** A morning from nine to twelve, looked at while it is on, and when it is over. */
const on = '2026-11-20T02:00:00.000Z';
const over = '2026-11-20T04:00:00.000Z';
const settled = { at: over, by: 'E0003' };

describe('a 课次 that is moved', () => {
  const byHand = { people: 2, byCode: 0 };
  const byCode = { people: 2, byCode: 1 };
  it.each<[string, Partial<Session>, Partial<Session>, typeof byHand | undefined, string, string]>([
    ['that nobody has attended is free', {}, { day: '2026-11-24' }, undefined, over, 'free'],
    ['in nothing but its topic is free', { settled }, { topic: '别的' }, byCode, over, 'free'],
    ['that is on goes on', {}, { end: '12:30' }, byCode, on, 'kept'],
    ['that is on to a time that has begun goes on', {}, { start: '10:00' }, byCode, on, 'kept'],
    ['that is on to a minute later is void', {}, { start: '10:01' }, byCode, on, 'voids'],
    ['that is on to another day is void', {}, { day: '2026-11-24' }, byHand, on, 'voids'],
    ['that is over and attended was held', {}, { day: '2026-11-24' }, byHand, over, 'held'],
    ['that is settled was held', { settled }, { day: '2026-11-24' }, undefined, over, 'held'],
    ['until now was held then', { settled }, { start: '08:00' }, byHand, over, 'corrects'],
    ['until a minute from now was not', { settled }, { end: '12:01' }, byHand, over, 'held'],
    ['to an earlier day is corrected', { settled }, { day: '2026-11-19' }, byHand, over, 'corrects'],
    ['to an earlier day against 签到码 is not', { settled }, { day: '2026-11-19' }, byCode, over, 'signed'],
    ['on its day against 签到码 is corrected', { settled }, { start: '08:30' }, byCode, over, 'corrects'],
  ])('%s', (_, then, next, taken, now, expected) =>
    expect(judgeMove(makeSession(then), makeSession({ ...then, ...next }), taken, now)).toBe(expected),
  );
});

it('counts who has signed in or was called up, and not who is only on leave', () => {
  const rows = [row('code'), row('roll', { staffNo: 'E0012' }), row('leave', { staffNo: 'E0013', state: 'on-leave' })];
  expect([...takenAt(rows)]).toEqual([[1, { people: 2, byCode: 1 }]]);
});

describe('attendance of a 课次 that is moved', () => {
  const move = (one: Attendance, next: Partial<Session>, now: string, leaves: readonly Leave[] = []) => {
    const [before, after] = [makeCourse(), makeCourse({ sessions: [makeSession(next)] })];
    const person = { attended: [one], leaves };
    return attendedAfter([one], moveAttendance(before, after, takenAt([one]), person, now));
  };
  const signedIn = row('code', { in: '2026-11-20T01:00:00.000Z' });
  it('is nothing on another day', () => expect(move(signedIn, { day: '2026-11-24' }, on)).toEqual([]));
  it('stays where it goes on', () => expect(move(signedIn, { end: '12:30' }, on)).toEqual([signedIn]));
  it('is the leave again of who had come all the same', () => {
    const leave = { sessions: [1], state: 'approved', ended: null } as unknown as Leave;
    const came = { ...signedIn, marks: marks('leave', 'code') };
    expect(move(came, { day: '2026-11-24' }, on, [leave])).toMatchObject([
      { state: 'on-leave', in: null, marks: [{ source: 'leave' }] },
    ]);
  });
  it('has the times of a sheet on the day that is right', () => {
    const fromSheet = row('sheet', { in: '2026-11-20T00:55:00.000Z', out: '2026-11-20T03:00:00.000Z' });
    expect(move(fromSheet, { day: '2026-11-19' }, over)).toMatchObject([
      { state: 'present', in: '2026-11-19T00:55:00.000Z', out: '2026-11-19T03:00:00.000Z' },
    ]);
  });
});
