import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { type LineReading, readSessionLine, writeTimetable } from './course.ts';
import { readGroup } from './groups.ts';
import { readTitles } from './title.ts';
import { findLongWords, readForm, readKind } from './vocabulary.ts';

/** 参加人员：…, or 参加 党办 where a stretch of its own begins. */
const peopleLabel =
  /(?:参训人员|参加人员|参训人|参加人|人员|名单|学员)\s?[:：]\s?|(?<=^|[\s，,。])(?:参加|参训|参训人员|参加人员|学员)(?:的?有|是|[:：]|(?=\s))\s?/;
const exceptions = /除|不含|不包[含括]|去掉|不参加/;
const placeWords = /(?:上课地点|培训地点|地点|教室)(?:\s?[:：]\s?|(?<=地点)\s?)[^\s，,]+(?: [A-Za-z0-9][^\s，,]*)*/;

const ahead = '(?<=^|[\\s，,。；;、（(])';
const behind = '(?=$|[\\s，,。；;、）)]|\\d{1,3}\\s?天)';
const wish = (words: string): RegExp => new RegExp(`${ahead}(?:${words})${behind}`);
const none = '不用交?|不要|不需要|无需|取消|不|免|无|没有';
const refusal = `[:：]?\\s?(?:改[为成])?(?:${none}|不交|取消)`;
const changed = '(?:改[为成到]?)?\\s?';
const most = `[:：]?\\s?${changed}(?:要|要求|不少于|至少|最少|满)?\\s?`;
const handedIn = '天(?:之?内)?(?:提交|上交|交)?';

