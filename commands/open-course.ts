import { z } from 'zod';
import {
  type Command,
  defineCommand,
  misunderstood,
  type Reading,
  type ReadingContext,
  understood,
  wordsOf,
} from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { foresee, sayForeseen } from '../src/bot/course/consequences.ts';
import { courseDraftSchema, readDraft } from '../src/bot/course/draft.ts';
import { draftCard } from '../src/bot/course/draft-card.ts';
import { askVerdict, decideCourse, openCourse } from '../src/bot/course/open.ts';
import { longestTyped, showOpeningForm } from '../src/bot/course/opening-form.ts';
import { linesOfRows, readTimetableBytes, sayFileFaults, timetableFileSchema } from '../src/bot/course/workbook.ts';
import type { Dialog } from '../src/bot/dialogs.ts';
import { isSelectionChange, readSelectionAnswer, selectionArgsSchema } from '../src/bot/selection.ts';
import { draftSelection, goOn } from '../src/bot/selection-draft.ts';
import { noSuchDay } from '../src/bot/text/course.ts';
import { fillTimetable } from '../src/bot/text/fill-timetable.ts';
import { readOpening } from '../src/bot/text/opening.ts';
import { splitReason, takeReason } from '../src/bot/text/reason.ts';
import { misfits } from '../src/bot/training-form.ts';
import { cadres } from '../src/domain/cadre.ts';
import { courses, isBelowShare } from '../src/domain/course.ts';
import { type Faults, type Invocation, isFaulty, type Reply, text } from '../src/messenger/reply.ts';
import { courseTexts } from '../src/texts/course.ts';
import { formTexts } from '../src/texts/form.ts';
import { openTexts as texts } from '../src/texts/open-course.ts';
import { timetableTexts } from '../src/texts/timetable.ts';

const argsSchema = courseDraftSchema.extend({
  ...selectionArgsSchema.shape,
  /** The draft that this goes on with. */
  draft: z.number().int().optional(),
  edit: z.boolean().optional(),
  /** An empty timetable is asked for. */
  template: z.boolean().optional(),
  /** The form brought it. */
  filled: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  /** 班号 of a class that waits for the department head's word, its version as it was shown, and the word. */
  decide: z.number().int().optional(),
  version: z.number().int().optional(),
  verdict: z.enum(['approve', 'refuse']).optional(),
  words: z.string().trim().max(300).optional(),
});
type Args = z.output<typeof argsSchema>;

/** 建班 (三.3, 三.4): a class with its timetable and its people; its consequences are shown before it is saved. */
export const openCourseCommand: Command = defineCommand({
  name: '建班',
  aliases: ['开班', '新建培训班', '建培训班', '下一期'],
  summary: '建立培训班：课程表、参训人员和要求',
  who: ['clerk', 'department-head'],
  longest: 10_000,
  readWorkbook: readTimetableBytes,
  readsTable: 'timetable',
  args: argsSchema,
  examples: ['建班', '建班 《党性教育专题班》 12月8日 9:00-11:30 党性教育 3学时 全体正职', '下一期 1001'],
  read,
  amend: (said, context) =>
    isSelectionChange(said)
      ? readSelectionAnswer(said, context.dialog)
      : (readReason(said, context.dialog.id) ?? readMore(said, context)),
  refill: async (context, filled, faulty) => {
    const known = wordsOf(filled);
    const decide = Number(filled['decide']);
    const course = Number.isInteger(decide) ? await context.tx.get(courses, decide) : undefined;
    if (course?.state === 'proposed') return askVerdict(context, course, '', misfits(faulty));
    return showOpeningForm(context, known, misfits(faulty), undefined);
  },
  run: async (context, said) => {
    if (said.decide !== undefined) return decide(context, said.decide, said);
    if (said.template === true) return template;
    const file = readFile(context);
    if (file !== null && 'reply' in file) {
      // What was said with it stays, in the open draft or in one of its own.
      if (said.draft === undefined) await keepKnown(context, said);
      else if (Object.keys(said).length > 1)
        await goOn(context, '建班', argsSchema, said, (args) => draftCourse(context, args));
      return file.reply;
    }
    // The form says everything anew, but for a timetable that is too long for it.
    return goOn(context, '建班', argsSchema, { ...said, ...file }, (args) =>
      draftCourse(context, said.filled === true ? { timetable: args.timetable, ...said } : args),
    );
  },
});

