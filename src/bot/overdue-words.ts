import { z } from 'zod';
import { cadres } from '../domain/cadre.ts';
import { type Day, yearOf } from '../domain/day.ts';
import { overdueKinds } from '../domain/overdue.ts';
import { daySchema } from '../domain/schema.ts';
import { listAll } from '../store/store.ts';
import { overdueTexts as texts } from '../texts/overdue.ts';
import type { Context } from './context.ts';
import { readChineseNumber } from './text/numbers.ts';
import { findPerson } from './text/people.ts';
import { findUnit, listUnits } from './units.ts';

/** Which part of the 逾期名单 somebody means, in words or by button. */
export const overdueWordsSchema = z.object({
  kind: z.enum(overdueKinds).optional(),
  /** A unit, a name or a 工号. */
  about: z.string().max(60).optional(),
  /** Only what has been overdue for more days than this. */
  longerThan: z.number().int().min(0).max(3660).optional(),
  /** Only what has been overdue since a day before this. */
  before: daySchema.optional(),
  /** Only what has been said to its owner so often: at least, at most. */
  remindedFrom: z.number().int().min(0).max(1000).optional(),
  remindedTo: z.number().int().min(0).max(1000).optional(),
});
export type OverdueWords = z.output<typeof overdueWordsSchema>;

const longer =
  /(?:超过|逾期|已过|满)?\s*(\d{1,4})\s*[天日](?!\s*[以之]?前)(?:以上|多)?|(?:超过|满)?\s*(?:一|1)个?(?:周|星期)(?:以上)?|(?:超过|满)?\s*(?:一|1)个?月(?:以上)?/;

const earlier = /(?:(20\d\d)\s*年)?\s*(1[0-2]|0?[1-9])\s*月(?:\s*([0-3]?\d)\s*[日号])?\s*(?:以前|之前|前)/;
const never = /(?:从未|从没|没有?|未|还没)(?:被)?(?:催办?|提醒)过?(?:的)?/;
const often =
  /已?(?:催办?|提醒)过?\s*(?:(\d{1,3}|[一二两三四五六七八九十])\s*[次遍](?:及?以上)?)(?:的)?|已?(?:催办?|提醒)过(?:的)?/;

/** `体会`, `教务处 学时`, `王芳`, `体会 超过7天`, `10月以前`, `没催过`, `催过2次`. */
export function readOverdueWords(said: string, today: Day): OverdueWords {
  let left = said;
  const take = (words: RegExp): RegExpExecArray | null => {
    const found = words.exec(left);
    if (found !== null) left = left.replace(found[0], ' ');
    return found;
  };
  const before = dayBefore(earlier.exec(left), today);
  if (before !== null) take(earlier);
  const isNever = take(never) !== null;
  const reminded = isNever ? null : take(often);
  const days = take(longer);
  const kind = overdueKinds.find((one) => texts.kindWords[one].test(left));
  if (kind !== undefined) take(texts.kindWords[kind]);
  const about = left.replace(/[\s，,、]|全部|所有|全体/g, '').replace(/^的|的$/g, '');
  const times = reminded?.[1] === undefined ? 1 : (readChineseNumber(reminded[1]) ?? Number(reminded[1]));
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(about === '' ? {} : { about: about.slice(0, 60) }),
    ...(days === null ? {} : { longerThan: days[1] === undefined ? (/月/.test(days[0]) ? 30 : 7) : Number(days[1]) }),
    ...(before === null ? {} : { before }),
    ...(isNever ? { remindedTo: 0 } : reminded === null ? {} : { remindedFrom: times }),
  };
}

/** Without a year the latest such day that is not to come. */
function dayBefore(found: RegExpExecArray | null, today: Day): Day | null {
  if (found === null) return null;
  const [, year, month = '', day = '1'] = found;
  const within = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = yearOf(today);
  const wished = `${year ?? (`${thisYear}-${within}` > today ? thisYear - 1 : thisYear)}-${within}`;
  return daySchema.safeParse(wished).success ? wished : null;
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
export const narrowedArgs = (narrowed: OverdueWords): Record<string, string | number> => {
  const { kind, about, longerThan, before, remindedFrom, remindedTo } = narrowed;
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(about === undefined ? {} : { about }),
    ...(longerThan === undefined ? {} : { longerThan }),
    ...(before === undefined ? {} : { before }),
    ...(remindedFrom === undefined ? {} : { remindedFrom }),
    ...(remindedTo === undefined ? {} : { remindedTo }),
  };
};
