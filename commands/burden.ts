import { z } from 'zod';
import { readBurden, type Undelivered } from '../src/bot/burden.ts';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readPeriod } from '../src/bot/text/periods.ts';
import { readUnreached } from '../src/bot/unreached.ts';
import { unreachedBlocks } from '../src/bot/unreached-blocks.ts';
import { addMonths, lastDayOf, type Month, monthOf } from '../src/domain/day.ts';
import { monthSchema } from '../src/domain/schema.ts';
import {
  type Block,
  button,
  buttons,
  card,
  fields,
  link,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { burdenTexts as texts } from '../src/texts/burden.ts';
import { unreachedTexts } from '../src/texts/unreached.ts';

const mostListed = 20;

/** 自查 (减负): how often the bot has spoken unasked in a month, and the proof that it kept its own rules. */
export const burden = defineCommand({
  name: '自查',
  aliases: ['减负自查', '减负'],
  summary: '减负自查：每人收到几条提醒，是否守规则',
  who: ['clerk', 'department-head'],
  args: z.object({
    month: monthSchema.optional(),
    /** As a workbook. */
    file: z.boolean().default(false),
  }),
  examples: ['自查', '自查 上月', '自查 2026-10', '自查 Excel'],
  read: (whole, { today, policy }) => {
    const file = texts.fileWords.test(whole);
    const said = whole.replace(texts.fileWords, '').trim();
    if (said === '') return understood({ file });
    const period = readPeriod(said, today, policy.cycle);
    const isMonth = period !== null && monthOf(period.from) === monthOf(period.to) && period.rest === '';
    return isMonth ? understood({ month: monthOf(period.from), file }) : misunderstood(text(texts.noSuchMonth(said)));
  },
  run: async (context, { month = monthOf(context.today), file }) => {
    if (month > monthOf(context.today)) return text(texts.future(month));
    if (!file) return show(context, month);
    const asOf = lastDayOf(month) < context.today ? lastDayOf(month) : context.today;
    return {
      type: 'document',
      document: 'burden',
      name: texts.fileName(month),
      caption: texts.fileCaption(month),
      args: { month, asOf },
    };
  },
});

async function show({ tx, today, policies, messenger }: Context, month: Month): Promise<Reply> {
  const { report, failed, unknown, undelivered, named } = await readBurden(tx, month, policies);
  const policy = policies.at(lastDayOf(month) < today ? lastDayOf(month) : today);
  const summary = texts.summary(month, report);
  const unreached = month === monthOf(today) ? await readUnreached(tx, messenger, today) : [];
  const nameOf = ({ staffNo }: Pick<Undelivered, 'staffNo'>): string => named.get(staffNo)?.name ?? staffNo;
  return card(
    texts.title(month),
    report.breaches.length === 0 ? 'good' : 'bad',
    summary,
    words(summary),
    words(texts.rules),
    fields(...texts.rows(report, policy)),
    words(texts.sent),
    fields(...texts.sentRows(report, failed, unknown)),
    report.byCount.length < 2
      ? null
      : {
          type: 'chart',
          kind: 'bar',
          title: texts.chart,
          unit: texts.chartUnit,
          categories: report.byCount.map((_, count) => texts.chartCategory(count)),
          series: [{ name: texts.chartUnit, values: [...report.byCount] }],
        },
    listed(
      texts.breaches,
      report.breaches.map((breach) => texts.breach(nameOf(breach), breach)),
    ),
    listed(
      texts.undelivered,
      undelivered.map((one) => texts.undeliveredLine(nameOf(one), one)),
      [
        ...(undelivered.some(({ state }) => state === 'failed') ? [texts.failedAgain] : []),
        ...(undelivered.some(({ state }) => state === 'unknown') ? [texts.unknownNext] : []),
      ],
    ),
    ...unreachedBlocks(unreached, messenger, today),
    words([texts.never, ...texts.neverList.map(([what, how]) => `· ${what}${texts.check(how)}`)].join('\n')),
    buttons(
      button(texts.buttons.lastMonth, '自查', { month: addMonths(month, -1) }),
      ...(month === monthOf(today) ? [] : [button(texts.buttons.thisMonth, '自查', { month: monthOf(today) })]),
      link(texts.buttons.file, '自查', { month, file: true }),
      ...(unreached.some(({ why }) => why !== 'refused')
        ? [link(unreachedTexts.list, '干部', { list: 'unbound' })]
        : []),
    ),
    note(`${month === monthOf(today) ? texts.running(month) : ''}${texts.answers}`),
  );
}

/** Lines under a title, and what stands below them; nothing where there are none. */
function listed(title: string, lines: readonly string[], below: readonly string[] = []): Block | null {
  const more = lines.length - mostListed;
  const shown = [...lines.slice(0, mostListed), ...(more > 0 ? [texts.moreBreaches(more)] : [])];
  return lines.length === 0 ? null : words([title, ...shown, ...below].join('\n'));
}
