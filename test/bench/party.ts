import type { Load, Party } from './load.ts';

/** Each is loaded by itself: what the others are made of takes no memory in a process that is measured. */
const parties = {
  bot: async () => (await import('./bot.ts')).openBot,
  postgresBot: async () => (await import('./postgres-parties.ts')).openPostgresBot,
  insert: async () => (await import('./postgres-parties.ts')).openInsert,
  bolt: async () => (await import('./bolt.ts')).openBolt,
  append: async () => (await import('./append.ts')).openAppend,
  keeping: async () => (await import('./keeping.ts')).openKeeping,
  checkIn: async () => (await import('./check-in-party.ts')).openCheckIn,
  bulletin: async () => (await import('./bulletin.ts')).openBulletin,
  speech: async () => (await import('./speech.ts')).openSpeech,
  lists: async () => (await import('./lists.ts')).openLists,
  files: async () => (await import('./files.ts')).openFiles,
  city: async () => (await import('./city.ts')).openCity,
  webhook: async () => (await import('./webhooks.ts')).openWebhook,
  knocker: async () => (await import('./knocker.ts')).openKnocker,
  sender: async () => (await import('./sender.ts')).openSender,
  reconnects: async () => (await import('./reconnects.ts')).openReconnects,
};

export type Parties = { [K in keyof typeof parties]: Awaited<ReturnType<(typeof parties)[K]>> };
export type Kind = keyof Parties;
export type Order = { [K in Kind]: readonly [K, Parameters<Parties[K]>[0]] }[Kind];

/** A process of the bench: opens the party that it is told, and runs a round for each load that comes in. */
const [kind, options] = JSON.parse(process.argv[2] ?? '') as Order;
const open = (await parties[kind]()) as (options: unknown) => Party | Promise<Party>;
const party = await open(options);

process.on('message', async (load: Load | 'close') => {
  if (load !== 'close') process.send?.(await party.round(load));
  else {
    await party.close();
    process.disconnect();
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
