import type { EChartsCoreOption } from 'echarts/core';
import type { Chart } from '../messenger/reply.ts';
import { chartWords } from '../texts/chart.ts';
import { showShare } from '../texts/glossary.ts';

/** Okabe and Ito's colours, which stay apart for every kind of colour blindness; blue first. */
export const palette = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#8C6D1F', '#6A51A3'];
export const ink = { strong: '#1F2329', plain: '#51565D', line: '#DEE0E3', mark: '#C8372D' };
/** The page's packaged font first, then that of pictures; names without quotes so that they may stand in an attribute. */
const fontFamily = 'Noto Sans SC Variable, Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif';

/**
 * A chart as a standalone SVG, `width` pixels wide and as high as its data asks for. It carries neither script nor
 * style: everything is in presentation attributes, so that a page may show it under a strict content policy. What
 * people wrote (titles, names) is escaped.
 */
export async function renderChartSvg(chart: Chart, width = 320): Promise<string> {
  const { init } = await loadRenderer();
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height: heightOf(chart) });
  try {
    drawing.setOption(optionOf(chart, width));
    return withoutStyles(drawing.renderToSVGString());
  } finally {
    drawing.dispose();
  }
}

let renderer: Promise<typeof import('echarts/core')> | undefined;

/** The drawing library costs 0.3 s to load: only who draws pays for it. */
function loadRenderer(): Promise<typeof import('echarts/core')> {
  renderer ??= Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]).then(([core, charts, components, renderers]) => {
    core.use([charts.BarChart, charts.LineChart, charts.PieChart, renderers.SVGRenderer]);
    core.use([components.GridComponent, components.LegendComponent, components.TitleComponent]);
    core.use([components.MarkLineComponent]);
    return core;
  });
  return renderer;
}

/** Bars lie when there are many of them, or when their names are too long to stand side by side on a phone. */
export const isHorizontal = ({ kind, categories }: Chart): boolean =>
  kind === 'bar' &&
  (categories.length > 6 || categories.some((name) => name.length > 5) || categories.join('').length > 20);

/** Pixels that a chart asks for, so that its lines stay apart. */
export function heightOf(chart: Chart): number {
  if (chart.categories.length === 0) return 60;
  if (chart.kind === 'pie') return Math.max(160, 60 + chart.categories.length * 24);
  if (!isHorizontal(chart)) return 240;
  return 100 + chart.categories.length * Math.max(26, chart.series.length * 16);
}

function optionOf(chart: Chart, width: number): EChartsCoreOption {
  const shared = {
    animation: false,
    color: palette,
    textStyle: { fontFamily },
    title: {
      text: `${chart.title}（${chart.unit}）`,
      ...(chart.categories.length === 0 ? { subtext: chartWords.empty } : {}),
      left: 0,
      top: 2,
      padding: 0,
      textStyle: { fontSize: 14, fontWeight: 600, color: ink.strong, fontFamily, width, overflow: 'truncate' },
      subtextStyle: { fontSize: 12, color: ink.plain, fontFamily },
    },
  };
  if (chart.categories.length === 0) return shared;
  return { ...shared, ...(chart.kind === 'pie' ? pieOf(chart, width) : axesOf(chart, width)) };
}

