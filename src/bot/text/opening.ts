import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { readSessionLine, writeTimetable } from './course.ts';
import { readTitles } from './title.ts';
import { findLongWords, readForm, readKind } from './vocabulary.ts';

const peopleLabel = /(?:参训人员|参加人员|参加人|人员|名单|学员)\s?[:：]\s?/;
const tutorLabel = /班主任\s?[:：]?\s?([^\s，,；;]{2,20})/;
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
 * 《党性教育专题班》 11月24日 9:00-11:30 党性教育 3学时 全体正职: the class in the first line with its first 课次; more 课次 in more
 * lines, and people in lines of their own or behind 人员：.
 */
export function readOpening(text: string, today: Day, policy: DayWorth): OpeningWords {
  const [first = '', ...others] = text.split('\n');
  const { titles } = readTitles(first);
  const title = titles[0]?.title;
  const args: Record<string, string> = title === undefined ? {} : { title };
  const named = title === undefined ? [] : findLongWords(title);
  for (const word of named) if (word.slot !== 'content') args[word.slot] = word.value;
  const people: string[] = [];
  const lines: string[] = [];
  let head = takeLabelled(titles[0] === undefined ? first : first.replace(titles[0].words, ' '), args);
  const label = peopleLabel.exec(head);
  if (label !== null) {
    people.push(head.slice(label.index + label[0].length));
    head = head.slice(0, label.index);
  }
  const said = readSessionLine(head, today, policy);
  if (said.place !== null && said.place !== '') args['place'] = said.place;
  const words = said.rest.filter((word) => !takeWish(word, args));
  if (said.day !== null || said.span !== null || said.wrong !== null) {
    const { day, span, content, hours, speaker } = said;
    lines.push(
      said.wrong === null
        ? writeTimetable([
            {
              ...(day === null ? {} : { day }),
              ...span,
              ...(content === null ? {} : { content }),
              ...(hours === null ? {} : { hours }),
              speaker,
            },
          ])
        : head.trim(),
    );
  }
  people.push(...words);
  for (const line of others) {
    const bare = line.replace(peopleLabel, '');
    const { day, span } = readSessionLine(line, today, policy);
    if (bare !== line) people.push(bare);
    else if (day !== null || span !== null) lines.push(line);
    else people.push(takeLabelled(line, args));
  }
  const list = people.map((one) => one.trim()).filter((one) => one !== '');
  if (lines.length > 0) args['timetable'] = lines.join('\n');
  if (list.length > 0) args['people'] = list.join('\n');
  return { args, isEmpty: title === undefined && lines.length === 0 };
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
