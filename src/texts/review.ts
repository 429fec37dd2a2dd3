import type { HourEntry, HourFacts } from '../domain/hours.ts';
import type { Conflict } from '../domain/overlap.ts';
import { cited } from './cited.ts';
import { entryStateNames, formNames, gradeNames, kindNames, showDay, showHours } from './glossary.ts';
import { describeFacts } from './hours.ts';

const decided: Record<HourEntry['state'], string> = {
  submitted: '提交',
  approved: '通过',
  returned: '退回',
  rejected: '驳回',
  withdrawn: '撤回',
  voided: '作废',
};

/** How an entry came to be approved without anybody's word. */
const automatic: Record<HourEntry['source'], string> = {
  chat: '由系统认定',
  import: '由历史台账导入',
  course: '由系统认定',
  attendance: '由培训班考勤得出',
};

const ids = (list: readonly number[]): string => list.join('、');

/** 审核: the department's queue, one entry with everything, and what a decision did. */
export const reviewTexts = {
  title: '待审核的登记',
  empty: '没有待审核的登记。',
  waiting: (count: number): string => `有 ${count} 条登记待审核。`,
  remaining: (count: number): string => (count === 0 ? '没有待审核的登记了。' : `还有 ${count} 条待审核。`),
  who: (name: string, unit: string, workdays: number): string =>
    `**${name}**（${unit}）· ${workdays === 0 ? '新提交' : `已等 ${workdays} 个工作日`}`,
  entry: (id: number): string => `登记号 ${id}`,
  facts: describeFacts,
  /** What the first line leaves out. */
  more: ({ kind, form, organiser, place, proof, result, note }: HourFacts): string =>
    [
      kind === 'unspecified' ? null : kindNames[kind],
      form === 'unspecified' ? null : formNames[form],
      organiser === null ? null : `主办：${organiser}`,
      place === null ? null : `地点：${place}`,
      proof === null ? null : `证明：${proof}`,
      result === null ? null : `考核：${result}`,
      note === null ? null : `备注：${note}`,
    ]
      .filter((item) => item !== null)
      .join(' · '),
  conflict: (conflict: Conflict, today: string): string => {
    switch (conflict.type) {
      case 'duplicate':
        return `请注意：与登记号 ${conflict.entry.id} 相近（${describeFacts(conflict.entry, today)}，${entryStateNames[conflict.entry.state]}）。`;
      case 'too-many-hours':
        return `请注意：${showDay(conflict.day, today)}合计 ${showHours(conflict.hours)} 学时，超过每天 ${showHours(conflict.cap)} 学时（另有登记号 ${ids(conflict.entries.map(({ id }) => id))}）。`;
      case 'span-too-short':
        return `请注意：这段时间最多能记 ${showHours(conflict.cap)} 学时，填写的是 ${showHours(conflict.hours)} 学时。`;
    }
  },
  ownHere: '这是您自己的登记，由其他经办或部长审核。',
  buttons: {
    approve: '通过',
    amend: '修改后通过',
    return: '退回',
    reject: '驳回',
    void: '作废',
    detail: '详情',
    approvePage: '全部通过（本页）',
    earlier: '上一页',
    later: '下一页',
    back: '返回列表',
    confirm: '确认',
    cancel: '取消',
  },
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  hint: (id: number): string =>
    `也可以发送：审核 ${id} 通过，审核 ${id} 改 2学时 说明 只参加了一部分，审核 ${id} 退回 理由。`,
  notFound: (id: number): string => `没有登记号 ${id}。`,
  own: '不能审核自己的登记，请由其他经办或部长审核。',
  /** Somebody was faster; nothing was done. */
  alreadyDecided: (entry: HourEntry, by: string, at: string): string =>
    entry.state === 'withdrawn'
      ? `登记号 ${entry.id} 已由本人撤回，没有操作。`
      : entry.decidedBy === 'system'
        ? `登记号 ${entry.id} ${automatic[entry.source]}，已经认定，没有操作。`
        : `登记号 ${entry.id} 已由${by}于${at}${decided[entry.state]}，没有重复操作。`,
  notApproved: (entry: HourEntry): string =>
    `登记号 ${entry.id} 现在是“${entryStateNames[entry.state]}”，只有已认定的才能作废。`,
  changed: (id: number): string => `登记号 ${id} 已由本人改过，请看过新内容再决定。`,
  deskOnly: '审核由经办、部长使用；档案管理员可以作废已认定的登记，例如：审核 1001 作废 理由。',
  archivistOnly: '作废由档案管理员使用。审核请用：通过、修改后通过、退回、驳回。',
  whichEntry: '请写明登记号，例如：审核 1001 通过。发送“审核”看待审核的登记。',
  whatToDo: '请写明怎样处理，例如：审核 1001 1002 通过。发送“审核 1001”看一条的详情。',
  oneByOne: '修改后通过、退回、驳回、作废请一条一条办理，例如：审核 1001 退回 请补充证明材料。',
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：审核 1001 通过，审核 1001 改 2学时，审核 1001 退回 理由，审核 1001 驳回 理由。`,
  tooLongReason: '理由请控制在 300 字以内。',
  approved: (entry: HourEntry, name: string): string =>
    entry.hours === entry.claimedHours
      ? `已通过登记号 ${entry.id}（${name}，${showHours(entry.hours)} 学时）。`
      : `已通过登记号 ${entry.id}（${name}，申报 ${showHours(entry.claimedHours)}，认定 ${showHours(entry.hours)} 学时）。`,
  returned: (entry: HourEntry, name: string): string => `已退回登记号 ${entry.id}（${name}），已通知本人。`,
  rejected: (entry: HourEntry, name: string): string => `已驳回登记号 ${entry.id}（${name}），已通知本人。`,
  voided: (entry: HourEntry, name: string): string =>
    `已作废登记号 ${entry.id}（${name}，${showHours(entry.hours)} 学时），已通知本人。`,
  reasonTitle: { return: '退回登记', reject: '驳回登记', void: '作废登记' },
  askReason: (entry: HourEntry, name: string, verdict: 'return' | 'reject' | 'void'): string => {
    const what = { return: '退回', reject: '驳回', void: '作废' }[verdict];
    return `请写明${what}登记号 ${entry.id}（${name}《${entry.title}》）的理由，会告诉本人。`;
  },
  noReason: (said: string): string => `${cited(said)}看不出理由，请至少写 4 个字。`,
  reasonLabel: '理由',
  reasonHint: '也可以直接回复理由；回复“取消”放弃。',
  amendTitle: '修改后通过',
  askAmendment: (entry: HourEntry, name: string): string =>
    `登记号 ${entry.id}（${name}《${entry.title}》）申报 ${showHours(entry.hours)} 学时，请修改后通过。`,
  amendSubmit: '修改后通过',
  amendLabels: {
    amount: '学时（如 3、3.5、半天）',
    content: '内容',
    kind: '类别',
    form: '方式',
    reason: '说明（可不填，会告诉本人）',
  },
  noChange: (id: number): string => `登记号 ${id} 没有改动。不用改请直接点“通过”。`,
  bulkTitle: '核对批量通过',
  bulkSummary: (count: number, people: number, hours: number): string =>
    `将通过 ${count} 条登记，涉及 ${people} 人，共 ${showHours(hours)} 学时。确认前不会生效。`,
  bulkColumns: ['登记号', '姓名', '培训名称', '学时'],
  bulkMore: (count: number): string => `另有 ${count} 条没有列出，同样会通过。`,
  bulkLeft: (lines: readonly string[], more: number): string =>
    [`**不包括以下 ${lines.length + more} 条：**`, ...lines, ...(more > 0 ? [`另有 ${more} 条。`] : [])].join('\n'),
  left: {
    own: (id: number): string => `登记号 ${id}：您自己的登记，由其他经办或部长审核`,
    conflict: (id: number): string => `登记号 ${id}：与别的记录相近，或学时过多，请单独审核`,
    closed: (id: number, state: HourEntry['state']): string => `登记号 ${id}：${entryStateNames[state]}`,
    changed: (id: number): string => `登记号 ${id}：本人改过内容`,
    missing: (id: number): string => `登记号 ${id}：没有这条登记`,
  },
  bulkNothing: '没有可以一并通过的登记。',
  bulkDone: (count: number, hours: number, left: readonly number[]): string =>
    `已通过 ${count} 条登记，共 ${showHours(hours)} 学时。${left.length === 0 ? '' : `登记号 ${ids(left)} 情况有变，没有处理。`}`,
  detailTitle: (id: number): string => `登记号 ${id}`,
  detailSummary: (entry: HourEntry, name: string): string =>
    `登记号 ${entry.id}：${name}，${showHours(entry.hours)} 学时，${entryStateNames[entry.state]}。`,
  person: (name: string, unit: string, position: string, grade: HourGrade): string =>
    `${name}（${unit}${position === '' ? '' : ` · ${position}`} · ${gradeNames[grade]}）`,
  personLabel: '干部',
  stateLabel: '状态',
  similarTitle: '**本人以往的同类培训**',
  similar: (entry: HourEntry, today: string): string =>
    `登记号 ${entry.id}：${describeFacts(entry, today)}，${entryStateNames[entry.state]}`,
  /** What the person hears of a voided entry. */
  voidedTitle: '学时记录已作废',
  voidedTold: (entry: HourEntry): string =>
    `登记号 ${entry.id}《${entry.title}》（${showHours(entry.hours)} 学时）已作废：${entry.reason ?? ''}。不再计入您的学时；如有疑问请联系组织部。`,
} as const;

type HourGrade = keyof typeof gradeNames;
