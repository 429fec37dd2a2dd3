import type { Cadre } from './cadre.ts';
import { addDays, type Day, dayOf } from './day.ts';
import type { Leave } from './leave.ts';
import { type Notice, planned } from './notice.ts';
import type { Objection } from './objection.ts';
import type { Policy, WorkCalendar } from './policy.ts';
import { isWorkday, workdayFrom, workdaysSince } from './working-days.ts';

/** A leave that waits for a word. */
export interface WaitingLeave {
  readonly leave: Leave;
  readonly name: string;
  readonly title: string;
  /** The day of the first 课次 that would be missed. */
  readonly firstDay: Day;
  readonly deciders: readonly Pick<Cadre, 'staffNo'>[];
}

/** Whoever decides on a leave hears of it once when it has waited `approvalDays` working days, and once before the 课次. */
export function planLeaveNotices(
  waiting: readonly WaitingLeave[],
  today: Day,
  { chasing }: Pick<Policy, 'chasing'>,
  calendar: WorkCalendar,
): Notice[] {
  if (!isWorkday(calendar, today)) return [];
  const nextWorkday = workdayFrom(calendar, addDays(today, 1));
  return waiting.flatMap((one) => {
    const isSlow = workdaysSince(calendar, dayOf(one.leave.askedAt), today) >= chasing.approvalDays;
    const isEve = one.firstDay > today && one.firstDay <= nextWorkday;
    const steps = [...(isEve ? ['eve'] : []), ...(isSlow ? ['slow'] : [])].slice(0, 1);
    return steps.flatMap((step) => leaveNotices(one, step, today));
  });
}

/** Whoever decides on a leave for which the attendance at a 课次 that is over has to wait hears of it, once. */
export const planOverdueLeaves = (waiting: readonly WaitingLeave[], today: Day): Notice[] =>
  waiting.flatMap((one) => leaveNotices(one, 'over', today));

const leaveNotices = ({ leave, name, title, firstDay, deciders }: WaitingLeave, step: string, today: Day): Notice[] =>
  deciders.map(({ staffNo }) =>
    planned({
      key: `leave:${leave.id}:${step}:${staffNo}`,
      staffNo,
      subject: 'leave',
      tier: 'department',
      about: String(leave.id),
      plannedOn: today,
      figures: { name, title, nos: leave.sessions.join('、'), day: firstDay },
    }),
  );

/** An 异议 that is not answered by the day that was promised is told whoever answers, once. */
export const planObjectionNotices = (
  open: readonly { readonly objection: Objection; readonly name: string }[],
  answerers: readonly Pick<Cadre, 'staffNo'>[],
  today: Day,
): Notice[] =>
  open
    .filter(({ objection }) => objection.state === 'open' && today > objection.dueOn)
    .flatMap(({ objection, name }) =>
      answerers
        .filter(({ staffNo }) => staffNo !== objection.staffNo)
        .map(({ staffNo }) =>
          planned({
            key: `objection:${objection.id}:${staffNo}`,
            staffNo,
            subject: 'objection',
            tier: 'department',
            about: String(objection.id),
            plannedOn: today,
            dueOn: objection.dueOn,
            figures: { name },
          }),
        ),
    );
