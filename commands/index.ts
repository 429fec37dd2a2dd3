import type { Command } from '../src/bot/command.ts';
import { bind } from './bind.ts';
import { bulletin } from './bulletin.ts';
import { cancel } from './cancel.ts';
import { confirm } from './confirm.ts';
import { exportFile } from './export-file.ts';
import { help } from './help.ts';
import { importFile } from './import-file.ts';
import { logHours } from './log-hours.ts';
import { overdue } from './overdue.ts';
import { progress } from './progress.ts';
import { records } from './records.ts';
import { reflection } from './reflection.ts';
import { review } from './review.ts';
import { revise } from './revise.ts';
import { roster } from './roster.ts';
import { todo } from './todo.ts';
import { undoImport } from './undo-import.ts';
import { withdraw } from './withdraw.ts';

/** Everything that people can say, in the order of the menu. */
export const commands: readonly Command[] = [
  logHours,
  progress,
  records,
  withdraw,
  reflection,
  todo,
  revise,
  confirm,
  cancel,
  bind,
  help,
  review,
  overdue,
  bulletin,
  roster,
  importFile,
  undoImport,
  exportFile,
];
