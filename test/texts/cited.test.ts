import { expect, it } from 'vitest';
import { cited } from '../../src/texts/cited.ts';

it.each([
  ['as it is', '三点半', 20, '“三点半”'],
  ['as long as may be', 'a'.repeat(20), 20, `“${'a'.repeat(20)}”`],
  ['a letter longer', `${'a'.repeat(20)}b`, 20, `“${'a'.repeat(20)}…”`],
  ['never in the middle of a letter', '𠮷𠮷𠮷', 2, '“𠮷𠮷…”'],
  ['nothing', '', 20, '“”'],
])('cites %s', (_, said, most, expected) => expect(cited(said, most)).toBe(expected));
