import { wasThere } from '../../domain/attendance.ts';
import { type Course, courses, type Enrolment, enrolments, heldSessions, type Session } from '../../domain/course.ts';
import { type CreditLine, creditLines, creditOf, owedFor, type SessionCredit } from '../../domain/course-credit.ts';
import { dayOf, type Instant } from '../../domain/day.ts';
import { correctEvent, decideEvent, submitEvent, voidEvent } from '../../domain/entry-life.ts';
import { type HourEntry, type HourEvent, type HourFacts, hourEntries } from '../../domain/hours.ts';
import {
  closeByItself,
  followAbsence,
  isOwing,
  type MakeUp,
  makeUps,
  openMakeUp,
  reopenMakeUp,
} from '../../domain/make-up.ts';
import { similarTitles } from '../../domain/overlap.ts';
import type { Policy, PolicyBook } from '../../domain/policy.ts';
import { openClassReflection, reflections } from '../../domain/reflection.ts';
import { listAll, type Reader, type Transaction } from '../../store/store.ts';
import { courseLedgerTexts as texts } from '../../texts/course-ledger.ts';
import { appendHourEvent, nextEntryId } from '../ledger.ts';
import { type Participant, readParticipant } from './read.ts';

/** Who makes what follows from attendance. */
const system = 'system';

export interface FollowParts {
  readonly tx: Transaction;
  readonly now: Instant;
  readonly policies: PolicyBook;
}

/** What the ledger has taken over for one person. */
export interface Followed {
  readonly staffNo: string;
  readonly credits: readonly SessionCredit[];
  /** The hour entries that are new, and those whose hours or days changed, with what they had before. */
  readonly made: readonly HourEntry[];
  readonly corrected: readonly { readonly before: HourEntry; readonly after: HourEntry }[];
  readonly voided: readonly HourEntry[];
  /** The make-ups that are new or open again. */
  readonly opened: readonly MakeUp[];
  /** The make-ups that are not owed any more, because the absence was corrected away. */
  readonly closed: readonly MakeUp[];
  readonly reflectionDueOn: string | null;
}

/** Whether the class gives its hours now: each 课次 by itself, or all of them when the last is settled. */
export const givesHours = (course: Course): boolean =>
  course.creditsEach || heldSessions(course).every(({ settled }) => settled !== null);

/**
 * The one way in which attendance becomes hours and make-ups (三.6): looks at everything that is known of one person in a
 * class, and brings their hour entries and what they owe to where the rules want them. Run again it changes nothing; what
 * is different from before is a correction with `why`. Rules are those of the class's last day.
 */
export async function followPerson(
  parts: FollowParts,
  course: Course,
  staffNo: string,
  why: string,
): Promise<Followed | null> {
  const person = await readParticipant(parts.tx, course.id, staffNo);
  if (person === null) return null;
  const policy = parts.policies.at(course.to);
  const isOff = course.state === 'cancelled' || course.state === 'proposed';
  const credits = isOff ? [] : creditOf(course, person.enrolment, person.attended, person.makeUps, policy);
  const owed = await followMakeUps(parts, course, person, credits, why);
  const opened = [...owed.opened, ...(await followNextRun(parts, course, person))];
  const lines = isOff || !givesHours(course) ? [] : creditLines(credits, course);
  const hours =
    isOff || givesHours(course) ? await followHours(parts, course, person.enrolment, lines, policy, why) : null;
  const reflectionDueOn = hours === null ? null : await followReflection(parts, course, hours.entries, policy);
  return {
    staffNo,
    credits,
    made: hours?.made ?? [],
    corrected: hours?.corrected ?? [],
    voided: hours?.voided ?? [],
    opened,
    closed: owed.closed,
    reflectionDueOn,
  };
}

