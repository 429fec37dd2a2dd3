import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readReportFacts } from '../src/bot/course/facts.ts';
import { chooseCourse, openCourses, readCourseWords } from '../src/bot/course/find.ts';
import { followParticipant } from '../src/bot/course/follow.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { cadres } from '../src/domain/cadre.ts';
import { type Course, courses } from '../src/domain/course.ts';
import { type Lack, lacksOf, type ReportFacts, reportCourse } from '../src/domain/course-report.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  done,
  link,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { closeTexts as texts } from '../src/texts/close-course.ts';
import { courseLedgerTexts } from '../src/texts/course-ledger.ts';

/** Lines of what is missing that a card shows. */
const shownLacks = 12;

const argsSchema = z.object({
  course: z.number().int().optional(),
  title: z.string().max(100).optional(),
  /** The state of the class that the card has shown. */
  version: z.number().int().optional(),
  act: z.enum(['show', 'confirm', 'close', 'reopen', 'report', 'word']).default('show'),
});
type Args = z.output<typeof argsSchema>;

/** 结班: a class ends when its timetable, roll and results are complete; what is missing is listed, then come the reports. */
export const closeCourse = defineCommand({
  name: '结班',
  aliases: ['培训班结班', '班级报告'],
  summary: '核对培训班是否齐全，结班并生成报告',
  who: deciders,
  args: argsSchema,
  examples: ['结班', '结班 1001', '结班 1001 确认', '结班 1001 报告', '结班 1001 撤销'],
  read: (said) => {
    const { named, rest } = readCourseWords(said);
    return understood({
      ...(named.id === null ? {} : { course: named.id }),
      ...(named.title === null ? {} : { title: named.title }),
      ...(/^(?:确认|确定)(?:结班)?$/.test(rest) ? { act: 'confirm' } : {}),
      ...(/撤销|取消|恢复/.test(rest) ? { act: 'reopen' } : {}),
      ...(/报告|word/i.test(rest) ? { act: 'word' } : /表|excel/i.test(rest) ? { act: 'report' } : {}),
    });
  },
  run: async (context, args) => {
    const { tx } = context;
    const asked = args.act === 'confirm' ? await askedToClose(context) : null;
    const id = args.course ?? (args.title === undefined ? asked?.course : undefined);
    const isNamed = id !== undefined || args.title !== undefined;
    const candidates = isNamed ? await listAll(tx, courses) : await openCourses(tx);
    const found = chooseCourse(
      candidates,
      { id: id ?? null, title: args.title ?? null },
      { command: '结班', args: ({ id }) => ({ course: id, act: args.act }) },
    );
    if (!found.ok) return found.reply;
    switch (args.act) {
      case 'show':
        return show(context, found.found);
      case 'confirm':
        return asked?.course === found.found.id
          ? context.run('确认', { draft: asked.draft })
          : show(context, found.found);
      case 'close':
        return close(context, found.found, args);
      case 'reopen':
        return reopen(context, found.found);
      default:
        return fileOf(found.found, args.act);
    }
  },
});

/** The class that the open question asks to close: the card of a complete class has asked it. */
async function askedToClose(context: Context): Promise<{ readonly draft: number; readonly course: number } | null> {
  const open = await context.question();
  return open?.command === '结班' ? { draft: open.id, course: Number(open.args['course']) } : null;
}

async function show(context: Context, course: Course, ahead?: string): Promise<Reply> {
  const { tx, now, today, policies } = context;
  if (course.state === 'proposed' || course.state === 'cancelled') return text(texts.notOpen(course));
  const facts = (await readReportFacts(tx, course.id))?.facts ?? [];
  const report = reportCourse(course, facts, policies.at(course.to));
  const figures = words(
    [
      texts.figures(report),
      texts.hours(report),
      ...(course.exam === null ? [] : [texts.exam(report)]),
      ...(course.reflection === null ? [] : [texts.reflections(report)]),
      texts.makeUps(report),
    ].join('\n'),
  );
  const files = [
    link(texts.report, '结班', { course: course.id, act: 'report' }),
    link(texts.word, '结班', { course: course.id, act: 'word' }),
  ];
  if (course.state === 'closed') {
    const again = { ...button(texts.reopen, '结班', { course: course.id, act: 'reopen' }), confirm: texts.reopenAsk };
    const summary = texts.already(course);
    return card(texts.title, 'good', summary, words(summary), figures, buttons(...files, again));
  }
  const lacks = lacksOf(course, facts, now, policies.at(course.to));
  if (lacks.length > 0) {
    const summary = texts.lacking(course, lacks.length);
    const lines = await sayLacks(context, facts, lacks);
    return card(texts.title, 'warn', summary, words(ahead ?? summary), words(lines), nextSteps(course, lacks), figures);
  }
  const summary = texts.ready(course);
  const closing = { course: course.id, act: 'close', version: course.version };
  await context.ask({ command: '结班', args: closing, asking: 'confirm' });
  return card(
    texts.title,
    'info',
    summary,
    words(ahead ?? summary),
    figures,
    words(texts.confirm),
    buttons({ ...button(texts.close, '结班', closing, 'primary'), confirm: texts.closeAsk }, ...files),
    today < course.to ? null : note(texts.hint),
  );
}

