import { cadres } from '../../domain/cadre.ts';
import type { AuditRecord, Reader, Store } from '../../store/store.ts';
import { type OutboxRow, outbox, outboxCounts } from '../outbox.ts';
import { simulatorGroup } from './simulator.ts';
import type { AuditLine, BackstageView, JobLine, OutboxLine } from './wire.ts';

const shownRecords = 30;
const shownMessages = 20;

/** What goes on behind the chats: the newest audit records and messages out, and every job. */
export async function viewBackstage(store: Store, jobs: readonly JobLine[]): Promise<BackstageView> {
  const audit = await viewRecords(store);
  return store.read(async (view) => {
    const nameOf = nameReader(view);
    const counts = await outboxCounts(view);
    const messages: OutboxLine[] = [];
    for (const row of await newestMessages(view, counts)) messages.push(await messageOf(row, nameOf));
    return { audit, outbox: { counts, messages }, jobs };
  });
}

/** The newest audit records, or those before record number `before`. */
export async function viewRecords(store: Store, before?: number): Promise<readonly AuditLine[]> {
  const limit = shownRecords;
  const records = await store.recentAuditRecords(before === undefined ? { limit } : { limit, before });
  return store.read(async (view) => {
    const nameOf = nameReader(view);
    const lines: AuditLine[] = [];
    for (const record of records) lines.push({ ...lineOf(record), name: await nameOf(record.cause.actor) });
    return lines;
  });
}

type NameOf = (id: string) => Promise<string | null>;

function nameReader(view: Reader): NameOf {
  const names = new Map<string, string | null>();
  return async (id) => {
    if (!names.has(id)) names.set(id, (await view.get(cadres, id))?.name ?? null);
    return names.get(id) ?? null;
  };
}

const lineOf = ({ n, hash, cause, changes }: AuditRecord): Omit<AuditLine, 'name'> => ({
  n,
  hash: hash.slice(0, 8),
  at: cause.at,
  actor: cause.actor,
  via: cause.via,
  what: cause.what,
  changes: changes.map(({ collection, key, to }) => ({ collection, key, removed: to === null })),
});

/** There is no index over all states: the newest of each, and of these the newest. */
async function newestMessages(
  view: Reader,
  counts: Readonly<Record<OutboxRow['state'], number>>,
): Promise<readonly OutboxRow[]> {
  const rows: OutboxRow[] = [];
  for (const state of Object.keys(counts)) {
    const query = { index: 'byState', equals: [state], order: 'desc', limit: shownMessages } as const;
    rows.push(...(await view.find(outbox, query)).rows);
  }
  return rows.sort((a, b) => b.seq - a.seq).slice(0, shownMessages);
}

async function messageOf(
  { key, to, purpose, state, createdAt, notBefore, sentAt, reason }: OutboxRow,
  nameOf: NameOf,
): Promise<OutboxLine> {
  const id = to.type === 'cadre' ? to.staffNo : to.id;
  const name = id === simulatorGroup.id ? simulatorGroup.name : await nameOf(id);
  return { key, to: name ?? id, purpose, state, at: sentAt ?? createdAt, notBefore, reason };
}
