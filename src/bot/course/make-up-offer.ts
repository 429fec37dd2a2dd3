import { type Course, courses, type Session } from '../../domain/course.ts';
import {
  chooseWay,
  examNo,
  isClosed,
  isOwing,
  type MakeUp,
  type MakeUpWay,
  makeUps,
  waysFor,
} from '../../domain/make-up.ts';
import {
  type Button,
  button,
  buttons,
  card,
  link,
  note,
  type Reply,
  table,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { makeUpTexts as texts } from '../../texts/make-up.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { readers } from '../reflection-desk.ts';
import { joinSitting, leaveSitting, type NextSitting, nextSittings } from './next-sittings.ts';

/** What somebody owes, with the class and the 课次 that was missed; none for an exam. */
export interface Owed {
  readonly makeUp: MakeUp;
  readonly course: Course;
  readonly missed: Session | undefined;
}

export async function withCourse({ tx }: { readonly tx: Reader }, makeUp: MakeUp): Promise<Owed | null> {
  const course = await tx.get(courses, makeUp.courseId);
  if (course === undefined) return null;
  return { makeUp, course, missed: course.sessions.find(({ no }) => no === makeUp.no) };
}

/** What a person owes or has handed in, the earliest deadline first. */
export async function owedBy(context: { readonly tx: Reader }, staffNo: string): Promise<Owed[]> {
  const all = await listAll(context.tx, makeUps, { index: 'byPerson', equals: [staffNo] });
  const found = await Promise.all(all.filter((one) => !isClosed(one)).map((one) => withCourse(context, one)));
  return found.filter((one) => one !== null);
}

export const argsOf = ({ courseId, no }: MakeUp) => ({ course: courseId, no });

/** 补训 alone: what is owed, by when, and the way to each. */
export async function showOwed(context: Context, among?: number): Promise<Reply> {
  const { me, today } = context;
  const all = await owedBy(context, me.staffNo);
  const meant = all.filter(({ course }) => among === undefined || course.id === among);
  const owed = meant.filter(({ makeUp }) => isOwing(makeUp));
  const toDesk = mayUse(readers, me) ? [link(texts.list, '补训', { verdict: 'list' })] : [];
  const waiting = meant.length - owed.length;
  const [first] = owed;
  if (meant.length === 0 || first === undefined) {
    const said = waiting > 0 ? `${texts.none}${texts.waitingToo(waiting)}` : texts.none;
    return toDesk.length === 0 ? text(said) : card(texts.title, 'good', said, words(said), buttons(...toDesk));
  }
  const said = among === undefined ? texts.owed(owed.length) : texts.which(first.course);
  return card(
    texts.title,
    owed.some(({ makeUp }) => makeUp.dueOn < today) ? 'warn' : 'info',
    waiting > 0 ? `${said}${texts.waitingToo(waiting)}` : said,
    table(
      texts.columns,
      meant.map(({ makeUp, course }) => [
        texts.placeOf(makeUp, course),
        texts.cause(makeUp),
        texts.hours(makeUp),
        texts.dueBy(makeUp, today),
        texts.state(makeUp),
      ]),
    ),
    buttons(
      ...owed
        .slice(0, 6)
        .map(({ makeUp }, i) => button(texts.open(makeUp), '补训', argsOf(makeUp), i === 0 ? 'primary' : 'default')),
      ...toDesk,
    ),
    note(texts.hint),
  );
}

/** The ways in which one of them can be made up. */
export async function offer(context: Context, owed: Owed): Promise<Reply> {
  const { tx, today, policy } = context;
  const { makeUp, course, missed } = owed;
  if (isClosed(makeUp) || makeUp.state === 'handed-in') return text(texts.closed(makeUp, course));
  if (makeUp.no === examNo || missed === undefined) return text(texts.resit(course));
  const ways = waysFor(makeUp.cause, policy);
  const sittings = ways.includes('next-run') ? (await nextSittings(context, course, missed)).slice(0, 3) : [];
  const summary = texts.offer(makeUp, course, today);
  const way = (one: MakeUpWay, label: string): Button[] =>
    ways.includes(one) ? [button(label, '补训', { ...argsOf(makeUp), way: one })] : [];
  const { by } = makeUp;
  const run = by === null ? undefined : await tx.get(courses, by.courseId);
  const sitting = run?.sessions.find(({ no }) => no === by?.no);
  const isGone = by !== null && (run?.state === 'cancelled' || sitting?.cancelled !== false);
  const chosen =
    run !== undefined && sitting !== undefined && !isGone
      ? texts.chosenSitting(run, sitting, today)
      : makeUp.way === null
        ? null
        : texts.chosen(makeUp.way);
  return card(
    texts.title,
    makeUp.dueOn < today ? 'warn' : 'info',
    summary,
    words(`${summary}\n${texts.missed(missed, today)}`),
    makeUp.state === 'returned' ? words(texts.returned(makeUp)) : null,
    isGone ? words(texts.sittingGone) : chosen === null ? null : words(chosen),
    sittings.length > 0
      ? words([texts.sittings, ...sittings.map((one) => texts.sitting(one.course, one.session, today))].join('\n'))
      : null,
    buttons(
      ...sittings.map((one, i) =>
        button(
          texts.attend(one.course, one.session, today),
          '补训',
          { ...argsOf(makeUp), way: 'next-run', run: one.course.id, sitting: one.session.no },
          i === 0 ? 'primary' : 'default',
        ),
      ),
      ...(sittings.length === 0 ? way('next-run', texts.nextRun) : []),
      ...way('recording', texts.recording),
      ...way('same-theme', texts.sameTheme),
    ),
    note(texts.waysHint(policy.makeUp.minLength, ways.includes('recording'))),
  );
}

/** 参加下一期: in the 课次 that was chosen, or as soon as there is one. */
export async function chooseRun(
  context: Context,
  { makeUp, course, missed }: Owed,
  asked: { readonly run: number; readonly sitting: number } | null,
): Promise<Reply> {
  const { tx, me, now, today, policy } = context;
  const open = missed === undefined ? [] : await nextSittings(context, course, missed);
  const next: NextSitting | undefined =
    asked === null ? undefined : open.find((one) => one.course.id === asked.run && one.session.no === asked.sitting);
  if (asked !== null && next === undefined) return text(texts.sittingOver);
  if (asked === null && open.length > 0) return offer(context, { makeUp, course, missed });
  const by = next === undefined ? null : { courseId: next.course.id, no: next.session.no };
  const result = chooseWay(makeUp, 'next-run', me.staffNo, policy, by);
  if (!result.ok) return text(sayWhyNot(result.reason, makeUp, course, 'next-run'));
  if (next !== undefined && !(await joinSitting(context, next))) return text(texts.sittingOver);
  const isSame = by !== null && makeUp.by?.courseId === by.courseId && makeUp.by.no === by.no;
  if (!isSame) await leaveSitting(tx, makeUp, now);
  await tx.put(makeUps, result.makeUp);
  const said =
    next === undefined
      ? texts.noRun(makeUp, course, today)
      : texts.enrolled(makeUp, course, next.course, next.session, today);
  return card(texts.enrolledTitle, 'good', said, words(said));
}

export const sayWhyNot = (reason: string, makeUp: MakeUp, course: Course, way: MakeUpWay): string =>
  reason === 'way-not-allowed'
    ? texts.notAllowed(way)
    : reason === 'not-owner'
      ? texts.notOwed(course.id, makeUp.no)
      : texts.closed(makeUp, course);
