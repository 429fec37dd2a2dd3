import { z } from 'zod';
import { type Command, defineCommand, understood, wordsOf } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { appendHourEvent, entriesNear, nextEntryId } from '../src/bot/ledger.ts';
import { mayBeName } from '../src/bot/text/narration.ts';
import {
  describeDraft,
  draftButtons,
  factsOf,
  keepDraft,
  missingSlots,
  type Training,
  trainingSchema,
} from '../src/bot/training-draft.ts';
import { type Choice, faultsOf, findFault, problemSchema, type TrainingFault } from '../src/bot/training-fault.ts';
import { misfits, showForm } from '../src/bot/training-form.ts';
import { readAnswer, readChange, readNew } from '../src/bot/training-words.ts';
import { hoursForHalfDays } from '../src/domain/credit.ts';
import { resubmitEvent, submitEvent } from '../src/domain/entry-life.ts';
import { contents, type HourEntry, type HourFacts, hourEntries } from '../src/domain/hours.ts';
import { type Conflict, findConflicts } from '../src/domain/overlap.ts';
import { type Block, button, buttons, card, fields, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { contentNames, entryStateNames, showSpan } from '../src/texts/glossary.ts';
import { dialogTexts, factRows, logTexts as texts } from '../src/texts/hours.ts';

const argsSchema = trainingSchema.extend({
  /** The question or draft that this goes on with. */
  draft: z.number().int().optional(),
  /** What was said and cannot be taken. */
  problem: problemSchema.optional(),
  /** Words that were not used. */
  unused: z.string().optional(),
  confirmed: z.boolean().default(false),
  /** Submitted although a similar record exists. */
  insist: z.boolean().default(false),
  /** The form brought it. */
  filled: z.boolean().default(false),
});
type Args = z.output<typeof argsSchema>;
const originSchema = argsSchema.pick({ draft: true, entry: true });

/** 登记 (三.6 随时记入): one's own training, complete and with 确认 at once, otherwise as a draft that is looked at first. */
export const logHours: Command = defineCommand({
  name: '登记',
  aliases: ['报学时', '记学时', '登记学时'],
  summary: '登记自己参加的培训学时',
  who: 'cadre',
  args: argsSchema,
  examples: ['登记 3学时 党性教育 2026-11-20 《专题党课》', '登记 半天 理论教育 昨天 《二十届四中全会精神辅导》 确认'],
  read: (said, context) =>
    /^(?:表格|填表)$/.test(said)
      ? understood({})
      : context.dialog === null
        ? readNew(said, context)
        : readAnswer(said, context, context.dialog),
  amend: (said, context) => readChange(said, context, context.dialog),
  refill: async (_, filled, faulty) => {
    const origin = originSchema.safeParse(filled);
    return origin.success ? showForm(wordsOf(filled), origin.data, misfits(faulty)) : null;
  },
  run: async (context, args) => {
    const end = args.draft === undefined ? null : await context.ended(args.draft);
    if (end !== null && end.as !== 'expired') return text(dialogTexts.ended[end.as]);
    const asides = await sayAsides(context, args);
    const facts = factsOf(args, context.policy);
    const fault = findFault(context, args, facts);
    if (facts === null || fault !== null) return askFor(context, args, fault, asides);
    const mine = await entriesNear(context.tx, context.me.staffNo, facts);
    const conflicts = findConflicts(
      args.entry === undefined ? facts : { ...facts, id: args.entry },
      mine,
      context.policy,
    );
    const impossible = conflicts.find((conflict) => conflict.type !== 'duplicate');
    if (impossible !== undefined) {
      const said = describeConflict(impossible, context.today);
      return askFor(context, args, { slot: 'hours', said, reply: texts.replyRight.hours }, asides);
    }
    const similar = conflicts.find((conflict) => conflict.type === 'duplicate');
    if (!args.confirmed || (similar !== undefined && !args.insist)) {
      return showDraft(context, args, facts, similar, asides);
    }
    return submit(context, args, facts, asides);
  },
});

/** What has to be said beside the next card: words that were not used, another draft that this one pushes aside. */
async function sayAsides(context: Context, { draft, unused }: Args): Promise<Block[]> {
  const open = await context.question();
  const title = open?.args['title'];
  const isName = unused?.split(' ').some(mayBeName) === true;
  return [
    ...(open?.command === '登记' && open.id !== draft
      ? [words(texts.displaced(typeof title === 'string' ? title : null))]
      : []),
    ...(unused === undefined ? [] : [words(texts.unused(unused, isName))]),
  ];
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

/** Asks for what is wrong or missing; everything else is kept. */
async function askFor(
  context: Context,
  args: Args,
  fault: TrainingFault | null,
  asides: readonly Block[],
): Promise<Reply> {
  const gaps = missingSlots(args, context.policy).filter((slot) => slot !== fault?.slot);
  const kept = keepDraft(args);
  const asking = fault?.slot ?? gaps[0] ?? 'hours';
  const draft = await context.ask({ command: '登记', args: kept, asking, draft: args.draft });
  const isBlank = args.problem === undefined && args.unused === undefined && Object.keys(kept).length === 0;
  if (args.filled || isBlank) {
    const origin = { draft, ...(args.entry === undefined ? {} : { entry: args.entry }) };
    return showForm(args, origin, args.filled ? faultsOf(args, fault, gaps) : {}, asides);
  }
  const wanted = gaps.length === 0 ? '' : texts.missing(gaps, args.confirmed);
  const known =
    fault === null
      ? texts.known(describeDraft(args, context.policy, context.today))
      : `${fault.said}${fault.reply ?? ''}`;
  const summary = `${known}${wanted}${fault === null ? texts.replyWith(gaps) : ''}`;
  const readings = fault?.choices ?? [];
  const choices = gaps.includes('content') || fault?.slot === 'content' ? contents : [];
  return card(
    fault === null ? texts.missingTitle : texts.wrongTitle,
    fault === null ? 'info' : 'warn',
    summary,
    ...asides,
    words(summary),
    readings.length === 0
      ? null
      : buttons(
          ...readings.map((one) => button(nameChoice(context, one), '登记', { ...kept, ...keepDraft(one), draft })),
        ),
    choices.length === 0
      ? null
      : buttons(...choices.map((content) => button(contentNames[content], '登记', { ...kept, content, draft }))),
    buttons(button(texts.revise, '修改', { draft }), button(texts.cancel, '取消', { draft })),
    note(texts.missingHint),
  );
}

function nameChoice({ policy, today }: Context, { hours, halfDays, from, to = from }: Choice): string {
  if (from !== undefined && to !== undefined) return showSpan(from, to, today);
  if (halfDays !== undefined) return texts.choice.halfDays(halfDays, hoursForHalfDays(halfDays, policy));
  return texts.choice.hours(hours ?? 0);
}

async function showDraft(
  context: Context,
  args: Args,
  facts: HourFacts,
  similar: Conflict | undefined,
  asides: readonly Block[],
): Promise<Reply> {
  const kept = similar === undefined ? keepDraft(args) : { ...keepDraft(args), insist: true };
  const id = await context.ask({ command: '登记', args: kept, asking: 'confirm', draft: args.draft });
  return card(
    texts.draftTitle,
    similar === undefined ? 'info' : 'warn',
    texts.draftSummary(facts, context.today),
    ...asides,
    similar === undefined ? null : words(describeConflict(similar, context.today)),
    fields(...factRows(facts, context.today)),
    draftButtons(id, similar !== undefined),
    note(similar === undefined ? texts.draftHint : texts.insistHint),
  );
}

async function submit(context: Context, args: Args, facts: HourFacts, asides: readonly Block[]): Promise<Reply> {
  const entry = await record(context, args, facts);
  const open = await context.question();
  const isOwn = open?.id === args.draft;
  if (typeof entry === 'string') {
    if (isOwn) await context.closeQuestion('cancelled');
    return text(entry);
  }
  if (open?.command === '登记') await context.closeQuestion(isOwn ? 'submitted' : 'replaced');
  return card(
    texts.submittedTitle,
    'good',
    texts.submitted(entry),
    ...asides,
    fields(['登记号', String(entry.id)], ...factRows(entry, context.today)),
    note(texts.submittedHint(entry.id)),
  );
}

async function record(context: Context, { entry: id }: Training, facts: HourFacts): Promise<HourEntry | string> {
  const { tx, me, now, policies } = context;
  const policy = policies.at(facts.to);
  if (id === undefined) {
    const [entryId, staffNo] = [await nextEntryId(tx), me.staffNo];
    const event = submitEvent({ entryId, staffNo, by: staffNo, at: now, facts, source: 'chat', importId: null });
    return appendHourEvent(tx, event, policy);
  }
  const entry = await tx.get(hourEntries, id);
  if (entry?.staffNo !== me.staffNo) return texts.notYours(id);
  const change = resubmitEvent(entry, facts, me.staffNo, now);
  return change.ok
    ? appendHourEvent(tx, change.event, policy)
    : texts.notReturned(entry.id, entryStateNames[entry.state]);
}
