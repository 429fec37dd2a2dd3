import { openAppend } from './append.ts';
import { openBolt } from './bolt.ts';
import { openBot } from './bot.ts';
import { openBulletin } from './bulletin.ts';
import { openCheckIn } from './check-in-party.ts';
import { openCity } from './city.ts';
import { openFiles } from './files.ts';
import { openKeeping } from './keeping.ts';
import { openKnocker } from './knocker.ts';
import { openLists } from './lists.ts';
import type { Load } from './load.ts';
import { openInsert, openPostgresBot } from './postgres-parties.ts';
import { openReconnects } from './reconnects.ts';
import { openSender } from './sender.ts';
import { openSpeech } from './speech.ts';
import { openWebhook } from './webhooks.ts';

const parties = {
  bot: openBot,
  postgresBot: openPostgresBot,
  insert: openInsert,
  bolt: openBolt,
  append: openAppend,
  keeping: openKeeping,
  checkIn: openCheckIn,
  bulletin: openBulletin,
  speech: openSpeech,
  lists: openLists,
  files: openFiles,
  city: openCity,
  webhook: openWebhook,
  knocker: openKnocker,
  sender: openSender,
  reconnects: openReconnects,
};

export type Parties = typeof parties;
export type Kind = keyof Parties;
export type Order = { [K in Kind]: readonly [K, Parameters<Parties[K]>[0]] }[Kind];

/** A process of the bench: opens the party that it is told, and runs a round for each load that comes in. */
const [kind, options] = JSON.parse(process.argv[2] ?? '') as Order;
const party = await (parties[kind] as (options: unknown) => ReturnType<Parties[Kind]>)(options);

process.on('message', async (load: Load | 'close') => {
  if (load !== 'close') process.send?.(await party.round(load));
  else {
    await party.close();
    process.disconnect();
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
