import type { Day } from '../../domain/day.ts';
import { type DayWorth, readAmount, readBareAmount } from './amounts.ts';
import { normalise } from './normalise.ts';
import { readTraining, type TrainingReading } from './training.ts';

const titles = /(《[^《》]*》|“[^“”]*”|"[^"]*"|「[^「」]*」|『[^『』]*』)/;
/** Politeness, and a 不对 or 写错了 that says of the draft, not of the training, that it is wrong. */
const leadIn =
  /^(?:(?:请|麻烦|抱歉|对不起|不好意思|那就?|我|刚才|上面|草稿|(?:记录|登记)(?=不对|有误|错))[\s，,]*|(?:不对|错了|(?:[写说填记搞弄打])错了?|有误|更正|纠正|修改|改一下|确认|确定|是的)(?:一下|了|的)?(?:[\s，,。.:：;；!！]+|(?=应该?[是为]|[是改为])|(?=[\d一二两三四五六七八九十半《]|把|将|学时|日期|内容|类别|方式|名称))|(?:不是|不)[，,。.;；!！]\s*)+/u;
/**
 * 不是一天，是半天 and 是半天，不是一天: what is denied beside what is said. A run of signs is tried from its beginning alone,
 * or a long one would be gone through once for each of its signs.
 */
const denied =
  /不是[^，,。.;；\s]{1,20}[\s，,。.;；]+(?=(?:而|应该?)?(?:是|改))|(?<![\s，,。.;；])[\s，,。.;；]+(?:而)?不是[^，,。.;；\s]{1,20}$/gu;

const verb = '(?:应该?)?(?:改成|改为|改到|换成|换为|变成|写成|应为|就?是(?![不否])|为|改)';
const labels =
  '学时数?|课时|时长|日期|培训日期|时间|内容|培训内容|类别|方式|形式|名称|培训名称|标题|题目|主题|地点|主办(?:单位)?';
const labelled = new RegExp(
  `(?:[把将]|(?<=^|[\\s，,。；;、的]))(?<label>${labels})\\s*(?:${verb}\\s*[:：]?\\s*|[:：\\s]\\s*|(?=[\\d一二两三四五六七八九十半])|$)(?![不没非])`,
  'gu',
);
const opening = new RegExp(`(?<=^|[\\s，,。；;])[把将]?${verb}\\s*`, 'gu');
const startsWithLabel = new RegExp(`^(?:${labels})`, 'u');

/** What a text says about an open draft. */
export interface Correction extends TrainingReading {
  /** It begins with the name of a slot, so that it speaks of the draft even when it was not understood. */
  readonly isAboutDraft: boolean;
}

/**
 * A change of an open draft, in a sentence that only makes sense beside it: 不对，是一天; 学时改成6; 日期改成上周四; 内容改为理论教育; 名称改成《…》; a bare
 * `8`. It is rewritten into the fields that 登记 reads (学时：6), so what is refused there is refused here: 学时是不是6?
 */
export function readCorrection(text: string, today: Day, policy: DayWorth): Correction {
  const said = normalise(text).replace(leadIn, '');
  const outside = (words: string): string =>
    words.replace(denied, ' ').replace(labelled, '$<label>：').replace(opening, '');
  const fields = said
    .split(titles)
    .map((part, i) => (i % 2 === 0 ? outside(part) : part))
    .join('');
  // Four digits are a 登记号.
  const isBareNumber = !/\d{4}/.test(fields) && !readAmount(fields, policy).ok && readBareAmount(fields, policy).ok;
  const reading = readTraining(isBareNumber ? `${fields}学时` : fields, today, policy);
  return { ...reading, isAboutDraft: startsWithLabel.test(said) };
}
