import type { CellValue } from 'hucre/xlsx';
import type { LedgerColumn } from '../../../src/documents/ledger.ts';

type Cells = Partial<Record<LedgerColumn, CellValue>>;

const speech = {
  organiser: '党委宣传部',
  kind: '专题培训',
  form: '集中培训',
  content: '理论教育',
  place: '行政楼报告厅',
  hours: 4,
  proof: '签到表',
};
const wangFang = { name: '王芳', staffNo: 'E0001' };

/** What goes wrong in real ledgers, year by year; most of these rows cannot go in. */
const faults: Readonly<Record<number, readonly Cells[]>> = {
  2023: [
    { ...speech, ...wangFang, title: '新时代教育评价改革讲座', span: '2023.4.12-4.13', hours: '两天' },
    {
      ...speech,
      name: '陈国栋',
      staffNo: 'E0002',
      title: '巡视整改专题学习',
      span: '2023年8月30日',
      content: '政治理论',
    },
    { ...speech, name: '孙立', staffNo: 'E0004', title: '干部人事档案专题培训', span: '2023.9.6', hours: null },
  ],
  2024: [
    {
      ...speech,
      name: '欧阳明月',
      staffNo: null,
      title: '涉外工作与国家安全讲座',
      span: '2024.6.5',
      content: '知识培训',
    },
    { ...speech, name: '王芳', staffNo: null, title: '高校财务管理讲座', span: '2024.8.28', content: '专业化能力' },
    { ...speech, name: '林夏', staffNo: 'E0002', title: '共青团工作专题培训', span: '2024.7.3' },
  ],
  2025: [
    { ...speech, ...wangFang, title: '新学期党课', span: '2025-02-30', content: '党性教育' },
    { ...speech, name: '周文博', staffNo: 'E0999', title: '课程思政专题研讨', span: '2025.4.16' },
    {
      ...speech,
      name: '孙立',
      staffNo: 'E0004',
      title: '数字档案建设培训',
      span: '2025.8.27',
      hours: 24,
      content: '专业化能力',
    },
    { ...speech, name: '赵敏', staffNo: 'E0003', title: null, span: '2025.12.30', content: '知识培训' },
  ],
  2026: [
    {
      ...speech,
      name: '陈国栋',
      staffNo: 'E0002',
      title: '干部考核工作专题培训',
      span: '2026.8.28-8.26',
      content: '专业化能力',
    },
    {
      ...speech,
      name: '赵敏',
      staffNo: 'E0003',
      title: '干部教育管理员培训',
      span: '2027.1.13',
      content: '专业化能力',
    },
    { ...speech, ...wangFang, title: '二级学院治理经验交流', span: '2026.8.27', form: '线下' },
  ],
};

/** Rows to put in, each after so many rows of its year; the year 2024 has one of its good rows twice. */
export function faultyRows(year: number, rows: readonly Cells[]): { after: number; cells: Cells }[] {
  const wrong = (faults[year] ?? []).map((cells, index) => ({ after: 60 + index * 420, cells }));
  const copied = rows[300];
  return year === 2024 && copied !== undefined ? [...wrong, { after: 320, cells: copied }] : wrong;
}
