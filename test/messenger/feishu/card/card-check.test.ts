import { describe, expect, it } from 'vitest';
import { checkCard } from '../../../support/feishu-server/card-check.ts';

const text = (content: string) => ({ tag: 'plain_text', content });
const words = { tag: 'markdown', content: '已登记 **3** 学时' };
const button = (more: object = {}) => ({
  tag: 'button',
  text: text('确认'),
  behaviors: [{ type: 'callback', value: { press: {} } }],
  ...more,
});
const submit = button({ name: 'submit', form_action_type: 'submit' });
const input = (more: object = {}) => ({ tag: 'input', name: 'hours', ...more });
const form = (...elements: object[]) => ({ tag: 'form', name: 'form', elements });
const columns = (...elements: object[]) => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] });
const table = (more: object = {}) => ({
  tag: 'table',
  page_size: 10,
  columns: [{ name: 'hours', display_name: '学时', data_type: 'number' }],
  rows: [{ hours: 3 }],
  ...more,
});
const option = (value: string) => ({ text: text(value), value });
const choice = (more: object = {}) => ({ tag: 'select_static', options: [option('甲'), option('乙')], ...more });
const chart = (spec: unknown) => ({ tag: 'chart', chart_spec: spec });
const bars = {
  type: 'bar',
  data: [{ id: 'data', values: [{ name: '甲', value: 3 }] }],
  xField: 'name',
  yField: 'value',
};
const card = (elements: readonly unknown[], more: object = {}) => ({
  schema: '2.0',
  config: { update_multi: true, summary: { content: '已登记 3 学时' } },
  header: { title: text('登记'), template: 'green' },
  body: { elements },
  ...more,
});
const codes = (value: unknown): number[] => [...new Set(checkCard(value).map(({ code, sub }) => sub || code))];
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
/** A component below so many others. */
const deep = (levels: number): object => (levels === 1 ? words : columns(deep(levels - 2)));

describe('a card that the platform takes', () => {
  it.each([
    [
      'texts, a line and buttons',
      card([words, { tag: 'hr' }, columns(button({ confirm: { title: text('请确认'), text: text('撤回？') } }))]),
    ],
    [
      'a form',
      card([
        form(input({ required: true, max_length: 1000 }), { ...choice({ initial_index: 2 }), name: 'kind' }, submit),
      ]),
    ],
    ['a table', card([table()])],
    ['a chart', card([chart(bars)])],
    ['a choice that acts at once', card([choice({ behaviors: [{ type: 'callback', value: {} }] })])],
    ['a mention', card([{ tag: 'markdown', content: '<at id=ou_abc></at>' }])],
    ['a picture', card([{ tag: 'img', img_key: 'img_v3_1', alt: text('图') }])],
    ['200 elements', card(times(199, words))],
    ['5 tables', card([...times(4, table()), { tag: 'markdown', content: '|a|\n|-|\n|b|' }])],
    ['5 levels', card([deep(5)])],
    ['nothing but the version', { schema: '2.0' }],
  ])('has %s', (_, accepted) => {
    expect(checkCard(accepted)).toEqual([]);
  });
});

