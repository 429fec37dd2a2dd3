import type { Cadre } from '../domain/cadre.ts';
import type { FiveYearProgress } from '../domain/progress.ts';
import type { ApprovalQueue } from '../domain/waiting.ts';
import { messengerNames, monthName, showDay, showHours } from './glossary.ts';

type Person = Pick<Cadre, 'name' | 'staffNo'>;
const listed = (people: readonly Person[]): string =>
  people.map(({ name, staffNo }) => `${name}（${staffNo}）`).join('、');

/** What the scheduled jobs report to the operator. */
export const jobTexts = {
  everyDay: (time: string): string => `每天 ${time}`,
  everyWorkday: (time: string): string => `每个工作日 ${time}`,
  lastWorkday: (time: string): string => `每月最后一个工作日 ${time}`,
  firstWorkday: (time: string): string => `每月第一个工作日 ${time}`,
  unknownJob: (name: string, known: readonly string[]): string =>
    `没有名为 ${name} 的任务。可用的有：${known.join('、')}。`,
  notYet: (day: string): string => `${showDay(day)}还没有到，不能提前执行；加 --dry-run 可以预览。`,
  failed: (fault: string): string => `没有办成：${fault}`,
  planned: (count: number): string => (count === 0 ? '没有新的提醒。' : `新增 ${count} 条待提醒。`),
  notYetThisMonth: (day: number): string => `每月 ${day} 日起查看进度，今天不用提醒。`,
  digest: {
    outsideHours: '现在不在提醒时段内，没有发送；要提醒的留到下一个工作日。',
    done: (told: number, held: number, unreached: number): string =>
      `已提醒 ${told} 人${held === 0 ? '' : `；另有 ${held} 人今天不再打扰，留到以后`}${
        unreached === 0 ? '' : `；${unreached} 人还没有绑定账号，绑定后再提醒`
      }。`,
  },
  bulletin: {
    done: (month: string, groups: number): string =>
      groups === 0
        ? `${monthName(month)}通报已备好，但没有接收通报的群。请由经办在“通报”中设置。`
        : `${monthName(month)}通报已发往 ${groups} 个群。`,
    released: (month: string): string => `${monthName(month)}通报已经发布，没有重复发送。`,
    eveTitle: '月度通报即将发布',
    eve: (month: string, day: string, time: string, today: string, waiting: number): string =>
      `${monthName(month)}通报将于 **${showDay(day, today)} ${time}** 自动发布。` +
      (waiting === 0 ? '请先预览核对。' : `还有 **${waiting}** 条登记待审核，没有计入；请在发布前审核。`),
    eveDone: (told: number): string => `已告知 ${told} 人通报即将发布。`,
    noEve: '今天不用告知通报发布。',
    preview: '预览通报',
  },
  settled: (sessions: number, missing: number, waiting: number): string =>
    sessions + missing + waiting === 0
      ? '没有要确认的考勤。'
      : `确认了 ${sessions} 个课次的考勤${missing === 0 ? '' : `；${missing} 条未点名待提醒`}${waiting === 0 ? '' : `；${waiting} 条请假未答复待提醒`}。`,
  matchAccounts: {
    noLookUp: (messenger: string): string => `${messengerNames[messenger] ?? messenger}上不用查找账号。`,
    preview: (searched: number, found: number): string =>
      searched === 0 ? '没有要查找的账号。' : `将查找 ${searched} 人的账号，现在能找到 ${found} 人。`,
    found: (people: readonly Person[]): string => (people.length === 0 ? '' : `能找到：${listed(people)}`),
    missing: (people: readonly Person[]): string => (people.length === 0 ? '' : `没找到：${listed(people)}`),
    done: (searched: number, bound: number): string =>
      searched === 0 ? '没有要查找的账号。' : `查找了 ${searched} 人的账号，新对应 ${bound} 人。`,
  },
  backup: {
    preview: (directory: string): string => `将备份到 ${directory}。`,
    done: (directory: string, records: number, forgotten: number): string =>
      `已备份到 ${directory}（审计记录 ${records} 条），清理过期的收发记录 ${forgotten} 条。`,
  },
} as const;

