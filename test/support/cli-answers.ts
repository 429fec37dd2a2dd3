import { expect } from 'vitest';
import { runCommandLine } from '../../src/cli/doors.ts';
import { explainFault } from '../../src/exit-code.ts';
import type { Ended } from './bot-process.ts';

/**
 * What a command line answers, asked in this process: for what is its own, and not that of a program which starts and
 * ends. Only what it says when it fails is on stderr.
 */
export async function askCli(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const [printed, said]: [string[], string[]] = [[], []];
  let code = 0;
  try {
    await runCommandLine(
      args,
      () => ({ LOG_LEVEL: 'silent', ...env }),
      (line) => printed.push(line),
    );
  } catch (fault) {
    const explained = explainFault(fault);
    code = explained.code;
    said.push(...explained.sentences);
  }
  const [stdout = '', stderr = ''] = [printed, said].map((lines) => lines.map((line) => `${line}\n`).join(''));
  return { code, stdout, stderr };
}

/** One sentence on stderr and nothing else: neither output nor a stack. */
export function expectRefusal({ code, stdout, stderr }: Ended, expected: number, sentence: RegExp): void {
  expect({ code, stdout, stderr }).toEqual({ code: expected, stdout: '', stderr: expect.stringMatching(sentence) });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}
