import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortable, unsortable } from '../../../src/store/postgres/sortable.ts';

/** Code units of every sort, lone surrogates and the marks themselves among them. */
const unit = fc.constantFrom(
  '\u0000',
  '\u0001',
  '\u0002',
  'A',
  '处',
  '\ud7fe',
  '\ud7ff',
  '\ud800',
  '\udc00',
  '\udfff',
  '\ue000',
  '（',
  '\uffff',
  '0',
  'd',
);
const text = fc.array(unit, { maxLength: 6 }).map((units) => units.join(''));

const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const byUnit = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

describe('sortable text', () => {
  it('stands in the byte order of UTF-8 where the text stands by code unit', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(bytewise(sortable(a), sortable(b))).toBe(byUnit(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  it('is valid UTF-8 without a zero character, and can be read back', () => {
    fc.assert(
      fc.property(text, (one) => {
        const column = sortable(one);
        expect(Buffer.from(column).toString()).toBe(column);
        expect(column).not.toContain('\u0000');
        expect(unsortable(column)).toBe(one);
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves common Chinese text as it is', () => {
    for (const one of ['教务处', 'E1001', '2026-11-20T01:00:00.000Z', '《专题报告》']) expect(sortable(one)).toBe(one);
  });
});
