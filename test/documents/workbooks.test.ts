import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { ledgerColumns, readLedger } from '../../src/documents/ledger.ts';
import { ledgerWorkbook } from '../../src/documents/ledger-workbook.ts';
import { overdueWorkbook } from '../../src/documents/overdue-workbook.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { applyEvent, submitEvent } from '../../src/domain/entry-life.ts';
import type { HourEntry, HourFacts } from '../../src/domain/hours.ts';

const at = '2026-11-20T01:00:00.000Z';
const formulaStarts = ['=1+1', '+86', '-1', '@SUM(A1)', '\t=1'];

const facts: HourFacts = {
  from: '2026-03-05',
  to: '2026-03-07',
  hours: 2350,
  content: 'party-spirit',
  kind: 'unspecified',
  form: 'intensive',
  title: '“十五五”规划（第一讲）',
  organiser: '党委组织部',
  place: null,
  proof: '=HYPERLINK("http://example.com")',
  result: '合格',
  note: null,
};
const entry = (id: number, staffNo: string, more: Partial<HourFacts> = {}): HourEntry =>
  applyEvent(
    undefined,
    submitEvent({
      entryId: id,
      staffNo,
      by: staffNo,
      at,
      facts: { ...facts, ...more },
      source: 'chat',
      importId: null,
    }),
  );

async function openInExcel(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof book.xlsx.load>[0]);
  return book;
}

describe('a workbook that we write', () => {
  const sheet = {
    name: '名单',
    title: '优秀年轻干部名单',
    columns: [
      { name: '姓名', width: 12 },
      { name: '是否', width: 8, choices: ['是', '否'] },
      { name: '学时', width: 8 },
    ],
    rows: [['刘𬀩', '是', 3.5], ...formulaStarts.map((start) => [start, null, null])],
  };

  it('is what exceljs reads: title, header, frozen rows, widths, choices', async () => {
    const page = (await openInExcel(await writeWorkbook([sheet], at))).getWorksheet('名单');
    expect(page?.getCell('A1').value).toBe('优秀年轻干部名单');
    expect(page?.getCell('C1').master.address).toBe('A1');
    expect(page?.getRow(2).values).toEqual([undefined, '姓名', '是否', '学时']);
    expect(page?.getCell('A2').font.bold).toBe(true);
    expect(page?.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
    expect(page?.getColumn(1).width).toBe(12);
    expect(page?.getCell('B3').dataValidation).toMatchObject({ type: 'list', formulae: ['"是,否"'] });
    expect(page?.getRow(3).values).toEqual([undefined, '刘𬀩', '是', 3.5]);
  });

  it('keeps text that looks like a formula as text', async () => {
    const bytes = await writeWorkbook([sheet], at);
    const page = (await openInExcel(bytes)).getWorksheet('名单');
    for (const [index, start] of formulaStarts.entries()) {
      expect(page?.getCell(index + 4, 1).type).toBe(ExcelJS.ValueType.String);
      expect(page?.getCell(index + 4, 1).value).toBe(start);
    }
    expect((await readWorkbook(bytes))[0]?.rows.slice(3).map((row) => row[0])).toEqual(formulaStarts);
  });

  it('is well-formed and reads back whatever the text holds', async () => {
    const isAllowed = (unit: number): boolean =>
      (unit >= 0x20 && unit < 0x7f) ||
      (unit > 0x9f && unit < 0xd800) ||
      (unit > 0xdfff && unit < 0xfffe) ||
      [9, 10, 13].includes(unit);
    const blocks = Array.from({ length: 256 }, (_, block) => Array.from({ length: 256 }, (_, i) => block * 256 + i));
    const others = ['𬀩\u{1fffe}', 'a_x0041_b_x005F__x0041_', '_xyz_ _x00'];
    const texts = [...blocks.map((units) => `《${String.fromCharCode(...units)}》`), ...others];
    const legible = blocks.map((units) => `《${String.fromCharCode(...units.filter(isAllowed))}》`);
    const bytes = await writeWorkbook([{ ...sheet, rows: texts.map((text) => [text, null, null]) }], at);
    expect((await openInExcel(bytes)).getWorksheet('名单')?.rowCount).toBe(texts.length + 2);
    expect((await readWorkbook(bytes))[0]?.rows.slice(2).map((row) => row[0])).toEqual([...legible, ...others]);
  });

  it('is the same, byte by byte, when written again', async () => {
    expect(await writeWorkbook([sheet], at)).toEqual(await writeWorkbook([sheet], at));
  });
});

describe('a workbook of another program', () => {
  it('is read with dates, results of formulas and merged cells, without hidden sheets', async () => {
    const book = new ExcelJS.Workbook();
    const page = book.addWorksheet('表');
    page.addRow(['2024年台账']);
    page.mergeCells('A1:C1');
    page.addRow(['欧阳明月', new Date('2024-03-05T00:00:00.000Z'), { formula: '1+2', result: 3 }]);
    page.addRow([{ richText: [{ text: '张' }, { text: '㛃' }] }, true, { formula: 'SUM(C2:C2)' }]);
    for (const start of formulaStarts) page.addRow([start]);
    page.getCell('B2').numFmt = 'yyyy"年"m"月"d"日"';
    book.addWorksheet('旧', { state: 'hidden' }).addRow(['旧']);
    book.addWorksheet('更旧', { state: 'veryHidden' }).addRow(['更旧']);
    const sheets = await readWorkbook(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(sheets.map(({ name }) => name)).toEqual(['表']);
    expect(sheets[0]?.merges).toEqual([{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }]);
    expect(sheets[0]?.rows.slice(1, 3)).toEqual([
      ['欧阳明月', new Date('2024-03-05T00:00:00.000Z'), 3],
      ['张㛃', true, '=SUM(C2:C2)'],
    ]);
    expect(sheets[0]?.rows.slice(3).map((row) => row[0])).toEqual(formulaStarts);
  });
});

describe('the ledger as a file', () => {
  const cadres = [
    { staffNo: 'E0011', name: '王芳' },
    { staffNo: 'E0013', name: '李䶮' },
  ];
  const entries = [
    entry(1003, 'E0013', { from: '2026-01-08', to: '2026-01-08', hours: 25, kind: 'induction', form: 'self-study' }),
    entry(1001, 'E0011'),
    entry(1002, 'E0011', { from: '2025-12-30', to: '2026-01-02', content: 'professional', form: 'secondment' }),
  ];

  it('has a sheet for each year and the columns that the import knows', async () => {
    const book = await openInExcel(await ledgerWorkbook(entries, cadres, at));
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['2025年', 3],
      ['2026年', 4],
    ]);
    const names = Object.values(ledgerColumns).map((column) => column.names[0]);
    expect(book.getWorksheet('2026年')?.getRow(2).values).toEqual([undefined, ...names]);
  });

  it('reads back to the facts that went in', async () => {
    const reading = await readLedger(await ledgerWorkbook(entries, cadres, at));
    expect(reading.faults).toEqual([]);
    const key = ({ from, title }: HourFacts) => from + title;
    const asRead = reading.rows.map((row) => ({ ...row.facts, staffNo: row.staffNo, name: row.name }));
    const asWritten = entries.map(({ staffNo, ...rest }) => ({
      ...Object.fromEntries(Object.keys(facts).map((name) => [name, rest[name as keyof HourFacts]])),
      staffNo,
      name: cadres.find((cadre) => cadre.staffNo === staffNo)?.name,
    }));
    expect(asRead.toSorted((a, b) => key(a).localeCompare(key(b)))).toEqual(
      (asWritten as typeof asRead).toSorted((a, b) => key(a).localeCompare(key(b))),
    );
  });

  it('without entries is still a ledger', async () => {
    expect(await readLedger(await ledgerWorkbook([], cadres, at))).toMatchObject({ total: 0, faults: [] });
  });
});

