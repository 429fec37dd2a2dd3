import { cadres } from '../../domain/cadre.ts';
import { type Concern, extentOf, openConcerns } from '../../domain/concern.ts';
import { type Course, type Enrolment, enrolments } from '../../domain/course.ts';
import type { Leave } from '../../domain/leave.ts';
import type { Policy, PolicyBook } from '../../domain/policy.ts';
import { type Block, button, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import { rollTexts, concernTexts as texts } from '../../texts/roll.ts';
import { deskOf } from '../people.ts';
import type { Candidate } from '../text/people.ts';
import { type ConcernsFollowed, followConcerns } from './follow-concerns.ts';
import { type Participant, readRoll } from './read.ts';
import type { TellParts } from './tell-followed.ts';

/** A person and what is to be decided about them. */
export interface Concerned {
  readonly person: Candidate;
  readonly concerns: readonly Concern[];
}

/** The facts and, for those of the department, the form in which it says what it does about them. */
export function concernBlocks(
  course: Course,
  concerned: readonly Concerned[],
  policy: Policy,
  mayDecide = true,
): Block[] {
  if (concerned.length === 0) return [];
  const lines = concerned.flatMap(({ person, concerns }) =>
    concerns.map((one) =>
      one.about === 'leave'
        ? texts.leave(person, one.meter, policy.leave.limitDivisor)
        : texts.absence(person, one.nos),
    ),
  );
  const facts = words([texts.undecided(concerned.length), ...lines].join('\n'));
  if (!mayDecide) return [facts, note(texts.departmentDecides)];
  const shown = concerned.slice(0, mostOffered);
  const options = shown.map(({ person }) => ({ value: person.staffNo, label: rollTexts.label(person) }));
  return [
    facts,
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
export interface ConcernParts extends Pick<TellParts, 'tell'> {
  readonly tx: Reader;
  readonly policies: PolicyBook;
}

/**
 * Tells the department once of those who have come to miss too much. The bot decides nothing.
 * @param cause what has brought it about: the class in a version, or a leave
 */
export async function raiseConcerns(
  { tx, policies, tell }: ConcernParts,
  course: Course,
  followed: readonly (Pick<ConcernsFollowed, 'raised'> & { readonly staffNo: string })[],
  cause = String(course.version),
): Promise<void> {
  const fresh = followed.filter(({ raised }) => raised.length > 0);
  const [first] = fresh;
  if (first === undefined) return;
  const people = await tx.getAll(
    cadres,
    fresh.map(({ staffNo }) => staffNo),
  );
  const concerned = fresh.flatMap(({ raised }, i): Concerned[] => {
    const person = people[i];
    return person === undefined ? [] : [{ person, concerns: raised }];
  });
  for (const { staffNo } of await deskOf(tx)) {
    const theirs = concerned.filter(({ person }) => person.staffNo !== staffNo);
    if (theirs.length === 0) continue;
    await tell(staffNo, concernCard(course, theirs, policies.at(course.to)), {
      key: `concern:${course.id}:${cause}:${first.staffNo}:${staffNo}`,
      purpose: 'notice',
    });
  }
}

/** Tells the department that there is nothing to decide about a leave any more: it has been taken back. */
export async function tellLapsed(
  { tx, tell }: ConcernParts,
  course: Course,
  leave: Pick<Leave, 'id' | 'staffNo'>,
  name: string,
): Promise<void> {
  for (const { staffNo } of await deskOf(tx)) {
    if (staffNo === leave.staffNo) continue;
    const key = `concern:${course.id}:leave-${leave.id}:lapsed:${staffNo}`;
    await tell(staffNo, text(texts.lapsed(course, name)), { key, purpose: 'notice' });
  }
}

function concernCard(course: Course, concerned: readonly Concerned[], policy: Policy): Reply {
  const summary = texts.summary(course, concerned.length);
  return card(texts.title, 'warn', summary, words(summary), ...concernBlocks(course, concerned, policy));
}

/** Keeps what the department says about some people, for all that they miss so far; nobody decides about themselves. */
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
    const made: Enrolment['decisions'] = open.map((concern) => ({
      about: concern.about,
      words: said.opinion,
      by: said.by,
      at: now,
      on: extentOf(concern),
    }));
    const after = { ...enrolment, decisions: [...enrolment.decisions, ...made] };
    await tx.put(enrolments, after);
    await followConcerns({ tx, policies }, course, { ...person, enrolment: after });
    decided.push(enrolment.staffNo);
  }
  return decided;
}
