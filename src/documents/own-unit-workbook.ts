import type { Cadre } from '../domain/cadre.ts';
import type { Course } from '../domain/course.ts';
import type { Day, Instant } from '../domain/day.ts';
import { examNo, isOwing, type MakeUp } from '../domain/make-up.ts';
import type { Standing } from '../domain/notice.ts';
import type { FiveYearProgress } from '../domain/progress.ts';
import type { Reflection } from '../domain/reflection.ts';
import { makeUpTexts } from '../texts/make-up.ts';
import { ownUnitTexts as texts } from '../texts/own-unit.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

/** What the head of a unit looks after. */
interface Unit {
  readonly people: readonly Standing<FiveYearProgress>[];
  readonly owed: readonly { readonly cadre: Cadre; readonly reflection: Reflection }[];
  readonly makeUps: readonly {
    readonly cadre: Cadre;
    readonly makeUp: MakeUp;
    readonly course: Pick<Course, 'title'>;
  }[];
}

const widths = [10, 14, 18, 12, 12, 12, 10, 18, 10];
const columns = (names: readonly string[], day?: number): OutColumn[] =>
  names.map((name, i) => ({
    name,
    width: name === '培训名称' ? 36 : (widths[i] ?? 12),
    ...(i > 2 ? { align: 'center' as const } : {}),
    ...(i === day ? { day: true } : {}),
  }));

/** 本单位 as a workbook: everybody in the order of the roster, the reflections that are still to be written, and what is to be made up. */
export function ownUnitWorkbook(
  { people, owed, makeUps }: Unit,
  unit: string,
  asOf: Day,
  at: Instant,
): Promise<Uint8Array> {
  const title = texts.sheetTitle(unit, asOf);
  const { sheets, sheetColumns, yes } = texts;
  return writeWorkbook(
    [
      {
        name: sheets.people,
        title,
        columns: columns(sheetColumns.people),
        rows: people.map(({ cadre, progress }) => [
          cadre.staffNo,
          cadre.name,
          cadre.position,
          progress.year.earned / 100,
          progress.earned / 100,
          progress.counted ? Math.max(0, progress.behindBy) / 100 : null,
          progress.lagging ? yes : null,
          progress.professional.count,
          owed.filter((one) => one.cadre.staffNo === cadre.staffNo).length,
        ]),
      },
      {
        name: sheets.reflections,
        title,
        columns: columns(sheetColumns.reflections, 4),
        rows: owed.map(({ cadre, reflection }) => [
          cadre.staffNo,
          cadre.name,
          reflection.entryId,
          reflection.title,
          reflection.dueOn,
          reflection.dueOn < asOf ? yes : null,
        ]),
      },
      {
        name: sheets.makeUps,
        title,
        columns: columns(sheetColumns.makeUps, 5),
        rows: makeUps.map(({ cadre, makeUp, course }) => [
          cadre.staffNo,
          cadre.name,
          makeUp.courseId,
          course.title,
          makeUp.no === examNo ? texts.exam : makeUp.no,
          makeUp.dueOn,
          makeUpTexts.state(makeUp),
          isOwing(makeUp) && makeUp.dueOn < asOf ? yes : null,
        ]),
      },
    ],
    at,
  );
}
