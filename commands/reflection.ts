import { z } from 'zod';
import { defineCommand, mayUse, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { type Cadre, cadres, type Role } from '../src/domain/cadre.ts';
import {
  acceptReflection,
  countLength,
  handIn,
  type Reflection,
  reflections,
  returnReflection,
} from '../src/domain/reflection.ts';
import { button, buttons, card, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { reflectionTexts as texts } from '../src/texts/reflection.ts';

/** Who reads reflections. */
const desk: readonly Role[] = ['clerk', 'department-head'];
const pageSize = 5;

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
    verdict: z.enum(['list', 'read', 'accept', 'return']).optional(),
    reason: z.string().trim().min(1).max(300).optional(),
  }),
  examples: ['体会', '体会 1001', '体会 待阅'],
  read,
  run: (context, args) => {
    if (args.verdict !== undefined) return atTheDesk(context, args.verdict, args.entry, args.reason);
    if (context.fileFault !== null) return Promise.resolve(text(context.fileFault));
    return args.text === undefined && context.longText === null
      ? showOwed(context, args.entry)
      : submit(context, args.entry);
  },
});

function read(said: string, { dialog }: ReadingContext) {
  const origin = dialog === null ? {} : dialog.args;
  const command = /^\s*(?:登记号\s*)?(\d{1,9})?\s*([\s\S]*)$/.exec(said);
  const entry = command?.[1];
  const rest = dialog === null ? (command?.[2] ?? '').trim() : said.trim();
  const about = dialog === null && entry !== undefined ? { entry: Number(entry) } : origin;
  if (/^(待阅|审阅)$/.test(rest)) return understood({ verdict: 'list' });
  if (rest === '全文' || rest === '看全文') return understood({ ...about, verdict: 'read' });
  if (rest === '通过') return understood({ ...about, verdict: 'accept' });
  const returned = /^退回\s*([\s\S]{0,300})$/.exec(rest);
  if (returned !== null && dialog === null) {
    const reason = (returned[1] ?? '').trim();
    return understood({ ...about, verdict: 'return', ...(reason === '' ? {} : { reason }) });
  }
  return understood(rest === '' ? about : { ...about, text: rest });
}

const isOpen = ({ state }: Reflection): boolean => state === 'owed' || state === 'returned';

async function showOwed(context: Context, id: number | undefined): Promise<Reply> {
  const { tx, me, today, policy } = context;
  const owed = (await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] })).filter(isOpen);
  if (id !== undefined) {
    const one = owed.find(({ entryId }) => entryId === id);
    return one === undefined ? text(await whyNot(context, id)) : formFor(context, one);
  }
  const readers = mayUse(desk, me) ? [link(texts.deskTitle, '体会', { verdict: 'list' })] : [];
  if (owed.length === 0) {
    return readers.length === 0
      ? text(texts.nothingOwed)
      : card(texts.title, 'good', texts.nothingOwed, words(texts.nothingOwed), buttons(...readers));
  }
  const { minLength } = policy.reflection;
  return card(
    texts.title,
    owed.some(({ dueOn }) => dueOn < today) ? 'warn' : 'info',
    texts.owedSummary(owed.length),
    {
      type: 'table',
      columns: texts.columns.map((label) => ({ label, align: 'left' })),
      rows: owed.map((one) => [
        String(one.entryId),
        one.title,
        texts.dueBy(one.dueOn, today, one.dueOn < today),
        texts.state(one),
      ]),
    },
    buttons(
      ...owed.slice(0, 4).map((one) => button(texts.handIn(one.entryId), '体会', { entry: one.entryId })),
      ...readers,
    ),
    note(texts.howTo(minLength)),
  );
}

