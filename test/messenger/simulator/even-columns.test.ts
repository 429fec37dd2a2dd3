import { describe, expect, it } from 'vitest';
import { evenColumns } from '../../../src/messenger/simulator/page/even-columns.ts';

describe('buttons side by side', () => {
  it.each([
    ['确认 修改 取消', 3],
    ['通过 改学时 退回 驳回 详情', 5],
    ['通过 修改后通过 退回 驳回 详情', 3],
    ['理论教育 党性教育 专业化能力 知识培训', 2],
    ['详情', 1],
  ])('%s: %i in a row', (labels, columns) => {
    expect(evenColumns(labels.split(' '))).toEqual({ class: 'even', style: { '--columns': columns } });
  });

  it('lets long labels wrap as they come', () => {
    expect(evenColumns(['全部通过（本页）', '返回'])).toEqual({ class: '', style: {} });
  });
});
