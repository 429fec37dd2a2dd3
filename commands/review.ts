import { z } from 'zod';
import {
  defineCommand,
  mayUse,
  misunderstood,
  type Reading,
  type ReadingContext,
  understood,
} from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { approveMany, previewMany } from '../src/bot/review/bulk.ts';
import { decideOne } from '../src/bot/review/decide.ts';
import { deciders, mayDecide } from '../src/bot/review/desk.ts';
import { showEntry } from '../src/bot/review/entry.ts';
import { showQueue } from '../src/bot/review/queue.ts';
import { verdictSchema, verdicts } from '../src/bot/review/verdict.ts';
import { type ReviewReading, readReview } from '../src/bot/text/review.ts';
import { mostChosen } from '../src/domain/selection.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import { reviewTexts as texts } from '../src/texts/review.ts';

const argsSchema = verdictSchema.extend({
  /** 登记号, each once. */
  entries: z
    .array(z.number().int().positive())
    .max(mostChosen)
    .transform((ids) => [...new Set(ids)])
    .default([]),
  /** The version of each entry that a card had shown. */
  versions: z.array(z.number().int().positive()).max(mostChosen).default([]),
  all: z.boolean().default(false),
  /** What is approved is shown first, were it a single entry. */
  preview: z.boolean().default(false),
  verdict: z.enum(verdicts).optional(),
  page: z.number().int().min(1).max(1000).default(1),
  confirmed: z.boolean().default(false),
});
type Args = z.output<typeof argsSchema>;

/** 审核 (三.6 安排专人管理): the queue, one entry with everything, and the decisions; nobody decides on an own entry. */
export const review = defineCommand({
  name: '审核',
  aliases: ['待审核', '审批'],
  summary: '审核干部登记的学时',
  roleSummaries: [
    { who: deciders, summary: '审核干部登记的学时' },
    { who: ['archivist'], summary: '查看登记，作废已认定的学时' },
  ],
  who: [...deciders, 'archivist'],
  args: argsSchema,
  examples: ['审核', '审核 1001'],
  roleExamples: {
    who: deciders,
    lines: [
      '审核 1001 通过',
      '审核 1001 改 2学时 说明 只参加了一部分',
      '审核 1001 退回 请补充证明材料',
      '审核 全部通过',
    ],
  },
  read,
  run: async (context, args) => {
    await endQuestion(context);
    const { entries, verdict } = args;
    const [only, ...others] = entries;
    if (verdict === undefined) {
      if (only === undefined) return showQueue(context, args.page);
      return others.length === 0 ? showEntry(context, only) : text(texts.whatToDo);
    }
    const refusal = refuse(context, verdict);
    if (refusal !== null) return text(refusal);
    if (args.all || args.preview || others.length > 0) return many(context, args);
    if (only === undefined) return text(texts.whichEntry);
    return decideOne(context, { id: only, version: args.versions[0], page: args.page }, verdict, args);
  },
});

/** 1001 改 2学时 说明 只参加了半天. */
const explained = /^([\s\S]+?)[\s，,；;]*说明[\s：:]+([\s\S]+)$/;

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog !== null) {
    return said.length > 300 ? misunderstood(text(texts.tooLongReason)) : understood({ ...dialog.args, reason: said });
  }
  const voiding = /^(?:登记号\s*)?(\d{1,9})\s*作废[\s，,：:]*([\s\S]*)$/.exec(said);
  if (voiding !== null) {
    const reason = voiding[2] ?? '';
    if (reason.length > 300) return misunderstood(text(texts.tooLongReason));
    return understood({ entries: [Number(voiding[1])], verdict: 'void', reason });
  }
  const [, deed = said, why = ''] = explained.exec(said) ?? [];
  const amending = readReview(deed);
  const reading = amending.type === 'amend' ? amending : readReview(said);
  if (reading.type === 'amend' && why.length > 300) return misunderstood(text(texts.tooLongReason));
  switch (reading.type) {
    case 'show':
      return understood({ entries: reading.entries });
    case 'approve':
      return understood({
        ...(reading.entries === 'all' ? { all: true } : { entries: reading.entries }),
        verdict: 'approve',
      });
    case 'amend':
      return understood({
        entries: reading.entries,
        verdict: 'amend',
        reason: why,
        ...(reading.complete ? amendmentIn(reading) : {}),
      });
    case 'return':
    case 'reject':
      return understood({ entries: reading.entries, verdict: reading.type, reason: reading.reason ?? '' });
    case 'unclear':
      return misunderstood(text(texts.notUnderstood(said)));
  }
}

function amendmentIn({ amendment: { amount, ...rest } }: ReviewReading & { type: 'amend' }): object {
  if (amount === undefined) return rest;
  return amount.unit === 'hours' ? { ...rest, hours: amount.hours } : { ...rest, halfDays: amount.count };
}

/** A reason that was asked for is given with this message, or the reviewer has moved on. */
async function endQuestion(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '审核' && open.asking === 'reason') await context.closeQuestion();
}

function refuse(context: Context, verdict: NonNullable<Args['verdict']>): string | null {
  if (verdict === 'void') return mayUse(['archivist'], context.me) ? null : texts.archivistOnly;
  return mayDecide(context) ? null : texts.deskOnly;
}

async function many(context: Context, args: Args): Promise<Reply> {
  const { verdict, all, entries, versions, page, confirmed } = args;
  if (verdict !== 'approve') return text(texts.oneByOne);
  const batch = { entries: all ? ('all' as const) : entries, versions, page };
  return confirmed ? approveMany(context, batch) : previewMany(context, batch);
}
