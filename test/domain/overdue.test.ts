import { describe, expect, it } from 'vitest';
import { addDays, instantAt } from '../../src/domain/day.ts';
import { overdueList } from '../../src/domain/overdue.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import { openReflection } from '../../src/domain/reflection.ts';
import { approved, calendar, makeCadre, policy, submit } from './build.ts';

const asOf = '2026-11-20';
const cadre = makeCadre();
const enough = approved({ from: '2026-03-02', to: '2026-03-06', hours: 55_000, content: 'professional' });
const fine = (person = cadre) => ({ cadre: person, progress: fiveYearProgress(person, [enough], policy, asOf) });
const behind = (person = cadre, entries = [] as (typeof enough)[]) => ({
  cadre: person,
  progress: fiveYearProgress(person, entries, policy, asOf),
});
const list = (input: Partial<Parameters<typeof overdueList>[0]>) =>
  overdueList({ reflections: [], people: [fine()], waiting: [], asOf, policy, calendar, ...input });
const owed = (dueOn: string, entryId = 1004) => ({ ...openReflection(approved({}, { id: entryId }), policy), dueOn });

describe('the overdue list', () => {
  it('is empty when nothing is owed', () => expect(list({})).toEqual([]));

  it('names reflections from the day after their deadline', () => {
    expect(list({ reflections: [owed('2026-11-20')] })).toEqual([]);
    expect(list({ reflections: [owed('2026-11-19'), { ...owed('2026-11-01'), state: 'handed-in' }] })).toEqual([
      {
        kind: 'reflection',
        staffNo: 'E1001',
        unit: '教务处',
        name: '张敏',
        since: '2026-11-19',
        about: '专题党课',
        entryId: 1004,
        days: 1,
        hours: null,
      },
    ]);
  });

  it('dates a person behind the pace from the day the line ran ahead', () => {
    const entry = approved({ from: '2024-05-06', to: '2024-05-06', hours: 20_000, content: 'professional' });
    const item = list({ people: [behind(cadre, [entry])] })[0];
    expect(item).toMatchObject({ kind: 'pace', about: '2023-2027', hours: 42_700 - 20_000 });
    const since = item?.since ?? '';
    expect(fiveYearProgress(cadre, [entry], policy, since).behindBy).toBeGreaterThan(0);
    expect(fiveYearProgress(cadre, [entry], policy, addDays(since, -1)).behindBy).toBe(0);
  });

  it('asks for the professional training of the year from its month on', () => {
    const early = '2026-09-30';
    const people = [{ cadre, progress: fiveYearProgress(cadre, [], policy, early) }];
    expect(list({ people, asOf: early }).map((item) => item.kind)).toEqual(['pace']);
    expect(list({ people: [behind()] })[1]).toMatchObject({ kind: 'professional', since: '2026-10-01', about: '2026' });
  });

  it('names entries that have waited three working days', () => {
    const waiting = [
      submit({}, { id: 1, at: instantAt('2026-11-18', '09:00') }),
      submit({}, { id: 2, at: instantAt('2026-11-17', '09:00') }),
    ];
    expect(list({ waiting })).toMatchObject([
      { kind: 'approval', entryId: 2, since: '2026-11-17', days: 3, hours: 300 },
    ]);
  });

  it('leaves out the retired and the unknown', () => {
    const retired = makeCadre({ state: 'retired' });
    const reflections = [owed('2026-11-01'), { ...owed('2026-11-01'), staffNo: 'E9999' }];
    expect(list({ people: [behind(retired)], reflections })).toEqual([]);
  });

  it('comes by kind, the longest first', () => {
    const other = makeCadre({ staffNo: 'E0900' });
    const kinds = list({
      people: [behind(), behind(other)],
      reflections: [owed('2026-11-10', 1), owed('2026-11-01', 2)],
    }).map((item) => [item.kind, item.entryId ?? item.staffNo]);
    expect(kinds).toEqual([
      ['reflection', 2],
      ['reflection', 1],
      ['pace', 'E0900'],
      ['pace', 'E1001'],
      ['professional', 'E0900'],
      ['professional', 'E1001'],
    ]);
  });
});
