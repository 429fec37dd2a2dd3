import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Handled } from './bot/dispatch.ts';
import { systemClock } from './clock.ts';
import type { Handler } from './messenger/messenger.ts';
import { outboxCounts } from './messenger/outbox.ts';
import { type Store, StoreError } from './store/store.ts';

export interface Metrics {
  /** Prometheus text. */
  text(): Promise<string>;
  /** The same handler, counted and timed. */
  watch(handler: Handler): Handler;
  /** What has become durable. */
  handled(handled: Handled): void;
  /** A platform has not done what it was asked; `code` is its own, or what kind of silence it was. */
  platformError(messenger: string, code: string): void;
  /** A messenger's long connection has come up, or is gone. */
  connection(messenger: string, isUp: boolean): void;
}

/** What an operator's monitoring reads at `/metrics`. */
export function createMetrics(store: () => Store): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const deliveries = new Counter({
    name: 'xueshibu_deliveries_total',
    help: 'Messages and taps received',
    labelNames: ['messenger', 'type', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'xueshibu_delivery_seconds',
    help: 'From the delivery to the durable answer',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 3],
    registers,
  });
  const lag = new Histogram({
    name: 'xueshibu_delivery_lag_seconds',
    help: 'From the moment when it was said to its arrival here',
    labelNames: ['messenger'],
    buckets: [0.5, 1, 3, 15, 60, 300, 3600, 21_600],
    registers,
  });
  const repeated = new Counter({
    name: 'xueshibu_repeated_deliveries_total',
    help: 'Deliveries that had been taken before',
    labelNames: ['messenger', 'type'],
    registers,
  });
  const commands = new Counter({
    name: 'xueshibu_commands_total',
    help: 'Commands by name; none: what meant no command',
    labelNames: ['command'],
    registers,
  });
  const platformErrors = new Counter({
    name: 'xueshibu_platform_errors_total',
    help: 'Calls that a platform has not carried out, by its code',
    labelNames: ['messenger', 'code'],
    registers,
  });
  const up = new Gauge({
    name: 'xueshibu_long_connection_up',
    help: '1 while the long connection holds',
    labelNames: ['messenger'],
    registers,
  });
  const losses = new Counter({
    name: 'xueshibu_long_connection_losses_total',
    help: 'How often the long connection was lost or refused',
    labelNames: ['messenger'],
    registers,
  });
  new Gauge({
    name: 'xueshibu_outbox_messages',
    help: 'Messages in the queue by state',
    labelNames: ['state'],
    registers,
    async collect() {
      const counts = await store().read(outboxCounts);
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  return {
    text: () => registry.metrics(),
    handled: ({ messenger, type, command, isRepeated }) => {
      if (isRepeated) repeated.inc({ messenger, type });
      else if (type !== 'happening') commands.inc({ command: command ?? 'none' });
    },
    platformError: (messenger, code) => platformErrors.inc({ messenger, code }),
    connection: (messenger, isUp) => {
      up.set({ messenger }, isUp ? 1 : 0);
      if (!isUp) losses.inc({ messenger });
    },
    watch: (handler) => async (incoming) => {
      const started = performance.now();
      const { messenger, type } = incoming;
      const late = Date.parse(systemClock.now()) - Date.parse(incoming.at);
      // The simulator lives in a time of its own.
      if (messenger !== 'simulator') lag.observe({ messenger }, Math.max(0, late) / 1000);
      try {
        const answer = await handler(incoming);
        deliveries.inc({ messenger, type, outcome: 'done' });
        return answer;
      } catch (error) {
        deliveries.inc({ messenger, type, outcome: error instanceof StoreError ? 'refused' : 'failed' });
        throw error;
      } finally {
        seconds.observe((performance.now() - started) / 1000);
      }
    },
  };
}
