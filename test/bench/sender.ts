import { systemClock } from '../../src/clock.ts';
import { collections } from '../../src/collections.ts';
import { createFeishuMessenger } from '../../src/messenger/feishu/feishu.ts';
import { enqueue, outboxCounts } from '../../src/messenger/outbox.ts';
import { createPump } from '../../src/messenger/pump.ts';
import { text } from '../../src/messenger/reply.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { bulletinTo, reminderTo } from './fan-out-words.ts';
import type { Party } from './load.ts';

export interface SenderOptions {
  readonly directory: string;
  readonly platform: { readonly url: string; readonly appId: string; readonly appSecret: string };
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

/**
 * The way out of the bot by itself: a store, the queue, the pump and Feishu's messenger. What is to be said is in the
 * queue once, however often this is started; a round resolves when nothing is left in it.
 */
export async function openSender({ directory, platform, people, groups }: SenderOptions): Promise<Party> {
  const store = await openLowdbStore({ directory, collections });
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const messenger = createFeishuMessenger({
    settings: {
      appId: platform.appId,
      appSecret: platform.appSecret,
      domain: platform.url,
      transport: 'webhook',
      encryptKey: 'k',
      verificationToken: 't',
      bulletinChats: [],
    },
    store,
    clock: systemClock,
    log,
  });
  const pump = createPump({
    store,
    messengers: new Map([[messenger.name, messenger]]),
    clock: systemClock,
    addressOf: (_, __, staffNo) => Promise.resolve(staffNo),
    log,
    owner: 'bench',
  });
  const cause = { actor: 'system', via: 'job', what: 'bench', ref: '', at: systemClock.now() } as const;
  await store.transaction(cause, async (tx) => {
    for (const id of people) {
      const to = { type: 'person', id } as const;
      await enqueue(tx, {
        key: `digest:${id}`,
        messenger: 'feishu',
        to,
        purpose: 'chase',
        reply: text(reminderTo(id)),
      });
    }
    for (const id of groups) {
      const to = { type: 'chat', id } as const;
      await enqueue(tx, {
        key: `bulletin:${id}`,
        messenger: 'feishu',
        to,
        purpose: 'bulletin',
        reply: text(bulletinTo(id)),
      });
    }
  });
  await messenger.start(() => Promise.resolve(null));
  const waiting = async (): Promise<number> => {
    const { queued, leased } = await store.read(outboxCounts);
    return queued + leased;
  };
  return {
    round: async ({ messages }) => {
      const start = performance.now();
      // What is to be tried again later is due by itself: the pump's own alarm sees to it.
      do await Promise.all([pump.drain(), new Promise((resolve) => setTimeout(resolve, 50))]);
      while ((await waiting()) > 0);
      const seconds = (performance.now() - start) / 1000;
      const { failed, unknown } = await store.read(outboxCounts);
      return { perSecond: messages / seconds, seconds, failed, unknown };
    },
    close: async () => {
      await pump.stop();
      await messenger.stop();
      await store.close();
    },
  };
}
