import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readHistory } from '../src/bot/history.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { type HourEntry, hourEntries } from '../src/domain/hours.ts';
import { button, buttons, card, fields, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { contentNames, entryStateNames, showHours, showSpan } from '../src/texts/glossary.ts';
import { factRows, logTexts, recordTexts as texts } from '../src/texts/hours.ts';

const pageSize = 8;

/** 记录: one's own entries, newest first; with a 登记号, one of them with everything that happened to it. */
export const records = defineCommand({
  name: '记录',
  aliases: ['我的记录', '学时记录', '台账'],
  summary: '查看自己的学时记录和来龙去脉',
  who: 'cadre',
  args: z.object({
    entry: z.number().int().optional(),
    year: z.number().int().optional(),
    page: z.number().int().min(1).max(1000).default(1),
  }),
  examples: ['记录', '记录 2026年', '记录 1001'],
  read: (said) => {
    const year = /(?<!\d)(20\d\d)\s*年/.exec(said)?.[1];
    if (year !== undefined) return understood({ year: Number(year) });
    const [entry] = readEntryNumbers(said);
    return understood(entry === undefined ? {} : { entry });
  },
  run: (context, { entry, year, page }) =>
    entry === undefined ? list(context, year ?? null, page) : showOne(context, entry),
});

async function list({ tx, me, today }: Context, year: number | null, page: number): Promise<Reply> {
  const all = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo], order: 'desc' });
  const chosen = year === null ? all : all.filter(({ shares }) => shares.some((share) => share.year === year));
  if (chosen.length === 0) return text(year === null ? texts.none : texts.noneInYear(year));
  const pages = Math.ceil(chosen.length / pageSize);
  const shown = Math.min(page, pages);
  const turn = (label: string, to: number) => button(label, '记录', { page: to, ...(year === null ? {} : { year }) });
  const turns = [
    ...(shown > 1 ? [turn(texts.later, shown - 1)] : []),
    ...(shown < pages ? [turn(texts.earlier, shown + 1)] : []),
  ];
  return card(
    texts.title,
    'plain',
    texts.summary(chosen.length, year),
    {
      type: 'table',
      columns: texts.columns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
      rows: chosen.slice((shown - 1) * pageSize, shown * pageSize).map((entry) => rowOf(entry, today)),
    },
    note(`${texts.page(shown, pages)}。${texts.openHint}`),
    turns.length === 0 ? null : buttons(...turns),
  );
}

const rowOf = (entry: HourEntry, today: string): string[] => [
  String(entry.id),
  showSpan(entry.from, entry.to, today),
  entry.title,
  contentNames[entry.content],
  showHours(entry.hours),
  entryStateNames[entry.state],
];

async function showOne({ tx, me, today }: Context, id: number): Promise<Reply> {
  const entry = await tx.get(hourEntries, id);
  if (entry?.staffNo !== me.staffNo) return text(logTexts.notYours(id));
  const history = await readHistory(tx, id);
  const open = entry.state === 'submitted' || entry.state === 'returned';
  return card(
    texts.detailTitle(id),
    'plain',
    texts.detailSummary(entry),
    fields(...factRows(entry, today), ['状态', entryStateNames[entry.state]]),
    words([texts.historyTitle, ...history].join('\n')),
    open
      ? buttons(...(entry.state === 'returned' ? [button(logTexts.revise, '修改', { entry: id }, 'primary')] : []), {
          ...button('撤回', '撤回', { entry: id }),
          confirm: `撤回登记号 ${id}？`,
        })
      : null,
  );
}
