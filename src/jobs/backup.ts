import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { claims } from '../bot/claims.ts';
import { checkInSecrets } from '../bot/course/check-in-code.ts';
import { dialogs } from '../bot/dialogs.ts';
import { type Collection, keyOf } from '../domain/collection.ts';
import { addDays, addMs, type Day, dayOf, type Instant, isDay } from '../domain/day.ts';
import { forgetAnswers } from '../messenger/outbox.ts';
import type { Store, Transaction } from '../store/store.ts';
import { jobTexts as texts } from '../texts/jobs.ts';
import type { LongJob } from './job.ts';
import { everyDay } from './schedule.ts';

const keptBackups = 14;
/** The platforms deliver again for 8 hours at most. */
const rememberedMs = 9 * 3_600_000;
const batch = 500;

/**
 * Every night: forgets deliveries, answers, codes of past days and blobs that nothing asks for any more, compacts the store, and copies it
 * into a folder named after the day; the last 14 are kept.
 */
export const backup: LongJob = {
  name: 'backup',
  type: 'long',
  schedule: { time: '02:17', on: everyDay, words: texts.everyDay('02:17'), catchUp: 1 },
  preview: ({ asOf, backupDirectory }) => texts.backup.preview(join(backupDirectory, asOf)),
  run: async ({ store, now, asOf, backupDirectory }) => {
    const forgotten = await forgetOld(store, now);
    await store.sweepBlobs();
    await store.snapshot();
    const { records } = await copyInto(store, backupDirectory, asOf);
    for (const day of backupsToDrop(await readdir(backupDirectory))) {
      await rm(join(backupDirectory, day), { recursive: true, force: true });
    }
    return texts.backup.done(join(backupDirectory, asOf), records, forgotten);
  },
};

/** The folders of days beyond the kept ones, oldest first. */
export const backupsToDrop = (names: readonly string[]): Day[] => names.filter(isDay).sort().slice(0, -keptBackups);

/** A copy gets its name when it is complete, so that a crash leaves nothing that looks like a backup. */
async function copyInto(store: Store, directory: string, day: Day): Promise<{ records: number }> {
  const target = join(directory, day);
  const partial = `${target}.partial`;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) {
    if (name.endsWith('.partial')) await rm(join(directory, name), { recursive: true, force: true });
  }
  const copy = await store.backup(partial);
  await rm(target, { recursive: true, force: true });
  await rename(partial, target);
  return copy;
}

async function forgetOld(store: Store, now: Instant): Promise<number> {
  const before = addMs(now, -rememberedMs);
  let forgotten = 0;
  for (;;) {
    const count = await store.transaction(
      { actor: 'system', via: 'job', what: 'backup', ref: 'forget', at: now },
      async (tx) =>
        (await forgetRows(tx, claims, 'byTime', before)) +
        (await forgetRows(tx, dialogs, 'byExpiry', before)) +
        (await forgetRows(tx, checkInSecrets, 'byDay', addDays(dayOf(now), -1))) +
        (await forgetAnswers(tx, before, batch)),
    );
    if (count === 0) return forgotten;
    forgotten += count;
  }
}

async function forgetRows<T extends object>(
  tx: Transaction,
  collection: Collection<T>,
  index: string,
  before: string,
): Promise<number> {
  const { rows } = await tx.find(collection, { index, to: before, limit: batch });
  for (const row of rows) await tx.remove(collection, keyOf(collection, row));
  return rows.length;
}
