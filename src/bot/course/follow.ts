import { attendsPart, type Course, type Enrolment, enrolments, heldSessions } from '../../domain/course.ts';
import { type CreditLine, creditLines, creditOf, givesHours, type SessionCredit } from '../../domain/course-credit.ts';
import { type Day, dayOf, type Instant } from '../../domain/day.ts';
import { correctEvent, decideEvent, submitEvent, voidEvent } from '../../domain/entry-life.ts';
import type { FullDay } from '../../domain/full-day.ts';
import { type HourEntry, type HourEvent, type HourFacts, hourEntries } from '../../domain/hours.ts';
import type { Policy, PolicyBook } from '../../domain/policy.ts';
import { openClassReflection, reflections } from '../../domain/reflection.ts';
import type { Transaction } from '../../store/store.ts';
import { courseLedgerTexts as texts } from '../../texts/course-ledger.ts';
import { appendHourEvent, nextEntryId, owedAgain } from '../ledger.ts';
import { type ConcernsFollowed, followConcerns } from './follow-concerns.ts';
import { followMakeUps, isOff, type MakeUpsFollowed } from './follow-make-ups.ts';
import { readFullDays } from './full-days.ts';
import { type Participant, readParticipant } from './read.ts';

/** Who makes what follows from attendance. */
const system = 'system';

export interface FollowParts {
  readonly tx: Transaction;
  readonly now: Instant;
  readonly policies: PolicyBook;
}

/** What the ledger has taken over for one person. */
export interface Followed extends MakeUpsFollowed, ConcernsFollowed {
  readonly staffNo: string;
  readonly credits: readonly SessionCredit[];
  /** The hour entries that are new, and those whose hours or days changed, with what they had before. */
  readonly made: readonly HourEntry[];
  readonly corrected: readonly { readonly before: HourEntry; readonly after: HourEntry }[];
  readonly voided: readonly HourEntry[];
  readonly reflectionDueOn: string | null;
  /** Days for which hours are new or different, on which they come to more than a day holds. */
  readonly full: readonly FullDay[];
}

/** What follows for somebody in a class, as the store has them now; null when they never were in it. */
export async function followPerson(
  parts: FollowParts,
  course: Course,
  staffNo: string,
  why: string,
): Promise<Followed | null> {
  const person = await readParticipant(parts.tx, course.id, staffNo);
  return person === null ? null : followParticipant(parts, course, person, why);
}

/**
 * The one way in which attendance becomes hours and make-ups (三.6): looks at everything that is known of one person in a
 * class, and brings their hour entries, what they owe and what the department has to decide to where the rules want them.
 * Run again it changes nothing; what is different from before is a correction with `why`. Rules are those of the class's
 * last day.
 */
export async function followParticipant(
  parts: FollowParts,
  course: Course,
  person: Participant,
  why: string,
): Promise<Followed> {
  const policy = parts.policies.at(course.to);
  const { enrolment } = person;
  const credits = isOff(course) ? [] : creditOf(course, enrolment, person.attended, person.makeUps, policy);
  const owed = await followMakeUps(parts, course, person, credits, why);
  const gives = isOff(course) || givesHours(course, enrolment.credits);
  const hours = gives
    ? await followHours(parts, course, enrolment, creditLines(credits, course), policy, why)
    : { made: [], corrected: [], voided: [], entries: [] };
  const reflectionDueOn = await followReflection(parts, course, enrolment, hours.entries, policy);
  const concerns = await followConcerns(parts, course, person);
  const { made, corrected, voided } = hours;
  const { staffNo } = enrolment;
  const again = [];
  for (const { id } of [...corrected.map(({ after }) => after), ...voided])
    again.push(...(await owedAgain(parts.tx, { id, staffNo }, parts.now)));
  const more = [...made, ...corrected.flatMap(({ before, after }) => (after.hours > before.hours ? [after] : []))];
  const days = credits
    .filter(({ session: { day, content }, hours: given }) => given > 0 && more.some((one) => isOn(one, day, content)))
    .map(({ session }) => session.day);
  const own = { courseId: course.id, credits };
  const full = days.length === 0 ? [] : await readFullDays(parts.tx, staffNo, own, days, parts.policies);
  return {
    staffNo,
    credits,
    made,
    corrected,
    voided,
    ...owed,
    ...concerns,
    opened: [...owed.opened, ...again],
    reflectionDueOn,
    full,
  };
}

const isOn = ({ from, to, content }: HourEntry, day: Day, of: HourEntry['content']): boolean =>
  content === of && from <= day && day <= to;

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
    submitEvent({
      entryId,
      staffNo,
      by: system,
      at: now,
      facts,
      source: 'attendance',
      importId: null,
      courseId: line.no === null ? course.id : undefined,
    }),
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

/**
 * The one 学习体会 that a class asks of a person, owed for the largest of their entries; who makes up only some 课次 of an
 * earlier run owes none here, nor who was taken out before its end.
 */
async function followReflection(
  { tx, now }: FollowParts,
  course: Course,
  enrolment: Enrolment,
  entries: readonly HourEntry[],
  policy: Policy,
): Promise<string | null> {
  const { reflection } = course;
  const [first] = [...entries].sort((a, b) => b.hours - a.hours || a.id - b.id);
  const held = heldSessions(course);
  const isOver = held.every(({ settled }) => settled !== null);
  const isAsked = enrolment.until === null && !attendsPart(course, enrolment);
  if (!isAsked || reflection === null || first === undefined || !isOver) return null;
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
