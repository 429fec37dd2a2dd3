import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSlips, nearest } from '../../../src/bot/text/nearest.ts';

const names = [
  '登记',
  '进度',
  '记录',
  '撤回',
  '体会',
  '待办',
  '帮助',
  '绑定',
  '审核',
  '逾期',
  '通报',
  '干部',
  '报学时',
  '学习体会',
];

test.each([
  ['登计', '登记'],
  ['登际', '登记'],
  ['记登', '登记'],
  ['登记吧', '登记'],
  ['dengji', '登记'],
  ['DengJi', '登记'],
  ['进渡', '进度'],
  ['jindu', '进度'],
  ['金渡', '进度'],
  ['通保', '通报'],
  ['生活', null],
  ['申核', '审核'],
  ['深河', '审核'],
  ['学习休会', '学习体会'],
  ['你好', null],
  ['天气', null],
  ['a', null],
  ['', null],
  ['登记登记登记登记登记登记登记', null],
])('%s was probably meant to be %s', (word, name) => {
  expect(nearest(word, names)).toBe(name);
});

describe('slips of the pen', () => {
  test.each([
    ['', '', 0],
    ['', '登记', 2],
    ['登记', '登记', 0],
    ['登记', '记登', 1],
    ['登记', '登计', 1],
    ['登记', '等级', 2],
    ['abcd', 'abd', 1],
    ['ca', 'abc', 3],
  ])('%j and %j differ by %i', (a, b, slips) => {
    expect(countSlips(a, b)).toBe(slips);
    expect(countSlips(b, a)).toBe(slips);
  });

  test('are between the difference and the greater of the lengths', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const slips = countSlips(a, b);
        expect(slips).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(slips).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(slips === 0).toBe(a === b);
      }),
    );
  });
});