describe('the overdue list', () => {
  const person = { staffNo: 'E0011', unit: '教务处', name: '王芳', position: '副处长', grade: 'deputy' } as const;
  const nothing = { since: null, days: null, entryId: null, hours: null } as const;
  const rowsOf = async (items: Parameters<typeof overdueWorkbook>[0]) =>
    (await openInExcel(await overdueWorkbook(items, '2026-11-20', at))).worksheets.map((sheet) => ({
      name: sheet.name,
      title: sheet.getCell('A1').value,
      header: (sheet.getRow(2).values as unknown[]).slice(1).join(' '),
      row: (sheet.getRow(3).values as unknown[]).slice(1),
    }));

  it('keeps apart what is overdue, what falls behind and what waits, with dates that are dates', async () => {
    const sheets = await rowsOf([
      {
        ...person,
        kind: 'reflection',
        since: '2026-11-13',
        about: '专题培训班',
        entryId: 1004,
        days: 7,
        hours: null,
        reminded: 2,
        remindedOn: '2026-11-19',
      },
      { ...person, ...nothing, kind: 'pace', about: '2023-2027', hours: 1850 },
      { ...person, kind: 'approval', since: '2026-11-16', about: '专题党课', entryId: 1005, days: 4, hours: 300 },
    ]);
    expect(sheets).toEqual([
      {
        name: '逾期名单',
        title: '干部教育培训逾期名单（截至2026年11月20日）',
        header: '序号 单位 姓名 工号 职务 职级 事项 所涉培训或期间 起算日期 已过天数 登记号 已提醒次数 最近提醒 备注',
        row: [
          1,
          '教务处',
          '王芳',
          'E0011',
          '副处长',
          '中层副职',
          '体会',
          '专题培训班',
          new Date('2026-11-13'),
          7,
          1004,
          2,
          new Date('2026-11-19'),
        ],
      },
      {
        name: '进度落后名单',
        title: '干部教育培训进度落后名单（截至2026年11月20日）',
        header: '序号 单位 姓名 工号 职务 职级 事项 所涉培训或期间 落后学时 已提醒次数 最近提醒 备注',
        row: [1, '教务处', '王芳', 'E0011', '副处长', '中层副职', '学时进度', '2023-2027', 18.5, 0],
      },
      {
        name: '待审核登记',
        title: '干部教育培训待审核登记（截至2026年11月20日）',
        header: '序号 登记号 单位 姓名 工号 职务 职级 所涉培训或期间 学时 提交日期 已等工作日 备注',
        row: [1, 1005, '教务处', '王芳', 'E0011', '副处长', '中层副职', '专题党课', 3, new Date('2026-11-16'), 4],
      },
    ]);
  });

  it('without anything is one empty sheet', async () =>
    expect((await rowsOf([])).map(({ name }) => name)).toEqual(['逾期名单']));
});
