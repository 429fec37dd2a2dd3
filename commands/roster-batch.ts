import { z } from 'zod';
import { type Command, defineCommand, understood, wordsOf } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import {
  changedBy,
  foreseeBatch,
  leavesNoArchivist,
  saveBatch,
  undoBatch,
  undoSchema,
} from '../src/bot/roster/batch.ts';
import { unitFields } from '../src/bot/roster/unit-fields.ts';
import { isSelectionChange, readSelectionAnswer, selectionArgsSchema } from '../src/bot/selection.ts';
import { listButton, selectionBlocks, selectionFields } from '../src/bot/selection-card.ts';
import { draftSelection, goOn } from '../src/bot/selection-draft.ts';
import { readBatch } from '../src/bot/text/batch.ts';
import { listUnits } from '../src/bot/units.ts';
import { lineSchema } from '../src/domain/schema.ts';
import {
  button,
  buttons,
  card,
  choice,
  type Faults,
  isFaulty,
  type Reply,
  text,
  withFaults,
  words,
} from '../src/messenger/reply.ts';
import { formTexts } from '../src/texts/form.ts';
import { batchTasks, batchTexts as texts } from '../src/texts/roster-batch.ts';

const argsSchema = selectionArgsSchema.extend({
  task: z.enum(batchTasks).optional(),
  /** The unit of a move; `newUnit` wins. */
  to: lineSchema(60).optional(),
  newUnit: lineSchema(60).optional(),
  /** The draft that this goes on with. */
  draft: z.number().int().optional(),
  /** The form of the draft is asked for. */
  edit: z.boolean().optional(),
  /** The form brought it. */
  filled: z.boolean().optional(),
  confirmed: z.boolean().optional(),
  /** A batch that is to be taken back. */
  undo: undoSchema.optional(),
});
type Args = z.output<typeof argsSchema>;

/** 批量: one change of many people of the roster, looked at with its consequences before it is saved, and undone the same day. */
export const rosterBatch: Command = defineCommand({
  name: '批量',
  aliases: ['干部 批量', '干部批量', '批量修改'],
  summary: '一次修改多名干部的单位、状态、年轻干部',
  who: ['archivist'],
  longest: 10_000,
  args: argsSchema,
  examples: [
    '批量',
    '批量 列入年轻干部 王芳 教务处、E0013',
    '批量 调到 科研处 教务处全体，除了欧阳明月',
    '批量 退休 E0011、E0013',
  ],
  read: (said, { dialog }) => (dialog === null ? understood(readBatch(said)) : readSelectionAnswer(said, dialog)),
  amend: (said, { dialog }) => (isSelectionChange(said) ? readSelectionAnswer(said, dialog) : null),
  refill: (context, filled, faulty) =>
    showForm(context, wordsOf(filled), Object.fromEntries(faulty.map((name) => [name, formTexts.badValue]))),
  run: async (context, said) => {
    if (said.undo !== undefined) return undoBatch(context, said.undo);
    return goOn(context, '批量', argsSchema, said, (args) => draftBatch(context, args));
  },
});

async function draftBatch(context: Context, args: Args): Promise<Reply> {
  const { task, newUnit, to = '' } = args;
  const selection = await draftSelection(context, '批量', args);
  const { chosen, refused } = selection;
  if (args.edit === true) return showForm(context, { ...args, people: selection.listed });
  const batch = task === undefined ? null : { task, to: task === 'move' ? (newUnit ?? to) : '' };
  const faults = {
    ...(batch === null ? { task: texts.noTask } : {}),
    ...(batch?.task === 'move' && batch.to === '' ? { to: texts.noUnit } : {}),
  };
  if (batch === null || isFaulty(faults) || refused !== null) {
    const isBlank = batch === null && args.people === undefined && args.filled !== true;
    return showForm(context, args, isBlank ? {} : { ...faults, ...(refused === null ? {} : { people: refused }) });
  }
  const people = changedBy(batch, selection.people);
  const first = await selection.askFirst(args, people);
  if (first !== null) return first;
  if (people.length === 0) return text(texts.nothing);
  if (await leavesNoArchivist(context, batch, people)) return text(texts.lastArchivist);
  if (args.confirmed === true) return saveBatch(context, batch, people);
  const consequences = await foreseeBatch(context, batch, people);
  const draft = await selection.keep(args, people);
  const summary = texts.summary(batch.task, people.length, batch.to);
  return card(
    texts.title,
    chosen.picked.unknown.length > 0 ? 'warn' : 'info',
    summary,
    words(summary),
    ...selectionBlocks(people, chosen),
    people.length < chosen.people.length ? words(texts.unchanged(chosen.people.length - people.length)) : null,
    words([texts.consequencesTitle, ...consequences.map((line) => `· ${line}`)].join('\n')),
    buttons(
      button(texts.confirm(people.length), '确认', { draft }, 'primary'),
      listButton('批量', draft),
      button(texts.edit, '批量', { draft, edit: true }),
      button(texts.cancel, '取消', { draft }),
    ),
  );
}

const shownSchema = argsSchema.pick({ units: true, grades: true, pool: true, people: true, except: true }).extend({
  task: z.enum(batchTasks).optional().catch(undefined),
  to: z.string().optional().catch(undefined),
  newUnit: z.string().optional().catch(undefined),
});

async function showForm(context: Context, known: object, faults: Faults = {}): Promise<Reply> {
  const summary = isFaulty(faults) ? formTexts.faulty('保存') : texts.formSummary;
  const { task, to, newUnit, ...chosen } = shownSchema.catch({}).parse(known);
  const units = await listUnits(context.tx);
  const taskNames = batchTasks.map((one) => [one, texts.taskNames[one]] as const);
  const labels = { known: ['to', texts.toLabel], fresh: texts.newUnitLabel } as const;
  const form = [
    choice('task', texts.taskLabel, taskNames, task, true),
    ...unitFields(labels, units, to, newUnit),
    ...selectionFields(units, chosen),
  ];
  return card(texts.formTitle, isFaulty(faults) ? 'warn' : 'info', summary, words(summary), {
    type: 'form',
    name: 'roster-batch',
    fields: withFaults(form, faults),
    submit: button(texts.formSubmit, '批量', { filled: true }, 'primary'),
  });
}