async function formFor(context: Context, owed: Reflection): Promise<Reply> {
  const { minLength } = context.policy.reflection;
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

async function submit(context: Context, asked: number | undefined): Promise<Reply> {
  const { tx, me, now, today, policies, longText } = context;
  const mine = (await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] })).filter(isOpen);
  const id = asked ?? (mine.length === 1 ? mine[0]?.entryId : undefined);
  if (id === undefined) return text(mine.length === 0 ? texts.nothingOwed : `${texts.which}${mine[0]?.entryId ?? ''}`);
  const owed = await tx.get(reflections, id);
  if (owed?.staffNo !== me.staffNo) return text(texts.notYours(id));
  const policy = policies.at(owed.endedOn);
  const handed = { length: countLength(longText?.words ?? ''), blob: longText?.blob ?? '', at: now, today };
  const result = handIn(owed, handed, policy);
  if (!result.ok) {
    switch (result.reason) {
      case 'too-short':
        return text(texts.tooShort(handed.length, policy.reflection.minLength));
      case 'already-accepted':
        return text(texts.alreadyAccepted(id));
      case 'waived':
        return text(texts.waived(id));
    }
  }
  await tx.put(reflections, result.reflection);
  await context.closeQuestion();
  return card(texts.doneTitle, 'good', texts.done(result.reflection), words(texts.done(result.reflection)));
}

type Verdict = 'list' | 'read' | 'accept' | 'return';

async function atTheDesk(context: Context, verdict: Verdict, id: number | undefined, reason?: string): Promise<Reply> {
  if (!mayUse(desk, context.me)) return text(texts.deskOnly);
  if (verdict === 'list' || id === undefined) return showDesk(context);
  const one = await context.tx.get(reflections, id);
  const author = one && (await context.tx.get(cadres, one.staffNo));
  if (one === undefined || author === undefined || one.blob === null) return text(texts.notHandedIn(id));
  if (verdict === 'read') {
    const { name } = author;
    return {
      type: 'file',
      name: texts.fileName(one, name),
      blob: one.blob,
      mime: 'text/plain; charset=utf-8',
      caption: texts.fileCaption(one, name),
    };
  }
  if (one.state !== 'handed-in') return text(texts.notHandedIn(id));
  if (verdict === 'return' && reason === undefined) return reasonForm(one);
  return decide(context, one, author, verdict === 'accept' ? null : (reason ?? ''));
}

async function showDesk({ tx, today }: Context, done?: string): Promise<Reply> {
  const page = await tx.find(reflections, { index: 'byState', equals: ['handed-in'], limit: pageSize });
  const count = await tx.count(reflections, { index: 'byState', equals: ['handed-in'] });
  const summary = count === 0 ? texts.deskEmpty : texts.deskSummary(count);
  const blocks = [];
  for (const one of page.rows) {
    const author: Cadre | undefined = await tx.get(cadres, one.staffNo);
    blocks.push(
      words(texts.deskLine(one, author?.name ?? one.staffNo, author?.unit ?? '', today)),
      buttons(
        link(texts.read, '体会', { entry: one.entryId, verdict: 'read' }),
        button(texts.accept, '体会', { entry: one.entryId, verdict: 'accept' }, 'primary'),
        button(texts.sendBack, '体会', { entry: one.entryId, verdict: 'return' }),
      ),
    );
  }
  return card(
    texts.deskTitle,
    count === 0 ? 'good' : 'info',
    done === undefined ? summary : `${done}${summary}`,
    words(done === undefined ? summary : `${done}${summary}`),
    ...blocks,
  );
}

const reasonForm = (one: Reflection): Reply =>
  card(texts.sendBackTitle, 'info', texts.reasonNeeded(one.entryId), {
    type: 'form',
    name: 'reason',
    fields: [{ type: 'text', name: 'reason', label: texts.reasonLabel, required: true, maxLength: 300 }],
    submit: button(texts.sendBack, '体会', { entry: one.entryId, verdict: 'return' }, 'danger'),
  });

/** Accepts, or sends back with a reason; the author is told at once. */
async function decide(context: Context, one: Reflection, author: Cadre, reason: string | null): Promise<Reply> {
  const { tx, me, now } = context;
  const result = reason === null ? acceptReflection(one, me.staffNo) : returnReflection(one, me.staffNo, reason);
  if (!result.ok) return text(result.reason === 'own-entry' ? texts.own : texts.notHandedIn(one.entryId));
  await tx.put(reflections, result.reflection);
  const said = reason === null ? texts.accepted(result.reflection) : texts.returned(result.reflection);
  await context.tell(
    author.staffNo,
    card(
      texts.title,
      reason === null ? 'good' : 'warn',
      said,
      words(said),
      reason === null ? null : buttons(button(texts.handIn(one.entryId), '体会', { entry: one.entryId }, 'primary')),
    ),
    { key: `reflection:${one.entryId}:${now}`, purpose: 'decision' },
  );
  return showDesk(context, said);
}
