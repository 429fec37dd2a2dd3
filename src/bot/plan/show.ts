import { hash16 } from '../../documents/file-hash.ts';
import {
  annualPlans,
  describePlan,
  isPlanBelowShare,
  type PlannedTraining,
  plannedHours,
  plannedShare,
  withoutProfessional,
} from '../../domain/annual-plan.ts';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import type { Course } from '../../domain/course.ts';
import { type Day, dayOf } from '../../domain/day.ts';
import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  link,
  note,
  type Reply,
  table,
  words,
} from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { nameOf } from '../review/desk.ts';
import { awaiting, classesFor, haveProfessional, readInForce, readPlan } from './read.ts';

/** Tells a plan as a card has shown it from what it has become since. */
export const markOf = (trainings: readonly PlannedTraining[]): string => hash16(Buffer.from(describePlan(trainings)));

/** Who has no 专业化能力 training in the year, by unit. Where a class is open, its people count and not whom it was planned for. */
async function findGap(
  view: Reader,
  year: number,
  trainings: readonly PlannedTraining[],
  classes: ReadonlyMap<number, Course>,
): Promise<Cadre[]> {
  const roster = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  return withoutProfessional(awaiting(trainings, classes), roster, await haveProfessional(view, year));
}

/** The plan of a year for the department: trainings, the share of 三.4, who lacks what, and how it is added to. */
export async function showPlan(
  context: Context,
  year: number,
  done?: { readonly said: string; readonly tone: Card['tone'] },
): Promise<Reply> {
  const { tx, policies, me } = context;
  const trainings = await readPlan(tx, year);
  const classes = await classesFor(tx, trainings);
  const policy = policies.at(`${year}-12-31` as Day);
  const hours = trainings.reduce((sum, training) => sum + plannedHours(training), 0);
  const summary =
    trainings.length === 0 ? texts.empty(year) : texts.summary(year, trainings.length, hours, plannedShare(trainings));
  const isBelow = isPlanBelowShare(trainings, policy);
  const { approved = null, submitted, returned } = (await tx.get(annualPlans, year)) ?? {};
  const gap = trainings.length === 0 ? [] : await findGap(tx, year, trainings, classes);
  const isHead = mayUse(['department-head'], me);
  const below = approved === null ? texts.below : texts.belowApproved;
  const share = (isBelow ? below : texts.enough)(policy.theoryShare);
  return card(
    texts.title(year),
    done?.tone ?? (isBelow && approved === null ? 'warn' : 'info'),
    `${done?.said ?? ''}${summary}`,
    words(`${done?.said ?? ''}${summary}${trainings.length === 0 ? '' : share}`),
    trainings.length === 0
      ? null
      : table(
          texts.columns,
          trainings.map((one) => [...texts.row(one, classes.get(one.courseId ?? 0)), String(one.id)]),
        ),
    trainings.length === 0 ? null : words(texts.noProfessional(year, gap.length)),
    returned === undefined
      ? null
      : words(texts.returnedBy(await nameOf(context, returned.by), dayOf(returned.at), returned.reason)),
    approved === null
      ? note(
          `${submitted === undefined ? texts.notApproved : texts.waits(await nameOf(context, submitted.by))}${await sayForce(tx, year, trainings)}`,
        )
      : note(texts.approvedBy(await nameOf(context, approved.by), dayOf(approved.at), approved.reason)),
    ...(trainings.length === 0
      ? []
      : steps(year, {
          isHead,
          isBelow,
          isApproved: approved !== null,
          isReady: submitted !== undefined,
          gap,
          limit: policy.theoryShare,
          seen: markOf(trainings),
        })),
    addForm(year),
    note(texts.hint(year)),
  );
}

/** On what the forecasts go while a plan is not approved, and what is new in it. */
async function sayForce(view: Reader, year: number, trainings: readonly PlannedTraining[]): Promise<string> {
  const held = await readInForce(view, year);
  if (held.length === 0) return texts.counts;
  const without = (all: readonly PlannedTraining[], known: readonly PlannedTraining[]): PlannedTraining[] =>
    all.filter(({ id }) => known.every((one) => one.id !== id));
  return texts.changed(without(trainings, held), without(held, trainings));
}

function steps(
  year: number,
  at: {
    isHead: boolean;
    isBelow: boolean;
    isApproved: boolean;
    isReady: boolean;
    gap: readonly Cadre[];
    limit: number;
    seen: string;
  },
): Block[] {
  const list = at.gap.length === 0 ? [] : [link(texts.listGap, '计划', { year, gap: true })];
  const submit =
    at.isHead || at.isApproved || at.isReady ? [] : [button(texts.submit, '计划', { year, approve: true }, 'primary')];
  if (!at.isHead || at.isApproved) return list.length + submit.length === 0 ? [] : [buttons(...submit, ...list)];
  const approve = button(texts.approve, '计划', { year, approve: true, seen: at.seen }, 'primary');
  const back = at.isReady ? [button(texts.sendBack, '计划', { year, sendBack: true })] : [];
  if (!at.isBelow) return [buttons({ ...approve, confirm: texts.approveAsk(year) }, ...back, ...list)];
  return [
    ...(list.length + back.length === 0 ? [] : [buttons(...back, ...list)]),
    {
      type: 'form',
      name: 'approve-plan',
      fields: [{ type: 'text', name: 'reason', label: texts.reasonLabel(at.limit), required: true, maxLength: 300 }],
      submit: { ...approve, label: texts.approveWithReason },
    },
  ];
}

const addForm = (year: number): Block => ({
  type: 'form',
  name: 'plan',
  fields: [{ type: 'text', name: 'add', label: texts.formLabel, required: true, multiline: true, maxLength: 10_000 }],
  submit: { label: texts.formSubmit, style: 'default', press: { command: '计划', args: { year }, keep: true } },
});

/** Who lacks a 专业化能力 training, by unit. */
export async function showGap({ tx }: Context, year: number): Promise<Reply> {
  const trainings = await readPlan(tx, year);
  const gap = await findGap(tx, year, trainings, await classesFor(tx, trainings));
  const summary = texts.noProfessional(year, gap.length);
  const units = new Map<string, string[]>();
  for (const { unit, name } of gap) units.set(unit, [...(units.get(unit) ?? []), name]);
  return card(
    texts.gapTitle(year),
    gap.length === 0 ? 'good' : 'warn',
    summary,
    words(summary),
    gap.length === 0 ? null : words([...units].map(([unit, names]) => texts.gapLine(unit, names)).join('\n')),
  );
}
