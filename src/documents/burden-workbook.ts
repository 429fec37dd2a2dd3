import type { BurdenReport } from '../domain/burden.ts';
import type { Cadre } from '../domain/cadre.ts';
import type { Day, Instant, Month } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import { burdenTexts } from '../texts/burden.ts';
import { burdenWorkbookTexts as texts } from '../texts/burden-workbook.ts';
import { type OutSheet, writeWorkbook } from './write-workbook.ts';

export interface BurdenFile {
  readonly month: Month;
  readonly asOf: Day;
  readonly report: BurdenReport;
  readonly failed: number;
  readonly unknown: number;
  readonly named: ReadonlyMap<string, Pick<Cadre, 'name' | 'unit'>>;
  readonly policy: Policy;
}

/** 减负自查 as a workbook for whoever inspects: numbers of people, names only of breaches, if there are any. */
export function burdenWorkbook(file: BurdenFile, at: Instant): Promise<Uint8Array> {
  const { month, asOf, report, failed, unknown, named, policy } = file;
  const sheet = (part: keyof typeof texts.sheets, rows: OutSheet['rows']): OutSheet => ({
    name: texts.sheets[part],
    title: texts.title(month, texts.sheets[part], asOf),
    columns: texts.columns[part].map((name, i) => ({ name, width: i === 0 || part === 'never' ? 44 : 26 })),
    rows,
  });
  const breaches = report.breaches.map(({ staffNo, day, what }) => {
    const cadre = named.get(staffNo);
    return [cadre?.name ?? staffNo, cadre?.unit ?? null, day, burdenTexts.breachNames[what]];
  });
  return writeWorkbook(
    [
      sheet('rules', burdenTexts.rows(report, policy)),
      sheet(
        'people',
        report.byCount.map((people, count) => [burdenTexts.chartCategory(count), people]),
      ),
      sheet('sent', burdenTexts.sentRows(report, failed, unknown)),
      ...(breaches.length === 0 ? [] : [sheet('breaches', breaches)]),
      sheet('never', burdenTexts.neverList),
    ],
    at,
  );
}
