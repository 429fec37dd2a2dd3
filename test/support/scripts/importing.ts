import { rosterWorkbook } from '../../../src/documents/roster-workbook.ts';
import { makeCadre } from '../college.ts';
import { type Script, send, tap } from '../gallery.ts';
import { makeLedgerFile } from '../ledger-file.ts';

const at = '2026-11-20T01:00:00.000Z';
const wangFang = { 姓名: '王芳', 工号: 'E0001', 起止日期: '2026-11-19', 学时: 1 };
const zhaoMin = { ...wangFang, 姓名: '赵敏', 工号: 'E0003' };

const good = send('培训台账.xlsx', () =>
  makeLedgerFile([
    { ...wangFang, 培训名称: '国家安全教育' },
    { ...wangFang, 培训名称: '统计法讲座', 内容: '知识培训' },
    { ...zhaoMin, 培训名称: '国家安全教育' },
  ]),
);
const unlikeAnyRow = { ...wangFang, 培训名称: '档案法讲座' };
const fewFaults = send('台账（有误）.xlsx', () =>
  makeLedgerFile([
    unlikeAnyRow,
    { ...wangFang, 培训名称: '国家安全教育' },
    { ...wangFang, 培训名称: '保密讲座', 学时: '两天' },
    unlikeAnyRow,
    { ...wangFang, 姓名: '王方', 培训名称: '急救培训' },
  ]),
);
const manyFaults = send('台账（全错）.xlsx', () =>
  makeLedgerFile(
    ['两天', '半日', '若干', '一周', '很多', '不详', '待定'].map((amount, i) => ({
      ...wangFang,
      培训名称: `读书班${i + 1}`,
      学时: amount,
    })),
  ),
);
const newcomer = makeCadre({ staffNo: 'E0301', name: '钱进', unit: '教务处', position: '副处长' });
const roster = send('新任干部.xlsx', () =>
  rosterWorkbook([newcomer, makeCadre({ ...newcomer, staffNo: 'E0302', name: '马跃' })], at),
);
const noWorkbook = send('通知.xlsx', async () => Buffer.from('%PDF-1.7'));
const otherTable = send('名单.csv', async () => Buffer.from('姓名,工号'));

/** Files sent in chat: what they would change, what came of it, and how it is taken back. */
export const importScripts: readonly Script[] = [
  {
    title: '导入文件：台账',
    lines: [
      ['clerk', good, tap('确认导入'), good, '导入', fewFaults, '取消', fewFaults, tap('确认导入'), manyFaults, '导入'],
      ['clerk', noWorkbook, otherTable],
      ['cadre', good],
      ['unit-head', good],
      ['group', good],
    ],
  },
  {
    title: '导入文件：名册',
    lines: [
      ['clerk', roster, tap('确认导入')],
      ['archivist', roster, '导入'],
    ],
  },
  {
    title: '撤销导入',
    lines: [
      ['clerk', '撤销导入', '撤销导入 1002 文件用错了', '取消', '撤销导入 1002 文件用错了', tap('确认撤销')],
      ['department-head', '导入', tap('撤销导入 1004')],
      ['clerk', '撤销导入 1004 名册拿错了', tap('确认撤销'), '导入', '导入 1002', '撤销导入 1002 再来一次'],
    ],
  },
];
