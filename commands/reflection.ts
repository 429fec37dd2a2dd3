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
import type { Dialog } from '../src/bot/dialogs.ts';
import { atTheDesk, readers, verdicts } from '../src/bot/reflection-desk.ts';
import { handIn, isOwed, minLengthOf, type Reflection, reflections } from '../src/domain/reflection.ts';
import { countLength } from '../src/domain/text-length.ts';
import { button, buttons, card, link, note, type Reply, table, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { reflectionTexts as texts } from '../src/texts/reflection.ts';

/** 体会 (三.6 督促提交体会): what one owes, handing it in, and the department's desk for reading what came. */
export const reflection = defineCommand({
  name: '体会',
  aliases: ['学习体会', '心得', '交体会'],
  summary: '提交学习体会，查看待交的体会',
  who: 'cadre',
  longText: 'text',
  args: z.object({
    /** 登记号 of the training. */
    entry: z.number().int().optional(),
    text: z.string().max(20_000).optional(),
    verdict: z.enum(verdicts).optional(),
    /** The text that the reader was shown. */
    shown: z.string().max(12).optional(),
    reason: z.string().trim().min(1).max(300).optional(),
  }),
  examples: ['体会', '体会 1001'],
  roleExamples: { who: readers, lines: ['体会 待阅', '体会 1001 通过', '体会 1001 退回 请结合本职工作'] },
  read,
  run: (context, args) => {
    if (args.verdict !== undefined) return atTheDesk(context, args.verdict, args.entry, args);
    if (context.fileFault !== null) return Promise.resolve(text(context.fileFault));
    return args.text === undefined && context.longText === null
      ? showOwed(context, args.entry)
      : submit(context, args.entry, args.text ?? '');
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog !== null) return readAnswer(said.trim(), dialog);
  const [, entry, rest = ''] = /^\s*(?:登记号\s*)?(\d{1,9})?\s*([\s\S]*)$/.exec(said) ?? [];
  const about = entry === undefined ? {} : { entry: Number(entry) };
  const words = rest.trim();
  if (/^(待阅|审阅)$/.test(words)) return understood({ verdict: 'list' });
  if (words === '全文' || words === '看全文') return understood({ ...about, verdict: 'read' });
  if (words === '通过') return understood({ ...about, verdict: 'accept' });
  const [, reason] = /^退回\s*([\s\S]*)$/.exec(words) ?? [];
  if (reason !== undefined) return readReason(reason.trim(), { ...about, verdict: 'return' });
  return understood(words === '' ? about : { ...about, text: words });
}

/** The reason that was asked for, or the text itself. */
function readAnswer(said: string, { asking, args }: Dialog): Reading {
  if (asking === 'reason') return readReason(said, args);
  return understood(said === '' ? args : { ...args, text: said });
}

function readReason(said: string, about: object): Reading {
  if (said.length > 300) return misunderstood(text(texts.tooLongReason));
  return understood(said === '' ? about : { ...about, reason: said });
}

async function showOwed(context: Context, id: number | undefined): Promise<Reply> {
  const { tx, me, today, policy } = context;
  const owed = (await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] })).filter(isOwed);
  if (id !== undefined) {
    const one = owed.find(({ entryId }) => entryId === id);
    if (one !== undefined) return formFor(context, one);
    const anothers = await tx.get(reflections, id);
    return anothers !== undefined && anothers.staffNo !== me.staffNo && mayUse(readers, me)
      ? atTheDesk(context, 'read', id, {})
      : text(await whyNot(context, id));
  }
  const toDesk = mayUse(readers, me) ? [link(texts.deskTitle, '体会', { verdict: 'list' })] : [];
  if (owed.length === 0) {
    return toDesk.length === 0
      ? text(texts.nothingOwed)
      : card(texts.title, 'good', texts.nothingOwed, words(texts.nothingOwed), buttons(...toDesk));
  }
  return card(
    texts.title,
    owed.some(({ dueOn }) => dueOn < today) ? 'warn' : 'info',
    texts.owedSummary(owed.length),
    table(
      texts.columns,
      owed.map((one) => [
        String(one.entryId),
        one.title,
        texts.dueBy(one.dueOn, today, one.dueOn < today),
        texts.state(one),
      ]),
    ),
    buttons(
      ...owed
        .slice(0, 4)
        .map((one, i) =>
          button(texts.handIn(one.entryId), '体会', { entry: one.entryId }, i === 0 ? 'primary' : 'default'),
        ),
      ...toDesk,
    ),
    note(texts.howTo(new Map(owed.map((one) => [one.entryId, minLengthOf(one, policy)])))),
  );
}

async function formFor(context: Context, owed: Reflection): Promise<Reply> {
  const minLength = minLengthOf(owed, context.policy);
  await context.ask({ command: '体会', args: { entry: owed.entryId }, asking: 'text' });
  return card(
    texts.formTitle,
    'info',
    texts.formSummary(owed, context.today),
    words(texts.formSummary(owed, context.today)),
    {
      type: 'form',
      name: 'reflection',
      fields: [
        {
          type: 'text',
          name: 'text',
          label: texts.formLabel(minLength),
          required: true,
          multiline: true,
          minLength,
          maxLength: 20_000,
        },
      ],
      submit: button(texts.formSubmit, '体会', { entry: owed.entryId }, 'primary'),
    },
    note(texts.formHint),
  );
}

async function whyNot({ tx, me }: Context, id: number): Promise<string> {
  const one = await tx.get(reflections, id);
  if (one?.staffNo !== me.staffNo) return texts.notYours(id);
  if (one.state === 'accepted') return texts.alreadyAccepted(id);
  return one.state === 'waived' ? texts.waived(id) : texts.done(one);
}

async function submit(context: Context, asked: number | undefined, said: string): Promise<Reply> {
  const { tx, me, now, today, policies, longText } = context;
  const mine = (await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] })).filter(isOwed);
  const id = asked ?? (mine.length === 1 ? mine[0]?.entryId : undefined);
  if (id === undefined) return text(mine.length === 0 ? texts.nothingOwed : `${texts.which}${mine[0]?.entryId ?? ''}`);
  const owed = await tx.get(reflections, id);
  if (owed?.staffNo !== me.staffNo) return text(texts.notYours(id));
  const policy = policies.at(owed.endedOn);
  const handed = { length: countLength(longText?.words ?? said), blob: longText?.blob ?? '', at: now, today };
  const result = handIn(owed, handed, policy);
  if (!result.ok) {
    switch (result.reason) {
      case 'too-short':
        return text(texts.tooShort(handed.length, minLengthOf(owed, policy)));
      case 'already-accepted':
        return text(texts.alreadyAccepted(id));
      case 'waived':
        return text(texts.waived(id));
    }
  }
  await tx.put(reflections, result.reflection);
  await context.closeQuestion('submitted');
  return card(texts.doneTitle, 'good', texts.done(result.reflection), words(texts.done(result.reflection)));
}
