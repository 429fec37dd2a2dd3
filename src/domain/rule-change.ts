import { z } from 'zod';
import { defineCollection } from './collection.ts';
import type { Day, Instant } from './day.ts';
import type { Amendment } from './policy.ts';
import { daySchema, instantSchema, staffNoSchema } from './schema.ts';

/**
 * A dated change of one rule (制度参数): proposed by the department, decided by its head alone. `proposed` → `decided` |
 * `refused`; a decided one may be `cancelled` before it comes into force, and never after: old records keep the rule of
 * their day.
 */
export const ruleChangeSchema = z.object({
  /** 变更号. */
  id: z.number().int().positive(),
  /** Name of the rule, as in the policy files. */
  rule: z.string().max(60),
  /** The day from which it holds. */
  from: daySchema,
  /** As people write it: hours as 550, not as hundredths. */
  value: z.json(),
  reason: z.string().min(1).max(200),
  state: z.enum(['proposed', 'decided', 'refused', 'cancelled']),
  proposedBy: staffNoSchema,
  proposedAt: instantSchema,
  decidedBy: staffNoSchema.nullable(),
  decidedAt: instantSchema.nullable(),
});
export type RuleChange = z.output<typeof ruleChangeSchema>;

export const ruleChanges = defineCollection({
  name: 'rule-changes',
  schema: ruleChangeSchema,
  key: ['id'],
  indexes: { byState: ['state', 'id'], byRule: ['rule', 'id'] },
  numbered: { field: 'id', sequence: 'rule-changes' },
});

/** Decided changes as a policy book takes them; of two for the same day the one decided later wins. */
export const amendmentsOf = (decided: readonly RuleChange[]): Amendment[] =>
  decided
    .filter(({ state }) => state === 'decided')
    .toSorted((a, b) =>
      (a.decidedAt ?? '') < (b.decidedAt ?? '') ? -1 : a.decidedAt === b.decidedAt ? a.id - b.id : 1,
    )
    .map(({ id, rule, from, value, reason }) => ({ rule, from, value, note: reason, decision: id }));

export type RuleChangeFault = 'backdated' | 'not-open' | 'in-force';
export type RuleChangeResult = { ok: true; change: RuleChange } | { ok: false; reason: RuleChangeFault };

/** The head's word on a proposal. A day that has passed meanwhile cannot be decided any more: nothing is backdated. */
export function decideRuleChange(
  change: RuleChange,
  verdict: 'decided' | 'refused',
  by: string,
  at: Instant,
  today: Day,
): RuleChangeResult {
  if (change.state !== 'proposed') return { ok: false, reason: 'not-open' };
  if (verdict === 'decided' && change.from < today) return { ok: false, reason: 'backdated' };
  return { ok: true, change: { ...change, state: verdict, decidedBy: by, decidedAt: at } };
}

/** Takes back a decision that has not come into force. */
export function cancelRuleChange(change: RuleChange, by: string, at: Instant, today: Day): RuleChangeResult {
  if (change.state !== 'decided') return { ok: false, reason: 'not-open' };
  if (change.from <= today) return { ok: false, reason: 'in-force' };
  return { ok: true, change: { ...change, state: 'cancelled', decidedBy: by, decidedAt: at } };
}
