import { z } from 'zod';
import {
  type Command,
  defineCommand,
  misunderstood,
  type Reading,
  type ReadingContext,
  understood,
} from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { foresee, sayForeseen } from '../src/bot/course/consequences.ts';
import { begunOf, isMember, joining, leaving, saveEnrolments } from '../src/bot/course/enrol.ts';
import { type Found, openCourses, readCourseWords } from '../src/bot/course/find.ts';
import { runsCourses } from '../src/bot/course/own.ts';
import { rosterFile, showRoster } from '../src/bot/course/roster.ts';
import { sayHours } from '../src/bot/course/timetable.ts';
import { chooseTaken, takers } from '../src/bot/course/tutor.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { isSelectionChange, readSelectionAnswer, selectionArgsSchema } from '../src/bot/selection.ts';
import { selectionBlocks, selectionFields } from '../src/bot/selection-card.ts';
import { draftSelection, goOn } from '../src/bot/selection-draft.ts';
import { listUnits } from '../src/bot/units.ts';
import { attendances } from '../src/domain/attendance.ts';
import type { Cadre } from '../src/domain/cadre.ts';
import {
  type Course,
  courses,
  type Enrolment,
  enrolments,
  expectedOf,
  heldSessions,
  isExpected,
  mostEnrolled,
  type Session,
  startOf,
} from '../src/domain/course.ts';
import {
  button,
  buttons,
  card,
  type Faults,
  link,
  note,
  type Reply,
  text,
  withFaults,
  words,
} from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { enrolmentTexts as texts } from '../src/texts/enrolment.ts';
import { selectionTexts } from '../src/texts/selection.ts';

const argsSchema = z.object({
  course: z.number().int().positive().optional(),
  title: z.string().max(100).optional(),
  mode: z.enum(['show', 'add', 'remove', 'file']).optional(),
  ...selectionArgsSchema.shape,
  /** Also what has begun already. */
  earlier: z.boolean().optional(),
  /** The class as the draft has shown it. */
  version: z.number().int().optional(),
  draft: z.number().int().optional(),
  confirmed: z.boolean().optional(),
});
type Args = z.output<typeof argsSchema>;

/** 名单: who is in a class, and who joins or leaves it; what follows for them is shown before it is saved. */
export const enrolmentCommand: Command = defineCommand({
  name: '名单',
  aliases: ['参训名单', '参训人员'],
  summary: '看培训班的参训名单，增减人员',
  roleSummaries: [{ who: ['tutor'], summary: '看本班的参训名单' }],
  who: takers,
  longest: 10_000,
  args: argsSchema,
  examples: ['名单', '名单 1001'],
  roleExamples: { who: deciders, lines: ['名单 1001 加上 教务处全体', '名单 1001 去掉 E0011'] },
  read,
  amend: (said, { dialog }) => (isSelectionChange(said) ? readChange(said, dialog) : null),
  run: (context, said) => goOn(context, '名单', argsSchema, said, (args) => answer(context, args)),
});

async function answer(context: Context, args: Args): Promise<Reply> {
  const found = await findCourse(context, args);
  if (!found.ok) return found.reply;
  const course = found.found;
  if (args.mode === undefined || args.mode === 'show') return showRoster(context, course);
  if (args.mode === 'file') return rosterFile(context, course);
  if (!runsCourses(context.me)) return text(texts.departmentChanges(course));
  if (course.state !== 'open' && course.state !== 'proposed') return text(texts.ended(course));
  return draftChange(context, course, args);
}

