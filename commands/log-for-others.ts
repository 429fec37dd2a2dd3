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
import { deciders } from '../src/bot/review/desk.ts';
import { isSelectionChange, readSelectionAnswer, selectionArgsSchema } from '../src/bot/selection.ts';
import { listButton, selectionBlocks, selectionFields } from '../src/bot/selection-card.ts';
import { draftSelection, goOn } from '../src/bot/selection-draft.ts';
import { readTrainingForOthers } from '../src/bot/text/training-for-others.ts';
import { factsOf, missingSlots, trainingSchema } from '../src/bot/training-draft.ts';
import { faultsOf, findFault, problemSchema } from '../src/bot/training-fault.ts';
import { logForAll, sortPeople, takeBackAll } from '../src/bot/training-for-others.ts';
import { misfits, trainingFields } from '../src/bot/training-form.ts';
import { listUnits } from '../src/bot/units.ts';
import type { Cadre } from '../src/domain/cadre.ts';
import { findConflicts } from '../src/domain/overlap.ts';
import { mostChosen } from '../src/domain/selection.ts';
import {
  button,
  buttons,
  card,
  type Faults,
  fields,
  isFaulty,
  note,
  type Reply,
  text,
  withFaults,
  words,
} from '../src/messenger/reply.ts';
import { formTexts } from '../src/texts/form.ts';
import { factRows, logTexts } from '../src/texts/hours.ts';
import { othersTexts as texts } from '../src/texts/log-for-others.ts';

const argsSchema = trainingSchema.omit({ entry: true }).extend({
  ...selectionArgsSchema.shape,
  /** The draft that this goes on with. */
  draft: z.number().int().optional(),
  problem: problemSchema.optional(),
  /** Also for those who have a similar record. */
  insist: z.boolean().optional(),
  /** The form of the draft is asked for. */
  edit: z.boolean().optional(),
  /** The form brought it. */
  filled: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  /** 登记号 that are to be taken back. */
  undo: z.array(z.number().int().positive()).max(mostChosen).default([]),
});
type Args = z.output<typeof argsSchema>;

/** 代登 (三.6 随时记入): the department logs a training that has taken place for many people; each entry is reviewed as usual. */
export const logForOthers: Command = defineCommand({
  name: '代登',
  aliases: ['代登学时', '代登记', '替人登记'],
  summary: '为多人一次登记已经举行的培训',
  who: deciders,
  longest: 10_000,
  args: argsSchema,
  examples: [
    '代登',
    '代登 3学时 党性教育 2026-11-18 《专题党课》 教务处和科研处全体',
    '代登 半天 理论教育 昨天 《专题报告会》 全体正职，除了王芳 教务处',
  ],
  read,
  amend: (said, { dialog }) => (isSelectionChange(said) ? readSelectionAnswer(said, dialog) : null),
  refill: (context, filled, faulty) => showForm(context, wordsOf(filled), misfits(faulty)),
  run: async (context, said) => {
    if (said.undo.length > 0) return takeBackAll(context, said.undo);
    return goOn(context, '代登', argsSchema, said, (args) => draftForOthers(context, args));
  },
});

function read(said: string, { today, policy, dialog }: ReadingContext): Reading {
  if (dialog !== null) return readSelectionAnswer(said, dialog);
  const { training, people } = readTrainingForOthers(said, today, policy);
  if (training.refused !== null) return misunderstood(text(logTexts.refused[training.refused]));
  const [problem] = training.problems;
  return understood({
    ...training.slots,
    ...(problem === undefined ? {} : { problem }),
    ...(people === '' ? {} : { people }),
  });
}

async function draftForOthers(context: Context, args: Args): Promise<Reply> {
  const { policy, policies } = context;
  const selection = await draftSelection(context, '代登', args);
  const { chosen, people, refused } = selection;
  if (args.edit === true) return showForm(context, { ...args, people: selection.listed });
  const facts = factsOf(args, policy);
  const [tooLong] = facts === null ? [] : findConflicts(facts, [], policies.at(facts.to));
  const fault =
    findFault(context, args, facts) ??
    (tooLong?.type === 'span-too-short'
      ? { slot: 'hours', said: logTexts.spanTooShort(tooLong.hours, tooLong.cap) }
      : null);
  if (facts === null || fault !== null || refused !== null) {
    const isBlank = Object.values(args).every(
      (value) => value === undefined || (Array.isArray(value) && value.length === 0),
    );
    const faults = {
      ...faultsOf(args, fault, missingSlots(args, policy)),
      ...(refused === null ? {} : { people: refused }),
    };
    return showForm(context, args, isBlank ? {} : faults);
  }
  const { ready, similar, full } = await sortPeople(context, facts, people);
  const insisted = new Set(args.insist === true ? [...ready, ...similar] : ready);
  const covered = people.filter((cadre) => insisted.has(cadre));
  const first = await selection.askFirst(args, covered);
  if (first !== null) return first;
  const left = [
    ...(similar.length === 0 ? [] : [words((args.insist === true ? texts.insisted : texts.similar)(namesOf(similar)))]),
    ...(full.length === 0 ? [] : [words(texts.full(namesOf(full)))]),
  ];
  if (args.confirmed === true && covered.length > 0) return logForAll(context, facts, covered, left);
  const draft = await selection.keep(args, covered);
  const summary = covered.length === 0 ? texts.nobodyLeft : texts.draftSummary(facts, covered.length, context.today);
  return card(
    texts.draftTitle,
    similar.length + full.length + chosen.picked.unknown.length > 0 ? 'warn' : 'info',
    summary,
    covered.length === 0 ? words(summary) : null,
    fields(...factRows(facts, context.today)),
    ...selectionBlocks(covered, chosen),
    ...left,
    buttons(
      ...(covered.length === 0 ? [] : [button(texts.confirm(covered.length), '确认', { draft }, 'primary')]),
      ...(similar.length > 0 && args.insist !== true ? [button(texts.insist, '代登', { draft, insist: true })] : []),
      ...(covered.length === 0 ? [] : [listButton('代登', draft)]),
      button(texts.edit, '代登', { draft, edit: true }),
      button(texts.cancel, '取消', { draft }),
    ),
    note(texts.hint),
  );
}

const namesOf = (people: readonly Cadre[]): string[] => people.map(({ name, unit }) => `${name}（${unit}）`);

async function showForm(context: Context, known: object, faults: Faults = {}): Promise<Reply> {
  const summary = isFaulty(faults) ? formTexts.faulty('提交') : texts.formSummary;
  const chosen = selectionArgsSchema.partial().catch({}).parse(known);
  return card(texts.formTitle, isFaulty(faults) ? 'warn' : 'info', summary, words(summary), {
    type: 'form',
    name: 'training-for-others',
    fields: withFaults([...trainingFields(known), ...selectionFields(await listUnits(context.tx), chosen)], faults),
    submit: button(texts.formSubmit, '代登', { filled: true }, 'primary'),
  });
}
