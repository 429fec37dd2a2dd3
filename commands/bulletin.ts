import { z } from 'zod';
import { buildBulletin, bulletinKey, readBulletinFigures, readComing, releaseBulletin } from '../src/bot/bulletin.ts';
import { contentChart, unitChart } from '../src/bot/bulletin-charts.ts';
import { comingArgs, showComing } from '../src/bot/bulletin-coming.ts';
import { correctBulletin, correctionArgs } from '../src/bot/bulletin-correction.ts';
import { receivingGroups, showGroups, switchGroup } from '../src/bot/bulletin-groups.ts';
import { showSources } from '../src/bot/bulletin-sources.ts';
import { readBulletinWords } from '../src/bot/bulletin-words.ts';
import { chats } from '../src/bot/chats.ts';
import { defineCommand } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { pictureOf } from '../src/bot/rendering.ts';
import { type Bulletin, type BulletinFigures, bulletins, currentVersion } from '../src/domain/bulletin.ts';
import { cadres } from '../src/domain/cadre.ts';
import { addDays, addMonths, dayOf, lastDayOf, type Month, monthOf, timeOf } from '../src/domain/day.ts';
import { monthSchema } from '../src/domain/schema.ts';
import { enqueue, outbox } from '../src/messenger/outbox.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Chart,
  card,
  link,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { type AuditHead, listAll } from '../src/store/store.ts';
import { bulletinDeskTexts as texts } from '../src/texts/bulletin-desk.ts';

const argsSchema = z.object({
  month: monthSchema.optional(),
  view: z.enum(['show', 'release', 'sources', 'groups', 'pictures', 'coming', 'correct']).default('show'),
  /** Label of the figure whose basis is asked for. */
  figure: z.string().max(60).optional(),
  /** A group's key, and whether it is to receive the bulletin. */
  chat: z.string().max(200).optional(),
  receive: z.boolean().optional(),
  page: z.number().int().min(1).max(1000).default(1),
  confirmed: z.boolean().default(false),
  ...comingArgs,
  ...correctionArgs,
});

/** 通报: the monthly bulletin before it goes out, what it announces, its release and correction, and what stands behind its figures. */
export const bulletin = defineCommand({
  name: '通报',
  aliases: ['月度通报', '月报'],
  summary: '预览、发布、更正月度通报，核对依据',
  roleSummaries: [
    { who: ['department-head'], summary: '预览、发布月度通报，确认更正，核对依据' },
    { who: ['clerk'], summary: '预览、发布月度通报，提出更正，核对依据' },
  ],
  who: ['clerk', 'department-head'],
  args: argsSchema,
  examples: ['通报', '通报 上月', '通报 2026-10', '通报 2026-10 依据', '通报 预告', '通报 上月 更正', '通报 群'],
  read: readBulletinWords,
  run: async (context, args) => {
    const { month: asked, view, figure, chat, receive, page, confirmed } = args;
    if (view === 'coming') return showComing(context, args);
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
      case 'pictures':
        return sendPictures(context, (await readMonth(context, month)).figures);
      case 'correct':
        return correctBulletin(context, month, args);
    }
  },
});

/** The first month of the cycle before the current one: what lies further back is closed. */
const earliestMonth = ({ policy, policies }: Context): Month =>
  monthOf(policies.at(addDays(policy.cycle.from, -1)).cycle.from);

interface MonthState {
  readonly row: Bulletin | undefined;
  /** As released or corrected, or as the ledger knows them now. */
  readonly figures: BulletinFigures;
  readonly head: AuditHead;
  readonly coming: NonNullable<Bulletin['coming']>;
}

async function readMonth({ tx, today, policies }: Context, month: Month): Promise<MonthState> {
  const row = await tx.get(bulletins, month);
  if (row?.state === 'released') {
    const { figures, auditN: n, auditHash16: hash } = currentVersion(row);
    return { row, figures, head: { n, hash }, coming: row.coming ?? [] };
  }
  const [head, coming] = [await tx.auditHead(), await readComing(tx, month, today)];
  return { row, figures: await readBulletinFigures(tx, { month, asOf: today, policies }), head, coming };
}

/** Usually the month before is reported; an older one may be a slip. */
const isOld = (month: Month, { today }: Context): boolean => month < addMonths(monthOf(today), -1);

const isOver = (month: Month, { today }: Context): boolean => today > lastDayOf(month);

/** The bulletin word for word as a group gets it, and below where it stands. */
async function show(context: Context, month: Month): Promise<Reply> {
  const { row, figures, head, coming } = await readMonth(context, month);
  const isReleased = row?.state === 'released';
  const built = buildBulletin(figures, head, context.policies.at(lastDayOf(month)), coming);
  if (built.type !== 'card') return built;
  const actions: Button[] = [
    ...(!isReleased && isOver(month, context)
      ? [button(texts.buttons.release, '通报', { month, view: 'release' }, 'primary')]
      : []),
    button(texts.buttons.sources, '通报', { month, view: 'sources' }),
    link(texts.buttons.pictures, '通报', { month, view: 'pictures' }),
    ...(isReleased
      ? [link(texts.buttons.correct, '通报', { month, view: 'correct' })]
      : [link(texts.buttons.coming, '通报', { view: 'coming' })]),
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
  for (const [i, { at, by: corrector, why }] of (row.corrections ?? []).entries()) {
    const name = (await tx.get(cadres, corrector))?.name ?? corrector;
    lines.push(texts.status.corrected(i + 1, dayOf(at), timeOf(at), name, why));
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

/** The charts as pictures, one message each. */
async function sendPictures(context: Context, figures: BulletinFigures): Promise<Reply> {
  const { tx, me, policies } = context;
  const { month } = figures;
  const { theoryShare, smallestUnitShown } = policies.at(lastDayOf(month));
  const picture = (chart: Chart): Reply =>
    pictureOf(chart, texts.pictureName(month, chart.title), texts.pictureCaption(month, chart.title));
  if (figures.people.value >= smallestUnitShown) {
    const key = `bulletin:${month}:picture:${tx.cause.ref}`;
    await context.tell(me.staffNo, picture(unitChart(figures)), { key, purpose: 'answer' });
  }
  return picture(contentChart(figures, theoryShare));
}
