import { type Cadre, cadres, type Role } from '../../domain/cadre.ts';
import { hourEntries } from '../../domain/hours.ts';
import { fiveYearProgress } from '../../domain/progress.ts';
import { isOwed, reflections } from '../../domain/reflection.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { rosterTexts as texts } from '../../texts/roster.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { deciders } from '../review/desk.ts';
import { findUnit, listUnits } from '../units.ts';

/** What foreseeing needs to know. */
type Foresight = Pick<Context, 'tx' | 'policy' | 'today'>;

/** What follows from saving `after`, a sentence each; `before` is null for somebody new. */
export async function foresee(context: Foresight, before: Cadre | null, after: Cadre): Promise<string[]> {
  return [
    ...(await afterState(context, before, after)),
    ...(await afterQuota(context, before, after)),
    ...(await afterUnit(context, before, after)),
    ...afterMarks(before, after),
    ...(before !== null && (await leavesNobody(context, deciders, [{ before, after }])) ? [texts.effects.noDesk] : []),
    ...(before === null ? await namesakes(context, after) : []),
  ];
}

async function afterState({ tx }: Foresight, before: Cadre | null, after: Cadre): Promise<string[]> {
  if (before === null || before.state === after.state) return [];
  if (after.state === 'active') return [texts.effects.back];
  if (before.state !== 'active') return [];
  const { waiting, owed } = await countOpen(tx, after.staffNo);
  return [
    texts.effects.left,
    ...(waiting > 0 ? [texts.effects.waiting(waiting)] : []),
    ...(owed > 0 ? [texts.effects.reflections(owed)] : []),
    ...(after.roles.length > 0 ? [texts.effects.rolesEnd(after.roles)] : []),
  ];
}

/** What somebody who leaves leaves open: entries that wait for a decision, reflections that are owed. */
export async function countOpen(view: Reader, staffNo: string): Promise<{ waiting: number; owed: number }> {
  const entries = await listAll(view, hourEntries, { index: 'byPerson', equals: [staffNo] });
  const mine = await listAll(view, reflections, { index: 'byPerson', equals: [staffNo] });
  return { waiting: entries.filter(({ state }) => state === 'submitted').length, owed: mine.filter(isOwed).length };
}

/** The quota that changes with 职级 and 任现职时间 (三.5). */
async function afterQuota({ tx, policy, today }: Foresight, before: Cadre | null, after: Cadre): Promise<string[]> {
  if (after.state !== 'active') return [];
  const entries = await listAll(tx, hourEntries, { index: 'byPerson', equals: [after.staffNo] });
  const now = before === null ? null : fiveYearProgress(before, entries, policy, today);
  const then = fiveYearProgress(after, entries, policy, today);
  if (now?.counted === then.counted) {
    return now.quota === then.quota ? [] : [texts.effects.quota(now.quota, then.quota, then.proRata)];
  }
  return [then.counted ? texts.effects.counted(then.quota, then.proRata) : texts.effects.notCounted];
}

async function afterUnit({ tx }: Foresight, before: Cadre | null, after: Cadre): Promise<string[]> {
  const { unit } = after;
  if (before?.unit === unit) return [];
  const units = await listUnits(tx);
  return [
    ...(units.includes(unit) ? [] : [texts.effects.newUnit(unit, findUnit(unit, units))]),
    ...(before === null ? [] : [texts.effects.unit(unit)]),
    ...(before !== null && after.roles.includes('unit-head') ? [texts.effects.stillHead(unit)] : []),
  ];
}

function afterMarks(before: Cadre | null, after: Cadre): string[] {
  const had = before?.roles ?? [];
  return [
    ...after.roles.filter((role) => !had.includes(role)).map(texts.effects.gains),
    ...had.filter((role) => !after.roles.includes(role)).map(texts.effects.loses),
    ...(before !== null && before.youngTalent !== after.youngTalent ? [texts.effects.young(after.youngTalent)] : []),
  ];
}

async function namesakes({ tx }: Foresight, { name }: Cadre): Promise<string[]> {
  return (await listAll(tx, cadres, { index: 'byName', equals: [name] })).map(texts.effects.namesake);
}

/** Whether nobody active would be left with one of these roles when all these people have changed. */
export async function leavesNobody(
  { tx }: Foresight,
  wanted: readonly Role[],
  changes: readonly { readonly before: Cadre; readonly after: Cadre }[],
): Promise<boolean> {
  const has = ({ state, roles }: Cadre) => state === 'active' && roles.some((role) => wanted.includes(role));
  const lost = new Set(
    changes.filter(({ before, after }) => has(before) && !has(after)).map(({ before }) => before.staffNo),
  );
  return lost.size > 0 && (await peopleWith(tx, ...wanted)).every(({ staffNo }) => lost.has(staffNo));
}
