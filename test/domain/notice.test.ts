import { describe, expect, it } from 'vitest';
import { type ChaseState, plan, planQuotaNotices, planReflectionNotices } from '../../src/domain/chase.ts';
import { addDays, type Day, daysFrom, instantAt } from '../../src/domain/day.ts';
import { composeDigest, mayChase, sayOnce, stillTrue, underCap } from '../../src/domain/digest.ts';
import { applyEvent, decideEvent } from '../../src/domain/entry-life.ts';
import { type Notice, noticeSchema } from '../../src/domain/notice.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { openReflection, type Reflection } from '../../src/domain/reflection.ts';
import { leftOut, planApprovalNotices, planReturnedNotices } from '../../src/domain/waiting.ts';
import { approved, calendar, makeCadre, policy, submit } from './build.ts';

const writer = makeCadre();
const head = makeCadre({ staffNo: 'E1002', name: '李建国', roles: ['unit-head'] });
const clerk = makeCadre({ staffNo: 'E0002', name: '王芳', unit: '组织部', roles: ['clerk'] });
const stranger = makeCadre({ staffNo: 'E1003', unit: '财务处', roles: ['unit-head'] });
const roster = [writer, head, clerk, stranger];

/** Owed for a training that ended on 13 November 2026, a Friday; due on Friday the 20th. */
const owed = (change: Partial<Reflection> = {}): Reflection => ({
  ...openReflection(approved({ from: '2026-11-12', to: '2026-11-13', form: 'intensive' }, { id: 1004 }), policy),
  ...change,
});

const standing = (cadre = writer, day: Day = '2026-11-20') => ({
  cadre,
  progress: fiveYearProgress(cadre, [], policy, day),
});

const state = (change: Partial<ChaseState> = {}): ChaseState => ({
  reflections: [],
  people: [],
  waiting: [],
  returned: [],
  approvers: [],
  policy,
  calendar,
  ...change,
});

const keys = (notices: readonly Notice[]) => notices.map((notice) => notice.key);

describe('reminders of a reflection', () => {
  it.each([
    ['2026-11-16', []],
    ['2026-11-17', ['reflection:1004:before']],
    ['2026-11-19', ['reflection:1004:before']],
    ['2026-11-20', ['reflection:1004:due']],
    ['2026-11-21', ['reflection:1004:overdue']],
    ['2026-11-26', ['reflection:1004:overdue']],
    ['2026-11-27', ['reflection:1004:overdue', 'reflection:1004:unit-head:E1002']],
    ['2026-12-03', ['reflection:1004:overdue', 'reflection:1004:unit-head:E1002']],
    ['2026-12-04', ['reflection:1004:overdue', 'reflection:1004:unit-head:E1002', 'reflection:1004:department:E0002']],
  ])('on %s', (today, expected) =>
    expect(keys(planReflectionNotices([owed()], today, policy, roster))).toEqual(expected),
  );

  it('each step comes once in a life, on working days', () => {
    const told = new Map<string, Day>();
    for (const today of daysFrom('2026-11-09', '2027-01-15')) {
      for (const { key } of plan(
        state({ reflections: [owed()], people: roster.map((cadre) => standing(cadre)) }),
        today,
      )) {
        if (key.startsWith('reflection') && !told.has(key)) told.set(key, today);
      }
    }
    expect(Object.fromEntries(told)).toEqual({
      'reflection:1004:before': '2026-11-17',
      'reflection:1004:due': '2026-11-20',
      'reflection:1004:overdue': '2026-11-23',
      'reflection:1004:unit-head:E1002': '2026-11-27',
      'reflection:1004:department:E0002': '2026-12-04',
    });
  });

  it.each(['handed-in', 'accepted', 'waived'] as const)('nobody hears of one that is %s', (done) =>
    expect(planReflectionNotices([owed({ state: done })], '2026-12-20', policy, roster)).toEqual([]),
  );

  it('one that was returned is owed again', () =>
    expect(keys(planReflectionNotices([owed({ state: 'returned' })], '2026-11-20', policy))).toEqual([
      'reflection:1004:due',
    ]));

  it('without the roster only the writer hears', () =>
    expect(keys(planReflectionNotices([owed()], '2026-12-20', policy))).toEqual(['reflection:1004:overdue']));

  it('the retired and the unknown are left alone, and a retired head does not hear', () => {
    const retired = roster.map((cadre) => (cadre === writer ? { ...cadre, state: 'retired' as const } : cadre));
    expect(planReflectionNotices([owed()], '2026-12-20', policy, retired)).toEqual([]);
    expect(planReflectionNotices([owed()], '2026-12-20', policy, [head])).toEqual([]);
    const without = [writer, { ...head, state: 'left' as const }];
    expect(keys(planReflectionNotices([owed()], '2026-12-20', policy, without))).toEqual(['reflection:1004:overdue']);
  });

  it('a head and a clerk do not report themselves', () => {
    const own = [
      { ...head, staffNo: 'E1001' },
      { ...clerk, staffNo: 'E1001' },
    ];
    for (const self of own) {
      expect(keys(planReflectionNotices([owed()], '2026-12-20', policy, [self]))).toEqual(['reflection:1004:overdue']);
    }
  });

  it('are rows that the store accepts', () => {
    for (const notice of planReflectionNotices([owed()], '2026-12-20', policy, roster)) {
      expect(JSON.stringify(noticeSchema.parse(notice))).toBe(JSON.stringify(notice));
    }
  });
});

