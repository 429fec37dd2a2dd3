import type { HourFacts } from '../domain/hours.ts';
import { describeFacts } from './hours.ts';

const named = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join('、')}等 ${names.length} 人` : names.join('、');

/** 代登: one training that has taken place, for many people at once. */
export const othersTexts = {
  formTitle: '代登学时',
  formSummary: '请填写培训和参加人员，提交前还会请您核对。',
  formSubmit: '核对',
  draftTitle: '请核对代登内容',
  draftSummary: (facts: HourFacts, count: number, today: string): string =>
    `请核对：为 ${count} 人代登，${describeFacts(facts, today)}。`,
  confirm: (count: number): string => `确认（${count} 人）`,
  edit: '修改',
  cancel: '取消',
  similar: (names: readonly string[]): string =>
    `已有相近的记录，不再登记：${named(names)}。如确是另一次培训，请点“相近的也登记”。`,
  insist: '相近的也登记',
  insisted: (names: readonly string[]): string => `已有相近的记录，仍然登记：${named(names)}。`,
  full: (names: readonly string[]): string =>
    `加上这次会超过每天学时上限，将不登记 ${names.length} 人：${names.join('、')}。其他人不受影响。请核对当天已有的记录；确需登记的，请改少学时或改日期，再为他们单独代登。`,
  nobodyLeft: '选中的人员都不需要登记，没有可以提交的内容。',
  hint: '确认后逐人提交，等待审核；审核前可以全部撤回。审核通过后会通知本人。',
  doneTitle: '已代登，等待审核',
  done: (facts: HourFacts, count: number, today: string): string =>
    `已为 ${count} 人代登：${describeFacts(facts, today)}，等待审核。`,
  numbers: (first: number, last: number): string => `登记号 ${first === last ? first : `${first} 至 ${last}`}。`,
  own: '其中有您本人的一条，由另一位审核人员审核。',
  approve: '一并审核通过',
  withdraw: '撤回全部',
  withdrawAsk: (count: number): string => `撤回刚才代登的 ${count} 条，确定吗？`,
  withdrawnTitle: '已撤回',
  withdrawn: (count: number): string => `已撤回 ${count} 条代登记录。`,
  withdrawnNone: '没有可以撤回的记录：都已审核、退回或撤回过。',
  kept: (ids: readonly number[]): string =>
    `已审核或有变动，没有撤回：登记号 ${ids.slice(0, 10).join('、')}${ids.length > 10 ? `等 ${ids.length} 条` : ''}。`,
} as const;
