import { cadres, type Role } from '../../domain/cadre.ts';
import { dayOf } from '../../domain/day.ts';
import { forms } from '../../domain/hours.ts';
import type { RuleInfo } from '../../domain/policy.ts';
import type { RuleChange } from '../../domain/rule-change.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  type Faults,
  type FormField,
  fields,
  type Invocation,
  isFaulty,
  link,
  note,
  type Reply,
  table,
  text,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { formTexts } from '../../texts/form.ts';
import { formNames } from '../../texts/glossary.ts';
import { ruleTexts as texts } from '../../texts/rules.ts';
import { mayUse } from '../command.ts';
import type { Context } from '../context.ts';
import { describeWish, listProposals, nextAfter, shownOn, versionOn } from './change.ts';
import type { Effects } from './effects.ts';
import { type RuleGroup, ruleGroups, rulesOf } from './words.ts';

/** Who may propose a change; only the head decides. */
export const proposers: readonly Role[] = ['clerk', 'department-head'];
export const mayPropose = ({ me }: Context): boolean => mayUse(proposers, me);
export const mayDecide = ({ me }: Context): boolean => me.roles.includes('department-head');

const mostPeople = 20;

const currentOf = (rule: RuleInfo, today: string): string => {
  const next = nextAfter(rule, today);
  return texts.current(
    shownOn(rule, today),
    next === undefined ? null : { from: next.from, shown: shownOn(rule, next.from) },
  );
};

/** The rules in force, all or those of a group. */
export async function showRules(context: Context, group?: RuleGroup): Promise<Reply> {
  const { policies, today, tx } = context;
  const shown = group === undefined ? policies.rules : rulesOf(group, policies.rules);
  const summary = texts.summary(shown.length, today);
  const open = (await listProposals(tx)).length;
  const names = (Object.keys(ruleGroups) as RuleGroup[]).filter((one) => one !== group);
  return card(
    group === undefined ? texts.title : `${texts.title}：${texts.groups[group]}`,
    'plain',
    summary,
    table(
      texts.columns,
      shown.map((rule) => [rule.title, currentOf(rule, today), rule.clause]),
    ),
    buttons(
      ...names.map((one) => button(texts.groups[one], '参数', { group: one })),
      ...(group === undefined ? [] : [button(texts.all, '参数')]),
      ...(open === 0 ? [] : [button(texts.proposals(open), '参数', { view: 'proposals' }, 'primary')]),
    ),
    note(`${texts.plan}${texts.hint}`),
  );
}

/** Several rules that the words may mean; a change that was asked for goes on with the one that is chosen. */
export function showChoice(said: string, rules: readonly RuleInfo[], today: string, asked: Invocation['args']): Reply {
  const summary = texts.several(said, rules.length);
  return card(
    texts.title,
    'info',
    summary,
    words(summary),
    ...rules
      .slice(0, 8)
      .flatMap((rule): Block[] => [
        words(`${rule.title}：${shownOn(rule, today)}`),
        buttons(link(texts.open, '参数', { ...asked, rule: rule.name })),
      ]),
  );
}

/** One rule with every value it has had, and will have. */
export async function showRule(context: Context, rule: RuleInfo): Promise<Reply> {
  const { today, tx } = context;
  const now = versionOn(rule, today);
  const noteOf = ({ from, note: said }: RuleInfo['versions'][number]) =>
    said === shownOn(rule, from) ? undefined : said;
  const said = now === undefined ? undefined : noteOf(now);
  const summary = texts.oneSummary(rule, currentOf(rule, today));
  const proposals = (await listProposals(tx)).filter((change) => change.rule === rule.name);
  const upcoming = rule.versions.filter(({ from, decision }) => from > today && decision !== undefined);
  return card(
    texts.title,
    'plain',
    summary,
    words(`**${rule.title}**`),
    fields(
      [texts.labels.value, shownOn(rule, today)],
      [texts.labels.since, now === undefined ? '' : texts.since(now.from)],
      [texts.labels.clause, texts.clause(rule.clause)],
      ...(said === undefined ? [] : [[texts.labels.note, said] as const]),
    ),
    words(
      [
        texts.history,
        ...rule.versions.map((one) => texts.version(one.from, shownOn(rule, one.from), noteOf(one), one.decision)),
      ].join('\n'),
    ),
    ...(await proposalBlocks(context, proposals)),
    mayPropose(context) || upcoming.length > 0
      ? buttons(
          ...(mayPropose(context) ? [button(texts.edit, '参数', { rule: rule.name, view: 'edit' }, 'primary')] : []),
          ...(mayDecide(context) ? upcoming.map(({ decision = 0 }) => withdrawButton(decision)) : []),
          button(texts.all, '参数'),
        )
      : buttons(button(texts.all, '参数')),
  );
}

