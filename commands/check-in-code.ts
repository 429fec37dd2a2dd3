import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { codeNow, openSecret } from '../src/bot/course/check-in-code.ts';
import { countThere } from '../src/bot/course/check-in-counts.ts';
import { chooseCourse, openCourses, readCourseWords, readSessionWords, sessionNow } from '../src/bot/course/find.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { signInWindow, signOutWindow } from '../src/domain/attendance.ts';
import { type Course, type Session, startOf } from '../src/domain/course.ts';
import { timeOf } from '../src/domain/day.ts';
import { button, buttons, card, fields, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
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
  who: deciders,
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
    const open = await openCourses(context.tx);
    const isNamed = id !== null || title !== null;
    const today = isNamed ? open : open.filter((course) => sessionNow(course, context.now) !== null);
    if (!isNamed && today.length === 0) return text(texts.noneToday);
    const found = chooseCourse(today, { id, title }, { command: '签到码', args: ({ id: chosen }) => ({ id: chosen }) });
    if (!found.ok) return found.reply;
    const course = found.found;
    const session = no === undefined ? sessionNow(course, context.now) : course.sessions.find((one) => one.no === no);
    if (session === undefined) return text(courseTexts.noSession(no ?? 0, course));
    return session === null ? text(texts.noneToday) : showCode(context, course, session);
  },
});

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
    words(texts.code(code, seconds)),
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
