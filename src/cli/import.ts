import path from 'node:path';
import { carryOut } from '../bot/importing/carry-out.ts';
import { confirmImport } from '../bot/importing/confirm.ts';
import { type ImporterParts, type Step, stepsOn } from '../bot/importing/importer.ts';
import { countReport, planImport } from '../bot/importing/plan.ts';
import { readImport } from '../bot/importing/read.ts';
import { rulesInForce } from '../bot/rules/in-force.ts';
import { loadBytes, type ReadOptions } from '../documents/workbook.ts';
import { cadres } from '../domain/cadre.ts';
import { type Import, imports, systemImporter } from '../domain/import.ts';
import { FaultyRows, UsageError } from '../exit-code.ts';
import { grantArchivists } from '../first-archivists.ts';
import { openStore } from '../open-store.ts';
import { loadPolicy } from '../policy/load.ts';
import type { Cause, Store } from '../store/store.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { describeImport } from '../texts/importing.ts';
import { type Door, readArgs } from './door.ts';
import { clockOf } from './jobs.ts';

/**
 * `import roster|ledger FILE.xlsx [--dry-run] [--by 工号]`: good rows go in, as an import that can be seen and undone in
 * chat; every faulty one is named with row, column, what was found and what is expected, and then the exit code is 65.
 * Cut short, it is ended by the next start of the bot.
 */
export const importFile: Door = async (args, { config, log, print }) => {
  const { positionals, values } = readArgs(args, { 'dry-run': { type: 'boolean' }, by: { type: 'string' } }, 2);
  const [what, file] = positionals;
  if ((what !== 'roster' && what !== 'ledger') || file === undefined) throw new UsageError(texts.importWhat);
  const onProgress = showProgress();
  const bytes = await loadBytes(file);
  const found = await readImport(bytes, what, { onProgress });
  const policies = loadPolicy(config.policyDirectory);
  const by = values.by ?? systemImporter;
  const dryRun = values['dry-run'] === true;
  const store = await openStore(config, log, dryRun);
  try {
    if (values.by !== undefined) await checkImporter(store, values.by);
    const clock = await clockOf(store);
    const at = clock.now();
    const planned = await store.read(async (view) =>
      planImport(view, found, {
        policies: await rulesInForce(policies)(view),
        by,
        at,
        mayAssignRoles: true,
        onProgress,
      }),
    );
    const isNew = planned.added + planned.updated > 0;
    if (!dryRun && isNew) {
      const cause = { actor: by, via: 'cli', what: `import ${what}`, ref: path.basename(file), at } as const;
      const draft = { subject: found.subject, fileName: path.basename(file), blob: await store.blobs.put(bytes) };
      const counts = countReport(planned);
      const row = await store.transaction(cause, (tx) =>
        confirmImport(tx, { ...draft, counts }, { by, messenger: config.messenger, assignsRoles: true }),
      );
      await carryIn({ store, policies, clock, log, wake: () => {} }, row, cause, onProgress);
    }
    for (const line of describeImport(planned, !dryRun)) print(line);
    if (dryRun) print(texts.dryRun);
    else await grantArchivists(store, config.admins, at);
    if (planned.faults.length > 0) throw new FaultyRows(texts.faultyRows(planned.faults.length));
  } finally {
    await store.close();
  }
};

/** Nobody else writes meanwhile: what was planned is what goes in. */
async function carryIn(
  parts: ImporterParts,
  row: Import,
  cause: Cause,
  onProgress: NonNullable<ReadOptions['onProgress']>,
): Promise<void> {
  const { store, clock } = parts;
  const take = stepsOn(store, row.id, () => ({ ...cause, at: clock.now() }));
  const step: Step = async (change) => {
    const result = await take(change);
    const { done, due } = (await store.read((view) => view.get(imports, row.id))) ?? row;
    onProgress(done, due);
    return result;
  };
  await carryOut(parts, row, step);
}

async function checkImporter(store: Store, staffNo: string): Promise<void> {
  const cadre = await store.read((view) => view.get(cadres, staffNo));
  if (cadre?.state !== 'active') throw new UsageError(texts.importer(staffNo));
}

/** Every thousandth row, on stderr, so that the report on stdout stays clean. */
function showProgress(): NonNullable<ReadOptions['onProgress']> {
  let shown = 0;
  return (done, total) => {
    if (done < shown) shown = 0;
    if (total < 2000 || done === shown || (done - shown < 1000 && done < total)) return;
    shown = done;
    process.stderr.write(`${texts.progress(done, total)}\n`);
  };
}
