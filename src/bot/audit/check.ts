import { bulletins } from '../../domain/bulletin.ts';
import { card, type Reply, words } from '../../messenger/reply.ts';
import { type AuditHead, emptyHead, joins, listAll, type Store } from '../../store/store.ts';
import { auditTexts as texts } from '../../texts/audit.ts';

/**
 * Walks the whole chain, record by record from the first, and compares the heads that bulletins print. The rest of the
 * ledger is the operator's `verify`.
 */
export async function checkChain(store: Store): Promise<Reply> {
  const { head, issued } = await store.read(async (view) => ({
    head: await view.auditHead(),
    issued: await listAll(view, bulletins),
  }));
  const cited = new Set(issued.map(({ auditN }) => auditN));
  const hashes = new Map([[emptyHead.n, emptyHead.hash]]);
  let last: AuditHead = emptyHead;
  let broken: number | null = null;
  for await (const record of store.auditRecords()) {
    if (!joins(last, record)) {
      broken = record.n;
      break;
    }
    last = record;
    if (cited.has(record.n)) hashes.set(record.n, record.hash);
    // What has been added since the head was read is not part of this check.
    if (record.n >= head.n) break;
  }
  if (broken === null && (last.n !== head.n || last.hash !== head.hash)) broken = last.n + 1;
  const off = issued.filter(({ auditN, auditHash16 }) => hashes.get(auditN)?.slice(0, 16) !== auditHash16);
  const said = broken === null ? texts.checked(head.n, head.hash.slice(0, 16)) : texts.broken(broken);
  const printed = off.length === 0 ? texts.bulletins(issued.length) : texts.bulletinsOff(off.map(({ month }) => month));
  return card(
    texts.checkTitle,
    broken === null && off.length === 0 ? 'good' : 'bad',
    said,
    words(`${said}\n${broken === null ? printed : ''}`.trim()),
  );
}
