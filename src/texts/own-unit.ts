import type { Day } from '../domain/day.ts';
import type { Reflection } from '../domain/reflection.ts';
import { cited } from './cited.ts';
import { showDay, showHours, showLagging } from './glossary.ts';

/** 本单位: one page for the head of a unit. */
export const ownUnitTexts = {
  title: (unit: string): string => `${unit}的学习情况`.slice(0, 60),
  summary: (
    unit: string,
    {
      people,
      behind,
      owed,
      missed,
      tolerance,
    }: { people: number; behind: number; owed: number; missed: number; tolerance: number },
  ): string =>
    `${unit}在职 ${people} 人：${showLagging(behind, tolerance)}，体会未交 ${owed} 篇${missed === 0 ? '' : `，待补训 ${missed} 项`}。`,
  nobody: (unit: string): string => `${unit}没有在职干部。`,
  labels: {
    average: '本年人均学时',
    pace: '进度达标',
    professional: '本年专业化能力未完成',
    waiting: '待组织部审核',
    overdue: '体会逾期',
    makeUps: '待补训',
  },
  average: (own: number, college: number): string => `${showHours(own)} 学时（全校 ${showHours(college)} 学时）`,
  people: (count: number, all: number): string => `${count} / ${all} 人（中层干部）`,
  count: (count: number): string => `${count} 人`,
  entries: (count: number): string => `${count} 条`,
  reflections: (count: number): string => `${count} 篇`,
  makeUps: (count: number, late: number): string => `${count} 项${late === 0 ? '' : `（逾期 ${late} 项）`}`,
  tabs: { pace: '进度落后', reflection: '体会未交', 'make-up': '待补训', professional: '专业化能力', all: '全部人员' },
  paceColumns: ['姓名', '职务', '五年学时', '落后学时'],
  reflectionColumns: ['姓名', '培训', '应交'],
  makeUpColumns: ['姓名', '缺的课', '期限', '状态'],
  professionalColumns: ['姓名', '职务', '本年次数'],
  peopleColumns: ['工号', '姓名', '职务', '本年学时', '五年学时'],
  due: ({ dueOn }: Pick<Reflection, 'dueOn'>, today: Day): string =>
    `${showDay(dueOn, today)}前${dueOn < today ? '（已逾期）' : ''}`,
  none: {
    pace: '没有人进度落后。',
    reflection: '没有未交的体会。',
    'make-up': '没有待补训的人。',
    professional: '没有人缺本年的专业化能力培训。',
    all: '没有在职干部。',
  },
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  file: 'Excel',
  fileName: (unit: string, today: Day): string => `本单位学习情况_${unit}_${today}.xlsx`.replace(/[\\/:*?"<>|]/g, '-'),
  fileCaption: (unit: string, today: Day): string =>
    `${unit}截至${showDay(today)}的学习情况，按工号排列。含个人情况，只供您督学使用，请勿发到群里。`,
  sheets: { people: '人员', reflections: '未交体会', makeUps: '待补训' },
  sheetTitle: (unit: string, today: Day): string => `${unit}学习情况（截至${showDay(today)}）`,
  yes: '是',
  exam: '考试',
  sheetColumns: {
    people: [
      '工号',
      '姓名',
      '职务',
      '本年学时',
      '五年已认定',
      '比进度少',
      '进度落后',
      '本年专业化能力次数',
      '未交体会',
    ],
    reflections: ['工号', '姓名', '登记号', '培训名称', '应交日期', '已逾期'],
    makeUps: ['工号', '姓名', '班号', '培训名称', '课次', '期限', '状态', '已逾期'],
  },
  earlier: '上一页',
  later: '下一页',
  hint: '只有本单位负责人能看到，按工号排列。请当面提醒，带头学习；不要在群里公布个人情况。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：本单位，本单位 落后，本单位 体会，本单位 补训，本单位 专业化能力，本单位 人员。`,
} as const;
