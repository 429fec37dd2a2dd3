import { z } from 'zod';
import { buildBulletin, bulletinKey, readBulletinFigures, releaseBulletin } from '../src/bot/bulletin.ts';
import { receivingGroups, showGroups, switchGroup } from '../src/bot/bulletin-groups.ts';
import { showSources } from '../src/bot/bulletin-sources.ts';
import { chats } from '../src/bot/chats.ts';
import { defineCommand, misunderstood, type Reading, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readChineseNumber } from '../src/bot/text/numbers.ts';
import { type Bulletin, type BulletinFigures, bulletins } from '../src/domain/bulletin.ts';
import { cadres } from '../src/domain/cadre.ts';
import { addDays, addMonths, dayOf, lastDayOf, type Month, monthOf, timeOf, yearOf } from '../src/domain/day.ts';
import { monthSchema } from '../src/domain/schema.ts';
import { enqueue, outbox } from '../src/messenger/outbox.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  link,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { bulletinDeskTexts as texts } from '../src/texts/bulletin-desk.ts';

const argsSchema = z.object({
  month: monthSchema.optional(),
  view: z.enum(['show', 'release', 'sources', 'groups']).default('show'),
  /** Label of the figure whose basis is asked for. */
  figure: z.string().max(60).optional(),
  /** A group's key, and whether it is to receive the bulletin. */
  chat: z.string().max(200).optional(),
  receive: z.boolean().optional(),
  page: z.number().int().min(1).max(1000).default(1),
  confirmed: z.boolean().default(false),
});

/** 通报: the monthly bulletin before it goes out, its release, and what stands behind its figures. */
export const bulletin = defineCommand({
  name: '通报',
  aliases: ['月度通报', '月报'],
  summary: '预览、发布月度通报，核对依据',
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['通报', '通报 上月', '通报 2026-10', '通报 2026-10 依据', '通报 群'],
  read,
  run: async (context, { month: asked, view, figure, chat, receive, page, confirmed }) => {
    const month = asked ?? monthOf(context.today);
    if (month > monthOf(context.today)) return text(texts.future(month));
    const earliest = earliestMonth(context);
    if (month < earliest) return text(texts.tooEarly(earliest));
    switch (view) {
      case 'show':
        return show(context, month);
      case 'sources':
        return showSources(context, (await readMonth(context, month)).figures, figure, page);
      case 'groups':
        return chat === undefined || receive === undefined ? showGroups(context) : switchGroup(context, chat, receive);
      case 'release':
        return confirmed ? release(context, month) : previewRelease(context, month);
    }
  },
});

/** The first month of the cycle before the current one: what lies further back is closed. */
const earliestMonth = ({ policy, policies }: Context): Month =>
  monthOf(policies.at(addDays(policy.cycle.from, -1)).cycle.from);

function read(said: string, { today }: ReadingContext): Reading {
  if (/^(群|群设置|接收群|群聊)$/.test(said)) return understood({ view: 'groups' });
  const [, about = '', figure] = /^([\s\S]*?)(?:依据\s*([\s\S]*))?$/.exec(said) ?? [];
  const [words, month] = readMonthWords(about, today);
  if (month === null) return misunderstood(text(texts.noSuchMonth(words)));
  const rest = about.replace(words, '').replace(/^[\s的，,]+|[\s的]+$/g, '');
  if (figure !== undefined && rest === '') {
    return understood({ month, view: 'sources', ...(figure === '' ? {} : { figure: figure.slice(0, 60) }) });
  }
  if (rest === '' || rest === '预览') return understood({ month });
  if (rest === '发布') return understood({ month, view: 'release' });
  return misunderstood(text(texts.notUnderstood(said.slice(0, 40))));
}

