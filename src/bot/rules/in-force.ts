import type { PolicyBook } from '../../domain/policy.ts';
import { amendmentsOf, ruleChanges } from '../../domain/rule-change.ts';
import { PolicyError } from '../../policy/policy-error.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** The rules in force: those of the files, and what the head has decided since. */
export type RulesInForce = (view: Reader) => Promise<PolicyBook>;

/**
 * Looks the decisions up in every view, and builds a book only when their number has changed since the last time: a
 * decision is never removed, and a cancelled one counts as another number.
 *
 * @throws PolicyError when the files and the decisions do not go together
 */
export function rulesInForce(written: PolicyBook): RulesInForce {
  let known = { decided: 0, cancelled: 0, book: written };
  return async (view) => {
    const [decided = 0, cancelled = 0] = await Promise.all(
      ['decided', 'cancelled'].map((state) => view.count(ruleChanges, { index: 'byState', equals: [state] })),
    );
    if (decided !== known.decided || cancelled !== known.cancelled) {
      known = { decided, cancelled, book: decided === 0 ? written : await amended(written, view) };
    }
    return known.book;
  };
}

async function amended(written: PolicyBook, view: Reader): Promise<PolicyBook> {
  const changes = await listAll(view, ruleChanges, { index: 'byState', equals: ['decided'] });
  const result = written.amend(amendmentsOf(changes));
  if (!result.ok) throw new PolicyError(result.faults);
  return result.book;
}
