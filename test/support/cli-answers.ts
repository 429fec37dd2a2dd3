import { expect } from 'vitest';
import type { Ended } from './bot-process.ts';

/** One sentence on stderr and nothing else: neither output nor a stack. */
export function expectRefusal({ code, stdout, stderr }: Ended, expected: number, sentence: RegExp): void {
  expect({ code, stdout, stderr }).toEqual({ code: expected, stdout: '', stderr: expect.stringMatching(sentence) });
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
}
