import { describe, expect, it } from 'vitest';
import type { Block } from '../../../../src/messenger/reply.ts';
import { readCard, sentCards, shown } from '../../../support/feishu-cards.ts';

/** Columns named with a leading `#` hold figures. */
const table = (names: string, ...rows: string[]): Block => ({
  type: 'table',
  columns: names
    .split(' ')
    .map((name) => ({ label: name.replace('#', ''), align: name.startsWith('#') ? 'right' : 'left' })),
  rows: rows.map((row) => row.split(' ')),
});
const repeat = (count: number, row: string): string[] => Array.from({ length: count }, () => row);

describe('a table on Feishu', () => {
  it('is the platform’s own where its columns have room, figures to the right as they are written', () => {
    expect(shown(table('单位 #学时 #占比', '教务处 3.50 70%', '财务处 — 0%'))).toEqual([
      {
        tag: 'table',
        page_size: 2,
        row_height: 'low',
        header_style: { background_style: 'grey', text_color: 'grey', bold: false, lines: 2 },
        columns: [
          { name: 'c0', display_name: '单位', data_type: 'text', horizontal_align: 'left', width: 'auto' },
          { name: 'c1', display_name: '学时', data_type: 'text', horizontal_align: 'right', width: 'auto' },
          { name: 'c2', display_name: '占比', data_type: 'text', horizontal_align: 'right', width: 'auto' },
        ],
        rows: [
          { c0: '教务处', c1: '3.50', c2: '70%' },
          { c0: '财务处', c1: '—', c2: '0%' },
        ],
      },
    ]);
  });

  it.each([
    [10, 10],
    [11, 10],
  ])('of %i rows turns pages of %i', (rows, size) => {
    expect(shown(table('单位 #学时', ...repeat(rows, '教务处 3')))).toMatchObject([{ page_size: size }]);
  });

  it('keeps its first column in sight where it is moved, and shows long cells whole', () => {
    expect(shown(table('登记号 姓名 培训名称 #学时', '1 王芳 中心组学习年度重点任务 2'))).toMatchObject([
      { freeze_first_column: true, row_height: 'auto' },
    ]);
  });

  it('is bold in its cells, and shows them otherwise as they were written', () => {
    const [element] = shown(table('单位 #学时', '**合计** 3', '*教务处* 2'));
    expect(element).toMatchObject({
      columns: [{ data_type: 'markdown' }, { data_type: 'text' }],
      rows: [
        { c0: '**合计**', c1: '3' },
        { c0: '&#42;教务处&#42;', c1: '2' },
      ],
    });
  });

  it('is a list of entries where its words have no room beside each other on a phone', () => {
    const long = '关于深入学习贯彻党的二十届四中全会精神的通知';
    const [card] = sentCards([table('登记号 日期 培训名称 内容 #学时', `8237 11月19日 ${long} 党性教育 3`)]);
    expect(card && readCard(card)).toBe(
      [long, ['3 学时', '登记号 8237', '11月19日', '党性教育'].join('\u2002')].join('\n'),
    );
  });

  it('says which figure it is before the figure, and what it is counted in behind', () => {
    const [card] = sentCards([
      table('工号 姓名 职务 #本年学时 #五年学时', 'E0086 邵楠 教育科学学院党总支书记 106 436'),
    ]);
    expect(card && readCard(card)).toContain('本年学时 106\u2002五年学时 436');
  });

  it('turns pages rather than be a long list of short words', () => {
    const person = 'E0010 欧阳明月 马克思主义学院 党总支副书记';
    const tags = (rows: number): string[] =>
      shown(table('工号 姓名 单位 职务', ...repeat(rows, person))).map(({ tag }) => tag);
    expect(tags(10)).toEqual(repeat(10, 'markdown'));
    expect(tags(11)).toEqual(['table']);
  });

  it('without rows says what its columns would be', () => {
    expect(shown(table('单位 #学时'))).toEqual([{ tag: 'markdown', content: "<font color='grey'>单位　学时</font>" }]);
  });

  it('of more columns than the platform shows is a list, too', () => {
    const names = Array.from({ length: 51 }, (_, i) => `#${i + 1}月`);
    expect(shown(table(names.join(' '), names.map(() => '1').join(' '))).map(({ tag }) => tag)).toEqual(['markdown']);
  });
});
