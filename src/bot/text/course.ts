import type { z } from 'zod';
import { mostSessions, sessionSchema } from '../../domain/course.ts';
import { hoursForHalfDays } from '../../domain/credit.ts';
import { addDays, type Day, daysBetween, makeDay, weekdayOf, yearOf } from '../../domain/day.ts';
import type { Content } from '../../domain/hours.ts';
import { contentNames, showHours } from '../../texts/glossary.ts';
import { type DayWorth, readAmount } from './amounts.ts';
import { type ClockSpan, readClockSpan } from './clock-times.ts';
import { type DayPoint, findDayPoints } from './day-points.ts';
import { strike, strikeOut, struck, struckWord } from './mask.ts';
import { normalise } from './normalise.ts';
import { readTitles } from './title.ts';
import { findLongWords, readContent } from './vocabulary.ts';

/** A 课次 that has no number yet. */
export const plannedSessionSchema = sessionSchema.omit({ no: true, cancelled: true, settled: true });
export type PlannedSession = z.output<typeof plannedSessionSchema>;

/** What has to be said of a 课次. */
export const sessionSlots = ['day', 'time', 'content', 'hours'] as const;
export type SessionSlot = (typeof sessionSlots)[number];

/** What one line says of a 课次; `rest` are the words that say nothing to the grammar. */
export interface LineReading {
  readonly day: Day | null;
  readonly span: ClockSpan | null;
  readonly content: Content | null;
  /** Hundredths of an hour. */
  readonly hours: number | null;
  /** In 《》. */
  readonly title: string | null;
  /** Empty where it is said that there is none. */
  readonly speaker: string | null;
  readonly place: string | null;
  readonly rest: readonly string[];
  /** What is named and cannot be taken: two days, 3 or 4 hours. */
  readonly wrong: SessionSlot | null;
}

const numbering =
  /^(?:第\s?[\d一二三四五六七八九十]{1,3}\s?(?:课次|次课|次|课|节)|\d{1,2}\s?(?:[、）)]|[.．](?!\d))|\d{1,2} (?=\d{1,4}[-./月年]))[\s:：]*/;
const value = `([^\\s;；,，${struck}${struckWord}]+(?: [A-Za-z0-9][^\\s;；,，${struck}${struckWord}]*)*)`;
const wordEnd = `(?![^\\s;；,，。${struck}${struckWord}])`;
const becomes = '(?:[:：]|[改换][为成到])';
const label = (names: string): RegExp =>
  new RegExp(
    `(?:${names})\\s?(?:${becomes}\\s?${value}|(无|没有|取消|待定|未定)${wordEnd})|(?<=^|[\\s;；,，])(?:主讲人?|授课人|上课地点|培训地点|地点)(?<=${names})\\s?${value}`,
    'g',
  );
const speakerNames = '主讲人?|授课人?|授课教师|讲师|教师';
const placeNames = '上课地点|培训地点|地点|教室';
const speakerLabel = label(speakerNames);
const placeLabel = label(placeNames);
const contentLabel = label('内容');
const partNames = `${speakerNames}|${placeNames}`;
/** 取消地点, 去掉主讲和地点. */
const droppedParts = new RegExp(`^(?:取消|去掉|删除|清空)\\s?((?:(?:${partNames})[和、及 ]?)+)$`);
/** Whether words, or none, say that there is nothing. */
export const saysNone = (words: string): boolean =>
  /^(?:无|没有|暂无|取消|去掉|删除|清空|空)$/.test(words.trim()) || !/[\p{L}\p{N}]/u.test(words);

/** 学时改为 2, 专题改为《…》, 时间改到 …, as the bot itself says what has changed. */
const renamed = /(?:学时|课时|学时数|专题|题目|时间|日期)\s?(?:[:：]|[改换][为成到])\s?/;

/** Whether words speak of one part of a 课次, and of nothing else that could be meant by their beginning. */
export const startsWithPart = (words: string): boolean =>
  new RegExp(`^(?:${partNames}|内容\\s?${becomes}|${renamed.source})`).test(words) || droppedParts.test(words);

