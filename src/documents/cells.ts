import { type Day, isDay, makeDay } from '../domain/day.ts';
import { documentTexts } from '../texts/documents.ts';
import type { CellValue } from './workbook.ts';

/** What a cell says, or what should stand there; `expected` reads on after what was found. */
export type CellReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly expected: string };

const say = <T>(value: T): CellReading<T> => ({ ok: true, value });
const expect = (expected: string): { readonly ok: false; readonly expected: string } => ({ ok: false, expected });

/** A time alone has the day on which Excel begins to count, and may be a moment short of its minute. */
function dayOfDate(date: Date): string {
  const day = date.toISOString().slice(0, 10);
  return /^1(?:899|900)-/.test(day) ? new Date(date.getTime() + 500).toISOString().slice(11, 16) : day;
}

/** Text in which there is nothing to clean, as most cells are. */
const isClean = (cell: CellValue): cell is string =>
  typeof cell === 'string' && /^[\w.\-《》\u4e00-\u9fff]*$/.test(cell);

function cleaned(cell: CellValue): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : dayOfDate(cell);
  return String(cell ?? '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/** The cell's text on one line, widths as written. */
export const textOf = (cell: CellValue): string => (isClean(cell) ? cell : cleaned(cell));

/** The text with half-width letters and digits and without spaces: for codes, numbers, days and names of things. */
export const plainWord = (cell: CellValue): string =>
  isClean(cell) ? cell : cleaned(cell).normalize('NFKC').replace(/\s+/g, '');

/** As a report quotes it. */
export function showCell(cell: CellValue): string {
  const text = textOf(cell);
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

/** Text of 1 to `max` characters. */
export const text =
  (max: number, example: string) =>
  (cell: CellValue): CellReading<string> => {
    const found = textOf(cell);
    if (found === '') return expect(documentTexts.shouldBe(example));
    return found.length > max ? expect(documentTexts.tooLong(max)) : say(found);
  };

/** Text of up to `max` characters, null when blank. */
export const optionalText =
  (max: number) =>
  (cell: CellValue): CellReading<string | null> => {
    const found = textOf(cell);
    return found.length > max ? expect(documentTexts.tooLong(max)) : say(found === '' ? null : found);
  };

/** A person's name; spaces that only line up two characters with three are dropped. */
export function personName(cell: CellValue): CellReading<string> {
  const found = textOf(cell);
  const name = /\p{Script=Han}/u.test(found) ? found.replace(/\s/g, '').replace(/[•‧・･．]/g, '·') : found;
  return name === '' || name.length > 40 ? expect(documentTexts.shouldBe('姓名')) : say(name);
}

/** 工号, null when blank. */
export function staffNumber(cell: CellValue): CellReading<string | null> {
  const found = plainWord(cell).toUpperCase();
  if (found === '') return say(null);
  return /^[\w-]{1,32}$/.test(found) ? say(found) : expect(documentTexts.shouldBe('字母和数字，例如 E0001'));
}

export function requiredStaffNumber(cell: CellValue): CellReading<string> {
  const reading = staffNumber(cell);
  if (!reading.ok) return reading;
  return reading.value === null ? expect(documentTexts.shouldBe('工号，例如 E0001')) : say(reading.value);
}

/** Hours as hundredths: `3`, `３．５`, `3学时`. */
export function hours(cell: CellValue): CellReading<number> {
  const number = Number(/^(\d+(?:\.\d+)?)(?:个?(?:学时|课时|小时))?$/.exec(plainWord(cell))?.[1] ?? Number.NaN);
  const hundredths = Math.round(number * 100);
  if (!(hundredths > 0) || Math.abs(number * 100 - hundredths) > 1e-6)
    return expect(documentTexts.shouldBe('数字，例如 8'));
  return hundredths > 200_000 ? expect(documentTexts.shouldBe('不超过 2000 的数字')) : say(hundredths);
}

/** One of a few names; a blank cell is `blank` where that is given. */
export const oneOf =
  <T>(words: Readonly<Record<string, T>>, blank?: T) =>
  (cell: CellValue): CellReading<T> => {
    const found = plainWord(cell);
    if (found === '' && blank !== undefined) return say(blank);
    const value = Object.hasOwn(words, found) ? words[found] : undefined;
    return value === undefined ? expect(documentTexts.shouldBeOneOf(shownWords(words))) : say(value);
  };

/** Several of a few names, separated by 、 or the like; blank is none. */
export const someOf =
  <T>(words: Readonly<Record<string, T>>) =>
  (cell: CellValue): CellReading<T[]> => {
    const values: T[] = [];
    for (const word of plainWord(cell).split(/[、,;/]/)) {
      if (word === '') continue;
      const value = Object.hasOwn(words, word) ? words[word] : undefined;
      if (value === undefined) return expect(documentTexts.shouldBeOneOf(shownWords(words)));
      if (!values.includes(value)) values.push(value);
    }
    return say(values);
  };

/** The first word for each value; the others are tolerated, not taught. */
const shownWords = (words: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(words).filter((word, index, all) => all.findIndex((other) => words[other] === words[word]) === index);

const fullDay = String.raw`(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?`;
const dayOfMonth = String.raw`(\d{1,2})[./月-](\d{1,2})[日号]?`;
const spanPattern = new RegExp(
  `^(?:${fullDay}|(\\d{1,2})月(\\d{1,2})[日号])(?:[至到~〜—–―-]+(?:${fullDay}|${dayOfMonth}|(\\d{1,2})[日号]?))?$`,
);

export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/**
 * A day or a span of days as sheets have them: an Excel date, `2024.3.5-3.7`, `2024年3月5日—7日`,
 * `2025-12-30至2026-01-02`, and `3月5日-7日` on a sheet that is named after its year.
 */
export const span =
  (sheetYear: number | null) =>
  (cell: CellValue): CellReading<Span> => {
    const example = expect(documentTexts.shouldBe('日期，例如 2024-03-05 或 2024-03-05至2024-03-07'));
    const found = plainWord(cell).replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    const match = spanPattern.exec(found);
    if (match === null) return example;
    const [y1, m1, d1, m2, d2, endY, endM, endD, shortM, shortD, onlyD] = match.slice(1).map(part);
    const year = y1 ?? sheetYear;
    const month = m1 ?? m2;
    if (year === null || month === undefined) return example;
    const endMonth = endM ?? shortM ?? month;
    const endYear = endY ?? (month === 12 && endMonth === 1 ? year + 1 : year);
    const endDay = endD ?? shortD ?? onlyD;
    const from = existing(year, month, d1 ?? d2);
    const to = endDay === undefined ? from : existing(endYear, endMonth, endDay);
    if (!from.ok) return from;
    if (!to.ok) return to;
    return to.value < from.value ? expect(documentTexts.reversed) : say({ from: from.value, to: to.value });
  };

const part = (digits: string | undefined): number | undefined => (digits === undefined ? undefined : Number(digits));

function existing(year: number, month: number, day = 0): CellReading<Day> {
  const found = makeDay(year, month, day);
  if (found === null) return expect(documentTexts.noSuchDay(year, month, day));
  return year < 1950 || year > 2099 ? expect(documentTexts.strangeYear(year)) : say(found);
}

/** A day, or a month that stands for its first day; null when blank. */
export function dayOrMonth(cell: CellValue): CellReading<Day | null> {
  const found = plainWord(cell);
  if (found === '') return say(null);
  const whole = span(null)(cell);
  if (whole.ok && whole.value.from === whole.value.to) return say(whole.value.from);
  const month = readMonth(cell);
  if (month !== null) return say(`${month}-01`);
  return whole.ok ? expect(documentTexts.shouldBe('一个日期，例如 2021-03')) : whole;
}

/** 出生年月 as `1978-05`; null when blank. */
export function birthMonth(cell: CellValue): CellReading<string | null> {
  if (plainWord(cell) === '') return say(null);
  const day = span(null)(cell);
  const month = day.ok ? day.value.from.slice(0, 7) : readMonth(cell);
  return month === null ? expect(documentTexts.shouldBe('年月，例如 1978-05')) : say(month);
}

/** A number such as 1978.1 may have been 1978.10 once, so that one is not read. */
function readMonth(cell: CellValue): string | null {
  if (typeof cell === 'number' && !/^\d{4}\.\d{2}$/.test(String(cell))) return null;
  const match = /^(\d{4})[-./年](\d{1,2})月?$/.exec(plainWord(cell));
  const month = match === null ? '' : `${match[1]}-${match[2]?.padStart(2, '0')}`;
  return isDay(`${month}-01`) ? month : null;
}

/** A telephone number, digits only; null when blank. */
export function phone(cell: CellValue): CellReading<string | null> {
  const found = plainWord(cell).replace(/[-()]/g, '');
  if (found === '') return say(null);
  return /^\+?\d{7,15}$/.test(found) ? say(found) : expect(documentTexts.shouldBe('手机号，11 位数字'));
}

export function email(cell: CellValue): CellReading<string | null> {
  const found = plainWord(cell);
  if (found === '') return say(null);
  return found.length <= 80 && /^[^@]+@[^@]+\.[^@]+$/.test(found)
    ? say(found)
    : expect(documentTexts.shouldBe('邮箱地址，例如 name@example.edu.cn'));
}