/** The month that the words name, the current one when they name none; null when there is no such month. */
function readMonthWords(said: string, today: string): [words: string, month: Month | null] {
  const now = monthOf(today);
  const last = /上个?月/.exec(said);
  if (last !== null) return [last[0], addMonths(now, -1)];
  const current = /[本这当]个?月/.exec(said);
  if (current !== null) return [current[0], now];
  const full = /(20\d\d)\s*[-年./]\s*(\d{1,2})(?!\d)\s*月?份?/.exec(said);
  if (full !== null) return [full[0], monthIn(Number(full[1]), Number(full[2]))];
  const bare = /(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月份?/.exec(said);
  if (bare === null) return ['', now];
  const month = monthIn(yearOf(today), readChineseNumber(bare[1] ?? '') ?? 0);
  return [bare[0], month !== null && month > now ? addMonths(month, -12) : month];
}

const monthIn = (year: number, month: number): Month | null => {
  const parsed = monthSchema.safeParse(`${year}-${String(month).padStart(2, '0')}`);
  return parsed.success ? parsed.data : null;
};

interface MonthState {
  readonly row: Bulletin | undefined;
  /** As released, or as the ledger knows them now. */
  readonly figures: BulletinFigures;
}

async function readMonth({ tx, today, policies }: Context, month: Month): Promise<MonthState> {
  const row = await tx.get(bulletins, month);
  if (row?.state === 'released') return { row, figures: row.figures };
  return { row, figures: await readBulletinFigures(tx, { month, asOf: today, policies }) };
}

/** Usually the month before is reported; an older one may be a slip. */
const isOld = (month: Month, { today }: Context): boolean => month < addMonths(monthOf(today), -1);

const isOver = (month: Month, { today }: Context): boolean => today > lastDayOf(month);

/** The bulletin word for word as a group gets it, and below where it stands. */
async function show(context: Context, month: Month): Promise<Reply> {
  const { tx, policies } = context;
  const { row, figures } = await readMonth(context, month);
  const isReleased = row?.state === 'released';
  const head = isReleased ? { n: row.auditN, hash: row.auditHash16 } : await tx.auditHead();
  const built = buildBulletin(figures, head, policies.at(lastDayOf(month)).smallestUnitShown);
  if (built.type !== 'card') return built;
  const actions: Button[] = [
    ...(!isReleased && isOver(month, context)
      ? [button(texts.buttons.release, '通报', { month, view: 'release' }, 'primary')]
      : []),
    button(texts.buttons.sources, '通报', { month, view: 'sources' }),
    link(texts.buttons.groups, '通报', { view: 'groups' }),
  ];
  const status: Block[] = [
    { type: 'divider' },
    words((await statusOf(context, month, row)).join('\n')),
    buttons(...actions),
  ];
  return { ...built, card: { ...built.card, blocks: [...built.card.blocks, ...status] } };
}

async function statusOf(context: Context, month: Month, row: Bulletin | undefined): Promise<string[]> {
  const { tx } = context;
  if (!isOver(month, context)) return [texts.status.running(month)];
  if (row === undefined || row.releasedAt === null) {
    return [
      texts.status.ready(
        month,
        (await receivingGroups(tx)).map(({ name }) => name),
      ),
      ...(isOld(month, context) ? [texts.status.old(month)] : []),
    ];
  }
  const by = row.releasedBy === null ? null : ((await tx.get(cadres, row.releasedBy))?.name ?? row.releasedBy);
  const lines = [texts.status.released(month, dayOf(row.releasedAt), timeOf(row.releasedAt), by)];
  for (const { id, name } of await listAll(tx, chats)) {
    const sent = await tx.get(outbox, bulletinKey(month, id));
    if (sent !== undefined) lines.push(texts.status.delivery(name, sent.state, sent.reason));
  }
  return lines;
}

/** Why a bulletin cannot go out now, or the groups that it goes to. */
async function groupsFor(
  context: Context,
  month: Month,
): Promise<string | Awaited<ReturnType<typeof receivingGroups>>> {
  const row = await context.tx.get(bulletins, month);
  if (row?.state === 'released') return texts.alreadyReleased(month);
  if (!isOver(month, context)) return texts.notOver(month);
  const groups = await receivingGroups(context.tx);
  return groups.length === 0 ? texts.noGroups : groups;
}

async function previewRelease(context: Context, month: Month): Promise<Reply> {
  const groups = await groupsFor(context, month);
  if (typeof groups === 'string') return text(groups);
  const draft = await context.ask({ command: '通报', args: { month, view: 'release' }, asking: 'confirm' });
  const summary = texts.releaseSummary(
    month,
    groups.map(({ name }) => name),
  );
  const warning = isOld(month, context) ? texts.status.old(month) : null;
  return card(
    texts.releaseTitle,
    warning === null ? 'info' : 'warn',
    summary,
    words(summary),
    warning === null ? null : words(warning),
    buttons(
      button(texts.buttons.confirm, '确认', { draft }, 'primary'),
      button(texts.buttons.cancel, '取消', { draft }),
    ),
  );
}

/** After 确认: keeps the figures as they are now, and posts them to every group that is to receive them. */
async function release(context: Context, month: Month): Promise<Reply> {
  const { tx, me, today, policies } = context;
  const groups = await groupsFor(context, month);
  if (typeof groups === 'string') return text(groups);
  await releaseBulletin(tx, {
    month,
    asOf: today,
    policies,
    by: me.staffNo,
    groups,
    post: ({ messenger, id }, reply, key) =>
      enqueue(tx, { key, messenger, to: { type: 'chat', id }, purpose: 'bulletin', reply }),
  });
  const said = texts.released(month, groups.length);
  return card(texts.releasedTitle, 'good', said, words(said), note(groups.map(({ name }) => name).join('、')));
}
