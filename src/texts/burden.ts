import type { Breach, BurdenReport } from '../domain/burden.ts';
import type { Day, Month } from '../domain/day.ts';
import type { Policy } from '../domain/policy.ts';
import { cited } from './cited.ts';
import { monthName, showDay } from './glossary.ts';

const breachNames: Record<Breach['what'], string> = {
  'day-off': '休息日发送',
  'outside-hours': '提醒时段外发送',
  'twice-a-day': '一天两条以上',
  'over-cap': '超过每月上限',
};

/** 自查: the proof that the bot is no burden. */
export const burdenTexts = {
  title: (month: Month): string => `${monthName(month)}减负自查`,
  summary: (month: Month, report: BurdenReport): string =>
    `${monthName(month)}主动提醒 ${report.chases} 条，人均 ${report.people === 0 ? 0 : Math.round((report.chases * 10) / report.people) / 10} 条；${
      report.breaches.length === 0 ? '没有违反提醒规则的情况。' : `有 ${report.breaches.length} 处违反提醒规则，见下。`
    }`,
  rules: '**提醒规则与实际**',
  rows: (report: BurdenReport, { chasing }: Policy): (readonly [string, string])[] => [
    ['每人每月上限', `${chasing.perMonth} 条，实际最多 ${report.mostAMonth} 条`],
    ['每人每工作日', `1 条，实际最多 ${report.mostADay} 条`],
    ['提醒时段', `工作日 ${chasing.from}—${chasing.to}，时段外 ${countOf(report, 'outside-hours')} 条`],
    ['休息日', `不提醒，实际 ${countOf(report, 'day-off')} 条`],
  ],
  sent: '**本月发出的消息**',
  sentRows: ({ byPurpose }: BurdenReport, failed: number, unknown: number): (readonly [string, string])[] => [
    ['主动提醒', `${byPurpose.chase} 条`],
    ['审核结果等决定', `${byPurpose.decision} 条`],
    ['工作通知', `${byPurpose.notice} 条`],
    ['群通报', `${byPurpose.bulletin} 条`],
    ['没有送达', `${failed} 条`],
    ['结果不明', `${unknown} 条`],
  ],
  answers: '对本人提问的即时回答不计入，保留不超过两天。',
  chart: '按收到条数统计的人数',
  chartUnit: '人',
  chartCategory: (count: number): string => `${count} 条`,
  breaches: '**违反规则的（只供组织部核对）**',
  breachNames,
  breach: (name: string, { day, what }: Breach): string => `${name}　${showDay(day)}　${breachNames[what]}`,
  moreBreaches: (count: number): string => `另有 ${count} 处没有列出。`,
  undelivered: '**没有送达的提醒（只供组织部核对）**',
  undeliveredLine: (name: string, { day, state, reason }: { day: Day; state: 'failed' | 'unknown'; reason: string }) =>
    `${name}　${showDay(day)}　${state === 'failed' ? `没有送达：${reason}` : reason}`,
  failedAgain: '没有送达的不算提醒过，下一个工作日自动重新提醒。',
  unknownNext: '结果不明的可能已经收到，不会自动再发；请向本人核实，需要时用“催办”。',
  never: '**本系统没有的做法**',
  /** What is not done, and how anybody can see that. */
  neverList: [
    ['不打卡、不接龙：考勤只用于组织的培训班。', '发送“帮助”，全部命令中没有打卡。'],
    ['不积分、不排名：任何人看不到个人排名，名单按工号排列。', '看“统计”“逾期”和群通报，没有个人名次。'],
    ['不统计在线时长：只计组织部认定的学时。', '看导出的学时台账，每条都有认定人，没有时长一栏。'],
    ['不强制上传照片、视频、位置：登记和签到都不收集。', '发送“登记”，没有一项必须上传附件。'],
    ['不重复填报：同一件事只问一次，已知的不再问。', '发送“登记”，姓名、单位、职级都不用填。'],
    [
      '群里不出现个人数据：群内只发通报，小单位合并。',
      '在群里发送“进度”“逾期”，只在私聊中回复，群里只有一句“已私聊回复”。',
    ],
  ],
  check: (how: string): string => `核查：${how}`,
  running: (month: Month): string => `${monthName(month)}还没有结束，以上是截至现在的情况。`,
  future: (month: Month): string => `${monthName(month)}还没有到，没有可以自查的情况。`,
  noSuchMonth: (said: string): string => `没有看懂${cited(said, 40)}。可以这样说：自查，自查 上月，自查 2026-10。`,
  buttons: { lastMonth: '上一个月', thisMonth: '本月', file: 'Excel 报告' },
  fileWords: /excel|导出|下载|表格/i,
  fileName: (month: Month): string => `减负自查_${month}.xlsx`,
  fileCaption: (month: Month): string =>
    `${monthName(month)}减负自查：规则与实际、收到条数分布、发出的消息和没有的做法。`,
} as const;

const countOf = ({ breaches }: BurdenReport, what: Breach['what']): number =>
  breaches.filter((breach) => breach.what === what).length;
