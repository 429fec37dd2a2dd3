import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../../src/config.ts';
import { renderReply } from '../../src/messenger/feishu/card/render.ts';
import { readMarkdown } from './feishu-markdown.ts';
import type { Exhibit } from './gallery.ts';
import { unlike } from './gallery-page.ts';

/** Cards of one page. */
const largestPage = 24;

/** The cards of the gallery that look like no other, as pages. */
export function feishuPages(exhibits: readonly Exhibit[]): string[] {
  const cards = unlike(exhibits).flatMap(({ reply, ...made }) =>
    reply.type !== 'card'
      ? []
      : renderReply(reply).map(({ content }) => ({
          caption: `${made.script} ▶ ${made.who}：${made.done.slice(0, 80)}`,
          card: JSON.parse(content) as unknown,
        })),
  );
  return Array.from({ length: Math.ceil(cards.length / largestPage) }, (_, i) =>
    drawCards(cards.slice(i * largestPage, (i + 1) * largestPage)),
  );
}

/** What sticks out of its card or is cut off, found in a browser; a table is there to be moved. */
export const misfitsOfCards = `[...document.querySelectorAll('article *')].flatMap((one) => {
  if (one.closest('.table') !== null) return [];
  const beyond = one.getBoundingClientRect().right - one.closest('article').getBoundingClientRect().right;
  const hidden = one.scrollWidth - one.clientWidth;
  const isBlock = getComputedStyle(one).display !== 'inline';
  return beyond > 1 || (isBlock && hidden > 8) ? [Math.max(beyond, hidden) + ' px too wide: ' + one.textContent.slice(0, 40)] : [];
})`;

/**
 * Cards of JSON 2.0 drawn about as Feishu draws them on a phone: for eyes, and for a browser to measure. Each card has
 * a caption.
 */
const drawCards = (cards: readonly { readonly caption: string; readonly card: unknown }[]): string => `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><link rel="stylesheet" href="${font}"><style>${style}</style>
<main>${cards.map(({ caption, card }) => `<figure><figcaption>${safe(caption)}</figcaption>${drawCard(card)}</figure>`).join('')}</main></html>`;

const font = pathToFileURL(join(packageRoot, 'node_modules/@fontsource-variable/noto-sans-sc/index.css')).href;

const words = z.object({ content: z.string() });
const cardSchema = z.object({
  header: z.object({ title: words, template: z.string() }).optional(),
  body: z.object({ elements: z.array(z.unknown()) }),
});

function drawCard(card: unknown): string {
  const { header, body } = cardSchema.parse(card);
  const title = header === undefined ? '' : `<header class="${header.template}">${safe(header.title.content)}</header>`;
  return `<article>${title}<div class="body">${body.elements.map(draw).join('')}</div></article>`;
}

const elements = z.array(z.unknown());
const optionText = z.object({ text: words, value: z.string() });
const placeholder = words.optional();
const margin = z.string().default('0');

/** Each component by its tag; a tag that is not here is a fault of this page. */
const component = z.discriminatedUnion('tag', [
  z.object({ tag: z.literal('markdown'), content: z.string(), margin }),
  z.object({ tag: z.literal('div'), text: words }),
  z.object({ tag: z.literal('hr') }),
  z.object({ tag: z.literal('column_set'), columns: z.array(z.object({ elements })) }),
  z.object({ tag: z.literal('button'), type: z.string(), text: words, margin }),
  z.object({ tag: z.literal('form'), elements }),
  z.object({ tag: z.literal('input'), placeholder, default_value: z.string().optional(), rows: z.number().optional() }),
  z.object({ tag: z.literal('date_picker'), placeholder, initial_date: z.string().optional() }),
  z.object({
    tag: z.literal('select_static'),
    placeholder,
    options: z.array(optionText),
    initial_index: z.number().optional(),
  }),
  z.object({
    tag: z.literal('multi_select_static'),
    placeholder,
    options: z.array(optionText),
    selected_values: z.array(z.string()).optional(),
  }),
  z.object({
    tag: z.literal('chart'),
    height: z.string(),
    chart_spec: z.looseObject({ type: z.string(), title: z.object({ text: z.string() }) }),
  }),
  z.object({
    tag: z.literal('table'),
    page_size: z.number(),
    row_height: z.string(),
    columns: z.array(
      z.object({ name: z.string(), display_name: z.string(), data_type: z.string(), horizontal_align: z.string() }),
    ),
    rows: z.array(z.record(z.string(), z.string())),
  }),
]);
type Table = Extract<z.output<typeof component>, { tag: 'table' }>;

