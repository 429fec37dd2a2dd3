import type { Day } from '../domain/day.ts';
import type { Snooze } from '../domain/hearing.ts';
import type { Notice, ownSubjects } from '../domain/notice.ts';
import { cited } from './cited.ts';
import { showDay } from './glossary.ts';

const subjectNames: Record<Notice['subject'], string> = {
  reflection: '体会',
  'make-up': '补训',
  returned: '退回',
  quota: '学时进度',
  professional: '专业化能力',
  approvals: '审核',
  course: '培训班',
  leave: '请假审批',
  objection: '异议答复',
  unreached: '送达',
  roll: '培训班点名',
};

/** 提醒: what the bot says unasked, and what of it somebody wants to hear. */
export const reminderTexts = {
  title: '我的提醒',
  subjectNames,
  subjectWords: {
    reflection: /学习体会|体会|心得/,
    'make-up': /补训|补课/,
    returned: /退回|修改/,
    professional: /专业化能力|专业化|专业能力/,
    approvals: /审核|审批/,
    course: /培训班|上课|培训/,
    quota: /学时进度|学时|进度/,
  } satisfies Record<(typeof ownSubjects)[number], RegExp>,
  snoozeNames: { tomorrow: '明天再说', 'three-days': '三天后', monday: '下周一' } satisfies Record<Snooze, string>,
  summary: (count: number, cap: number, snoozedUntil: Day | null, today: Day): string =>
    `本月已提醒您 ${count} 条（每月最多 ${cap} 条，每个工作日最多一条）。${
      snoozedUntil === null ? '' : `已选稍后，${showDay(snoozedUntil, today)}起再提醒。`
    }`,
  planned: (list: readonly string[]): string => `**下次会提醒**：${list.join('、')}`,
  nonePlanned: '近期没有要发的提醒；未办事项见“待办”。',
  muted: (list: readonly string[]): string =>
    list.length === 0 ? '各类提醒都开着。' : `已设免提醒：${list.join('、')}（待办里仍能看到）。`,
  later: '**稍后提醒**',
  fewer: '**免提醒**（不再主动提醒，待办里仍能看到）',
  muteButton: (subject: Notice['subject']): string => `关闭${subjectNames[subject]}提醒`,
  unmuteButton: (subject: Notice['subject']): string => `恢复${subjectNames[subject]}提醒`,
  noSnooze: '取消稍后',
  snoozed: (day: Day, today: Day): string => `好的，${showDay(day, today)}起再提醒您；在那之前办完就不再提醒。`,
  snoozedByDeadline: (due: readonly Notice['subject'][], day: Day, today: Day): string =>
    `有${due.map((subject) => subjectNames[subject]).join('和')}即将截止，最晚 ${showDay(day, today)}再提醒您；在那之前办完就不再提醒。`,
  unsnoozed: '已取消稍后，照常提醒。',
  mutedDone: (subject: Notice['subject']): string =>
    `已关闭“${subjectNames[subject]}”提醒。事项仍在待办里，期限不变；恢复请发送：提醒 开 ${subjectNames[subject]}。`,
  unmutedDone: (subject: Notice['subject']): string => `已恢复“${subjectNames[subject]}”提醒。`,
  hint: '提醒只在工作日的工作时间发送，办完的不再提醒；逾期仍会按规定告知单位负责人和组织部。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：提醒，提醒 稍后 三天，提醒 稍后 下周一，提醒 关 学时进度，提醒 开 学时进度。`,
} as const;
