import { z } from 'zod';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Course, courses, levels, type Session } from '../../domain/course.ts';
import { forms, kinds } from '../../domain/hours.ts';
import { daySchema, lineSchema } from '../../domain/schema.ts';
import type { Faults } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { formTexts } from '../../texts/form.ts';
import { openTexts as texts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import { readTimetable, writeTimetable } from '../text/course.ts';
import { personFinder } from '../text/people.ts';
import { daysOf, numbered, sayLineFaults, sayTimetableFaults, startingOn } from './timetable.ts';

/** What is said of a class before it is opened: as words, the form or the last card had it. */
export const courseDraftSchema = z.object({
  title: lineSchema(100).optional(),
  /** 课程表, one 课次 a line. */
  timetable: z.string().max(10_000).optional(),
  /** The first day, to which the timetable of an earlier run moves. */
  startsOn: daySchema.optional(),
  kind: z.enum(kinds).optional(),
  form: z.enum(forms).optional(),
  level: z.enum(levels).optional(),
  organiser: lineSchema(60).optional(),
  place: lineSchema(60).optional(),
  tutor: z.string().max(40).optional(),
  signsOut: z.enum(['yes', 'no']).optional(),
  credits: z.enum(['each', 'end']).optional(),
  /** Characters, days and points as they are typed; 0 is none. */
  reflection: z.string().max(10).optional(),
  reflectionDays: z.string().max(10).optional(),
  exam: z.string().max(10).optional(),
  /** 班号 of the class that this is the next run of. */
  repeats: z.string().max(9).optional(),
  /** Why the share of 三.4 may stay below the rule. */
  reason: z.string().trim().max(300).optional(),
});
export type CourseDraft = z.output<typeof courseDraftSchema>;

/** A class that could be opened as it stands. */
export type CoursePlan = Pick<
  Course,
  | 'title'
  | 'kind'
  | 'form'
  | 'level'
  | 'organiser'
  | 'place'
  | 'tutor'
  | 'sessions'
  | 'from'
  | 'to'
  | 'signsOut'
  | 'creditsEach'
  | 'reflection'
  | 'exam'
  | 'repeats'
> & { readonly tutorName: string };

export type DraftReading =
  | { readonly ok: true; readonly plan: CoursePlan; readonly draft: CourseDraft }
  | { readonly ok: false; readonly draft: CourseDraft; readonly faults: Faults };

/** Whole number, or null when the words are none. */
export const countIn = (words: string): number | null => {
  const digits = /^\s*(\d{1,5})\s*[字天分]?\s*$/.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Reads a draft as a class; what is not said is as the rules or the custom have it, and `draft` then says it. */
export async function readDraft(context: Context, said: CourseDraft): Promise<DraftReading> {
  const { tx, me, policies, policy } = context;
  const faults: Record<string, string> = {};
  const earlier = said.repeats === undefined ? null : await tx.get(courses, Number(said.repeats));
  if (earlier === undefined) faults['repeats'] = texts.noRepeats(said.repeats ?? '');
  const draft = withDefaults(earlier == null ? said : { ...fromEarlier(earlier), ...said }, context);
  if (draft.title === undefined) faults['title'] = formTexts.gap;
  const { sessions, fault, timetable } = readSessions(context, draft, earlier ?? null);
  const last = daysOf(sessions).to;
  const timetableFault = fault ?? sayTimetableFaults(sessions, last === '' ? policy : policies.at(last));
  if (timetableFault !== null) faults['timetable'] = timetableFault;
  else if (earlier != null && said.startsOn === undefined && said.timetable === undefined)
    faults['startsOn'] = texts.noStart;
  const tutor = await findTutor(context, draft.tutor ?? me.staffNo);
  if (tutor === null) faults['tutor'] = texts.noTutor(draft.tutor ?? '');
  const length = countIn(draft.reflection ?? '0');
  const days = countIn(draft.reflectionDays ?? String(policy.reflection.dueDays));
  const mark = countIn(draft.exam ?? '0');
  if (length === null) faults['reflection'] = texts.badLength;
  if (days === null || days === 0) faults['reflectionDays'] = texts.badDays;
  if (mark === null || mark > 100) faults['exam'] = texts.badMark;
  const kept = { ...draft, ...(timetable === undefined ? {} : { timetable }) };
  if (Object.keys(faults).length > 0 || tutor === null || draft.title === undefined)
    return { ok: false, draft: kept, faults };
  return {
    ok: true,
    // The timetable begins there now.
    draft: withoutStart(kept),
    plan: {
      title: draft.title,
      kind: draft.kind ?? 'unspecified',
      form: draft.form ?? 'unspecified',
      level: draft.level ?? 'college',
      organiser: draft.organiser ?? null,
      place: draft.place ?? null,
      tutor: tutor.staffNo,
      tutorName: tutor.name,
      sessions,
      ...daysOf(sessions),
      signsOut: draft.signsOut === 'yes',
      creditsEach: draft.credits === 'each',
      reflection: length === null || length === 0 ? null : { minLength: length, dueDays: days ?? 1 },
      exam: mark === null || mark === 0 ? null : { passMark: mark },
      repeats: earlier?.id ?? null,
    },
  };
}

function withoutStart(draft: CourseDraft): CourseDraft {
  const { startsOn: _, ...others } = draft;
  return others;
}

function readSessions({ today, policy }: Context, draft: CourseDraft, earlier: Course | null) {
  const reading = readTimetable(
    draft.timetable ?? '',
    earlier?.from ?? today,
    policy,
    // Without a name yet, the lines are judged all the same.
    (draft.title ?? '未定').slice(0, 80),
  );
  const fault = sayLineFaults(reading.faults);
  const { title } = draft;
  const planned = draft.startsOn === undefined ? reading.sessions : startingOn(reading.sessions, draft.startsOn);
  const sessions: Session[] = numbered(planned);
  // Lines that cannot be read stay as they were typed, for somebody to put them right.
  // A topic that is the name of the class follows it.
  const lines = sessions.map(({ topic, ...session }) => (topic === title ? session : { ...session, topic }));
  return {
    sessions,
    fault,
    timetable: fault === null && title !== undefined ? writeTimetable(lines) : draft.timetable,
  };
}

/** 集中培训 of the own college, with what the rules ask of it, unless something else is said. */
function withDefaults(draft: CourseDraft, { me, policy }: Context): CourseDraft {
  const form = draft.form ?? 'intensive';
  const owes = policy.reflection.forms.includes(form);
  return {
    ...draft,
    form,
    level: draft.level ?? 'college',
    organiser: draft.organiser ?? me.unit,
    tutor: draft.tutor ?? me.staffNo,
    signsOut: draft.signsOut ?? 'no',
    credits: draft.credits ?? 'end',
    reflection: draft.reflection ?? (owes ? String(policy.reflection.minLength) : '0'),
    reflectionDays: draft.reflectionDays ?? String(policy.reflection.dueDays),
    // 闭卷考试 without a mark has that of the rules.
    exam: draft.exam === 'yes' ? String(policy.exam.passMark) : (draft.exam ?? '0'),
  };
}

/** What the next run of a class takes over from it. */
const fromEarlier = (course: Course): CourseDraft => ({
  title: course.title,
  timetable: writeTimetable(course.sessions.filter(({ cancelled }) => !cancelled)),
  kind: course.kind,
  form: course.form,
  level: course.level,
  ...(course.organiser === null ? {} : { organiser: course.organiser }),
  ...(course.place === null ? {} : { place: course.place }),
  tutor: course.tutor,
  signsOut: course.signsOut ? 'yes' : 'no',
  credits: course.creditsEach ? 'each' : 'end',
  reflection: String(course.reflection?.minLength ?? 0),
  ...(course.reflection === null ? {} : { reflectionDays: String(course.reflection.dueDays) }),
  exam: String(course.exam?.passMark ?? 0),
});

export async function findTutor({ tx }: Context, said: string): Promise<Cadre | null> {
  const byNumber = await tx.get(cadres, said);
  if (byNumber !== undefined) return byNumber.state === 'active' ? byNumber : null;
  const found = personFinder(await listAll(tx, cadres, { index: 'byState', equals: ['active'] }))(said);
  return found.ok ? found.person : null;
}
