import { z } from 'zod';
import { cadres } from '../domain/cadre.ts';
import { overdueKinds } from '../domain/overdue.ts';
import { listAll } from '../store/store.ts';
import { overdueTexts as texts } from '../texts/overdue.ts';
import type { Context } from './context.ts';
import { findPerson } from './text/people.ts';
import { findUnit, listUnits } from './units.ts';

/** Which part of the 逾期名单 somebody means, in words or by button. */
export const overdueWordsSchema = z.object({
  kind: z.enum(overdueKinds).optional(),
  /** A unit, a name or a 工号. */
  about: z.string().max(60).optional(),
  /** Only what has been overdue for more days than this. */
  longerThan: z.number().int().min(0).max(3660).optional(),
});
export type OverdueWords = z.output<typeof overdueWordsSchema>;

const longer =
  /(?:超过|逾期|已过|满)?\s*(\d{1,4})\s*[天日](?:以上|多)?|(?:超过|满)?\s*(?:一|1)个?(?:周|星期)(?:以上)?|(?:超过|满)?\s*(?:一|1)个?月(?:以上)?/;

/** `体会`, `教务处 学时`, `王芳`, `体会 超过7天`. */
export function readOverdueWords(said: string): OverdueWords {
  let left = said;
  const [days, number] = longer.exec(left) ?? [];
  if (days !== undefined) left = left.replace(days, ' ');
  const kind = overdueKinds.find((one) => texts.kindWords[one].test(left));
  if (kind !== undefined) left = left.replace(texts.kindWords[kind], ' ');
  const about = left.replace(/[\s，,、]|全部|所有|全体/g, '').replace(/^的|的$/g, '');
  const longerThan =
    days === undefined ? undefined : number === undefined ? (/月/.test(days) ? 30 : 7) : Number(number);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(about === '' ? {} : { about: about.slice(0, 60) }),
    ...(longerThan === undefined ? {} : { longerThan }),
  };
}

/** The unit, or the people of that name or 工号; null when there is neither. */
export async function findAbout({ tx }: Context, said: string): Promise<{ unit?: string; people?: string[] } | null> {
  const unit = findUnit(said, await listUnits(tx));
  if (unit !== null) return { unit };
  const found = findPerson(said, await listAll(tx, cadres));
  const people = found.ok ? [found.person] : found.matches;
  return people.length === 0 ? null : { people: people.map(({ staffNo }) => staffNo) };
}

/** What the list is narrowed to, as buttons carry it. */
export const narrowedArgs = ({ kind, about, longerThan }: OverdueWords): Record<string, string | number> => ({
  ...(kind === undefined ? {} : { kind }),
  ...(about === undefined ? {} : { about }),
  ...(longerThan === undefined ? {} : { longerThan }),
});
