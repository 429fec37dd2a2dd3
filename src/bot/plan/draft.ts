import {
  isPlanBelowShare,
  mostPlanned,
  type PlannedTraining,
  plannedHours,
  plannedShare,
  plannedTrainingSchema,
  plannedTrainings,
} from '../../domain/annual-plan.ts';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import { selectPeople } from '../../domain/selection.ts';
import { button, buttons, card, note, type Reply, table, text, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import type { Context } from '../context.ts';
import { changePlan, sayChanged } from './change.ts';
import type { PlanFile } from './file.ts';
import { type Drafted, draftLines, type SaidLine } from './lines.ts';
import { readPlan } from './read.ts';

/** Most faults that are said at once. */
const mostFaults = 20;

/** Shows what the typed lines would add to a year's plan, or adds what was confirmed. */
export function addToPlan(context: Context, year: number, said: string, confirmed: boolean): Promise<Reply> {
  const lines = said.split('\n').flatMap((words, i): SaidLine[] => {
    const line = words.trim();
    if (line === '') return [];
    return [{ said: line, sayFault: (what) => texts.lineFault(i + 1, line, what), faults: [] }];
  });
  return addLines(context, year, lines, { confirmed, faulty: texts.faulty, notes: [] });
}

/** Shows what a workbook would add to its year's plan. */
export function addFile(context: Context, { name, year, lines, notes }: PlanFile): Promise<Reply> {
  return addLines(context, year, lines, {
    confirmed: false,
    faulty: (count) => texts.fileFaults(name, count),
    notes,
  });
}

interface Adding {
  readonly confirmed: boolean;
  readonly faulty: (count: number) => string;
  /** What is to be minded about the draft. */
  readonly notes: readonly string[];
}

async function addLines(context: Context, year: number, lines: readonly SaidLine[], adding: Adding): Promise<Reply> {
  const { tx, me, now } = context;
  const roster = await listAll(tx, cadres);
  const known = await readPlan(tx, year);
  const { trainings, faults } = draftLines(lines, year, roster, { by: me.staffNo, at: now });
  if (faults.length > 0) {
    return text(
      [adding.faulty(faults.length), ...faults.slice(0, mostFaults), texts.example, texts.audienceHelp].join('\n'),
    );
  }
  if (known.length + trainings.length > mostPlanned) return text(texts.tooMany(mostPlanned));
  if (trainings.length === 0) return text(texts.example);
  const said = lines.map((line) => line.said).join('\n');
  if (!adding.confirmed) return showDraft(context, year, said, { known, trainings, roster, notes: adding.notes });
  const again = await changePlan(context, year, async () => {
    for (const training of trainings) {
      const id = await tx.nextNumber('planned-trainings');
      await tx.put(plannedTrainings, plannedTrainingSchema.parse({ id, ...training }));
    }
  });
  return sayChanged(context, year, `${texts.added(year, trainings.length)}${again}`);
}

async function showDraft(
  context: Context,
  year: number,
  said: string,
  found: {
    readonly known: readonly PlannedTraining[];
    readonly trainings: readonly Drafted[];
    readonly roster: readonly Cadre[];
    readonly notes: readonly string[];
  },
): Promise<Reply> {
  const { known, trainings, roster } = found;
  const { policies, today } = context;
  const draft = await context.ask({ command: '计划', args: { year, add: said }, asking: 'confirm' });
  const hours = trainings.reduce((sum, training) => sum + plannedHours(training), 0);
  const summary = texts.draft(year, trainings.length, hours);
  const policy = policies.at(`${year}-12-31`);
  const all = [...known, ...trainings];
  const past = trainings.filter(({ to }) => to < today);
  const warnings = [...found.notes, ...(past.length === 0 ? [] : [texts.past(past)])];
  return card(
    texts.draftTitle,
    warnings.length === 0 ? 'info' : 'warn',
    summary,
    words(summary),
    ...warnings.map(words),
    table(
      texts.columns.slice(0, -1),
      trainings.map((training) => {
        const count = selectPeople(training.selection, roster).length;
        return [...texts.row(training).slice(0, -1), `${training.audience}（${texts.people(count)}）`];
      }),
    ),
    note(
      `${texts.draftShare(plannedShare(known), plannedShare(all))}${(isPlanBelowShare(all, policy) ? texts.below : texts.enough)(policy.theoryShare)}`,
    ),
    buttons(
      button(texts.confirm(trainings.length), '确认', { draft }, 'primary'),
      button(texts.cancel, '取消', { draft }),
    ),
  );
}
