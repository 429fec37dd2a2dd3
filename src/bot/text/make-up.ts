import type { MakeUpVerdict } from '../course/make-up-desk.ts';
import { normalise } from './normalise.ts';
import { readChineseNumber } from './numbers.ts';

/** What is said behind 补训. */
export type MakeUpWords =
  | { readonly type: 'list' }
  | { readonly type: 'desk' }
  /** Somebody, by name or 工号. */
  | { readonly type: 'person'; readonly said: string }
  | { readonly type: 'one'; readonly course: number; readonly no?: number; readonly more: MakeUpMore }
  | { readonly type: 'unclear'; readonly said: string };

/** And what of it. */
export type MakeUpMore =
  | { readonly type: 'offer' }
  | { readonly type: 'way'; readonly way: 'next-run' | 'recording' | 'same-theme' }
  | { readonly type: 'training'; readonly entry?: number; readonly other?: number }
  | { readonly type: 'verdict'; readonly verdict: MakeUpVerdict; readonly who: string; readonly reason: string }
  | { readonly type: 'text'; readonly text: string };

/** `1001 第2课次 登记号 1023`, `1001 第2课次 王芳 退回 请补充`, `待审`, `王芳`; a text behind the 课次 is the one about the recording. */
export function readMakeUpWords(said: string): MakeUpWords {
  const words = said.trim();
  if (words === '') return { type: 'list' };
  if (/^(?:待审核?|待阅|审核)$/.test(words)) return { type: 'desk' };
  const [, id, afterId = ''] = /^(?:培训班|班号)?\s*(\d{4,9})(?!\d)\s*([\s\S]*)$/.exec(words) ?? [];
  if (id === undefined)
    return words.length <= 30 ? { type: 'person', said: normalise(words) } : { type: 'unclear', said: words };
  const [, digits, exam, afterNo = ''] =
    /^(?:第\s*([0-9一二三四五六七八九十]{1,3})\s*(?:课次|次课|次|课)?|(考试|补考))(?=$|[\s，,：:])[\s，,：:]*([\s\S]*)$/.exec(
      afterId,
    ) ?? [];
  const no = exam === undefined ? (digits === undefined ? null : readChineseNumber(digits)) : 0;
  const rest = no === null ? afterId : afterNo;
  return { type: 'one', course: Number(id), ...(no === null ? {} : { no }), more: readMore(rest.trim()) };
}

function readMore(said: string): MakeUpMore {
  if (said === '') return { type: 'offer' };
  if (/^(?:参加|等)?下一期$/.test(said)) return { type: 'way', way: 'next-run' };
  if (/^看?录像(?:并?交?体会)?$/.test(said)) return { type: 'way', way: 'recording' };
  if (/^(?:参加)?同主题(?:培训)?$/.test(said)) return { type: 'way', way: 'same-theme' };
  const training = readTraining(said);
  if (training !== null) return training;
  const [, who, verb, reason = ''] =
    /^(\S{1,20})\s+(通过(?=$|[\s，,：:]+理由)|退回|免补)(?:[\s，,：:]+(?:理由[\s：:]*)?([\s\S]{0,300}))?$/.exec(said) ??
    [];
  if (who !== undefined) {
    const verdict = verb === '通过' ? 'accept' : verb === '退回' ? 'return' : 'waive';
    return { type: 'verdict', verdict, who, reason: reason.trim() };
  }
  return { type: 'text', text: said };
}

/** 登记号 1023, 1023, 培训班 1010. */
export function readTraining(said: string): (MakeUpMore & { readonly type: 'training' }) | null {
  const [, kind = '', id] = /^(登记号?|培训班|班号|班)?\s*(\d{4,9})$/.exec(normalise(said)) ?? [];
  if (id === undefined) return null;
  return kind.includes('班') ? { type: 'training', other: Number(id) } : { type: 'training', entry: Number(id) };
}
