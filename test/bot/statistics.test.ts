import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries, readStatistics } from '../../src/bot/statistics/read.ts';
import { type Cadre, cadres, grades } from '../../src/domain/cadre.ts';
import { addDays, type Day } from '../../src/domain/day.ts';
import { contents, forms, type HourEntry, hourEntries, kinds } from '../../src/domain/hours.ts';
import { fiveYearProgress } from '../../src/domain/progress.ts';
import {
  type Dimension,
  dimensions,
  isPeriod,
  isWanted,
  type Period,
  type Statistics,
  standingOf,
} from '../../src/domain/statistics.ts';
import { hoursWithin } from '../../src/domain/totals.ts';
import { approved, arbitraryDay, arbitraryEntry, makeCadre, policy, submit } from '../domain/build.ts';
import { viewOf } from '../support/view-of.ts';

const year = { from: '2026-01-01', to: '2026-12-31' };
const people = [
  makeCadre({ staffNo: 'E1001', unit: '教务处', grade: 'deputy' }),
  makeCadre({ staffNo: 'E1002', unit: '科研处', grade: 'chief' }),
  makeCadre({ staffNo: 'E1003', unit: '科研处', grade: 'deputy' }),
];

const count = async (
  entries: readonly HourEntry[],
  by: Dimension = 'unit',
  period: Period = year,
  { of = people, asOf = '2099-12-31' }: { of?: readonly Cadre[]; asOf?: Day } = {},
): Promise<Statistics> => {
  const view = viewOf([cadres, of], [hourEntries, entries.map((entry, id) => ({ ...entry, id: id + 1 }))]);
  return (await readStatistics(view, { by, ...period, everybody: true }, policy, asOf)).statistics;
};

describe('statistics', () => {
  it('of nothing name every unit with its people, and no other group', async () => {
    const nothing = await count([]);
    expect(nothing).toMatchObject({ all: { people: 3, participants: 0, hours: 0 }, theoryShare: null });
    expect(nothing.groups.map(({ group, people: size }) => [group, size])).toEqual([
      ['教务处', 1],
      ['科研处', 2],
    ]);
    expect((await count([], 'content')).groups).toEqual([]);
  });

  it.each([
    ['the last day of the year in Shanghai', '2026-12-31', 1],
    ['the day after', '2027-01-01', 0],
    ['the first day', '2026-01-01', 1],
    ['the day before', '2025-12-31', 0],
  ])('%s', async (_, day, attendances) =>
    expect((await count([approved({ from: day, to: day })])).all.attendances).toBe(attendances),
  );

  it('divide a training over the turn of the year by days, and attend it when it ends', async () => {
    const entry = approved({ from: '2025-12-30', to: '2026-01-02', hours: 1000 });
    expect((await count([entry])).all).toMatchObject({ hours: 500, attendances: 1, participants: 1 });
    expect((await count([entry], 'unit', { from: '2025-01-01', to: '2025-12-31' })).all).toMatchObject({
      hours: 500,
      attendances: 0,
      participants: 0,
    });
    const years = await count([entry], 'year', { from: '2025-01-01', to: '2026-12-31' });
    expect(years.groups).toMatchObject([
      { group: '2025', hours: 500, attendances: 0 },
      { group: '2026', hours: 500, attendances: 1 },
    ]);
    expect(years.all).toMatchObject({ hours: 1000, attendances: 1 });
  });

  it.each([
    [699, 301, 69.9],
    [700, 300, 70],
    [0, 300, 0],
  ])('theory share of %i to %i', async (theory, other, share) => {
    const entries = [
      ...(theory === 0 ? [] : [approved({ hours: theory, content: 'theory' })]),
      approved({ hours: other, content: 'knowledge' }),
    ];
    expect((await count(entries)).theoryShare).toBe(share);
  });

  it('leave out what is not approved, and people who are not asked about', async () => {
    const entries = [submit(), approved({}, { staffNo: 'E9999' })];
    expect((await count(entries)).all).toMatchObject({ hours: 0, attendances: 0 });
  });

  it('count a person once, however many trainings, and none that has not ended', async () => {
    const entries = [approved(), approved(), approved({}, { staffNo: 'E1002' })];
    expect((await count(entries)).all).toMatchObject({ participants: 2, attendances: 3 });
    const before = { asOf: addDays(entries[0]?.to ?? '', -1) };
    expect((await count(entries, 'unit', year, before)).all).toMatchObject({ participants: 0, hours: 0 });
  });
});

