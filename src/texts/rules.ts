import type { Day } from '../domain/day.ts';
import type { Form } from '../domain/hours.ts';
import type { RuleInfo } from '../domain/policy.ts';
import type { RuleChange } from '../domain/rule-change.ts';
import { cited } from './cited.ts';
import { formNames, showDay, showHours } from './glossary.ts';

/** A value as people read it: `550 学时`, `是`, `集中培训、进修轮训`, `2023年1月1日至2027年12月31日`. */
export function showRuleValue(unit: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map((form: Form) => formNames[form]).join('、');
  if (typeof value === 'object' && value !== null) {
    const { from, to } = value as { from: Day; to: Day };
    return `${showDay(from)}至${showDay(to)}`;
  }
  if (unit === '日期') return showDay(String(value));
  if (unit === '时刻') return String(value);
  return `${String(value)} ${unit}`;
}

/** How a value of this unit may be written. */
export function ruleValueExample(unit: string): string {
  switch (unit) {
    case '是否':
      return '是';
    case '时刻':
      return '08:30';
    case '日期':
      return '2027-01-01';
    case '起止日':
      return '2028-01-01至2032-12-31';
    case '方式':
      return '集中培训、进修轮训';
    case '%':
      return '70';
    case '字':
      return '1200';
    default:
      return '8';
  }
}

const stateNames: Record<RuleChange['state'], string> = {
  proposed: '待部长决定',
  decided: '已决定',
  refused: '没有同意',
  cancelled: '已取消',
};

