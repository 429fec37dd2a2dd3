import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { jobSlots } from '../../src/jobs/slots.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { simulatorMessages } from '../../src/messenger/simulator/messages.ts';
import { listAll } from '../../src/store/store.ts';
import type { BotFolder, BotProcess } from './bot-process.ts';
import { type Blow, untilAllIsSent } from './busy-college.ts';

/** Where a bot lives through a month. */
export interface MonthParts {
  readonly start: () => Promise<BotProcess>;
  /** What happens on the way, each so many milliseconds after the last. */
  readonly blows: readonly { readonly afterMs: number; readonly blow: Blow }[];
}

/** An hour on the way: whoever follows a dead bot gets there when its duty has run out. */
async function setOut(bot: BotProcess): Promise<void> {
  const { now } = (await bot.state()).clock;
  if (now < instantAt('2026-12-01', '12:00')) expect(await bot.moves({ step: 'hour' })).toBe(true);
}

/** Moves the clock from where it is over the month's end to the first working day of December. @throws when it dies */
async function walk(bot: BotProcess): Promise<void> {
  for (;;) {
    const { now } = (await bot.state()).clock;
    if (now >= instantAt('2026-12-02', '09:00')) return;
    await bot.moves(now < instantAt('2026-11-30', '18:00') ? { step: 'month' } : { step: 'date', day: '2026-12-02' });
  }
}

/**
 * From 20 November to the first working day of December; whatever falls upon the bot, it goes on until it is there.
 * @returns how many blows fell on the way
 */
export async function liveThroughMonth({ start, blows }: MonthParts): Promise<number> {
  let bot: BotProcess | null = null;
  let isWalking = false;
  let walking: Promise<void> = Promise.resolve();
  let onTheWay = 0;
  for (const { afterMs, blow } of blows) {
    bot ??= await start();
    if (!isWalking) {
      await setOut(bot);
      isWalking = true;
      walking = walk(bot)
        .catch(() => undefined)
        .finally(() => {
          isWalking = false;
        });
    }
    await wait(afterMs);
    if (isWalking) onTheWay += 1;
    bot = await blow(bot);
    if (bot === null) await walking;
  }
  await walking;
  bot ??= await start();
  await walk(bot);
  await untilAllIsSent(bot);
  expect((await bot.stop()).code).toBe(0);
  return onTheWay;
}

/** What has happened by itself in a ledger, and what was said: the same in every life of the same month. */
export const lifeOf = (ledger: BotFolder) =>
  ledger.look((store) =>
    store.read(async (view) => {
      const slots = (await listAll(view, jobSlots)).filter(({ state }) => state !== 'since');
      const messages = await listAll(view, simulatorMessages);
      return {
        slots: slots.map(({ job, slot }) => `${job} ${slot}`),
        // A backup that was cut short twice is left to that of the next night.
        unfinished: slots.filter(({ job, state }) => state !== 'done' && job !== 'backup'),
        said: messages.map(({ chat, key }) => `${chat} ${key}`).toSorted(),
        failed: (await view.count(outbox, {})) - (await view.count(outbox, { index: 'byState', equals: ['sent'] })),
      };
    }),
  );
