import { afterEach, beforeEach, expect, it } from 'vitest';
import { outbox } from '../src/messenger/outbox.ts';
import { createMetrics } from '../src/metrics.ts';
import { openTemporaryStore, type TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
beforeEach(async () => {
  home = await openTemporaryStore([outbox]);
});
afterEach(() => home.remove());

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
