import type { Cadre } from '../domain/cadre.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { Standing } from '../domain/notice.ts';
import type { FiveYearProgress } from '../domain/progress.ts';
import type { Reflection } from '../domain/reflection.ts';
import { ownUnitTexts as texts } from '../texts/own-unit.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

/** What the head of a unit looks after. */
interface Unit {
  readonly people: readonly Standing<FiveYearProgress>[];
  readonly owed: readonly { readonly cadre: Cadre; readonly reflection: Reflection }[];
}

const widths = [10, 14, 18, 12, 12, 12, 10, 18, 10];
const columns = (names: readonly string[], day?: number): OutColumn[] =>
  names.map((name, i) => ({
    name,
    width: name === '培训名称' ? 36 : (widths[i] ?? 12),
    ...(i > 2 ? { align: 'center' as const } : {}),
    ...(i === day ? { day: true } : {}),
  }));

/** 本单位 as a workbook: everybody in the order of the roster, and the reflections that are still to be written. */
export function ownUnitWorkbook({ people, owed }: Unit, unit: string, asOf: Day, at: Instant): Promise<Uint8Array> {
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
    ],
    at,
  );
}
