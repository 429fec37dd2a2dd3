import { type Course, courses, enrolments, expectedOf, inOrder, type Session, startOf } from '../../domain/course.ts';
import { askLeave, halfDaysWith, type Leave, leaves, takenBy } from '../../domain/leave.ts';
import {
  button,
  buttons,
  card,
  type Faults,
  type FormField,
  link,
  note,
  type Reply,
  text,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { courseName, sessionName } from '../../texts/course.ts';
import { leaveTexts as texts } from '../../texts/leave.ts';
import type { Context } from '../context.ts';
import { decidersOf } from './leave-approvers.ts';
import { meterBlocks, openLeave, tellLeave, waitingWith } from './leave-card.ts';
import { type Participant, readParticipant } from './read.ts';

/** What was said of a leave from a class that is known. */
export interface LeaveWish {
  /** 课次 by number, or null where none were named. */
  readonly nos: readonly number[] | null;
  readonly reason: string;
  /** It came by the form, which then comes back with what is wrong. */
  readonly filled: boolean;
}

/** The classes in which somebody still has something before them. */
export async function coursesOf({ tx, me, now }: Context): Promise<Course[]> {
  const mine = await listAll(tx, enrolments, { index: 'byPerson', equals: [me.staffNo] });
  const found = await tx.getAll(
    courses,
    mine.map(({ courseId }) => String(courseId)),
  );
  return found.filter(
    (course, i): course is Course =>
      course?.state === 'open' &&
      mine[i] !== undefined &&
      expectedOf(course, mine[i]).some((one) => startOf(one) > now),
  );
}

/** The 课次 of a person from which they may still ask for leave. */
const freeOf = (course: Course, { enrolment, leaves: known }: Participant, now: string): Session[] => {
  const taken = known.flatMap(takenBy);
  return expectedOf(course, enrolment).filter(
    (session) => startOf(session) > now && session.settled === null && !taken.includes(session.no),
  );
};

/** Asks for leave where everything is said, and otherwise for what is missing. */
export async function askFor(context: Context, course: Course, wish: LeaveWish): Promise<Reply> {
  const { tx, me, now, today } = context;
  if (course.state !== 'open') return text(texts.notOn(course));
  const participant = await readParticipant(tx, course.id, me.staffNo);
  if (participant === null) return text(texts.notEnrolled(course));
  const free = freeOf(course, participant, now);
  const nos = wish.nos ?? [];
  const refusal = whyNot(course, participant, nos, context);
  if (refusal !== null) return text(refusal);
  if (free.length === 0) return text(texts.nothingToCome(course));
  const reason = wish.reason.trim();
  const faults: Faults = {
    ...(nos.length === 0 ? { sessions: texts.chooseSessions } : {}),
    ...(reason.length < 2
      ? { reason: texts.reasonNeeded }
      : reason.length > 300
        ? { reason: texts.reasonTooLong }
        : {}),
  };
  if (Object.keys(faults).length > 0) {
    if (nos.length > 0 && !wish.filled && reason === '') {
      await context.ask({ command: '请假', args: { course: course.id, sessions: [...nos] }, asking: 'because' });
    }
    return showForm(course, free, wish, wish.filled || reason.length > 300 ? faults : {}, today);
  }
  const deciding = { approver: 'tutor' as const, staffNo: me.staffNo };
  if ((await decidersOf(tx, course, deciding)) === null) return text(texts.nobody);
  const id = await tx.nextNumber('leaves');
  const sessions = inOrder(course.sessions.filter(({ no }) => nos.includes(no)));
  const ask = { id, courseId: course.id, staffNo: me.staffNo, sessions, reason, at: now };
  const result = askLeave(ask, participant.leaves, course.sessions, context.policy);
  if (!result.ok) return text(texts.nothingToCome(course));
  await tx.put(leaves, result.leave);
  await context.closeQuestion('submitted');
  return tellDeciders(context, course, result.leave);
}

function whyNot(
  course: Course,
  { enrolment, leaves: known }: Participant,
  nos: readonly number[],
  { now, today }: Context,
): string | null {
  const expected = expectedOf(course, enrolment);
  const unknown = nos.filter((no) => expected.every((session) => session.no !== no));
  if (unknown.length > 0) return texts.noSession(course, unknown);
  const begun = expected.filter((one) => nos.includes(one.no) && (startOf(one) <= now || one.settled !== null));
  if (begun.length > 0) return texts.begun(begun, today);
  const taken = known.flatMap(takenBy).filter((no) => nos.includes(no));
  return taken.length > 0 ? texts.overlaps(taken) : null;
}

/** Whoever decides gets the card at once; the person hears who that is, and how far the meter goes. */
async function tellDeciders(context: Context, course: Course, leave: Leave): Promise<Reply> {
  const { tx, policy } = context;
  const deciders = await decidersOf(tx, course, leave);
  const one = await openLeave(tx, leave.id);
  if (deciders === null || one === null) return text(texts.nobody);
  await tellLeave(context, leave.id, deciders.people, 'asked');
  const by = texts.decider(
    deciders.approver,
    deciders.people.map(({ name }) => name),
  );
  const total = halfDaysWith(leave, one.participant.leaves, course.sessions);
  const said = texts.asked(leave, course, by, total);
  return card(
    texts.askedTitle,
    'good',
    said,
    words(said),
    ...meterBlocks(course, one.participant, waitingWith(leave, one.participant), policy),
    buttons(button(texts.withdraw, '销假', { leave: leave.id, withdraw: true })),
    note(texts.askedHint(leave.id)),
  );
}

/** The form: which 课次 of those still to come, and why. */
function showForm(course: Course, free: readonly Session[], wish: LeaveWish, faults: Faults, today: string): Reply {
  const chosen = (wish.nos ?? []).filter((no) => free.some((session) => session.no === no));
  const list: FormField[] = [
    {
      type: 'choice',
      name: 'sessions',
      label: texts.sessionsLabel,
      required: true,
      many: true,
      options: free.map((session) => ({ value: String(session.no), label: sessionName(session, today) })),
      value: chosen.join(','),
    },
    {
      type: 'text',
      name: 'reason',
      label: texts.reasonLabel,
      required: true,
      maxLength: 300,
      value: wish.reason.slice(0, 300),
    },
  ];
  const isReasonOnly = chosen.length > 0 && wish.reason === '' && !wish.filled;
  const summary = isReasonOnly ? texts.askReason(course, chosen) : texts.formSummary(course);
  return card(
    texts.title,
    Object.keys(faults).length > 0 ? 'warn' : 'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'leave',
      fields: withFaults(list, faults),
      submit: button(texts.submit, '请假', { course: course.id, filled: true }, 'primary'),
    },
    note(texts.formHint),
  );
}

