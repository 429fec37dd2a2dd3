import { expect, it } from 'vitest';
import { readRoster } from '../../src/documents/roster.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';

const read = async (names: readonly string[], ...rows: (string | number | null)[][]) => {
  const columns = names.map((name) => ({ name, width: 10 }));
  return readRoster(await writeWorkbook([{ name: '名册', title: '名册', columns, rows }], '2026-11-20T01:00:00.000Z'));
};

it('a roster of the five needed columns says nothing about the others', async () => {
  const reading = await read(
    ['姓名', '工号', '部门', '职务', '职级'],
    ['王 芳', 'ｅ0001', '教务处', '副处长', '副处级'],
  );
  expect(reading.rows).toEqual([
    {
      sheet: '名册',
      row: 3,
      person: { name: '王芳', staffNo: 'E0001', unit: '教务处', position: '副处长', grade: 'deputy' },
    },
  ]);
});

it('a blank cell of an optional column empties the field', async () => {
  const names = [
    '姓名',
    '工号',
    '单位',
    '职务',
    '职级',
    '任现职时间',
    '出生年月',
    '手机',
    '邮箱',
    '是否优秀年轻干部',
    '状态',
    '角色',
  ];
  const blank = Array.from({ length: 7 }, () => null);
  const { rows } = await read(names, ['王芳', 'E0001', '教务处', '处长', '中层正职', ...blank]);
  expect(rows[0]?.person).toMatchObject({
    appointedOn: null,
    mobile: null,
    youngTalent: false,
    state: 'active',
    roles: [],
  });
});

it('all faults of a row are named at once', async () => {
  const { rows, faults } = await read(
    ['姓名', '工号', '单位', '职务', '职级', '手机', '角色'],
    [null, null, '教务处', null, '处级', '123', '经办、皇帝'],
  );
  expect(rows).toEqual([]);
  expect(faults.map(({ column, found, expected }) => `${column} ${found} ${expected}`)).toEqual([
    '姓名  应为姓名',
    '工号  应为工号，例如 E0001',
    '职务  应为职务名称',
    '职级 处级 应为中层正职、中层副职、其他之一',
    '手机 123 应为手机号，11 位数字',
    '角色 经办、皇帝 应为单位负责人、经办、部长、档案管理员、运维之一',
  ]);
});
