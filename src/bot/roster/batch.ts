import { z } from 'zod';
import { type Cadre, cadres, hasFiveYearQuota } from '../../domain/cadre.ts';
import { dayOf } from '../../domain/day.ts';
import { quotaLine } from '../../domain/progress.ts';
import { instantSchema, lineSchema } from '../../domain/schema.ts';
import { countByUnit, mostChosen } from '../../domain/selection.ts';
import { button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { rosterTexts } from '../../texts/roster.ts';
import { type BatchTask, batchTasks, batchTexts as texts } from '../../texts/roster-batch.ts';
import type { Context } from '../context.ts';
import { deciders } from '../review/desk.ts';
import { findUnit, listUnits } from '../units.ts';
import { countOpen, leavesNobody } from './consequences.ts';

/** One change of many people; `to` is the unit of a move, otherwise empty. */
export interface Batch {
  readonly task: BatchTask;
  readonly to: string;
}

/** How a batch is taken back: when it was saved, and who came from which unit; of the other tasks what was before follows. */
export const undoSchema = z.object({
  at: instantSchema,
  task: z.enum(batchTasks),
  to: z.union([z.literal(''), lineSchema(60)]),
  from: z
    .array(z.object({ unit: lineSchema(60), people: z.array(z.string().max(32)).max(mostChosen) }))
    .max(mostChosen),
});
type Undo = z.output<typeof undoSchema>;

export function applyBatch(cadre: Cadre, { task, to }: Batch): Cadre {
  switch (task) {
    case 'young':
    case 'not-young':
      return { ...cadre, youngTalent: task === 'young' };
    case 'move':
      return { ...cadre, unit: to };
    case 'retired':
    case 'left':
      return { ...cadre, state: task };
  }
}

/** The person as before the batch. */
function revert(cadre: Cadre, task: BatchTask, unit: string): Cadre {
  switch (task) {
    case 'young':
    case 'not-young':
      return { ...cadre, youngTalent: task === 'not-young' };
    case 'move':
      return { ...cadre, unit };
    case 'retired':
    case 'left':
      return { ...cadre, state: 'active' };
  }
}

const isSame = (a: Cadre, b: Cadre): boolean =>
  a.unit === b.unit && a.state === b.state && a.youngTalent === b.youngTalent;

/** Those whom the batch changes. */
export const changedBy = (batch: Batch, people: readonly Cadre[]): Cadre[] =>
  people.filter((cadre) => !isSame(cadre, applyBatch(cadre, batch)));

const pairsOf = (batch: Batch, people: readonly Cadre[]) =>
  people.map((before) => ({ before, after: applyBatch(before, batch) }));

export const leavesNoArchivist = (context: Context, batch: Batch, people: readonly Cadre[]): Promise<boolean> =>
  leavesNobody(context, ['archivist'], pairsOf(batch, people));

/** What follows when all of them have changed, a sentence each. */
export async function foreseeBatch(context: Context, batch: Batch, people: readonly Cadre[]): Promise<string[]> {
  const isDeskEmpty = await leavesNobody(context, deciders, pairsOf(batch, people));
  return [...(await effectsOf(context, batch, people)), ...(isDeskEmpty ? [rosterTexts.effects.noDesk] : [])];
}

async function effectsOf(context: Context, { task, to }: Batch, people: readonly Cadre[]): Promise<string[]> {
  switch (task) {
    case 'young':
      return [texts.effects.young];
    case 'not-young':
      return [texts.effects.notYoung];
    case 'move': {
      const units = await listUnits(context.tx);
      const heads = people.filter(({ roles }) => roles.includes('unit-head')).map(({ name }) => name);
      return [
        texts.effects.from(countByUnit(people)),
        ...(units.includes(to) ? [] : [rosterTexts.effects.newUnit(to, findUnit(to, units))]),
        ...(heads.length > 0 ? [texts.effects.heads(heads, to)] : []),
      ];
    }
    case 'retired':
    case 'left':
      return afterLeaving(context, people);
  }
}

async function afterLeaving({ tx, policy, today }: Context, people: readonly Cadre[]): Promise<string[]> {
  const { left, waiting, reflections } = rosterTexts.effects;
  const sum = { waiting: 0, owed: 0 };
  for (const { staffNo } of people) {
    const open = await countOpen(tx, staffNo);
    sum.waiting += open.waiting;
    sum.owed += open.owed;
  }
  const counted = people.filter(hasFiveYearQuota);
  const quota = counted.reduce((hours, cadre) => hours + quotaLine(cadre, policy, today).quota, 0);
  return [
    left,
    ...(counted.length > 0 ? [texts.effects.quota(counted.length, quota)] : []),
    ...(sum.waiting > 0 ? [waiting(sum.waiting)] : []),
    ...(sum.owed > 0 ? [reflections(sum.owed)] : []),
    ...people.flatMap(({ name, roles }) => (roles.length > 0 ? [texts.effects.rolesEnd(name, roles)] : [])),
  ];
}

/** Each person's change is a row of its own, all in this transaction; the card offers the way back. */
export async function saveBatch(context: Context, batch: Batch, people: readonly Cadre[]): Promise<Reply> {
  const { tx, now } = context;
  const from = new Map<string, string[]>();
  for (const before of people) {
    await tx.put(cadres, { ...applyBatch(before, batch), updatedAt: now });
    from.set(before.unit, [...(from.get(before.unit) ?? []), before.staffNo]);
  }
  const undo = { ...batch, at: now, from: [...from].map(([unit, staffNos]) => ({ unit, people: staffNos })) };
  const summary = texts.saved(batch.task, people.length, batch.to);
  return card(
    texts.savedTitle,
    'good',
    summary,
    words(summary),
    buttons({ ...button(texts.undo, '批量', { undo }), confirm: texts.undoAsk(people.length) }),
    note(texts.undoHint),
  );
}

/** Restores whoever is still as the batch left them, on the same day. */
export async function undoBatch({ tx, now, today }: Context, { at, task, to, from }: Undo): Promise<Reply> {
  if (dayOf(at) !== today) return text(texts.undoTooLate);
  const kept: string[] = [];
  let count = 0;
  for (const { unit, people } of from) {
    for (const staffNo of new Set(people)) {
      const cadre = await tx.get(cadres, staffNo);
      const isUntouched = cadre?.updatedAt === at && isSame(cadre, applyBatch(cadre, { task, to }));
      if (cadre !== undefined && isUntouched) {
        await tx.put(cadres, { ...revert(cadre, task, unit), updatedAt: now });
        count += 1;
      } else kept.push(cadre?.name ?? staffNo);
    }
  }
  if (count === 0) return text(texts.undoneNone);
  const summary = texts.undone(count);
  const rest = kept.length === 0 ? null : words(texts.kept(kept));
  return card(texts.undoneTitle, rest === null ? 'good' : 'warn', summary, words(summary), rest);
}