/** One's own leaves that are not over, with what can be done about them. */
export async function ownLeaves({ tx, me }: Context): Promise<{ leave: Leave; course: Course }[]> {
  const mine = await listAll(tx, leaves, { index: 'byPerson', equals: [me.staffNo] });
  const found: { leave: Leave; course: Course }[] = [];
  for (const leave of mine) {
    const course = await tx.get(courses, leave.courseId);
    if (course?.state === 'open' && leave.state !== 'withdrawn') found.push({ leave, course });
  }
  return found;
}

/** 请假 alone: one's own leaves, what waits for one's word, and the classes from which leave can be asked. */
export function showOwn(
  own: readonly { leave: Leave; course: Course }[],
  open: readonly Course[],
  waiting: number,
): Reply {
  const desk = waiting > 0 ? [link(texts.waitingButton(waiting), '请假', { verdict: 'list' })] : [];
  const ask = open
    .slice(0, 6)
    .map((course) => button(`${course.id} ${course.title}`.slice(0, 20), '请假', { course: course.id }));
  if (own.length + desk.length + ask.length === 0) return text(texts.noCourse);
  const lines = own.map(({ leave, course }) => texts.mineLine(leave, course));
  const summary =
    ask.length > 0 ? texts.chooseCourse(open.map(courseName)) : waiting > 0 ? texts.waiting(waiting) : texts.noCourse;
  return card(
    texts.title,
    'info',
    summary,
    words(summary),
    ask.length > 0 ? buttons(...ask) : null,
    lines.length > 0 ? words([texts.mine, ...lines].join('\n')) : null,
    ...own
      .filter(({ leave }) => leave.state === 'asked' || leave.state === 'approved')
      .slice(0, 4)
      .map(({ leave }) =>
        buttons(
          leave.state === 'asked'
            ? button(`${texts.withdraw} ${leave.id}`, '销假', { leave: leave.id, withdraw: true })
            : button(`${texts.end} ${leave.id}`, '销假', { leave: leave.id }),
        ),
      ),
    desk.length > 0 ? buttons(...desk) : null,
    note(texts.formHint),
  );
}
