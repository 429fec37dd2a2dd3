import type { Grade } from '../../domain/cadre.ts';
import type { Content, Form, Kind } from '../../domain/hours.ts';
import { findAll } from './mask.ts';

interface Term<T> {
  readonly value: T;
  /** Found anywhere outside a title. */
  readonly words: readonly string[];
  /** Found only where nothing Chinese touches them: 理论 says 理论教育, 马克思主义理论 does not. */
  readonly alone: readonly string[];
}

const contentTerms: readonly Term<Content>[] = [
  {
    value: 'theory',
    words: ['理论教育', '党的理论教育', '政治理论教育', '理论培训', '理论学习'],
    alone: ['理论', '政治理论'],
  },
  { value: 'party-spirit', words: ['党性教育', '党性修养', '党性锻炼', '党性培训'], alone: ['党性'] },
  {
    value: 'professional',
    words: ['专业化能力', '专业能力', '履职能力', '业务能力', '业务培训', '专业培训', '履职培训'],
    alone: ['专业化', '专业', '业务', '履职'],
  },
  { value: 'knowledge', words: ['知识培训', '综合知识', '知识教育'], alone: ['知识'] },
];

const kindTerms: readonly Term<Exclude<Kind, 'unspecified'>>[] = [
  { value: 'thematic', words: ['专题培训', '专题班'], alone: ['专题'] },
  { value: 'rotation', words: ['集中轮训', '全员轮训'], alone: ['轮训'] },
  { value: 'induction', words: ['任职培训', '任前培训', '初任培训'], alone: ['任职'] },
  { value: 'post', words: ['岗位培训', '在岗培训'], alone: ['岗位'] },
  { value: 'special', words: ['专项培训'], alone: ['专项'] },
];

const formTerms: readonly Term<Exclude<Form, 'unspecified'>>[] = [
  { value: 'advanced-study', words: ['进修轮训', '脱产培训', '脱产进修'], alone: ['进修', '脱产'] },
  { value: 'intensive', words: ['集中培训', '集中授课'], alone: ['集中'] },
  { value: 'central-group', words: ['中心组学习', '理论学习中心组', '理论中心组', '党委中心组'], alone: ['中心组'] },
  {
    value: 'online',
    words: ['在线学习', '在线培训', '网络学习', '网络培训', '网上学习', '线上学习', '线上培训', '网课'],
    alone: ['在线', '网络', '线上'],
  },
  { value: 'secondment', words: ['挂职锻炼'], alone: ['挂职'] },
  { value: 'self-study', words: ['在职自学'], alone: ['自学'] },
];

const gradeTerms: readonly Term<Grade>[] = [
  { value: 'chief', words: ['中层正职', '正处级', '正处'], alone: ['正职'] },
  { value: 'deputy', words: ['中层副职', '副处级', '副处'], alone: ['副职'] },
  { value: 'other', words: ['其他'], alone: [] },
];

type Meaning =
  | { readonly slot: 'content'; readonly value: Content }
  | { readonly slot: 'kind'; readonly value: Exclude<Kind, 'unspecified'> }
  | { readonly slot: 'form'; readonly value: Exclude<Form, 'unspecified'> };

/** A word of the vocabulary in a text. */
export type FoundWord = Meaning & { readonly words: string; readonly start: number; readonly end: number };

const listOf = <T>(terms: readonly Term<T>[], meaning: (value: T) => Meaning) =>
  terms.map(({ value, ...term }) => ({ ...term, meaning: meaning(value) }));
const known = [
  ...listOf(contentTerms, (value) => ({ slot: 'content', value })),
  ...listOf(kindTerms, (value) => ({ slot: 'kind', value })),
  ...listOf(formTerms, (value) => ({ slot: 'form', value })),
];
const meanings = new Map(
  known.flatMap(({ words, alone, meaning }) => [...words, ...alone].map((word) => [word, meaning])),
);

/** The longest word wins: 理论学习中心组 is a form, although 理论学习 in it is a content. */
const anyOf = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');
const longWords = new RegExp(anyOf(known.flatMap(({ words }) => words)), 'g');
const loneWords = new RegExp(`(?<!\\p{L})(?:${anyOf(known.flatMap(({ alone }) => alone))})(?!\\p{L})`, 'gu');

const find = (text: string, pattern: RegExp): FoundWord[] =>
  findAll(text, pattern).flatMap(({ 0: words, index: start }) => {
    const meaning = meanings.get(words);
    return meaning === undefined ? [] : [{ words, start, end: start + words.length, ...meaning }];
  });

/** Words that count anywhere outside a title. */
export const findLongWords = (text: string): FoundWord[] => find(text, longWords);
/** Short words that stand alone; meant for a text from which everything else that was understood is struck out. */
export const findLoneWords = (text: string): FoundWord[] => (/\p{L}/u.test(text) ? find(text, loneWords) : []);

const exact =
  <T>(terms: readonly Term<T>[]) =>
  (word: string): T | null =>
    terms.find(({ words, alone }) => words.includes(word) || alone.includes(word))?.value ?? null;

/** 内容 named by exactly this word: 党性教育, 党性. */
export const readContent: (word: string) => Content | null = exact(contentTerms);
/** 类别 named by exactly this word. */
export const readKind: (word: string) => Kind | null = exact(kindTerms);
/** 方式 named by exactly this word. */
export const readForm: (word: string) => Form | null = exact(formTerms);
/** 职级 named by exactly this word. */
export const readGrade: (word: string) => Grade | null = exact(gradeTerms);