function draw(element: unknown): string {
  const one = component.parse(element);
  switch (one.tag) {
    case 'markdown':
      return `<p style="margin:${one.margin}">${drawMarkdown(one.content)}</p>`;
    case 'div':
      return `<p class="note">${safe(one.text.content)}</p>`;
    case 'hr':
      return '<hr>';
    case 'column_set':
      return `<div class="row">${one.columns.map((column) => `<div>${column.elements.map(draw).join('')}</div>`).join('')}</div>`;
    case 'button':
      return `<button class="${one.type}" style="margin:${one.margin}">${safe(one.text.content)}</button>`;
    case 'form':
      return `<form>${one.elements.map(draw).join('')}</form>`;
    case 'input':
      return box(one.default_value, one.placeholder, (one.rows ?? 1) * 22);
    case 'date_picker':
      return box(one.initial_date, one.placeholder);
    case 'select_static':
      return box(one.options[(one.initial_index ?? 0) - 1]?.text.content, one.placeholder);
    case 'multi_select_static': {
      const chosen = one.options.filter(({ value }) => one.selected_values?.includes(value));
      return box(chosen.map(({ text }) => text.content).join('、') || undefined, one.placeholder);
    }
    case 'chart':
      return `<div class="chart" style="height:${one.height}">${safe(one.chart_spec.title.text)}<br>（${one.chart_spec.type}）</div>`;
    case 'table':
      return drawTable(one);
  }
}

const box = (value: string | undefined, hint: z.output<typeof placeholder>, height = 22): string =>
  `<div class="box" style="min-height:${height}px">${value === undefined ? `<i>${safe(hint?.content ?? '')}</i>` : safe(value)}</div>`;

/** Its first page. */
function drawTable({ columns, rows, page_size: size, row_height: height }: Table): string {
  const pages = Math.ceil(rows.length / size);
  const cell = (text: string, type: string): string => (type === 'markdown' ? drawMarkdown(text) : safe(text));
  return `<div class="table ${height}"><table>
    <tr>${columns.map((one) => `<th>${safe(one.display_name)}</th>`).join('')}</tr>
    ${rows
      .slice(0, size)
      .map(
        (row) =>
          `<tr>${columns.map((one) => `<td class="${one.horizontal_align}">${cell(row[one.name] ?? '', one.data_type)}</td>`).join('')}</tr>`,
      )
      .join('')}
  </table></div>${pages > 1 ? `<p class="pages">‹ 1/${pages} ›</p>` : ''}`;
}

const drawMarkdown = (source: string): string =>
  readMarkdown(source)
    .map((run) => {
      if (run === 'break') return '<br>';
      const text = run.bold ? `<b>${safe(run.text)}</b>` : safe(run.text);
      return run.colour === null ? text : `<span class="${run.colour}-text">${text}</span>`;
    })
    .join('');

const safe = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`).replaceAll('\n', '<br>');

/** A phone is 375 wide, and a card leaves 16 on either side. */
const style = `
  * { box-sizing: border-box; margin: 0; }
  body { font: 14px/22px 'Noto Sans SC Variable', sans-serif; color: #1f2329; background: #f2f3f5; }
  main { columns: 343px; padding: 8px; column-gap: 16px; }
  figure { width: 343px; break-inside: avoid; padding-bottom: 16px; }
  figcaption { font-size: 11px; line-height: 14px; color: #8f959e; overflow-wrap: anywhere; padding: 2px 0; }
  article { background: #fff; border: 1px solid #dee0e3; border-radius: 8px; overflow: hidden; }
  header { padding: 12px; font-size: 16px; line-height: 24px; font-weight: 500; }
  header.default { padding-bottom: 0; }
  header.blue { color: #245bdb; background: #e1eaff; } header.green { color: #237b19; background: #d9f5d6; }
  header.orange { color: #b26206; background: #feead2; } header.red { color: #ac2f28; background: #fde2e2; }
  .body, form { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  .body { padding: 12px; } form { gap: 4px; }
  p { overflow-wrap: anywhere; }
  .note { font-size: 12px; line-height: 18px; color: #8f959e; }
  hr { border: 0; border-top: 1px solid #dee0e3; width: 100%; }
  .row { display: flex; flex-wrap: wrap; gap: 4px; }
  button { font: inherit; padding: 6px 12px; border: 1px solid #d0d3d6; border-radius: 6px; background: #fff; white-space: nowrap; justify-self: start; }
  button.primary_filled { color: #fff; background: #3370ff; border-color: #3370ff; }
  button.danger { color: #f54a45; border-color: #f54a45; }
  .box { border: 1px solid #d0d3d6; border-radius: 6px; padding: 5px 11px; overflow: hidden; } i { color: #8f959e; font-style: normal; }
  .chart { display: grid; place-content: center; text-align: center; background: #f5f6f7; color: #8f959e; }
  .table { overflow-x: auto; border: 1px solid #dee0e3; border-radius: 6px; }
  table { border-collapse: collapse; min-width: 100%; }
  th { font-weight: 400; color: #8f959e; background: #f5f6f7; text-align: left; }
  th, td { padding: 5px 8px; border-bottom: 1px solid #eff0f1; min-width: 60px; max-width: 140px; overflow: hidden; text-overflow: ellipsis; }
  .low td { white-space: nowrap; } td.right { text-align: right; }
  .pages { text-align: center; color: #8f959e; }
  .grey-text { color: #8f959e; } .red-text { color: #f54a45; } .blue-text { color: #3370ff; } .green-text { color: #34a853; } .orange-text { color: #ff8800; }
`;
