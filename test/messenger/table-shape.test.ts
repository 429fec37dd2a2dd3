import { describe, expect, it } from 'vitest';
import { shapeOf, type TableBlock } from '../../src/messenger/table-shape.ts';

/** Columns named with a leading `#` hold figures. */
const table = (names: string, ...rows: string[]): TableBlock => ({
  type: 'table',
  columns: names.split(' ').map((name) => ({
    label: name.replace('#', ''),
    align: name.startsWith('#') ? 'right' : 'left',
  })),
  rows: rows.map((row) => row.split(' ')),
});

describe('how a table is shown', () => {
  it('keeps columns that fit beside each other, a long one breaking', () => {
    const title = '关于深入学习贯彻党的二十届四中全会精神的通知';
    expect(shapeOf(table('日期 培训 #学时', `11月12日 ${title} 3`))).toEqual({ type: 'grid' });
    expect(shapeOf(table('工号 姓名 职务 职级', 'E0086 邵楠 党总支书记 中层正职'))).toEqual({ type: 'grid' });
  });

  it('keeps columns of figures, however many, for they are compared', () => {
    const row = '信息科学与技术学院 12 100.5 2200.25 183.35';
    expect(shapeOf(table('单位 #人数 #本月学时 #本年学时 #本年人均', row))).toEqual({ type: 'grid' });
  });

  it.each([
    ['登记号 日期 培训名称 内容 #学时 状态', '8206 11月16日至18日 集中轮训班 理论教育 24 已认定', 2],
    ['登记号 培训 应交 状态', '7986 2026年秋季班 11月13日（已逾期） 待提交', 1],
    ['工号 姓名 单位 职务', 'E0001 阿依古丽·买买提 信息科学与技术学院 党总支副书记', 1],
  ])('makes a list of %s, named by the first words', (names, row, heading) => {
    expect(shapeOf(table(names, row))).toEqual({ type: 'list', heading });
  });

  it('names the entries by what tells them apart', () => {
    const rest = '党政办公室 11月13日（7天） 《人工智能赋能教育管理专题培训班》未交';
    const overdue = table('事项 姓名 单位 自 情况', `体会 丁斌 ${rest}`, `体会 朱杰 ${rest}`, `体会 江志强 ${rest}`);
    expect(shapeOf(overdue)).toEqual({ type: 'list', heading: 1 });
  });

  it('names them by words even where they repeat, for a number says nothing', () => {
    const rest = '郭一鸣 提醒（聊天） 提醒设置E0005关闭学时进度体会';
    const rows = ['467', '466', '465'].map((n) => `${n} 2026年11月20日 ${rest}`);
    expect(shapeOf(table('序号 时间 何人 事项 改动', ...rows))).toEqual({ type: 'list', heading: 2 });
  });

  it('shows an empty table as it is', () => {
    expect(shapeOf(table('登记号 培训名称'))).toEqual({ type: 'grid' });
  });
});