/** 每日提醒: what is owed, by when, and what to do next. */
export const digestTexts = {
  title: '今日提醒',
  /** The department asked for it. */
  askedTitle: '组织部提醒',
  asked: '组织部请您办理：',
  summary: (count: number, more: number): string =>
    more > 0 ? `今天提醒 ${count} 件；另有 ${more} 件未办，见“待办”。` : `您有 ${count} 件事需要处理。`,
  footer: '办完后不再提醒；每个工作日最多一条。',
  reflection: {
    before: (id: string, title: string, due: string, today: string, minimum: string): string =>
      `登记号 ${id}《${title}》的学习体会，请于 **${showDay(due, today)}** 前提交，不少于 ${minimum} 字。`,
    due: (id: string, title: string, due: string, today: string, minimum: string): string =>
      `登记号 ${id}《${title}》的学习体会，**今天（${showDay(due, today)}）** 截止，不少于 ${minimum} 字。`,
    overdue: (id: string, title: string, due: string, today: string, minimum: string): string =>
      `登记号 ${id}《${title}》的学习体会，已于 **${showDay(due, today)}** 到期，请尽快补交，不少于 ${minimum} 字。`,
    ofUnit: (people: readonly { name: string }[], title: string, due: string, today: string): string =>
      `《${title}》的学习体会应于${showDay(due, today)}前提交，本单位${people.map(({ name }) => name).join('、')}至今未交，请提醒本人在聊天中发送“体会”提交。`,
    ofOthers: (people: readonly { name: string; unit: string }[], title: string, due: string, today: string): string =>
      `《${title}》的学习体会应于${showDay(due, today)}前提交，还有 ${people.length} 人未交：${people
        .map(({ name, unit }) => `${name}（${unit}）`)
        .join('、')}。请跟进。`,
  },
  quota: ({ earned, behindBy, missing, monthsLeft, neededPerMonth, quota, proRata }: FiveYearProgress): string =>
    `五年学时已认定 ${showHours(earned)} 学时，**比时间进度少 ${showHours(behindBy)} 学时**，距${proRata ? `按任职时间折算的要求 ${showHours(quota)} 学时` : '五年要求'}还差 ${showHours(missing)} 学时。` +
    `余下 ${monthsLeft} 个月，平均每月学习约 ${Math.ceil(neededPerMonth / 100)} 学时即可达到要求。`,
  professional: ({ year, required }: FiveYearProgress['professional']): string =>
    `${year} 年还没有专业化能力专题培训，每年至少 ${required} 次。请在年底前参加；已参加的请登记。`,
  missedYear: (year: number): string => `${year} 年缺专业化能力专题培训，请与组织部商定补训。`,
  returned: (id: string, title: string, reason: string): string =>
    `登记号 ${id}《${title}》被退回后还没有修改，退回理由：${reason.replace(/[。.]$/, '')}。请点“修改”补充后重新提交；不再登记的请发送“撤回 ${id}”。`,
  unreached: (count: number): string =>
    `现在有 **${count}** 名干部收不到消息，其中有新增的。是谁、为什么、怎么办，请看“自查”。`,
  roll: (id: string, title: string, no: string, day: string, today: string): string =>
    `培训班 ${id}《${title}》第 ${no} 课次（${showDay(day, today)}）还没有任何签到，不会自动确认。请点名，例如：考勤 ${id} 第${no}课次 全部到。`,
  approvals: ({ count, oldestDays }: ApprovalQueue): string =>
    `有 **${count}** 条学时登记等待审核，最早的已等 ${oldestDays} 个工作日。`,
  buttons: {
    handIn: '交体会',
    handInOf: (id: string): string => `交体会 ${id}`,
    progress: '看进度',
    reviseOf: (id: string): string => `修改 ${id}`,
    approve: '去审核',
    todo: '待办',
    later: '稍后提醒',
    overdue: '看逾期名单',
    ownUnit: '看本单位',
    unreached: '看原因',
    roll: (id: string, no: string): string => `点名 ${id}-${no}`,
  },
} as const;