function axesOf(chart: Chart, width: number): EChartsCoreOption {
  const horizontal = isHorizontal(chart);
  const several = chart.series.length > 1;
  const highest = Math.max(0, ...chart.series.flatMap(({ values }) => values));
  const names = {
    type: 'category',
    data: chart.categories,
    inverse: horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: ink.line } },
    axisLabel: {
      color: ink.plain,
      fontSize: 12,
      interval: horizontal ? 0 : 'auto',
      width: Math.max(120, Math.round(width * 0.3)),
      overflow: 'truncate',
    },
  };
  const numbers = {
    type: 'value',
    splitNumber: 4,
    axisLabel: { color: ink.plain, fontSize: 12, hideOverlap: true, formatter: String },
    splitLine: { lineStyle: { color: ink.line } },
    ...(chart.mark && chart.mark.value > highest ? { max: niceTop(chart.mark.value) } : {}),
  };
  return {
    grid: {
      left: 4,
      right: horizontal ? 38 : chart.mark ? 20 + widthOf(chart.mark.label) : 14,
      top: chart.mark && horizontal ? 48 : 38,
      bottom: several ? 30 : 4,
      ...labelsInside,
    },
    ...(several ? { legend: { bottom: 0, left: 'center', itemWidth: 14, itemHeight: 9, textStyle: legendText } } : {}),
    xAxis: horizontal ? numbers : names,
    yAxis: horizontal ? names : numbers,
    series: chart.series.map(({ name, values }, i) => ({
      type: chart.kind,
      name,
      data: values,
      barMaxWidth: horizontal ? 14 : 32,
      symbolSize: 6,
      itemStyle: { borderRadius: chart.kind === 'bar' ? (horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0]) : 0 },
      label: {
        show: !several,
        position: horizontal ? 'right' : 'top',
        color: ink.strong,
        // A white seam, so that the number stays readable on the mark that runs behind it.
        textBorderColor: '#fff',
        textBorderWidth: 3,
        fontSize: 12,
      },
      ...(chart.mark && i === 0 ? { markLine: markOf(chart.mark, horizontal) } : {}),
    })),
  };
}

/** The grid leaves the room that its labels need. */
const labelsInside = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;

/** Pixels of a label at most: a hanzi is as wide as the text is high. */
const widthOf = (label: string): number => Array.from(label).reduce((sum, sign) => sum + (sign > '\u2e80' ? 12 : 7), 0);

const legendText = { color: ink.plain, fontSize: 12, fontFamily };

const markOf = (mark: { label: string; value: number }, horizontal: boolean): object => ({
  silent: true,
  z: 1,
  symbol: 'none',
  lineStyle: { color: ink.mark, type: 'dashed', width: 1.5 },
  label: {
    formatter: mark.label,
    color: ink.mark,
    fontSize: 12,
    textBorderWidth: 0,
    position: horizontal ? 'start' : 'end',
  },
  data: [horizontal ? { xAxis: mark.value } : { yAxis: mark.value }],
});

/** The next round number above, so that a mark at the very top keeps its label inside the drawing. */
function niceTop(value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(value, 1))) / 2;
  return Math.ceil((value * 1.02) / step) * step;
}

function pieOf(chart: Chart, width: number): EChartsCoreOption {
  const values = chart.series[0]?.values ?? [];
  const total = values.reduce((sum, value) => sum + value, 0);
  const rows = chart.categories.map((name, i) => ({ name, value: values[i] ?? 0 }));
  const legend = new Map(rows.map(({ name, value }) => [name, `${name} ${value}（${showShare(value, total)}）`]));
  return {
    legend: {
      orient: 'vertical',
      left: '38%',
      top: 'middle',
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 8,
      icon: 'roundRect',
      textStyle: { ...legendText, width: Math.round(width * 0.62) - 24, overflow: 'truncate' },
      formatter: (name: string) => legend.get(name) ?? name,
    },
    series: [
      {
        type: 'pie',
        radius: [30, 54],
        center: ['18%', '54%'],
        label: { show: false },
        itemStyle: { borderColor: '#fff', borderWidth: 1.5 },
        data: rows,
      },
    ],
  };
}

/** The library writes `style` attributes and a hover style sheet, which a strict content policy blocks. */
const withoutStyles = (svg: string): string =>
  svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>\s*/g, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, rules: string) =>
      rules
        .split(';')
        .map((rule) => rule.split(':'))
        .filter((rule) => rule.length === 2)
        .map(([property = '', value = '']) => ` ${property.trim()}="${value.trim()}"`)
        .join(''),
    );
