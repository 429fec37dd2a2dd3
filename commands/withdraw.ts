import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { tellOwedAgain } from '../src/bot/course/tell-owed-again.ts';
import { appendHourEvent } from '../src/bot/ledger.ts';
import { readOrdinal } from '../src/bot/text/choice.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { addMs } from '../src/domain/day.ts';
import { withdrawEvent } from '../src/domain/entry-life.ts';
import { type HourEntry, hourEntries } from '../src/domain/hours.ts';
import { button, buttons, card, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { entryStateNames } from '../src/texts/glossary.ts';
import { describeFacts, logTexts, withdrawTexts as texts } from '../src/texts/hours.ts';

/** Entries taken back with one message. */
const most = 20;

/** Entries handed in within this time of the newest are all “just now”, in milliseconds. */
const justNowMs = 30 * 60_000;

/**
 * 撤回: takes back one's own entries, or those that one has logged for others, before they are decided. 撤回 刚才 means the newest of them, or the open draft, and
 * asks before it takes anything back.
 */
export const withdraw = defineCommand({
  name: '撤回',
  summary: '撤回自己还没有审核的登记',
  who: 'cadre',
  args: z.object({
    entries: z.array(z.number().int()).max(200).default([]),
    /** The newest entry is meant. */
    latest: z.boolean().default(false),
    /** What was answered to the question which one, and the entries that it had offered. */
    said: z.string().max(60).optional(),
    among: z.array(z.number().int()).max(20).optional(),
    /** What else can be taken back, by its own number. */
    of: z.enum(['请假', '异议']).optional(),
    id: z.number().int().positive().optional(),
  }),
  examples: ['撤回 1001', '撤回 刚才'],
  read: (said, { dialog }) => {
    const [, of, id] = /^(请假|异议)\s*(?:号)?\s*(\d{1,9})?$/.exec(said.trim()) ?? [];
    if (of !== undefined) return understood({ of, ...(id === undefined ? {} : { id: Number(id) }) });
    if (dialog?.asking === 'which') return understood({ among: dialog.args['among'], said: said.slice(0, 60) });
    const entries = readEntryNumbers(said);
    return understood({ entries, latest: entries.length === 0 && latestWords.test(said) });
  },
  run: async (context, { entries, latest, said, among, of, id }) => {
    if (of === '请假') return context.run('销假', { withdraw: true, ...(id === undefined ? {} : { leave: id }) });
    if (of === '异议') return context.run('异议', { verdict: 'withdraw', ...(id === undefined ? {} : { id }) });
    if (latest) return takeBackLatest(context);
    if (among !== undefined && said !== undefined) return readWhich(context, among, said);
    if (entries.length === 0) return sayWhich(context);
    if (entries.length > most) return text(texts.tooMany(most));
    const results: Result[] = [];
    for (const id of entries) results.push(await takeBack(context, id));
    const open = await context.question();
    if (open?.command === '撤回') await context.closeQuestion('submitted');
    const told = results.map((result) => result.said).join('\n');
    // A card takes the place of the one whose button was pressed.
    return results.every(({ done }) => done) ? card(texts.doneTitle, 'good', told, words(told)) : text(told);
  },
});

const latestWords = /刚才|刚刚|最近|最新|最后|上一条/;

async function listOpen({ tx, me }: Context): Promise<HourEntry[]> {
  const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo], order: 'desc' });
  return mine.filter(({ state }) => state === 'submitted' || state === 'returned');
}

async function takeBackLatest(context: Context): Promise<Reply> {
  if ((await context.question())?.command === '登记') return context.run('取消', {});
  const open = (await listOpen(context)).sort((a, b) => b.submittedAt.localeCompare(a.submittedAt) || b.id - a.id);
  const [newest] = open;
  if (newest === undefined) return text(texts.none);
  const since = addMs(newest.submittedAt, -justNowMs);
  const recent = open.filter(({ submittedAt }) => submittedAt >= since).slice(0, 8);
  return recent.length === 1 ? askFirst(context, newest) : askWhich(context, recent);
}

async function askFirst(context: Context, entry: HourEntry): Promise<Reply> {
  const entries = [entry.id];
  const draft = await context.ask({ command: '撤回', args: { entries }, asking: 'confirm' });
  const said = texts.confirm(entry, context.today);
  return card(
    texts.confirmTitle,
    'warn',
    said,
    words(said),
    buttons(button(texts.yes, '确认', { draft }, 'danger'), button(texts.no, '取消', { draft })),
  );
}

async function askWhich(context: Context, recent: readonly HourEntry[]): Promise<Reply> {
  const among = recent.map(({ id }) => id);
  const draft = await context.ask({ command: '撤回', args: { among }, asking: 'which' });
  const said = texts.whichRecent(
    recent.map((entry) => `${entry.id} ${describeFacts(entry, context.today)}`).join('\n'),
  );
  return card(
    texts.whichTitle,
    'warn',
    said,
    words(said),
    buttons(
      ...recent.map(({ id }) => ({
        ...button(texts.one(id), '撤回', { entries: [id] }),
        confirm: texts.confirmOne(id),
      })),
      button(texts.no, '取消', { draft }),
    ),
  );
}

/** 1002, 第一条, or words of the title. */
async function readWhich(context: Context, among: readonly number[], said: string): Promise<Reply> {
  const offered = (await listOpen(context)).filter(({ id }) => among.includes(id));
  const numbers = readEntryNumbers(said);
  const index = readOrdinal(said);
  const bare = said.replace(/[《》“”"\s的那条吧]/g, '');
  const byTitle = offered.filter(({ title }) => bare.length >= 2 && title.includes(bare));
  const chosen =
    offered.find(({ id }) => numbers.length === 1 && numbers[0] === id) ??
    (index === null ? undefined : offered.find(({ id }) => id === among[index])) ??
    (byTitle.length === 1 ? byTitle[0] : undefined);
  return chosen === undefined ? text(texts.notChosen(said)) : askFirst(context, chosen);
}

async function sayWhich(context: Context): Promise<Reply> {
  const open = (await listOpen(context)).slice(0, 10);
  const [latest] = open;
  if (latest === undefined) return text(texts.none);
  return text(
    texts.which(open.map((entry) => `${entry.id} ${describeFacts(entry, context.today)}`).join('\n')) + latest.id,
  );
}

interface Result {
  readonly done: boolean;
  readonly said: string;
}

async function takeBack(context: Context, id: number): Promise<Result> {
  const { tx, me, now, policies } = context;
  const entry = await tx.get(hourEntries, id);
  if (entry === undefined || ![entry.staffNo, entry.submittedBy].includes(me.staffNo)) {
    return { done: false, said: logTexts.notYours(id) };
  }
  const change = withdrawEvent(entry, me.staffNo, now);
  if (!change.ok) return { done: false, said: texts.notOpen(id, entryStateNames[entry.state]) };
  const withdrawn = await appendHourEvent(tx, change.event, policies.at(entry.to));
  await tellOwedAgain(context, withdrawn);
  return { done: true, said: texts.done(withdrawn) };
}
