import { cadres } from '../../domain/cadre.ts';
import { dayOf, timeOf } from '../../domain/day.ts';
import { button, buttons, card, type Invocation, note, type Reply, table, words } from '../../messenger/reply.ts';
import type { AuditRecord, Reader, Store } from '../../store/store.ts';
import { describeChanges, auditTexts as texts } from '../../texts/audit.ts';
import { actorNames, showDay } from '../../texts/glossary.ts';
import { type AuditFilter, matchesFilter } from './filter.ts';

const pageSize = 10;
/** Every look at the journal reads a part of it from its beginning: few large ones when many records are passed over. */
const atOnce = 5000;
/** Records looked through for one page; the reader may go on from there. */
const mostScanned = 20_000;

/** A page of the audit records that a filter lets through, newest first. */
export async function showRecords(store: Store, filter: AuditFilter, before?: number): Promise<Reply> {
  const { found, next } = await findRecords(store, filter, before);
  return store.read(async (view) => {
    const head = await view.auditHead();
    const about = texts.about(await describeFilter(view, filter));
    const summary = `${texts.chain(head.n, head.hash.slice(0, 16))}${about}`;
    const rows: string[][] = [];
    for (const record of found) rows.push(await rowOf(view, record));
    const empty = next === null ? texts.none : texts.noneSoFar(next);
    return card(
      texts.title,
      'plain',
      summary,
      words(`${summary}${rows.length === 0 ? empty : texts.shown(rows.length)}`),
      rows.length === 0 ? null : table(texts.columns, rows),
      buttons(
        ...(next === null ? [] : [button(texts.earlier, '审计', { ...asArgs(filter), before: next })]),
        button(filter.all === true ? texts.changesOnly : texts.all, '审计', {
          ...asArgs(filter),
          all: filter.all !== true,
        }),
        button(texts.check, '审计', { check: true }),
      ),
      note(texts.hint),
    );
  });
}

/** The newest matching records; `next` is where to go on, or null when there is nothing older. */
async function findRecords(
  store: Store,
  filter: AuditFilter,
  start: number | undefined,
): Promise<{ found: readonly AuditRecord[]; next: number | null }> {
  const found: AuditRecord[] = [];
  let before = start;
  // Without a filter the newest are mostly what is wanted; somebody who asks a lot may have filled them with questions.
  let limit = Object.keys(asArgs(filter)).every((name) => name === 'all') ? 10 * pageSize : atOnce;
  for (let scanned = 0; scanned < mostScanned; scanned += limit, limit = atOnce) {
    const page = await store.recentAuditRecords({ limit, ...(before === undefined ? {} : { before }) });
    for (const record of page) {
      if (filter.from !== undefined && dayOf(record.cause.at) < filter.from) return { found, next: null };
      if (!matchesFilter(record, filter)) continue;
      if (found.length === pageSize) return { found, next: (found.at(-1) ?? record).n };
      found.push(record);
    }
    const last = page.at(-1);
    if (last === undefined || last.n <= 1) return { found, next: null };
    before = last.n;
  }
  return { found, next: before ?? null };
}

const asArgs = (filter: AuditFilter): Invocation['args'] =>
  Object.fromEntries(
    Object.entries(filter).filter((pair): pair is [string, string | number | boolean] => pair[1] !== undefined),
  );

async function rowOf(view: Reader, { n, cause, changes }: AuditRecord): Promise<string[]> {
  return [
    texts.deed(await nameOf(view, cause.actor), describeChanges(changes)),
    `${texts.what(cause.what)}（${texts.via(cause.via)}）`,
    `${showDay(dayOf(cause.at))} ${timeOf(cause.at)}`,
    String(n),
  ];
}

async function nameOf(view: Reader, actor: string): Promise<string> {
  if (actor === 'system') return texts.system;
  return (await view.get(cadres, actor))?.name ?? actorNames[actor] ?? actor;
}

async function describeFilter(view: Reader, { entry, person, what, all, from, to }: AuditFilter): Promise<string[]> {
  const cadre = person === undefined ? undefined : await view.get(cadres, person);
  return [
    ...(entry === undefined ? [] : [texts.filters.entry(entry)]),
    ...(person === undefined ? [] : [texts.filters.person(cadre?.name ?? person, person)]),
    ...(what === undefined ? [] : [texts.filters.what(texts.what(what))]),
    ...(all === true ? [texts.withQueries] : []),
    ...(from === undefined || to === undefined ? [] : [texts.filters.days(from, to)]),
  ];
}