describe('reminders of the pace', () => {
  it.each([
    ['2026-08-31', ['quota:2026-08:E1001']],
    ['2026-09-14', []],
    ['2026-09-15', ['quota:2026-09:E1001', 'professional:2026-09:E1001']],
    ['2026-09-30', ['quota:2026-09:E1001', 'professional:2026-09:E1001']],
    ['2026-10-14', []],
    ['2026-10-15', ['quota:2026-10:E1001', 'professional:2026-10:E1001']],
    ['2027-01-15', ['quota:2027-01:E1001']],
  ])('on %s', (today, expected) =>
    expect(keys(planQuotaNotices([standing(writer, today)], today, policy))).toEqual(expected),
  );

  it('tells how far behind, in hundredths', () =>
    expect(planQuotaNotices([standing()], '2026-11-20', policy)[0]?.figures).toEqual({
      quota: 55_000,
      earned: 0,
      paceNow: 42_700,
      behindBy: 42_700,
      missing: 55_000,
      monthsLeft: 14,
      neededPerMonth: 4000,
    }));

  it.each([
    ['8.9 hours', 890, []],
    ['9 hours', 900, []],
    ['9.1 hours', 910, ['quota:2026-11:E1001']],
  ])('%s behind the line', (_, behindBy, expected) => {
    const entry = approved({ from: '2026-03-02', to: '2026-03-06', hours: 42_700 - behindBy, content: 'professional' });
    const progress = fiveYearProgress(writer, [entry], policy, '2026-11-20');
    expect(progress.behindBy).toBe(behindBy);
    expect(keys(planQuotaNotices([{ cadre: writer, progress }], '2026-11-20', policy))).toEqual(expected);
  });

  it('who is on the line and has had the training of the year hears nothing', () => {
    const entry = approved({ from: '2026-03-02', to: '2026-03-06', hours: 42_700, content: 'professional' });
    const progress = fiveYearProgress(writer, [entry], policy, '2026-11-20');
    expect(progress.behindBy).toBe(0);
    expect(planQuotaNotices([{ cadre: writer, progress }], '2026-11-20', policy)).toEqual([]);
  });

  it('only the active with a quota hear', () => {
    const people = [makeCadre({ state: 'retired' }), makeCadre({ state: 'left' }), makeCadre({ grade: 'other' })];
    expect(
      planQuotaNotices(
        people.map((cadre) => standing(cadre)),
        '2026-11-20',
        policy,
      ),
    ).toEqual([]);
  });
});

describe('reminders of waiting approvals', () => {
  const waiting = (id: number, day: Day, staffNo = 'E1001') => submit({}, { id, staffNo, at: instantAt(day, '09:00') });

  it.each([
    ['two working days', '2026-11-19', []],
    ['three working days', '2026-11-20', ['approvals:2026-11-20:E0002']],
    ['a Saturday', '2026-11-21', []],
  ])('after %s', (_, today, expected) =>
    expect(keys(planApprovalNotices([waiting(1, '2026-11-17')], [clerk], today, policy, calendar))).toEqual(expected),
  );

  it('counts working days, not days', () =>
    expect(planApprovalNotices([waiting(1, '2026-09-30')], [clerk], '2026-10-09', policy, calendar)).toEqual([]));

  it('one for each active approver, over the entries of others, the oldest first', () => {
    const entries = [waiting(3, '2026-11-13', 'E0002'), waiting(2, '2026-11-16'), waiting(1, '2026-11-16')];
    const other = makeCadre({ staffNo: 'E0003', roles: ['clerk'] });
    const gone = makeCadre({ staffNo: 'E0004', state: 'retired', roles: ['clerk'] });
    const notices = planApprovalNotices(entries, [clerk, other, gone], '2026-11-20', policy, calendar);
    expect(notices.map(({ staffNo, figures }) => [staffNo, figures])).toEqual([
      ['E0002', { count: 2, oldestId: 1, oldestDays: 4 }],
      ['E0003', { count: 3, oldestId: 3, oldestDays: 5 }],
    ]);
  });

  it('an entry that was decided no longer waits', () =>
    expect(planApprovalNotices([approved()], [clerk], '2026-12-20', policy, calendar)).toEqual([]));
});