/** What is said of the class anywhere: 班主任 王芳, 签退, 体会800字, 14天内提交, 考试60分, 每次记学时. */
const settings: readonly (readonly [RegExp, (value: string, more?: string) => Readonly<Record<string, string>>])[] = [
  [new RegExp(`${ahead}班主任\\s?(?:[:：是为]|[改换][为成到])?\\s?([^\\s，,；;、]{2,20})`), (tutor) => ({ tutor })],
  [
    new RegExp(
      `${ahead}(?:班名|名字|名称|改名|更名)\\s?(?:叫做?|[:：是为]|[改换][为成到])?\\s?(《+》?|[^\\s，,；;《]{2,100})`,
    ),
    (title) => ({ title: title.replace(/[《》]/g, '') }),
  ],
  [/(?:主办单位|主办方|主办)\s?[:：]\s?([^\s，,；;]{2,60})/, (organiser) => ({ organiser })],
  [wish(`(?:${none})签退`), () => ({ signsOut: 'no' })],
  [wish('(?:要|需要?)?签退'), () => ({ signsOut: 'yes' })],
  [wish(`(?:${none})[交写]?(?:学习|心得)?体会|(?:学习|心得)?体会${refusal}`), () => ({ reflection: '0' })],
  [
    wish(
      `(?:学习|心得)?体会改[为成](?:在?结束|课)?后\\s?(\\d{1,3})\\s?${handedIn}[\\s，,]{0,2}${most}(\\d{2,5})\\s?字`,
    ),
    (reflectionDays, reflection = '') => ({ reflection, reflectionDays }),
  ],
  [
    wish(
      `(?:要|需)?[交写]?(?:提交)?(?:学习|心得)?体会${most}(\\d{2,5})\\s?字(?:以上)?(?:[\\s，,]{0,2}(\\d{1,3})\\s?${handedIn})?`,
    ),
    (reflection, reflectionDays) => ({ reflection, ...(reflectionDays === undefined ? {} : { reflectionDays }) }),
  ],
  [
    wish('(?:体会)?(?:期限)?(?:课程|全部)?(?:结束|课)?后?\\s?(\\d{1,3})\\s?天(?:之?内)(?:提交|上交|交)?'),
    (reflectionDays) => ({ reflectionDays }),
  ],
  [
    wish(`(?:要|参加)?(?:闭卷)?考试[:：]?\\s?${changed}(?:及格分?)?\\s?(\\d{1,3})\\s?分(?:及格)?`),
    (exam) => ({ exam }),
  ],
  [wish(`(?:${none})(?:闭卷)?考试?|(?:闭卷)?考试${refusal}`), () => ({ exam: '0' })],
  [wish('(?:有|要|需要?|参加)?闭卷考试'), () => ({ exam: 'yes' })],
  [wish('(?:每次|逐次|每课次)(?:记|入账)学时'), () => ({ credits: 'each' })],
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
  const args: Record<string, string> = {};
  const [first = '', ...others] = partsOf(takeSettings(text, args), today, policy);
  const { title = args['title'] ?? null, left } = args['title'] === undefined ? takeTitle(first) : { left: first };
  if (title !== null) args['title'] = title;
  const named = title === null ? [] : findLongWords(title);
  for (const word of named) if (word.slot !== 'content') args[word.slot] = word.value;
  const people: string[] = [];
  const lines: string[] = [];
  const head = takePeople(left, people);
  const said = readSessionLine(head, today, policy);
  if (said.place !== null && said.place !== '') args['place'] = said.place;
  const rest = said.rest.filter((word) => !takeKind(word, args));
  for (const part of others) {
    const reading = readSessionLine(takePeople(part, people), today, policy);
    if (isSitting(reading)) {
      const groups = groupsAmong(reading);
      people.push(asWritten(groups, part));
      lines.push(groups.reduce(without, takePeople(part, [])));
    } else people.push(takeFacts(takePeople(part, []), reading, args));
  }
  const isNamed = people.some((one) => one.trim() !== '');
  if (isSitting(said) || said.content !== null || said.hours !== null) {
    // Where people are named elsewhere, what follows the first 课次 is what follows every other.
    const groups = isNamed ? groupsAmong({ ...said, rest }) : rest.filter((word) => !someTime.test(word));
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
  const everybody = people.map((one) => one.trim()).filter((one) => one !== '');
  // Who is not meant is named last: everybody behind such words is not.
  const list = [
    ...everybody.filter((one) => !exceptions.test(one)),
    ...everybody.filter((one) => exceptions.test(one)),
  ];
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

/** When it is to be, in words that name no day: they stay in the line, for a day to take their place. */
const someTime =
  /^(?:[本这下]+个?(?:周|星期|礼拜|月|学期)|(?:本|这|下个?|\d{1,2})?月[初中底末]|[明今后]年.{0,2}|年[初中底末]|近期|[上中下]旬)$/;

/** The class in 《》, or the word at the beginning that ends like the name of one. */
function takeTitle(said: string): { readonly title: string | null; readonly left: string } {
  const [quoted] = readTitles(said).titles;
  if (quoted !== undefined) return { title: quoted.title, left: said.replace(quoted.words, ' ') };
  const [bare] = /^(?:班名\s?[:：是为]?\s?)?[^\s，,：:]{1,60}(?:班|研修|讲座|轮训)(?=[\s，,：:]|$)/.exec(said) ?? [];
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

/** Who comes, at the end of a 课次: a group or a 工号 and all behind it, and units; they are neither topic nor speaker. */
function groupsAmong({ title, rest }: Pick<LineReading, 'title' | 'rest'>): string[] {
  const found = rest.findIndex((word) => partsOfPeople(word).some((one) => isGroup(one) || staffNumber.test(one)));
  let from = found === -1 ? rest.length : found;
  for (; from > 0; from -= 1) {
    const word = rest[from - 1] ?? '';
    const parts = partsOfPeople(word);
    const isTopic = from === 1 && title === null && from === rest.length;
    // One word that ends like a unit may be what a 课次 is about.
    if (!parts.every((one) => unitName.test(one)) || (isTopic && parts.length === 1)) break;
  }
  return rest.slice(from);
}

const partsOfPeople = (word: string): string[] => word.split(/[、和及与（(]/);
const isGroup = (words: string): boolean => readGroup(words, []) !== null || groupName.test(words);
const groupName = /(?:全体|正职|副职|中层干部|处级干部|年轻干部|负责人)$/;
/** A room has fewer digits. */
const staffNumber = /^[A-Za-z]{1,3}\d{4,}$/;

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
  if (at === -1) return line;
  return `${line.slice(0, at)} ${line.slice(at + word.length)}`.trim();
}

/** What a part that is no 课次 says of the class; people are left. */
function takeFacts(part: string, { place }: LineReading, args: Record<string, string>): string {
  if (place !== null && place !== '') args['place'] ??= place;
  return part.replace(placeWords, ' ').replace(/[^\s，,]+/g, (word) => (takeKind(word, args) ? ' ' : word));
}

/** What is said of a class that exists, 班主任 王芳 教务处 or 体会800字; null where anything else is said. */
export function readSettings(text: string): Readonly<Record<string, string>> | null {
  const args: Record<string, string> = {};
  const left = takeSettings(text, args)
    .replace(/[\s，,；;。]+/g, ' ')
    .trim();
  const [only, ...others] = Object.keys(args);
  if (only === undefined) return null;
  if (left === '') return args;
  return only === 'tutor' && others.length === 0 ? { tutor: `${args['tutor']} ${left}`.slice(0, 40) } : null;
}

/** Takes what is said of the class out of a text, wherever it stands outside 《》. */
function takeSettings(text: string, args: Record<string, string>): string {
  let left = text;
  for (const [pattern, apply] of settings) {
    const covered = left.replace(/《[^》\n]*》/g, (title) => '《'.repeat(title.length));
    const found = pattern.exec(covered);
    if (found === null) continue;
    const end = found.index + found[0].length;
    // A title is covered, and stands at the end of what names it.
    const value = found[1]?.startsWith('《') ? left.slice(end - found[1].length, end) : found[1];
    Object.assign(args, apply(value ?? '', found[2]));
    left = `${left.slice(0, found.index)} ${left.slice(found.index + found[0].length)}`;
  }
  return left;
}

function takeKind(word: string, args: Record<string, string>): boolean {
  const kind = readKind(word);
  if (kind !== null) args['kind'] = kind;
  const form = readForm(word);
  if (form !== null) args['form'] = form;
  return kind !== null || form !== null;
}
