import { describe, expect, it } from 'vitest';
import type { Attendance } from '../../src/domain/attendance.ts';
import {
  approverFor,
  askLeave,
  decideLeave,
  endLeave,
  followExpected,
  halfDaysWith,
  type Leave,
  type LeaveResult,
  leaveMeter,
  missedBy,
  missedOnLeave,
  openLeaveAt,
  splitByNow,
  withdrawLeave,
} from '../../src/domain/leave.ts';
import { makeAttendance, makeSession } from '../support/course.ts';
import { now, policy } from './build.ts';

const sessions = [
  makeSession({ no: 1, day: '2026-11-20', start: '09:00', end: '12:00' }),
  makeSession({ no: 2, day: '2026-11-23' }),
  makeSession({ no: 3, day: '2026-11-23', start: '14:00', end: '17:00' }),
];
const [begun, second, third] = sessions as [(typeof sessions)[0], (typeof sessions)[0], (typeof sessions)[0]];
const ask = { id: 1001, courseId: 1001, staffNo: 'E1001', sessions: [second], reason: '出差', at: now };

const made = (result: LeaveResult): Leave => {
  if (!result.ok) throw new Error(result.reason);
  return result.leave;
};
const asked = made(askLeave(ask, [], sessions, policy));
const states: Record<Leave['state'], Leave> = {
  asked,
  approved: made(decideLeave(asked, { approve: true, words: '' }, 'E0003', now)),
  refused: made(decideLeave(asked, { approve: false, words: '有考试' }, 'E0003', now)),
  withdrawn: made(withdrawLeave(asked, 'E1001', now)),
  ended: made(endLeave(made(decideLeave(asked, { approve: true, words: '' }, 'E0003', now)), sessions, 'E1001', now)),
  lapsed: { ...asked, state: 'lapsed', decidedBy: 'system', decidedAt: now, version: 2 },
};
const acts: Record<string, (leave: Leave) => LeaveResult> = {
  approve: (leave) => decideLeave(leave, { approve: true, words: '' }, 'E0003', now),
  refuse: (leave) => decideLeave(leave, { approve: false, words: '有考试' }, 'E0003', now),
  withdraw: (leave) => withdrawLeave(leave, 'E1001', now),
  end: (leave) => endLeave(leave, sessions, 'E1001', now),
};
const allowed: readonly (readonly [Leave['state'], string, Leave['state']])[] = [
  ['asked', 'approve', 'approved'],
  ['asked', 'refuse', 'refused'],
  ['asked', 'withdraw', 'withdrawn'],
  ['approved', 'end', 'ended'],
];
const everything = Object.keys(states).flatMap((state) =>
  Object.keys(acts).map((act) => [state as Leave['state'], act] as const),
);