/** Opens what is owed for an absence, and lets go what is not any more. */
async function followMakeUps(
  { tx, now, policies }: FollowParts,
  course: Course,
  { enrolment: { staffNo }, makeUps: known }: Participant,
  credits: readonly SessionCredit[],
  why: string,
): Promise<{ readonly opened: readonly MakeUp[]; readonly closed: readonly MakeUp[] }> {
  const today = dayOf(now);
  const owed = new Map(owedFor(credits).map((one) => [one.no, one]));
  const opened: MakeUp[] = [];
  const closed: MakeUp[] = [];
  for (const makeUp of known) {
    if (makeUp.cause === 'failed') continue;
    const next = followAbsence(makeUp, owed.get(makeUp.no) ?? null, now, why);
    if (next === null) continue;
    await tx.put(makeUps, next);
    if (makeUp.state === 'waived' && isOwing(next)) opened.push(next);
    if (next.state === 'waived') closed.push(next);
  }
  for (const one of owed.values()) {
    if (known.some(({ no }) => no === one.no)) continue;
    const makeUp = openMakeUp({ ...one, courseId: course.id, staffNo }, today, policies.at(today));
    await tx.put(makeUps, makeUp);
    opened.push(makeUp);
  }
  return { opened, closed };
}

/** The runs of the class before it, the latest first. */
async function earlierRuns(view: Reader, course: Course): Promise<Course[]> {
  const runs: Course[] = [];
  for (let id = course.repeats; id !== null && runs.every((run) => run.id !== id) && id !== course.id; ) {
    const run: Course | undefined = await view.get(courses, id);
    if (run === undefined) break;
    runs.push(run);
    id = run.repeats;
  }
  return runs;
}

/**
 * What was missed in an earlier run is made up by the 课次 of the same topic here, or by the one that was chosen for it,
 * once its attendance is settled; and owed again when that is corrected. @returns what is owed again
 */
async function followNextRun(
  { tx, now }: FollowParts,
  course: Course,
  { enrolment: { staffNo }, attended }: Participant,
): Promise<MakeUp[]> {
  const runs = await earlierRuns(tx, course);
  if (runs.length === 0) return [];
  const there = attended.filter((one) => wasThere(one));
  const isSettled = (no: number): boolean => course.sessions.some((one) => one.no === no && one.settled !== null);
  const reopened: MakeUp[] = [];
  for (const makeUp of await listAll(tx, makeUps, { index: 'byPerson', equals: [staffNo] })) {
    const missed = runs.find(({ id }) => id === makeUp.courseId)?.sessions.find(({ no }) => no === makeUp.no);
    if (missed === undefined) continue;
    const isMadeUpBy = ({ no, topic }: Session): boolean =>
      makeUp.by?.courseId === course.id ? makeUp.by.no === no : similarTitles(topic, missed.topic);
    const session = course.sessions.find((one) => isMadeUpBy(one) && there.some(({ no }) => no === one.no));
    const isAttended = session !== undefined && isSettled(session.no);
    const isByThis = makeUp.way === 'next-run' && makeUp.by?.courseId === course.id;
    const next = isAttended
      ? closeByItself(makeUp, { way: 'next-run', by: { courseId: course.id, no: session.no } }, now)
      : isByThis
        ? reopenMakeUp(makeUp, now)
        : null;
    if (next?.ok !== true) continue;
    await tx.put(makeUps, next.makeUp);
    if (isOwing(next.makeUp)) reopened.push(next.makeUp);
  }
  return reopened;
}

interface HoursFollowed extends Pick<Followed, 'made' | 'corrected' | 'voided'> {
  /** All of the class that stand, in the order of their lines. */
  readonly entries: readonly HourEntry[];
}