const withdrawButton = (change: number): Button => ({
  ...button(texts.buttons.withdraw, '参数', { change, verdict: 'withdraw' }, 'danger'),
  confirm: `${texts.buttons.withdraw} ${change}？`,
});

/** What waits for the head. */
export async function showProposals(context: Context): Promise<Reply> {
  const open = await listProposals(context.tx);
  if (open.length === 0) return text(texts.noProposals);
  const summary = texts.proposalsSummary(open.length);
  return card(texts.proposalsTitle, 'info', summary, words(summary), ...(await proposalBlocks(context, open)));
}

async function proposalBlocks(context: Context, open: readonly RuleChange[]): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const change of open.slice(0, 10)) {
    const by = (await context.tx.get(cadres, change.proposedBy))?.name ?? change.proposedBy;
    const said = texts.changeLine(change.id, describeWish(context.policies, change), by, dayOf(change.proposedAt));
    blocks.push(words(`${said}\n${texts.reason(change.reason)}`), buttons(...verdictButtons(context, change.id)));
  }
  return blocks;
}

/** 同意 and 不同意 for the head; everybody else may look at the effects. */
export const verdictButtons = (context: Context, change: number): Button[] => [
  ...(mayDecide(context) ? headButtons(change) : []),
  link(texts.buttons.look, '参数', { change, verdict: 'look' }),
];

export const headButtons = (change: number): Button[] => [
  { ...button(texts.buttons.accept, '参数', { change, verdict: 'accept' }, 'primary'), confirm: texts.confirmAccept },
  button(texts.buttons.refuse, '参数', { change, verdict: 'refuse' }),
];

/** The form in which a change is written, filled with what is known; `faults` say at their fields what was not taken. */
export function showForm(
  context: Context,
  rule: RuleInfo,
  known: { value?: string; from?: string; reason?: string },
  faults: Faults = {},
): Reply {
  const summary = isFaulty(faults) ? formTexts.faulty('保存') : texts.editSummary(rule, shownOn(rule, context.today));
  const day: FormField = {
    type: 'day',
    name: 'from',
    label: texts.form.from,
    required: true,
    ...(known.from === undefined ? {} : { value: known.from }),
  };
  const reason: FormField = {
    type: 'text',
    name: 'reason',
    label: texts.form.reason,
    required: true,
    maxLength: 200,
    value: known.reason ?? '',
  };
  return card(
    texts.editTitle(rule.title),
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'rule',
      fields: withFaults([valueField(rule, known.value ?? ''), day, reason], faults),
      submit: button(texts.form.submit, '参数', { rule: rule.name, filled: true }, 'primary'),
    },
    buttons(button(texts.back, '参数', { rule: rule.name })),
  );
}

function valueField({ unit }: RuleInfo, value: string): FormField {
  const label = texts.form.value(unit);
  if (unit === '是否') {
    const options = [texts.yes, texts.no].map((word) => ({ value: word, label: word }));
    return { type: 'choice', name: 'value', label, required: true, options, ...(value === '' ? {} : { value }) };
  }
  if (unit === '方式') {
    const options = forms.map((form) => ({ value: form, label: formNames[form] }));
    return { type: 'choice', name: 'value', label, required: false, many: true, options, value };
  }
  return { type: 'text', name: 'value', label, required: true, maxLength: 60, value };
}

/** What a change would do, as blocks of a card. */
export function effectBlocks({ on, lines, people }: Effects): Block[] {
  const said = lines.length === 0 ? [texts.noEffects] : lines;
  return [
    words([texts.effectsTitle(on), ...said.map((line) => `· ${line}`)].join('\n')),
    ...(people.length === 0
      ? []
      : [
          words(texts.affectedTitle(people.length)),
          {
            type: 'table' as const,
            columns: texts.affectedColumns.map((label) => ({ label, align: 'left' as const })),
            rows: people.slice(0, mostPeople).map(({ cadre, what }) => [cadre.staffNo, cadre.name, cadre.unit, what]),
          },
          ...(people.length > mostPeople ? [note(texts.affectedMore(people.length - mostPeople))] : []),
        ]),
  ];
}
