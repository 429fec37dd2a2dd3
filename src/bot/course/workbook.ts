import { z } from 'zod';
import type { RowFault } from '../../documents/table.ts';
import { readTimetableFile, timetableColumns } from '../../documents/timetable.ts';
import { mostSessions } from '../../domain/course.ts';
import type { Day } from '../../domain/day.ts';
import { buttons, card, link, note, type Reply, words } from '../../messenger/reply.ts';
import { documentTexts } from '../../texts/documents.ts';
import { openTexts } from '../../texts/open-course.ts';
import { timetableTexts as texts } from '../../texts/timetable.ts';
import { readClockSpan } from '../text/clock-times.ts';
import { plannedSessionSchema, writeTimetable } from '../text/course.ts';
import { normalise } from '../text/normalise.ts';

const rowSchema = plannedSessionSchema.extend({
  topic: plannedSessionSchema.shape.topic.nullable(),
  hours: z.number().int().min(0),
  halfDays: z.number().int().min(0),
});

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

/** The 课次 as lines of a timetable. */
export const linesOfRows = (rows: TimetableFile['rows']): string =>
  rows
    .map(({ topic, hours, halfDays, ...row }) =>
      [
        writeTimetable([{ ...row, ...(halfDays > 0 ? {} : { hours }), ...(topic === null ? {} : { topic }) }]),
        ...(halfDays > 0 ? [texts.halfDays(halfDays)] : []),
      ].join(' '),
    )
    .join('\n');

/** Why a file was not taken, by sheet, row and column where it is known; and what a timetable looks like. */
export function sayFileFaults(summary: string, faults: readonly string[]): Reply {
  return card(
    texts.fileTitle,
    'warn',
    summary,
    words(summary),
    faults.length === 0 ? null : words(faults.join('\n')),
    note(texts.fileHelp),
    buttons(link(openTexts.templateButton, '建班', { template: true })),
  );
}
