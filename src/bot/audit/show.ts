import { z } from 'zod';
import type { Invocation, Reply } from '../../messenger/reply.ts';
import type { Store } from '../../store/store.ts';
import { checkChain } from './check.ts';
import { auditFilterSchema } from './filter.ts';
import { showRecords } from './records.ts';

const argsSchema = auditFilterSchema.extend({
  before: z.number().int().positive().optional(),
  check: z.boolean().default(false),
});

/** What 审计 asked for, as the chain is when it is sent. */
export function showAudit(store: Store, args: Invocation['args']): Promise<Reply> {
  const { check, before, ...filter } = argsSchema.parse(args);
  return check ? checkChain(store) : showRecords(store, filter, before);
}
