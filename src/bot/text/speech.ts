import type { Day } from '../../domain/day.ts';
import type { DayWorth } from './amounts.ts';
import { isAboutOthers } from './narration.ts';
import type { Refusal } from './refusal.ts';
import { readTitles } from './title.ts';
import { readTraining, type TrainingReading } from './training.ts';

/** What a sentence in one's own words tells of a training. `isDated`: it names a day or an amount. */
export type Told = { readonly isDated: boolean } & (
  | {
      readonly type: 'training';
      readonly reading: TrainingReading;
      /** More than one thing of it was understood, or that it took place. */
      readonly isSure: boolean;
    }
  | { readonly type: 'refused'; readonly why: Refusal | 'others' }
  /** Something of a training was understood, too little to know what is wanted. */
  | { readonly type: 'hint'; readonly words: readonly string[] }
);

/** Words that speak of training at all. */
const aboutTraining =
  /培训|轮训|研修|进修|讲座|党课|报告|宣讲|研讨|论坛|听课|上课|[节堂门]课|的课|课程|网课|听了|中心组|挂职|自学|党校|学习(?!体会|心得)|理论教育|党性教育|专业化能力|业务能力|知识教育|学时|辅导|教育大会|主题教育|[上听]了?[一两俩二三四五六七八九十\d]{0,2}个?[节堂]?课|[上听]了/;
/** Says that it took place, or that it is to be recorded. */
const tookPlace =
  /(?:参加|听|听课|上|上课|学习|培训|看|开|接受|完成|轮训|进修)[了过]|登记|补登|报一?下|[帮给]我?[记报登]|记一?下|记上|记录/;
/** Somebody did not come to something. */
const absence = /没[去参听赶能]|未[去参能]|请假|缺席|旷/;
/** About the bot's own work: what has been handed in is no training. */
const aboutEntries =
  /审核|审批|撤回|逾期|体会|心得|通报|待办|名册|导出|导入|工资|请个假|通知|课件|资料|材料发|[那这]条|登记号|(?<!\d)1\d{3}号?(?:改|的|学时)/;
/** A training that is announced, and not told of as attended. */
const announced = /有(?:一?[个场次])?(?:培训|讲座|报告|党课|学习|课)/;
/** Refusals at this length are about the training; longer texts are about anything. */
const shortly = 60;

/**
 * Reads a sentence without a command's name as the story of a training. Nothing is taken from one that negates, asks,
 * supposes, plans, or tells of other people; whatever is read becomes a draft that its speaker looks at first.
 *
 * @param text normalised, without greetings and thanks
 * @returns null when it does not speak of training
 */
export function readTold(text: string, today: Day, policy: DayWorth): Told | null {
  const outside = readTitles(text).left;
  const isTraining = aboutTraining.test(outside) && !aboutEntries.test(outside);
  const reading = readTraining(text, today, policy, true);
  const { understood, problems, refused } = reading;
  const known = new Set([...understood, ...problems].map(({ slot }) => slot));
  const isDated = known.has('days') || known.has('hours');
  const isWhole = known.size >= 3 || (known.size >= 2 && known.has('title'));
  if (refused !== null) {
    const isAbsence = refused === 'negation' && isDated && absence.test(outside);
    const speaks = isWhole || isAbsence || (isTraining && (known.size > 0 || outside.length <= shortly));
    return speaks ? { type: 'refused', why: refused, isDated } : null;
  }
  const isDone = tookPlace.test(outside);
  if (isTraining && !isDone && announced.test(outside)) return { type: 'refused', why: 'future', isDated };
  const isTold = isWhole || (isTraining && (known.size > 0 || isDone));
  if (isTold && isAboutOthers(outside)) return { type: 'refused', why: 'others', isDated };
  if (isTold) return { type: 'training', reading, isSure: known.size >= 2 || isDone, isDated };
  return understood.length === 0 ? null : { type: 'hint', words: understood.map(({ words }) => words), isDated };
}
