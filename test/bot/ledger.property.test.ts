import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesNear } from '../../src/bot/ledger.ts';
import { addDays } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { findConflicts } from '../../src/domain/overlap.ts';
import { arbitraryEntry, policy } from '../domain/build.ts';
import { openChat } from '../support/chat.ts';

const around = fc
  .tuple(arbitraryEntry, fc.nat({ max: 20 }), fc.nat({ max: 12 }), fc.constantFrom('专题党课', '专题报告'))
  .map(([entry, start, days, title]) => {
    const from = addDays('2026-11-01', start);
    return { ...entry, state: 'approved' as const, from, to: addDays(from, days), hours: entry.hours % 1500, title };
  });

test('the entries near a training are all that it can be in conflict with', async () => {
  const chat = await openChat();
  let people = 0;
  await fc.assert(
    fc.asyncProperty(around, fc.array(around, { maxLength: 6 }), async (facts, others) => {
      people += 1;
      const staffNo = `P${people}`;
      const theirs = others
        .map((entry, i) => ({ ...entry, staffNo, id: 10 * people + i }))
        .sort((a, b) => a.from.localeCompare(b.from) || a.id - b.id);
      await chat.write(async (tx) => {
        for (const entry of theirs) await tx.put(hourEntries, entry);
      });
      const near = await chat.store.read((view) => entriesNear(view, staffNo, facts));
      const candidate = { ...facts, id: 0 };
      expect(findConflicts(candidate, near, policy)).toEqual(findConflicts(candidate, theirs, policy));
      expect(near).toEqual(theirs.filter(({ to }) => to >= addDays(facts.from, -1)));
    }),
    { numRuns: 60 },
  );
  await chat.close();
});
