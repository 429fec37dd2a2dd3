import { z } from 'zod';
import { type Course, courses, heldSessions, isBelowShare, startOf, theoryShareOf } from '../../domain/course.ts';
import { takenAt } from '../../domain/course-change.ts';
import { button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { classNoticeTexts } from '../../texts/courses.ts';
import { formTexts } from '../../texts/form.ts';
import { openTexts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { onlyReason } from '../text/reason.ts';
import { postChange } from './announce.ts';
import { type AnyChange, type Changed, changeCourse } from './change.ts';
import { carry, showChoice, showLine, showReason } from './change-form.ts';
import { changeSettings, settingsSchema } from './change-settings.ts';
import { raiseConcerns } from './concerns.ts';
import { foresee, sayForeseen } from './consequences.ts';
import { type Effects, effectsOf, sayEffects } from './effects.ts';
import { type Affected, followChange, withEnrolments } from './follow-change.ts';
import { type PassedOn, passedLines, passedOn, sayPassedOn, tellPassedOn } from './follow-deciders.ts';
import { raiseFullDays } from './full-days.ts';
import { readRoll } from './read.ts';
import { readMembers } from './roster.ts';
import { tellOne, tellTutors } from './tell.ts';

/** What is said of a change of a class, in words, by the form or by a draft that is confirmed. */
export const changeArgs = {
  change: z.enum(['choose', 'edit', 'add', 'cancel', 'merge', 'cancel-course', 'settings']).optional(),
  no: z.coerce.number().int().positive().optional(),
  into: z.coerce.number().int().positive().optional(),
  line: z.string().max(400).optional(),
  parts: z.boolean().optional(),
  speaker: z.string().max(400).optional(),
  place: z.string().max(400).optional(),
  settings: settingsSchema.optional(),
  reason: z.string().transform(onlyReason).pipe(z.string().max(300)).optional(),
  /** The class as whoever changes it has seen it. */
  version: z.number().int().optional(),
  confirmed: z.boolean().optional(),
  filled: z.boolean().optional(),
};
const argsSchema = z.object(changeArgs);
type Args = z.output<typeof argsSchema>;
type Asked = Args & Pick<AnyChange, 'change'>;

/** 调整课次: what would become of everybody is shown, and saved by 确认. */
export async function changeDesk(
  context: Context,
  course: Course,
  said: Args & { readonly change: NonNullable<Args['change']> },
): Promise<Reply> {
  const { me, today, now, policies } = context;
  if (course.state !== 'open' && course.state !== 'proposed') return text(texts.notOpen(course));
  if (course.state === 'proposed' && said.change !== 'cancel-course') return text(texts.waits(course));
  if (said.version !== undefined && said.version !== course.version) return text(texts.moved(course));
  await endReason(context);
  if (said.change === 'choose') return showChoice(course, today);
  const { change } = said;
  const args: Asked = { ...said, change };
  const roll = (await readRoll(context.tx, course.id))?.people ?? [];
  const taken = takenAt(roll.flatMap(({ attended }) => attended));
  const changed =
    change === 'settings'
      ? await changeSettings(context, course, said.settings ?? {}, roll)
      : changeCourse(course, { ...args, change }, { today, now, policy: policies.at(course.to), taken });
  if (!changed.ok) {
    const isBlank = args.line === undefined && changed.field === 'line';
    return changed.field === 'line'
      ? showLine(course, args, isBlank ? {} : { line: changed.fault })
      : text(changed.fault);
  }
  const policy = policies.at(changed.course.to);
  const share = theoryShareOf(heldSessions(changed.course)) ?? 0;
  const isBelow =
    changed.course.state === 'open' && course.exception === null && isBelowShare(heldSessions(changed.course), policy);
  if (isBelow && !me.roles.includes('department-head')) return text(texts.belowShare(share, policy.theoryShare));
  if ((isBelow || changed.needsReason) && (args.reason ?? '') === '') {
    const said = isBelow ? texts.belowNeedsReason(share, policy.theoryShare) : texts.reasonSummary;
    return showReason(context, course, args, said, args.filled === true ? formTexts.gap : undefined);
  }
  const people = withEnrolments(course, changed.course, roll, args, now);
  const effects = effectsOf(course, changed.course, changed.nos, people, policy, now);
  const passed = await passedOn(context, course, changed.course, people);
  return args.confirmed === true
    ? saveChange(context, course, changed, args, { people, effects, passed, isBelow })
    : previewChange(context, course, changed, args, { effects, passed });
}

/** The reason is given with this message, or it is another change. */
async function endReason(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '培训' && open.asking === 'reason') await context.closeQuestion();
}

/** What a change brings. */
interface Consequences {
  readonly people: readonly Affected[];
  readonly effects: Effects;
  readonly passed: readonly PassedOn[];
  readonly isBelow: boolean;
}

type Made = Extract<Changed, { ok: true }>;

async function previewChange(
  context: Context,
  course: Course,
  { course: after, nos, what, notes }: Made,
  args: Asked,
  { effects, passed }: Pick<Consequences, 'effects' | 'passed'>,
): Promise<Reply> {
  const { tx, today } = context;
  const affected = new Set(effects.affected);
  const members = (await readMembers(tx, course.id))
    .map(({ cadre }) => cadre)
    .filter((one) => affected.has(one.staffNo));
  // What is settled has taken place: nothing stands against it any more.
  const planned =
    args.change === 'cancel-course' || args.change === 'settings'
      ? []
      : heldSessions(after).filter(({ no, settled }) => nos.includes(no) && settled === null);
  const foreseen = planned.length === 0 ? [] : sayForeseen(await foresee(context, planned, members, course.id), today);
  const draft = await context.ask({
    command: '培训',
    args: carry(course, args),
    asking: 'confirm',
  });
  const summary = texts.draft(course, what);
  return card(
    texts.draftTitle,
    'warn',
    summary,
    words(summary),
    course.state === 'proposed'
      ? words(texts.withdraws(members.length))
      : sayEffects(effects, [...notes, ...sayPassedOn(passed)]),
    ...foreseen,
    args.reason === undefined ? null : words(`${texts.fields.reason}：${args.reason}`),
    buttons(button(texts.confirm, '确认', { draft }, 'primary'), button(texts.cancel, '取消', { draft })),
    note(course.state === 'proposed' ? texts.withdrawsHint : texts.hint),
  );
}

async function saveChange(
  context: Context,
  course: Course,
  { course: after, nos, what }: Made,
  { change, into, reason }: Asked,
  { people, effects, passed, isBelow }: Consequences,
): Promise<Reply> {
  const { tx, me, now } = context;
  const isCancelled = change === 'cancel-course';
  const why = reason ?? null;
  const saved: Course = {
    ...after,
    version: course.version + 1,
    ...(isBelow && why !== null ? { exception: { reason: why, by: me.staffNo, at: now } } : {}),
    ...(isCancelled ? { reason: why, endedBy: me.staffNo, endedAt: now } : {}),
  };
  await tx.put(courses, saved);
  const { lines, followed } = await followChange(context, course, saved, people, into);
  const affected = new Set(effects.affected);
  const news = isCancelled
    ? ({ type: 'cancelled', reason: why ?? '' } as const)
    : ({ type: 'changed', what, reason: why, isTimetable: change !== 'settings' } as const);
  const heard = new Set<string>();
  for (const { next } of course.state === 'open' ? people : []) {
    const theirs = [...(lines.get(next.staffNo) ?? []), ...passedLines(passed, next.staffNo)];
    if (!affected.has(next.staffNo) && theirs.length === 0) continue;
    if (await tellOne(context, saved, next, news, theirs)) heard.add(next.staffNo);
  }
  const isSame = course.tutor === saved.tutor;
  const tutors = course.state === 'open' ? await tellTutors(context, course, saved, news, heard) : 0;
  await tellPassedOn(context, saved, passed);
  await raiseConcerns(context, saved, followed);
  await raiseFullDays(context, saved, followed);
  if (course.state === 'open' && (isCancelled || isAhead(course, saved, nos, now))) {
    const said = isCancelled
      ? classNoticeTexts.cancelledInGroup(saved, why ?? '')
      : classNoticeTexts.changedInGroup(saved, what, why);
    await postChange(
      context,
      saved,
      said,
      isCancelled ? classNoticeTexts.cancelledTitle : classNoticeTexts.changedTitle,
    );
  }
  if (course.state === 'proposed') await tellWithdrawn(context, saved, why ?? '');
  const summary =
    course.state === 'proposed'
      ? texts.doneWithdrawn(course)
      : texts.done(course, what, heard.size + (isSame ? 0 : tutors), isSame && tutors > 0);
  return card(
    texts.doneTitle,
    'good',
    summary,
    words(summary),
    buttons(button(isCancelled ? openTexts.showCourse : texts.chooseTitle, '培训', { course: course.id })),
  );
}

/** The department head need not decide any more; whoever opened the class hears who has withdrawn it. */
async function tellWithdrawn(context: Context, course: Course, reason: string): Promise<void> {
  const { me } = context;
  const heads = await peopleWith(context.tx, 'department-head');
  const summary = texts.withdrawn(course, me.name, reason);
  for (const staffNo of new Set([...heads.map((head) => head.staffNo), course.createdBy])) {
    if (staffNo === me.staffNo) continue;
    await context.tell(staffNo, card(texts.withdrawnTitle, 'plain', summary, words(summary)), {
      key: `course:${course.id}:withdrawn:${staffNo}`,
      purpose: 'decision',
    });
  }
}

/** Whether a change is about something that is still to come. */
const isAhead = (before: Course, after: Course, nos: readonly number[], now: string): boolean =>
  [...before.sessions, ...after.sessions].some((session) => nos.includes(session.no) && startOf(session) > now);
