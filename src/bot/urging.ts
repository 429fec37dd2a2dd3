import { type Cadre, cadres } from '../domain/cadre.ts';
import { type Day, monthOf } from '../domain/day.ts';
import { mayChase, type NoticeFacts } from '../domain/digest.ts';
import { hearings } from '../domain/hearing.ts';
import { hourEntries } from '../domain/hours.ts';
import { type Notice, notices, planned } from '../domain/notice.ts';
import type { OverdueItem } from '../domain/overdue.ts';
import type { Policy } from '../domain/policy.ts';
import { listAll, type Reader } from '../store/store.ts';
import type { Way } from '../texts/urging.ts';
import type { Context } from './context.ts';
import { addressOf } from './people.ts';
import { factsFor, hindranceFor, isHeard, tellPlanned } from './telling.ts';

/** What one person would hear of, and how. */
export interface Urge {
  readonly cadre: Cadre;
  readonly items: readonly OverdueItem[];
  readonly notices: readonly Notice[];
  readonly way: Way;
}

const subjects: Readonly<Record<OverdueItem['kind'], Notice['subject'] | null>> = {
  reflection: 'reflection',
  returned: 'returned',
  professional: 'professional',
  pace: 'quota',
  // The department owes it itself.
  approval: null,
};

/** The words that the items of a list would become, by person in the order of the roster, as things stand now. */
export async function planUrges(context: Context, items: readonly OverdueItem[]): Promise<Urge[]> {
  const { tx, now, today, policy, policies, messenger, me } = context;
  const byPerson = new Map<string, OverdueItem[]>();
  for (const item of items) {
    if (subjects[item.kind] === null || item.staffNo === me.staffNo) continue;
    byPerson.set(item.staffNo, [...(byPerson.get(item.staffNo) ?? []), item]);
  }
  const urges: Urge[] = [];
  for (const [staffNo, theirs] of [...byPerson].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cadre = await tx.get(cadres, staffNo);
    if (cadre?.state !== 'active') continue;
    const hearing = await tx.get(hearings, staffNo);
    const made: Notice[] = [];
    for (const item of theirs) made.push(...(await noticeOf(tx, item, policy, today, me.staffNo)));
    const heard: Notice[] = [];
    for (const notice of made) if (await isHeard(tx, notice, cadre, hearing, policy, today)) heard.push(notice);
    const hindrance = await hindranceFor(tx, staffNo, now, policy);
    const way: Way =
      (await addressOf(tx, messenger, staffNo)) === null
        ? 'unbound'
        : heard.length === 0
          ? 'muted'
          : (hindrance ?? (mayChase(now, policies.calendar, policy) ? 'now' : 'later'));
    urges.push({ cadre, items: theirs, notices: heard, way });
  }
  return urges;
}

async function noticeOf(view: Reader, item: OverdueItem, policy: Policy, today: Day, by: string): Promise<Notice[]> {
  const subject = subjects[item.kind];
  if (subject === null) return [];
  const about = item.entryId === null ? monthOf(today) : String(item.entryId);
  const key = `urge:${today}:${subject}:${item.entryId ?? item.about}:${item.staffNo}`;
  const entry = item.kind === 'returned' ? await view.get(hourEntries, item.entryId ?? 0) : undefined;
  const figures: Notice['figures'] = {
    ...(item.kind === 'reflection' || item.kind === 'returned' ? { title: item.about } : {}),
    ...(item.kind === 'reflection' ? { minLength: policy.reflection.minLength } : {}),
    ...(item.kind === 'professional' ? { year: Number(item.about) } : {}),
    ...(entry === undefined ? {} : { version: entry.version, reason: entry.reason ?? '' }),
  };
  const isDated = item.kind === 'reflection' && item.since !== null;
  return [
    {
      ...planned({
        key,
        staffNo: item.staffNo,
        subject,
        tier: 'manual',
        about,
        plannedOn: today,
        figures,
        ...(isDated ? { dueOn: item.since ?? today } : {}),
      }),
      by,
    },
  ];
}

/** How things stand with what a person would hear of. */
export async function factsOfAll({ tx, policy, today }: Context, { cadre, notices: list }: Urge) {
  const known = new Map<string, NoticeFacts>();
  for (const notice of list) known.set(notice.key, await factsFor(tx, notice, cadre, policy, today));
  return known;
}

/** Whether a word goes out at all: at once, or with a later message. */
export const isSent = ({ way }: Urge): boolean => way !== 'muted' && way !== 'unbound';

/** Writes the words down and tells who can be told now; the rest waits for the daily message. @returns who heard at once */
export async function sendUrges(context: Context, urges: readonly Urge[]): Promise<Set<string>> {
  const { tx } = context;
  const told = new Set<string>();
  for (const urge of urges.filter(isSent)) {
    for (const notice of urge.notices) {
      if ((await tx.get(notices, notice.key)) === undefined) await tx.put(notices, notice);
    }
    if (urge.way !== 'now') continue;
    // What has been planned for today goes along: one message a day.
    const waiting = await listAll(tx, notices, { index: 'byPerson', equals: [urge.cadre.staffNo, 'planned'] });
    if ((await tellPlanned(context, urge.cadre.staffNo, waiting)) === 'told') told.add(urge.cadre.staffNo);
  }
  return told;
}

/** How often somebody has been reminded of a matter, by the bot or by hand, and when last. */
export interface Chased {
  readonly count: number;
  readonly last: Day | null;
}

/** Looks up how often each of the items has been said to whom it is about; reminders of pace count from the year's begin. */
export async function readChased(view: Reader, items: readonly OverdueItem[], today: Day): Promise<Chased[]> {
  const byPerson = new Map<string, readonly Notice[]>();
  const found: Chased[] = [];
  for (const item of items) {
    const told =
      byPerson.get(item.staffNo) ??
      (await listAll(view, notices, { index: 'byPerson', equals: [item.staffNo, 'told'] })).filter(
        ({ tier }) => tier !== 'unit-head' && tier !== 'department',
      );
    byPerson.set(item.staffNo, told);
    const own = told.filter((notice) => isAbout(notice, item, today));
    const days = own.flatMap(({ toldOn }) => (toldOn === null ? [] : [toldOn])).sort();
    found.push({ count: new Set(days).size, last: days.at(-1) ?? null });
  }
  return found;
}

function isAbout(notice: Notice, item: OverdueItem, today: Day): boolean {
  if (notice.subject !== subjects[item.kind]) return false;
  if (item.entryId !== null) return notice.about === String(item.entryId);
  if (item.kind === 'professional') return String(notice.figures['year']) === item.about;
  return notice.toldOn !== null && notice.toldOn.slice(0, 4) === today.slice(0, 4);
}
