import type { Day } from '../../domain/day.ts';
import type { Content, Form, Kind } from '../../domain/hours.ts';
import { normalise } from './normalise.ts';
import { type PlanTimeFault, readPlanTime, spellDotted } from './plan-time.ts';
import { readContent, readForm, readKind } from './vocabulary.ts';

/** One planned training as a line says it; what is missing is null. */
export interface PlanLine {
  readonly title: string | null;
  readonly time: { readonly from: Day; readonly to: Day } | { readonly fault: PlanTimeFault };
  readonly parts: readonly { readonly content: Content; readonly hours: number }[];
  /** Contents without hours, and hours without a content. */
  readonly strayParts: readonly string[];
  readonly kind: Kind | null;
  readonly form: Form | null;
  /** The words that say for whom. */
  readonly audience: string;
}

const contentWord = '(理论教育|党的理论教育|理论|党性教育|党性|专业化能力|专业化|履职能力|知识培训|知识)(?:培训)?';
const amount = '(\\d{1,3}(?:\\.\\d{1,2})?)\\s*(?:个?学时|课时)';
/** 党性教育 12学时, 党性教育（12学时）, 专业化能力4; but not the day of 党性教育 3.5-3.7. */
const contentFirst = new RegExp(
  `${contentWord}[\\s:：(（]*(\\d{1,3}(?:\\.\\d{1,2})?)(?![\\d.]|\\s*[至到—–~-]\\s*\\d)\\s*(?:个?学时|课时)?\\s*[)）]?`,
);
/** 12学时党性教育. */
const amountFirst = new RegExp(`${amount}[\\s的]*${contentWord}`);
const stray = new RegExp(`^(?:${contentWord}|${amount})$`);
/** The 60人 of 中层干部（60人）: who that is, is looked up. */
const headCount = /[（(][^（）()\d]{0,4}\d{1,4}\s*[余多]?[人名][^（）()]{0,4}[）)]/g;
/** The 1. of a numbered line. */
const ordinal = '(?:\\d{1,3}[.、\\s]\\s*)?';
const quotedTitle = new RegExp(`(?:^${ordinal})?[《“"]([^》”"]{1,100})[》”"]`);
const bareTitle = new RegExp(`^${ordinal}([^\\s，,；;]{2,100})`);

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
  const title = (take(quotedTitle) ?? take(bareTitle))?.[1]?.trim() ?? null;
  let found = readPlanTime(rest.replace(headCount, ' '), year);
  rest = found.rest;
  const parts: { content: Content; hours: number }[] = [];
  // 党性教育 12学时 专业化能力 4学时 can be read both ways; the first of its words tells which.
  const isAmountFirst = rest.search(new RegExp(amount)) < rest.search(new RegExp(contentWord));
  if (isAmountFirst) {
    for (let part = take(amountFirst); part !== null; part = take(amountFirst)) add(parts, part[2], part[1]);
  }
  for (let part = take(contentFirst); part !== null; part = take(contentFirst)) add(parts, part[1], part[2]);
  if ('fault' in found.time && found.time.fault === 'missing') {
    found = readPlanTime(spellDotted(rest), year);
    rest = found.rest;
  }
  return { title, time: found.time, parts, ...readWords(rest) };
}

/** What is left of a line: its kind and form, and for whom it is. */
function readWords(rest: string): Pick<PlanLine, 'strayParts' | 'kind' | 'form' | 'audience'> {
  let kind: Kind | null = null;
  let form: Form | null = null;
  const strayParts: string[] = [];
  const left: string[] = [];
  for (const token of rest.split(/[\s，,；;]+/)) {
    const word = token.replace(/^[、。:：]+|[、。:：]+$/g, '');
    if (word === '') continue;
    const [asKind, asForm] = [readKind(word), readForm(word)];
    if (stray.test(word)) strayParts.push(word);
    else if (kind === null && asKind !== null) kind = asKind;
    else if (form === null && asForm !== null) form = asForm;
    else left.push(word);
  }
  return { strayParts, kind, form, audience: left.join(' ').replace(/^(参加)?(对象|范围|人员)[:：]?\s*/, '') };
}

function add(parts: { content: Content; hours: number }[], word = '', amount = ''): void {
  const content = readContent(word);
  const hours = Math.round(Number(amount) * 100);
  if (content === null || !Number.isFinite(hours) || hours === 0) return;
  const known = parts.find((part) => part.content === content);
  if (known === undefined) parts.push({ content, hours });
  else known.hours += hours;
}
