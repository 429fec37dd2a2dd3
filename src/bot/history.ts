import { cadres } from '../domain/cadre.ts';
import { dayOf, timeOf } from '../domain/day.ts';
import { hourEvents } from '../domain/hours.ts';
import { listAll, type Reader } from '../store/store.ts';
import { recordTexts as texts } from '../texts/hours.ts';

/** Everything that happened to an entry, a line each: when, what, by whom and why. */
export async function readHistory(view: Reader, entryId: number): Promise<string[]> {
  const lines: string[] = [];
  for (const event of await listAll(view, hourEvents, { index: 'byEntry', equals: [entryId] })) {
    const by = (await view.get(cadres, event.by))?.name ?? event.by;
    lines.push(texts.history(event, by, `${dayOf(event.at)} ${timeOf(event.at)}`));
  }
  return lines;
}
