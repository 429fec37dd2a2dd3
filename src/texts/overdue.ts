import type { OverdueItem } from '../domain/overdue.ts';
import { cited } from './cited.ts';
import { showDay, showHours, showLagging } from './glossary.ts';

const kindNames: Record<OverdueItem['kind'], string> = {
  reflection: '体会',
  'make-up': '补训',
  returned: '退回未改',
  professional: '专业化能力',
  pace: '学时进度',
  approval: '待审核',
};

const wholeNames: Record<OverdueItem['kind'], string> = {
  ...kindNames,
  reflection: '学习体会',
  returned: '退回的登记',
};

interface Narrowed {
  readonly about?: string | undefined;
  readonly kind?: OverdueItem['kind'] | undefined;
  readonly longerThan?: number | undefined;
  readonly before?: string | undefined;
  readonly remindedFrom?: number | undefined;
  readonly remindedTo?: number | undefined;
}

/** 逾期: who owes what since when, for the department. */
export const overdueTexts = {
  title: '逾期名单',
  kindNames,
  /** How each kind may be said. */
  kindWords: {
    reflection: /学习体会|体会|心得/,
    'make-up': /补训|补课/,
    returned: /退回未改|退回/,
    professional: /专业化能力|专业化|专业能力/,
    approval: /待审核|审核|审批/,
    pace: /学时进度|学时|进度/,
  } satisfies Record<OverdueItem['kind'], RegExp>,
  fileWords: /excel|导出|下载|表格/i,
  empty: (asOf: string, about: string): string =>
    about === '' ? `截至${showDay(asOf)}，没有人逾期。` : `截至${showDay(asOf)}，${about}没有逾期。`,
  /** `overdue` by kind; beside it who falls behind, whose year still runs, and what the department has to decide. */
  summary: (
    asOf: string,
    about: string,
    overdue: readonly (readonly [OverdueItem['kind'], number])[],
    { pace, tolerance, running, approvals }: { pace: number; tolerance: number; running: number; approvals: number },
  ): string => {
    const total = overdue.reduce((sum, [, count]) => sum + count, 0);
    const kinds = overdue.map(([kind, count]) => (count === total ? kindNames[kind] : `${kindNames[kind]} ${count}`));
    const isSaid = overdue.length === 1 && overdue.some(([kind]) => about.includes(`“${kindNames[kind]}”`));
    // Narrowed to one kind and to nothing else: 学习体会逾期 12 项.
    const only = isSaid ? overdue.find(([kind]) => about === `“${kindNames[kind]}”`) : undefined;
    if (only !== undefined && pace + running + approvals === 0) {
      return `截至${showDay(asOf)}，${wholeNames[only[0]]}逾期 ${total} 项。`;
    }
    const parts = [
      ...(total === 0 ? [] : [`逾期 ${total} 项${isSaid ? '' : `（${kinds.join('，')}）`}`]),
      ...(pace === 0 ? [] : [showLagging(pace, tolerance)]),
      ...(running === 0 ? [] : [`本年专业化能力尚未完成 ${running} 人`]),
      ...(approvals === 0 ? [] : [`待组织部审核 ${approvals} 条`]),
    ];
    return `截至${showDay(asOf)}，${about === '' ? '' : `${about}：`}${parts.join('；')}。`;
  },
  /** What the list is narrowed to; empty for all of it. */
  about: ({ about, kind, longerThan, before, remindedFrom, remindedTo }: Narrowed, today: string): string =>
    [
      about ?? '',
      kind === undefined ? '' : `“${kindNames[kind]}”`,
      longerThan === undefined ? '' : `超过 ${longerThan} 天的`,
      before === undefined ? '' : `${showDay(before, today)}以前的`,
      remindedFrom === undefined ? '' : `已提醒 ${remindedFrom} 次以上的`,
      remindedTo === undefined ? '' : remindedTo === 0 ? '还没有提醒过的' : `提醒不超过 ${remindedTo} 次的`,
    ].join(''),
  unknown: (said: string): string =>
    `没有叫${cited(said, 40)}的单位或干部。可以这样说：逾期，逾期 体会，逾期 教务处，逾期 王芳，逾期 超过30天，逾期 10月以前，逾期 没催过。`,
  unitColumn: '单位',
  columns: ['姓名', '单位', '事项', '情况'],
  /** Who owes what waits for a decision. */
  department: '组织部',
  detail: ({ kind, about, days, hours, since, entryId, name, unit }: OverdueItem, today: string): string => {
    switch (kind) {
      case 'reflection':
        return `《${about}》应于${showDay(since ?? today, today)}前交，逾期 ${days} 天（登记号 ${entryId}）`;
      case 'make-up':
        return `${about}应于${showDay(since ?? today, today)}前补上，逾期 ${days} 天`;
      case 'returned':
        return `《${about}》退回 ${days} 天未改（登记号 ${entryId}）`;
      case 'professional':
        return since === null ? `${about} 年尚未完成（12月31日前）` : `${about} 年缺专业化能力培训`;
      case 'pace':
        return `比时间进度少 ${showHours(hours ?? 0)} 学时`;
      case 'approval':
        return `${name}（${unit}）《${about}》已等 ${days} 个工作日（登记号 ${entryId}）`;
    }
  },
  page: (page: number, pages: number): string => `第 ${page} 页，共 ${pages} 页。`,
  hint: '只在私聊中显示。可按单位、本人、时间或是否催过查看，例如：逾期 教务处，逾期 王芳，逾期 超过30天，逾期 10月以前，逾期 没催过。',
  all: '全部',
  kindButton: (kind: OverdueItem['kind'], count: number): string => `${kindNames[kind]} ${count}`,
  earlier: '上一页',
  later: '下一页',
  urge: '催办全部',
  urgePage: '催办本页',
  urgeKind: (kind: OverdueItem['kind']): string => `催办${kindNames[kind]}`,
  file: 'Excel 名单',
  fileName: (asOf: string, whom: string | undefined, kind: OverdueItem['kind'] | undefined): string =>
    `${['逾期名单', whom, kind && kindNames[kind], asOf]
      .filter((part) => part !== undefined)
      .join('_')
      .replace(/[\\/:*?"<>|]/g, '-')}.xlsx`,
  fileCaption: (asOf: string, about: string, count: number): string =>
    `逾期名单：截至${showDay(asOf)}，${about}共 ${count} 项。请勿发到群里。`,
} as const;
