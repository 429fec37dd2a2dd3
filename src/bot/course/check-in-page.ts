import type { Clock } from '../../clock.ts';
import { signInWindow } from '../../domain/attendance.ts';
import { courses } from '../../domain/course.ts';
import { dayOf, timeOf } from '../../domain/day.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import type { Store } from '../../store/store.ts';
import { sessionName } from '../../texts/course.ts';
import { checkInPageTexts as texts } from '../../texts/sign-in.ts';
import { rulesInForce } from '../rules/in-force.ts';
import { checkInSecrets, codeNow } from './check-in-code.ts';
import { countThere } from './check-in-counts.ts';

/** What the page for the projector shows: no names. */
export interface CheckInView {
  readonly course: string;
  readonly session: string;
  readonly code: string;
  /** Until the next code. */
  readonly seconds: number;
  readonly expected: number;
  readonly there: number;
  /** When 签到 is taken, in words. */
  readonly when: string;
}

/** The address of the page behind a token, where browsers reach the bot. */
export const checkInPage = (site: string | null, token: string): string | null =>
  site === null ? null : `${site}/check-in/${token}`;

/** What a token shows now; null: no such page, or not today. */
export type CheckInLook = (token: string) => Promise<CheckInView | null>;

export const createCheckInLook =
  (parts: { readonly store: () => Store; readonly policies: PolicyBook; readonly clock: () => Clock }): CheckInLook =>
  async (token) => {
    const now = parts.clock().now();
    const today = dayOf(now);
    return parts.store().read(async (view) => {
      const { rows } = await view.find(checkInSecrets, { index: 'byToken', equals: [token], limit: 1 });
      const [row] = rows;
      if (row === undefined || row.day !== today) return null;
      const course = await view.get(courses, row.courseId);
      const session = course?.sessions.find(({ no }) => no === row.no);
      if (course?.state !== 'open' || session === undefined || session.day !== today) return null;
      if (session.cancelled || session.settled !== null) return null;
      const [counts, rules] = await Promise.all([
        countThere(view, course.id, session),
        rulesInForce(parts.policies)(view),
      ]);
      const { opens, closes } = signInWindow(session, rules.at(today));
      const isOver = now > closes;
      return {
        course: course.title,
        session: sessionName(session, today),
        ...codeNow(row, now),
        ...counts,
        when:
          now < opens
            ? texts.before(timeOf(opens))
            : isOver
              ? course.signsOut
                ? texts.signOut
                : texts.over
              : texts.how,
      };
    });
  };
