import type { Cadre } from '../domain/cadre.ts';
import { submitEvent, withdrawEvent } from '../domain/entry-life.ts';
import { type HourEntry, type HourFacts, hourEntries } from '../domain/hours.ts';
import { findConflicts } from '../domain/overlap.ts';
import { type Block, button, buttons, card, link, note, type Reply, text, words } from '../messenger/reply.ts';
import { othersTexts as texts } from '../texts/log-for-others.ts';
import type { Context } from './context.ts';
import { tellOwedAgain } from './course/tell-owed-again.ts';
import { appendHourEvent, entriesNear, nextEntryId } from './ledger.ts';

/** Whom a training can be logged for. */
export interface Sorted {
  readonly ready: Cadre[];
  /** They have a similar record: nothing is logged for them unless it is insisted on. */
  readonly similar: Cadre[];
  /** Their day holds no more hours. */
  readonly full: Cadre[];
}

/** Looks at everybody's own records. */
export async function sortPeople(
  { tx, policies }: Context,
  facts: HourFacts,
  people: readonly Cadre[],
): Promise<Sorted> {
  const sorted: Sorted = { ready: [], similar: [], full: [] };
  const policy = policies.at(facts.to);
  for (const cadre of people) {
    const conflicts = findConflicts(facts, await entriesNear(tx, cadre.staffNo, facts), policy);
    if (conflicts.some(({ type }) => type !== 'duplicate')) sorted.full.push(cadre);
    else sorted[conflicts.length > 0 ? 'similar' : 'ready'].push(cadre);
  }
  return sorted;
}

/**
 * One entry for each person, submitted by whoever logs; it is approved like any other. `left` says who is not among them.
 */
export async function logForAll(
  context: Context,
  facts: HourFacts,
  people: readonly Cadre[],
  left: readonly Block[],
): Promise<Reply> {
  const { tx, me, now, today, policies } = context;
  const entries: HourEntry[] = [];
  for (const { staffNo } of people) {
    const entryId = await nextEntryId(tx);
    const event = submitEvent({ entryId, staffNo, by: me.staffNo, at: now, facts, source: 'chat', importId: null });
    entries.push(await appendHourEvent(tx, event, policies.at(facts.to)));
  }
  const ids = entries.map(({ id }) => id);
  const foreign = entries.filter(({ staffNo }) => staffNo !== me.staffNo);
  const summary = texts.done(facts, entries.length, today);
  const seen = { entries: foreign.map(({ id }) => id), versions: foreign.map(({ version }) => version) };
  const undo = button(texts.withdraw, '代登', { undo: ids }, 'danger');
  return card(
    texts.doneTitle,
    'good',
    summary,
    words(summary),
    words(texts.numbers(ids[0] ?? 0, ids.at(-1) ?? 0)),
    ...left,
    buttons(
      ...(foreign.length === 0
        ? []
        : [
            {
              ...link(texts.approve, '审核', { ...seen, verdict: 'approve', preview: true }),
              style: 'primary' as const,
            },
          ]),
      { ...undo, confirm: texts.withdrawAsk(ids.length) },
    ),
    foreign.length === entries.length ? null : note(texts.own),
  );
}

/** Takes back what one has logged for others and nobody has touched since. */
export async function takeBackAll(context: Context, ids: readonly number[]): Promise<Reply> {
  const { tx, me, now, policies } = context;
  const kept: number[] = [];
  for (const id of ids) {
    const entry = await tx.get(hourEntries, id);
    const isAsLogged = entry?.submittedBy === me.staffNo && entry.state === 'submitted';
    const change = isAsLogged ? withdrawEvent(entry, me.staffNo, now) : null;
    if (entry !== undefined && change?.ok === true)
      await tellOwedAgain(context, await appendHourEvent(tx, change.event, policies.at(entry.to)));
    else kept.push(id);
  }
  const count = ids.length - kept.length;
  if (count === 0) return text(texts.withdrawnNone);
  const summary = texts.withdrawn(count);
  return card(
    texts.withdrawnTitle,
    kept.length === 0 ? 'good' : 'warn',
    summary,
    words(summary),
    kept.length === 0 ? null : words(texts.kept(kept)),
  );
}
