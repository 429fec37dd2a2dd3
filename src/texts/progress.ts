import type { Course } from '../domain/course.ts';
import type { MakeUp } from '../domain/make-up.ts';
import type { FiveYearProgress } from '../domain/progress.ts';
import type { Reflection } from '../domain/reflection.ts';
import { cited } from './cited.ts';
import { showDay, showHours } from './glossary.ts';
import { makeUpTexts } from './make-up.ts';

/** 进度: what counts, what is missing, and by when. */
export const progressTexts = {
  title: (name: string): string => `${name}的学时进度`,
  /** Relied on by readers of the notification: the first line, word for word. */
  summary: (earned: number, pending: number): string =>
    `本周期已认定 ${showHours(earned)} 学时，待审核 ${showHours(pending)} 学时`,
  cycle: (from: string, to: string): string => `${from.slice(0, 4)}—${to.slice(0, 4)} 年`,
  fiveYears: '五年学时',
  ofQuota: (earned: number, quota: number): string => `${showHours(earned)} / ${showHours(quota)} 学时`,
  reached: '已达到五年学时要求。',
  nearlyOnPace: (by: number, pace: number): string =>
    `目前进度基本正常（按时间应达 ${showHours(pace)} 学时，少 ${showHours(by)} 学时）。`,
  onPace: (pace: number): string => `目前进度正常（按时间应达 ${showHours(pace)} 学时）。`,
  behind: ({ behindBy, missing, neededPerMonth, monthsLeft, quota, proRata }: FiveYearProgress): string =>
    `比时间进度少 ${showHours(behindBy)} 学时；距${proRata ? `折算后要求的 ${showHours(quota)} 学时` : '要求'}还差 ${showHours(missing)} 学时，余下 ${monthsLeft} 个月平均每月需 ${showHours(neededPerMonth)} 学时。`,
  proRata: (quota: number): string => `您在本周期内任现职，按任职时间折算，要求 ${showHours(quota)} 学时。`,
  thisYear: (year: number): string => `${year} 年已认定`,
  yearBar: (year: number): string => `${year} 年学时`,
  /** `counted`: the year's line is one to look at, not one that is asked for. */
  yearValue: (earned: number, pace: number, counted: boolean): string =>
    `${showHours(earned)} 学时（${counted ? '参考线' : '要求'} ${showHours(pace)} 学时）`,
  yearReached: (year: number): string => `已达到 ${year} 年的学时要求。`,
  yearMissing: (year: number, missing: number): string =>
    `距 ${year} 年的要求还差 ${showHours(missing)} 学时（12月31日前）。`,
  contents: '内容分布（学时）',
  share: '理论与党性教育占比',
  shareValue: (share: number): string => `${share} %（供参考，70 % 的要求针对年度计划和培训班）`,
  professional: (year: number): string => `${year} 年专业化能力培训`,
  professionalValue: (count: number, required: number): string =>
    count === 0 && required === 0
      ? '没有参加，不作要求'
      : count >= required
        ? `已参加 ${count} 次`
        : `尚未完成（12月31日前），每年至少 ${required} 次`,
  missedYear: (year: number): string => `${year} 年缺专业化能力培训，请与组织部商定补训。`,
  /** `first` is the one that is due first. */
  reflections: (count: number, first: Reflection, today: string): string =>
    `待交学习体会 ${count} 篇，${count === 1 ? '' : '最早一篇'}《${first.title}》应于${showDay(first.dueOn, today)}前交${
      first.dueOn < today ? '，已逾期，请补交' : ''
    }。`,
  /** `first` is the one that is due first. */
  makeUps: (
    count: number,
    { makeUp, course }: { makeUp: MakeUp; course: Pick<Course, 'id' | 'title'> },
    today: string,
  ): string =>
    `待补训 ${count} 项，${count === 1 ? '' : '最早一项'}${makeUpTexts.placeOf(makeUp, course)}应于${showDay(makeUp.dueOn, today)}前补上${
      makeUp.dueOn < today ? '，已逾期，请尽快办理' : ''
    }。`,
  yearSummary: (year: number, earned: number): string => `${year} 年已认定 ${showHours(earned)} 学时。`,
  professionalPast: (count: number): string => (count > 0 ? `已参加 ${count} 次` : '没有参加'),
  unread: (said: string): string => `没有看懂${cited(said, 40)}，以上是您本人的进度。看某一年请发送：进度 2025。`,
  notCounted: '五年学时的要求针对中层干部；您按年度要求统计。',
  empty: '还没有已认定的学时。登记请这样说：登记 3学时 党性教育 昨天 《专题党课》',
  records: '查看记录',
  log: '登记学时',
  todo: '我的待办',
  makeUp: '去补训',
  plan: '培训安排',
} as const;
