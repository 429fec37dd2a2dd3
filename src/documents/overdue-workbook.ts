import type { Day, Instant } from '../domain/day.ts';
import { isOverdue, type OverdueItem } from '../domain/overdue.ts';
import { gradeNames } from '../texts/glossary.ts';
import { overdueTexts } from '../texts/overdue.ts';
import { overdueWorkbookTexts as texts } from '../texts/overdue-workbook.ts';
import { type OutColumn, type OutSheet, writeWorkbook } from './write-workbook.ts';

/** An item with how often its owner has been reminded of it, and when last. */
export type RemindedItem = OverdueItem & { readonly reminded?: number; readonly remindedOn?: Day | null };

interface Column extends OutColumn {
  readonly of: (item: RemindedItem) => string | number | null;
}

const hoursOf = ({ hours }: OverdueItem): number | null => (hours === null ? null : hours / 100);
const align = 'center';

const person: readonly Column[] = [
  { name: '单位', width: 20, of: ({ unit }) => unit },
  { name: '姓名', width: 18, of: ({ name }) => name },
  { name: '工号', width: 10, of: ({ staffNo }) => staffNo },
  { name: '职务', width: 14, of: ({ position }) => position },
  { name: '职级', width: 12, of: ({ grade }) => gradeNames[grade] },
];
const matter: Column = { name: '事项', width: 12, of: ({ kind }) => overdueTexts.kindNames[kind] };
const about: Column = { name: '所涉培训或期间', width: 36, of: (item) => item.about };
const entry: Column = { name: '登记号', width: 10, align, of: ({ entryId }) => entryId };
const reminded: readonly Column[] = [
  { name: '已提醒次数', width: 11, align, of: (item) => item.reminded ?? 0 },
  { name: '最近提醒', width: 12, align, day: true, of: (item) => item.remindedOn ?? null },
];
const remark: Column = { name: '备注', width: 14, of: () => null };
const since = (name: string): Column => ({ name, width: 12, align, day: true, of: (item) => item.since });
const days = (name: string): Column => ({ name, width: 10, align, of: (item) => item.days });
const hours = (name: string): Column => ({ name, width: 10, align, of: hoursOf });

/** What is overdue, what falls behind without a deadline passed, and what the department itself has to decide. */
const parts: readonly {
  readonly name: string;
  readonly holds: (item: OverdueItem) => boolean;
  readonly columns: readonly Column[];
}[] = [
  {
    name: texts.overdue,
    holds: isOverdue,
    columns: [...person, matter, about, since('起算日期'), days('已过天数'), entry, ...reminded, remark],
  },
  {
    name: texts.behind,
    holds: (item) => !isOverdue(item) && item.kind !== 'approval',
    columns: [...person, matter, about, hours('落后学时'), ...reminded, remark],
  },
  {
    name: texts.waiting,
    holds: ({ kind }) => kind === 'approval',
    columns: [entry, ...person, about, hours('学时'), since('提交日期'), days('已等工作日'), remark],
  },
];

/** The overdue list of a day, for the department: a sheet for each part that has something to say. */
export function overdueWorkbook(items: readonly RemindedItem[], asOf: Day, at: Instant): Promise<Uint8Array> {
  const sheets = parts.map(
    ({ name, holds, columns }): OutSheet => ({
      name,
      title: texts.title(name, asOf),
      columns: [{ name: '序号', width: 6, align }, ...columns],
      rows: items.filter(holds).map((item, index) => [index + 1, ...columns.map(({ of }) => of(item))]),
    }),
  );
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  return writeWorkbook(filled.length > 0 ? filled : sheets.slice(0, 1), at);
}
