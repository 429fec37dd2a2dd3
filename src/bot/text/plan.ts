import { lastDayOf, makeDay } from '../../domain/day.ts';
import type { Content, Form, Kind } from '../../domain/hours.ts';
import { normalise } from './normalise.ts';
import { readContent, readForm, readKind } from './vocabulary.ts';

/** One planned training as a line says it; what is missing is null. */
export interface PlanLine {
  readonly title: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly parts: readonly { readonly content: Content; readonly hours: number }[];
  readonly kind: Kind | null;
  readonly form: Form | null;
  /** The words that say for whom. */
  readonly audience: string;
}

const monthSpan = /(?<!\d)(\d{1,2})\s*月?\s*(?:至|到|—|–|-|~)\s*(\d{1,2})\s*月(?:份|底)?/;
const oneMonth = /(?<!\d)(\d{1,2})\s*月(?:份|底|初|中旬|上旬|下旬)?(?!\s*\d{1,2}\s*[日号])/;
const oneDay = /(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]/;
const contentWord = '(理论教育|党的理论教育|理论|党性教育|党性|专业化能力|专业化|履职能力|知识培训|知识)(?:培训)?';
const amount = '(\\d{1,3}(?:\\.\\d{1,2})?)\\s*(?:个?学时|课时)';
/** 党性教育 12学时, 专业化能力4. */
const contentFirst = new RegExp(`${contentWord}[\\s:：]*(\\d{1,3}(?:\\.\\d{1,2})?)\\s*(?:个?学时|课时)?`);
/** 12学时党性教育. */
const amountFirst = new RegExp(`${amount}[\\s的]*${contentWord}`);

/**
 * Reads a line of a year's plan: `《党性教育专题班》 3月 党性教育 12学时 专业化能力 4学时 全体正职`, or the cells of a spreadsheet's
 * row with tabs between. The first cell is the title where none stands in 《》.
 */
export function readPlanLine(said: string, year: number): PlanLine {
  let rest = normalise(said.replaceAll('\t', '  ')).trim();
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found !== null) rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found;
  };
  const quoted = take(/[《“"]([^》”"]{1,100})[》”"]/);
  const bare = quoted === null ? take(/^\s*(?:\d{1,3}[.、\s]\s*)?([^\s，,；;]{2,100})/) : null;
  const title = (quoted ?? bare)?.[1]?.trim() ?? null;
  const [from, to] = readWhen(take, year);
  const parts: { content: Content; hours: number }[] = [];
  // 党性教育 12学时 专业化能力 4学时 can be read both ways; the first of its words tells which.
  const isAmountFirst = rest.search(new RegExp(amount)) < rest.search(new RegExp(contentWord));
  if (isAmountFirst) {
    for (let found = take(amountFirst); found !== null; found = take(amountFirst)) add(parts, found[2], found[1]);
  }
  for (let found = take(contentFirst); found !== null; found = take(contentFirst)) add(parts, found[1], found[2]);
  const words = rest.split(/[\s，,；;]+/).filter((word) => word !== '');
  let kind: Kind | null = null;
  let form: Form | null = null;
  const left: string[] = [];
  for (const word of words) {
    const [asKind, asForm] = [readKind(word), readForm(word)];
    if (kind === null && asKind !== null) kind = asKind;
    else if (form === null && asForm !== null) form = asForm;
    else left.push(word);
  }
  return {
    title,
    from,
    to,
    parts,
    kind,
    form,
    audience: left.join(' ').replace(/^(参加)?(对象|范围|人员)[:：]?\s*/, ''),
  };
}

function add(parts: { content: Content; hours: number }[], word = '', amount = ''): void {
  const content = readContent(word);
  const hours = Math.round(Number(amount) * 100);
  if (content === null || !Number.isFinite(hours) || hours === 0) return;
  const known = parts.find((part) => part.content === content);
  if (known === undefined) parts.push({ content, hours });
  else known.hours += hours;
}

function readWhen(take: (pattern: RegExp) => RegExpExecArray | null, year: number): [string | null, string | null] {
  const month = (number: string | undefined): string => `${year}-${(number ?? '').padStart(2, '0')}`;
  const isMonth = (number: string | undefined): boolean => Number(number) >= 1 && Number(number) <= 12;
  const day = take(oneDay);
  if (day !== null) {
    const from = makeDay(year, Number(day[1]), Number(day[2]));
    const until = take(/^\s*(?:至|到|—|-|~)\s*(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*[日号]/);
    const to = until === null ? from : makeDay(year, Number(until[1] ?? day[1]), Number(until[2]));
    return [from, to];
  }
  const span = take(monthSpan);
  if (span !== null && isMonth(span[1]) && isMonth(span[2])) return [`${month(span[1])}-01`, lastDayOf(month(span[2]))];
  const single = take(oneMonth);
  if (single !== null && isMonth(single[1])) return [`${month(single[1])}-01`, lastDayOf(month(single[1]))];
  return [null, null];
}
