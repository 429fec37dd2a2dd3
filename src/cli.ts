#!/usr/bin/env node
import { runCommandLine } from './cli/doors.ts';
import { readEnvironment } from './config.ts';
import { explainFault } from './exit-code.ts';

/** The operator's door as a process: sentences on stderr, and the exit codes of `exit-code.ts`. */

// Whoever reads only the first lines (`| head`) ends the output, not the command, nor changes its exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await runCommandLine(process.argv.slice(2), readEnvironment, (line) => {
    process.stdout.write(`${line}\n`);
  });
} catch (fault) {
  const { code, sentences } = explainFault(fault);
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
