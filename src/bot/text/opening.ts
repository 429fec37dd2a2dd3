import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { type LineReading, readSessionLine, writeTimetable } from './course.ts';
import { readGroup } from './groups.ts';
import { readTitles } from './title.ts';
import { findLongWords, readForm, readKind } from './vocabulary.ts';

/** 参加人员：…, or 参加 党办 where a stretch of its own begins. */
const peopleLabel =
  /(?:参训人员|参加人员|参训人|参加人|人员|名单|学员)\s?[:：]\s?|(?<=^|[\s，,。])(?:参加|参训|参训人员|参加人员|学员)(?:的?有|是|[:：]|(?=\s))\s?/;
const tutorLabel = /班主任\s?[:：]?\s?([^\s，,；;]{2,20})/;
const placeWords = /(?:上课地点|培训地点|地点|教室)\s?[:：]\s?[^\s，,]+(?: [A-Za-z0-9][^\s，,]*)*/;
const organiserLabel = /(?:主办单位|主办方|主办)\s?[:：]\s?([^\s，,；;]{2,60})/;

/** What asks for more than coming: 签退, 体会800字, 考试60分, 每次记学时. */
const wishes: readonly (readonly [RegExp, (value: string) => Readonly<Record<string, string>>])[] = [
  [/^(?:要|需要?)?签退$/, () => ({ signsOut: 'yes' })],
  [/^(?:不|不用|不要)签退$/, () => ({ signsOut: 'no' })],
  [/^(?:不交|不要|免交)(?:学习)?体会$/, () => ({ reflection: '0' })],
  [/^(?:交|要|写)?(?:学习)?体会(\d{2,5})字$/, (value) => ({ reflection: value })],
  [/^(?:闭卷)?考试(?:及格)?(\d{1,3})分(?:及格)?$/, (value) => ({ exam: value })],
  [/^(?:有|要|需要?)?闭卷考试$/, () => ({ exam: 'yes' })],
  [/^(?:每次|逐次|每课次)(?:记|入账)学时$/, () => ({ credits: 'each' })],
];

/** What a sentence says of a class: arguments of 建班, as far as they are said. */
export interface OpeningWords {
  readonly args: Readonly<Record<string, string>>;
  /** Words behind which something stands that is no class: nothing of it was understood. */
  readonly isEmpty: boolean;
}

/**
 * 《党性教育专题班》 11月24日 9:00-11:30 党性教育 3学时 全体正职: the class in the first part with its first 课次, more 课次 in more
 * parts, and people in parts of their own, behind 参加 or as groups at the end of any. Parts are lines, or stand between ；.
 */
export function readOpening(text: string, today: Day, policy: DayWorth): OpeningWords {
  const [first = '', ...others] = partsOf(text, today, policy);
  const { title, left } = takeTitle(first);
  const args: Record<string, string> = title === null ? {} : { title };
  const named = title === null ? [] : findLongWords(title);
  for (const word of named) if (word.slot !== 'content') args[word.slot] = word.value;
  const people: string[] = [];
  const lines: string[] = [];
  const head = takePeople(takeLabelled(left, args), people);
  const said = readSessionLine(head, today, policy);
  if (said.place !== null && said.place !== '') args['place'] = said.place;
  const rest = said.rest.filter((word) => !takeWish(word, args));
  for (const part of others) {
    const reading = readSessionLine(takePeople(part, people), today, policy);
    if (isSitting(reading)) {
      const groups = groupsAmong(reading);
      people.push(...groups);
      lines.push(groups.reduce(without, takePeople(part, [])));
    } else people.push(takeFacts(takePeople(part, []), reading, args));
  }
  const isNamed = people.some((one) => one.trim() !== '');
  if (isSitting(said)) {
    // Where people are named elsewhere, what follows the first 课次 is what follows every other.
    const groups = isNamed ? groupsAmong({ ...said, rest }) : rest;
    people.unshift(asWritten(groups, head));
    lines.unshift(
      said.wrong === null
        ? writeSitting(
            said,
            rest.filter((word) => !groups.includes(word)),
          )
        : head.trim(),
    );
  } else people.unshift(asWritten(rest, head));
  const list = people.map((one) => one.trim()).filter((one) => one !== '');
  if (lines.length > 0) args['timetable'] = lines.join('\n');
  if (list.length > 0) args['people'] = list.join('\n');
  return { args, isEmpty: title === null && lines.length === 0 };
}

/** The 课次 of the first part as a line; its place is that of the class. */
const writeSitting = ({ day, span, content, hours, title, speaker }: LineReading, rest: readonly string[]): string =>
  [
    writeTimetable([
      {
        ...(day === null ? {} : { day }),
        ...span,
        ...(content === null ? {} : { content }),
        ...(hours === null ? {} : { hours }),
        ...(title === null ? {} : { topic: title }),
        speaker: speaker === '' ? null : speaker,
      },
    ]),
    ...rest,
  ].join(' ');