/** The timetable that came as a workbook, as lines; or what is wrong in it. */
function readFile({ workbook }: Context): { readonly timetable: string } | { readonly reply: Reply } | null {
  if (workbook === null || workbook.command !== '建班') return null;
  if (!workbook.ok) return { reply: sayFileFaults(workbook.fault, []) };
  const { rows, faults } = timetableFileSchema.parse(workbook.content);
  if (faults.length > 0)
    return { reply: sayFileFaults(timetableTexts.fileFaults(workbook.fileName, faults.length), faults) };
  if (rows.length === 0) return { reply: text(timetableTexts.fileEmpty(workbook.fileName)) };
  return { timetable: linesOfRows(rows) };
}

const template: Reply = {
  type: 'document',
  document: 'timetable-template',
  name: timetableTexts.templateName,
  caption: timetableTexts.templateCaption,
  args: {},
};

const decision = /^(\d{4,9})\s*(同意|批准|不同意|不批准|退回)(?:开班)?[\s:：，,]*([\s\S]*)$/;

function readReason(said: string, draft: number): Reading | null {
  const { left, reason } = splitReason(said);
  return left !== '' || reason === null ? null : understood({ draft, reason });
}

function read(said: string, { today, policy, dialog }: ReadingContext): Reading {
  if (dialog !== null) {
    const more = dialog.asking === 'which' ? null : readMore(said, { today, policy, dialog });
    const reading = readReason(said, dialog.id) ?? (isSelectionChange(said) ? null : more);
    if (reading !== null) return reading;
    const answer = readSelectionAnswer(said, dialog);
    const again = dialog.asking === 'form' ? texts.unreadForm(said) : texts.unread(said);
    return answer.ok || dialog.asking === 'which' ? answer : misunderstood(text(again));
  }
  if (/^(?:课程表)?模板$/.test(said)) return understood({ template: true });
  const [, id, word = '', words = ''] = decision.exec(said) ?? [];
  if (id !== undefined)
    return understood({ decide: Number(id), verdict: /^不|退/.test(word) ? 'refuse' : 'approve', words });
  const [, repeats, rest = ''] = /^(?:下一期)?\s*(\d{4,9})(?![-\d年./])\s*(?:从|自)?\s*([\s\S]*)$/.exec(said) ?? [];
  if (repeats !== undefined) return readNextRun(repeats, rest, { today, policy });
  const { left, reason } = takeReason(said);
  const opening = readOpening(left, today, policy);
  return opening.isEmpty && said !== ''
    ? misunderstood(text(texts.notUnderstood(said)))
    : understood({ ...opening.args, ...(reason === null ? {} : { reason }) });
}

/**
 * What is said of the class of the open draft: 班名 党建班, 体会800字, 班主任 王芳; as long as its form is open, people and
 * 课次 too, which the card of a whole draft takes by 加上 and 修改 alone. Null: nothing is.
 */
function readMore(
  said: string,
  { today, policy, dialog }: Pick<ReadingContext, 'today' | 'policy'> & { readonly dialog: Dialog },
): Reading | null {
  const { args } = readOpening(said, today, policy);
  const { people, timetable, ...settings } = args;
  const isForm = dialog.asking === 'form';
  const known = dialog.args['timetable'];
  const filled =
    timetable === undefined || typeof known !== 'string' ? timetable : fillTimetable(known, timetable, today, policy);
  if (isForm && filled === null) return misunderstood(text(texts.noOtherLine(said)));
  if (Object.keys(args).length === 0) return null;
  if (!isForm)
    return people === undefined && timetable === undefined ? understood({ ...settings, draft: dialog.id }) : null;
  const before = dialog.args['people'];
  const all = [before, people].filter((one) => typeof one === 'string').join('\n');
  return understood({
    ...settings,
    ...(filled == null ? {} : { timetable: filled }),
    ...(all === '' ? {} : { people: all }),
    draft: dialog.id,
  });
}