async function sayLacks(
  { tx, today }: Context,
  facts: readonly ReportFacts[],
  lacks: readonly Lack[],
): Promise<string> {
  const staffNos = facts.map(({ enrolment }) => enrolment.staffNo);
  const found = await tx.getAll(cadres, staffNos);
  const names = new Map(staffNos.map((staffNo, i) => [staffNo, found[i]?.name ?? staffNo]));
  const say = (list: readonly string[]): string => list.map((staffNo) => names.get(staffNo) ?? staffNo).join('、');
  const lines = lacks.slice(0, shownLacks).map((lack, i) => `${i + 1}. ${texts.lack(lack, say, today)}`);
  const rest = lacks.length - lines.length;
  return [...lines, ...(rest > 0 ? [texts.more(rest)] : [])].join('\n');
}

function nextSteps({ id }: Course, lacks: readonly Lack[]): Block | null {
  const types = new Set(lacks.map(({ type }) => type));
  const list: Button[] = [
    ...(types.has('roll') || types.has('unmarked') ? [link(texts.roll, '考勤', { course: id })] : []),
    ...(types.has('concern') ? [link(texts.concerns, '考勤', { id })] : []),
    ...(types.has('leave') ? [link(texts.leaves, '请假', { verdict: 'list' })] : []),
    ...(types.has('scores') ? [link(texts.scores, '成绩', { course: id })] : []),
  ];
  return list.length === 0 ? null : buttons(...list);
}

async function close(context: Context, course: Course, { version }: Args): Promise<Reply> {
  const { tx, me, now, policies } = context;
  if (course.state === 'closed') return text(texts.already(course));
  if (course.state !== 'open') return text(texts.notOpen(course));
  if (version !== course.version) return show(context, course, texts.changed(course));
  const facts = (await readReportFacts(tx, course.id))?.facts ?? [];
  if (lacksOf(course, facts, now, policies.at(course.to)).length > 0) return show(context, course);
  if ((await askedToClose(context)) !== null) await context.closeQuestion('submitted');
  const closed: Course = { ...course, state: 'closed', endedBy: me.staffNo, endedAt: now, version: course.version + 1 };
  await tx.put(courses, closed);
  for (const person of facts) await followParticipant(context, closed, person, courseLedgerTexts.why.closed(course.id));
  for (const act of ['report', 'word'] as const) {
    await context.tell(me.staffNo, fileOf(closed, act), {
      key: `closed:${course.id}:${closed.version}:${act}`,
      purpose: 'answer',
    });
  }
  const summary = texts.done(course);
  return card(
    texts.doneTitle,
    'good',
    summary,
    words(summary),
    note(texts.hint),
    buttons({ ...button(texts.reopen, '结班', { course: course.id, act: 'reopen' }), confirm: texts.reopenAsk }),
  );
}

async function reopen({ tx }: Context, course: Course): Promise<Reply> {
  if (course.state !== 'closed') return text(texts.notClosed(course));
  await tx.put(courses, { ...course, state: 'open', endedBy: null, endedAt: null, version: course.version + 1 });
  return done(texts.reopened(course));
}

const fileOf = (course: Course, act: 'report' | 'word'): Reply => ({
  type: 'document',
  document: act === 'word' ? 'course-report-word' : 'course-report',
  name: (act === 'word' ? texts.wordName(course) : texts.sheetName(course)).replace(/[\\/:*?"<>|]/g, ' '),
  caption: act === 'word' ? texts.wordCaption(course) : texts.sheetCaption(course),
  args: { course: course.id },
});
