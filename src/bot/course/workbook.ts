import { z } from 'zod';
import type { RowFault } from '../../documents/table.ts';
import { readTimetableFile, timetableColumns } from '../../documents/timetable.ts';
import { mostSessions } from '../../domain/course.ts';
import type { Day } from '../../domain/day.ts';
import { card, type Reply, words } from '../../messenger/reply.ts';
import { documentTexts } from '../../texts/documents.ts';
import { timetableTexts as texts } from '../../texts/timetable.ts';
import { readClockSpan } from '../text/clock-times.ts';
import { plannedSessionSchema } from '../text/course.ts';
import { normalise } from '../text/normalise.ts';

const rowSchema = plannedSessionSchema.extend({ topic: plannedSessionSchema.shape.topic.nullable() });

/** What a workbook with a timetable holds: its 课次, or what is wrong in which row and column. */
export const timetableFileSchema = z.object({
  rows: z.array(rowSchema),
  faults: z.array(z.string()),
});
export type TimetableFile = z.output<typeof timetableFileSchema>;

/** Reads a timetable before the transaction. @throws DocumentError */
export async function readTimetableBytes(bytes: Uint8Array, today: Day): Promise<TimetableFile> {
  const { rows, faults } = await readTimetableFile(bytes, today, (said) => readClockSpan(normalise(said)).span);
  const rowOf = ({ sheet, row }: RowFault): string => `${sheet}\n${row}`;
  const inRow = (fault: RowFault) => faults.filter((other) => rowOf(other) === rowOf(fault));
  // A row of the template with nothing but its number is all gaps.
  const told = faults.filter((fault) => !isBlankRow(inRow(fault)));
  return {
    rows: rows.slice(0, mostSessions + 1),
    faults: told.map((fault) => texts.rowFault(fault.sheet, fault.row, documentTexts.faultOf(fault))),
  };
}

const isBlankRow = (faults: readonly RowFault[]): boolean =>
  faults.length >= requiredCells && faults.every(({ found }) => found === '');

const requiredCells = Object.values(timetableColumns).filter(({ required }) => required).length;

/** Every faulty row by sheet, row and column. */
export function sayFileFaults(fileName: string, faults: readonly string[]): Reply {
  const summary = texts.fileFaults(fileName, faults.length);
  return card(texts.fileTitle, 'warn', summary, words(summary), words(faults.join('\n')));
}
