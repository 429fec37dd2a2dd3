import type { Day } from '../../domain/day.ts';
import { type Token, tokenise } from './lexicon.ts';
import { findRefusal } from './refusal.ts';
import { readYear } from './years.ts';

/** What needs no command: a sentence about the rules, or that others are none of one's business. */
export type Fact = 'reflection-rules' | 'own-only';
/** A line as it would be typed, or a fact to be told. */
export type Meaning = { readonly line: string } | { readonly fact: Fact };

/**
 * A way of saying something, as data. `says` names the concepts that must be there, in any order; `a/b` is either,
 * `a?` may be there. `#` is one or more numbers, `who` in braces is a run of letters that the lexicon does not know:
 * the name of a person or a unit. A phrase fits only when it accounts for every word of the text.
 *
 * `means` are the lines that it may stand for, the best first: the first whose command exists and is open to the
 * speaker is taken. In a line `#` becomes the numbers, `{year}` the year that was said, `{who}` the name.
 */
interface Phrase {
  readonly says: readonly string[];
  readonly means: readonly string[];
  /** Not a letter may be unknown. */
  readonly exact?: true;
  /** It changes something at once: exact, and never from a question. */
  readonly acts?: true;
}

const phrases: readonly Phrase[] = [
  {
    says: [
      'how/why grasp hours? content? date? theAmount? #?',
      'why hours? # theAmount?',
      'why theAmount',
      'why content',
      'why # hours',
      'why date',
    ],
    means: ['理解'],
    exact: true,
  },
  {
    says: [
      'latest log? record? wrong? withdraw me? demand?',
      'log wrong withdraw me? latest?',
      'log record withdraw me latest?',
    ],
    means: ['撤回 刚才'],
    exact: true,
  },
  { says: ['# log? record? wrong? withdraw me?'], means: ['撤回 #'], acts: true },
  { says: ['log? review? # approve every?'], means: ['审核 # 通过', '记录 #'], acts: true },
  { says: ['log? review? # sendBack'], means: ['审核 # 退回', '记录 #'], acts: true },
  { says: ['log? review? # reject'], means: ['审核 # 驳回', '记录 #'], acts: true },
  { says: ['every waiting? review? log? approve', 'approveAll waiting? log?'], means: ['审核 全部通过'], acts: true },
  { says: ['refusesLeave'], means: ['请假 待批'], exact: true },
  { says: ['review #'], means: ['审核 #', '记录 #'] },
  {
    says: [
      '# me? log? record? standing/approve/done/review not?',
      'me # log? approve/review done? not?',
      '# review how',
    ],
    means: ['审核 #', '记录 #'],
  },
  {
    says: [
      'me log approve/review not? done? hours?',
      'review approve not? done?',
      'me latest approve/review not? log?',
      'me log? hours approve/review done?',
    ],
    means: ['记录 待审核'],
  },
  {
    says: [
      'me? reflection hand? demand? words',
      'me? reflection when hand?',
      'reflection words demand',
      'me? reflection demand howMany? words?',
    ],
    means: ['=reflection-rules'],
  },
  {
    says: ['ourUnit who not hand? reflection?', 'ourUnit not hand reflection roll?'],
    means: ['本单位', '逾期 体会', '体会'],
  },
  {
    says: [
      'ourUnit standing',
      'ourUnit hours? standing?',
      'ourUnit who late/lack hours?',
      'ourUnit me? hours howMany/enough/lack',
    ],
    means: ['本单位', '进度'],
  },
  {
    says: [
      'everyUnit hours? standing/statistics/howMany/enough',
      'statistics hours? everyUnit? standing?',
      'everyUnit hours',
      'everyUnit learnt? howMany hours?',
    ],
    means: ['统计', '通报'],
  },
  { says: ['remind who? not? hand? reflection? late? everyUnit?', 'remind'], means: ['催办', '逾期'] },
  { says: ['export late roll?', 'late roll export?'], means: ['逾期 导出', '逾期'] },
  { says: ['export record me? hours?', 'export everyUnit? hours? statistics? record?'], means: ['导出', '记录'] },
  { says: ['import record/hours/roll?', 'import'], means: ['导入'] },
  { says: ['audit latest? record? log? #?', 'who audit latest? log?'], means: ['审计 #', '记录 #', '审计'] },
  { says: ['selfCheck standing?'], means: ['自查'] },
  { says: ['rules hours?', 'rules what', 'rules how'], means: ['参数'] },
  { says: ['reminder how/what/not', 'me reminder'], means: ['提醒', '待办'] },
  { says: ['bulletin month? done? standing?', 'month bulletin'], means: ['通报'] },
  {
    says: [
      'who not hand reflection?',
      'who lack reflection?',
      'who reflection not hand?',
      'reflection not hand roll',
      'reflection roll',
      'not hand reflection roll',
      'who lack hand reflection?',
      'reflection who not? hand',
    ],
    means: ['逾期 体会', '体会'],
  },
  {
    says: ['{who} reflection hand? not?', '{who} not? hand reflection not?'],
    means: ['选择 逾期 体会 {who}', '=own-only'],
  },
  {
    says: [
      '{who} hours howMany? learnt? standing? lack? enough? year?',
      '{who} learnt howMany hours year?',
      '{who} lack howMany hours',
      '{who} standing hours/learnt',
    ],
    means: ['选择 干部 {who}', '=own-only'],
  },
  { says: ['who late', 'late roll', 'late who? roll? standing?', 'who late/lack hours?'], means: ['逾期', '待办'] },
  {
    says: [
      'waiting howMany? roll? what? record? log? done?',
      'what review',
      'howMany waiting',
      'roll waiting',
      'me? review done? howMany? what? roll?',
      'me waiting what?',
      'what approve',
      'me? approve',
    ],
    means: ['审核', '待办'],
  },
  {
    says: [
      'me? not hand reflection roll? what? howMany?',
      'me? reflection hand? not? roll? howMany? demand?',
      'me? reflection hand? how demand?',
      'me? lack howMany? reflection hand?',
      'not hand',
      'me? demand hand reflection not? what/roll?',
      'demand reflection? hand roll',
      'me? reflection task? not? hand? demand?',
    ],
    means: ['体会'],
  },
  {
    says: [
      'me? todo what? task? roll? not?',
      'what todo me? task?',
      'me? what task not? todo?',
      'me? task demand? todo what?',
      'me task roll? not? todo',
      'not todo what? task?',
      'me? demand can what',
      'me demand todo what?',
      'what demand me todo',
    ],
    means: ['待办'],
  },
  {
    says: [
      'me? took roll/what training',
      'me took training',
      'me? took/log what/roll training?',
      'me log roll record?',
      'me record roll? what?',
      'record me roll?',
      'log record me',
      'me hours record year?',
      'me demand? record',
      'me year record',
      'me? year took roll/what training',
    ],
    means: ['记录 {year}'],
  },
  {
    says: [
      'me? year? lack howMany? hours? enough? cycle?',
      'me? year? hours? howMany learnt? enough? lack? cycle?',
      'me? year? hours enough not? cycle? standing? #?',
      'me? enough not?',
      'me? year? cycle? hours? standing enough? learnt?',
      'me? year? cycle? # hours? enough? lack? howMany standing?',
      'me? year? hours learnt howMany? enough?',
      'me? year hours lack?',
      'me hours',
      'hours enough',
      'me? year? learnt howMany hours? enough? demand?',
      'me? cycle? hours enough standing',
      'me? year? hours lack howMany? enough? demand?',
    ],
    means: ['进度 {year}'],
  },
  {
    says: [
      'how use me? not?',
      'me? not can? use',
      'what can',
      'can what',
      'what help',
      'help',
      'me? help not?',
      'not use',
      'use how me?',
      'how log hours? training?',
      'how log',
      'hours how log',
      'can what help?',
    ],
    means: ['帮助'],
  },
];

