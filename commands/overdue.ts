import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readOverdue } from '../src/bot/overdue.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { findUnit, listUnits } from '../src/bot/units.ts';
import { cadres } from '../src/domain/cadre.ts';
import type { Day } from '../src/domain/day.ts';
import { isOverdue, type OverdueItem, overdueKinds } from '../src/domain/overdue.ts';
import { type Block, button, buttons, card, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { overdueTexts as texts } from '../src/texts/overdue.ts';

const pageSize = 10;

const argsSchema = z.object({
  kind: z.enum(overdueKinds).optional(),
  /** A unit, a name or a 工号. */
  about: z.string().max(60).optional(),
  page: z.number().int().min(1).max(1000).default(1),
  /** As a workbook. */
  file: z.boolean().default(false),
});

/** What the list is narrowed to, as buttons carry it. */
type Narrowed = { readonly kind?: OverdueItem['kind']; readonly about?: string };

/** 逾期 (三.6 提醒学习进度, 督促提交体会): who owes what since when, by name first; never in a group. */
export const overdue = defineCommand({
  name: '逾期',
  aliases: ['逾期名单', '谁逾期'],
  summary: '查看逾期名单，导出 Excel',
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['逾期', '逾期 体会', '逾期 教务处', '逾期 王芳'],
  read: (said) => {
    const file = texts.fileWords.test(said);
    const bare = said.replace(texts.fileWords, '');
    const kind = overdueKinds.find((one) => texts.kindWords[one].test(bare));
    const about = (kind === undefined ? bare : bare.replace(texts.kindWords[kind], '')).replace(
      /[\s，,、]|^的|的$/g,
      '',
    );
    return understood({
      ...(kind === undefined ? {} : { kind }),
      ...(about === '' ? {} : { about: about.slice(0, 60) }),
      file,
    });
  },
  run: async (context, { kind, about: said, page, file }) => {
    const { tx, today, policies } = context;
    const whom = said === undefined ? {} : await find(context, said);
    if (whom === null) return text(texts.unknown(said ?? ''));
    const items = await readOverdue(tx, { asOf: today, policies }, { kind, ...whom });
    const about = whom.unit ?? said;
    const narrowed = { ...(kind === undefined ? {} : { kind }), ...(about === undefined ? {} : { about }) };
    const topic = texts.about(about, kind);
    if (items.length === 0) return showNothing(texts.empty(today, topic), narrowed);
    if (!file) return showPage(context, items, narrowed, page);
    return {
      type: 'document',
      document: 'overdue',
      name: texts.fileName(today, about, kind),
      caption: texts.fileCaption(today, topic, items.length),
      args: { ...(kind === undefined ? {} : { kind }), ...whom, asOf: today },
    };
  },
});

/** The unit, or the people of that name or 工号; null when there is neither. */
async function find({ tx }: Context, said: string): Promise<{ unit?: string; people?: string[] } | null> {
  const unit = findUnit(said, await listUnits(tx));
  if (unit !== null) return { unit };
  const found = findPerson(said, await listAll(tx, cadres));
  const people = found.ok ? [found.person] : found.matches;
  return people.length === 0 ? null : { people: people.map(({ staffNo }) => staffNo) };
}

const showNothing = (said: string, { kind, about }: Narrowed): Reply =>
  card(
    texts.title,
    'good',
    said,
    words(said),
    kind === undefined && about === undefined ? null : buttons(button(texts.all, '逾期')),
  );

async function showPage(
  { tx, today }: Context,
  items: readonly OverdueItem[],
  narrowed: Narrowed,
  page: number,
): Promise<Reply> {
  const pages = Math.ceil(items.length / pageSize);
  const shown = Math.min(page, pages);
  const counts = countKinds(items);
  const { kind, about } = narrowed;
  const countOf = (wanted: OverdueItem['kind']) =>
    items.filter((item) => item.kind === wanted && !isOverdue(item)).length;
  const summary = texts.summary(today, texts.about(about, kind), countKinds(items.filter(isOverdue)), {
    pace: countOf('pace'),
    running: countOf('professional'),
    approvals: countOf('approval'),
  });
  const turns = [
    ...(shown > 1 ? [button(texts.earlier, '逾期', { ...narrowed, page: shown - 1 })] : []),
    ...(shown < pages ? [button(texts.later, '逾期', { ...narrowed, page: shown + 1 })] : []),
  ];
  const kinds = counts.map(([one, count]) => button(texts.kindButton(one, count), '逾期', { ...narrowed, kind: one }));
  const isWhole = kind === undefined && about === undefined;
  return card(
    texts.title,
    'warn',
    summary,
    words(summary),
    itemTable(items.slice((shown - 1) * pageSize, shown * pageSize), today),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    turns.length === 0 ? null : buttons(...turns),
    buttons(
      ...(kind === undefined && kinds.length > 1 ? kinds : []),
      ...(isWhole ? [] : [button(texts.all, '逾期')]),
      link(texts.file, '逾期', { ...narrowed, file: true }),
    ),
    isWhole && shown === 1 ? unitTable(items, await listUnits(tx)) : null,
    note(texts.hint),
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
  const units = order.filter((name) => owed.some(({ unit }) => unit === name));
  if (units.length === 0) return null;
  return {
    type: 'table',
    columns: [
      { label: texts.unitColumn, align: 'left' },
      ...kinds.map((kind) => ({ label: texts.kindNames[kind], align: 'right' as const })),
    ],
    rows: units.map((unit) => {
      const own = new Map(countKinds(owed.filter((item) => item.unit === unit)));
      return [unit, ...kinds.map((kind) => String(own.get(kind) ?? ''))];
    }),
  };
}

const itemTable = (items: readonly OverdueItem[], today: Day): Block => ({
  type: 'table',
  columns: texts.columns.map((label) => ({ label, align: 'left' })),
  rows: items.map((item) => [
    texts.kindNames[item.kind],
    ...(item.kind === 'approval' ? [texts.department, ''] : [item.name, item.unit]),
    texts.detail(item, today),
  ]),
});
