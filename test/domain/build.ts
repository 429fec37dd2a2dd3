import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, type Day, instantAt } from '../../src/domain/day.ts';
import { applyEvent, decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import { contents, entryStates, forms, type HourEntry, type HourFacts, kinds } from '../../src/domain/hours.ts';
import { loadPolicy } from '../../src/policy/load.ts';

export { makeCadre } from '../support/college.ts';

export const book = loadPolicy(join(import.meta.dirname, '../../data/policy'));
export const today = '2026-11-20';
export const policy = book.at(today);
export const { calendar } = book;
export const now = instantAt(today, '10:00');

export const makeFacts = (facts: Partial<HourFacts> = {}): HourFacts => ({
  from: facts.to ?? today,
  to: facts.from ?? today,
  hours: 300,
  content: 'party-spirit',
  kind: 'unspecified',
  form: 'unspecified',
  title: '专题党课',
  organiser: null,
  place: null,
  proof: null,
  result: null,
  note: null,
  ...facts,
});

let lastId = 1000;

/** An entry of E1001 unless told otherwise, submitted on the training's last day. */
export function submit(facts: Partial<HourFacts> = {}, more: { id?: number; staffNo?: string; at?: string } = {}) {
  const staffNo = more.staffNo ?? 'E1001';
  lastId += 1;
  const event = submitEvent({
    entryId: more.id ?? lastId,
    staffNo,
    by: staffNo,
    at: more.at ?? instantAt(makeFacts(facts).to, '10:00'),
    facts: makeFacts(facts),
    source: 'chat',
    importId: null,
  });
  return applyEvent(undefined, event);
}

/** The same entry after a decision of the clerk E0002 on the same day. */
export function approve(entry: HourEntry): HourEntry {
  const result = decideEvent(entry, { type: 'approved' }, 'E0002', entry.submittedAt);
  if (!result.ok) throw new Error(result.reason);
  return applyEvent(entry, result.event);
}

export const approved = (facts: Partial<HourFacts> = {}, more: { id?: number; staffNo?: string } = {}): HourEntry =>
  approve(submit(facts, more));

export const arbitraryDay = (from: Day, days: number): fc.Arbitrary<Day> =>
  fc.nat({ max: days - 1 }).map((offset) => addDays(from, offset));

/** Facts of any content, kind and form, of up to ten days, within 2022–2028. */
export const arbitraryFacts: fc.Arbitrary<HourFacts> = fc
  .record({
    from: arbitraryDay('2022-06-01', 365 * 6),
    days: fc.oneof(fc.constant(0), fc.nat({ max: 9 }), fc.nat({ max: 800 })),
    hours: fc.nat({ max: 20_000 }),
    content: fc.constantFrom(...contents),
    kind: fc.constantFrom(...kinds),
    form: fc.constantFrom(...forms),
    title: fc.string({ minLength: 1, maxLength: 20 }),
  })
  .map(({ days, ...facts }) => makeFacts({ ...facts, to: addDays(facts.from, days) }));

/** An entry in any of its states, made directly: how it came about does not matter to sums. */
export const arbitraryEntry: fc.Arbitrary<HourEntry> = fc
  .record({
    facts: arbitraryFacts,
    state: fc.constantFrom(...entryStates, 'approved' as const, 'approved' as const),
    id: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ facts, state, id }) => ({ ...submit(facts, { id }), state }));
