import { countLength } from '../../domain/text-length.ts';

const shortest = 4;
/** What people say while they think, or to end a talk: it explains nothing to anybody. */
const filler =
  /谢谢|辛苦了?|知道了?|明白了?|收到|好[的吧啊]|行[的吧啊]|可以|没问题|不知道|稍等|等一?[下会]儿?|等等|马上|回头再?说?|再说|[让容]?我?先?再?(?:[想看]一[想看下]|[想看]{2}|考虑一下)|嗯|哦|噢|啊|呃|额|哈|呵|唉|吧/g;

/** Where a reason begins: 理由 停电, 原因：停电, 因为停电, 因公出差 (which is all of it). 因材施教 and 原因分析 are none. */
const because =
  /(?<=^|[\s,，;；。、(（])(?:(?:理由(?:是|为)?|原因(?=[\s:：是为]|$)(?:是|为)?|因为)[\s:：，,]*|(?=因(?![材果])\S))/;

/** Takes the reason from the end of what was said; words in 《》 are none. Null: none is given. */
export function splitReason(said: string): { readonly left: string; readonly reason: string | null } {
  const covered = said.replace(/《[^》]*》/g, (title) => '《'.repeat(title.length));
  const found = because.exec(covered);
  if (found === null) return { left: said.trim(), reason: null };
  const before = said.slice(0, found.index).trim();
  const reason = said
    .slice(found.index + found[0].length)
    .replace(/[(（]$/.test(before) ? /[\s。)）]+$/ : /[\s。]+$/, '');
  return { left: before.replace(/[\s,，;；。、(（]+$/, ''), reason: reason === '' ? null : reason };
}

/** The same of several lines or parts: a reason ends its line or its part before ；; a topic such as 因公护照 is none. */
export function takeReason(said: string): { readonly left: string; readonly reason: string | null } {
  let found: string | null = null;
  const left = said.replace(/[^\n;；]+/g, (part) => {
    const { left: before, reason } = /理由|原因|因为/.test(part) ? splitReason(part) : { left: part, reason: null };
    found ??= reason;
    return reason === null ? part : before;
  });
  return { left, reason: found };
}

/** A reason that is all that was said, without the word that announces it. */
export const onlyReason = (said: string): string => {
  const { left, reason } = splitReason(said);
  return left === '' ? (reason ?? '') : said.trim();
};

/** Whether words can stand as a reason that somebody else reads: four characters or words beside mere fillers. */
export const isReason = (said: string): boolean => countLength(said.replace(filler, '')) >= shortest;
