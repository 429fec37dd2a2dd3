import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartSpec } from '../../src/documents/chart-spec.ts';
import type { Chart } from '../../src/messenger/reply.ts';

const chart = (rest: Partial<Chart> = {}): Chart => ({
  type: 'chart',
  kind: 'bar',
  title: '人均',
  unit: '学时',
  categories: ['甲', '乙'],
  series: [{ name: '今年', values: [3, 2] }],
  ...rest,
});

describe('a chart for a messenger’s card', () => {
  it('of standing bars has the names along the bottom', () =>
    expect(chartSpec(chart())).toMatchObject({
      type: 'bar',
      direction: 'vertical',
      title: { text: '人均（学时）' },
      xField: 'name',
      yField: 'value',
      data: [
        {
          values: [
            { name: '甲', value: 3 },
            { name: '乙', value: 2 },
          ],
        },
      ],
      axes: [
        { orient: 'bottom', type: 'band' },
        { orient: 'left', type: 'linear' },
      ],
    }));

  it('of long names has them along the left, and its mark across', () =>
    expect(
      chartSpec(chart({ categories: ['信息科学与技术学院', '体育部'], mark: { label: '平均', value: 2.5 } })),
    ).toMatchObject({
      direction: 'horizontal',
      xField: 'value',
      yField: 'name',
      axes: [{ orient: 'left', type: 'band' }, { orient: 'bottom' }],
      markLine: [{ x: 2.5, label: { text: '平均' } }],
    }));

  it('keeps a mark above all values inside', () => {
    const { axes } = chartSpec(chart({ mark: { label: '目标', value: 70 } })) as { axes: { max?: number }[] };
    expect(axes[1]?.max).toBeGreaterThan(70);
  });

  it('of several lines tells them apart', () => {
    const series = [
      { name: '去年', values: [1, 2] },
      { name: '今年', values: [3, 4] },
    ];
    expect(chartSpec(chart({ kind: 'line', series }))).toMatchObject({
      type: 'line',
      xField: 'name',
      seriesField: 'series',
      legends: [{ visible: true }],
    });
    expect(chartSpec(chart({ series }))).toMatchObject({ xField: ['name', 'series'] });
  });

  it('of a pie names its slices with their numbers', () =>
    expect(chartSpec(chart({ kind: 'pie' }))).toMatchObject({
      type: 'pie',
      categoryField: 'name',
      valueField: 'value',
      data: [{ values: [{ name: '甲 3' }, { name: '乙 2' }] }],
    }));

  it('says when there is nothing', () =>
    expect(chartSpec(chart({ categories: [] }))).toMatchObject({
      title: { subtext: '暂无数据' },
      data: [{ values: [] }],
    }));

  it('is plain JSON below 8 KB, whatever the chart', () => {
    const name = fc.oneof(fc.string({ maxLength: 60 }), fc.constant('教'.repeat(60)));
    const charts = fc.record({
      kind: fc.constantFrom('bar' as const, 'line' as const, 'pie' as const),
      title: name,
      unit: fc.constant('学时'),
      categories: fc.array(name, { maxLength: 80, size: 'max' }),
      series: fc.array(
        fc.record({
          name,
          values: fc.array(
            fc.integer({ max: 10_000_000 }).map((n) => n / 100),
            { maxLength: 80 },
          ),
        }),
        { maxLength: 12 },
      ),
      mark: fc.record({ label: name, value: fc.integer({ min: 0, max: 1000 }) }),
    });
    fc.assert(
      fc.property(charts, (rest) => {
        const spec = chartSpec(chart(rest));
        expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
        expect(Buffer.byteLength(JSON.stringify(spec))).toBeLessThan(8192);
      }),
    );
  });
});
