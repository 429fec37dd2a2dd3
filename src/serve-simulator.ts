import path from 'node:path';
import { commands } from '../commands/index.ts';
import { checkInPage, createCheckInLook } from './bot/course/check-in-page.ts';
import { occasionOf } from './bot/course/own-places.ts';
import { suggest } from './bot/suggestions.ts';
import { systemClock } from './clock.ts';
import { ConfigError, packageRoot } from './config.ts';
import { renderChartSvg } from './documents/chart.ts';
import { cadres } from './domain/cadre.ts';
import { dayOf } from './domain/day.ts';
import { imports } from './domain/import.ts';
import { isLoopback } from './http/guard.ts';
import { createSimulatedClock, type SimulatedClock } from './messenger/simulator/clock.ts';
import { createDesk } from './messenger/simulator/desk.ts';
import { createSimulator, type Simulator, simulatorGroup } from './messenger/simulator/simulator.ts';
import { isSample, removeStore } from './open-store.ts';
import { type Bot, runBot } from './run-bot.ts';
import { loadSampleCollege } from './sample-college.ts';
import { type Served, type ServingParts, withOpenStore } from './served.ts';
import type { Store } from './store/store.ts';
import { tellChanges } from './store/with-transactions.ts';
import { cliTexts } from './texts/cli.ts';
import { configTexts } from './texts/config.ts';

interface SimulatedBot extends Bot {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  /** Told after each transaction. @returns a function that ends it */
  onChange(listener: () => void): () => void;
}

const openBot = (parts: ServingParts): Promise<SimulatedBot> =>
  withOpenStore(parts, async (opened) => {
    const { config, log, policies } = parts;
    const listeners = new Set<() => void>();
    const store = tellChanges(opened, () => {
      for (const listener of listeners) listener();
    });
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
    const simulator = createSimulator({ store, clock, renderChart: renderChartSvg });
    const bot = await runBot({ ...parts, store, clock, messenger: simulator });
    return {
      ...bot,
      store,
      clock,
      simulator,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    };
  });

/** A roster that is still on its way in belongs to a college, too. */
const isEmpty = (store: Store): Promise<boolean> =>
  store.read(async (view) => (await view.count(cadres, {})) + (await view.count(imports, {})) === 0);

/** The bot on its own page, with the sample college in an empty folder. @throws coded errors */
export async function serveSimulator(parts: ServingParts): Promise<Served> {
  const { config, policies } = parts;
  let bot = await openBot(parts);
  const desk = createDesk({
    bot: () => ({
      ...bot,
      calendar: policies.calendar,
      isSample: () => isSample(bot.store),
      jobs: () => bot.runner.list(),
      nextDue: (now) => bot.runner.nextDue(now),
      suggest: async (cadre, chat) => {
        const now = bot.clock.now();
        const occasion = await bot.store.read((view) => occasionOf(view, cadre, now, policies.at(dayOf(now))));
        return suggest(commands, cadre, chat, occasion);
      },
    }),
    reset: async () => {
      if (!(await isSample(bot.store))) throw new RangeError(configTexts.onlySample);
      await bot.stop();
      // Whatever becomes of the removal, somebody must answer.
      await removeStore(config).finally(async () => {
        bot = await openBot(parts);
      });
    },
  });
  if (!isLoopback(config.host)) process.stderr.write(`${cliTexts.openToAll(config.host)}\n`);
  return {
    store: () => bot.store,
    unready: () => bot.unready(),
    web: {
      simulator: { desk, pageFolder: path.join(packageRoot, 'dist/page'), host: config.host },
      checkIn: {
        look: createCheckInLook({ store: () => bot.store, policies, clock: () => bot.clock }),
        chatLink: null,
        pageOf: (token) => checkInPage(parts.publicUrl(), token),
      },
    },
    stop: () => bot.stop(),
  };
}
