import { start } from '../main.ts';
import { cliTexts } from '../texts/cli.ts';
import { type Door, readArgs } from './door.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** `start`: runs until it is told to stop, then ends gracefully; a second signal ends it at once. */
export const startBot: Door = async (args, { config, log, print }) => {
  readArgs(args, {}, 0);
  // Heard from the first moment on: whoever stops it while it starts waits until it can end properly.
  const told = new Promise<void>((resolve) => {
    let isTold = false;
    const hear = (): void => {
      if (isTold) process.exit(1);
      isTold = true;
      print(cliTexts.stopping);
      resolve();
    };
    for (const signal of signals) process.on(signal, hear);
  });
  const running = await start(config, log);
  await told;
  await running.stop();
  print(cliTexts.stopped);
  process.exit(0);
};
