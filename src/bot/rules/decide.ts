import { cadres } from '../../domain/cadre.ts';
import { cancelRuleChange, decideRuleChange, type RuleChange, ruleChanges } from '../../domain/rule-change.ts';
import { button, buttons, type Card, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import { ruleTexts as texts } from '../../texts/rules.ts';
import type { Context } from '../context.ts';
import { peopleWith } from '../people.ts';
import { bookWith, describeWish, sayBeside, type Wish } from './change.ts';
import { foreseeRule } from './effects.ts';
import { effectBlocks, headButtons, mayDecide, mayPropose, verdictButtons } from './show.ts';

/** Writes a change down: decided at once when its author is the head, otherwise laid before the heads. */
export async function propose(context: Context, wish: Wish, reason: string): Promise<Reply> {
  const { tx, me, now } = context;
  const said = describeWish(context.policies, wish);
  const proposal: RuleChange = {
    id: await tx.nextNumber('rule-changes'),
    rule: wish.rule,
    from: wish.from,
    value: wish.value as RuleChange['value'],
    reason,
    state: 'proposed',
    proposedBy: me.staffNo,
    proposedAt: now,
    decidedBy: null,
    decidedAt: null,
  };
  if (mayDecide(context)) return settle(context, proposal, 'accept', said);
  const heads = await peopleWith(tx, 'department-head');
  if (heads.length === 0) return text(texts.noHead);
  const beside = await sayBeside(tx, context.policies, wish, context.today);
  await tx.put(ruleChanges, proposal);
  const result = bookWith(context.policies, wish);
  const effects =
    'fault' in result
      ? []
      : effectBlocks(
          await foreseeRule(tx, {
            rule: wish.rule,
            from: wish.from,
            today: context.today,
            before: context.policies,
            after: result.book,
          }),
        );
  for (const { staffNo } of heads) {
    const ask = texts.ask(said, proposal.id, me.name);
    await context.tell(
      staffNo,
      card(
        texts.askTitle,
        'info',
        ask,
        words([ask, texts.reason(reason), ...beside].join('\n')),
        ...effects,
        buttons(...headButtons(proposal.id)),
      ),
      { key: `rule-change:${proposal.id}:${staffNo}`, purpose: 'notice' },
    );
  }
  const done = texts.proposed(
    said,
    proposal.id,
    heads.map(({ name }) => name),
  );
  return card(texts.proposedTitle, 'good', done, words(done));
}

/** What becomes of a proposal, or of a decision that has not come into force. */
export async function decide(
  context: Context,
  id: number,
  verdict: 'accept' | 'refuse' | 'withdraw' | 'look',
): Promise<Reply> {
  const { tx, policies } = context;
  const change = await tx.get(ruleChanges, id);
  if (change === undefined) return text(texts.noSuchChange(id));
  if (verdict === 'look') return look(context, change);
  if (!mayDecide(context)) return text(mayPropose(context) ? texts.headOnly : texts.deskOnly);
  if (verdict === 'accept' && change.state === 'proposed') {
    const result = bookWith(policies, change);
    if ('fault' in result) return text(result.fault);
  }
  return settle(context, change, verdict, describeWish(policies, change));
}

async function look(context: Context, change: RuleChange): Promise<Reply> {
  const { tx, policies, today } = context;
  const summary = describeWish(policies, change);
  if (change.state !== 'proposed') return text(texts.notOpen(change.id, change.state));
  const result = bookWith(policies, change);
  if ('fault' in result) return text(result.fault);
  const { rule, from, reason, id } = change;
  const effects = await foreseeRule(tx, { rule, from, today, before: policies, after: result.book });
  return card(
    texts.askTitle,
    'info',
    summary,
    words(`${summary}\n${texts.reason(reason)}`),
    ...effectBlocks(effects),
    buttons(...verdictButtons(context, id).filter(({ label }) => label !== texts.buttons.look), backButton),
  );
}

const backButton = button(texts.proposalsTitle, '参数', { view: 'proposals' });

async function settle(
  context: Context,
  change: RuleChange,
  verdict: 'accept' | 'refuse' | 'withdraw',
  said: string,
): Promise<Reply> {
  const { tx, me, now, today } = context;
  const result =
    verdict === 'withdraw'
      ? cancelRuleChange(change, me.staffNo, now, today)
      : decideRuleChange(change, verdict === 'accept' ? 'decided' : 'refused', me.staffNo, now, today);
  if (!result.ok) {
    switch (result.reason) {
      case 'backdated':
        return text(texts.tooLate(change.id, change.from));
      case 'in-force':
        return text(texts.inForce(change.id));
      case 'not-open':
        return text(texts.notOpen(change.id, change.state));
    }
  }
  await tx.put(ruleChanges, result.change);
  const { id } = change;
  const isAnothers = verdict === 'accept' && change.proposedBy !== me.staffNo;
  const outcome = outcomes[isAnothers ? 'agree' : verdict];
  const done = outcome.say(said, id);
  await tellDesk(context, change, outcome.title, done);
  return card(outcome.title, outcome.tone, done, words(done), note(texts.reason(change.reason)));
}

const outcomes: Record<
  'accept' | 'agree' | 'refuse' | 'withdraw',
  { title: string; tone: Card['tone']; say: (said: string, id: number) => string }
> = {
  accept: { title: texts.decidedTitle, tone: 'good', say: texts.decided },
  agree: { title: texts.agreedTitle, tone: 'good', say: texts.agreed },
  refuse: { title: texts.refusedTitle, tone: 'warn', say: texts.refused },
  withdraw: { title: texts.cancelledTitle, tone: 'warn', say: texts.cancelled },
};

/** Everybody at the desk works by the new number: the proposer and the other clerks hear of it. */
async function tellDesk(context: Context, change: RuleChange, title: string, done: string): Promise<void> {
  const { tx, me, now } = context;
  const desk = await peopleWith(tx, 'clerk', 'department-head');
  const proposer = await tx.get(cadres, change.proposedBy);
  const hearers = new Set([...desk, ...(proposer === undefined ? [] : [proposer])].map(({ staffNo }) => staffNo));
  hearers.delete(me.staffNo);
  const said = texts.told(me.name, done);
  for (const staffNo of hearers) {
    await context.tell(staffNo, card(title, 'info', said, words(said)), {
      key: `rule-change:${change.id}:${now}:${staffNo}`,
      purpose: 'decision',
    });
  }
}
