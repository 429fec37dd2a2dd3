import { z } from 'zod';
import { auditFilterSchema } from '../src/bot/audit/filter.ts';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readDays } from '../src/bot/text/days.ts';
import { strikeOut, struck } from '../src/bot/text/mask.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import { addMonths, type Day, firstDayOf, lastDayOf, monthOf } from '../src/domain/day.ts';
import { button, buttons, card, type Invocation, type Reply, words as say, text } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { auditTexts as texts } from '../src/texts/audit.ts';

/** Names under which jobs and the command line act. */
const machineWords = /^[a-z][a-z -]{2,39}$/;

/** 审计: who did what when, newest first, and whether the chain of records holds. Read outside any transaction, when it is sent. */
export const audit = defineCommand({
  name: '审计',
  aliases: ['审计记录', '操作记录', '操作日志'],
  summary: '查看何人何时做了什么，核对审计链',
  who: ['clerk', 'department-head', 'archivist'],
  args: auditFilterSchema.extend({
    /** Words that are looked up: 登记号, names, commands. */
    words: z.array(z.string().max(40)).max(10).default([]),
    before: z.number().int().positive().optional(),
    check: z.boolean().default(false),
  }),
  examples: ['审计', '审计 1001', '审计 王芳', '审计 审核 昨天', '审计 核对'],
  read: (said, { today }) => {
    const [left, span] = readSpan(said, today);
    const found = left
      .split(/[\s，,、]+/)
      .map((word) => word.replace(/^登记号|的$/g, ''))
      .filter((word) => word !== '');
    const check = found.some((word) => /^(?:核对|校验|审计链|链)$/.test(word));
    if (check) return understood({ check });
    const all = found.some((word) => word === '全部');
    const words = found.filter((word) => word !== '全部').map((word) => word.slice(0, 40));
    return understood({ ...span, words, ...(all ? { all } : {}) });
  },
  run: async (context, { words, before, check, ...filter }) => {
    if (check) return made({ check: true });
    const given = Object.entries(filter).filter(
      (pair): pair is [string, string | number | boolean] => pair[1] !== undefined,
    );
    const wanted: Record<string, string | number | boolean> = Object.fromEntries(given);
    for (const word of words) {
      const meant = await meaningOf(context, word);
      if (typeof meant === 'string') return text(meant);
      if (Array.isArray(meant)) return showChoice(word, meant, wanted);
      Object.assign(wanted, meant);
    }
    return made({ ...wanted, ...(before === undefined ? {} : { before }) });
  },
});

const made = (args: Invocation['args']): Reply => ({
  type: 'document',
  document: 'audit',
  name: texts.title,
  caption: texts.title,
  args,
});

/** Several people of one name, each by 工号 and unit. */
function showChoice(word: string, people: readonly Cadre[], wanted: Invocation['args']): Reply {
  const summary = texts.several(
    word,
    people.map(({ staffNo, unit }) => `${staffNo}（${unit}）`),
  );
  const choices = people
    .slice(0, 8)
    .map(({ staffNo, unit }) => ({ staffNo, label: `${staffNo} ${unit}`.slice(0, 20) }));
  return card(
    texts.title,
    'info',
    summary,
    say(summary),
    buttons(...choices.map(({ staffNo, label }) => button(label, '审计', { ...wanted, person: staffNo }))),
  );
}

/** The days, or the month, that the words name, and the other words. */
function readSpan(said: string, today: Day): [left: string, span: { from?: Day; to?: Day }] {
  const month = /(?:(20\d\d)\s*[-年.]\s*)(\d{1,2})(?!\d|[-.月]\d)\s*月?|([上本])个?月/.exec(said);
  if (month !== null) {
    const named =
      month[3] === undefined
        ? `${month[1]}-${(month[2] ?? '').padStart(2, '0')}`
        : addMonths(monthOf(today), month[3] === '上' ? -1 : 0);
    return [said.replace(month[0], ' '), { from: firstDayOf(named), to: lastDayOf(named) }];
  }
  const days = readDays(said, today);
  if (!days.ok) return [said, {}];
  return [strikeOut(said, days.parts).replaceAll(struck, ' '), { from: days.from, to: days.to }];
}

/** What a word narrows the records to; the people whom it may name, or why it says nothing. */
async function meaningOf(
  { tx, commands }: Context,
  word: string,
): Promise<{ entry: number } | { what: string } | { person: string } | Cadre[] | string> {
  if (/^\d{1,9}$/.test(word)) return { entry: Number(word) };
  const command = commands.find(({ names }) => names.includes(word));
  if (command !== undefined) return { what: command.name };
  const found = findPerson(word, await listAll(tx, cadres));
  if (found.ok) return { person: found.person.staffNo };
  if (found.reason === 'several') return [...found.matches];
  return machineWords.test(word) ? { what: word } : texts.unknown(word);
}
