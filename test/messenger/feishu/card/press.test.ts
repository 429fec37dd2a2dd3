import { describe, expect, it } from 'vitest';
import { pressOf } from '../../../../src/messenger/feishu/card/press.ts';

const press = { command: '登记', args: { filled: true } };
const fields = {
  f_title: { name: 'title', type: 'text' },
  f_kind: { name: 'kind', type: 'choice' },
  f_units: { name: 'units', type: 'choices' },
  f_from: { name: 'from', type: 'day' },
};

describe('what a tap carries', () => {
  it('is the press of a button as it was put in', () => {
    expect(pressOf({ value: { press } })).toEqual({ press, form: {} });
  });

  it('is the same when a client sends the value as the text of its JSON', () => {
    expect(pressOf({ value: JSON.stringify({ press }) })).toEqual({ press, form: {} });
  });

  it('is nothing when the text of its JSON is a tower that whoever reads it falls from', () => {
    const tower = `{"press":{"command":"登记","args":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}}`;
    expect(pressOf({ value: tower })).toEqual({ press: undefined, form: {} });
  });

  it('is a form under the names of its fields, with days as days though the platform adds a zone', () => {
    const filled = {
      f_title: '专题党课',
      f_kind: 'special',
      f_units: ['教务处', '财务处'],
      f_from: '2024-04-01 +0800',
    };
    expect(pressOf({ value: { press, fields }, form_value: filled })).toEqual({
      press,
      form: { title: '专题党课', kind: 'special', units: ['教务处', '财务处'], from: '2024-04-01' },
    });
  });

  it.each([
    ['left out', {}],
    ['sent empty', { f_title: '', f_kind: '', f_units: [], f_from: '' }],
    ['of another kind than was asked for', { f_title: 3, f_kind: ['x'], f_units: { a: 1 }, f_from: null }],
    ['no form at all', null],
  ])('has what was left open as every messenger hands it on, when it is %s', (_, filled) => {
    expect(pressOf({ value: { press, fields }, form_value: filled })).toEqual({
      press,
      form: { title: '', units: [] },
    });
  });

  it('takes one choice of several that comes without a list, and a day that is none as it is, for the command to refuse', () => {
    expect(pressOf({ value: { press, fields }, form_value: { f_units: '教务处', f_from: '明天' } }).form).toEqual({
      title: '',
      units: ['教务处'],
      from: '明天',
    });
  });

  it('has no field that the form does not have, nor one that every object has', () => {
    const filled = { other: 'x', __proto__: { f_title: 'y' } };
    expect(pressOf({ value: { press, fields }, form_value: filled }).form).toEqual({ title: '', units: [] });
  });

  it('is the press in the place of the option, where a choice stands for buttons', () => {
    const presses = [{ command: '进度', args: {} }, press];
    expect(pressOf({ value: { presses }, option: '1' })).toEqual({ press, form: {} });
    for (const option of ['', '2', '-1', 'x', 1, undefined]) {
      expect(pressOf({ value: { presses }, option })).toEqual({ press: undefined, form: {} });
    }
  });

  it.each([[null], ['进度'], [{}], [{ other: 1 }], [[]], [7]])(
    'is nothing when a card of somebody else sends %j',
    (value) => {
      expect(pressOf({ value })).toEqual({ press: undefined, form: {} });
    },
  );
});
