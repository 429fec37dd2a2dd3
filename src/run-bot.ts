import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import path from 'node:path';
import { schedule } from 'node-cron';
import { commands } from '../commands/index.ts';
import { createAttachmentReader } from './bot/attachments.ts';
import { createDispatcher } from './bot/dispatch.ts';
import { createImporter } from './bot/importing/importer.ts';
import { createWorkbookReader } from './bot/importing/preview.ts';
import { addressOf } from './bot/people.ts';
import { createDocumentRenderer } from './bot/rendering.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { PolicyBook } from './domain/policy.ts';
import { alone, type Duty, takeTurns } from './duty.ts';
import { grantArchivists } from './first-archivists.ts';
import { jobs } from './jobs/index.ts';
import { createRunner, type Runner } from './jobs/runner.ts';
import type { createLog } from './log.ts';
import { LookUpError, type Messenger } from './messenger/messenger.ts';
import { createPump } from './messenger/pump.ts';
import { withDocuments } from './messenger/rendering.ts';
import type { Metrics } from './metrics.ts';
import type { Store } from './store/store.ts';
import { configTexts } from './texts/config.ts';

export interface BotParts {
  readonly config: Config;
  readonly log: ReturnType<typeof createLog>;
  readonly metrics: Metrics;
  readonly policies: PolicyBook;
  /** Open; `stop` closes it. */
  readonly store: Store;
  readonly clock: Clock;
  readonly messenger: Messenger;
  /** Where browsers reach the bot. */
  readonly publicUrl: () => string | null;
}

/** A bot at work on one store and one messenger, without its web server. */
export interface Bot {
  readonly runner: Runner;
  /** Runs what is due and sends what is queued, as soon as this process is on duty. */
  settle(): Promise<void>;
  /** Why it is not ready, in sentences. */
  unready(): readonly string[];
  /** Finishes what is on its way, then closes the store. */
  stop(): Promise<void>;
}

/** How long a message of another process waits at most until this one, on duty, looks for it. */
const sharedIdleMs = 200;

/** Puts queue, importer, jobs and dispatcher around a store and a messenger, and starts to listen. */
export async function runBot({
  config,
  log,
  metrics,
  policies,
  store,
  clock,
  messenger,
  publicUrl,
}: BotParts): Promise<Bot> {
  const strangers = await grantArchivists(store, config.admins, clock.now());
  if (strangers.length > 0) log.warn({ staffNos: strangers }, configTexts.adminsUnknown(strangers));

  // On the embedded store there is nobody else, and what was on its way before is taken up at once.
  const isShared = config.database !== null;
  const owner = isShared ? `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}` : 'bot';
  let duty: Duty = alone;
  const isOnDuty = (): boolean => duty.isOurs();

  const render = createDocumentRenderer({ store, policies, clock });
  const messengers = new Map([[messenger.name, withDocuments(messenger, render)]]);
  const rest = isShared ? { longestIdleMs: sharedIdleMs } : {};
  const pump = createPump({ store, messengers, clock, addressOf, log, owner, isOnDuty, ...rest });
  const wake = (): void => pump.wake();
  const importer = createImporter({ store, policies, clock, log, wake, isOnDuty });
  const runner = createRunner({
    store,
    jobs,
    clock,
    policies,
    log,
    wake,
    messenger: messenger.name,
    ...(messenger.findPeople === undefined ? {} : { findPeople: messenger.findPeople.bind(messenger) }),
    backupDirectory: path.join(config.dataDirectory, 'backups'),
  });
  const handler = createDispatcher({
    store,
    commands,
    policies,
    clock,
    log,
    readAttachment: createAttachmentReader(store.blobs),
    readWorkbook: createWorkbookReader({ store, policies, clock }),
    publicUrl,
    wake: () => {
      wake();
      importer.wake();
    },
    count: (handled) => metrics.handled(handled),
  });
  if (isShared) {
    const onBeat = (isNew: boolean): void => {
      if (isNew) wake();
      importer.wake();
    };
    duty = await takeTurns({ store, clock: systemClock, owner, onBeat, log });
  }
  await messenger.start(metrics.watch(handler));
  const tick = (): void => {
    if (!isOnDuty()) return;
    runner.tick().catch((error: unknown) => log.error({ err: error }, 'jobs failed'));
    // An import that the store stopped, as a full disk does, goes on by itself.
    importer.wake();
  };
  tick();
  pump.wake();
  // Who has been put on the roster while nothing ran is reached from the beginning.
  const matching =
    messenger.findPeople === undefined
      ? Promise.resolve()
      : runner.run('match-accounts').then(
          ({ summary }) => log.info({ summary }, 'accounts matched'),
          (error: unknown) =>
            log.warn(error instanceof LookUpError ? { reason: error.message } : { err: error }, 'accounts not matched'),
        );
  const ticker = schedule(isShared ? '*/10 * * * * *' : '* * * * *', tick, { noOverlap: true });
  return {
    runner,
    settle: async () => {
      // What is due must not pass by unsent while another process, perhaps a dead one, is still on duty.
      await duty.untilOurs();
      await runner.tick();
      await importer.settled();
      await pump.drain();
    },
    unready: () => [store.status(), messenger.status()].flatMap((state) => (state.ready ? [] : [state.reason])),
    stop: async () => {
      await ticker.destroy();
      await runner.settled();
      await matching;
      await importer.stop();
      // What is on its way still needs the messenger.
      await pump.stop();
      await duty.stop();
      await messenger.stop();
      await store.close();
    },
  };
}
