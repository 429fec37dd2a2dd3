import type { Content } from '../domain/hours.ts';
import { documentTexts } from '../texts/documents.ts';
import { contentNames } from '../texts/glossary.ts';
import { type CellReading, optionalText, textOf } from './cells.ts';
import { type Columns, readTable, type TableReading, type TableRow } from './table.ts';
import { type CellValue, readWorkbook, type Source } from './workbook.ts';

/** 年度培训计划; the first name of a column is its name in reports. */
export const planColumns = {
  title: { names: ['培训名称', '培训班名称', '培训班', '班次', '项目名称', '培训项目'], required: true },
  when: { names: ['时间', '培训时间', '月份', '拟办时间', '计划时间'], required: true, merged: true },
  theory: { names: ['理论教育', '理论教育学时', '理论学时'], required: false },
  spirit: { names: ['党性教育', '党性教育学时', '党性学时'], required: false },
  professional: { names: ['专业化能力', '专业化能力学时', '专业化学时', '履职能力'], required: false },
  knowledge: { names: ['知识培训', '知识培训学时', '知识学时'], required: false },
  content: { names: ['内容', '内容（学时）', '培训内容', '内容和学时'], required: false },
  kind: { names: ['类别', '培训类别'], required: false },
  form: { names: ['方式', '培训方式', '形式'], required: false },
  audience: { names: ['对象', '培训对象', '参训对象', '参训人员', '范围'], required: true, merged: true },
} as const satisfies Columns<string>;

const partNames = {
  theory: 'theory',
  spirit: 'party-spirit',
  professional: 'professional',
  knowledge: 'knowledge',
} as const satisfies Record<string, Content>;

/**
 * Reads the trainings of a year's plan, each as the line in which people would say it.
 * @throws DocumentError
 */
export async function readPlanFile(source: Source): Promise<TableReading<string>> {
  return readTable(await readWorkbook(source), planColumns, readRow);
}

function readRow(row: TableRow<keyof typeof planColumns>): string | null {
  const cells = row.take({
    title: filled('培训名称'),
    when: filled('时间，例如 3月、3月至4月'),
    theory: amount,
    spirit: amount,
    professional: amount,
    knowledge: amount,
    content: optionalText(100),
    kind: optionalText(20),
    form: optionalText(20),
    audience: filled('对象，例如 全体正职'),
  });
  if (cells === null) return null;
  const parts = (Object.keys(partNames) as (keyof typeof partNames)[]).flatMap((key) =>
    cells[key] === null ? [] : [`${contentNames[partNames[key]]} ${cells[key]}学时`],
  );
  const title = cells.title.replace(/^[《“"]|[》”"]$/g, '');
  const said = [`《${title}》`, cells.when, ...parts, cells.content, cells.kind, cells.form, cells.audience];
  return said.filter((word) => word !== null).join(' ');
}

const filled =
  (expected: string) =>
  (cell: CellValue): CellReading<string> => {
    const words = textOf(cell).replace(/\s+/g, ' ').trim();
    return words === '' ? { ok: false, expected: documentTexts.shouldBe(expected) } : { ok: true, value: words };
  };

/** Hours of one content; null where there are none. */
function amount(cell: CellValue): CellReading<number | null> {
  const words = textOf(cell).trim();
  if (words === '' || words === '0' || words === '—' || words === '-') return { ok: true, value: null };
  const [, digits] = /^(\d{1,3}(?:\.\d{1,2})?)(?:个?学时)?$/.exec(words) ?? [];
  return digits === undefined
    ? { ok: false, expected: documentTexts.shouldBe('学时数，例如 12') }
    : { ok: true, value: Number(digits) };
}
