import { describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import {
  acceptReflection,
  dueDayOf,
  handIn,
  isOwed,
  openReflection,
  owesReflection,
  type Reflection,
  reflectionSchema,
  returnReflection,
  waiveReflection,
} from '../../src/domain/reflection.ts';
import { approved, makeFacts, policy } from './build.ts';

const open = (): Reflection =>
  openReflection(approved({ from: '2026-11-12', to: '2026-11-13', form: 'intensive' }), policy);

const text = (today: string, length = 1000) => ({ length, blob: 'f'.repeat(64), at: instantAt(today, '16:00'), today });

function taken(result: { ok: true; reflection: Reflection } | { ok: false; reason: string }): Reflection {
  if (!result.ok) throw new Error(result.reason);
  return result.reflection;
}

describe('who owes a reflection', () => {
  it.each([
    ['2026-09-01', 'intensive', true],
    ['2026-08-31', 'intensive', false],
    ['2026-09-01', 'advanced-study', true],
    ['2026-09-01', 'online', false],
    ['2026-09-01', 'unspecified', false],
  ] as const)('a training that ended on %s, %s', (to, form, owes) =>
    expect(owesReflection(makeFacts({ to, form }), policy)).toBe(owes),
  );

  it('a week after the last day it is due, over the end of a year and over a leap day', () => {
    expect(dueDayOf('2026-12-28', policy)).toBe('2027-01-04');
    expect(dueDayOf('2024-02-23', policy)).toBe('2024-03-01');
    const reflection = open();
    expect(reflection).toMatchObject({ state: 'owed', endedOn: '2026-11-13', dueOn: '2026-11-20', late: false });
    expect(JSON.stringify(reflectionSchema.parse(reflection))).toBe(JSON.stringify(reflection));
  });
});

describe('the deadline of a training that is approved late', () => {
  const decidedOn = (day: string, source: 'chat' | 'import') => ({
    ...approved({ from: '2026-11-12', to: '2026-11-13', form: 'intensive' }),
    source,
    decidedAt: `${day}T02:00:00.000Z`,
  });

  it.each([
    ['2026-11-17', 'chat', '2026-11-20'],
    ['2026-11-18', 'chat', '2026-11-21'],
    ['2026-12-30', 'chat', '2027-01-02'],
    ['2026-12-30', 'import', '2026-11-20'],
  ] as const)('approved on %s from the %s: due on %s', (day, source, due) => {
    expect(openReflection(decidedOn(day, source), policy).dueOn).toBe(due);
  });
});

describe('handing in', () => {
  it.each([
    ['on the last day', '2026-11-20', false],
    ['a day late', '2026-11-21', true],
    ['early', '2026-11-14', false],
  ])('%s', (_, today, late) =>
    expect(handIn(open(), text(today), policy)).toMatchObject({ ok: true, reflection: { state: 'handed-in', late } }),
  );

  it.each([
    [999, { ok: false, reason: 'too-short' }],
    [1000, { ok: true }],
  ])('%i characters', (length, result) =>
    expect(handIn(open(), text('2026-11-20', length), policy)).toMatchObject(result),
  );

  it('a better text replaces the first until one is accepted, and who was in time stays so', () => {
    const first = taken(handIn(open(), text('2026-11-20'), policy));
    const returned = taken(returnReflection(first, 'E0002', ' 请结合工作谈 '));
    expect(returned).toMatchObject({ state: 'returned', reason: '请结合工作谈', decidedBy: 'E0002' });
    expect(isOwed(returned)).toBe(true);
    const second = taken(handIn(returned, text('2026-11-25', 1200), policy));
    expect(second).toMatchObject({ state: 'handed-in', late: false, length: 1200, reason: null, decidedBy: null });
    const accepted = taken(acceptReflection(second, 'E0002'));
    expect(accepted.state).toBe('accepted');
    expect(handIn(accepted, text('2026-11-25'), policy)).toEqual({ ok: false, reason: 'already-accepted' });
  });

  it('nothing is handed in for a training that was voided', () => {
    const waived = waiveReflection(open(), 'E0003', '记录已作废');
    expect(handIn(waived, text('2026-11-20'), policy)).toEqual({ ok: false, reason: 'waived' });
    expect(isOwed(waived)).toBe(false);
  });

  it('nobody reads an own text, and there must be one to read', () => {
    const handedIn = taken(handIn(open(), text('2026-11-20'), policy));
    expect(acceptReflection(handedIn, 'E1001')).toEqual({ ok: false, reason: 'own-entry' });
    expect(returnReflection(handedIn, 'E1001', '再写')).toEqual({ ok: false, reason: 'own-entry' });
    expect(acceptReflection(open(), 'E0002')).toEqual({ ok: false, reason: 'not-open' });
    expect(returnReflection(open(), 'E0002', '再写')).toEqual({ ok: false, reason: 'not-open' });
    expect(returnReflection(handedIn, 'E0002', ' ')).toEqual({ ok: false, reason: 'reason-needed' });
  });
});
