import type { Reflection } from '../domain/reflection.ts';
import { cited } from './cited.ts';
import { reflectionStateNames, showDay } from './glossary.ts';

const about = (reflection: Reflection): string => `登记号 ${reflection.entryId}《${reflection.title}》`;

/** 体会: handing in and reading reflections. */
export const reflectionTexts = {
  title: '学习体会',
  nothingOwed: '您没有待交的学习体会。',
  owedSummary: (count: number): string => `您有 ${count} 篇学习体会待交。`,
  columns: ['登记号', '培训', '应交', '状态'],
  dueBy: (day: string, today: string, late: boolean): string =>
    `${showDay(day, today)}${late ? '（已逾期，请补交）' : ''}`,
  state: (reflection: Reflection): string => reflectionStateNames[reflection.state],
  /** `minimums`: the least length of each, by 登记号. */
  howTo: (minimums: ReadonlyMap<number, number>): string => {
    const [first = 0, ...others] = new Set(minimums.values());
    const each = [...minimums].map(([id, minimum]) => `${id} 不少于 ${minimum} 字`).join('，');
    return `点“提交”填写，或发送“体会 登记号”后把正文、Word（.docx）或文本文件发给我。${others.length === 0 ? `不少于 ${first} 字` : each}。`;
  },
  handIn: (id: number): string => `提交 ${id}`,
  formTitle: '提交学习体会',
  formSummary: (reflection: Reflection, today: string): string =>
    reflection.dueOn < today
      ? `${about(reflection)}的学习体会应于${showDay(reflection.dueOn, today)}前交，已逾期，请补交。`
      : `请提交${about(reflection)}的学习体会，${showDay(reflection.dueOn, today)}前交。`,
  formLabel: (minimum: number): string => `正文（不少于 ${minimum} 字，请本人撰写）`,
  formSubmit: '提交',
  formHint: '也可以直接回复正文，或发送 Word、文本文件；回复“取消”放弃。',
  which: '请写明是哪一次培训的体会，例如：体会 ',
  notYours: (id: number): string => `没有找到您名下登记号 ${id} 的学习体会任务。发送“体会”查看待交的。`,
  tooShort: (length: number, minimum: number): string =>
    `这篇体会 ${length} 字，要求不少于 ${minimum} 字，还差 ${minimum - length} 字，没有提交。请补充后重新发送。`,
  alreadyAccepted: (id: number): string => `登记号 ${id} 的学习体会已经通过，不用再交。`,
  waived: (id: number): string => `登记号 ${id} 的学习体会已免交。`,
  done: (reflection: Reflection): string =>
    `已收到${about(reflection)}的学习体会，共 ${reflection.length} 字${reflection.late ? '（逾期提交）' : ''}，等待组织部审阅。`,
  doneTitle: '学习体会已提交',
  deskTitle: '待审阅的学习体会',
  deskEmpty: '没有待审阅的学习体会。',
  deskNoMore: '没有其他待审阅的体会。',
  deskSummary: (count: number): string => `有 ${count} 篇学习体会待审阅。`,
  deskLine: (reflection: Reflection, name: string, unit: string, today: string): string =>
    `**${name}**（${unit}）${about(reflection)} · ${reflection.length} 字 · ${reflection.late ? '逾期' : '按时'}，应于${showDay(reflection.dueOn, today)}前交`,
  newer: (one: Reflection): string => `登记号 ${one.entryId} 的作者交了新稿，请先看新稿再决定。`,
  read: '看全文',
  accept: '通过',
  sendBack: '退回',
  fileName: (reflection: Reflection, name: string): string => `${name}_学习体会_${reflection.entryId}.txt`,
  fileCaption: (reflection: Reflection, name: string): string => `${name}：${about(reflection)}的学习体会`,
  own: '不能审阅自己的学习体会，请由其他经办或部长审阅。',
  notHandedIn: (id: number): string => `登记号 ${id} 的学习体会现在不在待审阅状态。`,
  reasonNeeded: (id: number): string => `请写明退回登记号 ${id} 的学习体会的理由，会告诉本人，例如：请结合本职工作补充`,
  noReason: (said: string): string => `${cited(said)}看不出理由，请至少写 4 个字。`,
  reasonHint: '也可以直接回复理由；回复“取消”放弃。',
  tooLongReason: '理由请控制在 300 字以内。',
  sendBackTitle: '退回学习体会',
  reasonLabel: '退回理由',
  accepted: (reflection: Reflection): string => `${about(reflection)}的学习体会已通过。`,
  returned: (reflection: Reflection): string =>
    `${about(reflection)}的学习体会被退回：${(reflection.reason ?? '').replace(/[。.]$/, '')}。请补充后重新提交。`,
  /** What the reader sees of the own decision. */
  acceptedFor: ({ entryId }: Reflection, name: string): string =>
    `已通过${name}的学习体会（登记号 ${entryId}），已通知本人。`,
  returnedFor: ({ entryId, reason }: Reflection, name: string): string =>
    `已退回${name}的学习体会（登记号 ${entryId}），理由：${(reason ?? '').replace(/[。.]$/, '')}，已通知本人。`,
  deskOnly: '审阅学习体会由经办、部长使用。',
} as const;
