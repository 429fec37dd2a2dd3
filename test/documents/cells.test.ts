import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  birthMonth,
  dayOrMonth,
  email,
  hours,
  oneOf,
  optionalText,
  personName,
  phone,
  showCell,
  someOf,
  span,
  staffNumber,
  text,
} from '../../src/documents/cells.ts';
import type { CellValue } from '../../src/documents/workbook.ts';
import { addDays, daysBetween } from '../../src/domain/day.ts';

const outcome = (reading: { ok: boolean; value?: unknown }): unknown => (reading.ok ? reading.value : 'fault');
const date = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

describe('days as sheets write them', () => {
  it.each<[CellValue, string, string]>([
    [date('2024-03-05'), '2024-03-05', '2024-03-05'],
    ['2024-03-05', '2024-03-05', '2024-03-05'],
    ['2024.3.5', '2024-03-05', '2024-03-05'],
    ['2024/03/05', '2024-03-05', '2024-03-05'],
    ['２０２４．３．５', '2024-03-05', '2024-03-05'],
    [20240305, '2024-03-05', '2024-03-05'],
    ['2024年3月5日', '2024-03-05', '2024-03-05'],
    ['2024年3月5号', '2024-03-05', '2024-03-05'],
    ['2024.3.5-3.7', '2024-03-05', '2024-03-07'],
    ['2024.3.5-7', '2024-03-05', '2024-03-07'],
    ['2024.3.5～2024.3.7', '2024-03-05', '2024-03-07'],
    ['2024年3月5日—7日', '2024-03-05', '2024-03-07'],
    ['2024年3月5日 —— 4月2日', '2024-03-05', '2024-04-02'],
    ['2024-03-05至2024-03-07', '2024-03-05', '2024-03-07'],
    ['2024-03-05\n到03-07', '2024-03-05', '2024-03-07'],
    ['2025-12-30至2026-01-02', '2025-12-30', '2026-01-02'],
    ['2025.12.30-1.2', '2025-12-30', '2026-01-02'],
    ['2024.2.29', '2024-02-29', '2024-02-29'],
    ['3月5日-7日', '2024-03-05', '2024-03-07'],
    ['12月30日至1月2日', '2024-12-30', '2025-01-02'],
  ])('%s is read on the sheet of 2024', (cell, from, to) => {
    expect(span(2024)(cell)).toEqual({ ok: true, value: { from, to } });
  });

  it.each<[CellValue, RegExp]>([
    [null, /应为日期/],
    ['两天', /应为日期/],
    ['2024年3月', /应为日期/],
    [45356, /应为日期/],
    [true, /应为日期/],
    ['2024.3.5、3.7', /应为日期/],
    ['2025-02-30', /2025 年没有 2 月 30 日/],
    ['2023.2.29', /2023 年没有 2 月 29 日/],
    ['2024.3.5-2.31', /2024 年没有 2 月 31 日/],
    ['2024.3.5-3.4', /早于/],
    ['2204-03-05', /2204/],
  ])('%s is a fault', (cell, expected) => {
    expect(span(2024)(cell)).toEqual({ ok: false, expected: expect.stringMatching(expected) });
  });

  it('a day without a year needs a sheet that is named after one', () => {
    expect(span(null)('3月5日-7日').ok).toBe(false);
  });

  it('every span is read the same in every way of writing it', () => {
    const days = fc.integer({ min: 0, max: 27_000 }).map((n) => addDays('2000-01-01', n));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 40 }), (from, length) => {
        const to = addDays(from, length);
        fc.pre(to <= '2099-12-31');
        const [y, m, d] = from.split('-').map(Number);
        const [y2, m2, d2] = to.split('-').map(Number);
        const writings = [
          `${from}至${to}`,
          `${y}.${m}.${d}-${y2}.${m2}.${d2}`,
          `${y}年${m}月${d}日—${y2}年${m2}月${d2}日`,
        ];
        if (y === y2) writings.push(`${y}/${m}/${d}~${m2}/${d2}`, `${y}年${m}月${d}日-${m2}月${d2}日`);
        if (y === y2 && m === m2) writings.push(`${y}.${m}.${d}-${d2}`);
        for (const writing of writings)
          expect([writing, span(null)(writing)]).toEqual([writing, { ok: true, value: { from, to } }]);
        expect(daysBetween(from, to)).toBe(length);
      }),
    );
  });
});

