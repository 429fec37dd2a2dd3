import { describe, expect, it } from 'vitest';
import { percentOf } from '../../src/domain/percent.ts';
import { showShare } from '../../src/texts/glossary.ts';

describe('a part in percent', () => {
  it.each([
    [0, 0, null, '—'],
    [0, 5, 0, '0 %'],
    [1, 2000, 0.1, '不足 0.1 %'],
    [1, 1000, 0.1, '0.1 %'],
    [1, 3, 33.3, '33.3 %'],
    [2, 3, 66.7, '66.7 %'],
    [667, 2000, 33.4, '33.4 %'],
    [6996, 10_000, 69.9, '69.9 %'],
    [7000, 10_000, 70, '70 %'],
    [7004, 10_000, 70, '70 %'],
    [9999, 10_000, 99.9, '99.9 %'],
    [3, 3, 100, '100 %'],
  ])('of %i among %i is %s, said %s', (part, whole, rate, said) => {
    expect(percentOf(part, whole)).toBe(rate);
    expect(showShare(part, whole)).toBe(said);
  });
});