/** The entries behind a figure and what of each is counted, by the definitions, word by word and as slow as they are. */
function behind(entries: readonly HourEntry[], by: Dimension, group: string | undefined, period: Period, asOf: Day) {
  const year = { from: `${group}-01-01`, to: `${group}-12-31` };
  const isYear = by === 'year' && group !== undefined;
  const from = isYear && year.from > period.from ? year.from : period.from;
  const to = isYear && year.to < period.to ? year.to : period.to;
  const groupOf = (entry: HourEntry): string => {
    const cadre = people.find(({ staffNo }) => staffNo === entry.staffNo);
    return by === 'unit' || by === 'grade' ? (cadre?.[by] ?? '') : by === 'year' ? String(group) : entry[by];
  };
  return entries
    .filter((entry) => entry.state === 'approved' && entry.to <= asOf)
    .filter((entry) => people.some(({ staffNo }) => staffNo === entry.staffNo))
    .filter((entry) => group === undefined || groupOf(entry) === group)
    .map((entry) => ({ entry, hours: hoursWithin(entry, from, to), ended: entry.to >= from && entry.to <= to }));
}

/** A class that gave somebody several entries is one training of theirs. */
const attendedTrainings = (entries: readonly HourEntry[]): number =>
  new Set(entries.map(({ id, staffNo, courseId }) => (courseId === undefined ? `${id}` : `${staffNo} in ${courseId}`)))
    .size;

function naive(entries: readonly HourEntry[], by: Dimension, period: Period, asOf: Day): Statistics['groups'] {
  const years = Array.from({ length: 20 }, (_, i) => String(2015 + i));
  const names = { unit: ['教务处', '科研处'], grade: grades, content: contents, kind: kinds, form: forms, year: years };
  return names[by].flatMap((group) => {
    const own = behind(entries, by, group, period, asOf);
    const hours = own.reduce((sum, one) => sum + one.hours, 0);
    const ended = own.filter((one) => one.ended);
    if (hours === 0 && ended.length === 0) return [];
    const participants = new Set(ended.map(({ entry }) => entry.staffNo)).size;
    return [
      { group, people: -1, participants, attendances: attendedTrainings(ended.map(({ entry }) => entry)), hours },
    ];
  });
}

const arbitraryBook = fc
  .array(
    fc
      .tuple(
        arbitraryEntry,
        fc.constantFrom('E1001', 'E1002', 'E1003', 'E9999'),
        fc.constantFrom(undefined, undefined, 1001, 1002),
      )
      .map(([entry, staffNo, courseId]) => ({ ...entry, staffNo, ...(courseId === undefined ? {} : { courseId }) })),
    { maxLength: 30 },
  )
  .map((entries) => entries.map((entry, id) => ({ ...entry, id: id + 1 })));
const arbitraryPeriod = fc
  .tuple(arbitraryDay('2022-06-01', 1500), fc.integer({ min: 0, max: 1200 }))
  .map(([from, days]) => ({ from, to: addDays(from, days) }));
/** Of what, by what, when. */
const arbitraryQuestion = [arbitraryBook, fc.constantFrom(...dimensions), arbitraryPeriod] as const;
const arbitraryAsOf = fc.oneof(fc.constant('2099-12-31'), arbitraryDay('2023-01-01', 1825));

