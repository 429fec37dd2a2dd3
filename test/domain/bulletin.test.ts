import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BulletinFigures, bulletinFiguresSchema } from '../../src/domain/bulletin.ts';
import { instantAt } from '../../src/domain/day.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import { openReflection } from '../../src/domain/reflection.ts';
import { bulletinFigures } from '../support/bulletin-figures.ts';
import { approved, arbitraryEntry, makeCadre, policy, submit } from './build.ts';

const unit = (name: string, numbers: readonly number[]) =>
  numbers.map((n) => makeCadre({ staffNo: `E${n}`, unit: name, name: `干部${n}` }));

const cadres = [
  ...unit('教务处', [1001, 1002, 1003]),
  ...unit('财务处', [1011, 1012]),
  ...unit('外国语学院', [1021, 1022, 1023, 1024]),
  ...unit('保卫处', [1031]),
];

const figures = (input: Partial<Parameters<typeof bulletinFigures>[0]> = {}): BulletinFigures =>
  bulletinFigures({ month: '2026-10', cadres, entries: [], reflections: [], policy, asOf: '2026-11-02', ...input });

const training = (staffNo: string, to: string, hours: number, facts: Partial<HourEntry> = {}) =>
  approved({ from: to, to, hours, ...facts }, { staffNo });

describe('the figures of a month', () => {
  it('of an empty month are zeros, and nothing to compare with is null', () => {
    const empty = figures();
    expect(empty).toMatchObject({
      people: { value: 10 },
      participants: { value: 0, ids: [] },
      attendances: { value: 0, ids: [] },
      hours: { month: { value: 0, ids: [] }, year: { value: 0, ids: [] }, change: null },
      average: { month: 0, year: 0 },
      theoryShare: null,
      onPace: { value: 0, rate: 0 },
      reflections: { owed: { value: 0 }, handedIn: { value: 0 }, rate: null },
    });
    expect(JSON.stringify(bulletinFiguresSchema.parse(empty))).toBe(JSON.stringify(empty));
  });

  it('of an empty college have no rates', () =>
    expect(figures({ cadres: [] })).toMatchObject({ people: { value: 0 }, onPace: { rate: null }, units: [] }));

  it('count trainings by their last day, with all their hours', () => {
    const entries = [
      training('E1001', '2026-10-31', 800, { from: '2026-09-30' }),
      training('E1001', '2026-10-08', 300),
      training('E1021', '2026-10-08', 400, { content: 'professional' }),
      training('E1021', '2026-11-01', 999, { from: '2026-10-31' }),
      training('E1021', '2026-09-30', 1000),
      training('E1021', '2025-12-31', 5000),
    ];
    const { hours, participants, attendances, average, byContent, theoryShare } = figures({ entries });
    expect(participants).toEqual({ value: 2, ids: ['E1001', 'E1021'] });
    expect(attendances.value).toBe(3);
    expect([hours.month.value, hours.lastMonth.value, hours.year.value, hours.change]).toEqual([1500, 1000, 2500, 50]);
    expect(average).toEqual({ month: 150, year: 250 });
    expect([byContent['party-spirit'].value, byContent.professional.value, theoryShare]).toEqual([2100, 400, 84]);
  });

  it('of January are compared with December', () => {
    const entries = [training('E1001', '2025-12-31', 400), training('E1001', '2026-01-04', 300)];
    const { hours } = figures({ month: '2026-01', asOf: '2026-02-02', entries });
    expect([hours.month.value, hours.lastMonth.value, hours.year.value, hours.change]).toEqual([300, 400, 300, -25]);
  });

  it('leave out the retired, those without a quota and what is not approved', () => {
    const people = [
      makeCadre({ staffNo: 'E1', state: 'retired' }),
      makeCadre({ staffNo: 'E2', grade: 'other' }),
      ...cadres,
    ];
    const entries = [
      training('E1', '2026-10-08', 300),
      training('E2', '2026-10-08', 300),
      training('E9999', '2026-10-08', 300),
      submit({ from: '2026-10-08', to: '2026-10-08' }, { staffNo: 'E1001' }),
    ];
    expect(figures({ cadres: people, entries })).toEqual(figures());
  });

  it('tell who stands on the pace line at the month’s end and who has the whole quota', () => {
    const entries = [
      training('E1001', '2026-10-08', 55_000),
      training('E1002', '2026-10-08', 42_100),
      training('E1003', '2026-10-08', 42_099),
    ];
    const { onPace, reached } = figures({ entries });
    expect(onPace).toEqual({ value: 2, ids: ['E1001', 'E1002'], rate: 20 });
    expect(reached).toEqual({ value: 1, ids: ['E1001'], rate: 10 });
  });

  it('before the month is over go until the day of asking', () => {
    const entries = [training('E1001', '2026-10-08', 300), training('E1001', '2026-10-20', 300)];
    expect(figures({ entries, asOf: '2026-10-19' }).hours.month.value).toBe(300);
  });

  it('count the reflections that fell due in the month, late ones included, by the day of asking', () => {
    const owed = (
      entryId: number,
      dueOn: string,
      handedIn: string | null,
      state: 'owed' | 'handed-in' | 'returned' | 'accepted' | 'waived',
    ) => ({
      ...openReflection(approved({}, { id: entryId, staffNo: 'E1001' }), policy),
      dueOn,
      state,
      handedInAt: handedIn === null ? null : instantAt(handedIn, '12:00'),
    });
    const reflections = [
      owed(1, '2026-10-01', '2026-09-30', 'accepted'),
      owed(2, '2026-10-31', '2026-11-02', 'handed-in'),
      owed(3, '2026-10-31', '2026-11-03', 'handed-in'),
      owed(4, '2026-10-15', '2026-10-14', 'returned'),
      owed(5, '2026-10-15', null, 'owed'),
      owed(6, '2026-10-15', null, 'waived'),
      owed(7, '2026-09-30', null, 'owed'),
      owed(8, '2026-11-01', null, 'owed'),
    ];
    expect(figures({ reflections }).reflections).toEqual({
      owed: { value: 5, ids: [1, 2, 3, 4, 5] },
      handedIn: { value: 2, ids: [1, 2] },
      rate: 40,
    });
  });
});

