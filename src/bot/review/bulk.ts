import { decideEvent } from '../../domain/entry-life.ts';
import { type HourEntry, hourEntries } from '../../domain/hours.ts';
import { button, buttons, card, note, type Reply, words } from '../../messenger/reply.ts';
import { showHours } from '../../texts/glossary.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import { record } from './decide.ts';
import { type Case, openCases, waitingQuery } from './desk.ts';
import { showQueue } from './queue.ts';

/** Most entries of one approval. */
const most = 200;
const mostRows = 30;
const mostLeft = 10;

/** Entries that are to be approved together; `versions` are those that a card had shown, in the same order. */
interface Batch {
  readonly entries: readonly number[] | 'all';
  readonly versions: readonly number[];
  readonly page: number;
}

interface Sorted {
  readonly approvable: readonly Case[];
  /** What stays behind, each with a line that says why. */
  readonly left: readonly { readonly id: number; readonly line: string }[];
}

/** Shows what an approval of several entries would do; nothing happens before 确认. */
export async function previewMany(context: Context, batch: Batch): Promise<Reply> {
  const { approvable, left } = await sortOut(context, batch);
  const lines = left.slice(0, mostLeft).map(({ line }) => line);
  const leftWords = left.length === 0 ? null : words(texts.bulkLeft(lines, left.length - lines.length));
  if (approvable.length === 0) {
    return card(texts.bulkTitle, 'warn', texts.bulkNothing, words(texts.bulkNothing), leftWords, backTo(batch.page));
  }
  const entries = approvable.map(({ entry }) => entry);
  const draft = await context.ask({
    command: '审核',
    args: {
      entries: entries.map(({ id }) => id),
      versions: entries.map(({ version }) => version),
      verdict: 'approve',
      page: batch.page,
    },
    asking: 'confirm',
  });
  const people = new Set(entries.map(({ staffNo }) => staffNo)).size;
  const summary = texts.bulkSummary(entries.length, people, sumHours(entries));
  return card(
    texts.bulkTitle,
    'info',
    summary,
    words(summary),
    {
      type: 'table',
      columns: texts.bulkColumns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
      rows: approvable
        .slice(0, mostRows)
        .map(({ entry, cadre }) => [String(entry.id), cadre.name, entry.title, showHours(entry.hours)]),
    },
    entries.length > mostRows ? note(texts.bulkMore(entries.length - mostRows)) : null,
    leftWords,
    buttons(
      button(texts.buttons.confirm, '确认', { draft }, 'primary'),
      button(texts.buttons.cancel, '取消', { draft }),
    ),
  );
}

/** After 确认: approves what is still as it was shown, and says what is not. */
export async function approveMany(context: Context, batch: Batch): Promise<Reply> {
  const { approvable, left } = await sortOut(context, batch);
  const approved: HourEntry[] = [];
  for (const { entry } of approvable) {
    const change = decideEvent(entry, { type: 'approved' }, context.me.staffNo, context.now);
    if (change.ok) approved.push(await record(context, entry, change.event));
  }
  const said = texts.bulkDone(
    approved.length,
    sumHours(approved),
    left.map(({ id }) => id),
  );
  return showQueue(context, batch.page, { said, tone: left.length === 0 ? 'good' : 'warn' });
}

const backTo = (page: number) => buttons(button(texts.buttons.back, '审核', { page }));

const sumHours = (entries: readonly HourEntry[]): number => entries.reduce((sum, { hours }) => sum + hours, 0);

/** Own entries, entries with a conflict and entries that are not as they were seen are decided one by one. */
async function sortOut(context: Context, { entries, versions }: Batch): Promise<Sorted> {
  const { tx, me } = context;
  const left: { id: number; line: string }[] = [];
  const found: HourEntry[] = [];
  const leave = (id: number, line: string) => left.push({ id, line });
  if (entries === 'all') {
    found.push(...(await tx.find(hourEntries, { ...waitingQuery, limit: most })).rows);
  } else {
    for (const [i, id] of entries.entries()) {
      const entry = await tx.get(hourEntries, id);
      const seen = versions[i];
      if (entry === undefined) leave(id, texts.left.missing(id));
      else if (entry.state !== 'submitted') leave(id, texts.left.closed(id, entry.state));
      else if (seen !== undefined && seen !== entry.version) leave(id, texts.left.changed(id));
      else found.push(entry);
    }
  }
  const approvable: Case[] = [];
  for (const one of await openCases(context, found)) {
    const { id, staffNo } = one.entry;
    if (staffNo === me.staffNo) leave(id, texts.left.own(id));
    else if (one.conflicts.length > 0) leave(id, texts.left.conflict(id));
    else approvable.push(one);
  }
  return { approvable, left };
}