describe('statistics of any ledger', () => {
  it('are what the definitions say', () =>
    fc.assert(
      fc.asyncProperty(...arbitraryQuestion, arbitraryAsOf, async (entries, by, period, asOf) => {
        const { groups } = await count(entries, by, period, { asOf });
        const found = groups.filter(({ hours, attendances }) => hours + attendances > 0);
        const bare = (list: Statistics['groups']) =>
          list.map((one) => ({ ...one, people: 0 })).sort((a, b) => (a.group < b.group ? -1 : 1));
        expect(bare(found)).toEqual(bare(naive(entries, by, period, asOf)));
      }),
    ));

  it('open to the entries that make them, page by page', () =>
    fc.assert(
      fc.asyncProperty(
        ...arbitraryQuestion,
        arbitraryAsOf,
        fc.nat({ max: 9 }),
        async (entries, by, period, asOf, choice) => {
          const numbered = entries.map((entry, id) => ({ ...entry, id: id + 1 }));
          const groups = [undefined, ...naive(numbered, by, period, asOf).map(({ group }) => group)];
          const group = groups[choice % groups.length];
          const expected = behind(numbered, by, group, period, asOf).filter(({ hours }) => hours > 0);
          const view = viewOf([cadres, people], [hourEntries, numbered]);
          const query = { by, ...period, everybody: true };
          const ids: number[] = [];
          for (let page = 1; page <= Math.max(1, Math.ceil(expected.length / 4)); page += 1) {
            const found = await readEntries(view, query, group, policy, asOf, { page, pageSize: 4 });
            expect([found.page, found.count]).toEqual([page, expected.length]);
            expect(found.hours).toBe(expected.reduce((sum, { hours }) => sum + hours, 0));
            ids.push(...found.rows.map(({ entry }) => entry.id));
          }
          const latestFirst = expected
            .map(({ entry }) => entry)
            .sort((a, b) => (a.to < b.to ? 1 : a.to > b.to ? -1 : b.id - a.id));
          expect(ids).toEqual(latestFirst.map(({ id }) => id));
          const behindLast = await readEntries(view, query, group, policy, asOf, { page: 99, pageSize: 4 });
          expect(behindLast.page).toBe(Math.max(1, Math.ceil(expected.length / 4)));
        },
      ),
    ));

  it('add up: groups to the whole, adjoining periods to the longer one', () =>
    fc.assert(
      fc.asyncProperty(...arbitraryQuestion, fc.integer({ min: 0, max: 1200 }), async (entries, by, period, cut) => {
        const { all, groups, perPerson } = await count(entries, by, period);
        expect(groups.reduce((sum, { hours }) => sum + hours, 0)).toBe(all.hours);
        const attended = groups.reduce((sum, { attendances }) => sum + attendances, 0);
        if (by === 'unit' || by === 'grade') expect(attended).toBe(all.attendances);
        else expect(attended).toBeGreaterThanOrEqual(all.attendances);
        expect(perPerson.reduce((sum, hours) => sum + hours, 0)).toBe(all.hours);
        const middle = addDays(period.from, cut);
        if (middle >= period.to) return;
        const first = (await count(entries, by, { from: period.from, to: middle })).all;
        const second = (await count(entries, by, { from: addDays(middle, 1), to: period.to })).all;
        expect(first.hours + second.hours).toBe(all.hours);
        expect(first.attendances + second.attendances).toBeGreaterThanOrEqual(all.attendances);
      }),
    ));
});

describe('the standing of people', () => {
  const college = [...people, makeCadre({ staffNo: 'E1004', grade: 'other' })];
  it.each([
    ['nobody has anything', [0, 0, 0, 90_000], 0, 0],
    ['a hair below the pace line', [42_690, 0, 0, 0], 0, 0],
    ['on the pace line', [42_700, 0, 0, 0], 1, 0],
    ['a hair below the quota', [54_999, 42_700, 0, 0], 2, 0],
    ['at the quota', [55_000, 42_700, 0, 0], 2, 1],
  ])('%s', (_, earned, onPace, reached) =>
    expect(standingOf(college, earned, policy, '2026-11-20')).toEqual({ counted: 3, onPace, reached }),
  );

  it('is what the progress of each says', () =>
    fc.assert(
      fc.asyncProperty(arbitraryBook, arbitraryDay('2023-01-01', 1825), async (entries, day) => {
        const { perPerson } = await count(entries, 'unit', policy.cycle, { of: college, asOf: day });
        const each = college.map((cadre) =>
          fiveYearProgress(
            cadre,
            entries.filter(({ staffNo }) => staffNo === cadre.staffNo),
            policy,
            day,
          ),
        );
        expect(perPerson).toEqual(each.map(({ earned }) => earned));
        expect(standingOf(college, perPerson, policy, day)).toEqual({
          counted: each.filter(({ counted }) => counted).length,
          onPace: each.filter(({ counted, behindBy }) => counted && behindBy === 0).length,
          reached: each.filter(({ reached }) => reached).length,
        });
      }),
    ));
});

describe('whose hours are counted', () => {
  const other = makeCadre({ grade: 'other', youngTalent: true });
  it.each([
    ['a deputy', makeCadre(), {}, true],
    ['somebody else, without a wish', other, {}, false],
    ['somebody else among everybody', other, { everybody: true }, true],
    ['somebody else, when asked for', other, { grade: 'other' as const }, true],
    ['another unit', makeCadre(), { unit: '科研处' }, false],
    ['the pool', other, { everybody: true, young: true }, true],
    ['not of the pool', makeCadre(), { young: true }, false],
  ])('%s', (_, cadre, filter, wanted) => expect(isWanted(cadre, filter)).toBe(wanted));
});

it.each([
  [{ from: '2026-01-01', to: '2026-01-01' }, true],
  [{ from: '2026-01-02', to: '2026-01-01' }, false],
  [{ from: '1950-01-01', to: '2099-12-31' }, false],
])('a period has days, and is no age: %j', (period, expected) => expect(isPeriod(period)).toBe(expected));