describe('the life of a leave', () => {
  it.each(everything)('%s, %s', (state, act) => {
    const result = acts[act]?.(states[state]);
    const to = allowed.find(([from, deed]) => from === state && deed === act)?.[2];
    if (to === undefined) expect(result).toEqual({ ok: false, reason: 'not-open' });
    else expect(result).toMatchObject({ ok: true, leave: { state: to, version: states[state].version + 1 } });
  });

  it.each([
    ['nobody decides on their own', decideLeave(asked, { approve: true, words: '' }, 'E1001', now), 'own-leave'],
    ['a refusal says why', decideLeave(asked, { approve: false, words: ' ' }, 'E0003', now), 'reason-needed'],
    ['only whoever asked takes it back', withdrawLeave(asked, 'E0003', now), 'not-owner'],
    ['only whoever asked ends it', endLeave(states.approved, sessions, 'E0003', now), 'not-owner'],
    [
      'nothing is left to end',
      endLeave(states.approved, sessions, 'E1001', '2026-11-23T04:00:00.000Z'),
      'nothing-left',
    ],
    ['nothing is asked for', askLeave({ ...ask, sessions: [] }, [], sessions, policy), 'nothing'],
    ['it has begun', askLeave({ ...ask, sessions: [begun, second] }, [], sessions, policy), 'begun'],
    [
      'it does not take place',
      askLeave({ ...ask, sessions: [{ ...second, cancelled: true }] }, [], sessions, policy),
      'begun',
    ],
    ['asked for already', askLeave(ask, [asked], sessions, policy), 'overlaps'],
    [
      'approved already',
      askLeave({ ...ask, sessions: [second, third] }, [states.approved], sessions, policy),
      'overlaps',
    ],
    ['without a reason', askLeave({ ...ask, reason: '  ' }, [], sessions, policy), 'reason-needed'],
  ])('%s', (_, result, reason) => expect(result).toEqual({ ok: false, reason }));

  it.each(['refused', 'withdrawn', 'ended', 'lapsed'] as const)('may be asked for again when it is %s', (state) =>
    expect(askLeave(ask, [states[state]], sessions, policy)).toMatchObject({ ok: true }),
  );

  it('is asked for until the minute in which the 课次 begins', () => {
    expect(askLeave({ ...ask, at: '2026-11-23T00:59:59.999Z' }, [], sessions, policy)).toMatchObject({ ok: true });
    expect(askLeave({ ...ask, at: '2026-11-23T01:00:00.000Z' }, [], sessions, policy)).toMatchObject({
      reason: 'begun',
    });
  });

  it('is ended while the 课次 is on, for what is not over', () => {
    const both = made(decideLeave({ ...asked, sessions: [2, 3] }, { approve: true, words: '' }, 'E0003', now));
    const ended = made(endLeave(both, sessions, 'E1001', '2026-11-23T04:00:00.000Z'));
    expect([ended.ended?.sessions, missedBy(ended)]).toEqual([[3], [2]]);
  });
});

describe('a leave from what does not take place', () => {
  const both = { ...asked, sessions: [2, 3], halfDays: 2, hours: 600 };
  it('lapses, decided or not, and then keeps nobody from anything', () => {
    expect(followExpected(asked, [begun, third], now)).toEqual(states.lapsed);
    const lapsed = followExpected(states.approved, [], now);
    expect(lapsed).toMatchObject({ state: 'lapsed', decidedBy: 'E0003' });
    expect(lapsed === null ? null : missedBy(lapsed)).toEqual([]);
  });
  it('goes on for what is left', () =>
    expect(followExpected(both, [begun, third], now)).toEqual({
      ...both,
      sessions: [3],
      halfDays: 1,
      hours: 300,
      version: 2,
    }));
  it.each(['refused', 'withdrawn', 'ended', 'lapsed'] as const)('stays as it is when it is %s', (state) =>
    expect(followExpected(states[state], [], now)).toBeNull(),
  );
  it('goes with their length', () =>
    expect(followExpected(both, [second, { ...third, hours: 400 }], now)).toEqual({ ...both, hours: 700, version: 2 }));
  it('stays as it is where nothing of it is gone', () => expect(followExpected(both, [second, third], now)).toBeNull());
});

it.each([
  [1, 'tutor'],
  [2, 'clerk'],
  [3, 'department-head'],
] as const)('%i half-days are for the %s', (halfDays, approver) =>
  expect(approverFor(halfDays, policy)).toBe(approver),
);

