import { z } from 'zod';
import {
  defineCommand,
  misunderstood,
  type Reading,
  type ReadingContext,
  understood,
  wordsOf,
} from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { bookWith, describeWish, sayBeside, versionOn } from '../src/bot/rules/change.ts';
import { decide, propose } from '../src/bot/rules/decide.ts';
import { foreseeRule } from '../src/bot/rules/effects.ts';
import {
  effectBlocks,
  mayDecide,
  mayPropose,
  proposers,
  showChoice,
  showForm,
  showProposals,
  showRule,
  showRules,
} from '../src/bot/rules/show.ts';
import { findRules, type RuleGroup, readRuleValue, ruleGroups, writeRuleValue } from '../src/bot/rules/words.ts';
import { readDays } from '../src/bot/text/days.ts';
import { type Day, isDay } from '../src/domain/day.ts';
import type { RuleInfo } from '../src/domain/policy.ts';
import { button, buttons, card, type Faults, type Reply, text, words } from '../src/messenger/reply.ts';
import { formTexts } from '../src/texts/form.ts';
import { showRuleValue, ruleTexts as texts } from '../src/texts/rules.ts';

const groups = Object.keys(ruleGroups) as [RuleGroup, ...RuleGroup[]];

const argsSchema = z.object({
  /** Words for a rule, or its name. */
  rule: z.string().trim().max(60).optional(),
  group: z.enum(groups).optional(),
  view: z.enum(['edit', 'proposals']).optional(),
  /** As it was said, or as a form has it. */
  value: z.union([z.string().trim().max(80), z.array(z.string().max(40)).max(20)]).optional(),
  from: z.string().max(20).optional(),
  reason: z.string().trim().max(200).optional(),
  /** 变更号, and what becomes of it. */
  change: z.number().int().positive().optional(),
  verdict: z.enum(['accept', 'refuse', 'withdraw', 'look']).optional(),
  confirmed: z.boolean().default(false),
  /** The form brought it. */
  filled: z.boolean().default(false),
});
type Args = z.output<typeof argsSchema>;
/** What a change is written with, whatever of it is there. */
type Written = { readonly [Name in 'value' | 'from' | 'reason']?: Args[Name] | undefined };

/** 参数: the rules in force with clause and date. A change is dated, shows whom it touches, and is the head's to decide. */
export const rules = defineCommand({
  name: '参数',
  aliases: ['制度参数', '规则参数'],
  summary: '查看制度参数，提出和决定变更',
  roleSummaries: [
    { who: ['department-head'], summary: '查看制度参数，决定变更' },
    { who: ['clerk'], summary: '查看制度参数，提出变更' },
    { who: ['archivist'], summary: '查看制度参数' },
  ],
  who: ['clerk', 'department-head', 'archivist'],
  args: argsSchema,
  examples: ['参数', '参数 体会字数', '参数 变更'],
  roleExamples: { who: proposers, lines: ['参数 体会字数 改 1500 自 2027-01-01 理由 提高质量'] },
  read,
  refill: async (context, filled, faulty) => {
    const [rule] = findRules(String(filled['rule']), context.policies.rules);
    if (rule === undefined || !mayPropose(context)) return null;
    const known = knownIn(rule, argsSchema.partial().catch({}).parse(wordsOf(filled)));
    const misfits = faulty.map((name) => [name, name === 'from' ? formTexts.badDay : formTexts.badValue]);
    return showForm(context, rule, known, Object.fromEntries(misfits));
  },
  run: async (context, args) => {
    if (args.change !== undefined) return decide(context, args.change, args.verdict ?? 'look');
    if (args.view === 'proposals') return showProposals(context);
    if (args.rule === undefined || args.rule === '') return showRules(context, args.group);
    const [rule, ...others] = findRules(args.rule, context.policies.rules);
    if (rule === undefined) return text(texts.unknown(args.rule));
    if (others.length > 0) return showChoice(args.rule, [rule, ...others], context.today, whatIsAsked(args));
    const asked = args.value !== undefined || args.from !== undefined || args.reason !== undefined;
    if (!asked && args.view === undefined) return showRule(context, rule);
    if (!mayPropose(context)) return text(texts.deskOnly);
    return asked
      ? change(context, rule, args)
      : showForm(context, rule, knownIn(rule, { value: writeRuleValue(versionOn(rule, context.today)?.value) }));
  },
});

const verbs = '(?:改成|改为|改到|调整为|调整到|调为|设为|定为|改)';
const changing = new RegExp(`^(?<rule>\\S[\\s\\S]*?)[\\s，,]*${verbs}\\s*(?<value>[\\s\\S]*)$`);

