import { z } from 'zod';
import { readPlanFile } from '../../documents/annual-plan.ts';
import {
  annualPlans,
  mostPlanned,
  type PlannedTraining,
  plannedHours,
  plannedShare,
  plannedTrainingSchema,
  plannedTrainings,
} from '../../domain/annual-plan.ts';
import { type Cadre, cadres, unitsOf } from '../../domain/cadre.ts';
import { selectPeople } from '../../domain/selection.ts';
import { button, buttons, card, note, type Reply, table, text, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { documentTexts } from '../../texts/documents.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import type { Context } from '../context.ts';
import { readPlanLine } from '../text/plan.ts';
import { readSelection } from '../text/selection.ts';
import { readPlan } from './read.ts';
import { sayNext } from './submit.ts';

/** What a workbook with a plan holds: its trainings as lines, or what is wrong in which row. */
export const planFileSchema = z.object({ lines: z.array(z.string()), faults: z.array(z.string()) });

/** Reads a plan before the transaction. @throws DocumentError */
export async function readPlanBytes(bytes: Uint8Array): Promise<z.output<typeof planFileSchema>> {
  const { rows, faults } = await readPlanFile(bytes);
  return {
    lines: [...rows],
    faults: faults.map((fault) => texts.fileFault(fault.sheet, fault.row, documentTexts.faultOf(fault))),
  };
}

type Drafted = Omit<PlannedTraining, 'id'>;

/** Reads one line, or says what is wrong with it. */
function draftLine(
  said: string,
  year: number,
  roster: readonly Cadre[],
  made: Pick<Drafted, 'by' | 'at'>,
): { readonly training: Drafted } | { readonly fault: string } {
  const line = readPlanLine(said, year);
  const { lacks } = texts;
  if (line.title === null) return { fault: lacks.title };
  if (line.from === null || line.to === null) return { fault: /\d\s*月/.test(said) ? lacks.noSuchTime : lacks.when };
  if (line.parts.length === 0) return { fault: /学时|课时/.test(said) ? lacks.oddParts : lacks.parts };
  if (line.audience === '') return { fault: lacks.audience };
  const { selection, doubts, unknown } = readSelection(line.audience, roster, unitsOf(roster));
  if (unknown.length > 0) return { fault: texts.unknown(unknown) };
  if (doubts.length > 0) return { fault: texts.doubtful(doubts.map((doubt) => doubt.said)) };
  if (selectPeople(selection, roster).length === 0) return { fault: texts.nobody };
  const training = plannedTrainingSchema.omit({ id: true }).safeParse({
    year,
    title: line.title,
    kind: line.kind ?? 'unspecified',
    form: line.form ?? 'intensive',
    from: line.from,
    to: line.to,
    parts: line.parts,
    selection,
    audience: line.audience.slice(0, 300),
    courseId: null,
    dropped: false,
    ...made,
  });
  return training.success ? { training: training.data } : { fault: lacks.title };
}

/** Reads the lines of a plan; a line that is not understood keeps all of them back. */
function draftLines(
  said: string,
  year: number,
  roster: readonly Cadre[],
  made: Pick<Drafted, 'by' | 'at'>,
): { readonly trainings: readonly Drafted[]; readonly faults: readonly string[] } {
  const trainings: Drafted[] = [];
  const faults: string[] = [];
  const lines = said.split('\n').map((line) => line.trim());
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const read = draftLine(line, year, roster, made);
    if ('fault' in read) faults.push(texts.lineFault(i + 1, line, read.fault));
    else trainings.push(read.training);
  }
  return { trainings, faults };
}

/** Shows what would be added to a year's plan, or adds what was confirmed. */
export async function addToPlan(context: Context, year: number, said: string, confirmed: boolean): Promise<Reply> {
  const { tx, me, now } = context;
  const roster = await listAll(tx, cadres);
  const known = await readPlan(tx, year);
  const { trainings, faults } = draftLines(said, year, roster, { by: me.staffNo, at: now });
  if (faults.length > 0) return text([texts.faulty(faults.length), ...faults.slice(0, 20), texts.example].join('\n'));
  if (known.length + trainings.length > mostPlanned) return text(texts.tooMany(mostPlanned));
  if (trainings.length === 0) return text(texts.example);
  if (!confirmed) return showDraft(context, year, said, { known, trainings, roster });
  for (const training of trainings) {
    const id = await tx.nextNumber('planned-trainings');
    await tx.put(plannedTrainings, plannedTrainingSchema.parse({ id, ...training }));
  }
  const again = (await withdrawApproval(context, year)) ? texts.reopened : '';
  return sayNext(context, year, `${texts.added(year, trainings.length)}${again}`);
}

async function showDraft(
  context: Context,
  year: number,
  said: string,
  {
    known,
    trainings,
    roster,
  }: { known: readonly PlannedTraining[]; trainings: readonly Drafted[]; roster: readonly Cadre[] },
): Promise<Reply> {
  const draft = await context.ask({ command: '计划', args: { year, add: said }, asking: 'confirm' });
  const hours = trainings.reduce((sum, training) => sum + plannedHours(training), 0);
  const summary = texts.draft(year, trainings.length, hours);
  return card(
    texts.draftTitle,
    'info',
    summary,
    words(summary),
    table(
      texts.columns.slice(1),
      trainings.map((training) => {
        const cells = texts.row({ id: 0, ...training }).slice(1);
        const count = selectPeople(training.selection, roster).length;
        return [...cells.slice(0, -1), `${training.audience}（${texts.people(count)}）`];
      }),
    ),
    note(texts.draftShare(plannedShare(known), plannedShare([...known, ...trainings]))),
    buttons(
      button(texts.confirm(trainings.length), '确认', { draft }, 'primary'),
      button(texts.cancel, '取消', { draft }),
    ),
  );
}

/** A plan that changes is to be reported ready and approved again. @returns whether it had been */
export async function withdrawApproval({ tx }: Context, year: number): Promise<boolean> {
  const plan = await tx.get(annualPlans, year);
  if (plan === undefined || (plan.approved === null && plan.submitted === undefined)) return false;
  const { returned } = plan;
  await tx.put(annualPlans, { year, approved: null, ...(returned === undefined ? {} : { returned }) });
  return true;
}