describe('a card that the platform refuses', () => {
  it.each([
    ['a property that is unknown', 200621, card([{ ...words, font: 'big' }])],
    ['one in its head', 200621, card([], { header: { title: text('登记'), style: 'x' } })],
    ['one beside its body', 200621, card([], { i18n_elements: {} })],
    ['a tag that is unknown', 200621, card([{ tag: 'video' }])],
    ['a note, as in version 1', 200861, card([{ tag: 'note', elements: [] }])],
    ['an action, as in version 1', 200861, card([{ tag: 'action', actions: [] }])],
    ['another version', 200861, { config: {}, elements: [] }],
    ['a template that is no colour', 200621, card([], { header: { title: text('登记'), template: 'pink' } })],
    [
      '4 tags in its head',
      200621,
      card([], { header: { title: text('登记'), text_tag_list: times(4, { tag: 'text_tag', text: text('新') }) } }),
    ],
    ['another state for everybody', 200621, card([], { config: { update_multi: false } })],
    ['a form in columns', 200621, card([columns(form(input(), submit))])],
    [
      'a form in a form',
      200621,
      card([form(input(), submit, { ...form(input({ name: 'b' }), { ...submit, name: 's' }), name: 'inner' })]),
    ],
    ['a table in columns', 200621, card([columns(table())])],
    ['a table in a form', 200621, card([form(input(), table(), submit)])],
    ['a field of a form without a name', 200530, card([form({ tag: 'input' }, submit)])],
    ['a button of a form without a name', 200530, card([form(input(), button({ form_action_type: 'submit' }))])],
    ['two fields of one name', 200530, card([form(input(), input(), submit)])],
    [
      'two forms with fields of one name',
      200530,
      card([form(input(), submit), { ...form(input(), { ...submit, name: 's2' }), name: 'f2' }]),
    ],
    ['a form that nothing submits', 200530, card([form(input(), button({ name: 'other' }))])],
    ['a choice of several outside a form', 200621, card([choice({ tag: 'multi_select_static', name: 'units' })])],
    ['a demanded field outside a form', 200621, card([choice({ required: true })])],
    ['an input for more than 1000 characters', 200621, card([form(input({ max_length: 1001 }), submit)])],
    [
      'a day that is none',
      200621,
      card([form({ tag: 'date_picker', name: 'day', initial_date: '2026-02-30' }, submit)]),
    ],
    [
      '51 columns',
      200621,
      card([
        table({ columns: Array.from({ length: 51 }, (_, i) => ({ name: `c${i}`, data_type: 'text' })), rows: [] }),
      ]),
    ],
    [
      'two columns of one name',
      200621,
      card([table({ columns: times(2, { name: 'c', data_type: 'text' }), rows: [] })]),
    ],
    ['a page of 11 rows', 200621, card([table({ page_size: 11 })])],
    ['a page of no rows', 200621, card([table({ page_size: 0 })])],
    ['a row of other cells', 200914, card([table({ rows: [{ hours: { tag: 'plain_text', content: '3' } }] })])],
    ['a row with a cell of no column', 200914, card([table({ rows: [{ name: '王芳' }] })])],
    ['an id that is none', 200621, card([{ ...words, element_id: '1-a' }])],
    ['two elements of one id', 200621, card(times(2, { ...words, element_id: 'a' }))],
    ['a button of 101 characters', 200621, card([button({ text: text('字'.repeat(101)) })])],
    ['a value that is no object', 200621, card([button({ behaviors: [{ type: 'callback', value: '进度' }] })])],
    ['a question without a title', 200621, card([button({ confirm: { text: text('撤回？') } })])],
    ['two options of one value', 200621, card([choice({ options: times(2, option('甲')) })])],
    ['a first choice that is no option', 200621, card([choice({ initial_index: 3 })])],
    ['a chart with a function', 200550, card([chart({ ...bars, label: { formatMethod: () => '' } })])],
    ['a chart of an unknown type', 200550, card([chart({ ...bars, type: 'cake' })])],
    ['a chart without data', 200550, card([chart({ type: 'bar' })])],
    ['a mention of nobody', 100290, card([{ tag: 'markdown', content: '<at id=王芳></at>' }])],
    ['a picture that was never uploaded', 200570, card([{ tag: 'img', img_key: 'a.png' }])],
    ['one in a text', 200570, card([{ tag: 'markdown', content: '![图](https://a.cn/b.png)' }])],
    ['6 levels', 200621, card([columns(deep(5))])],
    ['201 elements', 11310, card(times(200, words))],
    ['200 elements with the texts on its buttons', 11310, card(times(100, button()))],
    ['6 tables', 11310, card(times(6, table()))],
    [
      '6 tables with those in its texts',
      11310,
      card([...times(5, table()), { tag: 'markdown', content: 'a|b\n-|-\nc|d' }]),
    ],
    ['5 tables in one text', 11310, card([{ tag: 'markdown', content: times(5, '|a|\n|-|\n|b|').join('\n\n') }])],
    ['more than 30 KB', 230025, card([{ tag: 'markdown', content: '学'.repeat(10_000) }])],
  ])('has %s', (_, code, refused) => {
    expect(codes(refused)).toContain(code);
  });

  it('is told with the place', () => {
    expect(checkCard(card([columns({ ...words, font: 'big' })]))).toMatchObject([
      { code: 230099, sub: 200621, message: expect.stringContaining('body > column_set > column > markdown') },
    ]);
  });
});
