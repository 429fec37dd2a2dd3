import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { codeNow, openSecret } from '../src/bot/course/check-in-code.ts';
import { countThere } from '../src/bot/course/check-in-counts.ts';
import {
  type CourseWords,
  openCourses,
  readCourseWords,
  readSessionWords,
  sessionNow,
} from '../src/bot/course/find.ts';
import { chooseTaken, mayTake, takers } from '../src/bot/course/tutor.ts';
import { signInWindow, signOutWindow } from '../src/domain/attendance.ts';
import { type Course, courses, type Session, startOf } from '../src/domain/course.ts';
import { timeOf } from '../src/domain/day.ts';
import { button, buttons, card, fields, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll, type Reader } from '../src/store/store.ts';
import { courseTexts, sessionName } from '../src/texts/course.ts';
import { showDay } from '../src/texts/glossary.ts';
import { codeTexts as texts } from '../src/texts/sign-in.ts';

const argsSchema = z.object({
  /** 班号. */
  id: z.number().int().optional(),
  title: z.string().max(100).optional(),
  /** 课次; without it the one that is on. */
  no: z.number().int().optional(),
});

/** 签到码 (三.6): the code of this minute for the 课次 that is on, to be shown in the room. */
export const checkInCode = defineCommand({
  name: '签到码',
  aliases: ['显示签到码', '考勤码'],
  summary: '显示正在上课的培训班的签到码',
  who: takers,
  args: argsSchema,
  examples: ['签到码', '签到码 1001', '签到码 1001 第2课次'],
  read: (said) => {
    const { named, rest } = readCourseWords(said);
    const { no, rest: left } = readSessionWords(rest);
    if (left !== '') return misunderstood(text(texts.usage));
    return understood({
      ...(named.id === null ? {} : { id: named.id }),
      ...(named.title === null ? {} : { title: named.title }),
      ...(no === null ? {} : { no }),
    });
  },
  run: async (context, { id = null, title = null, no }) => {
    const { tx, me, now } = context;
    const isNamed = id !== null || title !== null;
    const open = isNamed ? await namedCourses(tx, { id, title }) : await openCourses(tx);
    const today = isNamed ? open : open.filter((one) => mayTake(me, one) && sessionNow(one, now) !== null);
    if (!isNamed && today.length === 0) return text(texts.noneToday);
    const again = { command: '签到码', args: ({ id: chosen }: Course) => ({ id: chosen }) };
    const found = await chooseTaken(context, today, { id, title }, again);
    if (!found.ok) return found.reply;
    const course = found.found;
    if (course.state !== 'open') return text(texts.notOpen[course.state](course));
    const session = no === undefined ? sessionNow(course, now) : course.sessions.find((one) => one.no === no);
    if (session === undefined) return text(courseTexts.noSession(no ?? 0, course));
    return session === null ? text(texts.noneToday) : showCode(context, course, session);
  },
});

/** Those that words may mean: by its number any class; by its title one that is open, or else any. */
async function namedCourses(view: Reader, { id, title }: CourseWords): Promise<readonly Course[]> {
  if (id !== null) {
    const one = await view.get(courses, id);
    return one === undefined ? [] : [one];
  }
  const open = await openCourses(view);
  const isOpen = open.some((course) => title !== null && course.title.includes(title));
  return isOpen ? open : listAll(view, courses);
}

async function showCode(context: Context, course: Course, session: Session): Promise<Reply> {
  const { tx, now, today, policy } = context;
  if (session.cancelled) return text(texts.off(course, session));
  if (session.settled !== null) return text(texts.settled(course, session));
  if (session.day !== today) return text(texts.notToday(course, session, showDay(session.day, today)));
  const [row, counts] = await Promise.all([openSecret(tx, course.id, session), countThere(tx, course.id, session)]);
  const { code, seconds } = codeNow(row, now);
  const signsIn = signInWindow(session, policy);
  const signsOut = signOutWindow(session, policy);
  const page = context.checkInPage(row.token);
  const press = { id: course.id, no: session.no };
  return card(
    texts.title,
    now < startOf(session) ? 'info' : 'good',
    texts.summary(course, session, code),
    words(texts.code(code)),
    note(texts.lasts(seconds)),
    fields(
      [texts.fields.session, `《${course.title}》${sessionName(session, today)}`],
      [texts.fields.window, texts.window(timeOf(signsIn.opens), timeOf(signsIn.onTime), timeOf(signsIn.closes))],
      ...(course.signsOut
        ? [[texts.fields.signOut, texts.span(timeOf(signsOut.opens), timeOf(signsOut.closes))] as const]
        : []),
      [texts.fields.expected, texts.people(counts.expected)],
      [texts.fields.there, texts.people(counts.there)],
    ),
    words(page === null ? texts.noPage : texts.page(page)),
    buttons(button(texts.refresh, '签到码', press, 'primary'), link(texts.roll, '考勤', press)),
    note(texts.hint),
  );
}
