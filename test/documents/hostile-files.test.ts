import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, describe, expect, it } from 'vitest';
import { DocumentError } from '../../src/documents/document-error.ts';
import { readLedger } from '../../src/documents/ledger.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { guardZip, zipLimits } from '../../src/documents/zip-guard.ts';
import { documentTexts } from '../../src/texts/documents.ts';
import { makeWorkbookZip, makeZip } from '../support/make-zip.ts';

const folder = await mkdtemp(join(tmpdir(), 'xueshibu-documents-'));
afterAll(() => rm(folder, { recursive: true }));

const sentenceOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DocumentError);
  return (error as DocumentError).message;
};

const honest = await writeXlsx({ sheets: [{ name: '表', rows: [['姓名', '工号']] }] });
const oneCell = (at: string): string => `<c r="${at}"><v>1</v></c>`;
const blanks = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024, ' ');

describe('a file that is no workbook', () => {
  const word = makeZip([{ name: 'word/document.xml', data: Buffer.from('<w:document/>') }]);
  const binary = makeZip([{ name: 'xl/workbook.bin', data: Buffer.from([1]) }]);
  const other = makeZip([{ name: 'readme.txt', data: Buffer.from('x') }]);
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  it.each([
    ['nothing at all', Buffer.alloc(0), documentTexts.empty],
    ['a PNG', Buffer.from('89504e470d0a1a0a00', 'hex'), documentTexts.picture],
    ['a PDF', Buffer.from('%PDF-1.7'), documentTexts.pdf],
    ['a CSV', Buffer.from('姓名,工号\n王芳,E0001\n'), documentTexts.notExcelText],
    ['a CSV in GB18030', Buffer.from('d0d5c3fb2cb9a4bac50a', 'hex'), documentTexts.notExcelText],
    ['an .xls', ole, documentTexts.oldExcel],
    ['a .docx', word, documentTexts.word],
    ['an .xlsb', binary, documentTexts.binaryExcel],
    ['another archive', other, documentTexts.unknownFile],
    ['something binary', Buffer.from([1, 0, 2, 0]), documentTexts.unknownFile],
    ['half a workbook', honest.subarray(0, honest.length / 2), documentTexts.damaged],
    ['a workbook with a flipped bit', flip(honest), documentTexts.damaged],
  ])('%s gets its sentence', async (_, bytes, sentence) => {
    expect(await sentenceOf(readWorkbook(bytes))).toBe(sentence);
  });

  it('a workbook with a password is told from an old one', async () => {
    const locked = await writeXlsx({
      sheets: [{ name: '表', rows: [['密']] }],
      encryption: { password: 'hunter2', spinCount: 1000 },
    });
    expect(await sentenceOf(readWorkbook(locked))).toBe(documentTexts.locked);
  });

  it('a missing file, a folder and a file with a wrong name end alike', async () => {
    const disguised = join(folder, '台账.xlsx');
    await writeFile(disguised, 'not a workbook');
    expect(await sentenceOf(readWorkbook(join(folder, 'x.xlsx')))).toContain('找不到');
    expect(await sentenceOf(readWorkbook(folder))).toContain('文件夹');
    expect(await sentenceOf(readWorkbook(disguised))).toBe(documentTexts.notExcelText);
  });

  it('a file over 20 MB is not even opened', async () => {
    expect(await sentenceOf(readWorkbook(blanks(21)))).toContain('20 MB');
  });
});

describe('a zip bomb', () => {
  it('that declares its size is refused by it', async () => {
    const bomb = makeWorkbookZip(blanks(80));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await sentenceOf(readWorkbook(bomb))).toBe(documentTexts.tooBigUnpacked);
  });

  it('that lies about its size is found out while unpacking', async () => {
    expect(await sentenceOf(readWorkbook(makeWorkbookZip(blanks(80), 1000)))).toBe(documentTexts.damaged);
  });

  it('of many small entries is refused by their number', async () => {
    const entries = Array.from({ length: zipLimits.entries + 1 }, (_, i) => ({ name: `${i}`, data: Buffer.from('x') }));
    expect(await sentenceOf(guardZip(makeZip(entries)))).toBe(documentTexts.tooBigUnpacked);
    expect(await guardZip(makeZip(entries.slice(1)))).toHaveLength(zipLimits.entries);
  });
});

describe('a sheet of enormous extent', () => {
  it('with a cell in its last corner is read without it', async () => {
    const corners = makeWorkbookZip(`<row r="1">${oneCell('A1')}</row><row r="1048576">${oneCell('XFD1048576')}</row>`);
    expect((await readWorkbook(corners))[0]?.rows).toEqual([[1]]);
    expect(await sentenceOf(readLedger(corners))).toContain('没有找到表头');
  });

  it('is refused when the cells between its corners would fill the memory', async () => {
    const wide = makeWorkbookZip(`<row r="1">${oneCell('A1')}</row><row r="1048576">${oneCell('CV1048576')}</row>`);
    expect(await sentenceOf(readWorkbook(wide))).toBe(documentTexts.tooMuchMemory);
  });

  it('is refused when it has more rows than a ledger ever has', async () => {
    const long = makeWorkbookZip(`<row r="1">${oneCell('A1')}</row><row r="200001">${oneCell('A200001')}</row>`);
    expect(await sentenceOf(readWorkbook(long))).toBe(documentTexts.tooManyRows(200_000));
  });

  it('takes the memory of its worker only', async () => {
    const row = `<row>${'<c><f>A1</f><v>1</v></c>'.repeat(90)}</row>`;
    const heavy = makeWorkbookZip(row.repeat(20_000));
    expect(await sentenceOf(readWorkbook(heavy))).toBe(documentTexts.tooMuchMemory);
  });
});

it('a cell longer than a page is refused with its place', async () => {
  const long = await writeXlsx({ sheets: [{ name: '台账', rows: [['姓名'], ['字'.repeat(2001)]] }] });
  expect(await sentenceOf(readWorkbook(long))).toBe('工作表“台账”第 2 行有一格超过 2000 字，没有读取；请缩短后再试。');
});

it('a reading that is called off ends at once', async () => {
  const reason = new Error('stop');
  const controller = new AbortController();
  const reading = readWorkbook(honest, { signal: controller.signal });
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
  await expect(readWorkbook(honest, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

function flip(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 0xff;
  return copy;
}
