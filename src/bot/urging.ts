import { type Cadre, cadres } from '../domain/cadre.ts';
import { courses } from '../domain/course.ts';
import { type Day, monthOf } from '../domain/day.ts';
import { mayChase, type NoticeFacts } from '../domain/digest.ts';
import { hearings, isOffice, isSnoozed } from '../domain/hearing.ts';
import { hourEntries } from '../domain/hours.ts';
import { makeUps } from '../domain/make-up.ts';
import { type Notice, notices, planned } from '../domain/notice.ts';
import type { OverdueItem } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { outbox } from '../messenger/outbox.ts';
import { listAll, type Reader } from '../store/store.ts';
import type { NotSent, Way } from '../texts/urging.ts';
import type { Context } from './context.ts';
import { type OverdueFilter, type OverdueList, readOverdue } from './overdue.ts';
import { addressOf } from './people.ts';
import { chaseKey, factsFor, hindranceFor, isHeard, tellPlanned } from './telling.ts';

/** What one person would hear of, and how. */
export interface Urge {
  readonly cadre: Cadre;
  /** What they will read of, and the words for it. */
  readonly items: readonly OverdueItem[];
  readonly notices: readonly Notice[];
  /** What is left out, because they have muted it or have heard of it today already. */
  readonly left: readonly OverdueItem[];
  readonly way: Way;
}

const subjects: Readonly<Record<OverdueItem['kind'], Notice['subject'] | null>> = {
  reflection: 'reflection',
  'make-up': 'make-up',
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
    if (subjects[item.kind] === null) continue;
    byPerson.set(item.staffNo, [...(byPerson.get(item.staffNo) ?? []), item]);
  }
  const urges: Urge[] = [];
  for (const [staffNo, theirs] of [...byPerson].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cadre = await tx.get(cadres, staffNo);
    if (cadre?.state !== 'active') continue;
    const hearing = await tx.get(hearings, staffNo);
    const chased = await readChased(tx, theirs, today);
    const heard: { item: OverdueItem; notice: Notice }[] = [];
    for (const item of theirs.filter((_, i) => chased[i]?.last !== today)) {
      const notice = await noticeOf(context, item);
      if (notice !== null && (await isHeard(tx, notice, cadre, hearing, context))) heard.push({ item, notice });
    }
    const left = theirs.filter((item) => !heard.some((one) => one.item === item));
    const way = async (): Promise<Way> => {
      if (staffNo === me.staffNo) return 'self';
      if ((await addressOf(tx, messenger, staffNo)) === null) return 'unbound';
      if (heard.length === 0) return chased.some(({ last }) => last === today) ? 'told-today' : 'muted';
      if (isSnoozed(hearing, today)) return 'snoozed';
      const hindrance = await hindranceFor(tx, staffNo, now, policy);
      return hindrance ?? (mayChase(now, policies.calendar, policy) ? 'now' : 'later');
    };
    urges.push({
      cadre,
      items: heard.map(({ item }) => item),
      notices: heard.map(({ notice }) => notice),
      left,
      way: await way(),
    });
  }
  return urges;
}

async function noticeOf({ tx, today, policy, me }: Context, item: OverdueItem): Promise<Notice | null> {
  const subject = subjects[item.kind];
  if (subject === null) return null;
  const about = item.makeUp ?? (item.entryId === null ? monthOf(today) : String(item.entryId));
  const key = `urge:${today}:${subject}:${item.makeUp ?? item.entryId ?? item.about}:${item.staffNo}`;
  const entry = item.kind === 'returned' ? await tx.get(hourEntries, item.entryId ?? 0) : undefined;
  const figures: Notice['figures'] = {
    ...(item.kind === 'reflection' || item.kind === 'returned' ? { title: item.about } : {}),
    ...(item.kind === 'reflection' ? { minLength: policy.reflection.minLength } : {}),
    ...(item.makeUp === undefined ? {} : await makeUpFigures(tx, item.makeUp)),
    ...(item.kind === 'professional' ? { year: Number(item.about) } : {}),
    ...(entry === undefined ? {} : { version: entry.version, reason: entry.reason ?? '' }),
  };
  const isDated = (item.kind === 'reflection' || item.kind === 'make-up') && item.since !== null;
  return {
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
    by: me.staffNo,
  };
}

