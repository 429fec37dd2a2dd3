import { type Course, inOrder, type Session } from '../../domain/course.ts';
import {
  button,
  card,
  choice,
  type Faults,
  type FormField,
  type Invocation,
  isFaulty,
  note,
  type Reply,
  reasonForm,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { timetableTexts } from '../../texts/timetable.ts';
import type { Context } from '../context.ts';
import { writeTimetable } from '../text/course.ts';
import type { AnyChange } from './change.ts';

/** A change on its way: what is known of it, and what was typed. */
type Known = AnyChange & { readonly reason?: string | undefined };

/** A change as a button, a form or a draft carries it. */
export function carry(
  course: Course,
  { change, no, into, line, parts, speaker, place, settings, reason }: Known,
): Invocation['args'] & { change: AnyChange['change'] } {
  const said = Object.entries({ no, into, line, parts, speaker, place, settings, reason });
  const known = said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { course: course.id, version: course.version, change, ...Object.fromEntries(known) };
}

/** Which 课次, and what becomes of it. */
export function showChoice(course: Course, today: string): Reply {
  const sessions = inOrder(course.sessions).filter(({ cancelled }) => !cancelled);
  const options = sessions.map((session) => [String(session.no), sessionLabel(session, today)] as const);
  const summary = texts.chooseSummary(course);
  const { changes, fields } = texts;
  return card(
    texts.chooseTitle,
    'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'choose-session',
      fields: [
        choice('no', fields.no, options, undefined, true),
        choice(
          'change',
          fields.change,
          [
            ['edit', changes.edit],
            ['cancel', changes.cancel],
            ['merge', changes.merge],
          ],
          'edit',
          true,
        ),
        choice('into', fields.into, options, undefined, false),
        reasonField(),
      ],
      submit: button(texts.next, '培训', { course: course.id, version: course.version }, 'primary'),
    },
    note(texts.settingsHint(course)),
  );
}

const sessionLabel = ({ no, topic, day, start, end }: Session, today: string): string =>
  `${no}. ${timetableTexts.short(day, start, end, today)} ${topic}`.slice(0, 60);

const reasonField = (value?: string): FormField => ({
  type: 'text',
  name: 'reason',
  label: texts.fields.reason,
  required: false,
  maxLength: 300,
  ...(value === undefined ? {} : { value }),
});

/** One 课次 as a line that may be changed, or an empty one. */
export function showLine(course: Course, known: Known, faults: Faults): Reply {
  const { change, no, line, reason } = known;
  const session = course.sessions.find((one) => one.no === no);
  const summary = session === undefined ? texts.addSummary(course) : texts.editSummary(session);
  const value =
    line ?? (session === undefined ? undefined : writeTimetable([{ ...session, speaker: null, place: null }]));
  const about = { ...carry(course, { change, no }), ...(session === undefined ? {} : { parts: true }) };
  const field: FormField = {
    type: 'text',
    name: 'line',
    label: session === undefined ? texts.fields.add : texts.fields.line,
    hint: session === undefined ? timetableTexts.example : texts.lineHint,
    required: true,
    maxLength: 400,
    ...(value === undefined ? {} : { value }),
  };
  const parts = session === undefined ? [] : partFields(course, session, known);
  return card(
    session === undefined ? texts.addTitle : texts.editTitle,
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'change-session',
      fields: withFaults([field, ...parts, reasonField(reason)], faults),
      submit: button(texts.preview, '培训', { ...about, filled: true }, 'primary'),
    },
  );
}

/** Who speaks and where, which may be emptied. */
const partFields = (course: Course, session: Session, known: Known): FormField[] => {
  const part = (name: 'speaker' | 'place', label: string, maxLength: number, value: string): FormField => ({
    type: 'text',
    name,
    label,
    required: false,
    maxLength,
    value,
  });
  const { speaker, place } = known.parts === true ? known : session;
  return [
    part('speaker', texts.fields.speaker, 40, speaker ?? ''),
    part('place', texts.fields.place(course.place), 60, place ?? ''),
  ];
};

/** Asks for the reason that a change needs, by form or by the next message. */
export async function showReason(
  context: Context,
  course: Course,
  known: Known,
  said: string,
  fault: string | undefined,
): Promise<Reply> {
  const { reason: _, ...about } = known;
  await context.ask({ command: '培训', args: carry(course, about), asking: 'reason' });
  const submit = button(texts.preview, '培训', { ...carry(course, about), filled: true }, 'primary');
  return card(texts.reasonTitle, 'warn', said, words(said), reasonForm(texts.fields.reason, submit, { fault }));
}