/** 下一期 1001 12月8日 全体正职: when it begins, and who comes. */
function readNextRun(
  repeats: string,
  rest: string,
  { today, policy }: Pick<ReadingContext, 'today' | 'policy'>,
): Reading {
  const wrong = noSuchDay(rest, today);
  if (wrong !== null) return misunderstood(text(texts.noSuchDay(wrong, repeats)));
  const { args } = readOpening(rest, today, policy);
  const startsOn = /\d{4}-\d{2}-\d{2}/.exec(args['timetable'] ?? '')?.[0];
  const { timetable: _, ...others } = args;
  return understood({ ...others, repeats, ...(startsOn === undefined ? {} : { startsOn }) });
}

async function draftCourse(context: Context, args: Args): Promise<Reply> {
  const { policies } = context;
  const selection = await draftSelection(context, '建班', args);
  const { chosen, refused, people: covered } = selection;
  const reading = await readDraft(context, args);
  if (args.edit === true)
    return showOpeningForm(context, { ...reading.draft, people: selection.listed }, {}, args.draft);
  if (!reading.ok || refused !== null) {
    const isBlank = args.title === undefined && args.timetable === undefined && args.repeats === undefined;
    const faults: Faults = { ...(reading.ok ? {} : reading.faults), ...(refused === null ? {} : { people: refused }) };
    // The button of a next run says only of what: nothing of it can be wrong yet.
    const isUntouched = Object.keys(args).every((name) => name === 'repeats') && faults['repeats'] === undefined;
    return showOpeningForm(
      context,
      { ...args, ...reading.draft },
      isUntouched || (isBlank && args.filled !== true) ? {} : faults,
      await keepKnown(context, args),
    );
  }
  const { startsOn: _, ...settled } = args;
  const known = { ...settled, ...reading.draft };
  const first = await selection.askFirst(known, covered);
  if (first !== null) return first;
  const { plan } = reading;
  const isBelow = isBelowShare(plan.sessions, policies.at(plan.to));
  const isHead = context.me.roles.includes('department-head');
  const needsReason = isBelow && isHead && (args.reason ?? '') === '';
  if (args.confirmed === true && !needsReason && covered.length > 0) {
    await context.closeQuestion('submitted');
    return openCourse(context, plan, covered, openingFor(context, isBelow, isHead, args.reason ?? ''));
  }
  const draft = await selection.keep(known, covered);
  const blocks = sayForeseen(await foresee(context, plan.sessions, covered, null, plan.repeats), context.today);
  return draftCard(context, plan, {
    covered,
    chosen,
    blocks,
    draft,
    isBelow,
    isHead,
    reason: args.reason ?? '',
    isAsked: args.confirmed === true,
  });
}

/**
 * What is known of a class that is not complete stays in a draft, for a workbook or a word to go on with.
 * @returns the draft that the form needs: a long timetable is not in the form itself
 */
async function keepKnown(context: Context, args: Args): Promise<number | undefined> {
  const { draft, edit: _edit, confirmed: _confirmed, filled: _filled, ...known } = args;
  const kept = await context.ask({ command: '建班', args: known as Invocation['args'], asking: 'form', draft });
  return (args.timetable?.length ?? 0) > longestTyped ? kept : undefined;
}

const openingFor = (
  { me, now }: Context,
  isBelow: boolean,
  isHead: boolean,
  reason: string,
): Parameters<typeof openCourse>[3] =>
  isBelow && !isHead
    ? { state: 'proposed', plea: reason }
    : { state: 'open', exception: isBelow ? { reason, by: me.staffNo, at: now } : null };

async function decide(context: Context, id: number, { verdict, words = '', version }: Args): Promise<Reply> {
  const { tx, me } = context;
  if (!me.roles.includes('department-head')) return text(texts.headOnly);
  const course = await tx.get(courses, id);
  if (course === undefined) return text(courseTexts.notFound(String(id)));
  if (course.state !== 'proposed' || (version !== undefined && version !== course.version))
    return text(texts.notWaiting(course));
  const by = (await tx.get(cadres, course.createdBy))?.name ?? course.createdBy;
  const faults = {
    ...(verdict === undefined ? { verdict: formTexts.gap } : {}),
    ...(words === '' ? { words: texts.reasonNeeded } : {}),
  };
  if (isFaulty(faults) || verdict === undefined) return askVerdict(context, course, by, faults);
  return (await decideCourse(context, course, verdict === 'approve', words)) ?? text(texts.notWaiting(course));
}
