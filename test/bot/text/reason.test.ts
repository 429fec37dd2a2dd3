import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReason } from '../../../src/bot/text/reason.ts';

describe('a reason that others read', () => {
  it.each([
    '重复登记',
    '请补充证明材料',
    '学时不对',
    '不属于干部教育培训',
    'certificate of 2026 missing',
    '缺 2 份 证明',
  ])('%s is one', (said) => expect(isReason(said)).toBe(true));

  it.each([
    '',
    '嗯',
    '嗯嗯嗯嗯嗯',
    '稍等',
    '稍等一下啊',
    '等一下',
    '等等我看看',
    '让我想一想',
    '好的，谢谢',
    '不对',
    '重复',
    '知道了，马上',
    '……',
    '哈哈哈哈哈',
  ])('%s is none', (said) => expect(isReason(said)).toBe(false));

  it('is judged whatever is said', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), (said) => typeof isReason(said) === 'boolean'),
    ));
});
