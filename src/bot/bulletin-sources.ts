import { type BulletinFigures, yearAttendances } from '../domain/bulletin.ts';
import type { ShownFigure } from '../domain/bulletin-changes.ts';
import { cadres } from '../domain/cadre.ts';
import { contents, hourEntries } from '../domain/hours.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  note,
  type Reply,
  table,
  text,
  words,
} from '../messenger/reply.ts';
import { bulletinDeskTexts as texts } from '../texts/bulletin-desk.ts';
import { showHours } from '../texts/glossary.ts';
import type { Context } from './context.ts';
import { findUnit, listUnits } from './units.ts';

const pageSize = 10;

/** A figure of a bulletin with what stands behind it: 登记号, or 工号. */
type Source = { readonly label: string; readonly value: string } & (
  | { readonly of: 'entries'; readonly ids: readonly number[] }
  | { readonly of: 'people'; readonly ids: readonly string[] }
);

/** Every figure that a bulletin shows of the whole college. */
function sourcesOf(figures: BulletinFigures): Source[] {
  const { people, participants, attendances, hours, byContent, onPace, reached, reflections, more } = figures;
  const { labels, values } = texts;
  const ofPeople = (label: string, { value, ids }: BulletinFigures['people']): Source => ({
    label,
    value: values.people(value),
    of: 'people',
    ids,
  });
  const ofEntries = (
    label: string,
    { value, ids }: BulletinFigures['attendances'],
    show: (value: number) => string,
  ): Source => ({ label, value: show(value), of: 'entries', ids });
  return [
    ofPeople(labels.people, people),
    ofPeople(labels.participants, participants),
    ofEntries(labels.attendances, attendances, values.attendances),
    ofEntries(labels.monthHours, hours.month, values.hours),
    ofEntries(labels.lastMonthHours, hours.lastMonth, values.hours),
    ofEntries(labels.yearHours, hours.year, values.hours),
    ...contents.map((content) => ofEntries(labels.content(content), byContent[content], values.hours)),
    ...(more === undefined
      ? []
      : [
          ...contents.map((content) =>
            ofEntries(labels.monthContent(content), more.monthContent[content], values.hours),
          ),
          ofPeople(labels.yearParticipants, more.yearParticipants),
          ofEntries(
            labels.yearAttendances,
            { value: yearAttendances(figures), ids: hours.year.ids },
            values.attendances,
          ),
        ]),
    ofPeople(labels.onPace, onPace),
    ofPeople(labels.reached, reached),
    ofEntries(labels.owed, reflections.owed, values.reflections),
    ofEntries(labels.handedIn, reflections.handedIn, values.reflections),
    ...(more === undefined
      ? []
      : [
          ofEntries(labels.yearOwed, more.yearReflections.owed, values.reflections),
          ofEntries(labels.yearHandedIn, more.yearReflections.handedIn, values.reflections),
        ]),
  ];
}

/**
 * Every figure that a bulletin shows, as it shows it; beside an `older` version that knew less, only what that one knew.
 */
export function figuresShown(figures: BulletinFigures, older: BulletinFigures = figures): ShownFigure[] {
  const { hours, average, theoryShare, onPace, reached, reflections } = figures;
  const { labels, values } = texts;
  const more = older.more === undefined ? undefined : figures.more;
  const of = (label: string, value: string): ShownFigure => ({ label, value });
  return [
    ...sourcesOf({ ...figures, more }),
    of(labels.change, values.change(hours.change)),
    of(labels.monthAverage, values.hours(average.month)),
    of(labels.yearAverage, values.hours(average.year)),
    of(labels.yearTheoryShare, values.percent(theoryShare)),
    of(labels.onPaceRate, values.percent(onPace.rate)),
    of(labels.reachedRate, values.percent(reached.rate)),
    of(labels.handedInRate, values.percent(reflections.rate)),
    ...(more === undefined
      ? []
      : [
          of(labels.monthTheoryShare, values.percent(more.monthTheoryShare)),
          of(labels.yearHandedInRate, values.percent(more.yearReflections.rate)),
        ]),
    ...figures.units.flatMap(({ unit, people, hours: month, yearHours, yearAverage }) => [
      of(labels.unitPeople(unit), values.people(people)),
      of(labels.unitHours(unit), values.hours(month)),
      of(labels.unitYearHours(unit), values.hours(yearHours)),
      of(labels.unitYearAverage(unit), values.hours(yearAverage)),
    ]),
  ].map(({ label, value }) => ({ label, value }));
}