/** In a draft that takes people away, 去掉 names one more of them. */
function readChange(said: string, dialog: NonNullable<ReadingContext['dialog']>): Reading {
  const reading = readSelectionAnswer(said, dialog);
  if (dialog.args['mode'] !== 'remove' || !reading.ok) return reading;
  const { people, except, ...rest } = selectionArgsSchema.partial().loose().parse(reading.args);
  return understood({
    ...rest,
    ...(people === undefined ? {} : { except: people }),
    ...(except === undefined ? {} : { people: except }),
  });
}

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog !== null) return readChange(said, dialog);
  const { named, rest } = readCourseWords(said);
  const about = {
    ...(named.id === null ? {} : { course: named.id }),
    ...(named.title === null ? {} : { title: named.title }),
  };
  if (rest === '') return understood(about);
  if (/^(?:导出|excel|下载)$/i.test(rest)) return understood({ ...about, mode: 'file' });
  const [, verb = '', people = ''] = /^(加上|加入|增加|添加|加|去掉|移出|减去|删去|去)\s*([\s\S]+)$/.exec(rest) ?? [];
  if (people === '') return misunderstood(text(texts.notUnderstood(said)));
  return understood({ ...about, mode: /^[加增添]/.test(verb) ? 'add' : 'remove', people });
}

async function findCourse(context: Context, { course, title, mode }: Args): Promise<Found<Course>> {
  const { tx } = context;
  const one = course === undefined ? undefined : await tx.get(courses, course);
  return chooseTaken(
    context,
    course === undefined ? await openCourses(tx, { proposed: true }) : one === undefined ? [] : [one],
    { id: course ?? null, title: title ?? null },
    { command: '名单', args: ({ id }) => ({ course: id, ...(mode === undefined ? {} : { mode }) }) },
  );
}

async function draftChange(context: Context, course: Course, args: Args): Promise<Reply> {
  const { tx, now } = context;
  const adds = args.mode === 'add';
  const selection = await draftSelection(context, '名单', args);
  const { chosen, refused } = selection;
  if (refused !== null) {
    const isBlank = args.people === undefined && (args.units ?? []).length === 0;
    return showForm(context, course, args, isBlank ? {} : { people: refused });
  }
  const known = new Map((await listAll(tx, enrolments, { equals: [course.id] })).map((one) => [one.staffNo, one]));
  const isIn = ({ staffNo }: Cadre): boolean => {
    const one = known.get(staffNo);
    return one !== undefined && isMember(one, now);
  };
  const about = { ...args, course: course.id, version: args.version ?? course.version };
  const covered = selection.people.filter((person) => isIn(person) !== adds);
  const first = await selection.askFirst(about, covered);
  if (first !== null) return first;
  const idle = chosen.people.filter((person) => isIn(person) === adds).map(({ name }) => name);
  if (covered.length === 0) return text(texts.nobody);
  const present = [...known.values()].filter((one) => isMember(one, now)).length;
  if (adds && present + covered.length > mostEnrolled) return text(texts.tooMany(present, mostEnrolled));
  const isAllPast = heldSessions(course).every((session) => startOf(session) <= now);
  // Who was in it before comes back to where they were.
  const isBack = covered.every(({ staffNo }) => {
    const one = known.get(staffNo);
    return one !== undefined && expectedOf(course, one).length > 0;
  });
  const earlier = args.earlier ?? (adds && isAllPast && !isBack);
  const changed = covered.map((person) => change(context, course, known.get(person.staffNo), person, adds, earlier));
  if (args.confirmed === true) {
    if (args.version !== course.version) return text(texts.moved(course));
    const version = course.version + 1;
    await tx.put(courses, { ...course, version });
    const told = await saveEnrolments(context, { ...course, version }, changed);
    const summary = texts.done(course, adds, covered.length, told);
    const isSettled =
      adds && earlier && course.sessions.some(({ settled, cancelled }) => settled !== null && !cancelled);
    return card(
      texts.doneTitle,
      'good',
      summary,
      words(summary),
      buttons(
        button(texts.title, '名单', { course: course.id }),
        ...(isSettled ? [link(texts.buttons.roll, '考勤', { id: course.id })] : []),
      ),
    );
  }
  const draft = await selection.keep(about, covered);
  return changeCard(context, course, { adds, earlier, covered, changed, idle, chosen, draft });
}

