import type { Day } from '../domain/day.ts';
import { cited } from './cited.ts';
import { showDay } from './glossary.ts';

const example = '例如：通报 预告 12月3日至5日 廉政教育报告会 行政楼报告厅 全体中层干部。';

/** 培训预告 at the department's desk. */
export const comingTexts = {
  title: '近期培训预告',
  summary: (count: number): string => (count === 0 ? '还没有培训预告。' : `共有 ${count} 条培训预告。`),
  hint: '每期通报预告次月和再下一个月的培训。预告可以随时修改、删除；已经发布的通报不会改变。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。请每行写一条，依次写日期（几天的写起止）、名称、地点、对象，用空格分开。${example}`,
  noSuchDay: (said: string): string => `没有“${said}”这一天，请核对日期。${example}`,
  past: (day: Day): string => `${showDay(day)}已经过去，没有保存。预告只写今天和以后的培训，请核对日期。`,
  tooFar: (day: Day, months: number): string =>
    `${showDay(day)}太远，没有保存。最多可以预告 ${months} 个月内的培训，请核对年份。`,
  backwards: (day: Day, until: Day): string =>
    `结束日期${showDay(until)}早于开始日期${showDay(day)}，没有保存。请核对日期。`,
  tooLong: (days: number): string => `起止日期超过 ${days} 天，没有保存。请核对日期。${example}`,
  badField: (field: 'title' | 'place' | 'audience', max: number): string =>
    `${comingTexts.fields[field]}须是一行文字，最多 ${max} 个字，没有保存。请改短。`,
  tooMany: (most: number): string => `培训预告最多 ${most} 条，没有保存。请先删除不需要的。`,
  named: (name: string): string => `预告中提到了${name}同志，没有保存。通报不写个人姓名，请改写。`,
  added: (count: number): string => `已加入 ${count} 条。`,
  changed: (title: string): string => `已修改“${title}”。`,
  removed: (title: string): string => `已删除“${title}”。`,
  removeQuestion: (title: string): string => `删除预告“${title}”？`,
  gone: '这条预告已经删除。',
  changedMeanwhile: '这条预告刚刚被修改过，没有再改。请看下面的最新内容。',
  editTitle: '修改培训预告',
  editSummary: (title: string): string => `正在修改预告“${title}”，保存后用于今后的通报。`,
  fields: { day: '日期', until: '结束日期（只有一天的不填）', title: '培训名称', place: '地点', audience: '参加对象' },
  buttons: { add: '加入预告', edit: '修改', remove: '删除', save: '保存', back: '返回' },
} as const;
