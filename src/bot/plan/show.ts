import {
  annualPlans,
  isPlanBelowShare,
  markOf,
  type PlannedTraining,
  plannedHours,
  plannedShare,
  withoutProfessional,
} from '../../domain/annual-plan.ts';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Day, dayOf } from '../../domain/day.ts';
import {
  type Block,
  button,
  buttons,
  card,
  link,
  note,
  type Reply,
  table,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { nameOf } from '../review/desk.ts';
import { haveProfessional, readPlan } from './read.ts';
import { submitPlan, tellApproved } from './submit.ts';

/** Who has no 专业化能力 training in the year, by unit. */
async function findGap(view: Reader, year: number, trainings: readonly PlannedTraining[]): Promise<Cadre[]> {
  const roster = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  return withoutProfessional(trainings, roster, await haveProfessional(view, year));
}

/** The plan of a year for the department: trainings, the share of 三.4, who lacks what, and how it is added to. */
export async function showPlan(context: Context, year: number, done?: string): Promise<Reply> {
  const { tx, policies, me } = context;
  const trainings = await readPlan(tx, year);
  const policy = policies.at(`${year}-12-31` as Day);
  const hours = trainings.reduce((sum, training) => sum + plannedHours(training), 0);
  const summary =
    trainings.length === 0 ? texts.empty(year) : texts.summary(year, trainings.length, hours, plannedShare(trainings));
  const isBelow = isPlanBelowShare(trainings, policy);
  const { approved = null, submitted, returned } = (await tx.get(annualPlans, year)) ?? {};
  const gap = trainings.length === 0 ? [] : await findGap(tx, year, trainings);
  const isHead = mayUse(['department-head'], me);
  const below = approved === null ? texts.below : texts.belowApproved;
  const share = (isBelow ? below : texts.enough)(policy.theoryShare);
  return card(
    texts.title(year),
    isBelow && approved === null ? 'warn' : 'info',
    done === undefined ? summary : `${done}${summary}`,
    words(`${done ?? ''}${summary}${trainings.length === 0 ? '' : share}`),
    trainings.length === 0 ? null : table(texts.columns, trainings.map(texts.row)),
    trainings.length === 0 ? null : words(texts.noProfessional(year, gap.length)),
    returned === undefined
      ? null
      : words(texts.returnedBy(await nameOf(context, returned.by), dayOf(returned.at), returned.reason)),
    approved === null
      ? note(submitted === undefined ? texts.notApproved : texts.waits(await nameOf(context, submitted.by)))
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
  const gap = await findGap(tx, year, await readPlan(tx, year));
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

/** 审定: the department head approves a year's plan, below the share only with a reason; a clerk reports that it is ready. */
export async function approvePlan(context: Context, year: number, reason: string, seen?: string): Promise<Reply> {
  const { tx, me, now, policies } = context;
  if (!mayUse(['department-head'], me)) return submitPlan(context, year);
  const trainings = await readPlan(tx, year);
  if (trainings.length === 0) return text(texts.nothingToApprove(year));
  if (seen !== undefined && seen !== markOf(trainings)) return showPlan(context, year, texts.changedSince(year));
  const policy = policies.at(`${year}-12-31`);
  if (isPlanBelowShare(trainings, policy) && reason.trim() === '') return text(texts.reasonNeeded(policy.theoryShare));
  const approved = { by: me.staffNo, at: now, reason: reason.trim() === '' ? null : reason.trim() };
  await tellApproved(context, year);
  await tx.put(annualPlans, { year, approved });
  return showPlan(context, year, texts.approvedNow(year));
}
