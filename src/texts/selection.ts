import type { Cadre } from '../domain/cadre.ts';
import { cited } from './cited.ts';

type Person = Pick<Cadre, 'name' | 'unit' | 'staffNo'>;

const listed = (words: readonly string[], most: number): string =>
  words.length > most ? `${words.slice(0, most).join('、')}等` : words.join('、');

/** Choosing many people at once. */
export const selectionTexts = {
  fields: {
    units: '单位（可多选）',
    grades: '职级（可多选）',
    pool: '范围',
    people: '名单（姓名或工号，可整段粘贴）',
    except: '其中不含（姓名、工号或单位）',
  },
  young: '仅优秀年轻干部',
  youngShort: '优秀年轻干部',
  peopleHint: '例如：教务处全体、外国语学院副职，或 E0011、王芳 教务处',
  exceptHint: '例如：王芳 教务处',
  /** Nobody is meant. */
  nobody: '还没有选到在职干部。请选择单位、职级，或填写名单，例如：教务处全体，或 E0011、E0013。',
  tooMany: (count: number, most: number): string => `选了 ${count} 人，一次最多 ${most} 人。请分几次进行。`,
  count: (count: number, units: readonly (readonly [string, number])[]): string =>
    `共 ${count} 人：${listed(
      units.map(([unit, number]) => `${unit} ${number} 人`),
      12,
    )}。`,
  names: (names: readonly string[]): string => `名单：${listed(names, 10)}。`,
  unknown: (words: readonly string[]): string =>
    `没有找到，未选入：${listed(
      words.map((one) => cited(one)),
      10,
    )}。请写全名、工号或单位全称；成组的可以写：全体中层干部、全体正职、教务处副职、年轻干部、单位负责人。`,
  emptyGroups: (groups: readonly string[]): string => `没有这样的在职干部：${listed(groups, 10)}，请核对。`,
  groupOf: (units: readonly string[], limits: readonly string[]): string =>
    `${units.length === 0 ? '' : listed(units, 3)}${limits.length === 0 ? '全体' : limits.join('')}`,
  inactive: (words: readonly string[]): string => `不在职，未选入：${listed(words, 10)}。`,
  strays: (names: readonly string[]): string => `${listed(names, 10)}本来不在名单里，不用去掉。`,
  excepted: (count: number): string => `另有 ${count} 人按要求不含在内。`,
  all: '全部名单',
  listTitle: '全部名单',
  listSummary: (count: number): string => `共 ${count} 人。`,
  listColumns: ['工号', '姓名', '单位', '职务'],
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  earlier: '上一页',
  later: '下一页',
  changeHint: '增减人员请回复“加上 姓名”或“去掉 姓名”。',
  whichTitle: '请选择是哪一位',
  which: (said: string, count: number, except: boolean): string =>
    `“${said}”有 ${count} 人，${except ? '不含' : '选'}哪一位？请点选，或回复工号。`,
  whichOf: ({ name, unit }: Person): string => `${name} ${unit}`.slice(0, 20),
  whichColumns: ['工号', '姓名', '单位', '职务'],
  none: '都不是',
  notOneOf: (said: string): string => `没有看懂${cited(said)}。请点选其中一位，或回复工号；都不是请点“都不是”。`,
  unread: (said: string): string =>
    `没有看懂${cited(said)}。增减人员请回复“加上 王芳”或“去掉 王芳”，提交请回复“确认”。`,
} as const;