/** 1003 退回 请补充证明: what 审核 reads, without its name. */
const decision =
  /^(?:登记号|第)?\s?\d{1,9}\s?号?[\s，,、:：]*(?:(?:通过|同意|批准)$|(?:退回|驳回)(?:$|[\s，,:：])|改[成为]?\s?[\d一二两三半])/;

interface Pattern {
  /** Everything that may be said. */
  readonly allowed: ReadonlySet<string>;
  /** Of each of these something must be. */
  readonly needed: readonly (readonly string[])[];
  readonly phrase: Phrase;
}

const patterns: readonly Pattern[] = phrases.flatMap((phrase) =>
  phrase.says.map((says) => {
    const steps = says.split(' ').map((step) => ({ any: step.replace(/\?$/, '').split('/'), step }));
    const needed = steps.filter(({ step }) => !step.endsWith('?')).map(({ any }) => any);
    return { phrase, allowed: new Set(steps.flatMap(({ any }) => any)), needed };
  }),
);

/** Longer sentences are no questions to a bot. */
const longest = 60;
/** Letters that a harmless phrase may leave over: a slip of the pen. */
const slips = 2;

export interface Intent {
  readonly means: readonly Meaning[];
  /** The name of a person or unit that was asked about. */
  readonly who: string | null;
}

