import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLength } from '../../src/domain/text-length.ts';

describe('the length of a text', () => {
  it.each([
    ['', 0],
    ['，。！？《》 \n', 0],
    ['学习体会', 4],
    ['学习, 体会。', 4],
    ['䶮㛃𬀩', 3],
    ['〇々', 2],
    ['AI 赋能', 3],
    ["don't stop well-being", 3],
    ['１２３学时', 3],
    ['1,000.5 学时', 3],
    ['1，2', 2],
    ['COVID-19', 2],
    ['3D打印', 4],
    ['naïve café', 2],
    ['cafe\u0301', 1],
    ['😀🎉', 0],
    ['第20届', 3],
  ])('%j is %i', (sample, length) => expect(countLength(sample)).toBe(length));

  it('counts n characters as n, whatever punctuation stands between', () => {
    const han = fc.constantFrom('学', '习', '䶮', '㛃', '𬀩', '〇');
    const between = fc.constantFrom('', ' ', '，', '。\n', '——', '\u202e', '😀');
    fc.assert(
      fc.property(fc.array(fc.tuple(han, between)), (parts) => {
        expect(countLength(parts.flat().join(''))).toBe(parts.length);
      }),
    );
  });

  it('never throws, and is never more than there are characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sample) => {
        expect(countLength(sample)).toBeLessThanOrEqual(Array.from(sample).length);
      }),
    );
  });
});
