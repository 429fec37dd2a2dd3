import { backup } from './backup.ts';
import { bulletinEve } from './bulletin-eve.ts';
import { courseEve } from './course-eve.ts';
import { digest } from './digest.ts';
import type { Job } from './job.ts';
import { makeUpDeadlines } from './make-up-deadlines.ts';
import { matchAccounts } from './match-accounts.ts';
import { monthlyBulletin } from './monthly-bulletin.ts';
import { pendingApprovals } from './pending-approvals.ts';
import { quotaPace } from './quota-pace.ts';
import { reflectionDeadlines } from './reflection-deadlines.ts';
import { settleAttendance } from './settle-attendance.ts';
import { unreachedPeople } from './unreached.ts';

/** What happens by itself, in the order of the day. */
export const jobs: readonly Job[] = [
  backup,
  settleAttendance,
  reflectionDeadlines,
  makeUpDeadlines,
  quotaPace,
  courseEve,
  pendingApprovals,
  matchAccounts,
  bulletinEve,
  unreachedPeople,
  digest,
  monthlyBulletin,
];
