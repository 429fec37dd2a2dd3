import path from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { dayOf, isDay, timeOf } from '../domain/day.ts';
import { UsageError } from '../exit-code.ts';
import { jobs } from '../jobs/index.ts';
import { createRunner, type Runner } from '../jobs/runner.ts';
import { findPeople } from '../messenger/feishu/directory.ts';
import { openFeishuApi } from '../messenger/feishu/open-api.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { createSimulatedClock } from '../messenger/simulator/clock.ts';
import { isSample, openStore } from '../open-store.ts';
import { loadPolicy } from '../policy/load.ts';
import type { Store } from '../store/store.ts';
import { cliTexts as texts } from '../texts/cli.ts';
import { type Door, type DoorParts, readArgs } from './door.ts';

const showInstant = (instant: string): string => `${dayOf(instant)} ${timeOf(instant)}`;

/** `jobs`: names with schedule, last and next run. */
export const listJobs: Door = async (args, parts) => {
  readArgs(args, {}, 0);
  await withRunner(parts, true, async (runner) => {
    for (const { name, schedule, last, next } of await runner.list()) {
      const before = last === null || last.state === 'since' ? texts.never : showInstant(last.slot);
      parts.print(texts.jobLine(name, schedule, before, next === null ? texts.never : showInstant(next)));
    }
  });
};

/** `job NAME [--as-of D] [--dry-run]`: one job now; dry, it shows what would go out and leaves no trace. */
export const runJob: Door = async (args, parts) => {
  const { positionals, values } = readArgs(args, { 'as-of': { type: 'string' }, 'dry-run': { type: 'boolean' } }, 1);
  const [name] = positionals;
  const asOf = values['as-of'];
  const dryRun = values['dry-run'] === true;
  if (name === undefined) throw new UsageError(texts.jobWhat);
  if (asOf !== undefined && !isDay(asOf)) throw new UsageError(texts.badDay(asOf));
  await withRunner(parts, dryRun, async (runner) => {
    const report = await runner.run(name, { dryRun, ...(asOf === undefined ? {} : { asOf }) });
    parts.print(texts.jobHead(report.job, report.asOf, report.summary));
    for (const { to, purpose, text } of report.sent) {
      parts.print(texts.wouldSend(to, purpose));
      parts.print(text.replaceAll(/^/gm, '  '));
    }
    if (dryRun) parts.print(texts.dryRun);
  });
};

async function withRunner(
  { config, log }: DoorParts,
  readOnly: boolean,
  work: (runner: Runner) => Promise<void>,
): Promise<void> {
  const store = await openStore(config, log, readOnly);
  try {
    const runner = createRunner({
      store,
      jobs,
      clock: await clockOf(store),
      policies: loadPolicy(config.policyDirectory),
      log,
      wake: () => {},
      messenger: config.messenger,
      ...lookUpOf({ config, log }),
      backupDirectory: path.join(config.dataDirectory, 'backups'),
    });
    await work(runner);
  } finally {
    await store.close();
  }
}

/** Looking people up without a bot that runs: the platform is asked for nothing else. */
function lookUpOf({ config: { feishu }, log }: Pick<DoorParts, 'config' | 'log'>): Pick<Messenger, 'findPeople'> {
  if (feishu === null) return {};
  return {
    findPeople: async (contacts) => {
      const { api } = await openFeishuApi({ settings: feishu, clock: systemClock, log });
      return findPeople(api, contacts);
    },
  };
}

/** The sample college lives in the simulator's time. */
export const clockOf = async (store: Store): Promise<Clock> =>
  (await isSample(store)) ? createSimulatedClock({ store, system: systemClock }) : systemClock;
