import { type Course, type Enrolment, enrolments, expectedOf } from '../../domain/course.ts';
import { type LeaveMeter, leaveMeter } from '../../domain/leave.ts';
import type { Policy, PolicyBook } from '../../domain/policy.ts';
import type { Block, Reply } from '../../messenger/reply.ts';
import { button, card, words } from '../../messenger/reply.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import { rollTexts, concernTexts as texts } from '../../texts/roll.ts';
import { peopleWith } from '../people.ts';
import type { Candidate } from '../text/people.ts';
import { type Participant, readRoll } from './read.ts';
import type { TellParts } from './tell-followed.ts';

/** Why the department has to think about somebody: leave beyond the part of the rule, or absence without it. */
export type Concern =
  | { readonly about: 'leave'; readonly meter: LeaveMeter }
  | { readonly about: 'absence'; readonly nos: readonly number[] };

/** What is to be decided about a person, of the 课次 that are settled, but for those of `without`. */
export function concernsOf(
  course: Course,
  { enrolment, attended }: Participant,
  policy: Pick<Policy, 'leave'>,
  without: readonly number[] = [],
): Concern[] {
  const expected = expectedOf(course, enrolment);
  const settled = new Set(
    expected.filter((one) => one.settled !== null && !without.includes(one.no)).map(({ no }) => no),
  );
  const missed = (state: 'absent' | 'on-leave'): number[] =>
    attended.filter((one) => one.state === state && settled.has(one.no)).map(({ no }) => no);
  const nos = missed('absent').sort((a, b) => a - b);
  const meter = leaveMeter(expected, new Set(missed('on-leave')), policy);
  return [
    ...(meter.over ? [{ about: 'leave', meter } as const] : []),
    ...(nos.length > 0 ? [{ about: 'absence', nos } as const] : []),
  ];
}

/** Those on which the department has not decided yet. */
export const openConcerns = (course: Course, person: Participant, policy: Pick<Policy, 'leave'>): Concern[] =>
  concernsOf(course, person, policy).filter(({ about }) =>
    person.enrolment.decisions.every((decision) => decision.about !== about),
  );

/** Those of them that have come up with these 课次. */
function newConcerns(
  course: Course,
  person: Participant,
  nos: readonly number[],
  policy: Pick<Policy, 'leave'>,
): Concern[] {
  const before = concernsOf(course, person, policy, nos).map(({ about }) => about);
  return openConcerns(course, person, policy).filter(({ about }) => !before.includes(about));
}

/** A person and what is to be decided about them. */
export interface Concerned {
  readonly person: Candidate;
  readonly concerns: readonly Concern[];
}

/** The facts and, below, the form in which the department says what it does about them. */
export function concernBlocks(course: Course, concerned: readonly Concerned[], policy: Policy): Block[] {
  if (concerned.length === 0) return [];
  const lines = concerned.flatMap(({ person, concerns }) =>
    concerns.map((one) =>
      one.about === 'leave'
        ? texts.leave(person, one.meter, policy.leave.limitDivisor)
        : texts.absence(person, one.nos),
    ),
  );
  const shown = concerned.slice(0, mostOffered);
  const options = shown.map(({ person }) => ({ value: person.staffNo, label: rollTexts.label(person) }));
  return [
    words([texts.undecided(concerned.length), ...lines].join('\n')),
    {
      type: 'form',
      name: 'concern',
      fields: [
        {
          type: 'choice',
          name: 'who',
          label: texts.who,
          options,
          required: true,
          many: true,
          ...(options.length === 1 && options[0] !== undefined ? { value: options[0].value } : {}),
        },
        { type: 'text', name: 'opinion', label: texts.words, hint: texts.wordsHint, required: true, maxLength: 300 },
      ],
      submit: button(texts.submit, '考勤', { id: course.id, decide: true }, 'primary'),
    },
  ];
}

/** People that one form offers. */
const mostOffered = 50;

/** Everybody of a class about whom something is to be decided. */
export const concernedOf = (
  course: Course,
  people: readonly (Candidate & { readonly person: Participant })[],
  policy: Policy,
): Concerned[] =>
  people
    .map((one) => ({ person: one, concerns: openConcerns(course, one.person, policy) }))
    .filter(({ concerns }) => concerns.length > 0);

/** What telling the department needs. */
export interface ConcernParts extends TellParts {
  readonly tx: Reader;
  readonly policies: PolicyBook;
}

/**
 * Tells the clerks, or where there is none the head of the department, once of those who miss too much since 课次 have been
 * settled or corrected. The bot decides nothing.
 */
export async function raiseConcerns(
  { tx, policies, tell }: ConcernParts,
  course: Course,
  nos: readonly number[],
  people: readonly (Candidate & { readonly person: Participant })[],
): Promise<void> {
  const policy = policies.at(course.to);
  const fresh = people
    .map((one) => ({ person: one, concerns: newConcerns(course, one.person, nos, policy) }))
    .filter(({ concerns }) => concerns.length > 0);
  if (fresh.length === 0) return;
  const clerks = await peopleWith(tx, 'clerk');
  const desk = clerks.length > 0 ? clerks : await peopleWith(tx, 'department-head');
  for (const { staffNo } of desk) {
    const theirs = fresh.filter(({ person }) => person.staffNo !== staffNo);
    if (theirs.length === 0) continue;
    await tell(staffNo, concernCard(course, theirs, policy), {
      key: `concern:${course.id}:${course.version}:${staffNo}`,
      purpose: 'notice',
    });
  }
}

function concernCard(course: Course, concerned: readonly Concerned[], policy: Policy): Reply {
  const summary = texts.summary(course, concerned.length);
  return card(texts.title, 'warn', summary, words(summary), ...concernBlocks(course, concerned, policy));
}

/** Keeps what the department says about some people, once for each concern; nobody decides about themselves. */
export async function decideConcerns(
  { tx, now, policies }: { readonly tx: Transaction; readonly now: string; readonly policies: PolicyBook },
  course: Course,
  said: { readonly who: readonly string[]; readonly opinion: string; readonly by: string },
): Promise<string[]> {
  const roll = await readRoll(tx, course.id);
  const decided: string[] = [];
  for (const person of roll?.people ?? []) {
    const { enrolment } = person;
    if (!said.who.includes(enrolment.staffNo) || enrolment.staffNo === said.by) continue;
    const open = openConcerns(course, person, policies.at(course.to));
    if (open.length === 0) continue;
    const made: Enrolment['decisions'] = open.map(({ about }) => ({
      about,
      words: said.opinion,
      by: said.by,
      at: now,
    }));
    await tx.put(enrolments, { ...enrolment, decisions: [...enrolment.decisions, ...made] });
    decided.push(enrolment.staffNo);
  }
  return decided;
}
