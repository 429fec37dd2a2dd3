import { describe, expect, it } from 'vitest';
import { optionalText, text } from '../../src/documents/cells.ts';
import { type Columns, readTable } from '../../src/documents/table.ts';
import type { CellValue, Merge, Sheet } from '../../src/documents/workbook.ts';

const columns = {
  name: { names: ['姓名'], required: true, merged: true },
  unit: { names: ['单位', '部门'], required: true },
  hours: { names: ['学时', '学时数'], required: true },
  note: { names: ['备注'], required: false },
} as const satisfies Columns<string>;

const sheet = (rows: CellValue[][], name = '表', merges: Merge[] = []): Sheet => ({ name, rows, merges });

const read = (...sheets: Sheet[]) =>
  readTable(sheets, columns, (row) => {
    const cells = row.take({
      name: text(9, '姓名'),
      unit: text(9, '单位'),
      hours: text(3, '学时'),
      note: optionalText(9),
    });
    return cells === null ? null : `${row.sheet}${row.row} ${cells.name} ${cells.unit} ${cells.hours} ${cells.note}`;
  });

describe('the header', () => {
  it.each<[string, CellValue[][], string]>([
    [
      'on the first row',
      [
        ['姓名', '单位', '学时'],
        ['王芳', '教务处', 3],
      ],
      '表2 王芳 教务处 3 null',
    ],
    ['below a merged title', [['台账'], [], ['姓名', '单位', '学时'], ['王芳', '教务处', 3]], '表4 王芳 教务处 3 null'],
    [
      'with spaces, breaks and units',
      [
        ['姓 名', '部\n门', '学时（个）'],
        ['王芳', '教务处', 3],
      ],
      '表2 王芳 教务处 3 null',
    ],
    [
      'in another order',
      [
        ['备注', '学时数*', '单位：', '姓名'],
        ['x', 3, '教务处', '王芳'],
      ],
      '表2 王芳 教务处 3 x',
    ],
    [
      'of two rows under a group',
      [
        ['姓名', '培训情况', null],
        [null, '部门', '学时'],
        ['王芳', '教务处', 3],
      ],
      '表3 王芳 教务处 3 null',
    ],
  ])('is found %s', async (_, rows, line) => {
    expect((await read(sheet(rows))).rows).toEqual([line]);
  });

  it('does not swallow a first row whose cells look like names of columns', async () => {
    const rows = [
      ['姓名', '单位', '学时', '其他'],
      ['王芳', '教务处', 3, '备注'],
    ];
    expect((await read(sheet(rows))).rows).toEqual(['表2 王芳 教务处 3 null']);
  });

  it('is not looked for below the tenth row', async () => {
    const header = ['姓名', '单位', '学时'];
    const below = (blank: number) => read(sheet([...Array.from({ length: blank }, () => ['']), header]));
    expect((await below(9)).total).toBe(0);
    await expect(below(10)).rejects.toThrow('没有找到表头');
  });

  it('names the columns that are missing', async () => {
    await expect(read(sheet([['姓名', '单位', '备注']]))).rejects.toThrow('工作表“表”缺少“学时”列');
    await expect(read(sheet([['姓名', '职务']]))).rejects.toThrow('“姓名、单位、学时”');
  });

  it('has each needed column once', async () => {
    await expect(read(sheet([['姓名', '单位', '部门', '学时']]))).rejects.toThrow('有两列都是“单位”');
    expect(
      (
        await read(
          sheet([
            ['姓名', '单位', '学时', '备注', '备注'],
            ['王芳', '教务处', 3, 'a', 'b'],
          ]),
        )
      ).rows,
    ).toEqual(['表2 王芳 教务处 3 a']);
  });
});

describe('the rows', () => {
  const header = ['姓名', '单位', '学时'];

  it('of all sheets are read, but not of sheets without a table', async () => {
    const reading = await read(
      sheet([header, ['王芳', '教务处', 3]], '2023年'),
      sheet([['填表说明'], ['请按年度填写']], '说明'),
      sheet([['年度'], header, ['李䶮', '财务处', 4]], '2024年'),
    );
    expect(reading.rows).toEqual(['2023年2 王芳 教务处 3 null', '2024年3 李䶮 财务处 4 null']);
    expect(reading).toMatchObject({ sheets: ['2023年', '2024年'], skippedSheets: ['说明'], total: 2 });
  });

  it('are none of the form: blank ones, totals and notes', async () => {
    const form = [
      [null, ' ', ''],
      ['合计', null, 3],
      ['小 计'],
      ['注：以证书为准'],
      ['填表人：赵敏'],
      ['制表日期', '2026'],
    ];
    const reading = await read(sheet([header, ['王芳', '教务处', 3], ...form]));
    expect(reading).toMatchObject({ total: 1, faults: [] });
  });

  it('with faults are named with every fault, and left out', async () => {
    const reading = await read(sheet([header, [null, '教务处', '一百学时'], ['王芳', '教务处', 3]]));
    expect(reading.rows).toHaveLength(1);
    expect(reading.faults).toEqual([
      { sheet: '表', row: 2, column: '姓名', found: '', expected: '应为姓名' },
      { sheet: '表', row: 2, column: '学时', found: '一百学时', expected: '应不超过 3 字' },
    ]);
  });

  it('share a merged cell only where that makes sense', async () => {
    const merge = (column: number) => ({ startRow: 1, startCol: column, endRow: 2, endCol: column });
    const rows = [header, ['王芳', '教务处', 3], [null, '财务处', 4]];
    expect((await read(sheet(rows, '表', [merge(0)]))).rows).toHaveLength(2);
    expect(
      (await read(sheet([header, ['王芳', '教务处', 3], ['李䶮', '财务处', null]], '表', [merge(2)]))).faults,
    ).toHaveLength(1);
  });

  it('report their progress up to the end, and can be called off', async () => {
    const rows = [header, ...Array.from({ length: 250 }, () => ['王芳', '教务处', 3])];
    const seen: number[] = [];
    const controller = new AbortController();
    await readTable([sheet(rows)], columns, () => null, { onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([100, 200, 251]);
    const onProgress = () => controller.abort(new Error('stop'));
    await expect(
      readTable([sheet(rows)], columns, () => null, { onProgress, signal: controller.signal }),
    ).rejects.toThrow('stop');
  });
});
