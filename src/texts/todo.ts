import type { Course } from '../domain/course.ts';
import type { HourEntry } from '../domain/hours.ts';
import type { MakeUp } from '../domain/make-up.ts';
import type { Reflection } from '../domain/reflection.ts';
import { courseName } from './course.ts';
import { showDay, showHours } from './glossary.ts';
import { makeUpTexts } from './make-up.ts';

/** 待办: what is waiting for this person. */
export const todoTexts = {
  title: '我的待办',
  none: '没有待办事项。',
  summary: (count: number): string => `您有 ${count} 项待办。`,
  reflection: (one: Reflection, today: string): string =>
    `交学习体会：登记号 ${one.entryId}《${one.title}》，${showDay(one.dueOn, today)}前${one.dueOn < today ? '（已逾期，请补交）' : ''}`,
  makeUp: (one: MakeUp, course: Pick<Course, 'id' | 'title'>, today: string): string =>
    `${one.no === 0 ? '补考' : '补训'}：${makeUpTexts.placeOf(one, course)}，${showDay(one.dueOn, today)}前${one.dueOn < today ? '（已逾期）' : ''}`,
  leaves: (count: number): string => `${count} 件请假等您审批`,
  proofs: (count: number): string => `${count} 项补训待审核`,
  objections: (count: number): string => `${count} 件异议待答复`,
  classes: ({
    course,
    unsettled,
    concerned,
  }: {
    course: Pick<Course, 'id' | 'title'>;
    unsettled: number;
    concerned: number;
  }): string =>
    `培训班 ${courseName(course)}：${[
      ...(unsettled === 0 ? [] : [`${unsettled} 个课次待确认考勤`]),
      ...(concerned === 0 ? [] : [`${concerned} 人缺课或请假超过规定待研究处理`]),
    ].join('，')}`,
  verdict: (course: Pick<Course, 'id' | 'title'>): string =>
    `审定培训班 ${courseName(course)}：理论教育和党性教育低于规定比例`,
  plan: (year: number): string => `审定 ${year} 年度培训计划`,
  returned: (entry: HourEntry): string =>
    `修改后重新提交：登记号 ${entry.id}《${entry.title}》，退回理由：${entry.reason ?? ''}`,
  behind: (by: number): string => `五年学时比时间进度少 ${showHours(by)} 学时，请安排参加培训`,
  professional: (year: number): string => `${year} 年专业化能力培训尚未完成（12月31日前）`,
  missedYear: (year: number): string => `${year} 年缺专业化能力培训，请与组织部商定补训`,
  approvals: (count: number): string => `${count} 条学时登记待审核`,
  readings: (count: number): string => `${count} 篇学习体会待审阅`,
  bindings: (count: number): string => `${count} 个账号等待绑定`,
  proposals: (count: number): string => `${count} 项通讯录变动等待处理`,
  buttons: {
    reflection: '交体会',
    makeUp: '去补训',
    leaves: '去审批',
    proofs: '看补训',
    objections: '看异议',
    classes: '看考勤',
    verdict: '审定开班',
    plan: '审定计划',
    returned: '修改',
    approvals: '去审核',
    readings: '去审阅',
    bindings: '查看绑定',
    proposals: '查看变动',
  },
} as const;
