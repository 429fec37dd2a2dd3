import { describe, expect, it } from 'vitest';
import { button, buttons, card, fields, note, plainText, text, words } from '../../src/messenger/reply.ts';

describe('the plain text of a reply', () => {
  it('begins with the summary, says it once, and drops the marks', () => {
    const reply = card(
      '学时进度',
      'good',
      '本周期已认定 3 学时',
      words('本周期已认定 **3** 学时'),
      words('进度**正常**'),
      fields(['学时', '3'], ['日期', '11月20日']),
      { type: 'divider' },
      buttons(button('确认', '确认'), button('取消', '取消')),
      note('说明'),
    );
    expect(plainText(reply)).toBe(
      '本周期已认定 3 学时\n进度正常\n学时：3\n日期：11月20日\n可回复：【确认】 【取消】\n说明',
    );
  });

  it('says the summary once when a block goes on after it', () => {
    const reply = card(
      '催办',
      'info',
      '将催办 2 人。',
      words('**将催办 2 人。**\n立即发送 2 人。'),
      note('将催办 2 人。明天发送。'),
    );
    expect(plainText(reply)).toBe('将催办 2 人。\n立即发送 2 人。\n明天发送。');
  });

  it('says once what its summary begins with, but no half of a sentence', () => {
    const reply = card('名册', 'good', '已保存。王芳在职。', words('已保存。'), words('已'));
    expect(plainText(reply)).toBe('已保存。王芳在职。\n已');
    expect(plainText(card('审核', 'info', '共 3', words('共 30 条')))).toBe('共 3\n共 30 条');
  });

  it('has a form for every kind of block', () => {
    const reply = card(
      '通报',
      'info',
      '通报',
      { type: 'progress', label: '五年', value: 3, max: 10, text: '3 / 10' },
      { type: 'table', columns: [{ label: '单位', align: 'left' }], rows: [['教务处']] },
      {
        type: 'chart',
        kind: 'bar',
        title: '学时',
        unit: '学时',
        categories: ['甲'],
        series: [{ name: '本月', values: [1] }],
      },
      {
        type: 'form',
        name: 'f',
        fields: [{ type: 'day', name: 'd', label: '日期', required: true }],
        submit: button('提交', '登记'),
      },
    );
    expect(plainText(reply)).toBe('通报\n五年：3 / 10\n单位\n教务处\n学时（学时）\n甲：1\n可填写：日期');
    expect(plainText(text('**好**的'))).toBe('好的');
    expect(plainText({ type: 'file', name: 'a.txt', blob: '', mime: '', caption: '体会' })).toBe('体会（文件：a.txt）');
  });
});
