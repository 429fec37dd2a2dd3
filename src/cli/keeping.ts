import path from 'node:path';
import { systemClock } from '../clock.ts';
import { collections } from '../collections.ts';
import type { DatabaseSettings } from '../config.ts';
import { dayOf, timeOf } from '../domain/day.ts';
import { NegativeAnswer, UsageError } from '../exit-code.ts';
import { openStore } from '../open-store.ts';
import { isEmpty, summarise } from '../store/compare.ts';
import { checkLedger, openBackup } from '../store/lowdb/check-backup.ts';
import { findAside, type Restored, restoreBackup } from '../store/lowdb/restore.ts';
import { StoreError } from '../store/store.ts';
import { verifyStore } from '../store/verify.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { postgresTexts, storeTexts } from '../texts/store.ts';
import { type Door, type DoorParts, readArgs } from './door.ts';
import { refuseServed } from './served.ts';

/** `backup [DIR]`: a complete copy, checked and with a manifest. Works while the bot runs. */
export const backup: Door = async (args, { config, log, print }) => {
  const { positionals } = readArgs(args, {}, 1);
  const now = systemClock.now();
  const stamp = `${dayOf(now)}-${timeOf(now).replace(':', '')}`;
  const directory = path.resolve(positionals[0] ?? path.join(config.dataDirectory, 'backups', stamp));
  const store = await openStore(config, log, true);
  try {
    const { records, head } = await store.backup(directory);
    print(texts.backedUp(directory, records, head.n, head.hash));
  } finally {
    await store.close();
  }
};

/**
 * `restore DIR`: puts a backup in place, whichever engine it was made on; what was there is kept under another name.
 * Nothing is changed before the backup has been checked whole.
 */
export const restore: Door = async (args, parts) => {
  const { positionals } = readArgs(args, {}, 1);
  if (positionals[0] === undefined) throw new UsageError(texts.restoreWhat);
  const from = path.resolve(positionals[0]);
  const { database, dataDirectory: directory } = parts.config;
  const { head, aside } = await (database === null
    ? restoreBackup({ from, directory, collections })
    : restoreDatabase(from, database, parts));
  parts.print(texts.restored(head.n, head.hash, aside));
};

async function restoreDatabase(
  from: string,
  database: DatabaseSettings,
  { config, log }: DoorParts,
): Promise<Pick<Restored, 'head' | 'aside'>> {
  // The driver is of no use to the commands on the embedded store.
  const { loadLedger } = await import('../store/postgres/load-ledger.ts');
  const copy = await openBackup({ from, collections });
  await checkLedger(copy, collections);
  const store = await openStore(config, log);
  try {
    await refuseServed(store);
    const isNew = isEmpty(await summarise(store, collections));
    const aside = isNew ? null : await findAside(config.dataDirectory);
    if (aside !== null) await store.backup(aside).catch(sayUnreadable);
    return { head: await loadLedger(copy, { ...database, collections, replace: true }), aside };
  } finally {
    await store.close();
  }
}

/** One broken record can put every row behind it in doubt. */
const mostShown = 100;

/** What is kept aside is read whole: where it cannot be, the way round is said. */
const sayUnreadable = (cause: unknown): never => {
  throw cause instanceof SyntaxError ? new StoreError('damaged', postgresTexts.noAside, { cause }) : cause;
};

/**
 * `verify [DIR]`: the whole ledger, its chain and its current state; or those of a backup, without a database. The answer
 * is no (1) with every place that is off.
 */
export const verify: Door = async (args, { config, print }) => {
  const { positionals } = readArgs(args, {}, 1);
  const [backedUp] = positionals;
  const notice = { warn: (fields: object, message: string) => print(storeTexts.notice(message, { ...fields })) };
  const store = await (backedUp === undefined
    ? openStore(config, notice, true)
    : openBackup({ from: path.resolve(backedUp), collections }));
  try {
    const report = await verifyStore(store, collections);
    const { problems } = report;
    for (const problem of problems.slice(0, mostShown)) print(storeTexts.problem(problem));
    if (problems.length > mostShown) print(storeTexts.moreProblems(problems.length - mostShown));
    if (problems.length > 0) {
      const sentence = backedUp === undefined ? storeTexts.notVerified : storeTexts.backupNotVerified;
      throw new NegativeAnswer(sentence(problems.length));
    }
    print(storeTexts.verified(report));
  } finally {
    await store.close();
  }
};
