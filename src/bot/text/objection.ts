import type { AttendanceState } from '../../domain/attendance.ts';
import { readChineseNumber } from './numbers.ts';

/** What is said behind 异议. */
export type ObjectionWords =
  | { readonly type: 'own' }
  | { readonly type: 'list' }
  | { readonly type: 'withdraw'; readonly id: number }
  | {
      readonly type: 'answer';
      readonly id: number;
      readonly verdict: 'uphold' | 'reject';
      readonly state?: AttendanceState;
      readonly amount?: string;
      readonly answer: string;
    }
  /** `number` is a 班号 or a 登记号; with `entry` or `no` it is clear which. */
  | {
      readonly type: 'raise';
      readonly number: number;
      readonly isEntry: boolean;
      readonly no?: number;
      readonly words: string;
    }
  | { readonly type: 'unclear' };

const stateWords: readonly (readonly [RegExp, AttendanceState])[] = [
  [/^迟到并早退/, 'late-left-early'],
  [/^(?:出勤|到课|已到|到了)/, 'present'],
  [/^迟到/, 'late'],
  [/^早退/, 'left-early'],
  [/^请假/, 'on-leave'],
];

/** `1001 第2课次 我到了`, `1005 学时应为 4`, `1003 成立 出勤 已核对签到表`, `1003 不成立 没有签到记录`, `1003 撤回`, `待答`. */
export function readObjectionWords(said: string): ObjectionWords {
  const words = said.trim();
  if (words === '') return { type: 'own' };
  if (/^(?:待答复?|待办|待处理)$/.test(words)) return { type: 'list' };
  const [, entryWord = '', digits, after = ''] =
    /^(登记号|异议号|培训班|班号)?\s*(\d{4,9})(?!\d)\s*([\s\S]*)$/.exec(words) ?? [];
  if (digits === undefined) return { type: 'unclear' };
  const id = Number(digits);
  if (/^撤回$/.test(after)) return { type: 'withdraw', id };
  const [, verb, rest = ''] = /^(不成立|成立)(?:$|[\s，,。：:]+)([\s\S]*)$/.exec(after) ?? [];
  if (verb !== undefined) return readAnswer(id, verb, rest.trim());
  const [place = '', session] =
    /^第\s*([0-9一二三四五六七八九十]{1,3})\s*(?:课次|次课|次|课)?[\s，,：:]*/.exec(after) ?? [];
  const no = session === undefined ? null : readChineseNumber(session);
  return {
    type: 'raise',
    number: id,
    isEntry: entryWord === '登记号',
    ...(no === null ? {} : { no }),
    words: after.slice(no === null ? 0 : place.length).trim(),
  };
}

function readAnswer(id: number, verb: string, said: string): ObjectionWords {
  const verdict = verb === '成立' ? 'uphold' : 'reject';
  if (verdict === 'reject') return { type: 'answer', id, verdict, answer: said };
  const [words, state] = stateWords.find(([pattern]) => pattern.test(said)) ?? [];
  const [amount] = /^\d+(?:\.\d+)?\s*(?:个)?学时/.exec(said) ?? [];
  const used = words?.exec(said)?.[0] ?? amount ?? '';
  return {
    type: 'answer',
    id,
    verdict,
    ...(state === undefined ? {} : { state }),
    ...(amount === undefined ? {} : { amount }),
    answer: said.slice(used.length).replace(/^[\s，,。：:]+/, ''),
  };
}
