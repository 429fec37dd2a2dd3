import { expect, test } from 'vitest';
import { readEntryNumbers } from '../../../src/bot/text/entry-numbers.ts';

test.each([
  ['1001', [1001]],
  ['1001 1002 通过', [1001, 1002]],
  ['1001、1002，1003和1001', [1001, 1002, 1003]],
  ['1001-1005', [1001, 1002, 1003, 1004, 1005]],
  ['1001至1003号', [1001, 1002, 1003]],
  ['1001号到1003号', [1001, 1002, 1003]],
  ['第1001号', [1001]],
  ['登记号1001', [1001]],
  ['登记号：1001。', [1001]],
  ['1003-1001', [1001, 1002, 1003]],
  ['1001 改 2学时', [1001]],
  ['1001 改 2.5 学时', [1001]],
  ['3月5日 2026年 12:30 50% 0', []],
  ['1234567890', []],
  ['E1001', []],
  ['', []],
])('%s is %j', (text, numbers) => {
  expect(readEntryNumbers(text)).toEqual(numbers);
});

test('a range yields 200 numbers at most', () => {
  expect(readEntryNumbers('1-999999999')).toHaveLength(200);
  expect(readEntryNumbers('1-150 1001-1150')).toHaveLength(200);
});
