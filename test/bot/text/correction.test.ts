import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCorrection } from '../../../src/bot/text/correction.ts';

const today = '2026-11-20';
const read = (text: string) => readCorrection(text, today, { halfDayHours: 400, dayHours: 800 });

describe('a correction of a draft', () => {
  test.each([
    ['8', { hours: 800 }],
    ['八', { hours: 800 }],
    ['三个半', { hours: 350 }],
    ['4学时', { hours: 400 }],
    ['学时 8', { hours: 800 }],
    ['学时8', { hours: 800 }],
    ['学时改成6', { hours: 600 }],
    ['学时改为 2', { hours: 200 }],
    ['把学时改成半天', { halfDays: 1 }],
    ['是一天', { halfDays: 2 }],
    ['不对，是一天', { halfDays: 2 }],
    ['不对4学时', { hours: 400 }],
    ['我写错了，应该是4学时', { hours: 400 }],
    ['是的，3学时', { hours: 300 }],
    ['不是一天，是半天', { halfDays: 1 }],
    ['是半天，不是一天', { halfDays: 1 }],
    ['是半天 ，；。 不是一天', { halfDays: 1 }],
    ['学时不是3，是4', { hours: 400 }],
    ['上周三', { from: '2026-11-11', to: '2026-11-11' }],
    ['日期改成上周四', { from: '2026-11-12', to: '2026-11-12' }],
    ['时间改成11月18日至19日', { from: '2026-11-18', to: '2026-11-19' }],
    ['内容改为理论教育', { content: 'theory' }],
    ['类别 专题培训', { kind: 'thematic' }],
    ['名称改成《不对是4》', { title: '不对是4' }],
    ['名称改成新时代思政课', { title: '新时代思政课' }],
    ['地点改成行政楼301', { place: '行政楼301' }],
    ['更正：学时6，日期上周四', { hours: 600, from: '2026-11-12', to: '2026-11-12' }],
  ])('%s', (text, slots) => {
    expect(read(text)).toMatchObject({ refused: null, problems: [] });
    expect(read(text).slots).toEqual(slots);
  });

  test.each([
    '不是8学时',
    '不是 8学时',
    '学时是不是6',
    '学时是6吗',
    '我没去',
    '不对',
    '是不是8学时',
    '不是党性教育是理论教育',
  ])('%s is refused', (text) => {
    const { refused, slots } = read(text);
    expect(refused !== null || Object.keys(slots).length === 0).toBe(true);
  });

  test.each([
    ['学时改成0', 'hours', 'impossible'],
    ['日期改成2月30日', 'days', 'impossible'],
    ['日期改成2026-12-01', 'days', 'future'],
  ])('%s: %s %s', (text, slot, reason) => {
    expect(read(text).problems).toMatchObject([{ slot, reason }]);
  });

  test.each(['学时 不是8', '日期弄反了'])('%s is about the draft although it is not understood', (text) => {
    expect(read(text)).toMatchObject({ isAboutDraft: true, slots: {} });
  });

  test.each(['谢谢', '进度怎么样', '记录', '修改 1001', '1001'])('%s is not about the draft', (text) => {
    expect(read(text)).toMatchObject({ isAboutDraft: false, slots: {} });
  });
});

test('no text makes it throw', () => {
  const pieces = fc.constantFrom(
    ...'不对 ， 是 改成 学时 日期 把 《 》 8 半天 不是 昨天 确认 ？ 我 写错了 ： 的'.split(' '),
    ' ',
    '\n',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(read(text).slots).toBeTypeOf('object');
    }),
    { numRuns: 2000 },
  );
});

test.each(['不对，', '是', '学时', '把', '改成', '不是', ' ', '我', '不是一天，', '《', '8'])(
  'a megabyte of %j is read',
  (piece) => {
    expect(read(piece.repeat(1_000_000 / piece.length)).slots).toBeTypeOf('object');
  },
);
