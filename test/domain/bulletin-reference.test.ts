import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type BulletinFigures, otherUnits } from '../../src/domain/bulletin.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { dayOf } from '../../src/domain/day.ts';
import { contents, type HourEntry } from '../../src/domain/hours.ts';
import { openReflection, type Reflection } from '../../src/domain/reflection.ts';
import { bulletinFigures } from '../support/bulletin-figures.ts';
import { percentByHand } from '../support/percent.ts';
import { arbitraryDay, arbitraryEntry, makeCadre, policy } from './build.ts';

/*
 * The figures once more, each counted by itself from its definition with filters over everything: slow, and without a
 * line in common with the rules.
 */
const total = (entries: readonly HourEntry[]) => entries.map((entry) => entry.hours).reduce((a, b) => a + b, 0);

/** What a class gave somebody is one training, in however many entries. */
const trainingsIn = (entries: readonly HourEntry[]): number =>
  entries.filter(
    ({ staffNo, courseId }, i) =>
      courseId === undefined ||
      entries.findIndex((other) => other.staffNo === staffNo && other.courseId === courseId) === i,
  ).length;

function naive(month: string, asOf: string, cadres: Cadre[], entries: HourEntry[], reflections: Reflection[]) {
  const counted = cadres.filter(({ state, grade }) => state === 'active' && grade !== 'other');
  const isCounted = (staffNo: string) => counted.some((cadre) => cadre.staffNo === staffNo);
  const done = entries.filter(({ state, to, staffNo }) => state === 'approved' && to <= asOf && isCounted(staffNo));
  const inMonth = done.filter(({ to }) => to.startsWith(month));
  const inYear = done.filter(({ to }) => to.startsWith(month.slice(0, 4)) && to.slice(0, 7) <= month);
  const [year = '', number = ''] = month.split('-');
  const last = number === '01' ? `${Number(year) - 1}-12` : `${year}-${String(Number(number) - 1).padStart(2, '0')}`;
  const before = total(done.filter(({ to }) => to.startsWith(last)));
  const peopleOf = (rows: HourEntry[]) =>
    counted.filter(({ staffNo }) => rows.some((row) => row.staffNo === staffNo)).length;
  const shareOf = (rows: HourEntry[]) =>
    percentByHand(total(rows.filter(({ content }) => content === 'theory' || content === 'party-spirit')), total(rows));
  const due = (prefix: string) =>
    reflections.filter(
      ({ dueOn, state, staffNo }) =>
        dueOn.startsWith(prefix) &&
        dueOn.slice(0, 7) <= month &&
        dueOn < asOf &&
        state !== 'waived' &&
        isCounted(staffNo),
    );
  const handedIn = (prefix: string) =>
    due(prefix).filter(
      ({ state, handedInAt }) => state !== 'returned' && handedInAt !== null && dayOf(handedInAt) <= asOf,
    );
  return {
    people: counted.length,
    participants: peopleOf(inMonth),
    yearParticipants: peopleOf(inYear),
    attendances: trainingsIn(inMonth),
    yearAttendances: trainingsIn(inYear),
    hours: [total(inMonth), before, total(inYear)],
    change: before === 0 ? null : Math.round((1000 * (total(inMonth) - before)) / before) / 10,
    contents: contents.map((content) => [
      total(inMonth.filter((row) => row.content === content)),
      total(inYear.filter((row) => row.content === content)),
    ]),
    shares: [shareOf(inMonth), shareOf(inYear)],
    reflections: [month, year].flatMap((prefix) => [due(prefix).length, handedIn(prefix).length]),
    rates: [month, year].map((prefix) => percentByHand(handedIn(prefix).length, due(prefix).length)),
    unit: (name: string) => {
      const own = counted.filter(({ unit }) => unit === name);
      const of = (rows: HourEntry[]) => total(rows.filter(({ staffNo }) => own.some((one) => one.staffNo === staffNo)));
      return [own.length, of(inMonth), of(inYear), Math.round(of(inYear) / own.length)];
    },
  };
}

