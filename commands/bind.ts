import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context, StrangerContext } from '../src/bot/context.ts';
import { accounts, addressOf, bindings, bindingTries, peopleWith } from '../src/bot/people.ts';
import { bindAccount } from '../src/bot/recognise.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import { dayOf } from '../src/domain/day.ts';
import { staffNoSchema } from '../src/domain/schema.ts';
import { enqueue } from '../src/messenger/outbox.ts';
import { type Block, button, buttons, card, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { bindTexts as texts } from '../src/texts/bind.ts';
import { botTexts } from '../src/texts/bot.ts';

const argsSchema = z.object({
  staffNo: staffNoSchema.optional(),
  name: z.string().max(40).optional(),
  /** Key of the account that an archivist decides on; `staffNo` then says whom the archivist saw. */
  account: z.string().max(200).optional(),
  verdict: z.enum(['accept', 'refuse']).optional(),
});
type Args = z.output<typeof argsSchema>;
type Binding = z.output<typeof bindings.schema>;

/** How often an account may say on one day who it is. */
const triesPerDay = 5;

const keyOf = ({ messenger, id }: Pick<Binding, 'messenger' | 'id'>): string => `${messenger}:${id}`;

/** 绑定: somebody says who they are; the account is theirs once an archivist has consented. */
export const bind = defineCommand({
  name: '绑定',
  aliases: ['绑定账号'],
  summary: '把当前账号与名册中的本人对应起来',
  who: 'everyone',
  args: argsSchema,
  examples: ['绑定 E0999 张三'],
  read: (said) => {
    const found = /^(?<staffNo>[A-Za-z0-9_-]{1,32})[\s,，、]*(?<name>\p{L}[\p{L}\p{M}·• ]{0,38})$/u.exec(said)?.groups;
    if (found !== undefined) return understood({ staffNo: found['staffNo'], name: found['name'] });
    return said === '' ? understood({}) : misunderstood(text(texts.usage));
  },
  run: (context, args) => (args.verdict === undefined ? showOwn(context) : decide(context, args)),
  runForStranger: async (context, { staffNo, name, verdict }) => {
    if (staffNo === undefined || name === undefined || verdict !== undefined) return text(botTexts.stranger);
    return ask(context, staffNo, name);
  },
});

async function ask(context: StrangerContext, staffNo: string, name: string): Promise<Reply> {
  const { tx, messenger, sender, now, today } = context;
  if (!(await countTry(context))) return text(texts.tooManyTries);
  const cadre = (await tx.get(cadres, staffNo)) ?? (await tx.get(cadres, staffNo.toUpperCase()));
  if (cadre?.state !== 'active' || !sameName(cadre.name, name)) return text(texts.mismatch);
  const binding = {
    messenger,
    id: sender.id,
    staffNo: cadre.staffNo,
    name: cadre.name,
    ...(sender.userId === null ? {} : { userId: sender.userId }),
    askedAt: now,
  };
  // The answer is the same whether or not it was asked before and the person has an account: it tells strangers nothing.
  const answer = text(texts.asked(cadre));
  if ((await tx.get(bindings, keyOf(binding)))?.staffNo === cadre.staffNo) return answer;
  await tx.put(bindings, binding);
  const blocks = await requestBlocks(context, binding, cadre);
  for (const archivist of await peopleWith(tx, 'archivist')) {
    await context.tell(archivist.staffNo, card(texts.title, 'info', texts.open(1), ...blocks, note(texts.hint)), {
      key: `binding:${keyOf(binding)}:${cadre.staffNo}:${today}:${archivist.staffNo}`,
      purpose: 'notice',
    });
  }
  return answer;
}

/** Counts a try of today; false when there have been too many. */
async function countTry({ tx, messenger, sender: { id }, today }: StrangerContext): Promise<boolean> {
  const last = await tx.get(bindingTries, keyOf({ messenger, id }));
  const count = last?.day === today ? last.count : 0;
  if (count >= triesPerDay) return false;
  await tx.put(bindingTries, { messenger, id, day: today, count: count + 1 });
  return true;
}

const sameName = (a: string, b: string): boolean => bare(a) === bare(b);
const bare = (name: string): string => name.normalize('NFKC').replace(/[\s·•]/g, '');

const hasAccount = async ({ tx, messenger }: StrangerContext, staffNo: string): Promise<boolean> =>
  (await tx.count(accounts, { index: 'byStaffNo', equals: [messenger, staffNo] })) > 0;

/** What consent would do to the account that the person is reached by now, if there is one. */
async function warn(context: StrangerContext, { messenger }: Binding, { staffNo }: Cadre): Promise<Block[]> {
  if (await hasAccount(context, staffNo)) return [words(texts.replaces)];
  return (await addressOf(context.tx, messenger, staffNo)) === null ? [] : [words(texts.besides)];
}

async function requestBlocks(context: StrangerContext, binding: Binding, cadre: Cadre): Promise<Block[]> {
  const press = { account: keyOf(binding), staffNo: binding.staffNo };
  return [
    words(texts.request(cadre, binding.messenger, dayOf(binding.askedAt), context.today)),
    ...(await warn(context, binding, cadre)),
    buttons(
      button(texts.accept, '绑定', { ...press, verdict: 'accept' }, 'primary'),
      button(texts.refuse, '绑定', { ...press, verdict: 'refuse' }, 'danger'),
    ),
  ];
}

/** Who one is; an archivist sees the open requests as well. `done` says what was just decided. */
async function showOwn(context: Context, done?: string): Promise<Reply> {
  const { tx, me } = context;
  if (!me.roles.includes('archivist')) return text(texts.whoYouAre(me));
  const open = await listAll(tx, bindings);
  const summary = `${done ?? texts.whoYouAre(me)}${texts.open(open.length)}`;
  const blocks: Block[] = [];
  for (const binding of open.slice(0, 5)) {
    const cadre = await tx.get(cadres, binding.staffNo);
    if (cadre !== undefined) blocks.push(...(await requestBlocks(context, binding, cadre)));
  }
  if (blocks.length > 0) blocks.push(note(texts.hint));
  return card(texts.title, open.length === 0 ? 'good' : 'info', summary, words(summary), ...blocks);
}

async function decide(context: Context, { account = '', staffNo, verdict }: Args): Promise<Reply> {
  const { tx, me, now } = context;
  if (!me.roles.includes('archivist')) return text(texts.archivistOnly);
  const binding = await tx.get(bindings, account);
  if (binding === undefined || binding.staffNo !== staffNo) return text(texts.gone);
  const { messenger, id } = binding;
  await tx.remove(bindings, account);
  const cadre = await tx.get(cadres, binding.staffNo);
  const answer = (reply: Reply) =>
    enqueue(tx, {
      key: `binding:${account}:${now}:answer`,
      messenger,
      to: { type: 'person', id },
      purpose: 'decision',
      reply,
    });
  if (verdict === 'refuse' || cadre?.state !== 'active') {
    await answer(text(texts.sorry));
    return showOwn(context, verdict === 'refuse' ? texts.refused(binding) : texts.notOnRoster(binding));
  }
  for (const old of await listAll(tx, accounts, { index: 'byStaffNo', equals: [messenger, cadre.staffNo] })) {
    await tx.remove(accounts, keyOf(old));
  }
  await tx.remove(bindingTries, account);
  const { userId = null } = binding;
  await bindAccount(tx, { messenger, id, staffNo: cadre.staffNo, userId, boundBy: me.staffNo });
  await answer(text(texts.welcome(cadre)));
  return showOwn(context, texts.accepted(cadre));
}
