import { type Environment, readConfig } from '../config.ts';
import { UsageError } from '../exit-code.ts';
import { createLog } from '../log.ts';
import { cliTexts } from '../texts/cli.ts';
import type { Door, DoorParts } from './door.ts';

/** One word, one function, of which only the one asked for is loaded. */
const doors: ReadonlyMap<string, () => Promise<Door>> = new Map([
  ['start', async () => (await import('./start.ts')).startBot],
  ['import', async () => (await import('./import.ts')).importFile],
  ['export', async () => (await import('./export.ts')).exportFile],
  ['jobs', async () => (await import('./jobs.ts')).listJobs],
  ['job', async () => (await import('./jobs.ts')).runJob],
  ['outbox', async () => (await import('./outbox.ts')).showOutbox],
  ['backup', async () => (await import('./keeping.ts')).backup],
  ['restore', async () => (await import('./keeping.ts')).restore],
  ['verify', async () => (await import('./keeping.ts')).verify],
  ['migrate', async () => (await import('./migrate.ts')).migrate],
  ['replay', async () => (await import('./replay.ts')).replay],
  ['doctor', async () => (await import('./doctor.ts')).doctor],
]);

/** Does what a command line asks for. @throws coded errors, whose exit code and sentence `exit-code.ts` gives */
export async function runCommandLine(
  [command = 'help', ...args]: readonly string[],
  readEnvironment: () => Environment,
  print: DoorParts['print'],
): Promise<void> {
  if (['help', '--help', '-h'].includes(command)) return print(cliTexts.usage);
  const open = doors.get(command);
  if (open === undefined) throw new UsageError(cliTexts.unknown(command));
  const config = readConfig(readEnvironment());
  const door = await open();
  await door(args, { config, log: createLog(config.logLevel), print });
}
