import { describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { isOverdue, overdueList } from '../../src/domain/overdue.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { openReflection } from '../../src/domain/reflection.ts';
import { approved, calendar, makeCadre, policy, submit } from './build.ts';

const asOf = '2026-11-20';
const cadre = makeCadre();
const had = (year: number) =>
  approved({ from: `${year}-03-02`, to: `${year}-03-02`, hours: 800, content: 'professional' });
const enough = [had(2025), approved({ from: '2026-03-02', to: '2026-03-06', hours: 55_000, content: 'professional' })];
const standing = (entries: typeof enough, person = cadre, day = asOf) => ({
  cadre: person,
  progress: fiveYearProgress(person, entries, policy, day),
});
const list = (input: Partial<Parameters<typeof overdueList>[0]>) =>
  overdueList({
    reflections: [],
    people: [standing(enough)],
    waiting: [],
    returned: [],
    asOf,
    policy,
    calendar,
    ...input,
  });
const owed = (dueOn: string, entryId = 1004) => ({ ...openReflection(approved({}, { id: entryId }), policy), dueOn });
const who = { staffNo: 'E1001', unit: '教务处', name: '张敏', position: '副处长', grade: 'deputy' };

describe('the overdue list', () => {
  it('is empty when nothing is owed', () => expect(list({})).toEqual([]));

  it('names reflections from the day after their deadline', () => {
    expect(list({ reflections: [owed('2026-11-20')] })).toEqual([]);
    const late = list({ reflections: [owed('2026-11-19'), { ...owed('2026-11-01'), state: 'handed-in' }] });
    const item = { kind: 'reflection', since: '2026-11-19', about: '专题党课', entryId: 1004, days: 1, hours: null };
    expect(late).toEqual([{ ...who, ...item }]);
    expect(late.every(isOverdue)).toBe(true);
  });

  it('names entries returned three working days ago and left since', () => {
    const returned = ['2026-11-17', '2026-11-18'].map((day, i) => ({
      ...submit({}, { id: i + 1 }),
      state: 'returned' as const,
      decidedAt: instantAt(day, '09:00'),
    }));
    expect(list({ returned })).toMatchObject([{ kind: 'returned', entryId: 1, since: '2026-11-17', days: 3 }]);
  });

  it.each([
    ['8.9 hours', 890, []],
    ['9 hours', 900, []],
    ['9.1 hours', 910, [{ kind: 'pace', about: '2023-2027', since: null, days: null, hours: 910 }]],
  ])('names who is %s behind the pace, without a date: the line is no deadline', (_, behindBy, expected) => {
    const entries = [had(2025), had(2026), approved({ hours: 42_700 - 1600 - behindBy })];
    const found = list({ people: [standing(entries)] });
    expect(found).toMatchObject(expected);
    expect(found.some(isOverdue)).toBe(false);
  });

  it.each([
    ['2026-08-31', []],
    ['2026-09-01', [['2026', null]]],
    ['2026-12-31', [['2026', null]]],
    ['2027-01-01', [['2026', '2026-12-31']]],
    [
      '2027-12-31',
      [
        ['2026', '2026-12-31'],
        ['2027', null],
      ],
    ],
    ['2028-01-01', [['2027', '2027-12-31']]],
  ])('on %s the professional training of a year is asked for, and overdue only after it', (day, expected) => {
    const people = [standing([had(2025)], cadre, day)];
    const items = list({ people, asOf: day }).filter(({ kind }) => kind === 'professional');
    expect(items.map(({ about, since }) => [about, since])).toEqual(expected);
  });

  it('leaves a missed year to those who were there then', () => {
    const missed = (appointedOn: string, entries: typeof enough = []) =>
      standing(entries, makeCadre({ appointedOn }), '2027-01-05').progress.professional.missedYear;
    expect([missed('2026-12-31'), missed('2027-01-01')]).toEqual([2026, null]);
    expect(missed('2020-03-01', [had(2026)])).toBe(null);
    expect(missed('2020-03-01', [approved({ from: '2026-12-31', to: '2027-01-01', content: 'professional' })])).toBe(
      2026,
    );
    expect(standing([], makeCadre({ grade: 'other' })).progress.professional.missedYear).toBe(null);
  });

  it('names entries that have waited three working days, in working days, as nobody’s debt', () => {
    const waiting = [
      submit({}, { id: 1, at: instantAt('2026-11-18', '09:00') }),
      submit({}, { id: 2, at: instantAt('2026-11-13', '09:00') }),
    ];
    const found = list({ waiting });
    expect(found).toMatchObject([{ kind: 'approval', entryId: 2, since: '2026-11-13', days: 5, hours: 300 }]);
    expect(found.some(isOverdue)).toBe(false);
  });

  it('leaves out the retired and the unknown', () => {
    const retired = makeCadre({ state: 'retired' });
    const reflections = [owed('2026-11-01'), { ...owed('2026-11-01'), staffNo: 'E9999' }];
    expect(list({ people: [standing([], retired)], reflections })).toEqual([]);
  });

  it('comes by kind, the longest first', () => {
    const other = makeCadre({ staffNo: 'E0900' });
    const kinds = list({
      people: [standing([]), standing([had(2025)], other)],
      reflections: [owed('2026-11-10', 1), owed('2026-11-01', 2)],
    }).map((item) => [item.kind, item.entryId ?? `${item.staffNo} ${item.about}`]);
    expect(kinds).toEqual([
      ['reflection', 2],
      ['reflection', 1],
      ['professional', 'E1001 2025'],
      ['professional', 'E0900 2026'],
      ['professional', 'E1001 2026'],
      ['pace', 'E0900 2023-2027'],
      ['pace', 'E1001 2023-2027'],
    ]);
  });
});
