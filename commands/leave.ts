import { z } from 'zod';
import { defineCommand, type Reading, type ReadingContext, understood, wordsOf } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { chooseCourse, readCourseWords } from '../src/bot/course/find.ts';
import { askFor, coursesOf, ownLeaves, showOwn } from '../src/bot/course/leave-ask.ts';
import { showWaiting, waitingFor } from '../src/bot/course/leave-card.ts';
import { decide } from '../src/bot/course/leave-decide.ts';
import { readLeaveWords, readSessionChoice } from '../src/bot/text/leave.ts';
import { onlyReason } from '../src/bot/text/reason.ts';
import { courses, enrolments, expectedOf, mostSessions, startOf } from '../src/domain/course.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import { leaveTexts as texts } from '../src/texts/leave.ts';

const argsSchema = z.object({
  /** 班号, or words of its title. */
  course: z.number().int().positive().optional(),
  title: z.string().max(100).optional(),
  /** 课次 by number, as a form has them. */
  sessions: z.array(z.coerce.number().int().positive()).max(mostSessions).optional(),
  /** What was said behind the class: when, and why. */
  said: z.string().max(600).optional(),
  reason: z.string().trim().transform(onlyReason).pipe(z.string().max(300)).optional(),
  filled: z.boolean().default(false),
  /** 请假号, with the version that a card has shown. */
  leave: z.number().int().positive().optional(),
  version: z.number().int().positive().optional(),
  verdict: z.enum(['list', 'approve', 'refuse']).optional(),
});
type Args = z.output<typeof argsSchema>;

/**
 * 请假 (学员管理规定): asks for leave from 课次 that have not begun, and decides on it, which 班主任, 经办 or 部长 do by its
 * length; nobody decides on their own.
 */
export const leave = defineCommand({
  name: '请假',
  aliases: ['我要请假', '申请请假', '准假'],
  summary: '向培训班请假，审批请假',
  who: 'cadre',
  args: argsSchema,
  examples: ['请假', '请假 1001 第2、3课次 出差开会', '请假 明天上午 看病'],
  roleExamples: {
    who: ['clerk', 'department-head'],
    lines: ['请假 待批', '请假 1005 准', '请假 1005 不准 该课次有闭卷考试'],
  },
  read,
  refill: async (context, filled) => {
    const course = await context.tx.get(courses, Number(filled['course']));
    if (course === undefined) return null;
    const { sessions, reason } = wordsOf(filled, 600);
    const nos = [sessions ?? []].flat().map(Number);
    return askFor(context, course, { nos, reason: typeof reason === 'string' ? reason : '', filled: true });
  },
  run: async (context, args) => {
    const { leave: id, verdict, version, reason = '' } = args;
    await endQuestion(context);
    if (verdict === 'list')
      return showWaiting(await waitingFor(context.tx, context.me), context.today, context.policies);
    if (verdict !== undefined) {
      return id === undefined
        ? text(texts.notFound(0))
        : decide(context, { leave: id, version, verdict, words: reason });
    }
    return ask(context, args);
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'reason' || dialog?.asking === 'because') {
    return understood({ ...dialog.args, reason: said.slice(0, 300) });
  }
  const words = readLeaveWords(said.trim());
  if (words.type === 'list') return understood({ verdict: 'list' });
  if (words.type === 'verdict') {
    return understood({ leave: words.leave, verdict: words.verdict, reason: words.words.slice(0, 300) });
  }
  const { named, rest } = readCourseWords(said.trim());
  return understood({
    ...(named.id === null ? {} : { course: named.id }),
    ...(named.title === null ? {} : { title: named.title }),
    ...(rest === '' ? {} : { said: rest.slice(0, 600) }),
  });
}

/** The reason is given with this message, or the person has moved on. */
async function endQuestion(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '请假') await context.closeQuestion();
}

async function ask(context: Context, args: Args): Promise<Reply> {
  const { tx, me, now, today } = context;
  const open = await coursesOf(context);
  const isBare = args.course === undefined && args.title === undefined && args.said === undefined;
  const own = isBare ? await ownLeaves(context) : [];
  const waiting = isBare ? (await waitingFor(tx, me)).length : 0;
  if (isBare && (open.length !== 1 || own.length + waiting > 0)) return showOwn(own, open, waiting);
  if (open.length === 0 && args.course === undefined) return text(texts.noCourse);
  const mine = args.course === undefined ? undefined : await tx.get(courses, args.course);
  const known =
    mine !== undefined && !open.some(({ id }) => id === mine.id) && (await isMine(context, mine.id))
      ? [...open, mine]
      : open;
  const { sessions, said, reason, filled } = args;
  const again = {
    ...(sessions === undefined ? {} : { sessions }),
    ...(said === undefined ? {} : { said }),
    ...(reason === undefined ? {} : { reason }),
  };
  const chosen = chooseCourse(
    known,
    { id: args.course ?? null, title: args.title ?? null },
    { command: '请假', args: (course) => ({ ...again, course: course.id }) },
  );
  if (!chosen.ok) return chosen.reply;
  const course = chosen.found;
  if (sessions !== undefined || said === undefined) {
    return askFor(context, course, { nos: sessions ?? null, reason: reason ?? '', filled });
  }
  const choice = readSessionChoice(said, course.sessions, today);
  const enrolment = await tx.get(enrolments, `${course.id}:${me.staffNo}`);
  const mineOf = enrolment === undefined ? [] : expectedOf(course, enrolment);
  const meant = choice.meant?.filter(({ no }) => mineOf.some((one) => one.no === no));
  if (meant?.length === 0) return text(texts.notOnDay(course));
  // 全部 and whole days are what is still to come of them, as long as there is any.
  const toCome = meant?.filter((session) => startOf(session) > now) ?? [];
  const nos = choice.nos ?? (toCome.length > 0 ? toCome : (meant ?? [])).map(({ no }) => no);
  return askFor(context, course, { nos, reason: onlyReason(choice.rest), filled: false });
}

const isMine = async ({ tx, me }: Context, courseId: number): Promise<boolean> =>
  (await tx.get(enrolments, `${courseId}:${me.staffNo}`)) !== undefined;