/** Returned by the clerk on Tuesday 17 November 2026. */
function returned() {
  const entry = submit({}, { id: 1007, at: instantAt('2026-11-16', '09:00') });
  const decision = { type: 'returned', reason: '请补充证明材料' } as const;
  const change = decideEvent(entry, decision, 'E0002', instantAt('2026-11-17', '09:00'));
  if (!change.ok) throw new Error(change.reason);
  return applyEvent(entry, change.event);
}

describe('reminders of returned entries', () => {
  it.each([
    ['two working days', '2026-11-19', []],
    ['three working days', '2026-11-20', ['returned:1007:2']],
    ['a Saturday', '2026-11-21', []],
    ['a month', '2026-12-18', ['returned:1007:2']],
  ])('after %s', (_, today, expected) =>
    expect(keys(planReturnedNotices([returned()], roster, today, policy, calendar))).toEqual(expected),
  );

  it('go to the owner with the reason, and only while the owner is active', () => {
    const told = (people: typeof roster) => planReturnedNotices([returned()], people, '2026-11-20', policy, calendar);
    expect(told(roster)).toMatchObject([
      { staffNo: 'E1001', about: '1007', figures: { version: 2, title: '专题党课', reason: '请补充证明材料' } },
    ]);
    expect(told([makeCadre({ state: 'retired' }), clerk])).toEqual([]);
  });
});

it('a bulletin leaves out what has not been decided of its month and before', () => {
  const waiting = ['2026-10-31', '2026-11-30', '2026-12-01'].map((day, i) =>
    submit({ from: day, to: day }, { id: i + 1 }),
  );
  expect(leftOut([...waiting, approved({}, { id: 9 })], '2026-11').map(({ id }) => id)).toEqual([1, 2]);
});

describe('who must hear what today', () => {
  const everything = state({
    reflections: [owed()],
    people: [standing(), standing(clerk)],
    waiting: [submit({}, { at: instantAt('2026-11-10', '09:00') })],
    returned: [returned()],
    approvers: [clerk],
  });

  it('on a working day everything', () =>
    expect(keys(plan(everything, '2026-11-20'))).toEqual([
      'reflection:1004:due',
      'quota:2026-11:E1001',
      'professional:2026-11:E1001',
      'quota:2026-11:E0002',
      'professional:2026-11:E0002',
      'returned:1007:2',
      'approvals:2026-11-20:E0002',
    ]));

  it.each([
    ['a Saturday', '2026-11-21'],
    ['National Day', '2026-10-01'],
    ['a doubtful day', '2027-02-15'],
  ])('on %s nothing', (_, today) => expect(plan(everything, today)).toEqual([]));

  it('on a Saturday worked for a holiday everything', () =>
    expect(plan(everything, '2026-02-28').length).toBeGreaterThan(0));

  it('planned again on the same day, it is the same', () =>
    expect(plan(everything, '2026-11-20')).toEqual(plan(everything, '2026-11-20')));
});

