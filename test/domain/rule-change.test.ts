import { describe, expect, it } from 'vitest';
import { amendmentsOf, cancelRuleChange, decideRuleChange, type RuleChange } from '../../src/domain/rule-change.ts';

const at = '2026-11-20T02:00:00.000Z';
const proposed: RuleChange = {
  id: 1001,
  rule: 'draftMinutes',
  from: '2026-11-21',
  value: 20,
  reason: '试行',
  state: 'proposed',
  proposedBy: 'E0003',
  proposedAt: at,
  decidedBy: null,
  decidedAt: null,
};
const decided: RuleChange = { ...proposed, state: 'decided', decidedBy: 'E0002', decidedAt: at };

describe('deciding on a proposal', () => {
  it.each([
    ['the day before it holds', '2026-11-20', true],
    ['on the day itself', '2026-11-21', true],
    ['the day after', '2026-11-22', false],
  ])('%s', (_, today, ok) => expect(decideRuleChange(proposed, 'decided', 'E0002', at, today).ok).toBe(ok));

  it('may be refused at any time, and once', () => {
    const refused = decideRuleChange(proposed, 'refused', 'E0002', at, '2027-01-01');
    expect(refused).toMatchObject({ ok: true, change: { state: 'refused', decidedBy: 'E0002' } });
    expect(refused.ok && decideRuleChange(refused.change, 'decided', 'E0002', at, '2026-11-20')).toEqual({
      ok: false,
      reason: 'not-open',
    });
  });
});

describe('taking a decision back', () => {
  it.each([
    ['the day before it holds', '2026-11-20', { ok: true }],
    ['on its first day', '2026-11-21', { ok: false, reason: 'in-force' }],
  ])('%s', (_, today, expected) => expect(cancelRuleChange(decided, 'E0002', at, today)).toMatchObject(expected));

  it('concerns decisions alone', () =>
    expect(cancelRuleChange(proposed, 'E0002', at, '2026-11-20')).toEqual({ ok: false, reason: 'not-open' }));
});

it('amendments are the decided changes in the order in which they were decided', () => {
  const later = { ...decided, id: 1000, decidedAt: '2026-11-21T02:00:00.000Z', value: 30 };
  const dropped = { ...decided, id: 1002, state: 'cancelled' as const };
  expect(amendmentsOf([later, dropped, decided, proposed]).map(({ decision }) => decision)).toEqual([1001, 1000]);
});
