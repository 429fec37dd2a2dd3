import { addDays, type Day, weekdayOf } from '../../domain/day.ts';
import type { Stretch } from './mask.ts';
import { readChineseNumber } from './numbers.ts';
import type { TrainingSlots } from './training.ts';

/** Words about days or hours that do not say which or how many, and what they may mean. */
export interface Vague extends Stretch {
  readonly words: string;
  readonly choices: readonly TrainingSlots[];
}

const lessons = /(?<![第每\d.])(?<n>\d{1,2}|[一二两俩三四五六七八九十]{1,2})\s?[节堂](?:课|(?![日目约省假能]))/u;
const stretchOfDay = /(?:一|整个?|大半?个?)(?:上午|下午|晚上|早上)|(?:上午|下午)一?整?个?(?:全程|到底)/u;
/** A number that says neither hours nor days: 1.5. */
const bareNumber = /(?<![\p{L}\p{N}.:：/第《-])(?<n>\d{1,2}(?:\.(?:25|5|75|0))?)(?![\p{L}\p{N}.:：/-])/u;

const at = ({ 0: words, index }: RegExpExecArray, choices: readonly TrainingSlots[]): Vague => ({
  words: words.trim(),
  start: index,
  end: index + words.length,
  choices,
});

/** 两节课, 一上午, a bare 1.5: in a text that names no amount. A lesson is often counted as one hour, often as none. */
export function readVagueAmount(text: string): Vague | null {
  const some = lessons.exec(text);
  if (some !== null) {
    const count = readChineseNumber(some.groups?.['n'] ?? '') ?? 0;
    return at(some, count > 0 ? [{ hours: count * 100 }, { halfDays: 1 }] : []);
  }
  const part = stretchOfDay.exec(text);
  if (part !== null) return at(part, [{ halfDays: 1 }]);
  const bare = bareNumber.exec(text);
  if (bare === null) return null;
  const count = Number(bare.groups?.['n']);
  const days = Number.isInteger(count * 2) && count <= 10 ? [{ halfDays: count * 2 }] : [];
  return count > 0 ? at(bare, [{ hours: Math.round(count * 100) }, ...days]) : null;
}

const weekend = /(?<!上)(?<last>上)个?周末|(?<![上下个])周末/u;
const someDay =
  /(?:(?:上|这|本|去)个?)?(?:[一二三四五六七八九十\d]{1,2})?(?:月|年)(?:底|初|末|中旬?)|[上中下]旬|前(?:几|两|些)天|[那这]几?天(?!气)|前阵子|前段时间|前不久|最近|近期|上上?个?(?:周|星期|礼拜|月)(?![一二三四五六日天末\d])|之前/u;

/** 月底, 前几天, 上周末: in a text that names no day. */
export function readVagueDays(text: string, today: Day): Vague | null {
  const two = weekend.exec(text);
  if (two !== null) {
    const saturday = addDays(
      today,
      6 - weekdayOf(today) - (two.groups?.['last'] === undefined && weekdayOf(today) > 5 ? 0 : 7),
    );
    const sunday = addDays(saturday, 1);
    const choices = [
      { from: saturday, to: saturday },
      { from: sunday, to: sunday },
      { from: saturday, to: sunday },
    ];
    return at(
      two,
      choices.filter(({ to }) => to <= today),
    );
  }
  const some = someDay.exec(text);
  return some === null ? null : at(some, []);
}
