import { z } from 'zod';
import { planYearIn, readPlanFile } from '../../documents/annual-plan.ts';
import { documentTexts } from '../../texts/documents.ts';
import { planTexts as texts } from '../../texts/plan.ts';
import type { Context } from '../context.ts';
import type { SaidLine } from './lines.ts';

const fileSchema = z.object({
  rows: z.array(z.object({ sheet: z.string(), row: z.number(), said: z.string(), faults: z.array(z.string()) })),
  year: z.number().nullable(),
});

/** Reads a plan before the transaction. @throws DocumentError */
export async function readPlanBytes(bytes: Uint8Array): Promise<z.output<typeof fileSchema>> {
  const { rows, year } = await readPlanFile(bytes);
  return { rows: rows.map((row) => ({ ...row, faults: row.faults.map(documentTexts.faultOf) })), year };
}

/** A plan that came as a workbook: for which year, what is to be minded about that, and its rows. */
export interface PlanFile {
  readonly name: string;
  readonly year: number;
  readonly notes: readonly string[];
  readonly lines: readonly SaidLine[];
}

/** The plan that came as a workbook, for the year that was said with it or that its name, a headline or a sheet says. */
export function readFile(
  { workbook }: Context,
  said: number | undefined,
  thisYear: number,
): PlanFile | { readonly fault: string } | null {
  if (workbook?.command !== '计划') return null;
  if (!workbook.ok) return { fault: workbook.fault };
  const { fileName: name, content } = workbook;
  const { rows, year: inside } = fileSchema.parse(content);
  if (rows.length === 0) return { fault: texts.fileEmpty(name) };
  const written = [planYearIn(name), inside].filter((year) => year !== null);
  const year = said ?? written[0] ?? thisYear;
  const other = written.find((one) => one !== year);
  const isAssumed = said === undefined && written.length === 0;
  return {
    name,
    year,
    notes: [
      ...(isAssumed ? [texts.yearAssumed(year)] : []),
      ...(other === undefined ? [] : [texts.yearDoubted(year, other)]),
    ],
    lines: rows.map(({ sheet, row, said: line, faults }) => ({
      said: line,
      sayFault: (what) => texts.fileFault(sheet, row, what),
      faults,
    })),
  };
}
