import { type Day, lastDayOf, yearOf } from '../../domain/day.ts';
import type { Policy } from '../../domain/policy.ts';
import { type Dimension, dimensions, type GroupFigures, type Period, standingOf } from '../../domain/statistics.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  type Chart,
  card,
  fields,
  type Invocation,
  link,
  note,
  type Reply,
  text,
  words,
} from '../../messenger/reply.ts';
import { chartWords } from '../../texts/chart.ts';
import { showHours, showSpan } from '../../texts/glossary.ts';
import { statisticsTexts as texts } from '../../texts/statistics.ts';
import { mostBars } from '../bulletin-charts.ts';
import type { Context } from '../context.ts';
import { pictureOf } from '../rendering.ts';
import type { StatisticsQuery } from './query.ts';
import { periodOf, readEntries, readNames, readStatistics } from './read.ts';

const pageSize = 10;

/** What a button carries of a query. */
export const queryArgs = (query: StatisticsQuery): Invocation['args'] =>
  Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string | boolean] => pair[1] !== undefined));

const press = (label: string, query: StatisticsQuery, more: Invocation['args'] = {}): Button =>
  button(label, '统计', { ...queryArgs(query), ...more });

/** The figures of a query: headline, picture, table. */
export async function showStatistics(context: Context, query: StatisticsQuery, page: number): Promise<Reply> {
  const { tx, policy, today } = context;
  const { people, statistics } = await readStatistics(tx, query, policy, today);
  const who = texts.who(query);
  if (people.length === 0) return text(texts.nobody(who));
  const period = periodOf(query, policy);
  const { all, groups, theoryShare, perPerson } = statistics;
  const summary = texts.summary(who, texts.period(period, today), all);
  const isCycle = period.from === policy.cycle.from && period.to === policy.cycle.to;
  const standing = isCycle ? standingOf(people, perPerson, policy, today) : null;
  const pages = Math.max(1, Math.ceil(groups.length / pageSize));
  const shown = Math.min(page, pages);
  const listed = groups.slice((shown - 1) * pageSize, shown * pageSize);
  const openable = listed.filter(({ hours }) => hours > 0);
  return card(
    texts.title,
    'plain',
    summary,
    words(summary),
    fields(
      ...texts.rows(all, theoryShare),
      ...(standing === null || standing.counted === 0
        ? []
        : texts.standing(standing.onPace, standing.reached, standing.counted)),
    ),
    ...(all.hours === 0 ? [words(texts.empty)] : listed.length < 2 ? [] : [chartOf(query.by, all, listed)]),
    groupTable(query.by, listed, all),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    pages > 1
      ? buttons(
          ...(shown > 1 ? [press(texts.buttons.earlier, query, { page: shown - 1 })] : []),
          ...(shown < pages ? [press(texts.buttons.later, query, { page: shown + 1 })] : []),
        )
      : null,
    openable.length === 0 ? null : words(texts.openOne),
    openable.length === 0
      ? null
      : buttons(
          ...openable.map(({ group }) =>
            link(texts.group(query.by, group).slice(0, 20), '统计', { ...queryArgs(query), view: 'entries', group }),
          ),
        ),
    words(texts.otherwise),
    buttons(...dimensions.filter((by) => by !== query.by).map((by) => press(texts.dimensions[by], { ...query, by }))),
    words(texts.otherPeriod),
    buttons(...periodButtons(query, period, policy, today)),
    words(texts.more),
    buttons(
      link(texts.buttons.entries, '统计', { ...queryArgs(query), view: 'entries' }),
      link(texts.buttons.people, '统计', { ...queryArgs(query), view: 'people' }),
      ...(all.hours === 0 ? [] : [link(texts.buttons.picture, '统计', { ...queryArgs(query), view: 'picture' })]),
      link(texts.buttons.file, '统计', { ...queryArgs(query), view: 'file' }),
    ),
    note(texts.notes),
  );
}

function periodButtons(query: StatisticsQuery, shown: Period, policy: Policy, today: Day): Button[] {
  const year = yearOf(today);
  const quarter = Math.ceil(Number(today.slice(5, 7)) / 3);
  const month = (n: number) => `${year}-${String(n).padStart(2, '0')}`;
  const named: readonly (readonly [string, Period])[] = [
    [texts.periods.cycle, policy.cycle],
    [texts.periods.year, { from: `${year}-01-01`, to: `${year}-12-31` }],
    [texts.periods.lastYear, { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }],
    [texts.periods.quarter, { from: `${month(quarter * 3 - 2)}-01`, to: lastDayOf(month(quarter * 3)) }],
    [texts.periods.month, { from: `${today.slice(0, 7)}-01`, to: lastDayOf(today.slice(0, 7)) }],
  ];
  return named
    .filter(([, { from, to }]) => from !== shown.from || to !== shown.to)
    .map(([label, { from, to }]) => press(label, { ...query, from, to }));
}