describe('whether a notice still has to be told', () => {
  const [before] = planReflectionNotices([owed()], '2026-11-18', policy);
  const [due] = planReflectionNotices([owed()], '2026-11-20', policy);
  const [overdue] = planReflectionNotices([owed()], '2026-11-23', policy);
  const [quota, professional] = planQuotaNotices([standing()], '2026-11-20', policy);
  const entry = submit({}, { at: instantAt('2026-11-10', '09:00') });
  const [approvals] = planApprovalNotices([entry], [clerk], '2026-11-20', policy, calendar);
  const { progress } = standing();
  const done = fiveYearProgress(writer, [approved({ hours: 55_000, content: 'professional' })], policy, '2026-11-20');
  const lying = returned();
  const [sentBack] = planReturnedNotices([lying], roster, '2026-11-20', policy, calendar);
  const facts = {
    today: '2026-11-20',
    active: true,
    reflection: owed(),
    progress,
    waiting: { count: 1, oldestId: 1, oldestDays: 3 },
    entry: lying,
  };

  it.each([
    ['the step before, until the deadline', before, { today: '2026-11-19' }, true],
    ['the step before, from the deadline on', before, {}, false],
    ['the deadline itself', due, {}, true],
    ['the deadline when it has passed', due, { today: '2026-11-23' }, false],
    ['overdue, however late', overdue, { today: '2027-03-01' }, true],
    ['handed in meanwhile', overdue, { reflection: owed({ state: 'handed-in' }) }, false],
    [
      'handed in and returned meanwhile, of which there is a new one',
      overdue,
      { reflection: owed({ state: 'returned', handedInAt: instantAt('2026-11-24', '10:00') }) },
      false,
    ],
    ['no such reflection', overdue, { reflection: undefined }, false],
    ['behind the pace', quota, {}, true],
    ['caught up', quota, { progress: done }, false],
    ['next month there is a new one', quota, { today: '2026-12-01' }, false],
    ['a returned entry left lying', sentBack, {}, true],
    ['submitted again', sentBack, { entry: { ...lying, state: 'submitted' as const, version: 3 } }, false],
    ['returned a second time, of which there is a new one', sentBack, { entry: { ...lying, version: 4 } }, false],
    ['no professional training', professional, {}, true],
    ['it took place', professional, { progress: done }, false],
    ['entries wait', approvals, {}, true],
    ['all decided', approvals, { waiting: undefined }, false],
    ['tomorrow there is a new one', approvals, { today: '2026-11-21' }, false],
    ['the hearer has retired', overdue, { active: false }, false],
  ])('%s', (_, notice, change, expected) => {
    if (notice === undefined) throw new Error('not planned');
    expect(stillTrue(notice, { ...facts, ...change })).toBe(expected);
  });
});

describe('what others owe', () => {
  const late = owed({ dueOn: '2026-11-01' });
  const head = makeCadre({ staffNo: 'E2001', unit: writer.unit, roles: ['unit-head', 'clerk'] });
  const told = planReflectionNotices([late], '2026-11-20', policy, [writer, head]).filter(
    ({ staffNo }) => staffNo === head.staffNo,
  );
  const facts = { today: '2026-11-20', active: true, reflection: late, hearer: head, writer, clerks: [head] };

  it.each([
    ['the unit and the offices are as they were', {}, [true, true]],
    ['the writer has moved', { writer: { ...writer, unit: '后勤处' } }, [false, true]],
    ['the writer has retired', { writer: { ...writer, state: 'retired' as const } }, [false, false]],
    ['the hearer has given up the offices', { hearer: { ...head, roles: [] } }, [false, false]],
    ['there is no clerk any more', { clerks: [] }, [true, false]],
  ])('is told if %s', (_, change, expected) =>
    expect(told.map((notice) => stillTrue(notice, { ...facts, ...change }))).toEqual(expected),
  );

  it('is said once to who is both head of the unit and clerk', () => {
    const { said, same } = sayOnce(told);
    expect(said.map(({ tier }) => tier)).toEqual(['unit-head']);
    expect(same.map(({ tier }) => tier)).toEqual(['department']);
  });
});

describe('the digest', () => {
  it('puts what is most urgent first and what others owe last, whatever the order it was planned in', () => {
    const later = owed({ entryId: 1005, dueOn: '2026-11-22' });
    const overdue = owed({ entryId: 1006, dueOn: addDays('2026-11-20', -14), staffNo: 'E1002' });
    const all = [
      ...planQuotaNotices([standing()], '2026-11-20', policy),
      ...planReflectionNotices([later, overdue, owed()], '2026-11-20', policy, roster),
    ];
    const ordered = [
      'reflection:1006:overdue',
      'reflection:1004:due',
      'reflection:1005:before',
      'quota:2026-11:E1001',
      'professional:2026-11:E1001',
      'reflection:1006:department:E0002',
    ];
    expect(keys(composeDigest(all))).toEqual(ordered);
    expect(keys(composeDigest(all.toReversed()))).toEqual(ordered);
  });

  it.each([
    ['2026-11-20', '08:29', false],
    ['2026-11-20', '08:30', true],
    ['2026-11-20', '17:59', true],
    ['2026-11-20', '18:00', false],
    ['2026-11-21', '10:00', false],
    ['2026-10-10', '10:00', true],
    ['2026-10-01', '10:00', false],
    ['2027-10-01', '10:00', false],
    ['2027-06-10', '10:00', false],
    ['2027-03-10', '10:00', true],
  ])('may go out on %s at %s: %s', (day, time, may) =>
    expect(mayChase(instantAt(day, time), calendar, policy)).toBe(may),
  );

  it.each([
    [0, true],
    [7, true],
    [8, false],
  ])('after %i this month: %s', (sent, may) => expect(underCap(sent, policy)).toBe(may));
});
