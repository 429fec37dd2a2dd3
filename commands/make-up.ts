import { z } from 'zod';
import { defineCommand, mayUse, type Reading, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { atMakeUpDesk, makeUpVerdicts, showPerson } from '../src/bot/course/make-up-desk.ts';
import { chooseRun, type Owed, offer, owedBy, showOwed, withCourse } from '../src/bot/course/make-up-offer.ts';
import { askText, askTraining, handInText, handInTraining } from '../src/bot/course/make-up-proof.ts';
import { readers } from '../src/bot/reflection-desk.ts';
import { readMakeUpWords, readTraining } from '../src/bot/text/make-up.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { cadres } from '../src/domain/cadre.ts';
import { isOwing, makeUps } from '../src/domain/make-up.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { makeUpTexts as texts } from '../src/texts/make-up.ts';

const argsSchema = z.object({
  /** 班号 and 课次 of what was missed; 0 for the exam. */
  course: z.number().int().optional(),
  no: z.number().int().nonnegative().optional(),
  way: z.enum(['next-run', 'recording', 'same-theme']).optional(),
  /** 班号 and 课次 of the next run. */
  run: z.number().int().optional(),
  sitting: z.number().int().optional(),
  text: z.string().max(20_000).optional(),
  /** 登记号, or 班号, of the training of the same theme; `training`: as a form has it. */
  entry: z.number().int().optional(),
  other: z.number().int().optional(),
  training: z.string().max(60).optional(),
  verdict: z.enum(makeUpVerdicts).optional(),
  /** 工号, or what was said of a person. */
  who: z.string().max(60).optional(),
  version: z.number().int().optional(),
  reason: z.string().trim().max(300).optional(),
  unclear: z.string().max(40).optional(),
});
type Args = z.output<typeof argsSchema>;

/** 补训 (三.6 严格执行补训): what one owes, by when and how it is made up; the department's desk for what came. */
export const makeUp = defineCommand({
  name: '补训',
  aliases: ['补课', '我的补训'],
  summary: '查看和办理补训',
  roleSummaries: [{ who: readers, summary: '查看和办理补训，审核补训' }],
  who: 'cadre',
  longText: 'text',
  args: argsSchema,
  examples: ['补训', '补训 1001 第2课次'],
  roleExamples: {
    who: readers,
    lines: ['补训 待审', '补训 王芳', '补训 1001 第2课次 王芳 通过', '补训 1001 第2课次 王芳 免补 因病住院'],
  },
  read,
  run: async (context, args) => {
    await endQuestion(context);
    if (args.unclear !== undefined) return text(texts.unknown(args.unclear));
    if (args.verdict !== undefined || args.who !== undefined) return desk(context, args);
    if (context.fileFault !== null) return text(context.fileFault);
    return own(context, args);
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'text')
    return understood(said.trim() === '' ? dialog.args : { ...dialog.args, text: said.trim() });
  if (dialog?.asking === 'proof') return understood({ ...dialog.args, training: said.trim().slice(0, 60) });
  if (dialog?.asking === 'reason') return understood({ ...dialog.args, reason: said.trim().slice(0, 300) });
  const heard = readMakeUpWords(said);
  switch (heard.type) {
    case 'list':
      return understood({});
    case 'desk':
      return understood({ verdict: 'list' });
    case 'person':
      return understood({ who: heard.said });
    case 'unclear':
      return understood({ unclear: heard.said.slice(0, 40) });
    case 'one': {
      const { course, no, more } = heard;
      const { type: _, ...rest } = more;
      return understood({
        course,
        ...(no === undefined ? {} : { no }),
        ...rest,
        ...(more.type === 'training' ? { way: 'same-theme' } : {}),
      });
    }
  }
}

/** What was asked for comes with this message, or the person has moved on. */
async function endQuestion(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '补训' && open.asking !== 'text') await context.closeQuestion();
}

async function desk(context: Context, { verdict, who, ...aim }: Args): Promise<Reply> {
  if (!mayUse(readers, context.me))
    return text(who === undefined || verdict !== undefined ? texts.deskOnly : texts.unknown(who));
  if (who === undefined) return atMakeUpDesk(context, verdict ?? 'list', aim);
  const found = findPerson(who, await listAll(context.tx, cadres));
  if (!found.ok) return text(texts.notHere(who));
  return verdict === undefined
    ? showPerson(context, found.person)
    : atMakeUpDesk(context, verdict, { ...aim, who: found.person.staffNo });
}

async function own(context: Context, args: Args): Promise<Reply> {
  const { course, way } = args;
  const isHandedIn = args.text !== undefined || context.longText !== null;
  if (course === undefined && !isHandedIn) return showOwed(context);
  const mine = await find(context, args);
  if (!('makeUp' in mine)) return mine;
  if (isHandedIn) return handInText(context, mine, args.text ?? '');
  switch (way) {
    case 'next-run':
      return chooseRun(context, mine, args.run === undefined ? null : { run: args.run, sitting: args.sitting ?? 0 });
    case 'recording':
      return askText(context, mine);
    case 'same-theme':
      return training(context, mine, args);
    case undefined:
      return offer(context, mine);
  }
}

async function training(context: Context, mine: Owed, args: Args): Promise<Reply> {
  const read = args.training === undefined ? null : readTraining(args.training);
  const entry = args.entry ?? read?.entry;
  const other = args.other ?? read?.other;
  if (entry !== undefined) return handInTraining(context, mine, { entry });
  if (other !== undefined) return handInTraining(context, mine, { course: other });
  return askTraining(context, mine, args.training ?? '');
}

/** The make-up that is meant, or the answer that asks which. */
async function find(context: Context, { course, no }: Args): Promise<Owed | Reply> {
  const { tx, me } = context;
  if (course !== undefined && no !== undefined) {
    const makeUp = await tx.get(makeUps, `${course}:${no}:${me.staffNo}`);
    const owed = makeUp && (await withCourse(context, makeUp));
    return owed ?? text(texts.notOwed(course, no));
  }
  const all = (await owedBy(context, me.staffNo)).filter(
    (one) => (course === undefined || one.course.id === course) && isOwing(one.makeUp),
  );
  const [only, ...others] = all;
  if (only === undefined) return course === undefined ? text(texts.none) : text(texts.notOwed(course, undefined));
  return others.length === 0 ? only : showOwed(context, course);
}
