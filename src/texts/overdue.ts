import type { OverdueItem } from '../domain/overdue.ts';
import { showDay, showHours } from './glossary.ts';

const kindNames: Record<OverdueItem['kind'], string> = {
  reflection: '体会',
  pace: '学时进度',
  professional: '专业化能力',
  approval: '审核',
};

/** 逾期: who owes what since when, for the department. */
export const overdueTexts = {
  title: '逾期名单',
  kindNames,
  /** How each kind may be said. */
  kindWords: {
    reflection: /学习体会|体会|心得/,
    professional: /专业化能力|专业化|专业能力/,
    approval: /待审核|审核|审批/,
    pace: /学时进度|学时|进度/,
  } satisfies Record<OverdueItem['kind'], RegExp>,
  fileWords: /excel|导出|下载|表格/i,
  empty: (asOf: string, about: string): string =>
    about === '' ? `截至${showDay(asOf)}，没有人逾期。` : `截至${showDay(asOf)}，${about}没有逾期。`,
  summary: (
    asOf: string,
    about: string,
    total: number,
    counts: readonly (readonly [OverdueItem['kind'], number])[],
  ): string =>
    `截至${showDay(asOf)}，${about}共 ${total} 项逾期：${counts.map(([kind, count]) => `${kindNames[kind]} ${count}`).join('，')}。`,
  about: (unit: string | undefined, kind: OverdueItem['kind'] | undefined): string =>
    `${unit ?? ''}${kind === undefined ? '' : `“${kindNames[kind]}”`}`,
  unknownUnit: (said: string): string =>
    `没有叫“${said}”的单位。可以这样说：逾期，逾期 体会，逾期 教务处，逾期 教务处 学时。`,
  unitColumn: '单位',
  columns: ['事项', '姓名', '单位', '自', '情况'],
  detail: (item: OverdueItem): string => {
    const entry = item.entryId === null ? '' : `登记号 ${item.entryId}`;
    switch (item.kind) {
      case 'reflection':
        return `《${item.about}》体会未交，${entry}`;
      case 'pace':
        return `比时间进度少 ${showHours(item.hours ?? 0)} 学时`;
      case 'professional':
        return `${item.about} 年还没有参加`;
      case 'approval':
        return `《${item.about}》等待审核，${entry}`;
    }
  },
  since: (item: OverdueItem, today: string): string => `${showDay(item.since, today)}（${item.days} 天）`,
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  hint: '只在私聊中显示。可按单位查看，例如：逾期 教务处。',
  all: '全部',
  kindButton: (kind: OverdueItem['kind'], count: number): string => `${kindNames[kind]} ${count}`,
  earlier: '上一页',
  later: '下一页',
  file: 'Excel 名单',
  fileName: (asOf: string, unit: string | undefined, kind: OverdueItem['kind'] | undefined): string =>
    `${['逾期名单', unit, kind && kindNames[kind], asOf]
      .filter((part) => part !== undefined)
      .join('_')
      .replace(/[\\/:*?"<>|]/g, '-')}.xlsx`,
  fileCaption: (asOf: string, about: string, count: number): string =>
    `逾期名单：截至${showDay(asOf)}，${about}共 ${count} 项。请勿发到群里。`,
} as const;
