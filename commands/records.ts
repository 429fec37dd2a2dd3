import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readHistory } from '../src/bot/history.ts';
import { sayOwnOnly } from '../src/bot/own-only.ts';
import { readRecordWords } from '../src/bot/text/record-words.ts';
import { contents, entryStates, type HourEntry, hourEntries, isDropped } from '../src/domain/hours.ts';
import { button, buttons, card, fields, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { contentNames, entryStateNames, showHours, showSpan } from '../src/texts/glossary.ts';
import { factRows, logTexts, recordTexts as texts } from '../src/texts/hours.ts';

const pageSize = 8;

const filterSchema = z.object({
  year: z.number().int().optional(),
  state: z.enum(entryStates).optional(),
  content: z.enum(contents).optional(),
});
type Filter = z.output<typeof filterSchema>;

/** 记录: one's own entries, newest first; with a 登记号, one of them with everything that happened to it. */
export const records = defineCommand({
  name: '记录',
  aliases: ['我的记录', '学时记录', '台账'],
  summary: '查看自己的学时记录和经过',
  who: 'cadre',
  args: filterSchema.extend({
    entry: z.number().int().optional(),
    page: z.number().int().min(1).max(1000).default(1),
    /** Words that were not understood. */
    unread: z.string().max(20).optional(),
  }),
  examples: ['记录', '记录 2026年', '记录 待审核', '记录 1001'],
  read: (said, { today }) => understood(readRecordWords(said, today)),
  run: async (context, { entry, page, unread, ...filter }) => {
    if (entry !== undefined) return showOne(context, entry);
    if (unread === undefined) return list(context, filter, page);
    return (await sayOwnOnly(context, '记录', unread)) ?? text(texts.unread(unread));
  },
});

const matches = ({ shares, state, content }: HourEntry, wanted: Filter): boolean =>
  (wanted.year === undefined || shares.some(({ year }) => year === wanted.year)) &&
  (wanted.state === undefined || state === wanted.state) &&
  (wanted.content === undefined || content === wanted.content);

const describeFilter = ({ year, state, content }: Filter): string =>
  [
    year === undefined ? '' : texts.inYear(year),
    state === undefined ? '' : entryStateNames[state],
    content === undefined ? '' : contentNames[content],
  ].join('');

async function list({ tx, me, today }: Context, filter: Filter, page: number): Promise<Reply> {
  const all = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo], order: 'desc' });
  const chosen = all.filter((entry) => matches(entry, filter));
  const about = describeFilter(filter);
  if (chosen.length === 0) return text(about === '' ? texts.none : texts.noneOf(about));
  const pages = Math.ceil(chosen.length / pageSize);
  const shown = Math.min(page, pages);
  const said = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
  const turn = (label: string, to: number) => button(label, '记录', { ...said, page: to });
  const turns = [
    ...(shown > 1 ? [turn(texts.later, shown - 1)] : []),
    ...(shown < pages ? [turn(texts.earlier, shown + 1)] : []),
  ];
  const summary = texts.summary(chosen.length, about);
  const listed = chosen.slice((shown - 1) * pageSize, shown * pageSize);
  return card(
    texts.title(me.name),
    'plain',
    summary,
    words(summary),
    {
      type: 'table',
      columns: texts.columns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
      rows: listed.map((entry) => rowOf(entry, today)),
      faded: listed.flatMap((entry, i) => (isDropped(entry) ? [i] : [])),
    },
    note(`${pages > 1 ? `${texts.page(shown, pages)}。` : ''}${texts.openHint}`),
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
          ...button('撤回', '撤回', { entries: [id] }),
          confirm: `撤回登记号 ${id}？`,
        })
      : null,
  );
}
