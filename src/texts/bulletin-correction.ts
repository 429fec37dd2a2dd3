import type { Day, Month } from '../domain/day.ts';
import { monthName, showDay } from './glossary.ts';

/** 更正: a released bulletin is corrected, visibly. */
export const bulletinCorrectionTexts = {
  title: (month: Month): string => `更正${monthName(month)}通报`,
  notReleased: (month: Month): string =>
    `${monthName(month)}通报还没有发布，不用更正。请直接修改登记，发布时会按最新数据计算。`,
  nothing: (month: Month): string => `${monthName(month)}通报的各项数字与台账一致，没有需要更正的内容。`,
  reason: '更正理由',
  reasonNeeded: (month: Month): string => `请写明更正${monthName(month)}通报的理由，理由会随更正通报发到群里。`,
  reasonHint: (month: Month): string => `也可以直接发送：通报 ${month} 更正 补录了一批培训记录。请不要写个人姓名。`,
  named: (name: string): string => `理由中提到了${name}同志。更正通报会发到群里，不写个人姓名，请改写。`,
  summary: (month: Month, count: number, mayRelease: boolean): string =>
    `按台账重新计算，${monthName(month)}通报有 ${count} 项数字不同。${
      mayRelease ? '确认后将向原来接收通报的群发更正通报，原通报保留。' : '更正须由部长确认；请核对后点“送部长确认”。'
    }`,
  stale: '数据又有变化，没有发布。请重新核对。',
  why: (reason: string): string => `更正理由：${reason}`,
  asOf: '体会提交情况仍按原通报的统计日计算，发布后才提交的不计。',
  columns: ['项目', '原通报', '更正为'],
  absent: '未单列',
  headOnly: '更正通报须由部长确认，没有发布。请点“送部长确认”。',
  proposal: (name: string, month: Month, count: number, reason: string): string =>
    `${name}准备了${monthName(month)}通报的更正，共 ${count} 项数字，理由：${reason}。请核对后确认。`,
  proposed: (names: readonly string[]): string => `已送${names.join('、')}确认。确认前不会发布。`,
  noHead: '名册中没有部长，没有送出。请档案管理员先设置部长。',
  done: (month: Month, groups: number): string => `${monthName(month)}通报已更正，更正通报已发往 ${groups} 个群。`,
  doneTitle: '通报已更正',
  buttons: { preview: '查看更正', propose: '送部长确认', confirm: '确认', cancel: '取消' },
  notice: {
    title: (month: Month): string => `${monthName(month)}干部教育培训情况更正通报`,
    summary: (month: Month, count: number): string => `${monthName(month)}通报更正 ${count} 项数字。`,
    text: (month: Month, released: Day): string =>
      `${showDay(released)}发布的${monthName(month)}干部教育培训情况通报，经核对，以下数字更正，其余不变。`,
  },
  source: (n: number, hash16: string): string => `更正后的校验码 ${hash16}（审计记录第 ${n} 条）。`,
} as const;
