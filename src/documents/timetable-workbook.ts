import type { Instant } from '../domain/day.ts';
import { contents } from '../domain/hours.ts';
import { contentNames } from '../texts/glossary.ts';
import { timetableTexts as texts } from '../texts/timetable.ts';
import { timetableColumns } from './timetable.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

const widths: Readonly<Record<keyof typeof timetableColumns, number>> = {
  no: 8,
  day: 14,
  time: 16,
  content: 14,
  topic: 40,
  speaker: 14,
  place: 20,
  hours: 8,
};

/** An empty 课程表 to be filled in and sent back. */
export const timetableTemplate = (at: Instant): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: texts.sheet,
        title: texts.sheetTitle,
        columns: (Object.keys(timetableColumns) as (keyof typeof timetableColumns)[]).map(
          (key): OutColumn => ({
            name: timetableColumns[key].names[0],
            width: widths[key],
            ...(key === 'content' ? { choices: contents.map((content) => contentNames[content]) } : {}),
          }),
        ),
        rows: Array.from({ length: blankRows }, (_, i) => [i + 1, null, null, null, null, null, null, null]),
      },
    ],
    at,
  );

const blankRows = 10;
