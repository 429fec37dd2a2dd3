import { afterEach, beforeEach, expect, it } from 'vitest';
import { outbox } from '../src/messenger/outbox.ts';
import { createMetrics } from '../src/metrics.ts';
import { openTemporaryStore, type TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
beforeEach(async () => {
  home = await openTemporaryStore([outbox]);
});
afterEach(() => home.remove());

it('counts commands, what comes again, how late it comes, and what a platform has not done', async () => {
  const metrics = createMetrics(() => home.store);
  const said = { messenger: 'feishu', type: 'message', command: '进度', isRepeated: false } as const;
  metrics.handled(said);
  metrics.handled({ ...said, command: null });
  metrics.handled({ ...said, isRepeated: true });
  metrics.handled({ messenger: 'feishu', type: 'happening', command: null, isRepeated: false });
  metrics.platformError('feishu', '230013');
  const what = { type: 'recalled', messageId: 'om_1' } as const;
  const happening = { type: 'happening', messenger: 'feishu', id: '1', what } as const;
  await metrics.watch(async () => null)({ ...happening, at: new Date(Date.now() - 100_000).toISOString() });
  const text = await metrics.text();
  for (const line of [
    'xueshibu_commands_total{command="进度"} 1',
    'xueshibu_commands_total{command="none"} 1',
    'xueshibu_repeated_deliveries_total{messenger="feishu",type="message"} 1',
    'xueshibu_platform_errors_total{messenger="feishu",code="230013"} 1',
    'xueshibu_delivery_lag_seconds_bucket{le="60",messenger="feishu"} 0',
    'xueshibu_delivery_lag_seconds_bucket{le="300",messenger="feishu"} 1',
  ]) {
    expect(text).toContain(line);
  }
});

it('tells whether a long connection holds and how often it was lost, and nothing of one that there is not', async () => {
  const metrics = createMetrics(() => home.store);
  expect(await metrics.text()).not.toContain('xueshibu_long_connection_up{');
  metrics.connection('feishu', true);
  metrics.connection('feishu', false);
  expect(await metrics.text()).toContain('xueshibu_long_connection_up{messenger="feishu"} 0');
  metrics.connection('feishu', true);
  const text = await metrics.text();
  expect(text).toContain('xueshibu_long_connection_up{messenger="feishu"} 1');
  expect(text).toContain('xueshibu_long_connection_losses_total{messenger="feishu"} 1');
});
