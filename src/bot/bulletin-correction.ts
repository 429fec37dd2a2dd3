import { hash } from 'node:crypto';
import { z } from 'zod';
import { type Bulletin, bulletins, currentVersion } from '../domain/bulletin.ts';
import { changesBetween, type FigureChange } from '../domain/bulletin-changes.ts';
import { dayOf, type Month } from '../domain/day.ts';
import { enqueue, outbox } from '../messenger/outbox.ts';
import { type Block, button, buttons, card, note, type Reply, text, words } from '../messenger/reply.ts';
import { listAll, type Reader } from '../store/store.ts';
import { bulletinCorrectionTexts as texts } from '../texts/bulletin-correction.ts';
import { bulletinKey, readBulletinFigures, shortHash } from './bulletin.ts';
import { findNamed } from './bulletin-names.ts';
import { figuresShown } from './bulletin-sources.ts';
import { chats } from './chats.ts';
import type { Context } from './context.ts';
import { peopleWith } from './people.ts';

/** What 通报 takes for 更正. */
export const correctionArgs = {
  reason: z.string().max(300).optional(),
  /** What the preview showed, so that nothing else is published. */
  seen: z.string().max(16).optional(),
  /** The clerk hands the preview to the department head. */
  propose: z.boolean().optional(),
};
type CorrectionArgs = z.output<z.ZodObject<typeof correctionArgs>> & { readonly confirmed: boolean };

/**
 * 更正: counts a released month again, as of the day of its release, and shows what differs. The clerk prepares it, the
 * department head lets it take effect; the version before stays in the row, and the groups that got the bulletin get
 * every figure that changes, from what to what and why.
 */
export async function correctBulletin(context: Context, month: Month, args: CorrectionArgs): Promise<Reply> {
  const { tx, me, policies } = context;
  const row = await tx.get(bulletins, month);
  if (row?.state !== 'released') return text(texts.notReleased(month));
  const { figures: before } = currentVersion(row);
  const after = await readBulletinFigures(tx, {
    month,
    asOf: row.figures.asOf,
    policies,
    shownUnits: before.units.map(({ unit }) => unit),
  });
  const changes = changesBetween(figuresShown(before), figuresShown(after, before));
  if (changes.length === 0) return text(texts.nothing(month));
  const { reason } = args;
  if (reason === undefined) return askReason(context, month);
  const named = await findNamed(tx, reason);
  if (named !== null) return askReason(context, month, reason, texts.named(named));
  const seen = fingerprint(row, changes);
  const mayRelease = me.roles.includes('department-head');
  if (!args.confirmed && args.propose !== true) return preview(context, month, changes, { reason, seen, mayRelease });
  if (args.seen !== seen) return preview(context, month, changes, { reason, seen, mayRelease, isStale: true });
  if (args.propose === true) return propose(context, month, { reason, seen, changes: changes.length });
  if (!mayRelease) return text(texts.headOnly);
  const head = await tx.auditHead();
  await tx.put(bulletins, {
    ...row,
    corrections: [
      ...(row.corrections ?? []),
      { figures: after, auditN: head.n, auditHash16: shortHash(head), at: context.now, by: me.staffNo, why: reason },
    ],
  });
  const number = (row.corrections?.length ?? 0) + 1;
  const groups = await groupsOf(tx, row);
  const reply = notice(row, changes, reason, texts.source(head.n, shortHash(head)));
  for (const { messenger, id } of groups) {
    const key = `bulletin:${month}:correction-${number}:${id}`;
    await enqueue(tx, { key, messenger, to: { type: 'chat', id }, purpose: 'bulletin', reply });
  }
  const said = texts.done(month, groups.length);
  return card(texts.doneTitle, 'good', said, words(said), changeTable(changes));
}

/** The version that it starts from and what would change. */
const fingerprint = (row: Bulletin, changes: readonly FigureChange[]): string =>
  hash('sha256', JSON.stringify([row.corrections?.length ?? 0, changes])).slice(0, 16);

