import { z } from 'zod';
import { defineCommand, type Reading, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { decideOn } from '../src/bot/course/concern-desk.ts';
import { linesOf } from '../src/bot/course/file-lines.ts';
import {
  type CourseWords,
  type Found,
  openCourses,
  readCourseWords,
  readSessionWords,
  sessionNow,
} from '../src/bot/course/find.ts';
import { answerWhich } from '../src/bot/course/names.ts';
import { runsCourses, unsettledOf } from '../src/bot/course/own.ts';
import { readRoll } from '../src/bot/course/read.ts';
import { momentOf, openRoll, type RollRow } from '../src/bot/course/roll.ts';
import { showOverview, showRoll } from '../src/bot/course/roll-card.ts';
import { draftRoll, marksOf, staysOf } from '../src/bot/course/roll-draft.ts';
import { showForm, wordsOfForm } from '../src/bot/course/roll-form.ts';
import { settle } from '../src/bot/course/roll-settle.ts';
import { askSheet, planSheet, type SaidSheet } from '../src/bot/course/roll-sheet.ts';
import { planRoll, type RollPlan, type SaidRoll } from '../src/bot/course/roll-words.ts';
import { takeRoll } from '../src/bot/course/take-roll.ts';
import { chooseTaken, mayTake, takers } from '../src/bot/course/tutor.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { onlyReason } from '../src/bot/text/reason.ts';
import { requiredNames, signInColumns } from '../src/documents/class-columns.ts';
import { readLines } from '../src/documents/class-sheets.ts';
import { attendanceStates, signInWindow } from '../src/domain/attendance.ts';
import { type Course, courses, endOf, heldSessions, type Session } from '../src/domain/course.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import { courseTexts } from '../src/texts/course.ts';
import { courseStateNames } from '../src/texts/glossary.ts';
import { rollTexts as texts } from '../src/texts/roll.ts';

const argsSchema = z.object({
  /** 班号. */
  id: z.number().int().optional(),
  title: z.string().max(100).optional(),
  /** 课次. */
  no: z.number().int().optional(),
  /** The version of the class that a card has shown. */
  version: z.number().int().optional(),
  /** What is said of whom, as it was written. */
  roll: z.string().max(10_000).optional(),
  /** Who of several with one name is meant. */
  pick: z.string().max(100).optional(),
  draft: z.number().int().optional(),
  confirmed: z.boolean().default(false),
  settle: z.boolean().default(false),
  /** A list of names and times is asked for; the list. */
  sheet: z.boolean().default(false),
  lines: z.string().max(100_000).optional(),
  /** The list came as a file. */
  isFile: z.boolean().default(false),
  /** The form of a correction is asked for; what it brings back. */
  edit: z.boolean().default(false),
  person: z.string().max(2000).optional(),
  state: z.enum(attendanceStates).optional(),
  reason: z.string().max(300).optional(),
  /** What the department says about people who miss too much. */
  decide: z.boolean().default(false),
  who: z.union([z.string().max(32), z.array(z.string().max(32)).max(500)]).optional(),
  /** The same in words: names, or 全部. */
  people: z.string().max(2000).optional(),
  opinion: z.string().max(300).optional(),
});
type Args = z.output<typeof argsSchema>;

/** 考勤 (三.6): who was there; taken by hand in one sentence, settled, and corrected with a reason. */
export const roll = defineCommand({
  name: '考勤',
  aliases: ['点名', '考勤表', '看考勤'],
  summary: '看培训班考勤，点名、确认和更正',
  roleSummaries: [{ who: ['tutor'], summary: '看本班考勤，点名和确认' }],
  who: takers,
  longest: 20_000,
  readWorkbook: (bytes) => readLines(bytes, signInColumns),
  args: argsSchema,
  examples: [
    '考勤 1001',
    '考勤 1001 第2课次',
    '考勤 1001 第2课次 全部到，除了 张三 缺勤、李四 迟到',
    '考勤 1001 第2课次 王五 请假 理由 临时出差',
    '考勤 1001 第2课次 张三 出勤 理由 现场已签名',
  ],
  roleExamples: { who: deciders, lines: ['考勤 1001 处理 张三、李四 意见 已谈话，按期补训'] },
  read,
  run: async (context, said) => {
    const file = await linesOf(context, '考勤', requiredNames(signInColumns));
    if (file !== null && 'fault' in file) return text(file.fault);
    const args =
      file === null
        ? said
        : argsSchema.parse({ ...(said.id === undefined ? file.about : said), lines: file.lines, isFile: true });
    if (args.pick !== undefined)
      return answerWhich(context, '考勤', ['lines', 'roll'], args, (about) => rowsFor(context, about));
    const found = await findCourse(context, args);
    if (!found.ok) return found.reply;
    const course = found.found;
    if (args.decide) return decideOn(context, course, args);
    const session = sessionFor(context, course, args);
    if (session === 'unknown') return text(courseTexts.noSession(args.no ?? 0, course));
    if (session !== null) return atSession(context, course, session, args);
    if (args.roll !== undefined || args.lines !== undefined) return text(texts.faults.whichSession(course));
    const people = await readRoll(context.tx, course.id);
    if (people === null) return text(courseTexts.none);
    return showOverview(context, people, args.settle ? texts.settleNext(course, toSettle(context, course)) : undefined);
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'which') return understood({ draft: dialog.id, pick: said });
  if (dialog?.asking === 'sheet') return understood({ ...dialog.args, lines: said });
  if (dialog?.asking === 'reason') return understood({ ...dialog.args, reason: onlyReason(said).slice(0, 300) });
  const { named, rest } = readCourseWords(said);
  const about = {
    ...(named.id === null ? {} : { id: named.id }),
    ...(named.title === null ? {} : { title: named.title }),
  };
  const [, people, opinion] = /^处理[\s:：]*([\s\S]+?)[\s，,；;]*意见[\s:：]+([\s\S]+)$/.exec(rest) ?? [];
  if (people !== undefined) return understood({ ...about, decide: true, people, opinion });
  const { no, rest: left } = readSessionWords(rest);
  return understood({
    ...about,
    ...(no === null ? {} : { no }),
    ...(/^(?:导入)?签到(?:表|名单)$/.test(left)
      ? { sheet: true }
      : /^确认(?:考勤)?$/.test(left)
        ? { settle: true }
        : left === ''
          ? {}
          : { roll: left }),
  });
}

/** A class that is named may be over; otherwise it is one that is open. */
async function findCourse(
  context: Context,
  { id, title, no, roll: said, settle: settles }: Args,
): Promise<Found<Course>> {
  const again = {
    command: settles ? '确认考勤' : '考勤',
    args: (course: Course) => ({
      id: course.id,
      ...(no === undefined ? {} : { no }),
      ...(said === undefined ? {} : { roll: said }),
      ...(settles ? { settle: true } : {}),
    }),
  };
  const named: CourseWords = { id: id ?? null, title: title ?? null };
  const one = id === undefined ? undefined : await context.tx.get(courses, id);
  const open = id === undefined ? await openCourses(context.tx) : [];
  const isAny = settles && id === undefined && title === undefined;
  const waiting = open.filter((course) => mayTake(context.me, course) && toSettle(context, course).length > 0);
  if (isAny && waiting.length === 0) return { ok: false, reply: text(texts.settleNone) };
  const candidates = one !== undefined ? [one] : isAny ? waiting : open;
  return chooseTaken(context, candidates, named, again);
}

/** What 确认考勤 may mean: the 课次 that are over and wait for it, or else those that are on. */
function toSettle({ now }: Context, course: Course): readonly Session[] {
  const begun = unsettledOf(course, now);
  const over = begun.filter((session) => endOf(session) <= now);
  return over.length > 0 ? over : begun;
}

/** The 课次 that is named; with a roll and no number the one that is on, or the only one; 确认考勤 the only one that waits. */
function sessionFor(context: Context, course: Course, { no, roll: said, settle: settles }: Args) {
  if (no !== undefined) return course.sessions.find((one) => one.no === no) ?? 'unknown';
  if (settles) {
    const [first, ...more] = toSettle(context, course);
    return more.length === 0 ? (first ?? null) : null;
  }
  if (said === undefined) return null;
  const [only, ...others] = heldSessions(course);
  return sessionNow(course, context.now) ?? (others.length === 0 ? (only ?? null) : null);
}

async function atSession(context: Context, course: Course, session: Session, args: Args): Promise<Reply> {
  const { tx, now, policy } = context;
  if (session.cancelled) return text(texts.cancelled(course, session));
  if (args.version !== undefined && args.version !== course.version) return text(texts.changed);
  const rows = await openRoll(tx, course, session);
  if (rows.length === 0) return text(texts.nobody(course, session));
  if (args.settle) return settle(context, course, session, rows, args.confirmed);
  const isReading = !args.edit && args.roll === undefined && args.lines === undefined;
  if (session.settled !== null && !isReading && !runsCourses(context.me))
    return text(texts.departmentCorrects(course, session));
  if (args.edit && args.person === undefined) return showForm(course, session);
  if (args.sheet && session.settled === null) return askSheet(context, course, session);
  const { person, lines, isFile, reason } = args;
  const roll = person === undefined ? args.roll : wordsOfForm(args);
  const said: SaidSheet | SaidRoll | null =
    lines !== undefined
      ? { lines, isFile }
      : roll !== undefined
        ? { roll, ...(reason === undefined ? {} : { reason }) }
        : null;
  if (said === null) return showRoll(context, course, session, rows);
  const { opens } = signInWindow(session, policy);
  if (now < opens) return text(texts.notYet(course, session, momentOf(context, opens)));
  if (
    course.state === 'cancelled' ||
    course.state === 'proposed' ||
    (course.state === 'closed' && session.settled === null)
  )
    return text(texts.noCourse(course, courseStateNames[course.state]));
  const planned =
    'lines' in said
      ? await planSheet(context, course, session, rows, said)
      : await planRoll(context, course, session, rows, said);
  if (!planned.ok) return planned.reply;
  if (!args.confirmed) return draftRoll(context, course, session, rows, planned.plan, { ...said });
  return save(context, course, session, planned.plan);
}

async function save(context: Context, course: Course, session: Session, plan: RollPlan): Promise<Reply> {
  const taken = await takeRoll(context, course, session, marksOf(plan, context), staysOf(plan));
  const done = (session.settled === null ? texts.saved : texts.corrected)(course, session, taken.changed.length);
  return showRoll(context, taken.course, session, await openRoll(context.tx, taken.course, session), done);
}

/** The people of a 课次 that a question is about. */
async function rowsFor({ tx }: Context, { id, no }: Readonly<Record<string, unknown>>): Promise<RollRow[]> {
  const course = await tx.get(courses, Number(id));
  const session = course?.sessions.find((one) => one.no === no);
  return course === undefined || session === undefined ? [] : openRoll(tx, course, session);
}
