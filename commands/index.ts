import type { Command } from '../src/bot/command.ts';
import { audit } from './audit.ts';
import { bind } from './bind.ts';
import { bulletin } from './bulletin.ts';
import { burden } from './burden.ts';
import { cancel } from './cancel.ts';
import { checkInCode } from './check-in-code.ts';
import { choose } from './choose.ts';
import { closeCourse } from './close-course.ts';
import { confirm } from './confirm.ts';
import { coursesCommand } from './courses.ts';
import { endOwnLeave } from './end-leave.ts';
import { enrolmentCommand } from './enrolment.ts';
import { exportFile } from './export-file.ts';
import { grasp } from './grasp.ts';
import { help } from './help.ts';
import { importFile } from './import-file.ts';
import { leave } from './leave.ts';
import { logForOthers } from './log-for-others.ts';
import { logHours } from './log-hours.ts';
import { makeUp } from './make-up.ts';
import { objection } from './objection.ts';
import { openCourseCommand } from './open-course.ts';
import { overdue } from './overdue.ts';
import { ownUnit } from './own-unit.ts';
import { plan } from './plan.ts';
import { progress } from './progress.ts';
import { records } from './records.ts';
import { reflection } from './reflection.ts';
import { reminders } from './reminders.ts';
import { review } from './review.ts';
import { revise } from './revise.ts';
import { roll } from './roll.ts';
import { roster } from './roster.ts';
import { rosterBatch } from './roster-batch.ts';
import { rules } from './rules.ts';
import { scores } from './scores.ts';
import { settleRoll } from './settle-roll.ts';
import { signIn, signOut } from './sign-in.ts';
import { statistics } from './statistics.ts';
import { todo } from './todo.ts';
import { undoImport } from './undo-import.ts';
import { urge } from './urge.ts';
import { withdraw } from './withdraw.ts';

/** Everything that people can say, in the order of the menu. */
export const commands: readonly Command[] = [
  logHours,
  progress,
  records,
  withdraw,
  reflection,
  coursesCommand,
  signIn,
  signOut,
  leave,
  endOwnLeave,
  makeUp,
  scores,
  plan,
  objection,
  todo,
  reminders,
  revise,
  confirm,
  cancel,
  grasp,
  choose,
  bind,
  help,
  ownUnit,
  review,
  logForOthers,
  openCourseCommand,
  enrolmentCommand,
  checkInCode,
  roll,
  settleRoll,
  closeCourse,
  overdue,
  urge,
  statistics,
  bulletin,
  roster,
  rosterBatch,
  rules,
  audit,
  burden,
  importFile,
  undoImport,
  exportFile,
];
