import { findAll, strike, struck } from './mask.ts';

/** Verbs and particles that say nothing, at the beginning of a run of characters. */
const leading =
  /(?<!\p{L})(?:请|帮我|给我|我(?![国校院党市区省县军])|本人|已经?|刚刚?|参加[了过]?|参与了|听取?了|听过|[上学看]了|完成了?|观看了?|登记一下|记录?一下|补登|上午|下午|晚上?|早上|中午|夜里|全程|一共|总共|合计|共计|累计|为期|的|了)+/gu;
/** Words that say nothing when they stand alone. */
const alone =
  /(?<!\p{L})(?:登记|学习|培训|参训|听课|上课|课程|开始|结束|起|止|从|于|在|共|计|和|及|与|等|地点|日期|时间|学时|课时|内容|类别|方式|标题)+(?!\p{L})/gu;
const trailing = /的(?!\p{L})/gu;

/** Strikes out what a sentence needs and a record does not. */
export const strikeFillers = (text: string): string =>
  // In a line of fields nothing is left to look through by now.
  letter.test(text) ? strike(strike(strike(text, leading), trailing), alone) : text;

const letter = /\p{L}/u;

const run = /[\p{L}\p{N}]+/gu;
/** A run with a verb or a preposition in it is part of a sentence, not a name. */
const sentence =
  /^(?:在|于|从|去|到|由|被|和|与|跟|把|将|给|用|以)|[听看学上]了|参加|观看|完成|组织了|举办了|确认|登记|撤回|学时|小时|课时/;

/** What may stand beside a name without belonging to it. */
const apart = new RegExp(`^[\\s,，。.;；!！${struck}]{2}$`);

/** What was not understood, and the training's name if it cannot be anything else. */
export interface LooseWords {
  readonly leftover: string;
  readonly title: string | null;
}

/**
 * Looks through what is left when everything understood is struck out. A title without 《》 is taken only when it is the
 * one run of words left, has four Han characters or more, is no sentence, and touches nothing that might belong to
 * it: a word of the vocabulary (党性教育专题报告), an enumeration (学习、贯彻…).
 */
export function readLooseWords(text: string): LooseWords {
  const rest = strikeFillers(text);
  const runs = findAll(rest, run);
  const [only, ...others] = runs;
  const leftover = runs.map(([words]) => words).join(' ');
  if (only === undefined || others.length > 0) return { leftover, title: null };
  const [words] = only;
  const neighbours = (rest[only.index - 1] ?? ' ') + (rest[only.index + words.length] ?? ' ');
  const long = (words.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4;
  return long && apart.test(neighbours) && words.length <= 60 && !sentence.test(words)
    ? { leftover: '', title: words }
    : { leftover, title: null };
}