const unitSources = ({ units }: BulletinFigures): Source[] =>
  units.flatMap(({ unit, hours, ids, yearHours, yearIds }): Source[] => [
    { label: unit, value: texts.values.unitHours(hours), of: 'entries', ids },
    ...(yearIds === undefined
      ? []
      : [
          {
            label: texts.labels.unitYear(unit),
            value: texts.values.unitYear(yearHours),
            of: 'entries' as const,
            ids: yearIds,
          },
        ]),
  ]);

/** From a unit's month to its year and back. */
function otherHalf(figures: BulletinFigures, { label }: Source, month: string): Button[] {
  const open = (name: string, figure: string) => button(name, '通报', { month, view: 'sources', figure });
  return figures.units.flatMap(({ unit, yearIds }) => {
    const year = texts.labels.unitYear(unit);
    if (label === unit && yearIds !== undefined) return [open(texts.buttons.unitYear, year)];
    return label === year ? [open(texts.buttons.unitMonth, unit)] : [];
  });
}

/** What stands behind the figures of a bulletin, for the department alone: all of them, or one by its label. */
export async function showSources(
  context: Context,
  figures: BulletinFigures,
  label: string | undefined,
  page: number,
): Promise<Reply> {
  const { month } = figures;
  const all = sourcesOf(figures);
  const back = button(texts.buttons.back, '通报', { month });
  if (label === undefined) {
    return card(
      texts.sourcesTitle(month),
      'plain',
      texts.sourcesSummary(month),
      table(
        texts.sourcesColumns,
        all.map((one) => [one.label, one.value, texts.sourcesCount(one.ids.length, one.of)]),
      ),
      buttons(
        ...all
          .filter(({ ids }) => ids.length > 0)
          .map((one) => button(one.label, '通报', { month, view: 'sources', figure: one.label })),
        back,
      ),
      note(texts.sourcesHint(month)),
    );
  }
  const unit = findUnit(label, await listUnits(context.tx));
  const sources = [...all, ...unitSources(figures)];
  const source = sources.find((one) => one.label === label) ?? sources.find((one) => one.label === unit);
  if (source === undefined) return text(unit === null ? texts.unknownSource(label) : texts.mergedUnit(unit, month));
  const pages = Math.max(1, Math.ceil(source.ids.length / pageSize));
  const shown = Math.min(page, pages);
  const turn = (name: string, to: number) =>
    button(name, '通报', { month, view: 'sources', figure: source.label, page: to });
  const summary = texts.sourceSummary(month, source.label, source.value);
  return card(
    texts.sourcesTitle(month),
    'plain',
    summary,
    words(summary),
    source.ids.length === 0 ? words(texts.sourceEmpty) : await tableOf(context, source, shown),
    pages > 1 ? note(texts.page(shown, pages)) : null,
    buttons(
      ...(shown > 1 ? [turn(texts.buttons.earlier, shown - 1)] : []),
      ...(shown < pages ? [turn(texts.buttons.later, shown + 1)] : []),
      ...otherHalf(figures, source, month),
      button(texts.buttons.sources, '通报', { month, view: 'sources' }),
      back,
    ),
    source.of === 'entries' ? note(texts.entryHint) : null,
  );
}

async function tableOf({ tx }: Context, source: Source, page: number): Promise<Block> {
  const start = (page - 1) * pageSize;
  const rows: string[][] = [];
  if (source.of === 'people') {
    for (const staffNo of source.ids.slice(start, start + pageSize)) {
      const cadre = await tx.get(cadres, staffNo);
      rows.push([staffNo, cadre?.name ?? '', cadre?.unit ?? '']);
    }
  } else {
    for (const id of source.ids.slice(start, start + pageSize)) {
      const entry = await tx.get(hourEntries, id);
      const cadre = entry && (await tx.get(cadres, entry.staffNo));
      rows.push([String(id), cadre?.name ?? '', entry?.title ?? '', entry === undefined ? '' : showHours(entry.hours)]);
    }
  }
  const columns = source.of === 'people' ? texts.peopleColumns : texts.entryColumns;
  const align = (i: number) => (source.of === 'people' || i < 3 ? 'left' : 'right');
  return { type: 'table', columns: columns.map((label, i) => ({ label, align: align(i) })), rows };
}
