import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { owedBy } from '../src/bot/course/make-up-offer.ts';
import { sayOwnOnly } from '../src/bot/own-only.ts';
import { readAhead } from '../src/bot/plan/read.ts';
import { readYear } from '../src/bot/text/years.ts';
import { forecast } from '../src/domain/annual-plan.ts';
import { yearOf } from '../src/domain/day.ts';
import { contents, type HourEntry, hourEntries } from '../src/domain/hours.ts';
import { isOwing } from '../src/domain/make-up.ts';
import { type FiveYearProgress, fiveYearProgress } from '../src/domain/progress.ts';
import { isOwed, type Reflection, reflections } from '../src/domain/reflection.ts';
import { type Block, buttons, card, fields, link, note, type Reply, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { contentNames, showHours } from '../src/texts/glossary.ts';
import { forecastLine } from '../src/texts/plan.ts';
import { progressTexts as texts } from '../src/texts/progress.ts';

/** What is said around 进度 and asks for nothing else. */
const politeness =
  /怎么样|如何|情况|查询|查一?下|看一?下|多少|还差|够不够|我的|本人|自己|[的呢吗吧了]|[\s，,。.？?！!]/g;

/** 进度 (三.5): one's own five-year and yearly standing, what is missing, and what is owed. */
export const progress = defineCommand({
  name: '进度',
  aliases: ['学时', '我的学时', '查学时', '学时进度'],
  summary: '查看自己的五年学时进度',
  who: 'cadre',
  args: z.object({
    year: z.number().int().min(2000).max(2099).optional(),
    /** Words that are no year. */
    unread: z.string().max(20).optional(),
  }),
  examples: ['进度', '进度 2025'],
  read: (said, { today }) => {
    const found = readYear(said, today);
    const rest = (found?.rest ?? said).replace(politeness, '');
    if (rest !== '') return understood({ unread: rest.slice(0, 20) });
    return understood(found === null ? {} : { year: found.year });
  },
  run: async (context, { year, unread }) => {
    const { tx, me, policy, today } = context;
    const others = unread === undefined ? null : await sayOwnOnly(context, '进度', unread);
    if (others !== null) return others;
    const own = { index: 'byPerson', equals: [me.staffNo] };
    if (year !== undefined && year < yearOf(today)) return showYear(context, await listAll(tx, hourEntries, own), year);
    // In one breath, so that a database is asked once.
    const [entries, all, makeUps, coming] = await Promise.all([
      listAll(tx, hourEntries, own),
      listAll(tx, reflections, own),
      owedBy(context, me.staffNo),
      readAhead(tx, me, policy.cycle, today),
    ]);
    const owed = all.filter(isOwed).sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    const standing = fiveYearProgress(me, entries, policy, today);
    // Who has reached the quota needs no forecast.
    const found = standing.counted && !standing.reached ? forecast(standing, today, coming.mine, coming.others) : null;
    const hasMore = coming.mine.some(({ on }) => on >= today) || (found?.closing ?? []).length > 0;
    const ahead = hasMore ? found : null;
    const missed = makeUps.filter(({ makeUp }) => isOwing(makeUp));
    const isLate = [...owed, ...missed.map(({ makeUp }) => makeUp)].some(({ dueOn }) => dueOn < today);
    return card(
      texts.title(me.name),
      isLate || (standing.counted && !standing.reached && standing.lagging) ? 'warn' : 'good',
      texts.summary(standing.earned, standing.pending),
      ...standingBlocks(standing, owed, today),
      missed[0] === undefined ? null : words(texts.makeUps(missed.length, missed[0], today)),
      ahead === null ? null : note(forecastLine(ahead)),
      unread === undefined ? null : note(texts.unread(unread)),
      buttons(
        link(texts.records, '记录'),
        link(texts.todo, '待办'),
        ...(missed.length === 0 ? [] : [link(texts.makeUp, '补训')]),
        ...(ahead === null ? [] : [link(texts.plan, '计划', { mine: true })]),
      ),
    );
  },
});

/** A year that is over. */
function showYear({ me, policies }: Context, mine: readonly HourEntry[], asked: number): Reply {
  const end = `${asked}-12-31`;
  const { year, professional, counted } = fiveYearProgress(me, mine, policies.at(end), end);
  const summary = texts.yearSummary(asked, year.earned);
  return card(
    texts.title(me.name),
    'plain',
    summary,
    words(summary),
    fields(
      [texts.thisYear(asked), texts.yearValue(year.earned, year.pace, counted)],
      [texts.professional(asked), texts.professionalPast(professional.count)],
    ),
    buttons(link(texts.records, '记录', { year: asked })),
  );
}

function standingBlocks(standing: FiveYearProgress, owed: readonly Reflection[], today: string): (Block | null)[] {
  const { cycle, counted, quota, earned, pending, paceNow, year, professional, byContent, theoryShare } = standing;
  const [first] = owed;
  const spread = contents.filter((content) => byContent[content] > 0);
  return [
    words(texts.summary(earned, pending)),
    counted
      ? {
          type: 'progress',
          label: `${texts.fiveYears}（${texts.cycle(cycle.from, cycle.to)}）`,
          value: earned,
          max: quota,
          mark: paceNow,
          text: texts.ofQuota(earned, quota),
        }
      : {
          type: 'progress',
          label: texts.yearBar(year.year),
          value: year.earned,
          max: year.pace,
          text: texts.ofQuota(year.earned, year.pace),
        },
    words(counted ? verdict(standing) : yearVerdict(standing)),
    counted ? null : note(texts.notCounted),
    standing.proRata ? note(texts.proRata(quota)) : null,
    fields(
      [texts.thisYear(year.year), texts.yearValue(year.earned, year.pace, counted)],
      [texts.professional(professional.year), texts.professionalValue(professional.count, professional.required)],
      ...(theoryShare === null ? [] : [[texts.share, texts.shareValue(theoryShare)] as const]),
    ),
    spread.length === 0
      ? words(texts.empty)
      : note(
          `${texts.contents}：${spread.map((content) => `${contentNames[content]} ${showHours(byContent[content])}`).join('，')}`,
        ),
    professional.missedYear === null ? null : words(texts.missedYear(professional.missedYear)),
    first === undefined ? null : words(texts.reflections(owed.length, first, today)),
  ];
}

function verdict(standing: FiveYearProgress): string {
  const { reached, lagging, behindBy, paceNow } = standing;
  if (reached) return texts.reached;
  if (lagging) return texts.behind(standing);
  return behindBy === 0 ? texts.onPace(paceNow) : texts.nearlyOnPace(behindBy, paceNow);
}

function yearVerdict({ year: { year, earned, pace } }: FiveYearProgress): string {
  return earned >= pace ? texts.yearReached(year) : texts.yearMissing(year, pace - earned);
}
