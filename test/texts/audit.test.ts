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
});