/** 地点 无 主讲 无, for 去掉地点和主讲. */
const spellOut = (words: string): string =>
  words
    .replace(droppedParts, (_, parts: string) =>
      (parts.match(new RegExp(partNames, 'g')) ?? []).map((part) => `${part} 无`).join(' '),
    )
    .replace(
      /(学时|课时)(?:数?)\s?(?:[:：]|[改换][为成到])\s?(\d+(?:\.\d+)?)(?![\d.])(?:\s?(?:学时|课时))?/g,
      ' $2学时 ',
    )
    .replace(new RegExp(renamed.source, 'g'), ' ');
/** A time of day, also one that there is not. */
const clockWords = /\d\s?[:：]\s?\d/;
const between = new RegExp(`[\\s;；,，。|${struck}${struckWord}]+`);

/**
 * What a line says of one 课次, in any order: `11-24 09:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅`. A day without a year
 * is the nearest such day to `near`.
 */
export function readSessionLine(line: string, near: Day, policy: DayWorth): LineReading {
  const titles = readTitles(spellOut(normalise(line).replace(numbering, '')));
  const { span, left: afterTime } = readClockSpan(titles.left);
  const points = findDayPoints(afterTime, near);
  const [first, ...others] = points.filter(({ type }) => type !== 'weekday');
  const point = first ?? points[0];
  const day = point === undefined ? null : dayNear(point, near);
  let left = strikeOut(afterTime, points);
  const amount = readAmount(left, policy);
  if ('parts' in amount) left = strikeOut(left, amount.parts);
  const takeLabelled = (pattern: RegExp): string | null => {
    let found: string | null = null;
    left = strike(left, pattern, ({ 1: named, 2: bare, 3: behind }) => {
      const said = named ?? bare ?? behind ?? '';
      found ??= saysNone(said) ? '' : said;
      return true;
    });
    return found;
  };
  const [speaker, place, named] = [speakerLabel, placeLabel, contentLabel].map(takeLabelled);
  const words = left.split(between).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const own = words.find((word) => readContent(word) !== null);
  const meant = new Set(findLongWords(left).flatMap((word) => (word.slot === 'content' ? [word.value] : [])));
  const content =
    named == null
      ? own === undefined
        ? meant.size === 1
          ? [...meant][0]
          : null
        : readContent(own)
      : readContent(named);
  return {
    day,
    span,
    content: content ?? null,
    hours: amount.ok ? hoursIn(amount.amount, policy) : null,
    title: titles.titles[0]?.title ?? null,
    speaker: speaker ?? null,
    place: place ?? null,
    rest: words.filter((word) => word !== own),
    wrong:
      (point !== undefined && day === null) || others.length > 0
        ? 'day'
        : !amount.ok && amount.reason !== 'none'
          ? 'hours'
          : span === null && clockWords.test(afterTime)
            ? 'time'
            : null,
  };
}

const hoursIn = (
  amount: { unit: 'hours'; hours: number } | { unit: 'half-days'; count: number },
  policy: DayWorth,
): number => (amount.unit === 'hours' ? amount.hours : hoursForHalfDays(amount.count, policy));

/** A timetable looks ahead as well as back: the nearest day of the name, a weekday or a bare number the next one. */
function dayNear(point: DayPoint, near: Day): Day | null {
  switch (point.type) {
    case 'fixed':
      return point.day;
    case 'month-day': {
      const years = [-1, 0, 1].map((step) => makeDay(yearOf(near) + step, point.month, point.day));
      return (
        years
          .filter((day) => day !== null)
          .sort((a, b) => Math.abs(daysBetween(near, a)) - Math.abs(daysBetween(near, b)))[0] ?? null
      );
    }
    case 'day-of-month':
      return (
        Array.from({ length: 62 }, (_, ahead) => addDays(near, ahead)).find(
          (day) => Number(day.slice(8)) === point.day,
        ) ?? null
      );
    case 'weekday':
      return addDays(near, (point.weekday - weekdayOf(near) + 7) % 7);
    case 'impossible':
      return null;
  }
}

/** The words of a day that does not exist, such as 2月30日; null where none is named. */
export function noSuchDay(words: string, near: Day): string | null {
  const said = normalise(words);
  const point = findDayPoints(said, near).find((one) => dayNear(one, near) === null);
  return point === undefined ? null : said.slice(point.start, point.end).trim();
}

