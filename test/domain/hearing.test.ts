import { describe, expect, it } from 'vitest';
import { type Hearing, isMuted, isSnoozed, snoozeUntil } from '../../src/domain/hearing.ts';
import { calendar } from './build.ts';

const hearing: Hearing = {
  staffNo: 'E1001',
  muted: ['reflection'],
  snoozedUntil: '2026-11-23',
  updatedAt: '2026-11-20T01:00:00.000Z',
};

describe('putting off', () => {
  it.each([
    ['tomorrow', '2026-11-19', '2026-11-20'],
    ['tomorrow', '2026-11-20', '2026-11-23'],
    ['three-days', '2026-11-20', '2026-11-23'],
    ['three-days', '2026-11-16', '2026-11-19'],
    ['monday', '2026-11-20', '2026-11-23'],
    ['monday', '2026-11-23', '2026-11-30'],
    // The National Day holiday ends on 7 October; Saturday the 10th is a working day.
    ['tomorrow', '2026-09-30', '2026-10-08'],
    ['three-days', '2026-10-07', '2026-10-10'],
  ] as const)('%s, on %s, is until %s', (snooze, today, until) =>
    expect(snoozeUntil(snooze, today, calendar)).toBe(until),
  );

  it.each([
    ['2026-11-22', true],
    ['2026-11-23', false],
  ])('holds before its day: %s', (today, snoozed) => expect(isSnoozed(hearing, today)).toBe(snoozed));
});

describe('silence on a subject', () => {
  it.each([
    ['reflection', 'overdue', true],
    ['reflection', 'manual', true],
    ['reflection', 'unit-head', false],
    ['reflection', 'department', false],
    ['quota', 'periodic', false],
  ] as const)('%s, %s', (subject, tier, muted) => expect(isMuted(hearing, { subject, tier })).toBe(muted));

  it('is nobody’s who has said nothing', () =>
    expect(isMuted(undefined, { subject: 'reflection', tier: 'due' })).toBe(false));
});
