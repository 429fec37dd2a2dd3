#!/usr/bin/env node
import type { Door } from './cli/door.ts';
import { readConfig, readEnvironment } from './config.ts';
import { explainFault, UsageError } from './exit-code.ts';
import { createLog } from './log.ts';
import { cliTexts } from './texts/cli.ts';

/** The operator's door: one word, one function, of which only the one asked for is loaded. Exit codes are those of `exit-code.ts`. */
const doors: ReadonlyMap<string, () => Promise<Door>> = new Map([
  ['start', async () => (await import('./cli/start.ts')).startBot],
  ['import', async () => (await import('./cli/import.ts')).importFile],
  ['export', async () => (await import('./cli/export.ts')).exportFile],
  ['jobs', async () => (await import('./cli/jobs.ts')).listJobs],
  ['job', async () => (await import('./cli/jobs.ts')).runJob],
  ['outbox', async () => (await import('./cli/outbox.ts')).showOutbox],
  ['backup', async () => (await import('./cli/keeping.ts')).backup],
  ['restore', async () => (await import('./cli/keeping.ts')).restore],
  ['verify', async () => (await import('./cli/keeping.ts')).verify],
  ['migrate', async () => (await import('./cli/migrate.ts')).migrate],
  ['replay', async () => (await import('./cli/replay.ts')).replay],
  ['doctor', async () => (await import('./cli/doctor.ts')).doctor],
]);

async function main([command = 'help', ...args]: readonly string[]): Promise<void> {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (['help', '--help', '-h'].includes(command)) return print(cliTexts.usage);
  const open = doors.get(command);
  if (open === undefined) throw new UsageError(cliTexts.unknown(command));
  const config = readConfig(readEnvironment());
  const door = await open();
  await door(args, { config, log: createLog(config.logLevel), print });
}

// Whoever reads only the first lines (`| head`) ends the output, not the command, nor changes its exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await main(process.argv.slice(2));
} catch (fault) {
  const { code, sentences } = explainFault(fault);
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
