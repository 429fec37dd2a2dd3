import { describe, expect, it } from 'vitest';
import {
  chooseWay,
  closeByItself,
  decideProof,
  followAbsence,
  followProof,
  handInProof,
  type MakeUp,
  type MakeUpResult,
  openMakeUp,
  proofFault,
  reopenMakeUp,
  waiveMakeUp,
  waysFor,
} from '../../src/domain/make-up.ts';
import { closeByRun } from '../../src/domain/next-run.ts';
import { makeSession } from '../support/course.ts';
import { approved as makeApproved, now, policy, today } from './build.ts';

const owed = { courseId: 1001, no: 2, staffNo: 'E1001', cause: 'absent', hours: 300, content: 'theory' } as const;
const open = openMakeUp(owed, today, policy);
const text = { way: 'recording', words: null, blob: null, length: 500, entryId: null, at: now } as const;
const by = { courseId: 1002, no: 2 };

const made = (result: MakeUpResult): MakeUp => {
  if (!result.ok) throw new Error(result.reason);
  return result.makeUp;
};
const handedIn = made(handInProof(open, text, 'E1001', policy));
const states: Record<MakeUp['state'], MakeUp> = {
  open,
  chosen: made(chooseWay(open, 'recording', 'E1001', policy)),
  'handed-in': handedIn,
  returned: made(decideProof(handedIn, { accept: false, words: '请补充' }, 'E0003', now)),
  accepted: made(decideProof(handedIn, { accept: true, words: '' }, 'E0003', now)),
  waived: made(waiveMakeUp(open, '因病住院', 'E0003', now)),
};
const acts: Record<string, (makeUp: MakeUp) => MakeUpResult> = {
  choose: (one) => chooseWay(one, 'next-run', 'E1001', policy, by),
  'hand in': (one) => handInProof(one, text, 'E1001', policy),
  accept: (one) => decideProof(one, { accept: true, words: '' }, 'E0003', now),
  return: (one) => decideProof(one, { accept: false, words: '请补充' }, 'E0003', now),
  'close by itself': (one) => closeByItself(one, { way: 'next-run', by }, now),
  waive: (one) => waiveMakeUp(one, '因病住院', 'E0003', now),
  reopen: (one) => reopenMakeUp(one, false, now),
};
const allowed: Record<string, Partial<Record<MakeUp['state'], MakeUp['state']>>> = {
  choose: { open: 'chosen', chosen: 'chosen', returned: 'chosen' },
  'hand in': { open: 'handed-in', chosen: 'handed-in', returned: 'handed-in', 'handed-in': 'handed-in' },
  accept: { 'handed-in': 'accepted' },
  return: { 'handed-in': 'returned' },
  'close by itself': { open: 'accepted', chosen: 'accepted', 'handed-in': 'accepted', returned: 'accepted' },
  waive: { open: 'waived', chosen: 'waived', 'handed-in': 'waived', returned: 'waived' },
  // What a person has accepted stays accepted.
  reopen: {},
};
const everything = Object.keys(states).flatMap((state) =>
  Object.keys(acts).map((act) => [state as MakeUp['state'], act] as const),
);

describe('the life of a make-up', () => {
  it.each(everything)('%s, %s', (state, act) => {
    const result = acts[act]?.(states[state]);
    const to = allowed[act]?.[state];
    if (to === undefined) expect(result).toEqual({ ok: false, reason: 'not-open' });
    else expect(result).toMatchObject({ ok: true, makeUp: { state: to, version: states[state].version + 1 } });
  });

  it.each([
    ['only its owner chooses', chooseWay(open, 'recording', 'E0003', policy), 'not-owner'],
    ['only its owner hands in', handInProof(open, text, 'E0003', policy), 'not-owner'],
    ['a text is long enough', handInProof(open, { ...text, length: 499 }, 'E1001', policy), 'too-short'],
    ['nobody accepts their own', decideProof(handedIn, { accept: true, words: '' }, 'E1001', now), 'own-make-up'],
    ['nobody waives their own', waiveMakeUp(open, '因病住院', 'E1001', now), 'own-make-up'],
    ['a return says why', decideProof(handedIn, { accept: false, words: ' ' }, 'E0003', now), 'reason-needed'],
    ['a waiver says why', waiveMakeUp(open, '', 'E0003', now), 'reason-needed'],
    [
      'an exam is not watched',
      chooseWay({ ...open, cause: 'failed' }, 'recording', 'E1001', policy),
      'way-not-allowed',
    ],
  ])('%s', (_, result, reason) => expect(result).toEqual({ ok: false, reason }));

  it('is due so many days after it was opened, and a failed exam has one way', () => {
    expect(open.dueOn).toBe('2027-01-19');
    expect(waysFor('failed', policy)).toEqual(['resit']);
    expect(openMakeUp({ ...owed, no: 0, cause: 'failed' }, today, policy).way).toBe('resit');
  });
});

describe('what is owed follows the absence', () => {
  const closed = made(closeByItself(open, { way: 'next-run', by }, now));
  const gone = followAbsence(open, null, now, '更正');
  it.each([
    ['the same absence changes nothing', open, owed, null],
    ['another cause', open, { ...owed, cause: 'on-leave' as const }, { state: 'open', cause: 'on-leave' }],
    ['no absence any more', open, null, { state: 'waived', decidedBy: 'system', reason: '更正' }],
    ['back again', gone ?? open, owed, { state: 'open', decidedBy: null, dueOn: open.dueOn }],
    ['made up by itself, and no absence any more', closed, null, { state: 'waived', decidedBy: 'system' }],
    ['accepted by the department, and no absence any more', states.accepted, null, null],
    ['waived by the department, and another cause', states.waived, { ...owed, cause: 'on-leave' as const }, null],
  ])('%s', (_, makeUp, absence, expected) => {
    const next = followAbsence(makeUp, absence, now, '更正');
    if (expected === null) expect(next).toBeNull();
    else expect(next).toMatchObject(expected);
  });
});

