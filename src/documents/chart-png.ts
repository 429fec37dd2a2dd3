import path from 'node:path';
import type { Chart } from '../messenger/reply.ts';
import { packageRoot } from '../package-root.ts';
import { renderChartSvg } from './chart.ts';

/** The only font of pictures, whatever the machine has: a picture looks the same wherever it is drawn. */
const font = { family: 'Noto Sans SC', file: path.join(packageRoot, 'data', 'fonts', 'noto-sans-sc-gb2312.ttf') };

/**
 * A chart as a PNG on white, laid out `width` pixels wide and as high as its data asks for; `scale` 2 gives twice the
 * pixels, for paper. Drawn in another thread.
 */
export async function renderChartPng(chart: Chart, width = 800, scale = 1): Promise<Uint8Array> {
  const { renderAsync } = await loadPainter();
  const picture = await renderAsync(await renderChartSvg(chart, width), {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: [font.file],
      defaultFontFamily: font.family,
      sansSerifFamily: font.family,
    },
  });
  return picture.asPng();
}

/** A native library, loaded by who draws. */
const loadPainter = (): Promise<typeof import('@resvg/resvg-js')> => import('@resvg/resvg-js');
