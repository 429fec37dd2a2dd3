import { describe, expect, test } from 'vitest';
import { readAmount } from '../../../src/bot/text/amounts.ts';

const policy = { halfDayHours: 400, dayHours: 800 };
const read = (words: string, worth?: typeof policy) => {
  const reading = readAmount(words, worth);
  if (!reading.ok) return reading.reason;
  return reading.amount.unit === 'hours' ? reading.amount.hours : `${reading.amount.count} half-days`;
};

describe('hours, in hundredths', () => {
  test.each([
    ['3学时', 300],
    ['3 学时', 300],
    ['3.5学时', 350],
    ['3.5 个学时', 350],
    ['0.25学时', 25],
    ['三学时', 300],
    ['十二学时', 1200],
    ['二十三个学时', 2300],
    ['一百零五学时', 10500],
    ['三点五学时', 350],
    ['两个半小时', 250],
    ['3个半学时', 350],
    ['一个半学时', 150],
    ['两小时半', 250],
    ['两个小时', 200],
    ['2小时30分', 250],
    ['2小时30分钟', 250],
    ['半小时', 50],
    ['半个小时', 50],
    ['半个学时', 50],
    ['3小时', 300],
    ['3h', 300],
    ['3.5 hours', 350],
    ['3课时', 300],
    ['学时：3', 300],
    ['学时: 3.5', 350],
    ['学时：3学时', 300],
    ['2000学时', 200_000],
    ['党性教育3学时《专题》', 300],
    ['3学时前天', 300],
    ['3小时，计3学时', 300],
  ])('%s is %i', (words, hours) => {
    expect(read(words)).toBe(hours);
  });
});

describe('half-days', () => {
  test.each([
    ['半天', 1],
    ['半日', 1],
    ['一天', 2],
    ['1天', 2],
    ['两天', 4],
    ['两天半', 5],
    ['1.5天', 3],
    ['0.5天', 1],
    ['三个半天', 3],
    ['两个半天', 2],
    ['全天', 2],
    ['一整天', 2],
    ['十一天', 22],
    ['一天半', 3],
  ])('%s is %i', (words, count) => {
    expect(read(words)).toBe(`${count} half-days`);
  });
});

describe('no amount', () => {
  test.each([
    ['', 'none'],
    ['上午', 'none'],
    ['下午', 'none'],
    ['一个上午', 'none'],
    ['第3学时', 'none'],
    ['第一天', 'none'],
    ['有一天', 'none'],
    ['三天前', 'none'],
    ['3小时前', 'none'],
    ['上半天', 'none'],
    ['大半天', 'none'],
    ['每天8学时', 'none'],
    ['两场各3学时', 'none'],
    ['3学时×2', 'none'],
    ['3学时以上', 'none'],
    ['1/2学时', 'none'],
    ['3,000学时', 'none'],
    ['1e9学时', 'none'],
    ['12345678901学时', 'none'],
    ['8分钟', 'none'],
    ['今天', 'none'],
    ['0学时', 'impossible'],
    ['零学时', 'impossible'],
    ['40分钟', 'impossible'],
    ['-3学时', 'impossible'],
    ['负3学时', 'impossible'],
    ['3.333学时', 'impossible'],
    ['2000.01学时', 'impossible'],
    ['99999学时', 'impossible'],
    ['三五学时', 'impossible'],
    ['2小时20分', 'impossible'],
    ['1.3天', 'impossible'],
    ['0天', 'impossible'],
    ['800天', 'impossible'],
    ['3学时 4学时', 'several'],
    ['3-5学时', 'several'],
    ['上午3学时，下午3学时', 'several'],
    ['3学时，共三学时', 'several'],
    ['上午半天，下午半天', 'several'],
    ['3到5学时', 'several'],
    ['三到五天', 'several'],
    ['半天 两天', 'several'],
    ['两天 16学时', 'several'],
  ])('%s is %s', (words, reason) => {
    expect(read(words)).toBe(reason);
  });
});

test('days and hours that say the same are one amount where the worth of a day is known', () => {
  expect(read('两天，16学时', policy)).toBe(1600);
  expect(read('两天半 20学时', policy)).toBe(2000);
  expect(read('两天，12学时', policy)).toBe('several');
  expect(readAmount('两天，共16学时', policy)).toMatchObject({ words: '两天，16学时', start: 0, end: 8 });
});
