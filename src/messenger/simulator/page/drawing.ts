import DOMPurify from 'dompurify';
import { html } from 'htm/preact';
import type { Chart } from '../../reply.ts';

/** A chart drawn by the server; without a drawing, and to a screen reader, its numbers speak for themselves. */
export function Drawing({ block, svg }: { block: Chart; svg: string | undefined }) {
  const numbers = inWords(block);
  if (svg === undefined) return html`<p class="words">${numbers}</p>`;
  const safe = { __html: DOMPurify.sanitize(svg, { USE_PROFILES: { svg: true } }) };
  return html`<div class="chart" role="img" aria-label=${numbers} dangerouslySetInnerHTML=${safe}></div>`;
}

const inWords = ({ title, unit, categories, series }: Chart): string =>
  [
    `${title}（${unit}）`,
    ...categories.map((name, i) => `${name}：${series.map(({ values }) => values[i] ?? 0).join('，')}`),
  ].join('\n');