const shown = (figures: BulletinFigures) => ({
  people: figures.people.value,
  participants: figures.participants.value,
  yearParticipants: figures.more?.yearParticipants.value,
  attendances: figures.attendances.value,
  yearAttendances: figures.more?.yearAttendances,
  hours: [figures.hours.month.value, figures.hours.lastMonth.value, figures.hours.year.value],
  change: figures.hours.change,
  contents: contents.map((content) => [figures.more?.monthContent[content].value, figures.byContent[content].value]),
  shares: [figures.more?.monthTheoryShare, figures.theoryShare],
  reflections: [figures.reflections, figures.more?.yearReflections].flatMap((one) => [
    one?.owed.value,
    one?.handedIn.value,
  ]),
  rates: [figures.reflections.rate, figures.more?.yearReflections.rate],
});

const units = ['教务处', '财务处', '外国语学院', '保卫处', '体育部'];
const arbitraryCadres = fc
  .array(
    fc.record({
      unit: fc.constantFrom(...units),
      state: fc.constantFrom('active' as const, 'active' as const, 'active' as const, 'retired' as const),
      grade: fc.constantFrom('chief' as const, 'deputy' as const, 'deputy' as const, 'other' as const),
    }),
    { maxLength: 24 },
  )
  .map((rows) => rows.map((row, i) => makeCadre({ ...row, staffNo: `E${i}`, name: `干部${i}` })));
const person = fc.nat({ max: 25 }).map((i) => `E${i}`);
/** Most of them near the month, where the boundaries are. */
const arbitraryEntries = fc
  .array(
    fc.record({
      entry: arbitraryEntry,
      staffNo: person,
      near: fc.option(arbitraryDay('2026-08-28', 75)),
      course: fc.constantFrom({}, {}, { courseId: 1001 }, { courseId: 1002 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ entry, staffNo, near, course }, id) => ({
      ...entry,
      ...course,
      id,
      staffNo,
      ...(near === null ? {} : { from: near, to: near }),
    })),
  );
const arbitraryReflections = fc
  .array(
    fc.record({
      staffNo: person,
      dueOn: arbitraryDay('2025-12-20', 340),
      handed: fc.option(arbitraryDay('2026-01-01', 330)),
      state: fc.constantFrom(
        'owed' as const,
        'handed-in' as const,
        'returned' as const,
        'accepted' as const,
        'waived' as const,
      ),
    }),
    { maxLength: 40 },
  )
  .chain((rows) =>
    arbitraryEntry.map((entry) =>
      rows.map(({ staffNo, dueOn, handed, state }, entryId) => ({
        ...openReflection({ ...entry, id: entryId, staffNo }, policy),
        dueOn,
        state,
        handedInAt: handed === null ? null : `${handed}T04:00:00.000Z`,
      })),
    ),
  );

it.each([
  ['2026-10', '2026-11-02'],
  ['2026-10', '2026-10-19'],
  ['2026-01', '2026-02-02'],
])('the figures of %s on %s are those of a count by hand, in any college', (month, asOf) => {
  const until = asOf < `${month}-31` ? asOf : `${month}-31`;
  fc.assert(
    fc.property(arbitraryCadres, arbitraryEntries, arbitraryReflections, (cadres, entries, reflections) => {
      const figures = bulletinFigures({ month, cadres, entries, reflections, policy, asOf });
      const { unit, ...expected } = naive(
        month,
        asOf,
        cadres,
        entries.filter(({ to }) => to <= until),
        reflections,
      );
      expect(shown(figures)).toEqual(expected);
      for (const row of figures.units) {
        if (row.unit === otherUnits) continue;
        expect([row.people, row.hours, row.yearHours, row.yearAverage]).toEqual(unit(row.unit));
        expect(row.people).toBeGreaterThanOrEqual(policy.smallestUnitShown);
      }
      const others = figures.units.find((row) => row.unit === otherUnits);
      if (others !== undefined && figures.people.value >= policy.smallestUnitShown) {
        expect(others.people).toBeGreaterThanOrEqual(policy.smallestUnitShown);
      }
    }),
    { numRuns: 200 },
  );
});
