import { expect, test } from 'vitest';
import { readRecordWords } from '../../../src/bot/text/record-words.ts';

const today = '2026-11-20';

test.each([
  ['', {}],
  ['1001', { entry: 1001 }],
  ['登记号 2025', { entry: 2025 }],
  ['第2025号', { entry: 2025 }],
  ['2031', { entry: 2031 }],
  ['2025', { year: 2025 }],
  ['2025年的', { year: 2025 }],
  ['去年', { year: 2025 }],
  ['2026年度', { year: 2026 }],
  ['待审核', { state: 'submitted' }],
  ['已退回的', { state: 'returned' }],
  ['未通过', { state: 'rejected' }],
  ['已通过', { state: 'approved' }],
  ['党性教育', { content: 'party-spirit' }],
  ['理论', { content: 'theory' }],
  ['第2页', { page: 2 }],
  ['2025年 待审核的党性教育 第 3 页', { year: 2025, state: 'submitted', content: 'party-spirit', page: 3 }],
  ['我的全部记录', {}],
  ['王芳', { unread: '王芳' }],
  ['E0001', { unread: 'E0001' }],
  ['随便什么', { unread: '随便什么' }],
])('%s', (said, reading) => {
  expect(readRecordWords(said, today)).toEqual(reading);
});
