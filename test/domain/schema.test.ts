import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSchema, newStaffNoSchema } from '../../src/domain/schema.ts';

describe('a line', () => {
  it.each(['教务处', '  教务处  ', '处长（主持工作）', 'E-1', '2026', '李䶮', '𠮷田', '欧阳·明月'])(
    'may be %j',
    (text) => {
      expect(lineSchema(20).parse(text)).toBe(text.trim());
    },
  );

  it.each([
    '',
    '   ',
    '——',
    '……',
    '教务\n处',
    '教务\r处',
    '教务\u2028处',
    '教务\t处',
    '教\u202e务处',
    '教\u200b务处',
    '教\ud800',
    '长'.repeat(21),
  ])('may not be %j', (text) => {
    expect(lineSchema(20).safeParse(text).success).toBe(false);
  });

  it('is what it was when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const once = lineSchema(20).safeParse(text);
        if (once.success) expect(lineSchema(20).parse(once.data)).toBe(once.data);
      }),
    );
  });
});

describe('a new 工号', () => {
  it.each(['E0012', '1', 'a_b-c', 'x'.repeat(32), 'systems'])('may be %j', (text) => {
    expect(newStaffNoSchema.safeParse(text).success).toBe(true);
  });

  it.each(['', 'x'.repeat(33), 'a:b', 'a b', 'E0012\n', 'a\u202e', '工号', 'system', 'SYSTEM'])(
    'may not be %j',
    (text) => {
      expect(newStaffNoSchema.safeParse(text).success).toBe(false);
    },
  );
});
