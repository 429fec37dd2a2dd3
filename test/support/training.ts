import { appendHourEvent, nextEntryId } from '../../src/bot/ledger.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { instantAt } from '../../src/domain/day.ts';
import { decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import type { HourFacts } from '../../src/domain/hours.ts';
import type { TestChat } from './chat.ts';
import { people } from './college.ts';

/** Four hours of 专业化能力 on 2 November 2026, without a reflection. */
export const training: HourFacts = {
  from: '2026-11-02',
  to: '2026-11-02',
  hours: 400,
  content: 'professional',
  kind: 'thematic',
  form: 'central-group',
  title: '教学管理能力培训',
  organiser: null,
  place: null,
  proof: null,
  result: null,
  note: null,
};

/** Puts a training of a person into the ledger, submitted that evening and, unless it is to wait, approved. */
export const train = (
  chat: TestChat,
  who: Cadre,
  more: Partial<HourFacts> = {},
  approved: 'approved' | 'waiting' = 'approved',
): Promise<void> =>
  chat.write(async (tx) => {
    const facts = { ...training, ...more };
    const policy = chat.policies.at(facts.to);
    const { staffNo } = who;
    const at = instantAt(facts.to, '20:00');
    const entryId = await nextEntryId(tx);
    const logged = { entryId, staffNo, by: staffNo, at, facts, source: 'chat', importId: null } as const;
    const entry = await appendHourEvent(tx, submitEvent(logged), policy);
    if (approved === 'waiting') return;
    const by = staffNo === people.clerk.staffNo ? people.head : people.clerk;
    const decision = decideEvent(entry, { type: 'approved' }, by.staffNo, at);
    if (!decision.ok) throw new Error(decision.reason);
    await appendHourEvent(tx, decision.event, policy);
  });
