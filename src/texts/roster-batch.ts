import type { Role } from '../domain/cadre.ts';
import { roleNames, showHours } from './glossary.ts';

/** What can be done with many people of the roster at once. */
export const batchTasks = ['young', 'not-young', 'move', 'retired', 'left'] as const;
export type BatchTask = (typeof batchTasks)[number];

const taskNames: Record<BatchTask, string> = {
  young: '列入优秀年轻干部',
  'not-young': '移出优秀年轻干部',
  move: '调整单位',
  retired: '退休',
  left: '离任',
};

const deeds: Record<BatchTask, (count: number, to: string) => string> = {
  young: (count) => `${count} 人列入优秀年轻干部`,
  'not-young': (count) => `${count} 人移出优秀年轻干部`,
  move: (count, to) => `${count} 人调到${to}`,
  retired: (count) => `${count} 人状态改为退休`,
  left: (count) => `${count} 人状态改为离任`,
};

/** 批量: changes of many people of the roster. */
export const batchTexts = {
  taskNames,
  taskLabel: '要做的修改',
  toLabel: '调到哪个单位（只在调整单位时选）',
  newUnitLabel: '新单位（上面没有时填写）',
  formTitle: '批量修改名册',
  formSummary: '请选择修改内容和人员，确认前不会保存。',
  formSubmit: '核对',
  noTask: '请选择要做的修改。',
  noUnit: '请选择或填写单位。',
  title: '核对批量修改',
  summary: (task: BatchTask, count: number, to: string): string => `${deeds[task](count, to)}，确认前不会保存。`,
  nothing: '选中的人员都无需改动。',
  unchanged: (count: number): string => `另有 ${count} 人无需改动。`,
  consequencesTitle: '**保存后：**',
  effects: {
    young: '列入优秀年轻干部名单，学时要求不变。',
    notYoung: '不再列入优秀年轻干部名单，学时要求不变。',
    from: (units: readonly (readonly [string, number])[]): string =>
      `${units.map(([unit, count]) => `${unit}转出 ${count} 人`).join('、')}，以往的学时随本人转入；学时要求不变。`,
    heads: (names: readonly string[], to: string): string => `${names.join('、')}仍是单位负责人，将看到${to}的情况。`,
    quota: (count: number, hours: number): string =>
      count === 0 ? '' : `适用五年学时要求的减少 ${count} 人，要求合计减少 ${showHours(hours)} 学时。`,
    rolesEnd: (name: string, roles: readonly Role[]): string =>
      `${name}的角色（${roles.map((role) => roleNames[role]).join('、')}）随之停用。`,
  },
  confirm: (count: number): string => `确认（${count} 人）`,
  edit: '修改',
  cancel: '取消',
  lastArchivist: '其中有最后一位档案管理员，不能这样修改。请先给另一位加上档案管理员角色，或把这一位去掉。',
  savedTitle: '已保存',
  saved: (task: BatchTask, count: number, to: string): string => `已保存：${deeds[task](count, to)}。`,
  undo: '撤销',
  undoAsk: (count: number): string => `把这 ${count} 人恢复成修改前的样子，确定吗？`,
  undoHint: '今天之内可以撤销；之后又改过的人员不受影响。',
  undoneTitle: '已撤销',
  undone: (count: number): string => `已撤销，${count} 人恢复原样。`,
  undoneNone: '没有可以撤销的：这些人员之后又有改动，或已经撤销过。',
  undoTooLate: '只能在当天撤销。需要改回请重新修改。',
  kept: (names: readonly string[]): string =>
    `之后又有改动，没有恢复：${names.slice(0, 10).join('、')}${names.length > 10 ? `等 ${names.length} 人` : ''}。`,
} as const;
