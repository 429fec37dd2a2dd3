import { DocumentError } from '../../documents/document-error.ts';
import type { RowFault } from '../../documents/table.ts';
import { cadres } from '../../domain/cadre.ts';
import { type Import, type ImportCounts, imports, rosterChanges } from '../../domain/import.ts';
import { botTexts } from '../../texts/bot.ts';
import { rulesInForce } from '../rules/in-force.ts';
import { tellOutcome } from './cards.ts';
import type { ImporterParts, Step } from './importer.ts';
import { planLedgerImport, writeLines } from './ledger.ts';
import { countReport, createPause, lookingAgain, type PlanOptions } from './plan.ts';
import { readImport } from './read.ts';
import type { ImportReport } from './report.ts';
import { planRosterImport } from './roster.ts';

/** Rows that go in with one transaction: few enough for others not to notice. */
const rowsAtOnce = 150;

type Written = Pick<ImportCounts, 'added' | 'updated' | 'waiting'>;

/**
 * Writes the rows of a confirmed import. The file is read and planned once more, so that what has changed since the
 * preview counts, and each transaction looks at its rows again. What an earlier run has written stands there by now and
 * is counted as written.
 */
export async function carryOut({ store, policies, clock }: ImporterParts, row: Import, step: Step): Promise<void> {
  const bytes = await store.blobs.get(row.blob);
  if (bytes === undefined) throw new DocumentError(botTexts.fileGone(row.fileName));
  const found = await readImport(bytes, row.subject);
  const options: PlanOptions = {
    policies: await store.read(rulesInForce(policies)),
    by: row.by,
    at: row.confirmedAt,
    mayAssignRoles: row.assignsRoles,
  };
  const loosely = { ...options, pause: createPause() };
  const view = lookingAgain(store);
  const late: RowFault[] = [];
  const isOnce = { faults: [], skippedSheets: [] };
  const before = row.counts.added + row.counts.updated;

  const advance = (rows: number, due: number, write: (tx: Parameters<Parameters<Step>[0]>[0]) => Promise<Written>) =>
    step(async (tx, current) => {
      const { added, updated, waiting } = await write(tx);
      const counts = {
        ...current.counts,
        added: current.counts.added + added,
        updated: current.counts.updated + updated,
        waiting: current.counts.waiting + waiting,
      };
      await tx.put(imports, { ...current, state: 'running', counts, done: current.done + rows, due });
    });

  let report: ImportReport;
  if (found.subject === 'ledger') {
    const plan = await planLedgerImport(view, found.reading, loosely);
    report = plan.report;
    const due = row.done + plan.lines.length;
    for (let start = 0; start < plan.lines.length; start += rowsAtOnce) {
      const rows = plan.lines.slice(start, start + rowsAtOnce).map((line) => line.row);
      await advance(rows.length, due, async (tx) => {
        const now = await planLedgerImport(tx, { ...found.reading, ...isOnce, rows }, options);
        await writeLines(tx, now, row.importId, options);
        late.push(...now.report.faults);
        return now.report;
      });
    }
  } else {
    const plan = await planRosterImport(view, found.reading, loosely);
    report = plan.report;
    const due = row.done + plan.rows.length;
    for (let start = 0; start < plan.rows.length; start += rowsAtOnce) {
      const rows = plan.rows.slice(start, start + rowsAtOnce);
      await advance(rows.length, due, async (tx) => {
        const now = await planRosterImport(tx, { ...found.reading, ...isOnce, rows }, options);
        for (const person of now.people) {
          const known = (await tx.get(cadres, person.staffNo)) ?? null;
          const after = { ...person, updatedAt: clock.now() };
          await tx.put(cadres, after);
          // Whoever an earlier run wrote and somebody has changed since keeps the first image.
          if ((await tx.get(rosterChanges, `${row.id}:${person.staffNo}`)) === undefined) {
            await tx.put(rosterChanges, { id: row.id, staffNo: person.staffNo, before: known, after });
          }
        }
        late.push(...now.report.faults);
        return now.report;
      });
    }
  }
  const whole = countReport({ ...report, faults: [...report.faults, ...late] });
  await step(async (tx, current) => {
    const { added, updated, waiting } = current.counts;
    // What an earlier run wrote was found standing there.
    const counts = { ...whole, added, updated, waiting, same: Math.max(0, whole.same - before) };
    const done: Import = { ...current, state: 'done', counts, due: current.done, finishedAt: tx.cause.at };
    await tx.put(imports, done);
    await tellOutcome(tx, done);
  });
}
