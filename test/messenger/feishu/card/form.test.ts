import { describe, expect, it } from 'vitest';
import { type Block, button, choice, type FormField } from '../../../../src/messenger/reply.ts';
import { readCard, type Shown, sentCards, shown } from '../../../support/feishu-cards.ts';

const submit = button('核对', '登记', { filled: true }, 'primary');
const formOf = (...fields: FormField[]): Block => ({ type: 'form', name: 'training', fields, submit });
const title: FormField = { type: 'text', name: 'title', label: '培训名称', required: true };
/** The components of a form with one field: its label, the control, what stands below, the button. */
const inForm = (field: FormField): readonly Shown[] => shown(formOf(field))[0]?.elements ?? [];

describe('a form on Feishu', () => {
  it('has names that are of the whole card, which the platform demands', () => {
    const cards = sentCards([formOf(title), formOf(title)]);
    const forms = cards.flatMap(({ body }) => body.elements);
    expect(forms.map(({ name }) => name)).toEqual(['training', 'training_2']);
    expect(forms.flatMap(({ elements = [] }) => elements.flatMap(({ name }) => name ?? []))).toEqual([
      'training_title',
      'training__submit',
      'training_2_title',
      'training_2__submit',
    ]);
  });

  it('is submitted by a button that carries the press and whose fields are whose', () => {
    expect(inForm(title).at(-1)).toEqual({
      tag: 'button',
      type: 'primary_filled',
      text: { tag: 'plain_text', content: '核对' },
      name: 'training__submit',
      form_action_type: 'submit',
      margin: '8px 0px 0px 0px',
      behaviors: [
        {
          type: 'callback',
          value: { press: submit.press, fields: { training_title: { name: 'title', type: 'text' } } },
        },
      ],
    });
  });

  it('marks what must be filled, shows what is known, and says below a field what is wrong in it', () => {
    const faulty = { ...title, hint: '例如：专题党课', value: '党课', maxLength: 60, fault: '请写全称' };
    expect(inForm(faulty).slice(0, -1)).toEqual([
      { tag: 'markdown', content: "培训名称<font color='red'>&#42;</font>", margin: '8px 0px 0px 0px' },
      {
        tag: 'input',
        name: 'training_title',
        required: true,
        width: 'fill',
        placeholder: { tag: 'plain_text', content: '例如：专题党课' },
        max_length: 60,
        default_value: '党课',
      },
      { tag: 'markdown', content: "<font color='red'>请写全称</font>" },
    ]);
  });

  it('has a text of several lines, a day and choices in the platform’s own components', () => {
    expect(inForm({ ...title, multiline: true })[1]).toMatchObject({ input_type: 'multiline_text' });
    expect(inForm({ type: 'day', name: 'from', label: '日期', required: false, value: '2026-11-20' })[1]).toMatchObject(
      { tag: 'date_picker', required: false, initial_date: '2026-11-20' },
    );
    const kinds = [
      ['a', '专题培训'],
      ['b', '集中轮训'],
    ] as const;
    const one = choice('kind', '类别', kinds, 'b', false);
    expect(inForm(one)[1]).toMatchObject({ tag: 'select_static', initial_index: 2 });
    expect(inForm({ ...one, many: true, value: 'b,c' })[1]).toMatchObject({
      tag: 'multi_select_static',
      selected_values: ['b'],
    });
  });

  it('is shown empty where what was typed is no day or no option', () => {
    const control = inForm({ type: 'day', name: 'from', label: '日期', required: false, value: '下周' })[1];
    expect(control).not.toHaveProperty('initial_date');
    expect(inForm(choice('kind', '类别', [['a', '专题培训']], undefined, false))[1]).not.toHaveProperty(
      'initial_index',
    );
  });

  it('has each option once, since a client cannot tell two of one value apart', () => {
    const twice = choice(
      'kind',
      '类别',
      [
        ['a', '甲'],
        ['a', '乙'],
      ],
      'a',
      true,
    );
    expect(inForm(twice)[1]).toMatchObject({ options: [{ value: 'a' }], initial_index: 1 });
  });

  it.each([
    [1000, undefined, 1000, 3],
    [1001, undefined, 1000, 4],
    [20_000, 833, 1000, 4],
  ])('takes at most 1000 characters in an input, where the command takes %i', (maxLength, minLength, most, count) => {
    const long: FormField = { ...title, maxLength, ...(minLength === undefined ? {} : { minLength }) };
    expect(inForm(long)[1]).toMatchObject({ max_length: most });
    expect(inForm(long)).toHaveLength(count);
  });

  it('asks for a text that no input can hold in the chat instead', () => {
    const long: FormField = { ...title, label: '正文', maxLength: 20_000, minLength: 834 };
    const [card] = sentCards([formOf(long)]);
    expect(card?.body.elements.map(({ tag }) => tag)).toEqual(['markdown']);
    expect(card && readCard(card)).toMatch(/正文\n飞书卡片的输入框最多容纳 1000 字.*请直接回复全文/);
  });

  it('lists as many options as a card has room for, what is chosen among them, and says so', () => {
    const people = Array.from({ length: 400 }, (_, i) => [`E${i}`, `干部${i}`] as const);
    const field: FormField = { ...choice('people', '人员', people, undefined, true), many: true, value: 'E0,E399' };
    const [card, ...more] = sentCards([formOf(field)]);
    expect(more).toEqual([]);
    const control = card?.body.elements[0]?.elements?.[1];
    const options = control?.['options'] as readonly { value: string }[] | undefined;
    const values = (options ?? []).map(({ value }) => value);
    expect(values.length).toBeGreaterThan(100);
    expect(values).toContain('E399');
    expect(control).toMatchObject({ selected_values: ['E0', 'E399'] });
    expect(card && readCard(card)).toContain(`这里只列出前 ${values.length} 个（共 400 个）`);
  });
});