/** `体会字数 改 1500 自 2027-01-01 理由 …`, `变更`, `变更 1001 同意`, `提醒`, `体会字数`. */
function read(said: string, { today }: ReadingContext): Reading {
  if (said === '') return understood({});
  const [isChange, id, word] = /^变更\s*(\d{1,9})?\s*(\S*)$/.exec(said) ?? [];
  if (isChange !== undefined) {
    if (id === undefined) return word === '' ? understood({ view: 'proposals' }) : notUnderstood(said);
    const verdict = verdictOf(word ?? '');
    return verdict === null ? notUnderstood(said) : understood({ change: Number(id), verdict });
  }
  const group = groups.find((one) => texts.groups[one] === said);
  if (group !== undefined) return understood({ group });
  const found = changing.exec(said)?.groups;
  if (found === undefined) return understood({ rule: said.slice(0, 60) });
  const [body = '', reason] = (found['value'] ?? '').split(/[\s，,；;]*(?:理由|原因)(?:是|为)?[\s:：]*/);
  const [, value = body, day] =
    /^([\s\S]*?)[\s，,]*(?:自|从|于)\s*([\s\S]+?)(?:起|开始)?(?:生效|执行|实行)?[\s，,。]*$/.exec(body) ?? [];
  const from = day === undefined ? undefined : dayIn(day, today);
  if (from === null) return misunderstood(text(texts.badDay(day ?? '')));
  return understood({
    rule: found['rule']?.slice(0, 60),
    value: value.trim(),
    ...(from === undefined ? {} : { from }),
    ...(reason === undefined ? {} : { reason: reason.trim().slice(0, 200) }),
  });
}

const notUnderstood = (said: string): Reading => misunderstood(text(texts.notUnderstood(said)));

function verdictOf(word: string): Args['verdict'] | null {
  if (word === '' || word === '影响') return 'look';
  if (/^(?:同意|批准|通过)$/.test(word)) return 'accept';
  if (/^(?:不同意|退回|驳回|否决)$/.test(word)) return 'refuse';
  return /^(?:取消|撤销)(?:变更)?$/.test(word) ? 'withdraw' : null;
}

/** A whole date, or a named day such as 明天; null when it is neither. */
function dayIn(said: string, today: Day): Day | null {
  const days = readDays(said.replace(/^明年(\d)/, `${Number(today.slice(0, 4)) + 1}年$1`), today);
  return days.ok && days.from === days.to ? days.from : null;
}

async function change(context: Context, rule: RuleInfo, args: Args): Promise<Reply> {
  const { today, policies, tx } = context;
  const said = Array.isArray(args.value) ? args.value.join('、') : (args.value ?? '');
  const known = knownIn(rule, args);
  const again = (faults: Faults): Reply => showForm(context, rule, known, faults);
  const value = Array.isArray(args.value) && args.value.length === 0 ? [] : readRuleValue(rule.unit, said);
  if (value === undefined) return again({ value: texts.badValue(rule.title, said, rule.unit) });
  const { from, reason = '' } = args;
  // What is still missing is asked for in the form, with the rest in it.
  if (from === undefined || !isDay(from) || reason === '') return again(args.filled ? gapsIn(args) : {});
  if (from < today) return again({ from: texts.backdated(from) });
  const wish = { rule: rule.name, value, from };
  const result = bookWith(policies, wish);
  if ('fault' in result) return again({ value: result.fault });
  const sameAsBefore = JSON.stringify(result.book.at(from)) === JSON.stringify(policies.at(from));
  if (sameAsBefore) return text(texts.noChange(rule.title, showRuleValue(rule.unit, value)));
  if (args.confirmed) return propose(context, wish, reason);
  const draft = await context.ask({
    command: '参数',
    args: { rule: rule.name, value: args.value ?? '', from, reason },
    asking: 'confirm',
  });
  const summary = describeWish(policies, wish);
  const effects = await foreseeRule(tx, { rule: rule.name, from, today, before: policies, after: result.book });
  return card(
    texts.previewTitle,
    'info',
    summary,
    words(
      [
        summary,
        texts.reason(reason),
        ...(await sayBeside(tx, policies, wish, today)),
        texts.notSaved[mayDecide(context) ? 'decide' : 'propose'],
      ].join('\n'),
    ),
    ...effectBlocks(effects),
    buttons(
      button(texts.buttons.confirm, '确认', { draft }, 'primary'),
      button(texts.buttons.cancel, '取消', { draft }),
    ),
  );
}

/** What a form shows as its value: 方式 by identifier, the rest as it was said. */
function formValue({ unit }: RuleInfo, value: Args['value']): string {
  if (unit !== '方式') return Array.isArray(value) ? value.join('、') : (value ?? '');
  const read = Array.isArray(value) ? value : readRuleValue(unit, value ?? '');
  return Array.isArray(read) ? read.join(',') : '';
}

const knownIn = (rule: RuleInfo, args: Written) => ({ value: formValue(rule, args.value), ...pick(args) });

const gapsIn = ({ from, reason }: Args): Faults => ({
  ...(from === undefined || !isDay(from) ? { from: formTexts.badDay } : {}),
  ...(reason === undefined || reason === '' ? { reason: formTexts.gap } : {}),
});

const whatIsAsked = ({ value, from, reason }: Args) =>
  Object.fromEntries(
    Object.entries({ value, from, reason }).flatMap(([name, said]) => (said === undefined ? [] : [[name, said]])),
  );

const pick = ({ from, reason }: Written) => ({
  ...(from === undefined ? {} : { from }),
  ...(reason === undefined ? {} : { reason }),
});
