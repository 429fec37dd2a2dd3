import { dayOf, timeOf } from '../../domain/day.ts';
import type { Amendment } from '../../domain/entry-life.ts';
import { type HourEntry, type HourEvent, hourEntries } from '../../domain/hours.ts';
import { findConflicts } from '../../domain/overlap.ts';
import { minLengthOf, reflections } from '../../domain/reflection.ts';
import { button, buttons, card, type Faults, fields, type Reply, text, words } from '../../messenger/reply.ts';
import { showDay } from '../../texts/glossary.ts';
import { decisionTexts, factRows, logTexts } from '../../texts/hours.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import { tellOwedAgain } from '../course/tell-owed-again.ts';
import { appendHourEvent } from '../ledger.ts';
import { isReason } from '../text/reason.ts';
import { askAmendment, askReason } from './ask.ts';
import { nameOf } from './desk.ts';
import { showEntry } from './entry.ts';
import { showQueue } from './queue.ts';
import { readAmendment, type Verdict, type VerdictWords, verdictEvent } from './verdict.ts';

/** What the reviewer decided on, and the version of the entry that the reviewer had seen, where a card showed one. */
interface Aim {
  readonly id: number;
  readonly version: number | undefined;
  readonly page: number;
}

/** One decision, at once: the event, the word to the person, and the queue without the entry. */
export async function decideOne(context: Context, aim: Aim, verdict: Verdict, said: VerdictWords): Promise<Reply> {
  const { tx, me, now, policies } = context;
  const entry = await tx.get(hourEntries, aim.id);
  if (entry === undefined) return text(texts.notFound(aim.id));
  const isStale = aim.version !== undefined && aim.version !== entry.version;
  if (isStale && entry.state === 'submitted') return lookAgain(context, entry, verdict, aim.page, said);
  const policy = policies.at(entry.to);
  const amend = readAmendment(said, policy);
  const again = async (fault: string) =>
    askAmendment(entry, await nameOf(context, entry.staffNo), aim.page, said, { amount: fault });
  if (amend === null) return again(logTexts.badAmount(said.amount ?? ''));
  const reason = verdict === 'amend' || isReason(said.reason) ? said.reason : '';
  const change = verdictEvent(entry, verdict, { reason, amend }, me.staffNo, now);
  if (!change.ok) {
    const name = await nameOf(context, entry.staffNo);
    switch (change.reason) {
      case 'reason-needed':
        return askReason(context, entry, name, verdict, aim.page, said.reason);
      case 'no-change':
        return askAmendment(entry, name, aim.page, said, noChange(entry, amend));
      default: {
        const said = await whyNot(context, entry, verdict);
        return verdict === 'void' ? text(said) : showQueue(context, aim.page, { said, tone: 'warn' });
      }
    }
  }
  const { hours = entry.hours } = amend;
  const [impossible] = hours === entry.hours ? [] : findConflicts({ ...entry, hours }, [], policy);
  if (impossible?.type === 'span-too-short') return again(logTexts.spanTooShort(impossible.hours, impossible.cap));
  const done = await sayDone(context, await record(context, entry, change.event));
  return verdict === 'void'
    ? showEntry(context, entry.id, { said: done, tone: 'good' })
    : showQueue(context, aim.page, { said: done, tone: 'good' });
}

/** The entry as its owner has changed it since; what the reviewer had typed about the older one is kept, to be weighed anew. */
async function lookAgain(
  context: Context,
  entry: HourEntry,
  verdict: Verdict,
  page: number,
  said: VerdictWords,
): Promise<Reply> {
  const name = await nameOf(context, entry.staffNo);
  const now = fields(...factRows(entry, context.today));
  if (verdict === 'amend' && said.amount !== undefined) return askAmendment(entry, name, page, said, {}, now);
  const isWritten = (verdict === 'return' || verdict === 'reject') && isReason(said.reason);
  return isWritten
    ? askReason(context, entry, name, verdict, page, said.reason, now)
    : showEntry(context, entry.id, { said: texts.changed(entry.id), tone: 'warn' });
}

/** The form was submitted as it had come, or was not filled yet. */
const noChange = ({ id }: HourEntry, amend: Amendment): Faults =>
  Object.keys(amend).length > 0 ? { amount: texts.noChange(id) } : {};

async function whyNot(context: Context, entry: HourEntry, verdict: Verdict): Promise<string> {
  if (entry.staffNo === context.me.staffNo && (entry.state === 'submitted' || verdict === 'void')) return texts.own;
  if (verdict === 'void') return texts.notApproved(entry);
  const { decidedBy, decidedAt, submittedBy, submittedAt } = entry;
  const at = decidedAt ?? submittedAt;
  const by = await nameOf(context, decidedBy ?? submittedBy);
  return texts.alreadyDecided(entry, by, `${showDay(dayOf(at), context.today)} ${timeOf(at)}`);
}

async function sayDone(context: Context, entry: HourEntry): Promise<string> {
  const name = await nameOf(context, entry.staffNo);
  switch (entry.state) {
    case 'returned':
      return texts.returned(entry, name);
    case 'rejected':
      return texts.rejected(entry, name);
    case 'voided':
      return texts.voided(entry, name);
    default:
      return texts.approved(entry, name);
  }
}

/** Writes the decision and tells the person. */
export async function record(context: Context, before: HourEntry, event: HourEvent): Promise<HourEntry> {
  const entry = await appendHourEvent(context.tx, event, context.policies.at(before.to));
  await context.tell(entry.staffNo, await sayDecision(context, before, entry), {
    key: `decision:${entry.id}:${entry.version}`,
    purpose: 'decision',
  });
  await tellOwedAgain(context, entry);
  return entry;
}

/** The decision as the person hears it, with what follows from it. */
async function sayDecision({ tx, policies }: Context, before: HourEntry, entry: HourEntry): Promise<Reply> {
  switch (entry.state) {
    case 'returned':
      return tellPerson(decisionTexts.title.returned, 'warn', decisionTexts.returned(entry), {
        label: logTexts.revise,
        command: '修改',
        entry: entry.id,
      });
    case 'rejected':
      return tellPerson(decisionTexts.title.rejected, 'bad', decisionTexts.rejected(entry));
    case 'voided':
      return tellPerson(texts.voidedTitle, 'bad', texts.voidedTold(entry));
    default: {
      const owed = await tx.get(reflections, entry.id);
      const said = decisionTexts.approved(entry, before);
      if (owed?.state !== 'owed') return tellPerson(decisionTexts.title.approved, 'good', said);
      const asked = decisionTexts.reflection(owed.dueOn, minLengthOf(owed, policies.at(entry.to)));
      const next = { label: decisionTexts.handIn, command: '体会', entry: entry.id };
      return tellPerson(decisionTexts.title.approved, 'good', `${said}${asked}`, next);
    }
  }
}

const tellPerson = (
  title: string,
  tone: 'good' | 'warn' | 'bad',
  said: string,
  next?: { label: string; command: string; entry: number },
): Reply =>
  card(
    title,
    tone,
    said,
    words(said),
    next === undefined ? null : buttons(button(next.label, next.command, { entry: next.entry }, 'primary')),
  );