it('a month still running counts only the reflections whose deadline has passed', () => {
  const due = (entryId: number, dueOn: string) => ({
    ...openReflection(approved({}, { id: entryId, staffNo: 'E1001' }), policy),
    dueOn,
  });
  const reflections = [due(1, '2026-10-18'), due(2, '2026-10-19'), due(3, '2026-10-31')];
  expect(figures({ reflections, asOf: '2026-10-19' }).reflections.owed.ids).toEqual([1]);
  expect(figures({ reflections, asOf: '2026-11-01' }).reflections.owed.ids).toEqual([1, 2, 3]);
});

describe('the units', () => {
  const shown = (people: typeof cadres) => figures({ cadres: people }).units.map((row) => [row.unit, row.people]);

  it('with fewer than three people come together, in the order of the roster, the others last', () =>
    expect(shown(cadres)).toEqual([
      ['教务处', 3],
      ['外国语学院', 4],
      ['其他单位', 3],
    ]));

  it('stand where their first active person stands, counted or not', () => {
    const clerk = makeCadre({ staffNo: 'E0900', unit: '外国语学院', grade: 'other' });
    const gone = makeCadre({ staffNo: 'E0800', unit: '教务处', state: 'retired' });
    expect(shown([gone, clerk, ...cadres]).map(([name]) => name)).toEqual(['外国语学院', '教务处', '其他单位']);
  });

  it('a single small unit takes the next smallest with it, so that it cannot be told apart', () =>
    expect(shown([...unit('教务处', [1, 2, 3]), ...unit('保卫处', [4]), ...unit('外国语学院', [5, 6, 7, 8])])).toEqual([
      ['外国语学院', 4],
      ['其他单位', 4],
    ]));

  it('are all shown when all are large enough', () =>
    expect(shown([...unit('教务处', [1, 2, 3]), ...unit('财务处', [4, 5, 6])])).toEqual([
      ['教务处', 3],
      ['财务处', 3],
    ]));

  it('are one when the college is tiny', () => expect(shown(unit('保卫处', [1]))).toEqual([['其他单位', 1]]));

  it('add up hours of month and year with the averages over their people', () => {
    const entries = [training('E1011', '2026-10-08', 500), training('E1031', '2026-03-02', 100)];
    expect(figures({ entries }).units.at(-1)).toEqual({
      unit: '其他单位',
      people: 3,
      hours: 500,
      average: 167,
      yearHours: 600,
      yearAverage: 200,
      ids: [entries[0]?.id],
      yearIds: [entries[1]?.id, entries[0]?.id],
    });
  });
});

describe('every figure opens to what is behind it', () => {
  it('the hours of its entries make the figure, and the parts make the whole', () => {
    const staffNos = ['E1001', 'E1011', 'E1021', 'E1031', 'E9999'];
    const history = fc.array(fc.tuple(arbitraryEntry, fc.constantFrom(...staffNos)), { maxLength: 60 });
    fc.assert(
      fc.property(history, (rows) => {
        const entries = rows.map(([entry, staffNo], id) => ({ ...entry, id, staffNo }));
        const hoursOf = (ids: readonly number[]) =>
          ids.reduce((sum, id) => sum + (entries[id]?.hours ?? Number.NaN), 0);
        const result = figures({ entries });
        const { hours, byContent, units, attendances, participants } = result;
        const opened = [hours.month, hours.lastMonth, hours.year, ...Object.values(byContent)];
        for (const { value, ids } of opened) expect(hoursOf(ids)).toBe(value);
        for (const row of units)
          expect([hoursOf(row.ids), hoursOf(row.yearIds ?? [])]).toEqual([row.hours, row.yearHours]);
        expect(attendances.value).toBe(attendances.ids.length);
        expect(new Set(attendances.ids.map((id) => entries[id]?.staffNo))).toEqual(new Set(participants.ids));
        const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
        expect(sum(Object.values(byContent).map((figure) => figure.value))).toBe(hours.year.value);
        expect(sum(units.map((row) => row.hours))).toBe(hours.month.value);
        expect(sum(units.map((row) => row.yearHours))).toBe(hours.year.value);
        expect(sum(units.map((row) => row.people))).toBe(result.people.value);
        expect(JSON.stringify(result.units)).not.toContain('干部');
      }),
    );
  });
});