/** The form for the reason; one that was `said` and cannot be taken stays in it. */
async function askReason(context: Context, month: Month, said?: string, fault?: string): Promise<Reply> {
  const args = { month, view: 'correct' };
  await context.ask({ command: '通报', args, asking: 'reason' });
  const summary = texts.reasonNeeded(month);
  return card(
    texts.title(month),
    fault === undefined ? 'info' : 'warn',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'correction',
      fields: [
        {
          type: 'text',
          name: 'reason',
          label: texts.reason,
          required: true,
          maxLength: 300,
          ...(said === undefined ? {} : { value: said }),
          ...(fault === undefined ? {} : { fault }),
        },
      ],
      submit: button(texts.buttons.preview, '通报', args, 'primary'),
    },
    note(texts.reasonHint(month)),
  );
}

async function preview(
  context: Context,
  month: Month,
  changes: readonly FigureChange[],
  about: { reason: string; seen: string; mayRelease: boolean; isStale?: boolean },
): Promise<Reply> {
  const { reason, seen, mayRelease, isStale = false } = about;
  const args = { month, view: 'correct', reason, seen };
  const draft = mayRelease ? await context.ask({ command: '通报', args, asking: 'confirm' }) : null;
  const open = mayRelease ? null : await context.question();
  if (open?.command === '通报' && open.asking === 'reason') await context.closeQuestion();
  const summary = `${isStale ? texts.stale : ''}${texts.summary(month, changes.length, mayRelease)}`;
  return card(
    texts.title(month),
    isStale ? 'warn' : 'info',
    summary,
    words(summary),
    changeTable(changes),
    words(texts.why(reason)),
    draft === null
      ? buttons(button(texts.buttons.propose, '通报', { ...args, propose: true }, 'primary'))
      : buttons(
          button(texts.buttons.confirm, '确认', { draft }, 'primary'),
          button(texts.buttons.cancel, '取消', { draft }),
        ),
    note(texts.asOf),
  );
}

/** Tells the department heads that a correction waits for them. */
async function propose(
  context: Context,
  month: Month,
  { reason, seen, changes }: { reason: string; seen: string; changes: number },
): Promise<Reply> {
  const { tx, me } = context;
  const heads = await peopleWith(tx, 'department-head');
  const said = texts.proposal(me.name, month, changes, reason);
  for (const { staffNo } of heads) {
    await context.tell(
      staffNo,
      card(
        texts.title(month),
        'info',
        said,
        words(said),
        buttons(button(texts.buttons.preview, '通报', { month, view: 'correct', reason }, 'primary')),
      ),
      { key: `bulletin:${month}:proposal:${seen}:${staffNo}`, purpose: 'notice' },
    );
  }
  if (heads.length === 0) return text(texts.noHead);
  const done = texts.proposed(heads.map(({ name }) => name));
  return card(texts.title(month), 'good', done, words(done));
}

/** Those that got the bulletin: rows kept before it was written down are looked up by what was sent. */
async function groupsOf(view: Reader, { month, groups }: Bulletin): Promise<{ messenger: string; id: string }[]> {
  if (groups !== undefined) return groups;
  const known: { messenger: string; id: string }[] = [];
  for (const { messenger, id } of await listAll(view, chats)) {
    if ((await view.get(outbox, bulletinKey(month, id))) !== undefined) known.push({ messenger, id });
  }
  return known;
}

/** 更正通报, as the groups get it. */
function notice(row: Bulletin, changes: readonly FigureChange[], reason: string, source: string): Reply {
  const summary = texts.notice.summary(row.month, changes.length);
  return card(
    texts.notice.title(row.month),
    'info',
    summary,
    words(texts.notice.text(row.month, dayOf(row.releasedAt ?? row.createdAt))),
    changeTable(changes),
    words(texts.why(reason)),
    note(source),
  );
}

const changeTable = (changes: readonly FigureChange[]): Block => ({
  type: 'table',
  columns: texts.columns.map((label, i) => ({ label, align: i === 0 ? 'left' : 'right' })),
  rows: changes.map(({ label, from, to }) => [label, from ?? texts.absent, to ?? texts.absent]),
});
