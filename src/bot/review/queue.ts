import { dayOf } from '../../domain/day.ts';
import { hourEntries } from '../../domain/hours.ts';
import { workdaysSince } from '../../domain/working-days.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Card,
  card,
  link,
  note,
  type Reply,
  words,
} from '../../messenger/reply.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import { type Case, mayDecide, openCases, waitingQuery } from './desk.ts';

const pageSize = 5;

/** What was just done, in front of what still waits. */
interface Done {
  readonly said: string;
  readonly tone: Card['tone'];
}

/** One page of the queue, oldest first; `done` makes its summary, so that one card is tapped through to the end. */
export async function showQueue(context: Context, page: number, done?: Done): Promise<Reply> {
  const { tx } = context;
  const count = await tx.count(hourEntries, waitingQuery);
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const shown = Math.min(page, pages);
  const { rows } = await tx.find(hourEntries, { ...waitingQuery, limit: shown * pageSize });
  const cases = await openCases(context, rows.slice((shown - 1) * pageSize));
  const summary =
    done === undefined ? (count === 0 ? texts.empty : texts.waiting(count)) : `${done.said}${texts.remaining(count)}`;
  const turns = turnButtons(context, cases, shown, pages);
  const example = cases.find(({ entry }) => entry.staffNo !== context.me.staffNo);
  return card(
    texts.title,
    done?.tone ?? (count === 0 ? 'good' : 'info'),
    summary,
    words(summary),
    ...cases.flatMap((one) => [{ type: 'divider' } as const, ...caseBlocks(context, one, shown)]),
    turns.length === 0 ? null : buttons(...turns),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    example !== undefined && mayDecide(context) ? note(texts.hint(example.entry.id)) : null,
  );
}

function turnButtons(context: Context, cases: readonly Case[], page: number, pages: number): Button[] {
  const foreign = cases.map(({ entry }) => entry).filter(({ staffNo }) => staffNo !== context.me.staffNo);
  const seen = { entries: foreign.map(({ id }) => id), versions: foreign.map(({ version }) => version) };
  return [
    ...(mayDecide(context) && foreign.length > 1
      ? [button(texts.buttons.approvePage, '审核', { ...seen, verdict: 'approve', page })]
      : []),
    ...(page > 1 ? [button(texts.buttons.earlier, '审核', { page: page - 1 })] : []),
    ...(page < pages ? [button(texts.buttons.later, '审核', { page: page + 1 })] : []),
  ];
}

function caseBlocks(context: Context, one: Case, page: number): Block[] {
  const { entry, cadre, conflicts } = one;
  const { today, policies } = context;
  const more = texts.more(entry);
  return [
    words(
      [
        texts.who(cadre.name, cadre.unit, workdaysSince(policies.calendar, dayOf(entry.submittedAt), today)),
        texts.entry(entry.id),
        texts.facts(entry, today),
        ...(more === '' ? [] : [more]),
        ...conflicts.map((conflict) => texts.conflict(conflict, today)),
      ].join('\n'),
    ),
    ...(mayDecide(context) && entry.staffNo === context.me.staffNo ? [note(texts.ownHere)] : []),
    buttons(...decisionButtons(context, one, page), link(texts.buttons.detail, '审核', { entries: [entry.id] })),
  ];
}

/** The decisions open to this reviewer; they carry the version of the entry that the card shows. */
export function decisionButtons(context: Context, { entry }: Case, page: number): Button[] {
  if (entry.state !== 'submitted' || entry.staffNo === context.me.staffNo || !mayDecide(context)) return [];
  const seen = { entries: [entry.id], versions: [entry.version], page };
  return [
    button(texts.buttons.approve, '审核', { ...seen, verdict: 'approve' }, 'primary'),
    button(texts.buttons.amend, '审核', { ...seen, verdict: 'amend' }),
    button(texts.buttons.return, '审核', { ...seen, verdict: 'return' }),
    button(texts.buttons.reject, '审核', { ...seen, verdict: 'reject' }, 'danger'),
  ];
}
