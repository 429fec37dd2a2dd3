import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../src/clock.ts';
import { renderChartSvg } from '../../src/documents/chart.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { addDays, dayOf, instantAt, weekdayOf } from '../../src/domain/day.ts';
import type { WorkCalendar } from '../../src/domain/policy.ts';
import { createApp } from '../../src/http/app.ts';
import { listen } from '../../src/http/server.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { createSimulatedClock, simulatorState } from '../../src/messenger/simulator/clock.ts';
import { createDesk, type Desk, type RunningBot } from '../../src/messenger/simulator/desk.ts';
import { simulatorMessages } from '../../src/messenger/simulator/messages.ts';
import { createSimulator } from '../../src/messenger/simulator/simulator.ts';
import { tellChanges } from '../../src/store/with-transactions.ts';
import { college } from './college.ts';
import { createDemoBot } from './demo-bot.ts';
import { openTemporaryStore, type TemporaryStore } from './temporary-store.ts';

const root = join(import.meta.dirname, '..', '..');

export interface SimulatorPage {
  readonly url: string;
  readonly desk: Desk;
  readonly bot: RunningBot;
  close(): Promise<void>;
}

/** The simulator with its page, in front of the demo bot, which says good morning at nine on every day that it lives. */
export async function openSimulatorPage(people: readonly Cadre[] = college): Promise<SimulatorPage> {
  await buildPage();
  let opened = await openBot(people);
  const desk = createDesk({
    bot: () => opened.bot,
    reset: async () => {
      await opened.store.remove();
      opened = await openBot(people);
    },
  });
  const stopping = new AbortController();
  const app = createApp({
    health: () => ({ ready: true, reasons: [] }),
    metrics: async () => '',
    log: { error: (fields, message) => console.error(message, fields) },
    stopping: stopping.signal,
    simulator: { desk, pageFolder: join(root, 'dist', 'page'), host: '127.0.0.1' },
  });
  const server = await listen(app, '127.0.0.1', 0);
  return {
    url: `http://127.0.0.1:${server.port}`,
    desk,
    get bot() {
      return opened.bot;
    },
    close: async () => {
      stopping.abort();
      await server.close(200);
      await opened.store.remove();
    },
  };
}

/** Does nothing when the page is built already. */
export const buildPage = async (): Promise<void> => {
  await promisify(execFile)(process.execPath, [join(root, 'build.mjs'), '--page', '--quiet']);
};

async function openBot(people: readonly Cadre[]): Promise<{ bot: RunningBot; store: TemporaryStore }> {
  const temporary = await openTemporaryStore([cadres, outbox, simulatorMessages, simulatorState]);
  const listeners = new Set<() => void>();
  const store = tellChanges(temporary.store, () => {
    for (const listener of listeners) listener();
  });
  const clock = await createSimulatedClock({ store, system: systemClock });
  const cause = { actor: 'system', via: 'cli', what: 'test', ref: '', at: clock.now() } as const;
  await store.transaction(cause, async (tx) => {
    for (const person of people) await tx.put(cadres, person);
  });
  const simulator = createSimulator({ store, clock, renderChart: renderChartSvg });
  await simulator.start(createDemoBot(simulator));
  const greeted = new Set<string>([dayOf(clock.now())]);
  const bot: RunningBot = {
    store,
    simulator,
    clock,
    calendar: weekdaysOnly,
    nextDue: (now) => instantAt(addDays(dayOf(now), 1), '09:00'),
    settle: async () => {
      const today = dayOf(clock.now());
      if (greeted.has(today)) return;
      greeted.add(today);
      for (const { staffNo } of people.slice(0, 5)) {
        await simulator.send(
          { type: 'person', id: staffNo },
          { type: 'text', text: `早上好，今天是${today}` },
          `${today}:${staffNo}`,
        );
      }
    },
    isSample: async () => true,
    jobs: async () => [{ name: 'digest', schedule: '每天 09:00', last: null, next: instantAt('2026-11-21', '09:00') }],
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    suggest: (cadre, chat) => [
      { label: '帮助', text: '帮助', send: true },
      { label: '卡片', text: '卡片', send: true },
      { label: '表单', text: '表单', send: true },
      { label: '图表', text: '图表', send: true },
      ...(cadre && chat === 'private'
        ? [{ label: '登记', text: '登记 3学时 党性教育 昨天 《专题党课》', send: false }]
        : []),
    ],
  };
  return { bot, store: temporary };
}

const weekdaysOnly: WorkCalendar = { kindOf: (day) => (weekdayOf(day) > 5 ? 'off' : 'workday'), years: [2026] };
