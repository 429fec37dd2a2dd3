#!/usr/bin/env node
import { doctor } from './cli/doctor.ts';
import type { Door } from './cli/door.ts';
import { exportFile } from './cli/export.ts';
import { importFile } from './cli/import.ts';
import { listJobs, runJob } from './cli/jobs.ts';
import { backup, restore, verify } from './cli/keeping.ts';
import { showOutbox } from './cli/outbox.ts';
import { startBot } from './cli/start.ts';
import { readConfig, readEnvironment } from './config.ts';
import { explainFault, UsageError } from './exit-code.ts';
import { createLog } from './log.ts';
import { cliTexts } from './texts/cli.ts';

/** The operator's door: one word, one function. Exit codes are those of `exit-code.ts`. */
const doors: ReadonlyMap<string, Door> = new Map([
  ['start', startBot],
  ['import', importFile],
  ['export', exportFile],
  ['jobs', listJobs],
  ['job', runJob],
  ['outbox', showOutbox],
  ['backup', backup],
  ['restore', restore],
  ['verify', verify],
  ['doctor', doctor],
]);

async function main([command = 'help', ...args]: readonly string[]): Promise<void> {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (['help', '--help', '-h'].includes(command)) return print(cliTexts.usage);
  const door = doors.get(command);
  if (door === undefined) throw new UsageError(cliTexts.unknown(command));
  const config = readConfig(readEnvironment());
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
