import { attendances, type Mark } from '../../domain/attendance.ts';
import { keyOf } from '../../domain/collection.ts';
import type { Course } from '../../domain/course.ts';
import { type Leave, missedBy } from '../../domain/leave.ts';
import type { Transaction } from '../../store/store.ts';
import { courseLedgerTexts as texts } from '../../texts/course-ledger.ts';
import type { Followed, FollowParts } from './follow.ts';
import { markAttendance } from './settle.ts';

/**
 * An approved leave becomes attendance (请假): at once where the 课次 is not settled; where the answer came later than that,
 * as a correction of the absence. Who came all the same was there.
 * @returns what followed where something was settled already
 */
export async function markLeave(parts: FollowParts, course: Course, leave: Leave): Promise<Followed[]> {
  const { tx, now } = parts;
  const { staffNo, reason, decidedBy } = leave;
  const mark: Mark = { state: 'on-leave', source: 'leave', by: decidedBy ?? staffNo, at: now, reason };
  const followed: Followed[] = [];
  for (const no of missedBy(leave)) {
    const session = course.sessions.find((one) => one.no === no);
    const known = await tx.get(attendances, `${course.id}:${no}:${staffNo}`);
    if (session === undefined || session.cancelled || (known !== undefined && known.state !== 'absent')) continue;
    const done = await markAttendance(parts, course, no, new Map([[staffNo, mark]]), texts.why.onLeave(course.id, no));
    followed.push(...done.followed);
  }
  return followed;
}

/** 销假: what the leave had said of the 课次 that are attended after all is taken back. */
export async function unmarkLeave(tx: Transaction, { courseId, staffNo, ended }: Leave): Promise<void> {
  for (const no of ended?.sessions ?? []) {
    const row = await tx.get(attendances, `${courseId}:${no}:${staffNo}`);
    const isFromLeave = row?.state === 'on-leave' && row.marks.at(-1)?.source === 'leave';
    if (row !== undefined && isFromLeave) await tx.remove(attendances, keyOf(attendances, row));
  }
}