const change = (
  { me, now }: Context,
  course: Course,
  known: Enrolment | undefined,
  { staffNo }: Cadre,
  adds: boolean,
  earlier: boolean,
): Enrolment =>
  adds || known === undefined
    ? joining(course, known, { staffNo, earlier, by: me.staffNo, now })
    : leaving(known, earlier, now);

async function changeCard(
  context: Context,
  course: Course,
  {
    adds,
    earlier,
    covered,
    changed,
    idle,
    chosen,
    draft,
  }: {
    readonly adds: boolean;
    readonly earlier: boolean;
    readonly covered: readonly Cadre[];
    /** Their enrolments as they would be. */
    readonly changed: readonly Enrolment[];
    readonly idle: readonly string[];
    readonly chosen: Parameters<typeof selectionBlocks>[1];
    readonly draft: number;
  },
): Promise<Reply> {
  const { tx, now, today } = context;
  const begun = begunOf(course, now);
  const coming = heldSessions(course).filter((session) => startOf(session) > now);
  const expected = earlier ? heldSessions(course) : coming;
  // Who comes back keeps what they were at before.
  const keeping = changed.filter((one) => begun.some((session) => isExpected(session, one))).length;
  // What has taken place and is settled asks nothing of anybody any more.
  const unsettled = expected.filter((session) => session.settled === null);
  const summary = texts.draft(course, adds, covered.length);
  const effect = adds
    ? earlier
      ? begun.length === 0
        ? null
        : texts.fromStart(...(await lookBack(tx, course, covered)))
      : begun.length === 0
        ? null
        : `${keeping === changed.length ? '' : texts.fromNow(begun.length)}${keeping === 0 ? '' : texts.keeping(keeping)}`
    : earlier
      ? texts.notAtAll
      : texts.untilNow;
  const toggle = adds
    ? earlier
      ? texts.excludeEarlier
      : texts.includeEarlier
    : earlier
      ? texts.keepEarlier
      : texts.removeAll;
  return card(
    texts.draftTitle,
    'info',
    summary,
    words(summary),
    ...selectionBlocks(covered, chosen),
    ...(idle.length === 0 ? [] : [words((adds ? texts.already : texts.notIn)(idle))]),
    effect === null ? null : words(effect),
    adds && expected.length > 0
      ? words(`${earlier || begun.length === 0 ? '' : texts.coming}${sayHours(expected, null)}`)
      : null,
    ...(adds && unsettled.length > 0 ? sayForeseen(await foresee(context, unsettled, covered, course.id), today) : []),
    buttons(
      button(`${texts.buttons.confirm}（${covered.length} 人）`, '确认', { draft }, 'primary'),
      ...(begun.length === 0 || (adds && coming.length === 0)
        ? []
        : [button(toggle, '名单', { draft, earlier: !earlier })]),
      button(texts.buttons.cancel, '取消', { draft }),
    ),
    note(selectionTexts.changeHint),
  );
}

/** At how many settled 课次 nothing is known of some of these people, and of how many something is. */
async function lookBack(tx: Context['tx'], course: Course, people: readonly Cadre[]): Promise<[number, number]> {
  const settled = heldSessions(course).filter((session) => session.settled !== null);
  const rows = await listAll(tx, attendances, { equals: [course.id] });
  const isKnown = ({ staffNo }: Cadre, { no }: Session): boolean =>
    rows.some((row) => row.no === no && row.staffNo === staffNo);
  const lacking = settled.filter((session) => !people.every((person) => isKnown(person, session)));
  const back = people.filter((person) => settled.some((session) => isKnown(person, session)));
  return [lacking.length, back.length];
}

async function showForm(context: Context, course: Course, known: Args, faults: Faults): Promise<Reply> {
  const adds = known.mode === 'add';
  const summary = texts.formSummary(course, adds);
  return card(adds ? texts.addForm : texts.removeForm, 'info', summary, words(summary), {
    type: 'form',
    name: 'enrolment',
    fields: withFaults(selectionFields(await listUnits(context.tx), known), faults),
    submit: button(texts.formSubmit, '名单', { course: course.id, mode: adds ? 'add' : 'remove' }, 'primary'),
  });
}
