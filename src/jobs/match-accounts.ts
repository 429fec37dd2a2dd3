import { accounts, addressOf } from '../bot/people.ts';
import { bindAccount } from '../bot/recognise.ts';
import { bareEmail, bareMobile, sharedContacts, unreached } from '../bot/unreached.ts';
import { type Cadre, cadres } from '../domain/cadre.ts';
import type { Contact } from '../messenger/messenger.ts';
import { listAll, type Transaction } from '../store/store.ts';
import { jobTexts } from '../texts/jobs.ts';
import type { LongJob, LongJobContext } from './job.ts';
import { everyDay } from './schedule.ts';

const texts = jobTexts.matchAccounts;
/** People whose accounts are written in one transaction. */
const pageSize = 50;

/** Somebody who was looked up, and the platform's id of them, if it knows exactly one person by what the roster has. */
interface Found {
  readonly cadre: Cadre;
  readonly contact: Contact;
  readonly id: string | null;
}

/**
 * Looks up every active cadre without an account by mobile or e-mail, before the day's reminders are written. The platform
 * is asked outside any transaction; whoever was found is looked at again before the account is theirs.
 */
export const matchAccounts: LongJob = {
  name: 'match-accounts',
  type: 'long',
  schedule: { time: '08:23', on: everyDay, words: jobTexts.everyDay('08:23'), catchUp: 1 },
  preview: async (context) => {
    const found = await searchAccounts(context);
    if (found === null) return texts.noLookUp(context.messenger);
    const bound = found.filter(({ id }) => id !== null).map(({ cadre }) => cadre);
    const missing = found.filter(({ id }) => id === null).map(({ cadre }) => cadre);
    return [texts.preview(found.length, bound.length), texts.found(bound), texts.missing(missing)]
      .filter((line) => line !== '')
      .join('\n');
  },
  run: async (context) => {
    const { store, now, asOf } = context;
    const found = await searchAccounts(context);
    if (found === null) return texts.noLookUp(context.messenger);
    const cause = { actor: 'system', via: 'job', what: 'match-accounts', ref: asOf, at: now } as const;
    let bound = 0;
    for (let from = 0; from < found.length; from += pageSize) {
      const page = found.slice(from, from + pageSize);
      bound += await store.transaction(cause, (tx) => keepPage(tx, context, page));
    }
    return texts.done(found.length, bound);
  },
};

/**
 * Asks the platform for everybody who has something of their own to be looked up by; null where it has no look-up.
 * @throws what `findPeople` throws
 */
export async function searchAccounts({
  store,
  messenger,
  findPeople,
}: Pick<LongJobContext, 'store' | 'messenger' | 'findPeople'>): Promise<Found[] | null> {
  if (findPeople === undefined) return null;
  const wanted = await store.read(async (view) => {
    const people = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
    const shared = sharedContacts(people);
    const own = (contact: string | null): string | null => (contact !== null && shared.has(contact) ? null : contact);
    const list: { cadre: Cadre; contact: Contact }[] = [];
    for (const cadre of people) {
      const contact = { mobile: own(bareMobile(cadre.mobile)), email: own(bareEmail(cadre.email)) };
      const hasContact = contact.mobile !== null || contact.email !== null;
      if (hasContact && (await addressOf(view, messenger, cadre.staffNo)) === null) list.push({ cadre, contact });
    }
    return list;
  });
  const ids = wanted.length === 0 ? [] : await findPeople(wanted.map(({ contact }) => contact));
  // The mobile of one and the e-mail of another may lead to the same account: then it is neither's.
  const isOnly = (id: string): boolean => ids.indexOf(id) === ids.lastIndexOf(id);
  return wanted.map((one, i) => {
    const id = ids[i] ?? null;
    return { ...one, id: id !== null && isOnly(id) ? id : null };
  });
}

/** @returns how many accounts were written */
async function keepPage(tx: Transaction, { messenger, asOf }: LongJobContext, page: readonly Found[]): Promise<number> {
  let bound = 0;
  for (const { cadre: seen, id } of page) {
    const { staffNo } = seen;
    const cadre = await tx.get(cadres, staffNo);
    const isSame = cadre?.state === 'active' && cadre.mobile === seen.mobile && cadre.email === seen.email;
    if (!isSame || (await addressOf(tx, messenger, staffNo)) !== null) continue;
    const holder = id === null ? undefined : await tx.get(accounts, `${messenger}:${id}`);
    if (id !== null && (holder === undefined || holder.staffNo === staffNo)) {
      const { userId = null, boundBy = 'system' } = holder ?? {};
      await bindAccount(tx, { messenger, id, staffNo, userId, boundBy });
      await tx.remove(unreached, `${messenger}:${staffNo}`);
      bound += 1;
    } else {
      const row = await tx.get(unreached, `${messenger}:${staffNo}`);
      await tx.put(unreached, { messenger, staffNo, searchedOn: asOf, toldAs: row?.toldAs ?? null });
    }
  }
  return bound;
}
