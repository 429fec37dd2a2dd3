import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readOverdue } from '../src/bot/overdue.ts';
import { findUnit, listUnits } from '../src/bot/units.ts';
import type { Day } from '../src/domain/day.ts';
import { type OverdueItem, overdueKinds } from '../src/domain/overdue.ts';
import { type Block, button, buttons, card, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { overdueTexts as texts } from '../src/texts/overdue.ts';

const pageSize = 10;

const argsSchema = z.object({
  kind: z.enum(overdueKinds).optional(),
  unit: z.string().max(60).optional(),
  page: z.number().int().min(1).max(1000).default(1),
  /** As a workbook. */
  file: z.boolean().default(false),
});
type Filter = { readonly kind?: OverdueItem['kind']; readonly unit?: string };

/** 逾期 (三.6 提醒学习进度, 督促提交体会): who owes what since when; never in a group. */
export const overdue = defineCommand({
  name: '逾期',
  aliases: ['逾期名单', '谁逾期'],
  summary: '查看逾期名单，导出 Excel',
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['逾期', '逾期 体会', '逾期 教务处'],
  read: (said) => {
    const file = texts.fileWords.test(said);
    const bare = said.replace(texts.fileWords, '');
    const kind = overdueKinds.find((one) => texts.kindWords[one].test(bare));
    const unit = (kind === undefined ? bare : bare.replace(texts.kindWords[kind], '')).replace(
      /[\s，,、]|^的|的$/g,
      '',
    );
    return understood({
      ...(kind === undefined ? {} : { kind }),
      ...(unit === '' ? {} : { unit: unit.slice(0, 60) }),
      file,
    });
  },
  run: async (context, { kind, unit: said, page, file }) => {
    const unit = said === undefined ? undefined : findUnit(said, await listUnits(context.tx));
    if (unit === null) return text(texts.unknownUnit(said ?? ''));
    const { tx, today, policies } = context;
    const filter = { ...(kind === undefined ? {} : { kind }), ...(unit === undefined ? {} : { unit }) };
    const items = await readOverdue(tx, { asOf: today, policies }, filter);
    const about = texts.about(unit, kind);
    if (items.length === 0) return showNothing(texts.empty(today, about), filter);
    if (!file) return showPage(context, items, filter, page);
    return {
      type: 'document',
      document: 'overdue',
      name: texts.fileName(today, unit, kind),
      caption: texts.fileCaption(today, about, items.length),
      args: { ...filter, asOf: today },
    };
  },
});

const showNothing = (said: string, { kind, unit }: Filter): Reply =>
  card(
    texts.title,
    'good',
    said,
    words(said),
    kind === undefined && unit === undefined ? null : buttons(button(texts.all, '逾期')),
  );

function showPage({ today }: Context, items: readonly OverdueItem[], filter: Filter, page: number): Reply {
  const pages = Math.ceil(items.length / pageSize);
  const shown = Math.min(page, pages);
  const counts = countKinds(items);
  const summary = texts.summary(today, texts.about(filter.unit, filter.kind), items.length, counts);
  const turns = [
    ...(shown > 1 ? [button(texts.earlier, '逾期', { ...filter, page: shown - 1 })] : []),
    ...(shown < pages ? [button(texts.later, '逾期', { ...filter, page: shown + 1 })] : []),
  ];
  const { unit } = filter;
  const kinds = counts.map(([kind, count]) =>
    button(texts.kindButton(kind, count), '逾期', { kind, ...(unit === undefined ? {} : { unit }) }),
  );
  const isWhole = filter.kind === undefined && unit === undefined;
  return card(
    texts.title,
    'warn',
    summary,
    words(summary),
    isWhole && shown === 1
      ? unitTable(
          items,
          counts.map(([kind]) => kind),
        )
      : null,
    itemTable(items.slice((shown - 1) * pageSize, shown * pageSize), today),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    turns.length === 0 ? null : buttons(...turns),
    buttons(
      ...(filter.kind === undefined && kinds.length > 1 ? kinds : []),
      ...(isWhole ? [] : [button(texts.all, '逾期')]),
      link(texts.file, '逾期', { ...filter, file: true }),
    ),
    note(texts.hint),
  );
}

const countKinds = (items: readonly OverdueItem[]): (readonly [OverdueItem['kind'], number])[] =>
  overdueKinds
    .map((kind) => [kind, items.filter((item) => item.kind === kind).length] as const)
    .filter(([, count]) => count > 0);

/** Units by name: a work list, no ranking. */
function unitTable(items: readonly OverdueItem[], kinds: readonly OverdueItem['kind'][]): Block {
  const units = [...new Set(items.map(({ unit }) => unit))].sort((a, b) => a.localeCompare(b, 'zh-CN'));
  return {
    type: 'table',
    columns: [
      { label: texts.unitColumn, align: 'left' },
      ...kinds.map((kind) => ({ label: texts.kindNames[kind], align: 'right' as const })),
    ],
    rows: units.map((unit) => {
      const own = new Map(countKinds(items.filter((item) => item.unit === unit)));
      return [unit, ...kinds.map((kind) => String(own.get(kind) ?? 0))];
    }),
  };
}

const itemTable = (items: readonly OverdueItem[], today: Day): Block => ({
  type: 'table',
  columns: texts.columns.map((label) => ({ label, align: 'left' })),
  rows: items.map((item) => [
    texts.kindNames[item.kind],
    item.name,
    item.unit,
    texts.since(item, today),
    texts.detail(item),
  ]),
});