async function followHours(
  parts: FollowParts,
  course: Course,
  enrolment: Enrolment,
  lines: readonly CreditLine[],
  policy: Policy,
  why: string,
): Promise<HoursFollowed> {
  const { tx, now } = parts;
  const done = { made: [] as HourEntry[], corrected: [] as Followed['corrected'][number][], voided: [] as HourEntry[] };
  const entries: HourEntry[] = [];
  const credits: Enrolment['credits'] = [];
  const append = (event: HourEvent): Promise<HourEntry> => appendHourEvent(tx, event, policy);
  for (const line of lines) {
    const credit = enrolment.credits.find((one) => isFor(one, line));
    const known = credit === undefined ? undefined : await tx.get(hourEntries, credit.entryId);
    if (known === undefined || (known.state === 'voided' && known.decidedBy === system)) {
      const entry = await creditLine(parts, course, enrolment.staffNo, line, append);
      done.made.push(entry);
      entries.push(entry);
      credits.push({ content: line.content, year: line.year, no: line.no, entryId: entry.id });
      continue;
    }
    credits.push(credit ?? { content: line.content, year: line.year, no: line.no, entryId: known.id });
    // What an archivist has declared void stays so.
    if (known.state !== 'approved') continue;
    const change = correctEvent(known, line, why, system, now);
    const entry = change.ok ? await append(change.event) : known;
    if (change.ok) done.corrected.push({ before: known, after: entry });
    entries.push(entry);
  }
  for (const credit of enrolment.credits) {
    if (lines.some((line) => isFor(credit, line))) continue;
    credits.push(credit);
    const known = await tx.get(hourEntries, credit.entryId);
    const change = known === undefined ? null : voidEvent(known, why, system, now);
    if (known !== undefined && change?.ok === true) {
      await append(change.event);
      done.voided.push(known);
    }
  }
  if (!sameCredits(credits, enrolment.credits)) await tx.put(enrolments, { ...enrolment, credits });
  return { ...done, entries };
}

type Credit = Enrolment['credits'][number];

const isFor = (credit: Credit, line: CreditLine): boolean =>
  credit.content === line.content && credit.year === line.year && credit.no === line.no;

const sameCredits = (a: readonly Credit[], b: readonly Credit[]): boolean =>
  a.length === b.length && a.every(({ entryId }) => b.some((one) => one.entryId === entryId));

/** A new entry, which needs nobody's word: it is what the attendance says. */
async function creditLine(
  { tx, now }: FollowParts,
  course: Course,
  staffNo: string,
  line: CreditLine,
  append: (event: HourEvent) => Promise<HourEntry>,
): Promise<HourEntry> {
  const entryId = await nextEntryId(tx);
  const facts = factsFor(course, line);
  const submitted = await append(
    submitEvent({ entryId, staffNo, by: system, at: now, facts, source: 'attendance', importId: null }),
  );
  const approval = decideEvent(submitted, { type: 'approved' }, system, now);
  if (!approval.ok) throw new Error(`hours of class ${course.id} for ${staffNo}: ${approval.reason}`);
  return append(approval.event);
}

function factsFor(course: Course, { content, hours, from, to, no }: CreditLine): HourFacts {
  const session = no === null ? undefined : course.sessions.find((one) => one.no === no);
  return {
    from,
    to,
    hours,
    content,
    kind: course.kind,
    form: course.form,
    title: session === undefined ? course.title : texts.sessionTitle(course.title, session.topic),
    organiser: course.organiser,
    place: session?.place ?? course.place,
    proof: texts.proof(course.id),
    result: null,
    note: null,
  };
}

/** The one 学习体会 that a class asks of a person, owed for the largest of their entries. */
async function followReflection(
  { tx, now }: FollowParts,
  course: Course,
  entries: readonly HourEntry[],
  policy: Policy,
): Promise<string | null> {
  const { reflection } = course;
  const [first] = [...entries].sort((a, b) => b.hours - a.hours || a.id - b.id);
  const isOver = heldSessions(course).every(({ settled }) => settled !== null);
  if (reflection === null || first === undefined || !isOver) return null;
  const known = await tx.getAll(
    reflections,
    entries.map(({ id }) => String(id)),
  );
  if (known.some((one) => one !== undefined)) return null;
  const asked = { title: course.title, endedOn: course.to, ...reflection };
  const owed = openClassReflection(first, asked, dayOf(now), policy);
  await tx.put(reflections, owed);
  return owed.dueOn;
}
