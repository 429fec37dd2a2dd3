import { type AttendanceState, attendanceStates } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { button, card, choice, type Reply, words } from '../../messenger/reply.ts';
import { attendanceNames } from '../../texts/glossary.ts';
import { rollTexts } from '../../texts/roll.ts';

const { form } = rollTexts;

/** The form of 更正: who, what and why. */
export function showForm(course: Course, session: Session): Reply {
  const isSettled = session.settled !== null;
  const press = { id: course.id, no: session.no, version: course.version, edit: true };
  const names = attendanceStates.map((state) => [state, attendanceNames[state]] as const);
  return card(form.title, 'info', form.summary(course, session), words(form.summary(course, session)), {
    type: 'form',
    name: 'attendance',
    fields: [
      { type: 'text', name: 'person', label: form.person, hint: form.personHint, required: true, maxLength: 2000 },
      choice('state', form.state, names, undefined, true),
      { type: 'text', name: 'reason', label: form.reason, required: isSettled, maxLength: 300 },
    ],
    submit: button(form.submit, '考勤', press, 'primary'),
  });
}

/** What a form says, as a sentence would. */
export const wordsOfForm = ({
  person = '',
  state,
  reason,
}: {
  readonly person?: string | undefined;
  readonly state?: AttendanceState | undefined;
  readonly reason?: string | undefined;
}): string =>
  `${person} ${state === undefined ? '' : attendanceNames[state]}${reason === undefined ? '' : ` 理由 ${reason}`}`;
