import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPeriod } from '../../../src/bot/text/periods.ts';

const today = '2026-11-20';
const cycle = { from: '2023-01-01', to: '2027-12-31' };
const read = (text: string) => {
  const found = readPeriod(text, today, cycle);
  return found && [found.from, found.to, found.rest];
};

describe('a period', () => {
  it.each([
    ['2025年', '2025-01-01', '2025-12-31', ''],
    ['单位 2025', '2025-01-01', '2025-12-31', '单位'],
    ['去年 内容', '2025-01-01', '2025-12-31', '内容'],
    ['前年', '2024-01-01', '2024-12-31', ''],
    ['本年度', '2026-01-01', '2026-12-31', ''],
    ['本季度', '2026-10-01', '2026-12-31', ''],
    ['上季度', '2026-07-01', '2026-09-30', ''],
    ['2025年第三季度', '2025-07-01', '2025-09-30', ''],
    ['今年一季度 教务处', '2026-01-01', '2026-03-31', '教务处'],
    ['上半年', '2026-01-01', '2026-06-30', ''],
    ['去年下半年', '2025-07-01', '2025-12-31', ''],
    ['本月', '2026-11-01', '2026-11-30', ''],
    ['上个月', '2026-10-01', '2026-10-31', ''],
    ['2026-10', '2026-10-01', '2026-10-31', ''],
    ['2024年2月', '2024-02-01', '2024-02-29', ''],
    ['10月份', '2026-10-01', '2026-10-31', ''],
    ['十二月', '2025-12-01', '2025-12-31', ''],
    ['本周期', '2023-01-01', '2027-12-31', ''],
    ['近一年', '2025-11-21', '2026-11-20', ''],
    ['2026-01-01至2026-06-30 单位', '2026-01-01', '2026-06-30', '单位'],
    ['3月5日至4月2日', '2026-03-05', '2026-04-02', ''],
    ['昨天', '2026-11-19', '2026-11-19', ''],
  ])('%s', (text, from, to, rest) => expect(read(text)).toEqual([from, to, rest]));

  it.each(['', '单位', '教务处 内容', '13月'])('is not named by %j', (text) => expect(read(text)).toBeNull());

  it('begins before it ends, or is a month that is not there, whatever the text', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'0123456789年月日季度上下本去今第一二三四半周期至-. 单位'.split('')),
          maxLength: 16,
        }),
        (text) => {
          const found = readPeriod(text, today, cycle);
          if (found !== null) expect(found.from <= found.to).toBe(true);
        },
      ),
    ));
});
