import { openConcerns } from '../../domain/concern.ts';
import type { Course } from '../../domain/course.ts';
import { type Reply, text } from '../../messenger/reply.ts';
import { concernTexts as texts } from '../../texts/roll.ts';
import type { Context } from '../context.ts';
import { checkNames } from '../text/names.ts';
import { decideConcerns } from './concerns.ts';
import { sayNames } from './names.ts';
import { runsCourses } from './own.ts';
import { readRoll } from './read.ts';
import { readNames } from './roll.ts';
import { showOverview } from './roll-card.ts';

/** What the department says, by form or in words: `people` are names, or 全部. */
interface Said {
  readonly who?: string | readonly string[] | undefined;
  readonly people?: string | undefined;
  readonly opinion?: string | undefined;
}

/** Keeps what the department says about people who miss too much; 班主任 and others hear whose it is to say. */
export async function decideOn(
  context: Context,
  course: Course,
  { who = [], people, opinion = '' }: Said,
): Promise<Reply> {
  const { tx, me } = context;
  if (!runsCourses(me)) return text(texts.notDepartment);
  const said = people === undefined ? null : await findConcerned(context, course, people);
  if (said !== null && 'faults' in said) return text([...said.faults, texts.example(course)].join('\n'));
  if (said?.who.length === 0) return text(texts.none);
  const chosen = said?.who ?? (typeof who === 'string' ? [who] : who);
  if (opinion.trim() === '' || chosen.length === 0) return text(texts.wordsNeeded);
  if (chosen.every((one) => one === me.staffNo)) return text(texts.own);
  const decided = await decideConcerns(context, course, { who: chosen, opinion: opinion.trim(), by: me.staffNo });
  const after = await readRoll(tx, course.id);
  if (decided.length === 0 || after === null) return text(texts.none);
  const names = await readNames(tx, after.people);
  return showOverview(context, after, texts.decided(decided.map((one) => names.get(one)?.name ?? one)));
}

/** The people that words mean among those about whom something is to be decided. */
async function findConcerned(
  { tx, policies }: Context,
  course: Course,
  said: string,
): Promise<{ readonly who: string[] } | { readonly faults: string[] }> {
  const people = (await readRoll(tx, course.id))?.people ?? [];
  const open = people.filter((person) => openConcerns(course, person, policies.at(course.to)).length > 0);
  const names = await readNames(tx, open);
  const candidates = [...names].map(([staffNo, { name, unit }]) => ({ staffNo, name, unit }));
  if (/^(?:全部|全体|所有人|大家)$/.test(said)) return { who: candidates.map(({ staffNo }) => staffNo) };
  const list = said.split(/[\s，,、；;]+/).map((who) => ({ who }));
  const found = checkNames(list, candidates);
  const faults = sayNames(found);
  return faults.length > 0 ? { faults } : { who: found.known.map(({ person }) => person.staffNo) };
}
