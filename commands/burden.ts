import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readPeriod } from '../src/bot/text/periods.ts';
import { burdenReport, type SentMessage } from '../src/domain/burden.ts';
import { cadres } from '../src/domain/cadre.ts';
import { addMonths, firstDayOf, instantAt, lastDayOf, type Month, monthOf } from '../src/domain/day.ts';
import { monthSchema } from '../src/domain/schema.ts';
import { outbox } from '../src/messenger/outbox.ts';
import { button, buttons, card, fields, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { burdenTexts as texts } from '../src/texts/burden.ts';

const mostBreaches = 20;
const purposes = ['decision', 'chase', 'bulletin', 'notice'] as const;

/** 自查 (减负): how often the bot has spoken unasked in a month, and the proof that it kept its own rules. */
export const burden = defineCommand({
  name: '自查',
  aliases: ['减负自查', '减负'],
  summary: '减负自查：每人收到几条提醒，是否守规则',
  who: ['clerk', 'department-head'],
  args: z.object({ month: monthSchema.optional() }),
  examples: ['自查', '自查 上月', '自查 2026-10'],
  read: (said, { today, policy }) => {
    if (said === '') return understood({});
    const period = readPeriod(said, today, policy.cycle);
    const isMonth = period !== null && monthOf(period.from) === monthOf(period.to) && period.rest === '';
    return isMonth
      ? understood({ month: monthOf(period.from) })
      : misunderstood(text(texts.noSuchMonth(said.slice(0, 40))));
  },
  run: async (context, { month = monthOf(context.today) }) =>
    month > monthOf(context.today) ? text(texts.future(month)) : show(context, month),
});

async function show({ tx, today, policies }: Context, month: Month): Promise<Reply> {
  const span = { from: instantAt(firstDayOf(month)), to: instantAt(lastDayOf(month), '23:59') };
  const sent: SentMessage[] = [];
  let [failed, unknown] = [0, 0];
  for (const purpose of purposes) {
    for (const row of await listAll(tx, outbox, { index: 'byPurpose', equals: [purpose, 'sent'], ...span })) {
      sent.push({ target: row.target, purpose, sentAt: row.sentAt ?? row.createdAt });
    }
    failed += await tx.count(outbox, { index: 'byPurpose', equals: [purpose, 'failed'], ...span });
    unknown += await tx.count(outbox, { index: 'byPurpose', equals: [purpose, 'unknown'], ...span });
  }
  sent.sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
  const end = lastDayOf(month) < today ? lastDayOf(month) : today;
  const policy = policies.at(end);
  const active = await listAll(tx, cadres, { index: 'byState', equals: ['active'] });
  const report = burdenReport(sent, active, policy, policies.calendar);
  const names = new Map(active.map(({ staffNo, name }) => [staffNo, name]));
  const summary = texts.summary(month, report);
  const more = report.breaches.length - mostBreaches;
  return card(
    texts.title(month),
    report.breaches.length === 0 ? 'good' : 'bad',
    summary,
    words(summary),
    words(texts.rules),
    fields(...texts.rows(report, policy)),
    words(texts.sent),
    fields(...texts.sentRows(report, failed, unknown)),
    {
      type: 'chart',
      kind: 'bar',
      title: texts.chart,
      unit: texts.chartUnit,
      categories: report.byCount.map((_, count) => texts.chartCategory(count)),
      series: [{ name: texts.chartUnit, values: [...report.byCount] }],
    },
    report.breaches.length === 0
      ? null
      : words(
          [
            texts.breaches,
            ...report.breaches
              .slice(0, mostBreaches)
              .map((breach) => texts.breach(names.get(breach.staffNo) ?? breach.staffNo, breach)),
            ...(more > 0 ? [texts.moreBreaches(more)] : []),
          ].join('\n'),
        ),
    words([texts.never, ...texts.neverList.map((line) => `· ${line}`)].join('\n')),
    buttons(
      button(texts.buttons.lastMonth, '自查', { month: addMonths(month, -1) }),
      ...(month === monthOf(today) ? [] : [button(texts.buttons.thisMonth, '自查', { month: monthOf(today) })]),
    ),
    note(`${month === monthOf(today) ? texts.running(month) : ''}${texts.answers}`),
  );
}
