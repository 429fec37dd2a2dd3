import { z } from 'zod';
import { type Command, defineCommand, misunderstood, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { appendHourEvent, nextEntryId } from '../src/bot/ledger.ts';
import { readAmount } from '../src/bot/text/amounts.ts';
import { readTraining } from '../src/bot/text/training.ts';
import { hoursForHalfDays } from '../src/domain/credit.ts';
import { addDays } from '../src/domain/day.ts';
import { resubmitEvent, submitEvent } from '../src/domain/entry-life.ts';
import { contents, forms, type HourEntry, type HourFacts, hourEntries, kinds } from '../src/domain/hours.ts';
import { type Conflict, findConflicts } from '../src/domain/overlap.ts';
import type { Policy } from '../src/domain/policy.ts';
import { daySchema } from '../src/domain/schema.ts';
import {
  button,
  buttons,
  card,
  fields,
  type Invocation,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { contentNames, entryStateNames, showHours, showSpan } from '../src/texts/glossary.ts';
import { factRows, type Slot, logTexts as texts } from '../src/texts/hours.ts';

const argsSchema = z.object({
  /** Hundredths. */
  hours: z.number().int().positive().optional(),
  halfDays: z.number().int().positive().max(2000).optional(),
  /** As a form has it: `3`, `3.5`, `半天`; wins over the two above. */
  amount: z.string().max(20).optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  content: z.enum(contents).optional(),
  kind: z.enum(kinds).optional(),
  form: z.enum(forms).optional(),
  title: z.string().trim().min(1).max(200).optional(),
  organiser: z.string().max(120).optional(),
  place: z.string().max(120).optional(),
  /** 登记号 of a returned entry that is handed in again. */
  entry: z.number().int().optional(),
  confirmed: z.boolean().default(false),
  /** Submitted although a similar record exists. */
  insist: z.boolean().default(false),
});
type Args = z.output<typeof argsSchema>;

/** 登记 (三.6 随时记入): one's own training, complete and with 确认 at once, otherwise as a draft that is looked at first. */
export const logHours: Command = defineCommand({
  name: '登记',
  aliases: ['报学时', '记学时', '登记学时'],
  summary: '登记自己参加的培训学时',
  who: 'cadre',
  args: argsSchema,
  examples: ['登记 3学时 党性教育 2026-11-20 《专题党课》', '登记 半天 理论教育 昨天 《二十届四中全会精神辅导》 确认'],
  read,
  run: async (context, args) => {
    const amount = hoursOf(args, context.policy);
    if (!amount.ok) return text(texts.badAmount(amount.said));
    const gaps = missingSlots(args, amount.hours);
    const [first] = gaps;
    if (first !== undefined) return askFor(context, args, amount.hours, first, gaps);
    const facts = factsOf(args, amount.hours);
    if (facts === null) return text(texts.reversed);
    const refusal = refuse(context, facts);
    if (refusal !== null) return text(refusal);
    const mine = await listAll(context.tx, hourEntries, { index: 'byPerson', equals: [context.me.staffNo] });
    const conflicts = findConflicts(
      args.entry === undefined ? facts : { ...facts, id: args.entry },
      mine,
      context.policy,
    );
    const impossible = conflicts.find((conflict) => conflict.type !== 'duplicate');
    if (impossible !== undefined) return text(describeConflict(impossible, context.today));
    const similar = conflicts.find((conflict) => conflict.type === 'duplicate');
    if (!args.confirmed || (similar !== undefined && !args.insist)) return draft(context, args, facts, similar);
    return submit(context, args, facts);
  },
});

function read(said: string, { today, policy, dialog }: ReadingContext) {
  const reading = readTraining(said, today, policy);
  if (reading.refused !== null) return misunderstood(text(texts.refused[reading.refused]));
  const [problem] = reading.problems;
  if (problem !== undefined) return misunderstood(text(texts.problem(problem.slot, problem.reason, problem.words)));
  const { confirmed, slots } = reading;
  if (dialog === null) return understood({ ...slots, confirmed });
  const bare = Object.keys(slots).length === 0 ? readBareAnswer(said, dialog.asking) : {};
  return understood({ ...dialog.args, ...slots, ...bare, confirmed });
}

/** An answer that only makes sense after its question: `3`, `专题党课`. */
function readBareAnswer(said: string, asking: string): object {
  if (asking === 'hours') return { amount: said.slice(0, 20) };
  if (asking === 'title') return { title: said };
  return {};
}

function hoursOf(args: Args, policy: Policy): { ok: true; hours: number | null } | { ok: false; said: string } {
  if (args.amount !== undefined) {
    const said = args.amount.trim();
    const reading = readAmount(/^[\d.]+$/.test(said) ? `${said}学时` : said);
    if (!reading.ok) return { ok: false, said };
    const { amount } = reading;
    return { ok: true, hours: amount.unit === 'hours' ? amount.hours : hoursForHalfDays(amount.count, policy) };
  }
  if (args.hours !== undefined) return { ok: true, hours: args.hours };
  return { ok: true, hours: args.halfDays === undefined ? null : hoursForHalfDays(args.halfDays, policy) };
}

const missingSlots = (args: Args, hours: number | null): Slot[] => {
  const absent: Record<Slot, boolean> = {
    hours: hours === null,
    content: args.content === undefined,
    days: args.from === undefined,
    title: args.title === undefined,
  };
  return (['hours', 'content', 'days', 'title'] as const).filter((slot) => absent[slot]);
};

function factsOf(args: Args, hours: number | null): HourFacts | null {
  const { from, content, title } = args;
  if (hours === null || from === undefined || content === undefined || title === undefined) return null;
  const to = args.to ?? from;
  if (to < from) return null;
  return {
    from,
    to,
    hours,
    content,
    kind: args.kind ?? 'unspecified',
    form: args.form ?? 'unspecified',
    title,
    organiser: args.organiser ?? null,
    place: args.place ?? null,
    proof: null,
    result: null,
    note: null,
  };
}

function refuse({ today, policy }: Context, facts: HourFacts): string | null {
  if (facts.to > today) return texts.future;
  if (facts.to < addDays(today, -policy.logWithinDays)) return texts.tooOld(policy.logWithinDays);
  return null;
}

function describeConflict(conflict: Conflict, today: string): string {
  switch (conflict.type) {
    case 'duplicate':
      return texts.duplicate(conflict.entry, today);
    case 'too-many-hours':
      return texts.tooManyHours(
        conflict.day,
        conflict.hours,
        conflict.cap,
        conflict.entries.map(({ id }) => id),
      );
    case 'span-too-short':
      return texts.spanTooShort(conflict.hours, conflict.cap);
  }
}

/** What is known so far, as a question and its buttons keep it. */
const keep = (args: Args): Invocation['args'] => {
  const said = ['confirmed', 'insist'];
  const isKept = (pair: [string, unknown]): pair is [string, string | number] =>
    pair[1] !== undefined && !said.includes(pair[0]);
  return Object.fromEntries(Object.entries(args).filter(isKept));
};

async function askFor(
  context: Context,
  args: Args,
  hours: number | null,
  first: Slot,
  gaps: readonly Slot[],
): Promise<Reply> {
  await context.ask({ command: '登记', args: keep(args), asking: first });
  const known = [
    args.content && contentNames[args.content],
    hours !== null && `${showHours(hours)} 学时`,
    args.from !== undefined && showSpan(args.from, args.to ?? args.from, context.today),
    args.title !== undefined && `《${args.title}》`,
  ].filter((word) => typeof word === 'string');
  const summary = texts.missing(gaps, known.join('，'));
  if (!gaps.includes('content')) return text(summary);
  const choices = contents.map((content) => button(contentNames[content], '登记', { ...keep(args), content }));
  return card(texts.missingTitle, 'info', summary, words(summary), buttons(...choices), note(texts.draftHint));
}

async function draft(context: Context, args: Args, facts: HourFacts, similar: Conflict | undefined): Promise<Reply> {
  const kept = similar === undefined ? keep(args) : { ...keep(args), insist: true };
  const id = await context.ask({ command: '登记', args: kept, asking: 'confirm' });
  return card(
    texts.draftTitle,
    similar === undefined ? 'info' : 'warn',
    texts.draftSummary(facts, context.today),
    similar === undefined ? null : words(describeConflict(similar, context.today)),
    fields(...factRows(facts, context.today)),
    buttons(
      button(similar === undefined ? texts.confirm : texts.insist, '确认', { draft: id }, 'primary'),
      button(texts.revise, '修改', { draft: id }),
      button(texts.cancel, '取消', { draft: id }),
    ),
    note(texts.draftHint),
  );
}

async function submit(context: Context, args: Args, facts: HourFacts): Promise<Reply> {
  const entry = await record(context, args, facts);
  if (typeof entry === 'string') return text(entry);
  await context.closeQuestion();
  return card(
    texts.submittedTitle,
    'good',
    texts.submitted(entry),
    fields(['登记号', String(entry.id)], ...factRows(entry, context.today)),
    note(texts.submittedHint(entry.id)),
  );
}

async function record(context: Context, args: Args, facts: HourFacts): Promise<HourEntry | string> {
  const { tx, me, now, policies } = context;
  if (args.entry === undefined) {
    const entryId = await nextEntryId(tx);
    const event = submitEvent({
      entryId,
      staffNo: me.staffNo,
      by: me.staffNo,
      at: now,
      facts,
      source: 'chat',
      importId: null,
    });
    return appendHourEvent(tx, event, policies.at(facts.to));
  }
  const entry = await tx.get(hourEntries, args.entry);
  if (entry?.staffNo !== me.staffNo) return texts.notYours(args.entry);
  const change = resubmitEvent(entry, facts, me.staffNo, now);
  if (!change.ok) return texts.notReturned(entry.id, entryStateNames[entry.state]);
  return appendHourEvent(tx, change.event, policies.at(facts.to));
}
