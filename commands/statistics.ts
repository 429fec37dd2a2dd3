import { z } from 'zod';
import { defineCommand, misunderstood, type Reading, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { statisticsQuerySchema } from '../src/bot/statistics/query.ts';
import { periodOf } from '../src/bot/statistics/read.ts';
import { queryArgs, showEntries, showPeople, showPicture, showStatistics } from '../src/bot/statistics/show.ts';
import { readPeriod } from '../src/bot/text/periods.ts';
import { readGrade } from '../src/bot/text/vocabulary.ts';
import { findUnit, listUnits } from '../src/bot/units.ts';
import { type Dimension, dimensions, isPeriod } from '../src/domain/statistics.ts';
import { type Reply, text } from '../src/messenger/reply.ts';
import { statisticsTexts as texts } from '../src/texts/statistics.ts';

/** 统计: approved hours by unit, content, kind, form, grade and year, of a period; every figure opens to its entries. */
export const statistics = defineCommand({
  name: '统计',
  aliases: ['学时统计', '统计表'],
  summary: '按单位、内容、类别、方式、职级、年度统计学时',
  who: ['clerk', 'department-head', 'archivist'],
  args: statisticsQuerySchema.extend({
    /** The group whose entries are asked for. */
    group: z.string().max(60).optional(),
    view: z.enum(['figures', 'entries', 'people', 'file', 'picture']).default('figures'),
    /** Words that are a unit, or nothing that is known. */
    words: z.string().max(60).optional(),
    page: z.number().int().min(1).max(10_000).default(1),
  }),
  examples: ['统计', '统计 单位 2025年', '统计 内容 本季度', '统计 教务处', '统计 正职 去年 类别'],
  read,
  run: async (context, { view, group, words, page, ...asked }) => {
    const unit = words === undefined ? undefined : findUnit(words, await listUnits(context.tx));
    if (unit === null) return text(texts.notUnderstood(words ?? ''));
    const query = { ...asked, ...(unit === undefined ? {} : { unit }) };
    const period = periodOf(query, context.policy);
    if (!isPeriod(period)) return text(texts.noPeriod(texts.period(period, context.today)));
    if (period.from > context.today) return text(texts.toCome(texts.period(period, context.today)));
    switch (view) {
      case 'figures':
        return showStatistics(context, query, page);
      case 'entries':
        return showEntries(context, query, group, page);
      case 'people':
        return showPeople(context, query, page);
      case 'file':
        return asFile(context, query);
      case 'picture':
        return showPicture(context, query);
    }
  },
});

const asFile = ({ policy, today }: Context, query: z.output<typeof statisticsQuerySchema>): Reply => {
  const period = periodOf(query, policy);
  const who = texts.who(query);
  return {
    type: 'document',
    document: 'statistics',
    name: texts.fileName(period, who, today),
    caption: texts.fileCaption(who, texts.period(period, today)),
    args: { ...queryArgs(query), ...period, asOf: today },
  };
};

const dimensionWords: Readonly<Record<Dimension, RegExp>> = {
  unit: /(?:按|各)?(?:单位|部门)/,
  content: /按?(?:培训)?内容/,
  kind: /按?(?:培训)?类别/,
  form: /按?(?:培训)?(?:方式|形式)/,
  grade: /按?职级/,
  year: /(?:按|分)?(?:年度|各年|逐年|年份)(?!第|[上下])/,
};

/** What has not begun has no hours yet. */
const toCome = /[明后]年|下下?个?(?:月|季度?|学期|年)|(?:明|后)[天日]|未来[^\s，,]{0,6}|今后[^\s，,]{0,6}/;

/** `单位 2025年`, `教务处 内容 本季度`, `正职 去年`, `年轻干部`, `全体 类别 Excel`: in any order. */
function read(said: string, { today, policy }: ReadingContext): Reading {
  let left = said;
  const take = (words: RegExp): boolean => {
    const found = words.test(left);
    if (found) left = left.replace(words, ' ');
    return found;
  };
  const file = take(/excel|导出|下载|表格/i);
  const picture = take(/图片|图表/);
  const period = readPeriod(left, today, policy.cycle);
  if (period !== null) left = period.rest;
  const young = take(/优秀?年轻干部|年轻干部/);
  const [ahead] = toCome.exec(left) ?? [];
  if (period === null && ahead !== undefined) return misunderstood(text(texts.toCome(ahead)));
  const everybody = take(/全体(?:在职)?(?:干部)?|所有人/);
  const by = dimensions.find((one) => take(dimensionWords[one]));
  const tokens = left
    .split(/[\s，,、的]+/)
    .filter((word) => word !== '' && !/^(?:学时|情况|干部|统计|中层)$/.test(word));
  const grade = tokens.map(readGrade).find((one) => one !== null);
  const words = tokens.filter((word) => readGrade(word) === null).join('');
  if (words.length > 60) return misunderstood(text(texts.notUnderstood(said)));
  return understood({
    ...(period === null ? {} : { from: period.from, to: period.to }),
    ...(by === undefined ? {} : { by }),
    ...(grade == null ? {} : { grade }),
    ...(young ? { young } : {}),
    ...(everybody ? { everybody } : {}),
    ...(words === '' ? {} : { words }),
    ...(file ? { view: 'file' } : picture ? { view: 'picture' } : {}),
  });
}
