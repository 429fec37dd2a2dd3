import path from 'node:path';
import { systemClock } from '../clock.ts';
import { collections } from '../collections.ts';
import { dayOf, timeOf } from '../domain/day.ts';
import { NegativeAnswer, UsageError } from '../exit-code.ts';
import { openStore } from '../open-store.ts';
import { restoreBackup } from '../store/lowdb/restore.ts';
import { verifyStore } from '../store/verify.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { storeTexts } from '../texts/store.ts';
import { type Door, readArgs } from './door.ts';

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

/** `restore DIR`: puts a backup in place; what was there is kept under another name. */
export const restore: Door = async (args, { config, print }) => {
  const { positionals } = readArgs(args, {}, 1);
  const [from] = positionals;
  if (from === undefined) throw new UsageError(texts.restoreWhat);
  const { head, aside } = await restoreBackup({
    from: path.resolve(from),
    directory: config.dataDirectory,
    collections,
  });
  print(texts.restored(head.n, head.hash, aside));
};

/** `verify`: the whole ledger, its chain and its current state; the answer is no (1) with every place that is off. */
export const verify: Door = async (args, { config, print }) => {
  readArgs(args, {}, 0);
  const notice = { warn: (fields: object, message: string) => print(storeTexts.notice(message, { ...fields })) };
  const store = await openStore(config, notice, true);
  try {
    const report = await verifyStore(store, collections);
    for (const problem of report.problems) print(storeTexts.problem(problem));
    if (report.problems.length > 0) throw new NegativeAnswer(storeTexts.notVerified(report.problems.length));
    print(storeTexts.verified(report));
  } finally {
    await store.close();
  }
};
