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
import { showAll } from '../src/bot/course/all.ts';
import { announceCourse } from '../src/bot/course/announce.ts';
import { changeArgs, changeDesk } from '../src/bot/course/change-desk.ts';
import { showCourse } from '../src/bot/course/detail.ts';
import { chooseCourse, openCourses, readCourseWords, readSessionWords } from '../src/bot/course/find.ts';
import { readOwn, runsCourses, showOwn } from '../src/bot/course/own.ts';
import { tutoredBy } from '../src/bot/course/tutor.ts';
import { startsWithPart } from '../src/bot/text/course.ts';
import { readSettings } from '../src/bot/text/opening.ts';
import { splitReason } from '../src/bot/text/reason.ts';
import { type Course, courses } from '../src/domain/course.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import type { Reader } from '../src/store/store.ts';
import { botTexts } from '../src/texts/bot.ts';
import { courseTexts } from '../src/texts/course.ts';
import { changeTexts } from '../src/texts/course-change.ts';
import { coursesTexts as texts } from '../src/texts/courses.ts';

const argsSchema = z.object({
  course: z.number().int().positive().optional(),
  title: z.string().max(100).optional(),
  view: z.enum(['own', 'all', 'ended']).optional(),
  page: z.number().int().min(1).max(1000).default(1),
  /** `messenger:chat` of the group that is to hear of the class. */
  announce: z.string().max(200).optional(),
  ...changeArgs,
});
type Args = z.output<typeof argsSchema>;

/** 培训: one's own classes with what is asked of one; for those who run them all classes, and what changes in one. */
export const coursesCommand: Command = defineCommand({
  name: '培训',
  aliases: ['培训班', '我的培训', '我的安排', '课程表'],
  summary: '看自己的培训班：课程表、要求和本人考勤',
  roleSummaries: [{ who: ['clerk', 'department-head'], summary: '看全部培训班、调整课次、发群通知' }],
  who: 'cadre',
  args: argsSchema,
  examples: ['培训', '培训 1001'],
  read,
  run: async (context, args) => {
    const isRunner = runsCourses(context.me);
    if (args.course === undefined && args.title === undefined) {
      const view = args.view ?? (isRunner ? 'all' : 'own');
      return view === 'own' || !isRunner
        ? showOwn(context, isRunner, isRunner ? [] : await underWay(context))
        : showAll(context, view === 'ended', args.page);
    }
    const found = await findCourse(context, args, isRunner);
    if (!found.ok) return found.reply;
    if (args.announce !== undefined) {
      return isRunner ? announceCourse(context, found.found, args.announce) : text(botTexts.oldCard);
    }
    const { change } = args;
    if (change === undefined) return showCourse(context, found.found, args.page);
    return isRunner ? changeDesk(context, found.found, { ...args, change }) : text(changeTexts.notRunner);
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'reason') return understood({ ...dialog.args, reason: said });
  if (said === '') return understood({});
  if (/^(?:全部|所有|全部培训班)$/.test(said)) return understood({ view: 'all' });
  if (/^(?:已结束|已结束的|结束)$/.test(said)) return understood({ view: 'ended' });
  if (/^(?:我的|本人)$/.test(said)) return understood({ view: 'own' });
  const { named, rest } = readCourseWords(said);
  if (named.id === null && named.title === null) return misunderstood(text(texts.notUnderstood(said)));
  const about = named.id === null ? { title: named.title ?? '' } : { course: named.id };
  if (rest === '') return understood(about);
  const change = readChange(rest);
  return change === null ? misunderstood(text(texts.notUnderstoodChange(rest))) : understood({ ...about, ...change });
}

/** What is said to become of a 课次 or the class, and why: 第2课次 改到 11-26 14:00-16:30 理由 停电; 加课 …; 取消 理由 …. */
function readChange(said: string): object | null {
  const { left, reason } = splitReason(said);
  const why = reason === null ? {} : { reason };
  const [, added] = /^(?:加课次?|增加课次|加一课)[\s:：]*([\s\S]+)$/.exec(left) ?? [];
  if (added !== undefined) return { change: 'add', line: added, ...why };
  const [, whole] = /^取消(?:培训班|整个班)?[\s:：，,]*([\s\S]*)$/.exec(left) ?? [];
  if (whole !== undefined) {
    // 取消体会 is about what the class asks for.
    const settings = readSettings(left);
    if (settings !== null) return { change: 'settings', settings, ...why };
    return { change: 'cancel-course', ...bare(whole), ...why };
  }
  const [, first = '', verb = '', words = ''] =
    /^(第\s*[\d一二三四五六七八九十]{1,3}\s*(?:课次|次课|次|课|节)|\d{1,2}\s*课次)\s*(改到|改为|改成|改期到?|改|移到|把|取消|并入|合并到|)[\s:：，,]*([\s\S]*)$/.exec(
      left,
    ) ?? [];
  const { no } = readSessionWords(first);
  if (no === null || first === '') {
    const settings = readSettings(left);
    return settings === null ? null : { change: 'settings', settings, ...why };
  }
  const part = left.slice(first.length).trim();
  if (startsWithPart(part)) return { change: 'edit', no, line: part, ...why };
  if (verb === '') return null;
  if (verb === '取消') return { change: 'cancel', no, ...bare(words), ...why };
  if (verb !== '并入' && verb !== '合并到')
    return words === '' ? { change: 'edit', no, ...why } : { change: 'edit', no, line: words, ...why };
  const { no: into, rest } = readSessionWords(words);
  return into === null ? null : { change: 'merge', no, into, ...bare(rest), ...why };
}

/** What is said behind 取消 or 并入 without a word that announces it is the reason. */
const bare = (words: string): object => (words.trim() === '' ? {} : { reason: words.trim() });

/** A class by its number, whoever asks; by its title among those that the person may see. */
async function findCourse(
  { tx, me }: Context,
  { course, title }: Args,
  isRunner: boolean,
): Promise<{ readonly ok: true; readonly found: Course } | { readonly ok: false; readonly reply: Reply }> {
  if (course !== undefined) {
    const found = await tx.get(courses, course);
    return found === undefined ? { ok: false, reply: text(courseTexts.notFound(String(course))) } : { ok: true, found };
  }
  const candidates = isRunner ? await openCourses(tx, { proposed: true }) : await ownAndTutored(tx, me.staffNo);
  return chooseCourse(
    candidates,
    { id: null, title: title ?? '' },
    { command: '培训', args: ({ id }) => ({ course: id }) },
  );
}

/** The classes that somebody is in, and those of which they are 班主任. */
async function ownAndTutored(view: Reader, staffNo: string): Promise<Course[]> {
  const found = [...(await readOwn(view, staffNo)).map((one) => one.course), ...(await tutoredBy(view, { staffNo }))];
  return [...new Map(found.map((course) => [course.id, course])).values()];
}

/** The classes of a 班主任 that are not over. */
const underWay = async ({ tx, me }: Context): Promise<Course[]> =>
  (await tutoredBy(tx, me)).filter(({ state }) => state === 'open' || state === 'proposed');