it.each<[CellValue, unknown]>([
  [3, 300],
  [3.5, 350],
  [3.35, 335],
  [0.25, 25],
  ['３．５', 350],
  ['3学时', 300],
  [' 8 个学时 ', 800],
  ['4课时', 400],
  [2000, 200_000],
  [2000.01, 'fault'],
  [0, 'fault'],
  [-3, 'fault'],
  [0.125, 'fault'],
  [null, 'fault'],
  ['两天', 'fault'],
  ['3.5.1', 'fault'],
  ['=SUM(A1)', 'fault'],
  [date('2024-03-05'), 'fault'],
  [Number.POSITIVE_INFINITY, 'fault'],
])('%s hours are %s hundredths', (cell, expected) => {
  expect(outcome(hours(cell))).toBe(expected);
});

it.each<[CellValue, unknown]>([
  ['王芳', '王芳'],
  ['王　芳', '王芳'],
  [' 欧阳 明月\n', '欧阳明月'],
  ['李䶮', '李䶮'],
  ['刘𬀩', '刘𬀩'],
  ['阿依古丽•买买提', '阿依古丽·买买提'],
  ['John Smith', 'John Smith'],
  ['', 'fault'],
  [null, 'fault'],
  ['字'.repeat(41), 'fault'],
])('the name %s is %s', (cell, expected) => {
  expect(outcome(personName(cell))).toBe(expected);
});

it.each<[CellValue, unknown]>([
  ['E0001', 'E0001'],
  ['ｅ０００１', 'E0001'],
  [20190012, '20190012'],
  ['', null],
  ['E 0001', 'E0001'],
  ['=E0001', 'fault'],
  ['工号', 'fault'],
])('the 工号 %s is %s', (cell, expected) => {
  expect(outcome(staffNumber(cell))).toBe(expected);
});

it.each<[CellValue, unknown]>([
  ['2021.03', '2021-03-01'],
  ['2021年3月', '2021-03-01'],
  ['2021-03-15', '2021-03-15'],
  [date('2021-03-15'), '2021-03-15'],
  [2021.03, '2021-03-01'],
  // Excel shows 2021.10 so as well.
  [2021.1, 'fault'],
  ['2021.13', 'fault'],
  ['2021.3.1-3.5', 'fault'],
  [null, null],
])('任现职时间 %s is %s', (cell, expected) => {
  expect(outcome(dayOrMonth(cell))).toBe(expected);
});

it.each<[CellValue, unknown]>([
  ['1978.05', '1978-05'],
  ['1978年5月', '1978-05'],
  ['1978-05-20', '1978-05'],
  [1978.05, '1978-05'],
  [1978.1, 'fault'],
  ['78年', 'fault'],
  ['', null],
])('出生年月 %s is %s', (cell, expected) => {
  expect(outcome(birthMonth(cell))).toBe(expected);
});

it.each<[CellValue, unknown]>([
  [12000000001, '12000000001'],
  ['120-0000-0001', '12000000001'],
  ['010-88880000', '01088880000'],
  ['120', 'fault'],
  ['见附件', 'fault'],
  [null, null],
])('the telephone %s is %s', (cell, expected) => {
  expect(outcome(phone(cell))).toBe(expected);
});

it('an address without @ is no e-mail', () => {
  expect(outcome(email('e0001@example.edu.cn'))).toBe('e0001@example.edu.cn');
  expect(outcome(email('example.edu.cn'))).toBe('fault');
  expect(outcome(email(''))).toBe(null);
});

it('names of things are matched whole, and faults list what is allowed', () => {
  const words = { 是: 1, 否: 0, 对: 1, constructor: 2 };
  expect(outcome(oneOf(words)('是'))).toBe(1);
  expect(outcome(oneOf(words, 0)(''))).toBe(0);
  expect(oneOf(words)('也许')).toEqual({ ok: false, expected: '应为是、否、constructor之一' });
  expect(outcome(oneOf({ 是: 1 })('constructor'))).toBe('fault');
  expect(outcome(someOf(words)('是、否；对'))).toEqual([1, 0]);
  expect(outcome(someOf(words)('是、谁'))).toBe('fault');
  expect(outcome(someOf(words)(null))).toEqual([]);
});

it('texts keep their width and punctuation, on one line', () => {
  expect(outcome(text(20, '')('“十五五”规划\n（第一讲）：导论'))).toBe('“十五五”规划 （第一讲）：导论');
  expect(outcome(text(20, '')('\u202e台账\u0000'))).toBe('台账');
  expect(outcome(text(3, '')('四个字的'))).toBe('fault');
  expect(outcome(optionalText(3)(''))).toBe(null);
  expect(outcome(text(20, '')('=1+1'))).toBe('=1+1');
  expect(showCell('字'.repeat(40))).toBe(`${'字'.repeat(30)}…`);
});

it('no cell whatsoever makes a reader throw', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.date());
  const readers = [span(2024), span(null), hours, personName, staffNumber, dayOrMonth, birthMonth, phone, email];
  fc.assert(fc.property(cell, (value) => readers.every((read) => typeof read(value).ok === 'boolean')));
});
