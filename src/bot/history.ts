import { cadres } from '../domain/cadre.ts';
import { dayOf, timeOf } from '../domain/day.ts';
import { type HourEvent, type HourFacts, hourEvents } from '../domain/hours.ts';
import { listAll, type Reader } from '../store/store.ts';
import { recordTexts as texts } from '../texts/hours.ts';

/** Everything that happened to an entry, a line each: when, what, by whom and why. */
export async function readHistory(view: Reader, entryId: number): Promise<string[]> {
  const events = await listAll(view, hourEvents, { equals: [entryId] });
  const lines: string[] = [];
  let facts: HourFacts | null = null;
  for (const event of events) {
    if (isPartOfImport(event, events[0])) continue;
    const by = (await view.get(cadres, event.by))?.name ?? null;
    lines.push(texts.history(event, by, `${dayOf(event.at)} ${timeOf(event.at)}`, facts));
    facts = event.facts ?? facts;
  }
  return lines;
}

/** An import submits and approves in one. */
const isPartOfImport = ({ source, seq, type, at, by }: HourEvent, first: HourEvent | undefined): boolean =>
  source === 'import' && seq === 2 && type === 'approved' && at === first?.at && by === first.by;
