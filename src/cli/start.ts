import { once } from 'node:events';
import { start } from '../main.ts';
import { cliTexts } from '../texts/cli.ts';
import { type Door, readArgs } from './door.ts';

/** `start`: runs until it is told to stop, then ends gracefully; a second signal ends it at once. */
export const startBot: Door = async (args, { config, log, print }) => {
  readArgs(args, {}, 0);
  const running = await start(config, log);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  print(cliTexts.stopping);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  await running.stop();
  print(cliTexts.stopped);
  process.exit(0);
};
