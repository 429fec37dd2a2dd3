import type { Day } from '../../domain/day.ts';
import { readAmount } from './amounts.ts';
import { readDays } from './days.ts';
import { findAll, strike, strikeOut, struck } from './mask.ts';
import { findLoneWords, findLongWords } from './vocabulary.ts';

type FieldName = 'title' | 'organiser' | 'place' | 'content' | 'kind' | 'form' | 'hours' | 'days';

/** 内容：党性教育, 主办：市委组织部: one stretch of a text that says what it is. */
export interface Field {
  readonly name: FieldName;
  readonly value: string;
  /** Of label and value. */
  readonly start: number;
  readonly end: number;
}

const labels: Readonly<Record<string, FieldName>> = {
  标题: 'title',
  题目: 'title',
  主题: 'title',
  名称: 'title',
  培训名称: 'title',
  课程名称: 'title',
  主办: 'organiser',
  主办方: 'organiser',
  主办单位: 'organiser',
  承办单位: 'organiser',
  组织单位: 'organiser',
  举办单位: 'organiser',
  地点: 'place',
  培训地点: 'place',
  学习地点: 'place',
  内容: 'content',
  培训内容: 'content',
  学习内容: 'content',
  类别: 'kind',
  培训类别: 'kind',
  类型: 'kind',
  方式: 'form',
  培训方式: 'form',
  学习方式: 'form',
  形式: 'form',
  学时: 'hours',
  学时数: 'hours',
  课时: 'hours',
  时长: 'hours',
  日期: 'days',
  培训日期: 'days',
  时间: 'days',
  培训时间: 'days',
  起止时间: 'days',
  起止日期: 'days',
};
const names = Object.keys(labels)
  .sort((a, b) => b.length - a.length)
  .join('|');
const label = new RegExp(`(?<name>${names})\\s?[:：]\\s?|(?<!\\p{L})(?<bare>地点)\\s`, 'gu');
/** Where a value ends at the latest. */
const border = new RegExp(`[\\n;；${struck}]`);
const chunk = /[^\s,，、。]+/g;
const confirmation = /^确[认定]$/;

/** The labelled stretches of a normalised text whose titles are struck out. 学时 and 日期 only end the field before them. */
export function readFields(text: string, today: Day): Field[] {
  const found = findAll(text, label);
  return found.flatMap((match, i) => {
    const name = labels[match.groups?.['name'] ?? match.groups?.['bare'] ?? ''];
    if (name === undefined || name === 'hours' || name === 'days') return [];
    const from = match.index + match[0].length;
    const region = text.slice(from, found[i + 1]?.index).split(border)[0] ?? '';
    const free = name === 'title' || name === 'organiser' || name === 'place';
    const value = free ? takeFreeWords(region, today) : (region.match(chunk)?.[0] ?? '');
    return value === '' ? [] : [{ name, value, start: match.index, end: from + region.indexOf(value) + value.length }];
  });
}

/** Words up to the first that can only be another slot: AI 赋能教学 of `AI 赋能教学 3学时 昨天`. */
function takeFreeWords(region: string, today: Day): string {
  const chunks = findAll(region, chunk);
  const stop = chunks.findIndex((match, i) => i > 0 && saysOnlySlots(match[0], today));
  const last = chunks.at(stop < 0 ? -1 : stop - 1);
  return last === undefined ? '' : region.slice(chunks[0]?.index, last.index + last[0].length);
}

function saysOnlySlots(word: string, today: Day): boolean {
  if (confirmation.test(word)) return true;
  const days = readDays(word, today);
  let left = 'parts' in days ? strikeOut(word, days.parts) : word;
  const amount = readAmount(left);
  if ('parts' in amount) left = strikeOut(left, amount.parts);
  left = strikeOut(left, findLongWords(left));
  left = strikeOut(left, findLoneWords(left));
  return !/[\p{L}\p{N}]/u.test(left);
}

/** Strikes out every label with its colon. */
export const strikeLabels = (text: string): string => strike(text, label);
