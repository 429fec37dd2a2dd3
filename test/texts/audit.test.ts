import { describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { describeChanges } from '../../src/texts/audit.ts';

describe('what the audit says of a change', () => {
  it.each(collections.filter(({ kept }) => kept === 'ledger').map(({ name }) => name))(
    'names %s in Chinese',
    (collection) => {
      expect(describeChanges([{ collection, key: 'E0011', to: null }])).not.toMatch(/其他记录|undefined/);
    },
  );

  it('tells a corrected bulletin from a released one', () => {
    const row = { state: 'released', corrections: [{}, {}] };
    const say = (to: object) => describeChanges([{ collection: 'bulletins', key: '2026-10', to }]);
    expect(say({ ...row, corrections: undefined })).toBe('2026年10月通报发布');
    expect(say(row)).toBe('2026年10月通报第 2 次更正');
  });
});
