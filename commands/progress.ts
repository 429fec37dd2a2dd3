import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import { contents, hourEntries } from '../src/domain/hours.ts';
import { type FiveYearProgress, fiveYearProgress } from '../src/domain/progress.ts';
import { type Reflection, reflections } from '../src/domain/reflection.ts';
import { type Block, buttons, card, fields, link, note, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { contentNames, showHours } from '../src/texts/glossary.ts';
import { progressTexts as texts } from '../src/texts/progress.ts';

/** 进度 (三.5): one's own five-year and yearly standing, what is missing, and what is owed. */
export const progress = defineCommand({
  name: '进度',
  aliases: ['学时', '我的学时', '查学时', '学时进度'],
  summary: '查看自己的五年学时进度',
  who: 'cadre',
  args: z.object({}),
  examples: ['进度'],
  run: async ({ tx, me, policy, today }) => {
    const mine = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo] });
    const owed = (await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] })).filter(
      ({ state }) => state === 'owed' || state === 'returned',
    );
    const standing = fiveYearProgress(me, mine, policy, today);
    return card(
      texts.title,
      standing.counted && !standing.reached && standing.behindBy > 0 ? 'warn' : 'good',
      texts.summary(standing.earned, standing.pending),
      ...standingBlocks(standing, owed, today),
      buttons(link(texts.records, '记录'), link(texts.todo, '待办')),
    );
  },
});

function standingBlocks(standing: FiveYearProgress, owed: readonly Reflection[], today: string): (Block | null)[] {
  const { cycle, counted, quota, earned, pending, paceNow, year, professional, byContent, theoryShare } = standing;
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
      : note(texts.notCounted),
    counted ? words(verdict(standing)) : null,
    standing.proRata ? note(texts.proRata) : null,
    fields(
      [texts.thisYear(year.year), texts.yearValue(year.earned, year.pace)],
      [texts.professional(professional.year), texts.professionalValue(professional.count, professional.required)],
      ...(theoryShare === null ? [] : [[texts.share, texts.shareValue(theoryShare)] as const]),
    ),
    spread.length === 0
      ? words(texts.empty)
      : note(
          `${texts.contents}：${spread.map((content) => `${contentNames[content]} ${showHours(byContent[content])}`).join('，')}`,
        ),
    owed.length === 0 ? null : words(texts.reflections(owed, today)),
  ];
}

const verdict = ({ reached, behindBy, paceNow, missing, neededPerMonth, monthsLeft }: FiveYearProgress): string =>
  reached
    ? texts.reached
    : behindBy === 0
      ? texts.onPace(paceNow)
      : texts.behind(behindBy, missing, neededPerMonth, monthsLeft);
