import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cadre } from '../../src/domain/cadre.ts';
import { addDays } from '../../src/domain/day.ts';
import type { HourEntry } from '../../src/domain/hours.ts';
import {
  type Dimension,
  dimensions,
  isPeriod,
  isWanted,
  type Period,
  type Statistics,
  tallyStatistics,
} from '../../src/domain/statistics.ts';
import { creditedIn } from '../../src/domain/totals.ts';
import { approved, arbitraryDay, arbitraryEntry, makeCadre, submit } from './build.ts';

const year = { from: '2026-01-01', to: '2026-12-31' };
const people = [
  makeCadre({ staffNo: 'E1001', unit: '教务处', grade: 'deputy' }),
  makeCadre({ staffNo: 'E1002', unit: '科研处', grade: 'chief' }),
  makeCadre({ staffNo: 'E1003', unit: '科研处', grade: 'deputy' }),
];

const count = (
  entries: readonly HourEntry[],
  by: Dimension = 'unit',
  period: Period = year,
  of: readonly Cadre[] = people,
) => {
  const tally = tallyStatistics(of, by, period);
  for (const entry of entries) tally.add(entry);
  return tally.result();
};

describe('statistics', () => {
  it('of nothing name every unit with its people, and no other group', () => {
    expect(count([])).toMatchObject({ all: { people: 3, participants: 0, hours: 0 }, theoryShare: null });
    expect(count([]).groups.map(({ group, people: size }) => [group, size])).toEqual([
      ['教务处', 1],
      ['科研处', 2],
    ]);
    expect(count([], 'content').groups).toEqual([]);
  });

  it.each([
    ['the last day of the year in Shanghai', '2026-12-31', 1],
    ['the day after', '2027-01-01', 0],
    ['the first day', '2026-01-01', 1],
    ['the day before', '2025-12-31', 0],
  ])('%s', (_, day, attendances) =>
    expect(count([approved({ from: day, to: day })]).all.attendances).toBe(attendances),
  );

  it('divide a training over the turn of the year by days, and attend it when it ends', () => {
    const entry = approved({ from: '2025-12-30', to: '2026-01-02', hours: 1000 });
    expect(count([entry]).all).toMatchObject({ hours: 500, attendances: 1, participants: 1 });
    expect(count([entry], 'unit', { from: '2025-01-01', to: '2025-12-31' }).all).toMatchObject({
      hours: 500,
      attendances: 0,
      participants: 0,
    });
    const years = count([entry], 'year', { from: '2025-01-01', to: '2026-12-31' });
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
  ])('theory share of %i to %i', (theory, other, share) => {
    const entries = [
      ...(theory === 0 ? [] : [approved({ hours: theory, content: 'theory' })]),
      approved({ hours: other, content: 'knowledge' }),
    ];
    expect(count(entries).theoryShare).toBe(share);
  });

  it('leave out what is not approved, and people who are not asked about', () => {
    const entries = [submit(), approved({}, { staffNo: 'E9999' })];
    expect(count(entries).all).toMatchObject({ hours: 0, attendances: 0 });
  });

  it('count a person once, however many trainings', () =>
    expect(count([approved(), approved(), approved({}, { staffNo: 'E1002' })]).all).toMatchObject({
      participants: 2,
      attendances: 3,
    }));
});

/** The definitions, word by word and as slow as they are. */
function naive(entries: readonly HourEntry[], by: Dimension, { from, to }: Period): Statistics['groups'] {
  const keyOf = (entry: HourEntry): string => {
    const cadre = people.find(({ staffNo }) => staffNo === entry.staffNo);
    return by === 'unit' || by === 'grade' ? (cadre?.[by] ?? '') : by === 'year' ? '' : entry[by];
  };
  const known = entries.filter((entry) => people.some(({ staffNo }) => staffNo === entry.staffNo));
  const names =
    by === 'year'
      ? [...new Set(known.flatMap(({ shares }) => shares.map((share) => String(share.year))))].sort()
      : [...new Set(known.map(keyOf))];
  return names.flatMap((group) => {
    const span =
      by === 'year'
        ? { from: from > `${group}-01-01` ? from : `${group}-01-01`, to: to < `${group}-12-31` ? to : `${group}-12-31` }
        : { from, to };
    const own = by === 'year' ? known : known.filter((entry) => keyOf(entry) === group);
    const hours = own.reduce((sum, entry) => sum + creditedIn(entry, span.from, span.to), 0);
    const ended = own.filter((entry) => entry.state === 'approved' && entry.to >= span.from && entry.to <= span.to);
    if (hours === 0 && ended.length === 0) return [];
    const participants = new Set(ended.map(({ staffNo }) => staffNo)).size;
    return [{ group, people: -1, participants, attendances: ended.length, hours }];
  });
}

const arbitraryBook = fc.array(
  fc
    .tuple(arbitraryEntry, fc.constantFrom('E1001', 'E1002', 'E1003', 'E9999'))
    .map(([entry, staffNo]) => ({ ...entry, staffNo })),
  { maxLength: 30 },
);
const arbitraryPeriod = fc
  .tuple(arbitraryDay('2022-06-01', 1500), fc.integer({ min: 0, max: 1200 }))
  .map(([from, days]) => ({ from, to: addDays(from, days) }));

describe('statistics of any ledger', () => {
  it('are what the definitions say', () =>
    fc.assert(
      fc.property(arbitraryBook, fc.constantFrom(...dimensions), arbitraryPeriod, (entries, by, period) => {
        const found = count(entries, by, period).groups.filter(({ hours, attendances }) => hours + attendances > 0);
        const bare = (groups: Statistics['groups']) =>
          groups.map((one) => ({ ...one, people: 0 })).sort((a, b) => (a.group < b.group ? -1 : 1));
        expect(bare(found)).toEqual(bare(naive(entries, by, period)));
      }),
    ));

  it('add up: groups to the whole, adjoining periods to the longer one', () =>
    fc.assert(
      fc.property(
        arbitraryBook,
        fc.constantFrom(...dimensions),
        arbitraryPeriod,
        fc.integer({ min: 0, max: 1200 }),
        (entries, by, period, cut) => {
          const { all, groups } = count(entries, by, period);
          expect(groups.reduce((sum, { hours }) => sum + hours, 0)).toBe(all.hours);
          const middle = addDays(period.from, cut);
          if (middle >= period.to) return;
          const first = count(entries, by, { from: period.from, to: middle }).all;
          const second = count(entries, by, { from: addDays(middle, 1), to: period.to }).all;
          expect(first.hours + second.hours).toBe(all.hours);
          expect(first.attendances + second.attendances).toBe(all.attendances);
        },
      ),
    ));
});

describe('whose hours are counted', () => {
  const other = makeCadre({ grade: 'other', youngTalent: true });
  it.each([
    ['a deputy', makeCadre(), {}, true],
    ['somebody else, without a wish', other, {}, false],
    ['somebody else among everybody', other, { everybody: true }, true],
    ['somebody else, when asked for', other, { grade: 'other' as const }, true],
    ['a retired deputy', makeCadre({ state: 'retired' }), { everybody: true }, false],
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
