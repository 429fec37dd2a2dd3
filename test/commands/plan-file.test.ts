import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
});
afterEach(() => chat.close());

type Row = readonly (string | number | Date)[];
const header: Row = ['培训名称', '时间', '党性教育', '专业化能力', '对象'];
const good: Row = ['党性教育专题班', '3月至4月', 12, 4, '全体正职'];

async function sends(name: string, rows: readonly Row[], words = ''): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('培训安排');
  for (const row of rows) sheet.addRow([...row]);
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  return clerk.sends({ name, size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) }, words);
}

it('a class that is opened takes the place of a training that came as a workbook', async () => {
  expect(await sends('2026年计划.xlsx', [header, good])).toContain('2026 年新增 1 项培训，共 16 学时');
  await clerk.says('确认');
  await clerk.says('建班 《党性教育专题班》 12月8日 9:00-12:00 党性教育 3学时 全体正职');
  await clerk.says('确认');
  expect(clerk.texts().join('\n')).toContain('对应 2026 年度培训计划的第 1001 项');
  expect(await clerk.says('计划')).toContain('党性教育专题班（已开班 1001）');
});

it('everything that is wrong is said at once, by the row of the sheet', async () => {
  const said = await sends('2027年计划.xlsx', [
    ['2027年度计划'],
    header,
    ['甲班', '3月', 12, '', '处级以上'],
    good,
    ['', '待定', '很多', '', '全体正职'],
    ['乙班', '3、4月', '', '', '哲学系（60人）'],
  ]);
  expect(said).toContain('“2027年计划.xlsx”有 3 处需要改正，没有加入');
  expect(said.match(/培训安排 第 \d 行.*/g)).toEqual([
    '培训安排 第 3 行没有找到：处级以上',
    '培训安排 第 5 行“党性教育”列写的是“很多”，应为学时数，例如 12；“培训名称”列是空白，应为培训名称；“时间”列写的是“待定”，应为时间，例如 3月、3月至4月、3月5日至7日',
    expect.stringMatching(/^培训安排 第 6 行时间不止一段.*；缺内容和学时.*；没有找到：哲学系$/),
  ]);
  expect(said).toContain('对象可以写：全体正职、全体副职、教务处全体、优秀年轻干部、所有人');
});

it.each([
  [3, '3月'],
  ['3', '3月'],
  ['3-4', '3—4月'],
  ['三月', '3月'],
  ['2027年3月', '3月'],
  [new Date('2027-03-01'), '3月'],
  [new Date('2027-03-05'), '3月5日'],
  ['12月至次年1月', '12—次年1月'],
])('the time cell %s is read as %s', async (cell, shown) => {
  expect(await sends('2027年计划.xlsx', [header, ['班', cell, 12, '', '全体正职']])).toContain(`班 | ${shown} | `);
});

it('a total of 学时 that contradicts the contents is named', async () => {
  const row: Row = ['甲班', '3月', 6, 4, '全体正职', 12];
  const said = await sends('2027年计划.xlsx', [[...header, '学时'], row, ['乙班', '3月', 6, 4, '全体正职', 10]]);
  expect(said).toContain('第 2 行“学时”列写的是“12”，应为 10，即各项内容之和');
  expect(said).not.toContain('第 3 行');
});

it.each([
  ['计划表(2026年11月编制).xlsx', '2027年度培训计划', '3月'],
  ['计划表.xlsx', '2027年度培训计划（2026年11月制）', '3月'],
  ['计划表.xlsx', '培训计划', '2027年3月'],
])('the year of %s is 2027: %s, %s', async (name, headline, when) => {
  const said = await sends(name, [[headline], header, ['甲班', when, 12, 4, '全体正职']]);
  expect(said).toContain('2027 年新增 1 项培训');
  expect(said).not.toContain('现按');
});

it('内容 and 学时 may be two columns, and a head-count behind the audience is dropped', async () => {
  const columns = ['培训项目', '培训时间', '培训内容', '学时', '培训对象'];
  const rows = [
    ['甲班', '3月', '党性教育', 12, '中层正职（60人）'],
    ['乙班', '3月', '党性教育8学时、专业化能力4学时', 12, '全体正职'],
  ];
  const draft = await sends('2027年计划.xlsx', [columns, ...rows]);
  expect(draft).toContain('甲班 | 3月 | 党性教育 12 | 中层正职（3 人）');
  expect(draft).toContain('乙班 | 3月 | 党性教育 8、专业化能力 4 | 全体正职（3 人）');
});

it('the year is that of the words, the file name or a headline, and a doubtful one is said', async () => {
  const told = ['二〇二七年度干部教育培训计划'];
  const ofHeadline = await sends('培训计划.xlsx', [told, header, good]);
  expect(ofHeadline).toContain('2027 年新增 1 项培训');
  expect(ofHeadline).not.toContain('年份');
  const other = await sends('2028年计划.xlsx', [told, header, good]);
  expect(other).toContain('文件里写的是 2027 年，现按 2028 年编入');
  const none = await sends('培训计划.xlsx', [header, good]);
  expect(none).toContain('文件没有写明年份，按 2026 年编入');
  expect(none).toContain('有 1 项的时间已经过去：《党性教育专题班》3—4月。请核对年份和月份');
  expect(await sends('培训计划.xlsx', [header, good], '计划 2027')).not.toContain('年份');
});

it('a whole year comes in one workbook', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => [
    `党性教育和能力提升专题培训班第${i + 1}期`,
    '3月5日至3月7日',
    12,
    4,
    '全体正职、全体副职、教务处全体、外国语学院全体',
  ]);
  expect(await sends('2027年计划.xlsx', [header, ...rows])).toContain('2027 年新增 200 项培训，共 3200 学时');
  expect(await clerk.says('确认')).toContain('已加入 2027 年计划 200 项');
  expect(await sends('2027年计划.xlsx', [header, good])).toContain('一年的计划最多 200 项');
});

it('a table that is none of those that are read says which are', async () => {
  const said = await sends('2027年计划.xlsx', [
    ['甲', '乙'],
    ['1', '2'],
  ]);
  expect(said).toContain('没有看出这是什么表');
  expect(said).toContain('年度计划要有“培训名称、时间、党性教育等学时、对象”，课程表要有');
});