describe('leave in pieces', () => {
  const half = (no: number) =>
    makeSession({
      no,
      day: `2026-12-${String(Math.ceil(no / 2)).padStart(2, '0')}`,
      start: no % 2 === 1 ? '09:00' : '14:00',
      end: no % 2 === 1 ? '12:00' : '17:00',
    });
  const timetable = [1, 2, 3, 4].map(half);
  const piece = (no: number, known: readonly Leave[]) =>
    made(askLeave({ ...ask, id: 1000 + no, sessions: [half(no)] }, known, timetable, policy));

  it('goes to whoever decides on all of it together', () => {
    const known: Leave[] = [];
    for (const no of [1, 2, 3, 4]) known.push(piece(no, known));
    expect(known.map(({ halfDays, approver }) => [halfDays, approver])).toEqual([
      [1, 'tutor'],
      [1, 'clerk'],
      [1, 'department-head'],
      [1, 'department-head'],
    ]);
    expect(halfDaysWith(known[1] as Leave, known, timetable)).toBe(2);
  });

  it.each([
    ['asked', 'clerk'],
    ['approved', 'clerk'],
    ['refused', 'tutor'],
    ['withdrawn', 'tutor'],
    ['ended', 'tutor'],
  ] as const)('counts an earlier one that is %s: %s', (state, approver) =>
    expect(
      piece(2, [{ ...piece(1, []), state, ended: state === 'ended' ? { at: now, sessions: [1] } : null }]),
    ).toMatchObject({
      approver,
    }),
  );
});

describe('the meter against a seventh', () => {
  it.each([
    [700, 100, false],
    [700, 101, true],
    [699, 100, true],
    [0, 0, false],
  ])('of %i, %i missed: over %s', (total, missed, over) => {
    const expected = [
      { no: 1, hours: missed },
      { no: 2, hours: total - missed },
    ];
    expect(leaveMeter(expected, new Set([1]), policy)).toMatchObject({ missed, total, over });
  });
});

const row = (state: Attendance['state'], source: Attendance['marks'][number]['source'] = 'roll'): Attendance =>
  makeAttendance({ staffNo: 'E1001', no: 2, state, marks: [{ state, source, by: 'E0003', at: now, reason: null }] });
const settledSecond = { ...second, settled: { at: now, by: 'E0003' } };

describe('what is missed on leave', () => {
  it.each([
    ['approved, nothing known', 'approved', undefined, [], false, true],
    ['approved, came', 'approved', row('late', 'code'), [], false, false],
    ['approved, found absent', 'approved', row('absent'), [], false, false],
    ['approved, as attendance', 'approved', row('on-leave', 'leave'), [], false, true],
    ['by the roll alone', 'withdrawn', row('on-leave'), [], false, false],
    ['by the roll alone, settled', 'withdrawn', row('on-leave'), [], true, true],
    ['asked', 'asked', undefined, [2], false, true],
    ['asked, absent so far', 'asked', row('absent'), [2], true, true],
    ['asked, but came', 'asked', row('present', 'code'), [2], false, false],
    ['asked by another card', 'asked', undefined, [], false, false],
  ] as const)('%s', (_, state, known, more, isSettled, missed) => {
    const expected = [begun, isSettled ? settledSecond : second, third];
    const nos = missedOnLeave(expected, known === undefined ? [] : [known], [states[state]], more);
    expect([...nos]).toEqual(missed ? [2] : []);
  });
});

it.each([
  ['nothing is known', 2, 'asked', undefined, true],
  ['found absent', 2, 'asked', row('absent'), true],
  ['came', 2, 'asked', row('left-early'), false],
  ['written down as 请假', 2, 'asked', row('on-leave'), false],
  ['another 课次', 1, 'asked', undefined, false],
  ['answered', 2, 'refused', undefined, false],
] as const)('a leave keeps a 课次 open where %s: %i %s', (_, no, state, known, isOpen) =>
  expect(openLeaveAt(no, [states[state]], known) !== undefined).toBe(isOpen),
);

it('a 课次 is over at its end, and a cancelled one is neither', () => {
  const both = { sessions: [1, 2, 3] };
  const held = [begun, second, { ...third, cancelled: true }];
  const at = (instant: string) => splitByNow(both, held, instant);
  expect(at('2026-11-20T03:59:59.000Z')).toEqual({ over: [], coming: [1, 2] });
  expect(at('2026-11-20T04:00:00.000Z')).toEqual({ over: [1], coming: [2] });
});
