import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReview } from '../../../src/bot/text/review.ts';

const hours = (count: number) => ({ amount: { unit: 'hours', hours: count * 100 } });

test.each([
  ['', { type: 'show', entries: [] }],
  ['1001', { type: 'show', entries: [1001] }],
  ['1001 通过', { type: 'approve', entries: [1001] }],
  ['通过 1001 1002', { type: 'approve', entries: [1001, 1002] }],
  ['1001 通过 1002', { type: 'approve', entries: [1001, 1002] }],
  ['１００１－１００３　通过。', { type: 'approve', entries: [1001, 1002, 1003] }],
  ['登记号1001通过', { type: 'approve', entries: [1001] }],
  ['同意 第1001号', { type: 'approve', entries: [1001] }],
  ['1001 1002 全部通过', { type: 'approve', entries: [1001, 1002] }],
  ['全部通过', { type: 'approve', entries: 'all' }],
  ['通过全部', { type: 'approve', entries: 'all' }],
  ['全通过', { type: 'approve', entries: 'all' }],
  ['一键通过', { type: 'approve', entries: 'all' }],
  ['通过', { type: 'approve', entries: [] }],
  ['1001 改 2学时', { type: 'amend', entries: [1001], amendment: hours(2), complete: true }],
  ['1001改为2.5学时通过', { type: 'amend', entries: [1001], amendment: hours(2.5), complete: true }],
  ['1001 通过 改 2学时', { type: 'amend', entries: [1001], amendment: hours(2), complete: true }],
  ['1001 按2学时通过', { type: 'amend', entries: [1001], amendment: hours(2), complete: true }],
  ['改 1001 2学时', { type: 'amend', entries: [1001], amendment: hours(2), complete: true }],
  [
    '1001 改 半天',
    { type: 'amend', entries: [1001], amendment: { amount: { unit: 'half-days', count: 1 } }, complete: true },
  ],
  [
    '1001 改2学时 类别专题培训',
    { type: 'amend', entries: [1001], amendment: { ...hours(2), kind: 'thematic' }, complete: true },
  ],
  [
    '1001 改 内容：理论 方式：网络',
    { type: 'amend', entries: [1001], amendment: { content: 'theory', form: 'online' }, complete: true },
  ],
  ['1001 改', { type: 'amend', entries: [1001], amendment: {}, complete: false }],
  ['1001 改 2', { type: 'amend', entries: [1001], amendment: {}, complete: false }],
  ['1001 改 0学时', { type: 'amend', entries: [1001], amendment: {}, complete: false }],
  ['1001 改 2学时 3学时', { type: 'amend', entries: [1001], amendment: {}, complete: false }],
  ['1001 退回 理由：缺证明材料', { type: 'return', entries: [1001], reason: '缺证明材料' }],
  ['1001 退回 学时不符，改后再通过', { type: 'return', entries: [1001], reason: '学时不符，改后再通过' }],
  ['1001退回，因为3学时太多', { type: 'return', entries: [1001], reason: '3学时太多' }],
  ['退回 1001 3学时太多', { type: 'return', entries: [1001], reason: '3学时太多' }],
  ['退回 1001、1002 理由 日期有误', { type: 'return', entries: [1001, 1002], reason: '日期有误' }],
  ['1001 退回', { type: 'return', entries: [1001], reason: null }],
  ['1001 退回 理由：', { type: 'return', entries: [1001], reason: null }],
  ['1001 驳回 理由 重复登记', { type: 'reject', entries: [1001], reason: '重复登记' }],
  ['1001 不通过', { type: 'unclear', entries: [1001], words: '1001 不通过' }],
  ['1001 通过了吗', { type: 'unclear', entries: [1001], words: '1001 通过了吗' }],
  ['1001 通过？', { type: 'unclear', entries: [1001], words: '1001 通过？' }],
  ['1001 先别退回', { type: 'unclear', entries: [1001], words: '1001 先别退回' }],
  ['1001 退回吗', { type: 'unclear', entries: [1001], words: '1001 退回吗' }],
  ['1001 通过 1002 退回 缺材料', { type: 'unclear', entries: [1001], words: '1001 通过 1002 退回 缺材料' }],
  ['1001 通过 2学时', { type: 'unclear', entries: [1001], words: '1001 通过 2学时' }],
  ['1001 暂不改 2学时', { type: 'unclear', entries: [1001], words: '1001 暂不改 2学时' }],
  ['1001 改 2学时 谢谢', { type: 'unclear', entries: [1001], words: '1001 改 2学时 谢谢' }],
  ['教务处', { type: 'unclear', entries: [], words: '教务处' }],
])('%s', (text, reading) => {
  expect(readReview(text)).toEqual(reading);
});

test('a reason is cut at 300 characters', () => {
  expect(readReview(`1001 退回 ${'长'.repeat(999)}`)).toMatchObject({ reason: '长'.repeat(300) });
});

test('a negation or a question in front of or behind the verb decides nothing', () => {
  const spoiled = fc.record({
    id: fc.integer({ min: 1, max: 99_999 }),
    before: fc.constantFrom('不', '先不', '没有', '别', '不要', '暂不', '未'),
    verb: fc.constantFrom('通过', '同意', '批准', '退回', '驳回', '改'),
    after: fc.constantFrom('', '吗', '了吗', '？', '呢'),
  });
  fc.assert(
    fc.property(spoiled, ({ id, before, verb, after }) => {
      expect(readReview(`${id} ${before}${verb}${after}`).type).toBe('unclear');
      if (after !== '') expect(readReview(`${id} ${verb}${after}`).type).toBe('unclear');
    }),
  );
});

test('never throws', () => {
  const words = fc.constantFrom('1001', '通过', '退回', '改', '2学时', '理由', '-', ' ', '全部', '不', '：');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((list) => list.join('')),
      ),
      (text) => {
        expect(readReview(text).type).toBeTypeOf('string');
      },
    ),
  );
});
