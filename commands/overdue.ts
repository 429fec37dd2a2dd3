import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import type { OverdueList } from '../src/bot/overdue.ts';
import {
  findAbout,
  narrowedArgs,
  type OverdueWords,
  overdueWordsSchema,
  readOverdueWords,
} from '../src/bot/overdue-words.ts';
import { type Chased, listOverdue, readChased } from '../src/bot/urging.ts';
import type { Day } from '../src/domain/day.ts';
import { isOverdue, type OverdueItem, overdueKinds } from '../src/domain/overdue.ts';
import {
  type Block,
  button,
  buttons,
  card,
  link,
  note,
  type Reply,
  table,
  text,
  words,
} from '../src/messenger/reply.ts';
import { overdueTexts as texts } from '../src/texts/overdue.ts';
import { urgingTexts } from '../src/texts/urging.ts';

const pageSize = 10;

const argsSchema = overdueWordsSchema.extend({
  page: z.number().int().min(1).max(1000).default(1),
  /** As a workbook. */
  file: z.boolean().default(false),
});

/** 逾期 (三.6 提醒学习进度, 督促提交体会): who owes what since when, by name first; never in a group. */
export const overdue = defineCommand({
  name: '逾期',
  aliases: ['逾期名单', '谁逾期'],
  summary: '查看逾期名单，导出 Excel',
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['逾期', '逾期 体会', '逾期 教务处', '逾期 王芳', '逾期 超过30天', '逾期 没催过'],
  read: (said, { today }) => {
    const file = texts.fileWords.test(said);
    return understood({ ...readOverdueWords(said.replace(texts.fileWords, ''), today), file });
  },
  run: async (context, { page, file, ...asked }) => {
    const { tx, today, policies } = context;
    const { kind, about: said } = asked;
    const whom = said === undefined ? {} : await findAbout(context, said);
    if (whom === null) return text(texts.unknown(said ?? ''));
    const list = await listOverdue(tx, { asOf: today, policies }, { ...asked, ...whom });
    const { items } = list;
    const about = whom.unit ?? said;
    const narrowed: OverdueWords = { ...asked, ...(about === undefined ? {} : { about }) };
    const topic = texts.about(narrowed, today);
    if (items.length === 0) return showNothing(texts.empty(today, topic), narrowed);
    if (!file) return showPage(context, list, narrowed, page);
    return {
      type: 'document',
      document: 'overdue',
      name: texts.fileName(today, about, kind),
      caption: texts.fileCaption(today, topic, items.length),
      args: { ...narrowedArgs({ ...asked, about: undefined }), ...whom, asOf: today },
    };
  },
});

const showNothing = (said: string, narrowed: OverdueWords): Reply =>
  card(texts.title, 'good', said, words(said), isWhole(narrowed) ? null : buttons(button(texts.all, '逾期')));

const isWhole = (narrowed: OverdueWords): boolean => Object.keys(narrowedArgs(narrowed)).length === 0;

async function showPage(
  { tx, today, policy }: Context,
  { items, units }: OverdueList,
  narrowed: OverdueWords,
  page: number,
): Promise<Reply> {
  const pages = Math.ceil(items.length / pageSize);
  const shown = Math.min(page, pages);
  const counts = countKinds(items);
  const { kind } = narrowed;
  const carried = narrowedArgs(narrowed);
  const countOf = (wanted: OverdueItem['kind']) =>
    items.filter((item) => item.kind === wanted && !isOverdue(item)).length;
  const summary = texts.summary(today, texts.about(narrowed, today), countKinds(items.filter(isOverdue)), {
    pace: countOf('pace'),
    tolerance: policy.chasing.paceTolerance,
    running: countOf('professional'),
    approvals: countOf('approval'),
  });
  const turns = [
    ...(shown > 1 ? [button(texts.earlier, '逾期', { ...carried, page: shown - 1 })] : []),
    ...(shown < pages ? [button(texts.later, '逾期', { ...carried, page: shown + 1 })] : []),
  ];
  const kinds = counts.map(([one, count]) => button(texts.kindButton(one, count), '逾期', { ...carried, kind: one }));
  const whole = isWhole(narrowed);
  const onPage = items.slice((shown - 1) * pageSize, shown * pageSize);
  return card(
    texts.title,
    'warn',
    summary,
    words(summary),
    itemTable(onPage, await readChased(tx, onPage, today), today),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    turns.length === 0 ? null : buttons(...turns),
    buttons(
      ...(kind === undefined && kinds.length > 1 ? kinds : []),
      ...(whole ? [] : [button(texts.all, '逾期')]),
      link(texts.file, '逾期', { ...carried, file: true }),
    ),
    urgeButtons(items, pages > 1 ? onPage : [], narrowed),
    whole && shown === 1 ? unitTable(items, units) : null,
    note(texts.hint),
  );
}

/** 催办 of who is on this page, of all, and of one kind; each looks first at who would get what. */
function urgeButtons(
  items: readonly OverdueItem[],
  onPage: readonly OverdueItem[],
  narrowed: OverdueWords,
): Block | null {
  const owed = items.filter(({ kind }) => kind !== 'approval');
  if (owed.length === 0) return null;
  const carried = narrowedArgs(narrowed);
  const whom = [...new Set(onPage.filter(({ kind }) => kind !== 'approval').map(({ staffNo }) => staffNo))];
  const kinds = countKinds(owed).map(([kind]) => kind);
  return buttons(
    ...(whom.length === 0 ? [] : [link(texts.urgePage, '催办', { ...carried, whom })]),
    link(texts.urge, '催办', carried),
    ...(kinds.length > 1 ? kinds.map((kind) => link(texts.urgeKind(kind), '催办', { ...carried, kind })) : []),
  );
}

const countKinds = (items: readonly OverdueItem[]): (readonly [OverdueItem['kind'], number])[] =>
  overdueKinds
    .map((kind) => [kind, items.filter((item) => item.kind === kind).length] as const)
    .filter(([, count]) => count > 0);

/** How many each unit has of each kind, in the order of the roster: a work list, no ranking. */
function unitTable(items: readonly OverdueItem[], order: readonly string[]): Block | null {
  const owed = items.filter(({ kind }) => kind !== 'approval');
  const kinds = countKinds(owed).map(([kind]) => kind);
  const counts = new Map<string, Map<OverdueItem['kind'], number>>();
  for (const { unit, kind } of owed) {
    const own = counts.get(unit) ?? new Map<OverdueItem['kind'], number>();
    own.set(kind, (own.get(kind) ?? 0) + 1);
    counts.set(unit, own);
  }
  const units = order.filter((name) => counts.has(name));
  if (units.length === 0) return null;
  return {
    type: 'table',
    columns: [
      { label: texts.unitColumn, align: 'left' },
      ...kinds.map((kind) => ({ label: texts.kindNames[kind], align: 'right' as const })),
    ],
    rows: units.map((unit) => [unit, ...kinds.map((kind) => String(counts.get(unit)?.get(kind) ?? ''))]),
  };
}

const itemTable = (items: readonly OverdueItem[], chased: readonly Chased[], today: Day): Block =>
  table(
    texts.columns,
    items.map((item, i) => [
      ...(item.kind === 'approval' ? [texts.department, ''] : [item.name, item.unit]),
      texts.kindNames[item.kind],
      `${texts.detail(item, today)}${urgingTexts.chased(chased[i]?.count ?? 0, chased[i]?.last ?? null, today)}`,
    ]),
  );
