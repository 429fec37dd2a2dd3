import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Course, courses, expectedOf } from '../../domain/course.ts';
import { halfDaysWith, type Leave, leaveMeter, leaves, missedOnLeave } from '../../domain/leave.ts';
import type { Policy, PolicyBook } from '../../domain/policy.ts';
import {
  type Block,
  button,
  buttons,
  type Card,
  card,
  fields,
  note,
  type Reply,
  words,
} from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { courseName } from '../../texts/course.ts';
import { leaveTexts as texts } from '../../texts/leave.ts';
import type { Context } from '../context.ts';
import { mayDecideLeave } from './leave-approvers.ts';
import { type Participant, readParticipant } from './read.ts';

/** A leave with the class and the person that it is about. */
export interface LeaveCase {
  readonly leave: Leave;
  readonly course: Course;
  readonly person: Cadre;
  readonly participant: Participant;
}

/** A leave by its number; null when there is none. */
export async function openLeave(view: Reader, id: number): Promise<LeaveCase | null> {
  const leave = await view.get(leaves, id);
  if (leave === undefined) return null;
  const course = await view.get(courses, leave.courseId);
  const person = await view.get(cadres, leave.staffNo);
  const participant = await readParticipant(view, leave.courseId, leave.staffNo);
  return course === undefined || person === undefined || participant === null
    ? null
    : { leave, course, person, participant };
}

/** 累计请假 of a person in a class against the part that may be missed, with `more` 课次 for which leave is asked. */
export function meterOf({ sessions }: Course, participant: Participant, more: readonly number[], policy: Policy) {
  const expected = expectedOf({ sessions }, participant.enrolment);
  return leaveMeter(expected, missedOnLeave(expected, participant.attended, participant.leaves, more), policy);
}

/** The meter as a block, and the warning where it is over. */
export function meterBlocks(
  course: Course,
  participant: Participant,
  more: readonly number[],
  policy: Policy,
  isDecided = false,
): Block[] {
  const meter = meterOf(course, participant, more, policy);
  const { limitDivisor } = policy.leave;
  if (meter.total === 0) return [];
  return [
    {
      type: 'progress',
      label: texts.meterLabel,
      value: meter.missed,
      max: meter.total,
      mark: meter.limit,
      over: meter.over,
      text: texts.meter(meter, limitDivisor),
    },
    ...(meter.over ? [words(isDecided ? texts.isOver(limitDivisor) : texts.over(limitDivisor))] : []),
  ];
}

/** What whoever decides sees before: who, what is missed, the meter against 1/7, the make-up that it opens, other leaves. */
export function showLeave(
  { leave, course, person, participant }: LeaveCase,
  { policies, today }: { readonly policies: PolicyBook; readonly today: string },
  tone: Card['tone'] = 'info',
  done?: string,
): Reply {
  const policy = policies.at(today);
  const others = participant.leaves.filter(({ id, state }) => id !== leave.id && state !== 'withdrawn');
  const summary = done ?? texts.askedBy(person.name, person.unit, leave, course);
  const missed = course.sessions.filter(({ no }) => leave.sessions.includes(no));
  const total = halfDaysWith(leave, participant.leaves, course.sessions);
  const labels = texts.fields;
  const isAsked = leave.state === 'asked';
  return card(
    texts.deskTitle,
    tone,
    summary,
    words(summary),
    fields(
      [labels.person, texts.person(person.name, person.unit, person.position)],
      [labels.course, courseName(course)],
      [labels.sessions, missed.map((session) => texts.sessionLine(session, today)).join('；')],
      [labels.length, texts.length(leave)],
      [labels.total, texts.total(leave, total)],
      [labels.reason, leave.reason],
      [labels.others, others.length === 0 ? texts.noOthers : others.map((one) => texts.other(one)).join('；')],
    ),
    ...meterBlocks(course, participant, isAsked ? waitingWith(leave, participant) : [], policy, !isAsked),
    ...makeUpWords(leave, policy),
    isAsked ? verdictButtons(leave) : null,
  );
}

/** Gives the card to whoever decides. @param occasion why they get it: each hears once of it */
export async function tellLeave(
  { tx, policies, today, tell }: Pick<Context, 'tx' | 'policies' | 'today' | 'tell'>,
  id: number,
  people: readonly Cadre[],
  occasion: string,
): Promise<void> {
  const one = await openLeave(tx, id);
  if (one === null) return;
  for (const { staffNo } of people) {
    await tell(staffNo, showLeave(one, { policies, today }), {
      key: `leave:${id}:${occasion}:${staffNo}`,
      purpose: 'notice',
    });
  }
}

/** The 课次 of a leave and of those that were asked for before it and still wait: all may be missed in the end. */
export const waitingWith = ({ id }: Leave, { leaves: known }: Participant): number[] =>
  known.filter((one) => one.state === 'asked' && one.id <= id).flatMap(({ sessions }) => sessions);

/** What the leave brings or has brought; one that was refused or taken back brings nothing. */
function makeUpWords(leave: Leave, { makeUp }: Policy): Block[] {
  if (leave.state === 'asked') return [words(texts.makeUp(leave.hours, makeUp.dueDays))];
  return leave.state === 'approved' ? [words(texts.makeUpDue(leave.hours, makeUp.dueDays))] : [];
}

const verdictButtons = ({ id, version }: Leave): Block =>
  buttons(
    button(texts.approve, '请假', { leave: id, version, verdict: 'approve' }, 'primary'),
    button(texts.refuse, '请假', { leave: id, version, verdict: 'refuse' }, 'danger'),
  );

/** The leaves that wait for somebody's word, the oldest first. */
export async function waitingFor(view: Reader, me: Cadre): Promise<LeaveCase[]> {
  const waiting: LeaveCase[] = [];
  for (const leave of await listAll(view, leaves, { index: 'byState', equals: ['asked'] })) {
    const course = await view.get(courses, leave.courseId);
    if (course === undefined || !(await mayDecideLeave(view, me, course, leave))) continue;
    const one = await openLeave(view, leave.id);
    if (one !== null) waiting.push(one);
  }
  return waiting;
}

/** How many of them one card shows. */
const mostShown = 4;

/** What waits for somebody's word, each with its buttons. */
export function showWaiting(cases: readonly LeaveCase[], today: string, policies: PolicyBook): Reply {
  const summary = texts.waiting(cases.length);
  const policy = policies.at(today);
  return card(
    texts.deskTitle,
    cases.length === 0 ? 'good' : 'info',
    summary,
    words(summary),
    ...cases
      .slice(0, mostShown)
      .flatMap(({ leave, course, person, participant }) => [
        words(
          [
            texts.askedBy(person.name, person.unit, leave, course),
            `${texts.fields.total}：${texts.total(leave, halfDaysWith(leave, participant.leaves, course.sessions))}`,
          ].join('\n'),
        ),
        ...meterBlocks(course, participant, waitingWith(leave, participant), policy),
        verdictButtons(leave),
      ]),
    cases.length > mostShown ? note(texts.waitingButton(cases.length - mostShown)) : null,
  );
}
