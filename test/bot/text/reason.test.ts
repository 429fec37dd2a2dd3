import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReason, onlyReason, splitReason } from '../../../src/bot/text/reason.ts';

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

describe('a reason at the end of what was said', () => {
  it.each([
    ['取消 理由 讲座无效', '取消', '讲座无效'],
    ['第2课次 改到 11-24 14:00-16:00 理由：停电。', '第2课次 改到 11-24 14:00-16:00', '停电'],
    ['第2课次 改为 2学时，因为登错', '第2课次 改为 2学时', '登错'],
    ['第2课次 取消（原因：主讲出差）', '第2课次 取消', '主讲出差'],
    ['第2课次 取消 因公出差', '第2课次 取消', '因公出差'],
    ['第2课次 地点：报告厅（二楼） 理由是换场地', '第2课次 地点：报告厅（二楼）', '换场地'],
    ['加课 11-26 《理由与因果》 3学时', '加课 11-26 《理由与因果》 3学时', null],
    ['加课 11-26 3学时 因材施教', '加课 11-26 3学时 因材施教', null],
    ['加课 11-26 3学时 原因分析', '加课 11-26 3学时 原因分析', null],
    ['取消 理由', '取消', null],
  ])('“%s” is “%s” for “%s”', (said, left, reason) => expect(splitReason(said)).toEqual({ left, reason }));

  it.each([
    ['理由：停电', '停电'],
    ['因为停电', '停电'],
    ['因公出差', '因公出差'],
    ['会议室因为停电不能用', '会议室因为停电不能用'],
    ['会议室停电，因为检修', '会议室停电，因为检修'],
  ])('“%s” alone is the reason “%s”', (said, reason) => expect(onlyReason(said)).toBe(reason));
});
