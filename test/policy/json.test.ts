import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/policy/json.ts';

describe('reading JSON with the place of the fault', () => {
  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['{"a": 1\n "b": 2}', 2, 2],
    ['{\n  "a": hello\n}', 2, 8],
    ['[1, 2', 1, 6],
    ['{"a" 1}', 1, 6],
    ['{a: 1}', 1, 2],
    ['{"a": "not closed}', 1, 7],
    ['{"a": 1} x', 1, 10],
    ["{'a': 1}", 1, 2],
    ['[01]', 1, 3],
    ['[1.]', 1, 3],
  ])('%j', (text, line, column) => expect(readJson(text)).toEqual({ ok: false, line, column }));

  it('reads what JSON.parse reads, and names a place inside everything that it does not', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', 'x', '\n'))
      .map(([text, place, mark]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + mark + text.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        const reading = readJson(text);
        if (reading.ok) {
          expect(reading.value).toEqual(JSON.parse(text));
          return;
        }
        expect(() => JSON.parse(text)).toThrow();
        const lines = text.split('\n');
        expect(reading.line).toBeLessThanOrEqual(lines.length);
        expect(reading.column).toBeLessThanOrEqual((lines[reading.line - 1] ?? '').length + 1);
      }),
      { numRuns: 500 },
    );
  });
});
