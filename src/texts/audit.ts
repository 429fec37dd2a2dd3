import type { Day } from '../domain/day.ts';
import { cited } from './cited.ts';
import { cadreStateNames, entryStateNames, monthName, reflectionStateNames, showDay } from './glossary.ts';
import { importDesk } from './importing.ts';
import { collectionNames, doingNames, jobNames } from './machinery.ts';

type Row = Readonly<Record<string, unknown>>;

const eventNames: Readonly<Record<string, string>> = { ...entryStateNames, submitted: '提交', approved: '认定' };
const ruleStates: Readonly<Record<string, string>> = {
  proposed: '提出',
  decided: '决定',
  refused: '没有同意',
  cancelled: '取消',
};
const nameOf = (names: Readonly<Record<string, string>>, value: unknown): string => names[String(value)] ?? '';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * A changed row in a few words, by its collection; null for a row that only follows from another of the same record.
 * `row` is null when it was removed.
 */
const changeWords: Readonly<Record<string, (key: string, row: Row | null) => string | null>> = {
  'hour-entries': () => null,
  'hour-events': (key, row) => `登记号 ${key.split(':')[0]} ${nameOf(eventNames, row?.['type'])}`,
  reflections: (key, row) => `登记号 ${key} 体会${nameOf(reflectionStateNames, row?.['state'])}`,
  cadres: (key, row) => `名册 ${textOf(row?.['name'])}（${key}）${nameOf(cadreStateNames, row?.['state'])}`,
  accounts: (_, row) => (row === null ? '解除绑定' : `绑定 ${textOf(row['staffNo'])}`),
  apps: (_, row) => `改用应用 ${textOf(row?.['app'])}`,
  chats: (_, row) => `群“${textOf(row?.['name'])}”${row?.['bulletin'] === true ? '接收通报' : '不接收通报'}`,
  bulletins: (key, row) => {
    const corrected = row?.['corrections'];
    const times = Array.isArray(corrected) ? corrected.length : 0;
    const done = row?.['state'] === 'released' ? '发布' : '备好';
    return `${monthName(key)}通报${times === 0 ? done : `第 ${times} 次更正`}`;
  },
  'rule-changes': (key, row) => `参数变更 ${key} ${nameOf(ruleStates, row?.['state'])}`,
  'coming-trainings': (_, row) => (row === null ? '培训预告 删除' : `培训预告“${textOf(row['title'])}”`),
  hearings: (key) => `提醒设置 ${key}`,
  'roster-proposals': (key, row) =>
    `通讯录变动 ${key.split(':')[0]} ${row === null ? '处理完毕' : row['state'] === 'declined' ? '没有采纳' : '待处理'}`,
  imports: (key, row) => `导入 ${key} ${nameOf(importDesk.stateNames, row?.['state'])}`,
  'roster-changes': () => null,
  notices: (_, row) =>
    row?.['urgent'] === true && row['state'] === 'told'
      ? '加急提醒送出'
      : `提醒${row?.['state'] === 'told' ? '送出' : row?.['state'] === 'dropped' ? '取消' : '安排'}`,
  settings: (key) => `设置 ${key}`,
};

/** What many rows of a collection are called together. */
const kindNames: Readonly<Record<string, string>> = {
  'hour-events': '学时登记和审核',
  reflections: '体会',
  cadres: '名册',
  accounts: '绑定',
  apps: '应用',
  chats: '群',
  bulletins: '通报',
  'rule-changes': '参数',
  notices: '提醒',
  hearings: '提醒设置',
  'roster-proposals': '通讯录变动',
  'coming-trainings': '培训预告',
  settings: '设置',
};
/** More different changes than this are counted by what they are about. */
const mostNamed = 4;

/** `登记号 1001 认定；登记号 1001 体会待提交`; many are counted: `名册 150 项；学时登记和审核 14472 项`. */
export function describeChanges(
  changes: readonly { readonly collection: string; readonly key: string; readonly to: unknown }[],
): string {
  const named = new Map<string, number>();
  const kinds = new Map<string, number>();
  for (const { collection, key, to } of changes) {
    const words = changeWords[collection];
    const kind = kindNames[collection] ?? collectionNames[collection] ?? '其他记录';
    const said = words === undefined ? kind : words(key, to as Row | null);
    if (said === null) continue;
    named.set(said, (named.get(said) ?? 0) + 1);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  if (named.size > mostNamed) return [...kinds].map(([kind, count]) => `${kind} ${count} 项`).join('；');
  return [...named].map(([said, count]) => (count === 1 ? said : `${said} ${count} 条`)).join('；');
}

const viaNames: Readonly<Record<string, string>> = {
  message: '聊天',
  action: '按钮',
  event: '平台事件',
  job: '定时任务',
  cli: '命令行',
  outbox: '发送',
  simulator: '模拟器',
};

/** Under which names the program itself acts. */
const machineNames: Readonly<Record<string, string>> = { ...doingNames, ...jobNames };

/** 审计: who did what when, and whether the chain holds. */
export const auditTexts = {
  title: '审计记录',
  system: '系统',
  what: (what: string): string => machineNames[what] ?? (what === '' ? '—' : what),
  via: (via: string): string => viaNames[via] ?? via,
  chain: (n: number, hash16: string): string => `审计链共 ${n} 条，最新校验码 ${hash16}。`,
  about: (parts: readonly string[]): string => (parts.length === 0 ? '' : `筛选：${parts.join('，')}。`),
  filters: {
    entry: (id: number): string => `登记号 ${id}`,
    person: (name: string, staffNo: string): string => `${name}（${staffNo}）`,
    what: (what: string): string => `“${what}”`,
    days: (from: Day, to: Day): string => (from === to ? showDay(from) : `${showDay(from)}至${showDay(to)}`),
  },
  columns: ['何人改了什么', '事项', '时间', '序号'],
  deed: (name: string, changes: string): string => `${name}：${changes === '' ? auditTexts.noChange : changes}`,
  shown: (count: number): string => `以下 ${count} 条，最新的在前。`,
  none: '没有符合条件的记录。',
  noneSoFar: (n: number): string => `第 ${n} 条以后没有符合条件的记录，可以继续查更早的。`,
  noChange: '没有改动台账',
  all: '含查询',
  changesOnly: '只看改动',
  withQueries: '含没有改动台账的查询',
  earlier: '更早的',
  check: '核对审计链',
  hint: '可以这样筛选：审计 1001，审计 王芳，审计 审核，审计 昨天，审计 2026-11，审计 全部。只供组织部核对，请勿外传。',
  unknown: (said: string): string =>
    `没有看懂${cited(said, 40)}。可以写登记号、姓名、功能名或日期，例如：审计 1001，审计 王芳，审计 审核，审计 昨天。`,
  several: (said: string, list: readonly string[]): string =>
    `有 ${list.length} 位“${said}”：${list.join('、')}。请点选，或改用工号。`,
  checkTitle: '核对审计链',
  checked: (n: number, hash16: string): string =>
    `已逐条核对 ${n} 条审计记录：编号连续、首尾相接、校验码无误，最新校验码 ${hash16}。`,
  broken: (n: number): string => `审计链在第 ${n} 条处接不上，数据可能被改动。请保留现场并告诉运维人员运行 verify。`,
  bulletins: (count: number): string =>
    count === 0 ? '还没有已存的通报。' : `${count} 期通报上印的校验码都与审计链一致。`,
  bulletinsOff: (months: readonly string[]): string =>
    `以下通报上印的校验码与审计链不一致：${months.map(monthName).join('、')}。请告诉运维人员。`,
} as const;
