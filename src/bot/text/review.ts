import type { HourFacts } from '../../domain/hours.ts';
import { type Amount, readAmount } from './amounts.ts';
import { readEntryNumbers } from './entry-numbers.ts';
import { strikeOut } from './mask.ts';
import { normalise } from './normalise.ts';
import { findLoneWords, findLongWords } from './vocabulary.ts';

/** What a reviewer changes while approving. */
export interface Amendment extends Partial<Pick<HourFacts, 'content' | 'kind' | 'form'>> {
  readonly amount?: Amount;
}

export type ReviewReading =
  /** 审核 alone or with numbers only: show them. */
  | { readonly type: 'show'; readonly entries: readonly number[] }
  | { readonly type: 'approve'; readonly entries: readonly number[] | 'all' }
  /** `complete` is false when the amendment, or a part of it, could not be read: ask for it. */
  | {
      readonly type: 'amend';
      readonly entries: readonly number[];
      readonly amendment: Amendment;
      readonly complete: boolean;
    }
  /** Without a reason: ask for it. */
  | { readonly type: 'return' | 'reject'; readonly entries: readonly number[]; readonly reason: string | null }
  /** A negation, a question, two decisions, or other words: nothing is decided. */
  | { readonly type: 'unclear'; readonly entries: readonly number[]; readonly words: string };

const longestReason = 300;
const verb = /(?<approve>通过|同意|批准)|(?<amend>改|按|调整|核定)|(?<return>退回)|(?<reject>驳回)/g;
const everything = /全部|所有|[全都](?=通过|同意|批准)|一键/;
/** Words that may stand around numbers and verbs without changing what is decided. */
const filler =
  /登记号|编号|第|号|请|把|将|予以|准予|审核|申请|登记|这几条|全部|所有|全|都|一键|了|的|并|后|和|及|至|到|条/g;
/** The same behind 改: 改为2学时，类别专题培训. */
const amendFiller = /[为成]|学时|课时|内容|类别|方式/g;
/** The list of numbers at the beginning of a text; a number with a unit is no 登记号. */
const numberList =
  /^(?:[\s:：、,，]|第|登记号|号|[-~—至到](?=\s?\d)|(?<!\d)\d{1,9}(?![\d.]|\s?(?:个|学时|课时|小时|天|月|日|年|[hH])))*/;
const reasonLabel = /^[\s,，:：、]*(?:(?:理由|原因)(?:是|为)?|因为)?[\s:：,，]*/;

/**
 * What is to be done with which entries: 1001 通过, 1001 改 2学时 类别专题培训, 1001 退回 理由…, 1001 驳回 理由…, 全部通过. For 退回 and 驳回
 * everything behind the verb and its numbers is the reason.
 */
export function readReview(text: string): ReviewReading {
  const said = normalise(text);
  const verbs = [...said.matchAll(verb)];
  const [first] = verbs;
  if (first === undefined) {
    const entries = readEntryNumbers(said);
    return saysNothing(said) ? { type: 'show', entries } : { type: 'unclear', entries, words: said };
  }
  const head = said.slice(0, first.index);
  const tail = said.slice(first.index + first[0].length);
  const list = numberList.exec(tail)?.[0] ?? '';
  const before = readEntryNumbers(head);
  const entries = before.length > 0 ? before : readEntryNumbers(list);
  const rest = before.length > 0 ? tail : tail.slice(list.length);
  const unclear: ReviewReading = { type: 'unclear', entries, words: said };
  if (!saysNothing(head) || /[吗么呢?？]\s*$/.test(tail)) return unclear;

  const { groups = {} } = first;
  if (groups['return'] !== undefined || groups['reject'] !== undefined) {
    const reason = rest.replace(reasonLabel, '').slice(0, longestReason).trim();
    return {
      type: groups['return'] === undefined ? 'reject' : 'return',
      entries,
      reason: reason === '' ? null : reason,
    };
  }
  if (verbs.some((one) => one.groups?.['return'] ?? one.groups?.['reject'])) return unclear;
  if (verbs.some((one) => one.groups?.['amend'])) return readAmendment(rest, entries) ?? unclear;
  if (!saysNothing(tail)) return unclear;
  const all = [...new Set([...entries, ...readEntryNumbers(tail)])];
  return { type: 'approve', entries: all.length === 0 && everything.test(said) ? 'all' : all };
}

/** Only numbers, fillers and punctuation. */
const saysNothing = (text: string): boolean => !/\p{L}/u.test(text.replace(filler, ''));

const blank = (words: string): string => ' '.repeat(words.length);

function readAmendment(text: string, entries: readonly number[]): ReviewReading | null {
  const amount = readAmount(text);
  let left = amount.ok ? strikeOut(text, [amount]) : text;
  const long = findLongWords(left);
  left = strikeOut(left, long).replace(filler, blank).replace(amendFiller, blank).replace(verb, blank);
  const lone = findLoneWords(left);
  left = strikeOut(left, lone);
  const words = [...long, ...lone];
  const slots = new Set(words.map(({ slot }) => slot));
  if (/\p{L}/u.test(left) && amount.ok) return null;
  const amendment: Amendment = {
    ...(amount.ok ? { amount: amount.amount } : {}),
    ...Object.fromEntries(words.map(({ slot, value }) => [slot, value])),
  };
  const complete = slots.size === words.length && !/\p{N}/u.test(left) && (amount.ok || words.length > 0);
  return { type: 'amend', entries, amendment, complete };
}
