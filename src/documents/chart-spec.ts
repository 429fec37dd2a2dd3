import type { Chart } from '../messenger/reply.ts';
import { chartWords } from '../texts/chart.ts';
import { ink, isHorizontal, palette } from './chart.ts';

type Json = string | number | boolean | Json[] | { [field: string]: Json };
/** A chart as VChart 1.12 describes it: what a card of the messenger carries and its client draws. */
export type ChartSpec = { [field: string]: Json };

/** What a card has room for: numbers, lines and categories among them, and signs of a name. */
const most = { values: 48, series: 6, categories: 40, letters: 16 };

/**
 * A chart as the JSON that a messenger's card carries, with nothing in it but what every client since VChart 1.12
 * knows. It stays below 8 KB whatever the chart: what is too much is cut at its end, names too.
 */
export function chartSpec(chart: Chart): ChartSpec {
  const series = chart.series.slice(0, most.series);
  const room = Math.min(most.categories, Math.floor(most.values / Math.max(1, series.length)));
  const names = chart.categories.slice(0, room).map(shorten);
  const values = series.flatMap((line) =>
    names.map((name, i) => ({
      // A slice says its number in its name: a pie has no axis.
      name: chart.kind === 'pie' ? `${name} ${line.values[i] ?? 0}` : name,
      value: line.values[i] ?? 0,
      ...(series.length > 1 ? { series: shorten(line.name) } : {}),
    })),
  );
  const title = {
    text: shorten(`${chart.title}（${chart.unit}）`),
    ...(names.length === 0 ? { subtext: chartWords.empty } : {}),
  };
  const shared = { title, data: [{ id: 'data', values }], color: [...palette] };
  return chart.kind === 'pie' ? { ...shared, ...pieOf() } : { ...shared, ...axesOf(chart, names) };
}

const pieOf = (): ChartSpec => ({
  type: 'pie',
  categoryField: 'name',
  valueField: 'value',
  outerRadius: 0.8,
  innerRadius: 0.5,
  label: { visible: true },
});

function axesOf(chart: Chart, names: readonly string[]): ChartSpec {
  const lying = isHorizontal(chart);
  const several = chart.series.length > 1;
  const [along, up] = lying ? (['left', 'bottom'] as const) : (['bottom', 'left'] as const);
  const fields = several && chart.kind === 'bar' ? ['name', 'series'] : 'name';
  const highest = Math.max(0, ...chart.series.flatMap(({ values }) => values.slice(0, names.length)));
  return {
    type: chart.kind,
    ...(chart.kind === 'bar' ? { direction: lying ? 'horizontal' : 'vertical' } : {}),
    ...(lying ? { xField: 'value', yField: fields } : { xField: fields, yField: 'value' }),
    ...(several ? { seriesField: 'series', legends: [{ visible: true, orient: 'bottom' }] } : {}),
    axes: [
      { orient: along, type: 'band' },
      // A mark above all values would otherwise lie outside.
      {
        orient: up,
        type: 'linear',
        min: 0,
        ...(chart.mark ? { max: topOf(Math.max(highest, chart.mark.value)) } : {}),
      },
    ],
    label: { visible: !several },
    ...(chart.mark ? { markLine: [markOf(chart.mark, lying)] } : {}),
  };
}

/** A little air above the highest. */
const topOf = (value: number): number => Math.ceil(Math.max(value, 1) * 1.1);

const markOf = ({ label, value }: { label: string; value: number }, lying: boolean): Json => ({
  ...(lying ? { x: value } : { y: value }),
  label: { visible: true, text: shorten(label), position: lying ? 'end' : 'insideEndTop' },
  line: { style: { stroke: ink.mark, lineDash: [4, 4] } },
  endSymbol: { visible: false },
});

const shorten = (name: string): string => {
  const letters = Array.from(name);
  return letters.length > most.letters ? `${letters.slice(0, most.letters - 1).join('')}…` : name;
};
