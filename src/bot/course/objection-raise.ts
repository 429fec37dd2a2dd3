import { attendances } from '../../domain/attendance.ts';
import { type Course, courses, enrolments, expectedOf, type Session, startOf } from '../../domain/course.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import { type Objection, objections, withdrawObjection } from '../../domain/objection.ts';
import { dayWorkdaysAfter } from '../../domain/working-days.ts';
import { button, buttons, card, link, note, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { courseTexts } from '../../texts/course.ts';
import { objectionTexts as texts } from '../../texts/objection.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { readers } from '../reflection-desk.ts';
import { nameOf } from '../review/desk.ts';
import { showObjection } from './objection-card.ts';

/** What somebody objects to: a number that may be a class or an entry, unless that is clear. */
export interface Doubt {
  readonly number: number;
  readonly of?: 'course' | 'entry' | undefined;
  readonly no?: number | undefined;
  readonly words: string;
}

/** Raises an objection to one's own attendance or hours; asks which, and for the words. */
export async function raise(context: Context, doubt: Doubt): Promise<Reply> {
  const { tx, me } = context;
  const course = doubt.of === 'entry' ? undefined : await tx.get(courses, doubt.number);
  const enrolment = course && (await tx.get(enrolments, `${course.id}:${me.staffNo}`));
  const found = doubt.of === 'course' || doubt.no !== undefined ? undefined : await tx.get(hourEntries, doubt.number);
  const entry = found?.staffNo === me.staffNo ? found : undefined;
  if (course !== undefined && enrolment !== undefined && entry !== undefined) return askWhich(doubt);
  if (course !== undefined && enrolment !== undefined) {
    const begun = expectedOf(course, enrolment).filter((session) => startOf(session) <= context.now);
    return aboutAttendance(context, course, begun, expectedOf(course, enrolment), doubt);
  }
  return entry === undefined ? text(texts.notFound(doubt.number)) : aboutEntry(context, entry, doubt);
}

const askWhich = ({ number, words: said }: Doubt): Reply =>
  card(
    texts.whichTitle,
    'info',
    texts.which(number),
    words(texts.which(number)),
    buttons(
      button(texts.ofCourse(number), '异议', { number, of: 'course', words: said }),
      button(texts.ofEntry(number), '异议', { number, of: 'entry', words: said }),
    ),
  );

async function aboutAttendance(
  context: Context,
  course: Course,
  begun: readonly Session[],
  expected: readonly Session[],
  doubt: Doubt,
): Promise<Reply> {
  const { no } = doubt;
  if (no === undefined) {
    const [first] = expected;
    if (begun.length === 0) {
      return text(first === undefined ? courseTexts.noSession(1, course) : texts.notYet(course, first, context.today));
    }
    return card(
      texts.whichTitle,
      'info',
      texts.whichSession(course),
      words(texts.whichSession(course)),
      buttons(
        ...begun.slice(-8).map((session) =>
          button(texts.session(session), '异议', {
            number: course.id,
            of: 'course',
            no: session.no,
            words: doubt.words,
          }),
        ),
      ),
    );
  }
  const session = expected.find((one) => one.no === no);
  if (session === undefined) return text(texts.noSession(course, no));
  if (!begun.includes(session)) return text(texts.notYet(course, session, context.today));
  const row = await context.tx.get(attendances, `${course.id}:${no}:${context.me.staffNo}`);
  const facts = texts.attendanceFacts(course, session, row);
  return write(context, { courseId: course.id, no, entryId: null }, facts, doubt);
}

async function aboutEntry(context: Context, entry: HourEntry, doubt: Doubt): Promise<Reply> {
  const { tx, me } = context;
  if (entry.state === 'submitted' || entry.state === 'returned' || entry.state === 'withdrawn') {
    return text(texts.entryOpen(entry));
  }
  // What a class has given follows from the attendance: that is what can be wrong.
  if (entry.source === 'attendance') {
    const mine = await listAll(tx, enrolments, { index: 'byPerson', equals: [me.staffNo] });
    const from = mine.find(({ credits }) => credits.some(({ entryId }) => entryId === entry.id));
    if (from !== undefined) return raise(context, { number: from.courseId, of: 'course', words: doubt.words });
  }
  return write(context, { courseId: null, no: null, entryId: entry.id }, texts.entryFacts(entry), doubt);
}

/** Writes it down, tells the person until when it is answered, and lays it before the department. */
async function write(
  context: Context,
  about: Pick<Objection, 'courseId' | 'no' | 'entryId'>,
  facts: string,
  doubt: Doubt,
): Promise<Reply> {
  const { tx, me, now, today, policy, policies } = context;
  const mine = await listAll(tx, objections, { index: 'byPerson', equals: [me.staffNo] });
  const known = mine.find(
    (one) =>
      one.state === 'open' && one.courseId === about.courseId && one.no === about.no && one.entryId === about.entryId,
  );
  if (known !== undefined) return text(texts.open(known, today));
  const said = doubt.words.trim().slice(0, 500);
  if (said.length < 2) return askWords(context, doubt, facts, about);
  const objection: Objection = {
    id: await tx.nextNumber('objections'),
    staffNo: me.staffNo,
    ...about,
    words: said,
    facts: facts.slice(0, 500),
    at: now,
    dueOn: dayWorkdaysAfter(policies.calendar, today, policy.attendance.objectionDays),
    state: 'open',
    answer: null,
    answeredBy: null,
    answeredAt: null,
  };
  await tx.put(objections, objection);
  await context.closeQuestion('submitted');
  for (const staffNo of await answerers(context, me.staffNo)) {
    const shown = await showObjection(context, objection, me);
    await context.tell(staffNo, shown, { key: `objection:${objection.id}:${staffNo}`, purpose: 'notice' });
  }
  return card(
    texts.raisedTitle,
    'good',
    texts.raised(objection, today),
    words(texts.raised(objection, today)),
    words(texts.recorded(facts)),
    buttons(button(texts.withdraw, '异议', { verdict: 'withdraw', id: objection.id })),
    note(texts.raisedHint(objection.id)),
  );
}

/** The clerks, or the head where there is no clerk but the person. */
async function answerers({ tx }: Context, staffNo: string): Promise<string[]> {
  for (const role of readers) {
    const people = (await peopleWith(tx, role)).filter((cadre) => cadre.staffNo !== staffNo);
    if (people.length > 0) return people.map((cadre) => cadre.staffNo);
  }
  return [];
}

async function askWords(
  context: Context,
  doubt: Doubt,
  facts: string,
  { courseId, no, entryId }: Pick<Objection, 'courseId' | 'no' | 'entryId'>,
): Promise<Reply> {
  const args = {
    number: courseId ?? entryId ?? doubt.number,
    of: courseId === null ? 'entry' : 'course',
    ...(no === null ? {} : { no }),
  };
  await context.ask({ command: '异议', args, asking: 'reason' });
  return card(
    texts.title,
    'info',
    texts.ask(facts),
    words(texts.ask(facts)),
    {
      type: 'form',
      name: 'objection',
      fields: [{ type: 'text', name: 'words', label: texts.askLabel, required: true, multiline: true, maxLength: 500 }],
      submit: button(texts.askSubmit, '异议', args, 'primary'),
    },
    note(texts.askHint),
  );
}

/** 撤回异议. */
export async function takeBack(context: Context, id: number | undefined): Promise<Reply> {
  const { tx, me, now } = context;
  const open = (await listAll(tx, objections, { index: 'byPerson', equals: [me.staffNo] })).filter(
    ({ state }) => state === 'open',
  );
  const objection = id === undefined ? (open.length === 1 ? open[0] : undefined) : await tx.get(objections, id);
  if (objection === undefined && id === undefined) return text(texts.withdrawWhich);
  if (objection?.staffNo !== me.staffNo) return text(texts.notYours(id ?? 0));
  const result = withdrawObjection(objection, me.staffNo, now);
  if (!result.ok) return text(texts.notOpen(objection, await nameOf(context, objection.answeredBy ?? '')));
  await tx.put(objections, result.objection);
  const said = texts.withdrawn(result.objection);
  return card(texts.title, 'good', said, words(said));
}

const mostShown = 8;

/** 异议 alone: one's own, the newest first, and how to raise one. */
export async function showOwn(context: Context): Promise<Reply> {
  const { tx, me, today } = context;
  const { rows } = await tx.find(objections, {
    index: 'byPerson',
    equals: [me.staffNo],
    order: 'desc',
    limit: mostShown,
  });
  const toDesk = mayUse(readers, me) ? [link(texts.waitingButton, '异议', { verdict: 'list' })] : [];
  const open = rows.filter(({ state }) => state === 'open');
  if (rows.length === 0 && toDesk.length === 0) return text(`${texts.none}${texts.howTo}`);
  return card(
    texts.title,
    'info',
    texts.howTo,
    words(texts.howTo),
    rows.length === 0 ? null : words([texts.mine, ...rows.map((one) => texts.mineLine(one, today))].join('\n')),
    open.length + toDesk.length === 0
      ? null
      : buttons(
          ...open.slice(0, 3).map(({ id }) => button(`${texts.withdraw} ${id}`, '异议', { verdict: 'withdraw', id })),
          ...toDesk,
        ),
  );
}
