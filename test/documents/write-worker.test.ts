import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { layOutWorkbook } from '../../src/documents/lay-out.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';

it('writes a large workbook apart, byte for byte as it would here', async () => {
  const at = '2026-11-20T01:00:00.000Z';
  const columns = [
    { name: '姓名', width: 8 },
    { name: '学时', width: 8 },
    { name: '日期', width: 12, day: true as const },
  ];
  const rows = Array.from({ length: 700 }, (_, index) => [`干部${index}`, index, '2026-03-05']);
  const sheets = [{ name: '台账', title: '台账', columns, rows }];
  expect(Buffer.compare(await writeWorkbook(sheets, at), await layOutWorkbook(sheets, at))).toBe(0);
});

it('writes and reads apart from the sources as well, without a build', async () => {
  const folder = new URL('../../src/documents/', import.meta.url).href;
  const script = `
    const { writeWorkbook } = await import('${folder}write-workbook.ts');
    const { readWorkbook } = await import('${folder}workbook.ts');
    const columns = [{ name: '学时', width: 8 }];
    const rows = Array.from({ length: 700 }, (_, index) => [index]);
    const bytes = await writeWorkbook([{ name: '台账', title: '台账', columns, rows }], '2026-11-20T01:00:00.000Z');
    const [sheet] = await readWorkbook(bytes);
    console.log(JSON.stringify([sheet.rows.length, sheet.rows.at(-1)]));`;
  const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual([702, [699]]);
});
