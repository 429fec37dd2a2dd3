import { z } from 'zod';
import type { Cadre } from '../../domain/cadre.ts';
import { type Course, heldSessions, type Session } from '../../domain/course.ts';
import { examResults } from '../../domain/exam.ts';
import { lineSchema } from '../../domain/schema.ts';
import { listAll } from '../../store/store.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { openTexts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import type { Changed } from './change.ts';
import { countIn, findTutor } from './draft.ts';
import type { Participant } from './read.ts';

/** What is said of the class itself, in the words of 建班. */
export const settingsSchema = z.object({
  title: lineSchema(100).optional(),
  tutor: z.string().max(40).optional(),
  reflection: z.string().max(10).optional(),
  reflectionDays: z.string().max(10).optional(),
  exam: z.string().max(10).optional(),
});
export type Settings = z.output<typeof settingsSchema>;

type Step = { readonly ok: true; readonly course: Course; readonly what: string | null } | Refused;
type Refused = Extract<Changed, { ok: false }>;
const refuse = (fault: string): Refused => ({ ok: false, field: 'no', fault });

/**
 * The class with another 班主任, name, 学习体会 or 闭卷考试; nothing is saved. What has been asked of somebody already, or stands
 * in the ledger under the old name, does not change any more.
 */
export async function changeSettings(
  context: Context,
  course: Course,
  said: Settings,
  roll: readonly Participant[],
): Promise<Changed> {
  const what: string[] = [];
  let after = course;
  const isGiven = roll.some(({ enrolment }) => enrolment.credits.length > 0);
  const tutor = said.tutor === undefined ? null : await findTutor(context, said.tutor);
  if (said.tutor !== undefined && tutor === null) return refuse(openTexts.noTutor(said.tutor));
  const hasScores = (await listAll(context.tx, examResults, { equals: [course.id] })).length > 0;
  for (const step of [rename(said, isGiven), retutor(tutor), reask(said, context), examine(said, hasScores, context)]) {
    const next: Step = step(after);
    if (!next.ok) return next;
    if (next.what !== null) what.push(next.what);
    after = next.course;
  }
  if (what.length === 0) return refuse(texts.unchanged);
  // A 班主任 alone concerns nobody who is in the class.
  const isForAll = what.length > (after.tutor === course.tutor ? 0 : 1);
  return {
    ok: true,
    course: after,
    nos: isForAll ? heldSessions(after).map(({ no }) => no) : [],
    what: what.join('，'),
    notes: tutor === null || after.tutor === course.tutor ? [] : [texts.tutors(tutor.name)],
    needsReason: false,
  };
}

const same = (course: Course): Step => ({ ok: true, course, what: null });

const rename =
  ({ title }: Settings, isGiven: boolean) =>
  (course: Course): Step => {
    if (title === undefined || title === course.title) return same(course);
    if (isGiven) return refuse(texts.noRename(course));
    const follow = (session: Session): Session =>
      session.topic === course.title ? { ...session, topic: title.slice(0, 80) } : session;
    return {
      ok: true,
      course: { ...course, title, sessions: course.sessions.map(follow) },
      what: texts.settings.title(title),
    };
  };

const retutor =
  (tutor: Cadre | null) =>
  (course: Course): Step =>
    tutor === null || tutor.staffNo === course.tutor
      ? same(course)
      : { ok: true, course: { ...course, tutor: tutor.staffNo }, what: texts.settings.tutor(tutor.name) };

const reask =
  (said: Settings, { policy }: Pick<Context, 'policy'>) =>
  (course: Course): Step => {
    if (said.reflection === undefined && said.reflectionDays === undefined) return same(course);
    const { reflection: known } = course;
    const length = countIn(said.reflection ?? String(known?.minLength ?? policy.reflection.minLength));
    const days = countIn(said.reflectionDays ?? String(known?.dueDays ?? policy.reflection.dueDays));
    if (length === null) return refuse(openTexts.badLength);
    if (days === null || days === 0) return refuse(openTexts.badDays);
    const reflection = length === 0 ? null : { minLength: length, dueDays: days };
    if (JSON.stringify(reflection) === JSON.stringify(known)) return same(course);
    if (heldSessions(course).every(({ settled }) => settled !== null)) return refuse(texts.reflectionAsked(course));
    return { ok: true, course: { ...course, reflection }, what: texts.settings.reflection(reflection) };
  };

const examine =
  ({ exam: said }: Settings, hasScores: boolean, { policy }: Pick<Context, 'policy'>) =>
  (course: Course): Step => {
    if (said === undefined) return same(course);
    const mark = said === 'yes' ? policy.exam.passMark : countIn(said);
    if (mark === null || mark > 100) return refuse(openTexts.badMark);
    if (mark === (course.exam?.passMark ?? 0)) return same(course);
    if (hasScores) return refuse(texts.examTaken(course));
    const exam = mark === 0 ? null : { passMark: mark };
    return { ok: true, course: { ...course, exam }, what: texts.settings.exam(exam) };
  };
