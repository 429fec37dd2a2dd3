import { expect, test } from 'vitest';
import { readChineseNumber } from '../../../src/bot/text/numbers.ts';

test.each([
  ['12', 12],
  ['3.5', 3.5],
  ['零', 0],
  ['两', 2],
  ['十', 10],
  ['十一', 11],
  ['二十', 20],
  ['二十三', 23],
  ['廿三', 23],
  ['卅一', 31],
  ['一百', 100],
  ['一百零五', 105],
  ['一百五十', 150],
  ['五百五十', 550],
  ['两千零二十六', 2026],
  ['二〇二六', 2026],
  ['二○二六', 2026],
  ['三点五', 3.5],
  ['零点二五', 0.25],
  ['', null],
  ['半', null],
  ['几', null],
  ['一百五', null],
  ['十十', null],
  ['三点', null],
  ['三点五点五', null],
  ['abc', null],
  ['3.', null],
  ['1234567890', null],
])('%s is %s', (text, value) => {
  expect(readChineseNumber(text)).toBe(value);
});
