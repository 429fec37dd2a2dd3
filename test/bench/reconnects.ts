import { openFeishuBot } from '../support/feishu-bot.ts';
import type { Party } from './load.ts';

/** The long connection, dropped by the platform again and again, with an event between any two drops. */
export async function openReconnects(): Promise<Party> {
  let received = 0;
  let ups = 0;
  let wake = (): void => {};
  const watch = 30_000;
  const bot = await openFeishuBot({
    parts: {
      // Pauses are over at once; only the look at a silent line waits.
      sleep: (ms, signal) => (ms === watch ? bot.waits.sleep(ms, signal) : Promise.resolve()),
      tell: (state) => {
        if (state !== 'up') return;
        ups += 1;
        wake();
      },
    },
  });
  const { openId } = bot.server.addPerson({ name: '王芳' });
  await bot.messenger.start(async () => {
    received += 1;
    return null;
  });
  const isUp = async (times: number): Promise<void> => {
    while (ups < times) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const dropOnce = async (): Promise<void> => {
    const next = ups + 1;
    bot.server.longConnection.drop();
    await isUp(next);
    await bot.server.says(openId, '进度');
  };
  const heapMb = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 1_048_576;
  };
  await isUp(1);
  return {
    round: async ({ messages: drops }) => {
      for (let n = 0; n < 50; n += 1) await dropOnce();
      received = 0;
      const before = heapMb();
      const start = performance.now();
      for (let n = 0; n < drops; n += 1) await dropOnce();
      const perSecond = (drops * 1000) / (performance.now() - start);
      return { perSecond, grownMb: heapMb() - before, lost: drops - received };
    },
    close: () => bot.close(),
  };
}
