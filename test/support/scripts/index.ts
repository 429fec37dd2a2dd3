import { rightsScripts, type Script } from '../gallery.ts';
import { attendanceScripts } from './attendance.ts';
import { cadreScripts, lastScripts } from './cadre.ts';
import { courseScripts } from './courses.ts';
import { deskScripts } from './desk.ts';
import { happeningScripts } from './happenings.ts';
import { importScripts } from './importing.ts';
import { leaveScripts } from './leave.ts';
import { monthScripts } from './month.ts';
import { planScripts } from './plan.ts';
import { rosterScripts } from './roster.ts';
import { rulesScripts } from './rules.ts';

/** Every command by everybody, in the order in which a college would come to it. */
export const scripts: readonly Script[] = [
  ...cadreScripts,
  ...leaveScripts,
  ...deskScripts,
  ...courseScripts,
  ...attendanceScripts,
  ...rulesScripts,
  ...rosterScripts,
  ...happeningScripts,
  ...importScripts,
  ...planScripts,
  ...rightsScripts,
  ...monthScripts,
  ...lastScripts,
];
