import type { Day } from '../../domain/day.ts';
import type { Content, EntryState } from '../../domain/hours.ts';
import { readEntryNumbers } from './entry-numbers.ts';
import { findLoneWords, findLongWords } from './vocabulary.ts';
import { readYear } from './years.ts';

/** Which of one's own entries are wanted. */
export interface RecordsReading {
  readonly entry?: number;
  readonly year?: number;
  readonly state?: EntryState;
  readonly content?: Content;
  readonly page?: number;
  /** Words that say none of it. */
  readonly unread?: string;
}

const states: readonly (readonly [words: RegExp, state: EntryState])[] = [
  [/待审核?|未审核?|审核中|没审/, 'submitted'],
  [/(?:已|被)?退回/, 'returned'],
  [/(?:已|被)?驳回|未通过|没通过/, 'rejected'],
  [/已?撤回/, 'withdrawn'],
  [/已?作废/, 'voided'],
  [/已?认定|已?通过/, 'approved'],
];
const pageWords = /第\s?(\d{1,3})\s?页/;
const numbered = /登记号\s?\d+|第\s?\d+\s?号/;
const filler = /记录|学时|我的|本人|的|有关|关于|查询?|看|全部|所有|[年度份条了\s，,、。.：:]/g;

/** The words behind 记录: 1001, 2026 or 去年, 待审核, 党性教育, 第2页. A bare number that can be a year is one: 登记号2025 is an entry. */
export function readRecordWords(text: string, today: Day): RecordsReading {
  let left = text;
  const take = (words: string): void => {
    left = left.replace(words, ' ');
  };
  const [pageSaid, page] = pageWords.exec(left) ?? [];
  if (pageSaid !== undefined) take(pageSaid);
  const found = states.find(([words]) => words.test(left));
  if (found !== undefined) take(found[0].exec(left)?.[0] ?? '');
  const [content] = [...findLongWords(left), ...findLoneWords(left)].filter(({ slot }) => slot === 'content');
  if (content !== undefined) take(content.words);
  const year = numbered.test(left) ? null : readYear(left, today);
  const [entry] = year === null ? readEntryNumbers(left) : [];
  const rest = (year?.rest ?? left)
    .replace(entry === undefined ? filler : /\d+|登记号|[第号]/g, '')
    .replace(filler, '');
  return {
    ...(entry === undefined ? {} : { entry }),
    ...(year === null ? {} : { year: year.year }),
    ...(found === undefined ? {} : { state: found[1] }),
    ...(content?.slot === 'content' ? { content: content.value } : {}),
    ...(page === undefined ? {} : { page: Math.max(1, Number(page)) }),
    ...(rest === '' ? {} : { unread: rest.slice(0, 20) }),
  };
}