const nameOf = (token: Token): string =>
  token.type === 'word' ? token.concept : token.type === 'number' ? '#' : '{who}';

/**
 * What a sentence without a command's name asks for. Every word of it must have its place in a phrase; a phrase that
 * changes nothing may leave a slip of the pen over.
 *
 * @returns null when it is none of the phrases
 */
export function findIntent(text: string, today: Day): Intent | null {
  if (text.length > longest) return null;
  const tokens = tokenise(text);
  const names = new Set(tokens.map(nameOf));
  if (names.size === 0 || [...names].every((name) => name === '{who}' || name === '#')) return null;
  const asks = findRefusal(text) === 'question';
  const unknown = tokens.filter(({ type }) => type === 'unknown').map(({ words }) => words);
  const pattern =
    patterns.find((each) => fits(names, each) && !(each.phrase.acts === true && asks)) ??
    (unknown.join('').length <= slips && isMostlyKnown(tokens)
      ? patterns.find((each) => each.phrase.exact !== true && each.phrase.acts !== true && fits(without(names), each))
      : undefined);
  if (pattern === undefined)
    return decision.test(text) && !asks ? { who: null, means: [{ line: `审核 ${text}` }] } : null;
  const isNamed = pattern.allowed.has('{who}');
  const who = isNamed ? (unknown[0] ?? null) : null;
  if (isNamed && (unknown.length !== 1 || who === null || !isName(who))) return null;
  const numbers = tokens.filter(({ type }) => type === 'number').map(({ words }) => words);
  const year = readYear(text, today)?.year;
  const fill = (line: string): string =>
    line
      .replace('#', numbers.join(' '))
      .replace('{who}', who ?? '')
      .replace('{year}', names.has('year') || numbers.includes(String(year)) ? String(year ?? '') : '')
      .trim();
  return {
    who,
    means: pattern.phrase.means.map((line) =>
      line.startsWith('=') ? { fact: line.slice(1) as Fact } : { line: fill(line) },
    ),
  };
}

function fits(names: ReadonlySet<string>, { allowed, needed }: Pattern): boolean {
  for (const name of names) if (!allowed.has(name)) return false;
  return needed.every((any) => any.some((name) => names.has(name)));
}

const without = (names: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...names].filter((name) => name !== '{who}'));

const isMostlyKnown = (tokens: readonly Token[]): boolean => tokens.filter(({ type }) => type === 'word').length >= 2;

/** Two to ten Chinese characters, or a 工号. */
const isName = (said: string): boolean => /^(?:[\p{Script=Han}·]{2,10}|[A-Za-z]{1,3})$/u.test(said);
