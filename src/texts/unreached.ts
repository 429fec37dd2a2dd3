import type { Cadre } from '../domain/cadre.ts';
import type { Day } from '../domain/day.ts';
import { messengerNames, showDay } from './glossary.ts';

type Why = 'no-contact' | 'shared' | 'not-found' | 'not-asked' | 'refused';

const named = (messenger: string): string => messengerNames[messenger] ?? messenger;

/** Whom messages do not reach, why, and what is to be done. */
export const unreachedTexts = {
  /** `reason`: the platform's words, which may stand without a full stop. */
  why: (why: Why, reason: string | null, messenger: string): string => {
    const names: Record<Why, string> = {
      'no-contact': '没有账号：名册中手机号和邮箱都为空',
      shared: '没有账号：名册中的手机号、邮箱与他人相同',
      'not-found': `没有账号：按手机号、邮箱在${named(messenger)}里没找到`,
      'not-asked': `没有账号：还没有在${named(messenger)}里查找`,
      refused: (reason ?? '').replace(/[。.]$/, '') || '平台没有说明原因',
    };
    return names[why];
  },
  /** Null where the platform's reason says already what to do. */
  remedy: (why: Why, reason: string | null): string | null => {
    switch (why) {
      case 'no-contact':
      case 'shared':
        return '请导入补正手机号的名册，或请本人向学时簿发送“绑定”';
      case 'not-found':
        return '请核对名册中的手机号，或请本人向学时簿发送“绑定”';
      case 'not-asked':
        return '每天早上自动查找，也可请本人向学时簿发送“绑定”';
      case 'refused':
        return refusalRemedy(reason ?? '');
    }
  },
  title: '**现在收不到消息的（只供组织部核对）**',
  none: '现在没有收不到消息的干部。',
  group: (why: string, count: number): string => `· ${why}：${count} 人`,
  person: ({ name, unit }: Pick<Cadre, 'name' | 'unit'>, since: Day | null, today: Day): string =>
    `${name}（${unit}${since === null ? '' : `，${showDay(since, today)}`}）`,
  people: (names: readonly string[], more: number): string =>
    `${names.join('、')}${more > 0 ? ` 等，另有 ${more} 人` : ''}`,
  remedyLine: (remedy: string): string => `　办法：${remedy}。`,
  again: '没有送达的提醒不算提醒过，恢复后下一个工作日自动重新提醒。',
  list: '未绑定名单',

  /** 干部 未绑定. */
  unboundTitle: '没有账号的干部',
  unboundSummary: (count: number, all: number): string =>
    count === 0 ? `在职 ${all} 人都有账号。` : `在职 ${all} 人中有 ${count} 人没有账号，收不到消息。`,
  columns: ['工号', '姓名', '单位', '原因', '办法'],
  more: (count: number): string => `另有 ${count} 人没有列出，请看 Excel。`,
  excel: 'Excel',
  searched: '有手机号或邮箱的，每天早上自动查找；找到即可收到消息，不用本人操作。',
  fileName: (today: Day): string => `没有账号的干部_${today}.xlsx`,
  fileCaption: (count: number): string => `没有账号的干部 ${count} 人，含原因和办法。`,
  sheet: '没有账号的干部',
  sheetTitle: (today: Day): string => `没有账号的干部（截至${showDay(today)}）`,
} as const;

function refusalRemedy(reason: string): string | null {
  if (reason.includes('请')) return null;
  if (/停用/.test(reason)) return '请本人重新启用学时簿机器人';
  if (/离职/.test(reason)) return '请核实后由档案管理员发送“干部 工号 离任”';
  if (/可用范围/.test(reason)) return '请平台管理员把本人加入学时簿的可用范围';
  if (/绑定|不认识|标识/.test(reason)) return '请本人向学时簿发送“绑定”';
  return '请联系运维人员';
}
