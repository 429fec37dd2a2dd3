import { addMonths, type Day, type Month, monthOf, yearOf } from '../domain/day.ts';
import { monthSchema } from '../domain/schema.ts';
import { text } from '../messenger/reply.ts';
import { bulletinDeskTexts as texts } from '../texts/bulletin-desk.ts';
import { readComingLines } from './bulletin-coming-words.ts';
import { misunderstood, type Reading, type ReadingContext, understood } from './command.ts';
import { nearest } from './text/nearest.ts';
import { readChineseNumber } from './text/numbers.ts';

const longestReason = 300;

/** What the words after 通报 ask for; an answer to the question for a reason is the reason. */
export function readBulletinWords(said: string, { today, dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'reason') return understood({ ...dialog.args, reason: said.slice(0, longestReason) });
  if (/^(群|群设置|接收群|群聊)$/.test(said)) return understood({ view: 'groups' });
  const [first = ''] = /^\p{Script=Han}{2,5}/u.exec(said) ?? [];
  const isSlip = !/^(?:培训)?预[告览]/.test(first) && nearest(first, ['预告', '培训预告']) !== null;
  if (isSlip) return readComingLines(said.slice(first.length).replace(/^[\s：:，,]+/, ''), today);
  const [, announced] = /^(?:培训)?预告[\s：:，,]*([\s\S]*)$/.exec(said) ?? [];
  if (announced !== undefined) return readComingLines(announced, today);
  const [, before, reason] = /^([\s\S]*?)更正[\s：:，,]*([\s\S]*)$/.exec(said) ?? [];
  const [, about = '', figure] = /^([\s\S]*?)(?:依据\s*([\s\S]*))?$/.exec(before ?? said) ?? [];
  const [words, month] = readMonthWords(about, today);
  if (month === null) return misunderstood(text(texts.noSuchMonth(words)));
  const rest = about.replace(words, '').replace(/^[\s的，,]+|[\s的]+$/g, '');
  if (rest === '' && reason !== undefined) {
    // Who names no month corrects the last bulletin, not that of a month that is still running.
    const corrected = words === '' ? addMonths(monthOf(today), -1) : month;
    const why = reason.replace(/^(?:理由|原因)[\s：:，,]*/, '').slice(0, longestReason);
    return understood({ month: corrected, view: 'correct', ...(why === '' ? {} : { reason: why }) });
  }
  if (figure !== undefined && rest === '') {
    return understood({ month, view: 'sources', ...(figure === '' ? {} : { figure: figure.slice(0, 60) }) });
  }
  if (rest === '' || rest === '预览') return understood({ month });
  if (rest === '发布') return understood({ month, view: 'release' });
  if (rest === '图片') return understood({ month, view: 'pictures' });
  return misunderstood(text(texts.notUnderstood(said)));
}

/** The month that the words name, the current one when they name none; null when there is no such month. */
function readMonthWords(said: string, today: Day): [words: string, month: Month | null] {
  const now = monthOf(today);
  const last = /上个?月/.exec(said);
  if (last !== null) return [last[0], addMonths(now, -1)];
  const current = /[本这当]个?月/.exec(said);
  if (current !== null) return [current[0], now];
  const full = /(20\d\d)\s*[-年./]\s*(\d{1,2})(?!\d)\s*月?份?/.exec(said);
  if (full !== null) return [full[0], monthIn(Number(full[1]), Number(full[2]))];
  const bare = /(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月份?/.exec(said);
  if (bare === null) return ['', now];
  const month = monthIn(yearOf(today), readChineseNumber(bare[1] ?? '') ?? 0);
  return [bare[0], month !== null && month > now ? addMonths(month, -12) : month];
}

const monthIn = (year: number, month: number): Month | null => {
  const parsed = monthSchema.safeParse(`${year}-${String(month).padStart(2, '0')}`);
  return parsed.success ? parsed.data : null;
};
