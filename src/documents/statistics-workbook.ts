import { dayOf, type Instant } from '../domain/day.ts';
import { percentOf } from '../domain/percent.ts';
import type { Dimension, Statistics } from '../domain/statistics.ts';
import { statisticsTexts as texts } from '../texts/statistics.ts';
import { type OutSheet, writeWorkbook } from './write-workbook.ts';

/** 统计 as a workbook: a sheet for each dimension, with the whole below. */
export function statisticsWorkbook(
  sheets: readonly { readonly by: Dimension; readonly statistics: Statistics }[],
  who: string,
  at: Instant,
): Promise<Uint8Array> {
  return writeWorkbook(
    sheets.map(({ by, statistics: { period, all, groups } }): OutSheet => {
      const average = ({ hours, people }: { hours: number; people: number }) =>
        people === 0 ? null : Math.round(hours / people) / 100;
      return {
        name: texts.dimensions[by],
        title: texts.sheetTitle(who, texts.period(period, dayOf(at)), by),
        columns: [
          { name: texts.dimensions[by], width: 26 },
          { name: '应训人数', width: 10, align: 'center' },
          { name: '参训人数', width: 10, align: 'center' },
          { name: '参训人次', width: 10, align: 'center' },
          { name: '学时', width: 12, align: 'center' },
          { name: '人均学时', width: 10, align: 'center' },
          { name: '学时占比（%）', width: 14, align: 'center' },
        ],
        rows: [...groups, { ...all, group: null }].map((one) => [
          one.group === null ? texts.total : texts.group(by, one.group),
          one.people,
          one.participants,
          one.attendances,
          one.hours / 100,
          average(one),
          percentOf(one.hours, all.hours),
        ]),
      };
    }),
    at,
  );
}