/** 参数: the rules in force, and changing one. */
export const ruleTexts = {
  title: '制度参数',
  groups: {
    quota: '学时要求',
    credit: '折算与登记',
    reflection: '学习体会',
    classes: '培训班',
    chasing: '提醒',
    bulletin: '通报',
  },
  summary: (count: number, today: Day): string => `${showDay(today)}现行参数 ${count} 项，各有条款依据和生效日期。`,
  columns: ['参数', '现行', '依据'],
  /** The value in force, and the next one if it is decided. */
  current: (shown: string, next: { from: Day; shown: string } | null): string =>
    next === null ? shown : `${shown}（${showDay(next.from)}起 ${next.shown}）`,
  plan: '依据中“三.4”等指《关于进一步加强新时代中层干部队伍建设工作方案》的条款。',
  hint: '看某一项请发送：参数 体会字数。修改请发送：参数 体会字数 改 1500 自 2027-01-01 理由 提高质量；由部长决定后生效，已有记录仍按当时的参数。',
  all: '全部参数',
  proposals: (count: number): string => `待决定 ${count}`,
  proposalsTitle: '待部长决定的参数变更',
  noProposals: '没有等待决定的参数变更。',
  proposalsSummary: (count: number): string => `有 ${count} 项参数变更等待部长决定。`,
  unknown: (said: string): string =>
    `没有叫${cited(said, 40)}的参数。发送“参数”看全部，或写出名称中的几个字，例如：参数 体会字数。`,
  several: (said: string, count: number): string => `“${said}”可能指 ${count} 项参数，请选择。`,
  oneSummary: ({ title }: RuleInfo, shown: string): string => `${title}：现行 ${shown}。`,
  labels: { value: '现行值', since: '生效日期', clause: '依据', note: '说明' },
  since: (from: Day): string => showDay(from),
  clause: (clause: string): string =>
    clause.startsWith('三.') ? `《关于进一步加强新时代中层干部队伍建设工作方案》${clause}` : clause,
  history: '**历次规定**',
  version: (from: Day, shown: string, note: string | undefined, decision: number | undefined): string =>
    `${showDay(from)}起：${shown}${note === undefined ? '' : `（${note}）`}${decision === undefined ? '' : `，变更号 ${decision}`}`,
  edit: '修改',
  open: '查看',
  back: '返回',
  editTitle: (title: string): string => `修改参数：${title}`.slice(0, 60),
  editSummary: ({ title }: RuleInfo, shown: string): string =>
    `“${title}”现行“${shown}”。请填写新值、生效日期和理由，保存前会先列出影响。`,
  form: {
    value: (unit: string): string =>
      unit === '是否' || unit === '方式' ? '新值' : `新值（${unit}，如 ${ruleValueExample(unit)}）`,
    from: '自何日起生效（今天或以后）',
    reason: '理由（会记入变更记录）',
    submit: '看看影响',
  },
  yes: '是',
  no: '否',
  badValue: (title: string, said: string, unit: string): string =>
    `“${title}”的新值${cited(said, 40)}没有看懂。可以写：${ruleValueExample(unit)}。`,
  badDay: (said: string): string => `生效日期${cited(said, 40)}没有看懂。请这样写：2027-01-01。`,
  backdated: (from: Day): string => `生效日期${showDay(from)}已经过去。参数不能追溯，请写今天或以后的日期。`,
  notFitting: (faults: readonly string[]): string => `这样改与其他参数不相容：${faults.join('')}`,
  noChange: (title: string, shown: string): string => `“${title}”现在就是“${shown}”，没有改动。`,
  previewTitle: '核对参数变更',
  change: (title: string, before: string, after: string, from: Day): string =>
    `“${title}”由“${before}”改为“${after}”，自${showDay(from)}起生效。`,
  notSaved: { decide: '确认前不会保存。', propose: '确认后提交部长决定，决定前不会生效。' },
  reason: (reason: string): string => `理由：${reason}`,
  effectsTitle: (on: Day): string => `**影响（按${showDay(on)}测算）**`,
  noEffects: '按现有记录，没有人因此受影响。',
  affectedTitle: (count: number): string => `**受影响的 ${count} 人**`,
  affectedColumns: ['工号', '姓名', '单位', '变化'],
  affectedMore: (count: number): string => `另有 ${count} 人没有列出。`,
  buttons: { confirm: '确认', cancel: '取消', accept: '同意', refuse: '不同意', look: '看影响', withdraw: '取消变更' },
  confirmAccept: '同意后到生效日期自动生效。',
  noHead: '现在没有在职的部长，参数变更无人决定。请由档案管理员用“干部 工号 角色 加 部长”指定。',
  /** Other changes of the same rule, open or still to come. */
  beside: {
    open: (id: number, change: string): string =>
      `另有变更 ${id} 待部长决定：${change}两项分别决定，生效日期相同的以后决定的为准。`,
    replaced: (id: number): string => `已决定的变更 ${id} 同日生效，将由这项代替。`,
    upcoming: (id: number, from: Day, shown: string): string =>
      `已决定的变更 ${id} 不变，${showDay(from)}起仍改为“${shown}”。`,
  },
  decidedTitle: '参数变更已决定',
  decided: (change: string, id: number): string => `已决定：${change}变更号 ${id}，已有记录仍按当时的参数。`,
  agreedTitle: '参数变更已同意',
  agreed: (change: string, id: number): string => `已同意：${change}变更号 ${id}，已有记录仍按当时的参数。`,
  proposedTitle: '已提交部长决定',
  proposed: (change: string, id: number, heads: readonly string[]): string =>
    `已提交${heads.join('、')}决定：${change}变更号 ${id}。`,
  askTitle: '请决定参数变更',
  ask: (change: string, id: number, by: string): string => `${by}提出参数变更 ${id}：${change}`,
  refusedTitle: '参数变更没有同意',
  refused: (change: string, id: number): string => `没有同意变更 ${id}：${change}参数保持不变。`,
  cancelledTitle: '参数变更已取消',
  cancelled: (change: string, id: number): string => `已取消变更 ${id}：${change}参数保持原样。`,
  told: (by: string, said: string): string => `部长${by}${said}`,
  headOnly: '参数变更由部长决定。您可以提出，例如：参数 体会字数 改 1500 自 2027-01-01 理由 提高质量。',
  deskOnly: '修改参数由经办提出、部长决定；档案管理员可以查看。',
  noSuchChange: (id: number): string => `没有变更号 ${id}。发送“参数”看全部参数和待决定的变更。`,
  notOpen: (id: number, state: RuleChange['state']): string => `变更 ${id} ${stateNames[state]}，没有重复操作。`,
  tooLate: (id: number, from: Day): string =>
    `变更 ${id} 的生效日期${showDay(from)}已经过去，不能再同意。请重新提出，写今天或以后的日期。`,
  inForce: (id: number): string => `变更 ${id} 已经生效，不能取消。要改回来请再提一次变更。`,
  changeLine: (id: number, change: string, by: string, on: Day): string =>
    `变更 ${id}（${by}，${showDay(on)}）：${change}`,
  notUnderstood: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以这样说：参数，参数 体会字数，参数 体会字数 改 1500 自 2027-01-01 理由 提高质量，参数 变更 1001 同意。`,
  effects: {
    quota: (before: number, after: number, people: number): string =>
      `五年学时要求由 ${showHours(before)} 变为 ${showHours(after)} 学时：${people} 人。`,
    otherQuotas: (people: number): string => `按任现职时间折算的要求相应改变：${people} 人。`,
    yearly: (people: number): string => `年度学时参考线改变：${people} 人。`,
    reached: (before: number, after: number): string => `已达到五年学时要求的由 ${before} 人变为 ${after} 人。`,
    /** `tolerance`: hundredths; null when it changes itself. */
    lagging: (before: number, after: number, tolerance: number | null): string =>
      `进度落后${tolerance === null || tolerance === 0 ? '' : `（超过 ${showHours(tolerance)} 学时）`}、会被提醒的由 ${before} 人变为 ${after} 人。`,
    professional: (before: number, after: number): string => `本年专业化能力未完成的由 ${before} 人变为 ${after} 人。`,
    overdue: (before: number, after: number): string => `逾期名单由 ${before} 项变为 ${after} 项。`,
    reflections: (before: number, after: number): string =>
      `按过去一年的培训测算，须交体会的由 ${before} 人次变为 ${after} 人次；已经布置的不变。`,
    shorter: (all: number, shorter: number): string =>
      all === 0
        ? '过去一年没有在学时簿中提交的体会可以比较；已交的不受影响。'
        : `过去一年在学时簿中提交的 ${all} 篇体会（纸质的没有字数，不计）中，${shorter} 篇不足新的字数；已交的不受影响。`,
    merged: (units: readonly string[]): string =>
      `通报中并入“其他单位”的将有：${units.length === 0 ? '无' : units.join('、')}。`,
    chased: (people: number, month: string): string => `${month}收到的提醒超过新上限的有 ${people} 人。`,
    later: '只用于生效之日起的登记和培训；已认定的学时、已布置的体会不变。',
  },
  person: {
    quota: (before: number, after: number): string => `要求 ${showHours(before)}→${showHours(after)}`,
    yearly: (before: number, after: number): string => `年度 ${showHours(before)}→${showHours(after)}`,
    reached: (after: boolean): string => (after ? '变为已完成' : '变为未完成'),
    lagging: (after: boolean): string => (after ? '变为落后' : '不再落后'),
    professional: (after: boolean): string => (after ? '变为未完成专业化能力' : '不再缺专业化能力'),
  },
} as const;