/** A line of a timetable that cannot be taken; lines are counted from 1. */
export interface LineFault {
  readonly line: number;
  readonly words: string;
  readonly missing: readonly SessionSlot[];
  /** Those of them that are named, and cannot be taken. */
  readonly wrong: readonly SessionSlot[];
  /** Words too many, or one that is too long. */
  readonly unread: string | null;
}

export interface TimetableReading {
  readonly sessions: readonly PlannedSession[];
  readonly faults: readonly LineFault[];
}

/**
 * A timetable as it is written, one 课次 a line. A line without a day is on the day of the line above it; a 课次 without a
 * topic of its own has that of the class. Behind the topic come speaker and place.
 */
export function readTimetable(text: string, today: Day, policy: DayWorth, topic: string): TimetableReading {
  const sessions: PlannedSession[] = [];
  const faults: LineFault[] = [];
  let near = today;
  const lines = normalise(text)
    .split('\n')
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  for (const [index, words] of lines.slice(0, mostSessions + 1).entries()) {
    const said = readSessionLine(words, near, policy);
    const day = said.day ?? (index === 0 ? null : near);
    if (day !== null) near = day;
    const missing = sessionSlots.filter(
      (slot) =>
        said.wrong === slot || { day, time: said.span, content: said.content, hours: said.hours }[slot] === null,
    );
    const { topic: named, speaker, place, unread } = readPositions(said);
    const session = plannedSessionSchema.safeParse({
      day,
      start: said.span?.start,
      end: said.span?.end,
      content: said.content,
      hours: said.hours,
      topic: named ?? topic,
      speaker: speaker === '' ? null : speaker,
      place: place === '' ? null : place,
    });
    if (missing.length > 0 || unread !== null || !session.success)
      faults.push({
        line: index + 1,
        words,
        missing,
        wrong: missing.filter((slot) => slot === said.wrong || namesSlot[slot]?.test(words) === true),
        unread: missing.length > 0 ? null : (unread ?? words),
      });
    else sessions.push(session.data);
  }
  return { sessions, faults };
}

/** Hours that are none are named all the same. */
const namesSlot: Readonly<Partial<Record<SessionSlot, RegExp>>> = { hours: /学时|课时/ };

const isSpeaker = (word: string): boolean =>
  /(?:教授|老师|主任|书记|院长|处长|部长|校长|讲师|研究员|博士|同志|专家|主讲)$/.test(word);
const isPlace = (word: string): boolean => /(?:厅|室|楼|馆|场|中心|基地|礼堂|线上|会议)$|^[A-Za-z]?\d{2,4}$/.test(word);

/** Topic, speaker and place by their order and by how they end. */
function readPositions({ title, speaker: byLabel, place: atLabel, rest }: LineReading) {
  const words = [...rest];
  const topic = title ?? (words[0] !== undefined && !isSpeaker(words[0]) && !isPlace(words[0]) ? words.shift() : null);
  let [speaker, place] = [byLabel, atLabel];
  const unread: string[] = [];
  for (const word of words) {
    if (place === null && (isPlace(word) || (speaker !== null && !isSpeaker(word)))) place = word;
    else if (speaker === null) speaker = word;
    else unread.push(word);
  }
  return { topic: topic ?? null, speaker, place, unread: unread[0] ?? null };
}

/** 课次 as lines that `readTimetable` reads back, as far as they are known. */
export const writeTimetable = (sessions: readonly Partial<PlannedSession>[]): string =>
  sessions
    .map(({ day, start, end, content, hours, topic, speaker, place }) =>
      [
        day,
        start === undefined ? null : `${start}-${end}`,
        content === undefined ? null : contentNames[content],
        hours === undefined ? null : `${showHours(hours)}学时`,
        topic === undefined ? null : `《${topic.replace(/[《》\n]/g, ' ').trim()}》`,
        speaker == null ? null : `主讲：${oneWord(speaker, '、')}`,
        place == null ? null : `地点：${oneWord(place, '')}`,
      ]
        .filter((part) => part != null)
        .join(' '),
    )
    .join('\n');

/** A space ends a word of a line, but before letters and digits. */
const oneWord = (words: string, joint: string): string =>
  words.replace(/[;；,，]+/g, '、').replace(/\s+(?![A-Za-z0-9])/g, joint);
