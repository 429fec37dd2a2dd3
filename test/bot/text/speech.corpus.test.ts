import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../../src/config.ts';
import { loadPolicy } from '../../../src/policy/load.ts';
import { heldOut } from './corpus/held-out.ts';
import { judge } from './corpus/judge.ts';
import { tuned } from './corpus/tuned.ts';
import { voices } from './corpus/voices.ts';

const policies = loadPolicy(path.join(packageRoot, 'data/policy'));
const everything = [...tuned, ...voices, ...heldOut];
const verdicts = await Promise.all(everything.map((one) => judge(one, policies)));

describe('what people say in their own words', () => {
  test('is collected in hundreds, each sentence of a speaker once, and a hundred of them held out', () => {
    const keys = everything.map(({ text, speaker, today }) => `${speaker} ${today} ${text}`);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    expect(everything.length).toBeGreaterThanOrEqual(400);
    expect(heldOut.length).toBeGreaterThanOrEqual(100);
  });

  test('never becomes a record that it does not tell of, nor another one than it tells of', () => {
    expect(verdicts.filter(({ wrong }) => wrong).map(({ text, got }) => `${text} → ${got}`)).toEqual([]);
  });

  test('is understood as it is meant in 95 of 100 cases at least', () => {
    const missed = verdicts.filter(({ asExpected }) => !asExpected).map(({ text, got }) => `${text} → ${got}`);
    expect(missed.length / verdicts.length, missed.join('\n')).toBeLessThanOrEqual(0.05);
  });
});
