import { z } from 'zod';
import {
  type Course,
  courses,
  enrolments,
  heldSessions,
  isBelowShare,
  startOf,
  theoryShareOf,
} from '../../domain/course.ts';
import { button, buttons, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { changeTexts as texts } from '../../texts/course-change.ts';
import { courseLedgerTexts } from '../../texts/course-ledger.ts';
import { classNoticeTexts } from '../../texts/courses.ts';
import { formTexts } from '../../texts/form.ts';
import type { Context } from '../context.ts';
import { postChange } from './announce.ts';
import { type Change, type Changed, changeCourse } from './change.ts';
import { carry, showChoice, showLine, showReason } from './change-form.ts';
import { raiseConcerns } from './concerns.ts';
import { foresee, sayForeseen } from './consequences.ts';
import { effectsOf, sayEffects } from './effects.ts';
import { isMember } from './enrol.ts';
import { type Followed, followPerson } from './follow.ts';
import { raiseFullDays } from './full-days.ts';
import { readRoll } from './read.ts';
import { readMembers } from './roster.ts';
import { tellEnrolled } from './tell.ts';
import { followedLines, tellFollowed } from './tell-followed.ts';

/** What is said of a change of a class, in words, by the form or by a draft that is confirmed. */
export const changeArgs = {
  change: z.enum(['choose', 'edit', 'add', 'cancel', 'merge', 'cancel-course']).optional(),
  no: z.coerce.number().int().positive().optional(),
  into: z.coerce.number().int().positive().optional(),
  line: z.string().max(400).optional(),
  parts: z.boolean().optional(),
  speaker: z.string().max(400).optional(),
  place: z.string().max(400).optional(),
  reason: z.string().trim().max(300).optional(),
  /** The class as whoever changes it has seen it. */
  version: z.number().int().optional(),
  confirmed: z.boolean().optional(),
  filled: z.boolean().optional(),
};
const argsSchema = z.object(changeArgs);
type Args = z.output<typeof argsSchema>;
type Asked = Args & Pick<Change, 'change'>;

/** 调整课次: what would become of everybody is shown, and saved by 确认. */
export async function changeDesk(
  context: Context,
  course: Course,
  said: Args & { readonly change: NonNullable<Args['change']> },
): Promise<Reply> {
  const { me, today, policies } = context;
  if (course.state !== 'open' && course.state !== 'proposed') return text(texts.notOpen(course));
  if (course.state === 'proposed' && said.change !== 'cancel-course') return text(texts.waits(course));
  if (said.version !== undefined && said.version !== course.version) return text(texts.moved(course));
  if (said.change === 'choose') return showChoice(course, today);
  const args: Asked = { ...said, change: said.change };
  const changed = changeCourse(course, args, today, policies.at(course.to));
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
  if ((isBelow || needsReason(course, args, changed.nos)) && (args.reason ?? '') === '') {
    const said = isBelow ? texts.belowNeedsReason(share, policy.theoryShare) : texts.reasonSummary;
    return showReason(course, args, said, args.filled === true ? formTexts.gap : undefined);
  }
  return args.confirmed === true
    ? saveChange(context, course, changed, args, isBelow)
    : previewChange(context, course, changed, args);
}

/** What counts already, and a class or a 课次 that falls away, changes only with a reason. */
const needsReason = (course: Course, { change }: Asked, nos: readonly number[]): boolean =>
  change === 'cancel-course' || course.sessions.some(({ no, settled }) => nos.includes(no) && settled !== null);

async function previewChange(
  context: Context,
  course: Course,
  { course: after, nos, what }: Extract<Changed, { ok: true }>,
  args: Asked,
): Promise<Reply> {
  const { tx, today, policies, now } = context;
  const people = (await readRoll(tx, course.id))?.people ?? [];
  const effects = effectsOf(course, after, nos, people, policies.at(after.to));
  const affected = new Set(effects.affected);
  const members = (await readMembers(tx, course.id))
    .map(({ cadre }) => cadre)
    .filter((one) => affected.has(one.staffNo));
  const moved = heldSessions(after).filter(({ no }) => nos.includes(no) && args.change !== 'cancel-course');
  const isAhead = moved.some((session) => startOf(session) > now);
  const foreseen =
    moved.length === 0 || !isAhead ? [] : sayForeseen(await foresee(context, moved, members, course.id), today);
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
    sayEffects(effects),
    ...foreseen,
    args.reason === undefined ? null : words(`${texts.fields.reason}：${args.reason}`),
    buttons(button(texts.confirm, '确认', { draft }, 'primary'), button(texts.cancel, '取消', { draft })),
    note(texts.hint),
  );
}

async function saveChange(
  context: Context,
  course: Course,
  { course: after, nos, what }: Extract<Changed, { ok: true }>,
  { change, reason }: Asked,
  isBelow: boolean,
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
  const roll = await readRoll(tx, course.id);
  const people = roll?.people ?? [];
  if (change === 'add') await expectAdded(context, course, saved, people);
  const followed: Followed[] = [];
  // As long as nothing was settled, nothing has followed from the class but for those who were to make something up in it.
  const isSettled = course.sessions.some(({ settled }) => settled !== null);
  const following = people.filter(({ enrolment }) => isSettled || enrolment.only !== null);
  if (following.length > 0) {
    const { why: whys } = courseLedgerTexts;
    const words = isCancelled ? whys.cancelled(course.id) : whys.changed(course.id);
    for (const { enrolment } of following) {
      const one = await followPerson(context, saved, enrolment.staffNo, words);
      if (one !== null) followed.push(one);
    }
  }
  const { affected } = effectsOf(course, saved, nos, people, context.policies.at(saved.to));
  const members = people.filter(({ enrolment }) => isMember(enrolment, now)).map(({ enrolment }) => enrolment.staffNo);
  const hears = new Set(affected.filter((staffNo) => members.includes(staffNo)));
  const news = isCancelled
    ? ({ type: 'cancelled', reason: why ?? '' } as const)
    : ({ type: 'changed', what, reason: why } as const);
  const lines = new Map(followed.map((one) => [one.staffNo, followedLines(saved, one, context.today)]));
  const told = course.state === 'open' ? await tellEnrolled(context, saved, news, hears, lines) : 0;
  await raiseConcerns(context, saved, followed);
  // The last 课次 that was open may have fallen away: then all of them have their hours now.
  await tellFollowed(
    context,
    saved,
    followed.filter(({ staffNo }) => !hears.has(staffNo)),
  );
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
  const summary = texts.done(course, what, told);
  return card(
    texts.doneTitle,
    'good',
    summary,
    words(summary),
    buttons(button(texts.chooseTitle, '培训', { course: course.id })),
  );
}

/** Whether a change is about something that is still to come. */
const isAhead = (before: Course, after: Course, nos: readonly number[], now: string): boolean =>
  [...before.sessions, ...after.sessions].some((session) => nos.includes(session.no) && startOf(session) > now);

/** Who is expected at everything that is still to come is expected at what is added, even if not at what went by. */
async function expectAdded(
  { tx, now }: Context,
  before: Course,
  after: Course,
  people: NonNullable<Awaited<ReturnType<typeof readRoll>>>['people'],
): Promise<void> {
  const coming = heldSessions(before).filter((session) => startOf(session) > now);
  const added = after.sessions.filter(({ no }) => before.sessions.every((session) => session.no !== no));
  for (const { enrolment } of people) {
    const { only } = enrolment;
    if (only === null || coming.length === 0 || !coming.every(({ no }) => only.includes(no))) continue;
    await tx.put(enrolments, { ...enrolment, only: [...only, ...added.map(({ no }) => no)] });
  }
}
