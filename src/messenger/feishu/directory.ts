import type { Clock } from '../../clock.ts';
import { addMs, type Instant } from '../../domain/day.ts';
import { feishuTexts as texts } from '../../texts/feishu.ts';
import { type Contact, LookUpError } from '../messenger.ts';
import type { FeishuApi } from './api.ts';
import { FeishuApiError } from './api-error.ts';
import { outcomeOf, reasonOf } from './outcome.ts';

/** As many as the platform looks up at once. */
const pageSize = 50;
const nameLifeMs = 3_600_000;
const mostNames = 1000;

/** By mobile first, then by e-mail; null where the platform knows nobody, enterprise mailboxes included. @throws LookUpError */
export async function findPeople(
  api: Pick<FeishuApi, 'findOpenIds'>,
  contacts: readonly Contact[],
): Promise<readonly (string | null)[]> {
  const ids: (string | null)[] = [];
  try {
    for (let from = 0; from < contacts.length; from += pageSize) {
      ids.push(...(await api.findOpenIds(contacts.slice(from, from + pageSize))));
    }
  } catch (fault) {
    throw fault instanceof FeishuApiError ? new LookUpError(texts.notAsked(reasonOf(fault)), { cause: fault }) : fault;
  }
  return ids;
}

/**
 * Names of departments, remembered for an hour: a reorganisation tells of everybody in it.
 * @throws FeishuApiError what may pass
 */
export function createUnitNames(parts: {
  readonly api: Pick<FeishuApi, 'departmentName'>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}): (ids: readonly string[]) => Promise<readonly string[]> {
  const { api, clock, log } = parts;
  const known = new Map<string, { readonly name: string; readonly until: Instant }>();

  async function nameOf(id: string): Promise<readonly string[]> {
    const held = known.get(id);
    if (held !== undefined && held.until > clock.now()) return [held.name];
    try {
      const name = await api.departmentName(id);
      if (known.size >= mostNames) known.clear();
      known.set(id, { name, until: addMs(clock.now(), nameLifeMs) });
      return [name];
    } catch (fault) {
      if (!(fault instanceof FeishuApiError) || outcomeOf(fault, () => 0).retry) throw fault;
      // A permission that was not granted: who changed is worth more than what the unit is called.
      log.warn({ code: fault.code, msg: fault.msg }, 'unit name not read');
      return [];
    }
  }

  return async (ids) => (await Promise.all(ids.map(nameOf))).flat();
}
