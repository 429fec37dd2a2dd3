import { type BulletinFigures, otherUnits } from '../domain/bulletin.ts';
import { contents } from '../domain/hours.ts';
import { percentOf } from '../domain/percent.ts';
import type { Chart } from '../messenger/reply.ts';
import { bulletinTexts as texts } from '../texts/bulletin.ts';
import { contentNames } from '../texts/glossary.ts';

/** What the card of every messenger has room for; the table has all. */
export const mostBars = 40;

/** Units against the college's average of the year, in the order of the roster; 其他单位 always among them. */
export function unitChart({ units, average }: BulletinFigures): Chart {
  const others = units.filter(({ unit }) => unit === otherUnits);
  const own = units.filter(({ unit }) => unit !== otherUnits);
  const shown = [...own.slice(0, mostBars - others.length), ...others];
  const { title, unit, mark } = texts.unitChart;
  return {
    type: 'chart',
    kind: 'bar',
    title,
    unit,
    categories: shown.map((one) => one.unit),
    series: [{ name: title, values: shown.map(({ yearAverage }) => yearAverage / 100) }],
    mark: { label: mark(average.year), value: average.year / 100 },
  };
}

/** The shares of the contents in the year's hours, and what theory and party spirit have together against `least` percent. */
export function contentChart({ byContent, hours, theoryShare }: BulletinFigures, least: number): Chart {
  const { title, unit, both, mark } = texts.contentChart;
  const shares = contents.map((content) => percentOf(byContent[content].value, hours.year.value) ?? 0);
  const isEmpty = theoryShare === null;
  return {
    type: 'chart',
    kind: 'bar',
    title,
    unit,
    categories: isEmpty ? [] : [...contents.map((content) => contentNames[content]), both],
    series: [{ name: title, values: isEmpty ? [] : [...shares, theoryShare] }],
    mark: { label: mark(least), value: least },
  };
}
