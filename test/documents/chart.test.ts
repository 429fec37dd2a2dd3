import { describe, expect, it } from 'vitest';
import { renderChartSvg } from '../../src/documents/chart.ts';
import type { Chart } from '../../src/messenger/reply.ts';

const chart = (rest: Partial<Chart> = {}): Chart => ({
  type: 'chart',
  kind: 'bar',
  title: '各内容学时',
  unit: '学时',
  categories: ['理论教育', '党性教育', '专业化'],
  series: [{ name: '本月', values: [120, 80.5, 0.25] }],
  ...rest,
});
const several = [
  { name: '2025年', values: [1, 2, 3] },
  { name: '2026年', values: [3, 2, 1] },
];
const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = '']) => words);

describe('a drawn chart', () => {
  it.each<[string, Chart, string[]]>([
    ['bars', chart(), ['各内容学时（学时）', '理论教育', '120', '80.5', '0.25']],
    [
      'long bars for long names',
      chart({ categories: ['信息科学与技术学院', '体育部', '后勤处'] }),
      ['信息科学与技术学院', '80.5'],
    ],
    ['bars of several series', chart({ series: several }), ['2025年', '2026年', '理论教育']],
    ['a line', chart({ kind: 'line', categories: ['9月', '10月', '11月'] }), ['9月', '11月', '120']],
    [
      'a pie with shares',
      chart({ kind: 'pie', series: [{ name: '学时', values: [50, 25, 25] }] }),
      ['理论教育 50（50 %）'],
    ],
    ['a mark', chart({ mark: { label: '目标 100', value: 100 } }), ['目标 100']],
    [
      'a mark across long bars',
      chart({ categories: ['信息科学与技术学院', '乙', '丙'], mark: { label: '平均', value: 9 } }),
      ['平均'],
    ],
  ])('shows %s with their words', async (_, description, expected) => {
    const svg = await renderChartSvg(description);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(expected));
    expect(svg).toMatch(/^<svg width="320" height="\d+" /);
  });

  it('says when there is nothing to draw', async () => {
    for (const kind of ['bar', 'line', 'pie'] as const) {
      const svg = await renderChartSvg(chart({ kind, categories: [], series: [{ name: '人', values: [] }] }));
      expect(textsOf(svg)).toEqual(expect.arrayContaining(['各内容学时（学时）', '暂无数据']));
    }
  });

  it('draws a pie of nothing but zeros', async () => {
    const svg = await renderChartSvg(chart({ kind: 'pie', series: [{ name: '学时', values: [0, 0, 0] }] }));
    expect(textsOf(svg)).toContain('理论教育 0（—）');
  });

  it('keeps a mark above all values inside the drawing', async () => {
    const svg = await renderChartSvg(chart({ mark: { label: '目标', value: 550 } }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['目标', '600']));
  });

  it('grows with the number of bars', async () => {
    const height = async (count: number): Promise<number> => {
      const categories = Array.from({ length: count }, (_, i) => `第${i}个学院`);
      const svg = await renderChartSvg(
        chart({ categories, series: [{ name: '人', values: categories.map(() => 1) }] }),
      );
      return Number(/height="(\d+)"/.exec(svg)?.[1]);
    };
    expect(await height(30)).toBeGreaterThan((await height(8)) + 400);
  });

  it('carries neither style nor script, whatever people are called', async () => {
    const hostile = '</text><script>alert(1)</script>" onload="x';
    const svg = await renderChartSvg(
      chart({ title: hostile, categories: [hostile, '乙', '丙'], mark: { label: hostile, value: 1 } }),
    );
    expect(svg).not.toMatch(/<script|<style|\sstyle=|\son\w+="|<foreignObject|\sclass=/);
    expect(svg).toContain('&lt;script&gt;');
  });
});