const groupTable = (by: Dimension, groups: readonly GroupFigures[], all: GroupFigures): Block => ({
  type: 'table',
  columns: texts.columns(by).map((label, i) => ({ label, align: i === 0 ? 'left' : 'right' })),
  rows: groups.map((one) => texts.row(by, one, all)),
});

/** Averages a person for units and grades, with the average of all as a line; otherwise how the hours are spread. */
function chartOf(by: Dimension, all: GroupFigures, groups: readonly GroupFigures[]): Chart {
  const perHead = ({ hours, people }: GroupFigures): number => (people === 0 ? 0 : Math.round(hours / people) / 100);
  const isPersonal = by === 'unit' || by === 'grade';
  return {
    type: 'chart',
    kind: by === 'content' || by === 'kind' || by === 'form' ? 'pie' : 'bar',
    title: texts.chart(by),
    unit: texts.unit,
    categories: groups.map(({ group }) => texts.group(by, group)),
    series: [
      {
        name: isPersonal ? texts.series.average : texts.series.hours,
        values: groups.map((one) => (isPersonal ? perHead(one) : one.hours / 100)),
      },
    ],
    ...(isPersonal ? { mark: { label: texts.chartAverage(perHead(all)), value: perHead(all) } } : {}),
  };
}

/** The chart of a query as a picture. */
export async function showPicture({ tx, policy, today }: Context, query: StatisticsQuery): Promise<Reply> {
  const { statistics } = await readStatistics(tx, query, policy, today);
  if (statistics.all.hours === 0) return text(texts.empty);
  const who = texts.who(query);
  const { period, all, groups } = statistics;
  const cut = groups.length > mostBars ? chartWords.cut(mostBars, groups.length) : '';
  const caption = `${texts.pictureCaption(who, texts.period(period, today), query.by)}${cut}`;
  return pictureOf(
    chartOf(query.by, all, groups.slice(0, mostBars)),
    texts.pictureName(period, who, query.by, today),
    caption,
  );
}

const turns = (query: StatisticsQuery, more: Invocation['args'], shown: number, pages: number): Button[] => [
  ...(shown > 1 ? [press(texts.buttons.earlier, query, { ...more, page: shown - 1 })] : []),
  ...(shown < pages ? [press(texts.buttons.later, query, { ...more, page: shown + 1 })] : []),
];

/** The entries behind the figures, the latest first. */
export async function showEntries(
  context: Context,
  query: StatisticsQuery,
  group: string | undefined,
  page: number,
): Promise<Reply> {
  const { tx, policy, today } = context;
  const { rows, count, hours, page: shown } = await readEntries(tx, query, group, policy, today, { page, pageSize });
  const named = group === undefined ? '' : texts.group(query.by, group);
  const nameOf = await readNames(
    tx,
    rows.map(({ entry }) => entry.staffNo),
  );
  const about = texts.opened(texts.who(query), named, texts.period(periodOf(query, policy), today));
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const summary = texts.entriesSummary(about, count, hours);
  return card(
    texts.title,
    'plain',
    summary,
    words(summary),
    {
      type: 'table',
      columns: texts.entryColumns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
      rows: rows.map(({ entry, hours: part }) => [
        String(entry.id),
        nameOf(entry.staffNo),
        entry.title,
        showSpan(entry.from, entry.to, today),
        showHours(part),
      ]),
    },
    pages > 1 ? note(texts.page(shown, pages)) : null,
    buttons(
      ...turns(query, { view: 'entries', ...(group === undefined ? {} : { group }) }, shown, pages),
      ...(query.by === 'unit' && group !== undefined
        ? [press(texts.buttons.people, { ...query, unit: group }, { view: 'people' })]
        : []),
      press(texts.buttons.back, query),
    ),
    note(texts.entryHint),
  );
}

/** The people behind the figures with their hours, in the order of the roster: a check, no ranking. */
export async function showPeople(context: Context, query: StatisticsQuery, page: number): Promise<Reply> {
  const { tx, policy, today } = context;
  const { people, statistics } = await readStatistics(tx, query, policy, today);
  const pages = Math.max(1, Math.ceil(people.length / pageSize));
  const shown = Math.min(page, pages);
  const [start, end] = [(shown - 1) * pageSize, shown * pageSize];
  const listed = people.slice(start, end);
  const nameOf = await readNames(
    tx,
    listed.map(({ staffNo }) => staffNo),
  );
  const about = texts.opened(texts.who(query), '', texts.period(periodOf(query, policy), today));
  const summary = texts.peopleSummary(about, people.length);
  return card(
    texts.title,
    'plain',
    summary,
    words(summary),
    {
      type: 'table',
      columns: texts.peopleColumns.map((label) => ({ label, align: label === '学时' ? 'right' : 'left' })),
      rows: listed.map(({ staffNo, unit }, i) => [
        staffNo,
        nameOf(staffNo),
        unit,
        showHours(statistics.perPerson[start + i] ?? 0),
      ]),
    },
    pages > 1 ? note(texts.page(shown, pages)) : null,
    buttons(...turns(query, { view: 'people' }, shown, pages), press(texts.buttons.back, query)),
    note(texts.peopleHint),
  );
}
