import { type BulletinFigures, bulletinFigures, bulletins, otherUnits } from '../domain/bulletin.ts';
import { cadres } from '../domain/cadre.ts';
import { addMonths, type Day, firstDayOf, lastDayOf, type Month } from '../domain/day.ts';
import { contents, hourEntries } from '../domain/hours.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { type Reflection, reflections } from '../domain/reflection.ts';
import { type Block, type Chart, card, fields, note, type Reply, words } from '../messenger/reply.ts';
import { type AuditHead, listAll, type Reader, type Transaction } from '../store/store.ts';
import { bulletinTexts as texts } from '../texts/bulletin.ts';
import { contentNames, showHours } from '../texts/glossary.ts';
import type { KnownChat } from './chats.ts';

/** When a month's bulletin goes out by itself, on the first working day of the next. */
export const bulletinTime = '09:41';

/** The figures of a month, as the ledger knows them on `asOf`, by the rules of the month's last day. */
export async function readBulletinFigures(
  view: Reader,
  { month, asOf, policies }: { month: Month; asOf: Day; policies: PolicyBook },
): Promise<BulletinFigures> {
  const end = lastDayOf(month);
  const policy = policies.at(end);
  const lastMonth = firstDayOf(addMonths(month, -1));
  const from = lastMonth < policy.cycle.from ? lastMonth : policy.cycle.from;
  const due: Reflection[] = [];
  for (const state of ['owed', 'returned', 'handed-in', 'accepted']) {
    const range = { index: 'byState', equals: [state], from: firstDayOf(month), to: end };
    due.push(...(await listAll(view, reflections, range)));
  }
  return bulletinFigures({
    month,
    asOf,
    policy,
    cadres: await listAll(view, cadres),
    entries: await listAll(view, hourEntries, { index: 'byEnd', from, to: end }),
    reflections: due,
  });
}

/** First 16 hex digits of a chain's head: what a bulletin prints, and what anybody can compare later. */
export const shortHash = (head: AuditHead): string => head.hash.slice(0, 16);

/** Keeps a month's figures as they are now, for good, and posts them to the groups; without a group it stays a draft. */
export async function releaseBulletin(
  tx: Transaction,
  release: {
    readonly month: Month;
    readonly asOf: Day;
    readonly policies: PolicyBook;
    /** Null when it goes out by itself. */
    readonly by: string | null;
    readonly groups: readonly KnownChat[];
    readonly post: (group: KnownChat, reply: Reply, key: string) => Promise<unknown>;
  },
): Promise<void> {
  const { month, policies, groups } = release;
  const earlier = await tx.get(bulletins, month);
  const head = await tx.auditHead();
  const figures = await readBulletinFigures(tx, release);
  const isReleased = groups.length > 0;
  const { at } = tx.cause;
  await tx.put(bulletins, {
    month,
    state: isReleased ? 'released' : 'draft',
    figures,
    createdAt: earlier?.createdAt ?? at,
    releasedAt: isReleased ? at : null,
    releasedBy: isReleased ? release.by : null,
    auditN: head.n,
    auditHash16: shortHash(head),
  });
  const reply = buildBulletin(figures, head, policies.at(lastDayOf(month)).smallestUnitShown);
  for (const group of groups) await release.post(group, reply, bulletinKey(month, group.id));
}

/** The outbox key under which a month's bulletin goes to a group once. */
export const bulletinKey = (month: Month, chat: string): string => `bulletin:${month}:${chat}`;

/**
 * 月度通报 as it goes to a group: reason, figures, one chart, the units, requests. No person is named, and units with
 * few people stay together. `head` is that of the audit chain before the bulletin.
 */
export function buildBulletin(figures: BulletinFigures, head: AuditHead, smallestUnitShown: number): Reply {
  const { month, asOf } = figures;
  const isOver = asOf > lastDayOf(month);
  const isMerged = figures.units.some(({ unit }) => unit === otherUnits);
  return card(
    texts.title(month),
    'info',
    texts.summary(figures),
    words(isOver ? texts.reason(month, lastDayOf(month)) : texts.running(month, asOf)),
    words(texts.overview),
    fields(...texts.overviewRows(figures, isOver)),
    words(texts.progress),
    fields(...texts.progressRows(figures)),
    contentChart(figures),
    words(texts.units),
    unitTable(figures),
    isMerged ? note(texts.merged(smallestUnitShown)) : null,
    words(texts.requests),
    words(requestsOf(figures).join('\n')),
    note(texts.source(head.n, shortHash(head))),
  );
}

const contentChart = ({ byContent }: BulletinFigures): Chart => ({
  type: 'chart',
  kind: 'pie',
  title: texts.chart,
  unit: '学时',
  categories: contents.map((content) => contentNames[content]),
  series: [{ name: '学时', values: contents.map((content) => byContent[content].value / 100) }],
});

const unitTable = ({ units }: BulletinFigures): Block => ({
  type: 'table',
  columns: texts.unitColumns.map((label, i) => ({ label, align: i === 0 ? 'left' : 'right' })),
  rows: units.map(({ unit, people, hours, yearHours, yearAverage }) => [
    unit,
    String(people),
    showHours(hours),
    showHours(yearHours),
    showHours(yearAverage),
  ]),
});

function requestsOf({ people, onPace, reflections: handed }: BulletinFigures): string[] {
  const requests = [
    ...(onPace.value < people.value ? [texts.pace] : []),
    ...(handed.handedIn.value < handed.owed.value ? [texts.reflections] : []),
    texts.keepOn,
  ];
  return requests.map((request, i) => `${i + 1}. ${request}`);
}
