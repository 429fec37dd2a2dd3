import type { Day } from '../domain/day.ts';
import { cited } from './cited.ts';
import { showDay } from './glossary.ts';

/** How a word reaches a person, or why it does not. */
export type Way = 'now' | 'later' | 'heard-today' | 'capped' | 'snoozed' | NotSent;
export type NotSent = 'told-today' | 'muted' | 'unbound' | 'self';

const wayNames: Record<Way, string> = {
  now: '立即发送',
  later: '现在不在提醒时段，随下一次每日提醒发送',
  'heard-today': '今天已收到一条提醒，并入下一个工作日的提醒',
  capped: '本月提醒已达上限，下月再发',
  snoozed: '本人选了稍后，到期再发',
  'told-today': '今天已提醒过同一件事，不重复发送',
  muted: '本人设了免提醒，不发送',
  unbound: '没有绑定账号，送不到',
  self: '您本人的事项，请直接办理',
};

/** 催办: the department asks people to do what they owe. */
export const urgingTexts = {
  title: '核对催办',
  chooseTitle: '催办哪一位？',
  wayNames,
  previewSummary: (people: number, items: number, about: string): string =>
    `将催办${about}${about.endsWith('）') ? '，' : ' '}${people} 人、${items} 件。确认前不会发送。`,
  person: (name: string, unit: string): string => `${name}（${unit}）`,
  ways: (counts: readonly (readonly [Way, number])[]): string =>
    counts.map(([way, count]) => `${wayNames[way]}：${count} 人`).join('；'),
  columns: ['姓名', '单位', '事项', '送达'],
  /** `left`: what is not said to the person, though it is on the list. */
  items: (list: readonly string[], left: readonly string[]): string =>
    [...list, ...(list.length === 0 ? left : left.map((one) => `不再提${one}`))].join('；'),
  nextDigest: (day: Day, today: Day): string => `排入以后的，最早随${showDay(day, today)}的每日提醒发送。`,
  more: (count: number): string => `另有 ${count} 人没有列出，同样处理。`,
  example: (text: string): string => `**收到的样子**（以第一位为例）：\n${text}`,
  hint: '每人每个工作日最多一条，计入本月上限；办完的不再提醒。',
  nothing: (about: string): string =>
    about === '' ? '没有可以催办的事项。' : `${about}没有可以催办的事项。发送“逾期”看全部。`,
  nobody: '没有人会收到，原因见下；没有发送。',
  confirm: '确认催办',
  urgent: '加急催办',
  urgentAsk: (people: number): string =>
    `将对 ${people} 人加急：手机会响铃或强提醒，直到本人查看。只在确有必要时使用。确定吗？`,
  rung: (people: number): string => (people === 0 ? '没有人加急。' : `其中 ${people} 人已加急。`),
  cancel: '取消',
  doneTitle: '催办结果',
  done: (sent: number, later: number, left: number): string =>
    `已催办 ${sent} 人${later === 0 ? '' : `，另有 ${later} 人排入以后的提醒`}${left === 0 ? '' : `，${left} 人没有发送`}。`,
  leftTitle: '**没有发送的**',
  /** Those who are left for the same reason. */
  leftLine: (way: Way, people: readonly string[]): string => `${wayNames[way]}：${people.join('、')}`,
  doneMeanwhile: (count: number): string => `预览之后已有 ${count} 人办完，没有打扰。`,
  moreLeft: (count: number): string => `另有 ${count} 人没有列出。`,
  notForApprovals: '待审核的登记由组织部自己办理，不用催办。发送“审核”处理。',
  unknown: (said: string): string =>
    `没有叫${cited(said, 40)}的单位或干部。可以这样说：催办，催办 体会，催办 教务处，催办 王芳，催办 体会 超过7天。`,
  several: (said: string, list: readonly { readonly staffNo: string; readonly unit: string }[]): string =>
    `有 ${list.length} 位“${said}”：${list.map(({ staffNo, unit }) => `${staffNo}（${unit}）`).join('、')}。请点选，或改用工号，例如：催办 ${list[0]?.staffNo}。`,
  /** How often somebody has been reminded of a matter. */
  chased: (count: number, last: Day | null, today: Day): string =>
    count === 0 || last === null ? '' : `，已提醒 ${count} 次（最近 ${showDay(last, today)}）`,
} as const;
