import path from 'node:path';
import { schedule } from 'node-cron';
import { commands } from '../commands/index.ts';
import { createAttachmentReader } from './bot/attachments.ts';
import { createDispatcher } from './bot/dispatch.ts';
import { createImporter } from './bot/importing/importer.ts';
import { createWorkbookReader } from './bot/importing/preview.ts';
import { addressOf } from './bot/people.ts';
import { createDocumentRenderer } from './bot/rendering.ts';
import { rulesInForce } from './bot/rules/in-force.ts';
import { suggest } from './bot/suggestions.ts';
import { systemClock } from './clock.ts';
import { type Config, ConfigError, packageRoot } from './config.ts';
import { renderChartSvg } from './documents/chart.ts';
import { cadres } from './domain/cadre.ts';
import { imports } from './domain/import.ts';
import type { PolicyBook } from './domain/policy.ts';
import { grantArchivists } from './first-archivists.ts';
import { createApp } from './http/app.ts';
import { isLoopback } from './http/guard.ts';
import { listen } from './http/server.ts';
import { jobs } from './jobs/index.ts';
import { createRunner, type Runner } from './jobs/runner.ts';
import type { createLog } from './log.ts';
import type { Messenger } from './messenger/messenger.ts';
import { createPump } from './messenger/pump.ts';
import { withDocuments } from './messenger/rendering.ts';
import { createSimulatedClock, type SimulatedClock } from './messenger/simulator/clock.ts';
import { createDesk } from './messenger/simulator/desk.ts';
import { createSimulator, type Simulator, simulatorGroup } from './messenger/simulator/simulator.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { isSample, openStore } from './open-store.ts';
import { loadPolicy } from './policy/load.ts';
import { loadSampleCollege } from './sample-college.ts';
import { removeLedger } from './store/lowdb/remove.ts';
import type { Store } from './store/store.ts';
import { tellChanges } from './store/with-transactions.ts';
import { cliTexts } from './texts/cli.ts';
import { configTexts } from './texts/config.ts';

type Log = ReturnType<typeof createLog>;

/** A bot on one store, without its web server. */
interface Bot {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  readonly runner: Runner;
  readonly onChange: (listener: () => void) => () => void;
  /** Runs what is due and sends what is queued. */
  settle(): Promise<void>;
  readonly unready: () => readonly string[];
  stop(): Promise<void>;
}

async function openBot(config: Config, log: Log, metrics: Metrics, policies: PolicyBook): Promise<Bot> {
  const listeners = new Set<() => void>();
  const store = tellChanges(await openStore(config, log), () => {
    for (const listener of listeners) listener();
  });
  const onChange: Bot['onChange'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  try {
    return { ...(await startBot(config, log, metrics, policies, store)), onChange };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startBot(
  config: Config,
  log: Log,
  metrics: Metrics,
  policies: PolicyBook,
  store: Store,
): Promise<Omit<Bot, 'onChange'>> {
  // Files that no longer go with what was decided are told before anything else happens.
  await store.read(rulesInForce(policies));
  const clock = await createSimulatedClock({ store, system: systemClock });
  if (await isEmpty(store)) {
    const sample = await loadSampleCollege(store, policies, {
      folder: path.join(packageRoot, 'data/samples'),
      messenger: 'simulator',
      group: simulatorGroup,
      now: clock.now(),
    });
    log.info({ people: sample.people, entries: sample.entries }, 'sample college loaded');
  }
  if (!isLoopback(config.host) && !(await isSample(store))) {
    throw new ConfigError([configTexts.openToAll(config.host, config.dataDirectory)]);
  }
  const strangers = await grantArchivists(store, config.admins, clock.now());
  if (strangers.length > 0) log.warn({ staffNos: strangers }, configTexts.adminsUnknown(strangers));

  const simulator = createSimulator({ store, clock, renderChart: renderChartSvg });
  const render = createDocumentRenderer({ store, policies, clock });
  const messenger = withDocuments(simulator, render);
  const messengers = new Map<string, Messenger>([[messenger.name, messenger]]);
  const pump = createPump({ store, messengers, clock, addressOf, log, owner: 'bot' });
  const importer = createImporter({ store, policies, clock, log, wake: () => pump.wake() });
  const wake = (): void => pump.wake();
  const runner = createRunner({
    alone: true,
    store,
    jobs,
    clock,
    policies,
    log,
    wake,
    messenger: messenger.name,
    ...(messenger.findPeople === undefined ? {} : { findPeople: messenger.findPeople }),
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
    wake: () => {
      wake();
      importer.wake();
    },
  });
  await simulator.start(metrics.watch(handler));
  const tick = (): void => {
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
          (error: unknown) => log.warn({ err: error }, 'accounts not matched'),
        );
  const ticker = schedule('* * * * *', tick, { noOverlap: true });
  return {
    store,
    clock,
    simulator,
    runner,
    settle: async () => {
      await runner.tick();
      await importer.settled();
      await pump.drain();
    },
    unready: () => {
      const states = [store.status(), ...[...messengers.values()].map((messenger) => messenger.status())];
      return states.flatMap((state) => (state.ready ? [] : [state.reason]));
    },
    stop: async () => {
      await ticker.destroy();
      await runner.settled();
      await matching;
      await importer.stop();
      // What is on its way still needs the messenger.
      await pump.stop();
      await simulator.stop();
      await store.close();
    },
  };
}

/** A roster that is still on its way in belongs to a college, too. */
const isEmpty = (store: Store): Promise<boolean> =>
  store.read(async (view) => (await view.count(cadres, {})) + (await view.count(imports, {})) === 0);

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts everything in order: configuration, store, messenger, bot, jobs, web. @throws coded errors, before a port is opened */
export async function start(config: Config, log: Log): Promise<Running> {
  const policies = loadPolicy(config.policyDirectory);
  const metrics = createMetrics(() => bot.store);
  let bot = await openBot(config, log, metrics, policies);

  const desk = createDesk({
    bot: () => ({
      ...bot,
      calendar: policies.calendar,
      isSample: () => isSample(bot.store),
      jobs: () => bot.runner.list(),
      nextDue: (now) => bot.runner.nextDue(now),
      suggest: (cadre, chat) => suggest(commands, cadre, chat),
    }),
    reset: async () => {
      if (!(await isSample(bot.store))) throw new RangeError(configTexts.onlySample);
      await bot.stop();
      await removeLedger(config.dataDirectory);
      bot = await openBot(config, log, metrics, policies);
    },
  });
  const stopping = new AbortController();
  const app = createApp({
    health: () => {
      const reasons = bot.unready();
      return { ready: reasons.length === 0, reasons };
    },
    metrics: () => metrics.text(),
    log,
    stopping: stopping.signal,
    simulator: { desk, pageFolder: path.join(packageRoot, 'dist/page'), host: config.host },
  });
  const server = await listen(app, config.host, config.port).catch(async (error: unknown) => {
    await bot.stop();
    throw error;
  });
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${server.port}`;
  process.stdout.write(`${cliTexts.listening(url)}\n`);
  if (!isLoopback(config.host)) process.stderr.write(`${cliTexts.openToAll(config.host)}\n`);
  return {
    url,
    stop: async () => {
      stopping.abort();
      await server.close();
      await bot.stop();
    },
  };
}
