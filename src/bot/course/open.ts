import { type PlannedTraining, plannedTrainings } from '../../domain/annual-plan.ts';
import type { Cadre } from '../../domain/cadre.ts';
import { type Course, courses, enrolments, heldSessions, theoryShareOf } from '../../domain/course.ts';
import { countByUnit } from '../../domain/selection.ts';
import {
  button,
  buttons,
  card,
  choice,
  type Faults,
  fields,
  link,
  note,
  type Reply,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { openTexts as texts } from '../../texts/open-course.ts';
import { selectionTexts } from '../../texts/selection.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { plannedFor } from '../plan/read.ts';
import { announceButtons } from './announce.ts';
import { foresee, sayForeseen } from './consequences.ts';
import type { CoursePlan } from './draft.ts';
import { isOver, newEnrolment } from './enrol.ts';
import { readMembers } from './roster.ts';
import { tellEnrolled, tellTutor } from './tell.ts';
import { sayHours, timetableBlocks } from './timetable.ts';

/** How a class begins: open at once, or waiting for the department head because its share is too small (三.4). */
export type Opening =
  | { readonly state: 'open'; readonly exception: Course['exception'] }
  | { readonly state: 'proposed'; readonly plea: string };

/** Saves a class with its people, and tells whom it concerns. */
export async function openCourse(
  context: Context,
  plan: CoursePlan,
  people: readonly Cadre[],
  opening: Opening,
): Promise<Reply> {
  const { tx, me, now } = context;
  const { tutorName: _, ...planned } = plan;
  const course: Course = {
    ...planned,
    id: await tx.nextNumber('courses'),
    exception: opening.state === 'open' ? opening.exception : null,
    ...(opening.state === 'proposed' && opening.plea !== '' ? { plea: opening.plea } : {}),
    state: opening.state,
    reason: null,
    createdBy: me.staffNo,
    createdAt: now,
    endedBy: null,
    endedAt: null,
    version: 1,
  };
  await tx.put(courses, course);
  const training = await plannedFor(tx, course);
  if (training !== undefined) await tx.put(plannedTrainings, { ...training, courseId: course.id });
  for (const { staffNo } of people) await tx.put(enrolments, newEnrolment(course.id, staffNo, me.staffNo, now));
  return opening.state === 'open' ? sayOpened(context, course, training) : propose(context, course);
}

async function sayOpened(context: Context, course: Course, training?: PlannedTraining): Promise<Reply> {
  const { tx, now } = context;
  const enrolled = await listAll(tx, enrolments, { equals: [course.id] });
  await tellOpened(context, course);
  const summary = texts.opened(course, enrolled.length, isOver(course, now));
  return card(
    texts.openedTitle,
    'good',
    summary,
    words(summary),
    training === undefined ? null : note(texts.planned(training.year, training.id)),
    buttons(
      link(texts.showCourse, '培训', { course: course.id }),
      ...(isOver(course, now) ? [] : await announceButtons(tx, course)),
    ),
  );
}

/** Those who are in it and its 班主任 hear of a class that is open now. */
async function tellOpened(context: Context, course: Course): Promise<void> {
  if (isOver(course, context.now)) return;
  await tellEnrolled(context, course, { type: 'opened' });
  if (course.tutor !== course.createdBy) await tellTutor(context, course);
}

async function propose(context: Context, course: Course): Promise<Reply> {
  const heads = await peopleWith(context.tx, 'department-head');
  for (const { staffNo } of heads) {
    await context.tell(staffNo, await askVerdict(context, course, context.me.name), {
      key: `course:${course.id}:proposed:${staffNo}`,
      purpose: 'decision',
    });
  }
  const summary = texts.proposed(course, heads.length);
  return card(
    texts.proposedTitle,
    heads.length === 0 ? 'warn' : 'info',
    summary,
    words(summary),
    buttons(link(texts.showCourse, '培训', { course: course.id })),
  );
}

/** The card on which the department head decides. */
export async function askVerdict(
  context: Pick<Context, 'tx' | 'now' | 'policies' | 'today'>,
  course: Course,
  by: string,
  faults: Faults = {},
): Promise<Reply> {
  const { policies, today } = context;
  const policy = policies.at(course.to);
  const people = (await readMembers(context.tx, course.id)).map(({ cadre }) => cadre);
  const held = heldSessions(course);
  const summary = texts.ask(course, by, theoryShareOf(held) ?? 0, policy.theoryShare);
  const form = [
    choice(
      'verdict',
      texts.verdict,
      [
        ['approve', texts.verdicts.approve],
        ['refuse', texts.verdicts.refuse],
      ],
      undefined,
      true,
    ),
    {
      type: 'text',
      name: 'words',
      label: texts.verdictReason,
      required: true,
      maxLength: 300,
      multiline: true,
    } as const,
  ];
  return card(
    texts.askTitle,
    'warn',
    summary,
    words(summary),
    course.plea === undefined ? null : words(texts.plea(course.plea)),
    words(sayHours(held, policy)),
    ...timetableBlocks(held, course, today),
    words([selectionTexts.count(people.length, countByUnit(people)), texts.willTell].join('')),
    ...sayForeseen(await foresee(context, held, people, course.id), today),
    {
      type: 'form',
      name: 'course-verdict',
      fields: withFaults(form, faults),
      submit: button(
        texts.verdictSubmit,
        '建班',
        { decide: course.id, version: course.version, filled: true },
        'primary',
      ),
    },
    note(texts.verdictHint(course.id)),
  );
}

/** 部长审定 (三.4): a reason is kept with either word. Null where the class waits for none any more. */
export async function decideCourse(
  context: Context,
  course: Course,
  approve: boolean,
  reason: string,
): Promise<Reply | null> {
  const { tx, me, now } = context;
  if (course.state !== 'proposed') return null;
  const decided: Course = approve
    ? { ...course, state: 'open', exception: { reason, by: me.staffNo, at: now }, version: course.version + 1 }
    : { ...course, state: 'cancelled', reason, endedBy: me.staffNo, endedAt: now, version: course.version + 1 };
  await tx.put(courses, decided);
  const enrolled = await listAll(tx, enrolments, { equals: [course.id] });
  if (approve) await tellOpened(context, decided);
  if (course.createdBy !== me.staffNo) {
    const told = approve ? texts.toldApproved(course, reason) : texts.toldRefused(course, reason);
    await context.tell(
      course.createdBy,
      card(
        approve ? texts.openedTitle : texts.refusedTitle,
        approve ? 'good' : 'warn',
        told,
        words(told),
        buttons(
          link(texts.showCourse, '培训', { course: course.id }),
          ...(approve ? await announceButtons(tx, decided) : []),
        ),
      ),
      { key: `course:${course.id}:decided:${decided.version}`, purpose: 'decision' },
    );
  }
  const summary = approve ? texts.approved(decided, enrolled.length) : texts.refused(decided);
  return card(
    approve ? texts.approvedTitle : texts.refusedTitle,
    approve ? 'good' : 'plain',
    summary,
    words(summary),
    fields([texts.verdictReason, reason]),
  );
}
