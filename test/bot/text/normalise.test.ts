import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, normalise } from '../../../src/bot/text/normalise.ts';

test.each([
  ['登记　３．５学时', '登记 3.5学时'],
  ['ＡＩ 赋能', 'AI 赋能'],
  ['２０２６－１１－２０', '2026-11-20'],
  ['《专题（第一期）：党课！》', '《专题（第一期）：党课！》'],
  ['“学习”，‘党课’……', '“学习”，‘党课’……'],
  ['  登记 \t 3学时  ', '登记 3学时'],
  ['登记\r\n\r\n  3学时 \u2028党性', '登记\n3学时\n党性'],
  ['登\u200b记\u202e3\ufeff学时\u0000', '登记3学时'],
  ['登记\ud8003学时\udc00', '登记3学时'],
  ['登\ufffe记\uffff3\ufdd0学\u{1ffff}时', '登记3学时'],
  ['𬀩𫖮 3️学时', '𬀩𫖮 3学时'],
  ['⼀⼆', '一二'],
  ['①㎡', '1m2'],
  ['__proto__ =1+1', '__proto__ =1+1'],
])('%j becomes %j', (text, normal) => {
  expect(normalise(text)).toBe(normal);
});

test('a text is cut at 20,000 and never between the halves of a character', () => {
  expect(normalise('一'.repeat(1_000_000))).toHaveLength(20_000);
  expect(normalise(`${'一'.repeat(19_999)}𬀩`)).toHaveLength(19_999);
  expect(normalise('ﷺ'.repeat(19_999)).length).toBeLessThanOrEqual(20_000);
});

test('cleaning keeps widths, spaces and paragraphs', () => {
  expect(clean('３  学时\r\n\r\n\u200f二')).toBe('３  学时\n\n二');
});

test('normalising twice is normalising once', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      ),
      (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      },
    ),
    { numRuns: 3000 },
  );
});