/** What the sentence about a make-up needs. */
async function makeUpFigures(view: Reader, name: string): Promise<Notice['figures']> {
  const makeUp = await view.get(makeUps, name);
  const course = makeUp && (await view.get(courses, makeUp.courseId));
  return makeUp === undefined ? {} : { courseId: makeUp.courseId, no: makeUp.no, title: course?.title ?? '' };
}

/** How things stand with what a person would hear of. */
export async function factsOfAll(context: Context, { cadre, notices: list }: Urge) {
  const known = new Map<string, NoticeFacts>();
  for (const notice of list) known.set(notice.key, await factsFor(context.tx, notice, cadre, context));
  return known;
}

/** Whether a word goes out at all: at once, or with a later message. */
export const isSent = ({ way }: Urge): boolean => !notSent.includes(way);

const notSent: readonly Way[] = ['told-today', 'muted', 'unbound', 'self'] satisfies NotSent[];

/**
 * Writes the words down and tells who can be told now; the rest waits for the daily message.
 * @param ring to whom it is 加急, of those who can be told now
 * @returns who heard at once
 */
export async function sendUrges(
  context: Context,
  urges: readonly Urge[],
  ring: ReadonlySet<string> = new Set(),
): Promise<Set<string>> {
  const { tx } = context;
  const told = new Set<string>();
  for (const urge of urges.filter(isSent)) {
    for (const notice of urge.notices) {
      const before = await tx.get(notices, notice.key);
      if (before === undefined || before.state === 'dropped') await tx.put(notices, notice);
    }
    if (urge.way !== 'now') continue;
    // What has been planned for today goes along: one message a day.
    const waiting = await listAll(tx, notices, { index: 'byPerson', equals: [urge.cadre.staffNo, 'planned'] });
    const { staffNo } = urge.cadre;
    if ((await tellPlanned(context, staffNo, waiting, ring.has(staffNo))) === 'told') told.add(staffNo);
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
    const told = byPerson.get(item.staffNo) ?? (await listTold(view, item.staffNo));
    byPerson.set(item.staffNo, told);
    const own = told.filter((notice) => isAbout(notice, item, today));
    const days = [...new Set(own.flatMap(({ toldOn }) => (toldOn === null ? [] : [toldOn])))].sort();
    found.push({ count: days.length, last: days.at(-1) ?? null });
  }
  return found;
}

/** What a person has been told about themselves; a message that did not arrive has told nothing. */
async function listTold(view: Reader, staffNo: string): Promise<Notice[]> {
  const told: Notice[] = [];
  for (const notice of await listAll(view, notices, { index: 'byPerson', equals: [staffNo, 'told'] })) {
    if (isOffice(notice) || notice.toldOn === null) continue;
    const row = await view.get(outbox, chaseKey(notice.toldOn, staffNo));
    if (row?.state !== 'failed' && row?.state !== 'expired') told.push(notice);
  }
  return told;
}

/** 逾期名单, narrowed also by how often whom it is about has been reminded. */
export async function listOverdue(
  view: Reader,
  when: { asOf: Day; policies: PolicyBook },
  filter: OverdueFilter & { remindedFrom?: number | undefined; remindedTo?: number | undefined },
): Promise<OverdueList> {
  const { items, units } = await readOverdue(view, when, filter);
  const { remindedFrom = 0, remindedTo = Number.POSITIVE_INFINITY } = filter;
  if (filter.remindedFrom === undefined && filter.remindedTo === undefined) return { items, units };
  const owed = items.filter(({ kind }) => subjects[kind] !== null);
  const chased = await readChased(view, owed, when.asOf);
  const wanted = owed.filter((_, i) => {
    const count = chased[i]?.count ?? 0;
    return count >= remindedFrom && count <= remindedTo;
  });
  return { items: wanted, units };
}

function isAbout(notice: Notice, item: OverdueItem, today: Day): boolean {
  if (notice.subject !== subjects[item.kind]) return false;
  if (item.makeUp !== undefined) return notice.about === item.makeUp;
  if (item.entryId !== null) return notice.about === String(item.entryId);
  if (item.kind === 'professional') return String(notice.figures['year']) === item.about;
  return notice.toldOn !== null && notice.toldOn.slice(0, 4) === today.slice(0, 4);
}
