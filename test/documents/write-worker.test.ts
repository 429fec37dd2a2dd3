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