const isSitting = ({ day, span, wrong }: LineReading): boolean => day !== null || span !== null || wrong !== null;

/** Lines, and what stands between ；; what says only more of the 课次 before a ； stays with it. */
function partsOf(text: string, today: Day, policy: DayWorth): string[] {
  return text.split('\n').flatMap((line) => {
    const parts: string[] = [];
    for (const part of line.split(/[;；](?![^《]*》)/)) {
      const { day, span, content, hours, speaker, place } = readSessionLine(part, today, policy);
      const isMore = day === null && span === null && [content, hours, speaker, place].some((one) => one !== null);
      const before = parts.pop();
      if (before === undefined) parts.push(part);
      else if (isMore && ![before, part].some((one) => peopleLabel.test(one))) parts.push(`${before} ${part}`);
      else parts.push(before, part);
    }
    return parts.filter((part) => /[\p{L}\p{N}]/u.test(part));
  });
}

/** The class in 《》, or the word at the beginning that ends like the name of one. */
function takeTitle(said: string): { readonly title: string | null; readonly left: string } {
  const [quoted] = readTitles(said).titles;
  if (quoted !== undefined) return { title: quoted.title, left: said.replace(quoted.words, ' ') };
  const [bare] = /^[^\s，,：:]{2,60}(?:班|研修|讲座|轮训)(?=[\s，,：:]|$)/.exec(said) ?? [];
  return bare === undefined || readGroup(bare, []) !== null
    ? { title: null, left: said }
    : { title: bare, left: said.slice(bare.length) };
}

/** What stands behind 参加 goes to the people. */
function takePeople(line: string, people: string[]): string {
  const label = peopleLabel.exec(line);
  if (label === null) return line;
  people.push(line.slice(label.index + label[0].length));
  return line.slice(0, label.index);
}

/** Groups and units at the end of a 课次: they are neither topic nor speaker. */
function groupsAmong({ title, rest }: Pick<LineReading, 'title' | 'rest'>): string[] {
  const groups: string[] = [];
  for (const [i, word] of [...rest.entries()].reverse()) {
    const isTopic = i === 0 && title === null && groups.length === 0;
    const parts = word.split(/[、和及与]/);
    const isGroup = parts.every((one) => readGroup(one, []) !== null || groupName.test(one) || unitName.test(one));
    // One word that ends like a unit may be what a 课次 is about.
    if (!isGroup || (isTopic && parts.length === 1 && unitName.test(word))) break;
    groups.unshift(word);
  }
  return groups;
}

const groupName = /.(?:全体|正职|副职)$/;
/** Words with what stood between them: 王芳 教务处 is one person, 王芳，教务处 a person and a unit. */
function asWritten(words: readonly string[], text: string): string {
  let [written, end] = ['', 0];
  for (const word of words) {
    const at = text.indexOf(word, end);
    if (written !== '') written += /^ +$/.test(text.slice(end, at)) ? ' ' : '\n';
    written += word;
    end = at + word.length;
  }
  return written;
}

const unitName = /^.{1,20}(?:处|部|办|院|(?<![体关联])系|办公室)$/;

function without(line: string, word: string): string {
  const at = line.lastIndexOf(word);
  return `${line.slice(0, at)} ${line.slice(at + word.length)}`.trim();
}

/** What a part that is no 课次 says of the class; people are left. */
function takeFacts(part: string, { place }: LineReading, args: Record<string, string>): string {
  if (place !== null && place !== '') args['place'] ??= place;
  return takeLabelled(part.replace(placeWords, ' '), args).replace(/[^\s，,]+/g, (word) =>
    takeWish(word, args) ? ' ' : word,
  );
}

function takeLabelled(line: string, args: Record<string, string>): string {
  let left = line;
  for (const [name, pattern] of [
    ['tutor', tutorLabel],
    ['organiser', organiserLabel],
  ] as const) {
    const found = pattern.exec(left);
    if (found?.[1] === undefined) continue;
    args[name] = found[1];
    left = left.replace(found[0], ' ');
  }
  return left;
}

function takeWish(word: string, args: Record<string, string>): boolean {
  const kind = readKind(word);
  if (kind !== null) args['kind'] = kind;
  const form = readForm(word);
  if (form !== null) args['form'] = form;
  for (const [pattern, apply] of wishes) {
    const found = pattern.exec(word);
    if (found === null) continue;
    Object.assign(args, apply(found[1] ?? ''));
    return true;
  }
  return kind !== null || form !== null;
}
