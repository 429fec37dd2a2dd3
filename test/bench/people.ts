import type { Cadre } from '../../src/domain/cadre.ts';
import { addDays, type Day, instantAt } from '../../src/domain/day.ts';
import { applyEvent, decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import { contents, forms, type HourEntry, type HourEvent, hourEntries, kinds } from '../../src/domain/hours.ts';
import { makeCadre } from '../support/college.ts';

export const today: Day = '2026-11-20';
export const now = instantAt(today, '10:00');
const firstDay: Day = '2023-01-01';
/** Days of the cycle that are over when the bench's clock stands still. */
const pastDays = 1400;

export const staffNoOf = (person: number): string => `E${10_000 + person}`;

/** Five to a unit, or in so many units. */
export const makeCadres = (count: number, units = Math.ceil(count / 5)): Cadre[] =>
  Array.from({ length: count }, (_, person) =>
    makeCadre({
      staffNo: staffNoOf(person),
      name: `干部${person}`,
      unit: `第${person % units}学院`,
      grade: person % 3 === 0 ? 'chief' : 'deputy',
    }),
  );

/** How an approved training of one person came about; `each` of them are spread evenly over the cycle. */
export function makeHistory(entryId: number, person: number, n: number, each: number): HourEvent[] {
  const staffNo = staffNoOf(person);
  const day = addDays(firstDay, Math.floor((n * pastDays) / each) + (person % 7));
  const at = instantAt(day, '18:00');
  const submitted = submitEvent({
    entryId,
    staffNo,
    by: staffNo,
    at,
    facts: {
      from: day,
      to: day,
      hours: n % 2 === 0 ? 300 : 400,
      content: contents[n % contents.length] ?? 'theory',
      kind: kinds[n % kinds.length] ?? 'thematic',
      form: forms[n % forms.length] ?? 'intensive',
      title: `干部教育培训集中学习第${n + 1}期`,
      organiser: '组织部',
      place: null,
      proof: null,
      result: null,
      note: null,
    },
    source: 'chat',
    importId: null,
  });
  const decision = decideEvent(applyEvent(undefined, submitted), { type: 'approved' }, 'E0002', at);
  if (!decision.ok) throw new Error(decision.reason);
  return [submitted, decision.event];
}

/** An approved training as the store keeps it. */
export function makeEntry(entryId: number, person: number, n: number, each: number): HourEntry {
  const [submitted, approved] = makeHistory(entryId, person, n, each) as [HourEvent, HourEvent];
  return hourEntries.schema.parse(applyEvent(applyEvent(undefined, submitted), approved));
}
