import { z } from 'zod';
import { defineCommand, mayUse, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { resultsOf } from '../src/bot/course/facts.ts';
import { linesOf } from '../src/bot/course/file-lines.ts';
import { chooseCourse, readCourseWords } from '../src/bot/course/find.ts';
import { isOff } from '../src/bot/course/follow-make-ups.ts';
import { answerWhich } from '../src/bot/course/names.ts';
import { readParticipant, readRoll } from '../src/bot/course/read.ts';
import { draftScores, enterScores, tableOf } from '../src/bot/course/scores.ts';
import { deciders } from '../src/bot/review/desk.ts';
import { requiredNames, scoreColumns } from '../src/documents/class-columns.ts';
import { readLines } from '../src/documents/class-sheets.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import { type Course, courses, enrolments } from '../src/domain/course.ts';
import { examResults, isExamined, standingResult } from '../src/domain/exam.ts';
import { examNo, isOwing } from '../src/domain/make-up.ts';
import { card, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { showResult, scoreTexts as texts } from '../src/texts/scores.ts';

const argsSchema = z.object({
  course: z.number().int().optional(),
  title: z.string().max(100).optional(),
  /** What is said of people's scores: `张三 85、李四 58`, or a line for each. */
  scores: z.string().max(100_000).default(''),
  resit: z.union([z.boolean(), z.enum(['first', 'resit']).transform((which) => which === 'resit')]).default(false),
  reason: z.string().max(300).default(''),
  /** Who of several with one name is meant. */
  pick: z.string().max(100).optional(),
  draft: z.number().int().optional(),
  confirmed: z.boolean().default(false),
});
type Args = z.output<typeof argsSchema>;

/** 成绩 (三.6 闭卷考试): one's own scores; the department enters and corrects them, and a failed exam asks for a resit. */
export const scores = defineCommand({
  name: '成绩',
  aliases: ['考试成绩', '分数', '登成绩'],
  summary: '查看本人的考试成绩',
  roleSummaries: [{ who: deciders, summary: '登记、更正考试成绩，查看合格情况' }],
  who: 'cadre',
  longest: 10_000,
  readWorkbook: (bytes) => readLines(bytes, scoreColumns),
  args: argsSchema,
  examples: ['成绩'],
  roleExamples: {
    who: deciders,
    lines: ['成绩 1001', '成绩 1001 张三 85、李四 58', '成绩 1001 补考 李四 66', '成绩 1001 张三 86 理由 登分有误'],
  },
  read: (said, { dialog }) => {
    if (dialog?.asking === 'which') return understood({ draft: dialog.id, pick: said });
    if (dialog !== null) return understood({ course: dialog.args['course'], scores: said });
    const { named, rest } = readCourseWords(said);
    const [, resit, list = '', reason = ''] =
      /^(补考)?[\s:：]*([\s\S]*?)(?:[\s，,]*(?:理由|原因|说明)[\s:：]+([\s\S]+))?$/.exec(rest) ?? [];
    return understood({
      ...(named.id === null ? {} : { course: named.id }),
      ...(named.title === null ? {} : { title: named.title }),
      scores: list.trim(),
      resit: resit !== undefined,
      reason: reason.trim(),
    });
  },
  run: async (context, said) => {
    const file = await linesOf(context, '成绩', requiredNames(scoreColumns));
    if (file !== null && 'fault' in file) return text(file.fault);
    const args =
      file === null
        ? said
        : argsSchema.parse({ ...(said.course === undefined ? file.about : said), scores: file.lines });
    if (!mayUse(deciders, context.me)) return args.scores === '' ? showOwn(context) : text(texts.notRunning);
    if (args.pick !== undefined) return answerWhich(context, '成绩', ['scores'], args, (of) => membersOf(context, of));
    const withExam = (await listAll(context.tx, courses)).filter(
      ({ exam, state, id }) => exam !== null && (state === 'open' || state === 'closed' || id === args.course),
    );
    const isAsking = args.course === undefined && args.title === undefined;
    if (isAsking && withExam.length === 0) return showOwn(context, texts.nothingWithExam);
    const asked = args.course === undefined ? null : await context.tx.get(courses, args.course);
    if (asked?.exam === null) return text(texts.noExam(asked));
    const candidates = isAsking ? withExam.filter(({ state }) => state === 'open') : withExam;
    const found = chooseCourse(
      candidates.length === 0 ? withExam : candidates,
      { id: args.course ?? null, title: args.title ?? null },
      {
        command: '成绩',
        args: ({ id }) => ({ course: id, scores: args.scores, resit: args.resit, reason: args.reason }),
      },
    );
    return found.ok ? atCourse(context, found.found, args) : found.reply;
  },
});

async function atCourse(context: Context, course: Course, args: Args): Promise<Reply> {
  const roll = await readRoll(context.tx, course.id);
  const people = roll?.people ?? [];
  if (args.scores === '') return showClass(context, course);
  if (isOff(course)) return text(texts.off(course));
  const said = { scores: args.scores, resit: args.resit, reason: args.reason };
  return args.confirmed ? enterScores(context, course, people, said) : draftScores(context, course, people, said);
}

/** The people whose scores a question is about. */
async function membersOf({ tx }: Context, { course }: Readonly<Record<string, unknown>>): Promise<Cadre[]> {
  const people = await listAll(tx, enrolments, { equals: [Number(course)] });
  const found = await tx.getAll(
    cadres,
    people.map(({ staffNo }) => staffNo),
  );
  return found.filter((cadre) => cadre !== undefined);
}

async function showClass(context: Context, course: Course): Promise<Reply> {
  const { tx } = context;
  const [people, results] = await Promise.all([
    listAll(tx, enrolments, { equals: [course.id] }),
    listAll(tx, examResults, { equals: [course.id] }),
  ]);
  const sitting = people.filter(isExamined);
  const cadresOf = await tx.getAll(
    cadres,
    sitting.map(({ staffNo }) => staffNo),
  );
  const rows: string[][] = [];
  const missing: string[] = [];
  let passed = 0;
  for (const [i, { staffNo }] of sitting.entries()) {
    const { name = staffNo, unit = '' } = cadresOf[i] ?? {};
    const result = standingResult(results.filter((one) => one.staffNo === staffNo));
    if (result === null) missing.push(name);
    else rows.push([name, unit, showResult(result)]);
    if (result?.passed === true) passed += 1;
  }
  const summary = texts.summary(course, rows.length, sitting.length, passed);
  await context.ask({ command: '成绩', args: { course: course.id }, asking: 'scores' });
  return card(
    texts.title,
    'info',
    summary,
    words(`${summary}${course.exam === null ? '' : texts.passMark(course.exam.passMark)}`),
    rows.length === 0 ? null : tableOf(rows),
    missing.length === 0 ? null : words(texts.missing(missing, sitting.length)),
    {
      type: 'form',
      name: 'scores',
      fields: [
        {
          type: 'text',
          name: 'scores',
          label: texts.formLabel,
          required: true,
          multiline: true,
          maxLength: 10_000,
        },
        {
          type: 'choice',
          name: 'resit',
          label: texts.resitLabel,
          required: false,
          value: 'first',
          options: Object.entries(texts.resitChoices).map(([value, label]) => ({ value, label })),
        },
      ],
      submit: {
        label: texts.formSubmit,
        style: 'primary',
        press: { command: '成绩', args: { course: course.id }, keep: true },
      },
    },
    note(texts.howTo(course.id)),
  );
}

/** A person sees the own scores alone. */
async function showOwn({ tx, me, today }: Context, none: string = texts.ownNone): Promise<Reply> {
  const mine = await listAll(tx, enrolments, { index: 'byPerson', equals: [me.staffNo] });
  const lines: string[] = [];
  for (const { courseId } of mine) {
    const course = await tx.get(courses, courseId);
    const result = standingResult(await resultsOf(tx, courseId, me.staffNo));
    if (course === undefined || result === null) continue;
    const person = result.passed ? null : await readParticipant(tx, courseId, me.staffNo);
    const owed = person?.makeUps.find((one) => one.no === examNo && isOwing(one));
    lines.push(`${texts.own(course, result)}${owed === undefined ? '' : texts.ownOwed(owed.dueOn, today)}`);
  }
  return lines.length === 0 ? text(none) : text(lines.join('\n'));
}