describe('a later run', () => {
  const missed = (no: number, more: Partial<MakeUp> = {}) => ({
    makeUp: { ...open, no, ...more },
    session: makeSession({ no, day: '2026-11-10', topic: no === 3 ? '教学能力' : '形势与政策' }),
  });
  const sitting = (no: number, day = '2026-12-03') =>
    makeSession({ no, day, topic: no === 3 ? '教学能力' : '形势与政策' });
  const run = (...attended: ReturnType<typeof sitting>[]) => ({ courseId: 1002, attended, ahead: [sitting(2)] });

  it('makes up each missed 课次 once', () => {
    const done = closeByRun([missed(1), missed(2)], run(sitting(2)), now);
    expect(done.map(({ no, state, by: how }) => [no, state, how?.no])).toEqual([[1, 'accepted', 2]]);
  });
  it('prefers the one that was chosen, and then its own number', () => {
    const chosen = missed(2, { state: 'chosen', way: 'next-run', by: { courseId: 1002, no: 1 } });
    const done = closeByRun([missed(1), chosen], run(sitting(1), sitting(2)), now);
    expect(new Map(done.map(({ no, by: how }) => [no, how?.no]))).toEqual(
      new Map([
        [1, 2],
        [2, 1],
      ]),
    );
  });
  it('makes up nothing that was missed after it, and nothing of another topic', () => {
    expect(closeByRun([missed(1)], run(sitting(1, '2026-11-10')), now)).toEqual([]);
    expect(closeByRun([missed(1)], run(sitting(3)), now)).toEqual([]);
  });
  it('has it owed again when it turns out not to have been attended', () => {
    const closed = made(closeByItself(missed(1).makeUp, { way: 'next-run', by: { courseId: 1002, no: 1 } }, now));
    expect(closeByRun([missed(1, closed)], run(), now)).toMatchObject([{ state: 'open', way: null, by: null }]);
    const later = { ...closed, by: { courseId: 1002, no: 2 } };
    expect(closeByRun([missed(1, later)], run(), now)).toMatchObject([{ state: 'chosen', by: { no: 2 } }]);
    expect(closeByRun([missed(1, closed)], run(sitting(1)), now)).toEqual([]);
  });
  it('that was chosen and is over without the person is open again, due when it was', () => {
    const chosen = (no: number) => missed(1, { state: 'chosen', way: 'next-run', by: { courseId: 1002, no } });
    expect(closeByRun([chosen(1)], run(), now)).toMatchObject([
      { state: 'open', way: null, by: null, dueOn: open.dueOn },
    ]);
    expect(closeByRun([chosen(2)], run(), now)).toEqual([]);
    expect(closeByRun([chosen(1)], run(sitting(2)), now)).toMatchObject([{ state: 'accepted', by: { no: 2 } }]);
  });
});

describe('a training of the same theme', () => {
  const day = '2026-11-10';
  const own = new Set<number>();
  const theme = makeApproved({ from: day, to: day, content: 'theory', hours: 300 }, { staffNo: 'E1001' });
  const proof = { ...text, way: 'same-theme', length: 0, entryId: theme.id } as const;
  const proven = made(
    decideProof(made(handInProof(open, proof, 'E1001', policy)), { accept: true, words: '' }, 'E0003', now),
  );
  it.each([
    ['approved, of the same day and content', theme, [], null],
    ['waiting', { ...theme, state: 'submitted' as const }, [], null],
    ['shorter than what was missed, which the department judges', { ...theme, hours: 100 }, [], null],
    ['given back', { ...theme, state: 'returned' as const }, [], 'not-standing'],
    ['void', { ...theme, state: 'voided' as const }, [], 'not-standing'],
    ['begun before the absence', { ...theme, from: '2026-11-09' }, [], 'before'],
    ['of another content', { ...theme, content: 'knowledge' as const }, [], 'other-content'],
    ['used for another one', theme, [{ ...proven, no: 1 }], 'used'],
    ['used for this one', theme, [proven], null],
    ['given back where it was used', theme, [{ ...proven, no: 1, state: 'returned' as const }], null],
  ])('%s', (_, entry, others, fault) => {
    expect(proofFault(open, entry, { day, own, others })).toBe(fault);
    expect(proofFault(open, entry, { day, own: new Set([entry.id]), others })).toBe(
      fault === 'not-standing' ? fault : 'of-class',
    );
  });

  const handed = made(handInProof(open, proof, 'E1001', policy));
  it.each([
    ['void', proven, { state: 'voided' as const }, true],
    ['corrected to fewer hours', proven, { hours: 299 }, true],
    ['corrected to more hours', proven, { hours: 400 }, false],
    ['corrected to earlier days', proven, { from: '2026-11-09' }, true],
    ['fewer than a longer one, but enough', { ...proven, hours: 200 }, { hours: 200 }, false],
    ['withdrawn before it was accepted', handed, { state: 'withdrawn' as const }, true],
    ['waiting before it was accepted', handed, { state: 'submitted' as const }, false],
    ['of another make-up', { ...proven, entryId: 1 }, { state: 'voided' as const }, false],
  ])('%s: owed again %s', (_, makeUp, change, isReturned) => {
    const after = followProof(makeUp, theme, { ...theme, ...change }, now, '登记号已作废');
    if (!isReturned) expect(after).toBeNull();
    else
      expect(after).toMatchObject({
        state: 'returned',
        dueOn: open.dueOn,
        decidedBy: 'system',
        reason: '登记号已作废',
      });
  });
});
