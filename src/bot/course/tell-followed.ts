import type { AttendanceState } from '../../domain/attendance.ts';
import type { Course, Session } from '../../domain/course.ts';
import { type Day, dayOf, type Instant } from '../../domain/day.ts';
import { awakeFrom } from '../../domain/digest.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Outgoing } from '../../messenger/outbox.ts';
import { buttons, card, link, note, type Reply, words } from '../../messenger/reply.ts';
import { fullDayTexts, followedTexts as texts } from '../../texts/roll.ts';
import type { Followed } from './follow.ts';

/** What telling people of their classes needs: a command, a happening and a job have it. */
export interface TellParts {
  readonly now: Instant;
  readonly policy: Pick<Policy, 'chasing'>;
  readonly tell: (
    staffNo: string,
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notBefore'>,
  ) => Promise<unknown>;
}

/** Whether anything has changed for the person that they should hear of. */
export const isWorthTelling = ({
  made,
  corrected,
  voided,
  opened,
  closed,
  waived,
  lapsedRuns,
  reflectionDueOn,
}: Followed): boolean =>
  [made, corrected, voided, opened, closed, waived, lapsedRuns].some(({ length }) => length > 0) ||
  reflectionDueOn !== null;

/** What has become of a person's hours and make-ups, a sentence each. */
export function followedLines(course: Course, followed: Followed, today: Day): string[] {
  const { made, corrected, voided, opened, closed, waived, lapsedRuns, reflectionDueOn, full } = followed;
  const hours = made.reduce((sum, entry) => sum + entry.hours, 0);
  return [
    ...(made.length === 0 ? [] : [texts.made(course, hours, made)]),
    ...corrected.map(({ before, after }) => texts.corrected(after.title, after.id, before.hours, after.hours)),
    ...voided.map((entry) => texts.voided(entry)),
    ...full.map((day) => fullDayTexts.own(day, today)),
    ...opened.map((makeUp) => texts.opened(course, makeUp, today)),
    ...lapsedRuns.map((makeUp) => texts.lapsed(course, makeUp, today)),
    ...closed.map((makeUp) => texts.madeUp(course, makeUp)),
    ...waived.map((makeUp) => texts.closed(course, makeUp)),
    ...(reflectionDueOn === null ? [] : [texts.reflection(course, reflectionDueOn, today)]),
  ];
}

/** A word on somebody's attendance that was changed for them: said ahead of what it means for their hours. */
export interface Changed {
  readonly session: Session;
  readonly before: AttendanceState | null;
  readonly after: AttendanceState;
  readonly by: string;
  readonly reason: string | null;
}

/**
 * Tells people what has become of their hours and make-ups, one message each for one version of the class; whoever has
 * nothing to hear, as after a 课次 in the middle, hears nothing. What comes about early or at night waits for the morning.
 * @returns how many were told
 */
export async function tellFollowed(
  { now, policy, tell }: TellParts,
  course: Course,
  followed: readonly Followed[],
  changes: ReadonlyMap<string, Changed> = new Map(),
): Promise<number> {
  const today = dayOf(now);
  let told = 0;
  for (const one of followed) {
    const change = changes.get(one.staffNo);
    if (change === undefined && !isWorthTelling(one)) continue;
    const lines = [
      ...(change === undefined
        ? []
        : [texts.changed(course, change.session, change.before, change.after, change.by, change.reason)]),
      ...followedLines(course, one, today),
    ];
    const summary = lines[0] ?? '';
    const reply = card(
      texts.title,
      one.opened.length + one.lapsedRuns.length > 0 ? 'warn' : 'info',
      summary.replaceAll('**', ''),
      words(lines.join('\n')),
      buttons(
        ...(one.opened.length + one.lapsedRuns.length > 0 ? [link(texts.makeUp, '补训')] : []),
        ...(one.reflectionDueOn === null ? [] : [link(texts.handIn, '体会')]),
        link(texts.progress, '进度'),
      ),
      note(texts.objection),
    );
    await tell(one.staffNo, reply, {
      key: `course:${course.id}:${course.version}:${one.staffNo}`,
      purpose: 'decision',
      notBefore: awakeFrom(now, policy),
    });
    told += 1;
  }
  return told;
}
