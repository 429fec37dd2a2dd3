import type { Attendance } from '../../domain/attendance.ts';
import { cadres } from '../../domain/cadre.ts';
import type { Course, Session } from '../../domain/course.ts';
import { dayOf, type Instant, timeOf } from '../../domain/day.ts';
import { type Leave, openLeaveAt } from '../../domain/leave.ts';
import type { Reader } from '../../store/store.ts';
import { showDay } from '../../texts/glossary.ts';
import type { Context } from '../context.ts';
import type { Candidate } from '../text/people.ts';
import { type Participant, readRoll } from './read.ts';
import { expectedAt } from './settle.ts';

/** Somebody who is expected at a 课次, with what is known of them there. */
export interface RollRow extends Candidate {
  readonly person: Participant;
  readonly known: Attendance | undefined;
}

/** The roll of one 课次 in the order of enrolment. */
export async function openRoll(view: Reader, course: Course, session: Session): Promise<RollRow[]> {
  const people = (await readRoll(view, course.id))?.people ?? [];
  return rowsOf(session, people, await readNames(view, people));
}

/** Somebody whose leave from a 课次 waits for a word. */
export interface OpenLeave {
  readonly row: RollRow;
  readonly leave: Leave;
}

/** The leaves on which it depends whether somebody was absent: as long as there are any, the 课次 is not settled. */
export const openLeavesOf = ({ no }: Pick<Session, 'no'>, rows: readonly RollRow[]): OpenLeave[] =>
  rows.flatMap((row) => {
    const leave = openLeaveAt(no, row.person.leaves, row.known);
    return leave === undefined ? [] : [{ row, leave }];
  });

type Names = ReadonlyMap<string, Pick<Candidate, 'name' | 'unit'>>;

/** What the people of a class are called. */
export async function readNames(view: Reader, people: readonly Participant[]): Promise<Names> {
  const found = await view.getAll(
    cadres,
    people.map(({ enrolment }) => enrolment.staffNo),
  );
  return new Map(found.flatMap((cadre) => (cadre === undefined ? [] : [[cadre.staffNo, cadre] as const])));
}

/** The roll of one 课次, of people who have been read. */
export const rowsOf = (session: Session, people: readonly Participant[], names: Names): RollRow[] =>
  expectedAt(session, people).map((person) => {
    const { staffNo } = person.enrolment;
    const { name = staffNo, unit = '' } = names.get(staffNo) ?? {};
    return { staffNo, name, unit, person, known: person.attended.find(({ no }) => no === session.no) };
  });

/** Names as they tell people of one list apart: with the unit where two have the same. */
export function namesOf(people: readonly Candidate[], among: readonly Candidate[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of among) counts.set(name, (counts.get(name) ?? 0) + 1);
  return people.map(({ name, unit }) => ((counts.get(name) ?? 0) > 1 ? `${name}（${unit}）` : name));
}

/** `12:30`, with the day where it is another one. */
export const momentOf = ({ today }: Pick<Context, 'today'>, at: Instant): string =>
  dayOf(at) === today ? timeOf(at) : `${showDay(dayOf(at), today)} ${timeOf(at)}`;
