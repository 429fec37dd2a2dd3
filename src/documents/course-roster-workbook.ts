import type { Cadre } from '../domain/cadre.ts';
import type { Course } from '../domain/course.ts';
import type { Instant } from '../domain/day.ts';
import { courseName } from '../texts/course.ts';
import { enrolmentTexts as texts } from '../texts/enrolment.ts';
import { gradeNames } from '../texts/glossary.ts';
import { writeWorkbook } from './write-workbook.ts';

const widths = [8, 12, 14, 22, 18, 12, 16];

/** 参训名单 as a workbook, in the order of the roster. */
export const courseRosterWorkbook = (
  course: Pick<Course, 'id' | 'title'>,
  rows: readonly { readonly cadre: Cadre; readonly remark: string }[],
  at: Instant,
): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: texts.sheet,
        title: `${courseName(course)}${texts.sheet}`,
        columns: texts.columns.map((name, i) => ({ name, width: widths[i] ?? 12 })),
        rows: rows.map(({ cadre, remark }, i) => [
          i + 1,
          cadre.staffNo,
          cadre.name,
          cadre.unit,
          cadre.position,
          gradeNames[cadre.grade],
          remark,
        ]),
      },
    ],
    at,
  );
