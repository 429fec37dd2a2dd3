import path from 'node:path';
import { importLedger, planLedgerImport } from '../bot/importing/ledger.ts';
import type { ImportReport } from '../bot/importing/report.ts';
import { applyRosterImport, planRosterImport } from '../bot/importing/roster.ts';
import { rulesInForce } from '../bot/rules/in-force.ts';
import type { Config } from '../config.ts';
import { readLedger } from '../documents/ledger.ts';
import { readRoster } from '../documents/roster.ts';
import type { ReadOptions } from '../documents/workbook.ts';
import { cadres } from '../domain/cadre.ts';
import type { Instant } from '../domain/day.ts';
import { FaultyRows, UsageError } from '../exit-code.ts';
import { grantArchivists } from '../first-archivists.ts';
import { openStore } from '../open-store.ts';
import { loadPolicy } from '../policy/load.ts';
import { systemImporter } from '../sample-college.ts';
import type { Reader, Store, Transaction } from '../store/store.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { describeImport } from '../texts/importing.ts';
import { type Door, readArgs } from './door.ts';
import { clockOf } from './jobs.ts';

/** A file that has been read: what it would change, and how it is changed. */
interface Import {
  readonly plan: (view: Reader, at: Instant) => Promise<ImportReport>;
  readonly apply: (tx: Transaction, at: Instant) => Promise<ImportReport>;
}

/**
 * `import roster|ledger FILE.xlsx [--dry-run] [--by 工号]`: good rows go in, all in one transaction; every faulty one is
 * named with row, column, what was found and what is expected, and then the exit code is 65.
 */
export const importFile: Door = async (args, { config, log, print }) => {
  const { positionals, values } = readArgs(args, { 'dry-run': { type: 'boolean' }, by: { type: 'string' } }, 2);
  const [what, file] = positionals;
  if ((what !== 'roster' && what !== 'ledger') || file === undefined) throw new UsageError(texts.importWhat);
  const by = values.by ?? systemImporter;
  const reading = await readers[what](file, { config, by, onProgress: showProgress() });
  const dryRun = values['dry-run'] === true;
  const store = await openStore(config, log, dryRun);
  try {
    if (values.by !== undefined) await checkImporter(store, values.by);
    const at = (await clockOf(store)).now();
    const cause = { actor: by, via: 'cli', what: `import ${what}`, ref: path.basename(file), at } as const;
    const report = await (dryRun
      ? store.read((view) => reading.plan(view, at))
      : store.transaction(cause, (tx) => reading.apply(tx, at)));
    for (const line of describeImport(report, !dryRun)) print(line);
    if (dryRun) print(texts.dryRun);
    else await grantArchivists(store, config.admins, at);
    if (report.faults.length > 0) throw new FaultyRows(texts.faultyRows(report.faults.length));
  } finally {
    await store.close();
  }
};

interface Importing extends ReadOptions {
  readonly config: Config;
  readonly by: string;
}

const readers: Record<'roster' | 'ledger', (file: string, importing: Importing) => Promise<Import>> = {
  roster: async (file, { onProgress }) => {
    const reading = await readRoster(file, onProgress === undefined ? {} : { onProgress });
    const plan = (view: Reader) => planRosterImport(view, reading, { mayAssignRoles: true });
    return {
      plan: async (view) => (await plan(view)).report,
      apply: async (tx) => applyRosterImport(tx, await plan(tx)),
    };
  },
  ledger: async (file, { config, by, onProgress }) => {
    const progress = onProgress === undefined ? {} : { onProgress };
    const reading = await readLedger(file, progress);
    const rules = rulesInForce(loadPolicy(config.policyDirectory));
    const optionsFor = async (view: Reader, at: string) => ({ policies: await rules(view), by, at, ...progress });
    return {
      plan: async (view, at) => (await planLedgerImport(view, reading, await optionsFor(view, at))).report,
      apply: async (tx, at) => importLedger(tx, reading, await optionsFor(tx, at)),
    };
  },
};

async function checkImporter(store: Store, staffNo: string): Promise<void> {
  const cadre = await store.read((view) => view.get(cadres, staffNo));
  if (cadre?.state !== 'active') throw new UsageError(texts.importer(staffNo));
}

/** Every thousandth row, on stderr, so that the report on stdout stays clean. */
function showProgress(): NonNullable<ReadOptions['onProgress']> {
  let shown = 0;
  return (done, total) => {
    if (done < shown) shown = 0;
    if (total < 2000 || (done - shown < 1000 && done < total)) return;
    shown = done;
    process.stderr.write(`${texts.progress(done, total)}\n`);
  };
}
