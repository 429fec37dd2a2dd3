import {
  type Bulletin,
  type BulletinFigures,
  bulletins,
  countedUntil,
  leadingUnits,
  otherUnits,
  tallied,
  tallyBulletin,
} from '../domain/bulletin.ts';
import { cadres } from '../domain/cadre.ts';
import { announcedDays, comingTrainings } from '../domain/coming-training.ts';
import { addMonths, type Day, firstDayOf, lastDayOf, type Month, yearOf } from '../domain/day.ts';
import { hourEntries } from '../domain/hours.ts';
import type { Policy, PolicyBook } from '../domain/policy.ts';
import { type Reflection, reflections } from '../domain/reflection.ts';
import type { CountedCadre } from '../domain/unit-figures.ts';
import { type Block, card, fields, note, type Reply, words } from '../messenger/reply.ts';
import { type AuditHead, eachPicked, listAll, type Reader, type Transaction } from '../store/store.ts';
import { bulletinTexts as texts } from '../texts/bulletin.ts';
import { chartWords } from '../texts/chart.ts';
import { showHours } from '../texts/glossary.ts';
import { contentChart, unitChart } from './bulletin-charts.ts';
import type { KnownChat } from './chats.ts';
import { readEarned } from './everybody.ts';

/** When a month's bulletin goes out by itself, on the first working day of the next. */
export const bulletinTime = '09:41';

/**
 * The figures of a month, as the ledger knows them on `asOf`, by the rules of the month's last day; `shownUnits` as in
 * `BulletinTally`.
 */
export async function readBulletinFigures(
  view: Reader,
  {
    month,
    asOf,
    policies,
    shownUnits,
  }: { month: Month; asOf: Day; policies: PolicyBook; shownUnits?: readonly string[] },
): Promise<BulletinFigures> {
  const end = lastDayOf(month);
  const policy = policies.at(end);
  const until = countedUntil({ month, asOf });
  // Neither is kept under a name: they may go before the trainings come.
  const tally = tallyBulletin(await readCounted(view), await readEarned(view, policy, until), policy, { month, asOf });
  const [lastMonth, year] = [firstDayOf(addMonths(month, -1)), `${yearOf(end)}-01-01`];
  // Named so that a database finds all that is asked for beside the index, and none of the rows.
  const where = { to: { from: lastMonth < year ? lastMonth : year, to: until }, state: { in: ['approved'] } };
  await eachPicked(view, hourEntries, tallied, { index: 'byPersonEnd', where }, (entry) => tally.add(entry));
  const due: Reflection[] = [];
  for (const state of ['owed', 'returned', 'handed-in', 'accepted']) {
    due.push(...(await listAll(view, reflections, { index: 'byState', equals: [state], from: year, to: end })));
  }
  return tally.result({ reflections: due, ...(shownUnits === undefined ? {} : { shownUnits }) });
}

/** Everybody, in as little memory as the figures of a hundred thousand need: each unit is named once. */
async function readCounted(view: Reader): Promise<CountedCadre[]> {
  const people: CountedCadre[] = [];
  const units = new Map<string, string>();
  await eachPicked(view, cadres, ['staffNo', 'unit', 'grade', 'appointedOn', 'state'], {}, (cadre) => {
    const unit = units.get(cadre.unit) ?? cadre.unit;
    units.set(unit, unit);
    people.push({ ...cadre, unit });
  });
  return people;
}

/** The trainings that a month's bulletin announces. */
export async function readComing(view: Reader, month: Month, asOf: Day): Promise<NonNullable<Bulletin['coming']>> {
  const rows = await listAll(view, comingTrainings, { index: 'byDay', ...announcedDays(month, asOf) });
  return rows.map(({ day, until, title, place, audience }) => ({
    day,
    ...(until === undefined ? {} : { until }),
    title,
    place,
    audience,
  }));
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
  const coming = await readComing(tx, month, release.asOf);
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
    coming,
    groups: groups.map(({ messenger, id }) => ({ messenger, id })),
  });
  const reply = buildBulletin(figures, head, policies.at(lastDayOf(month)), coming);
  for (const group of groups) await release.post(group, reply, bulletinKey(month, group.id));
}

/** The outbox key under which a month's bulletin goes to a group once. */
export const bulletinKey = (month: Month, chat: string): string => `bulletin:${month}:${chat}`;

/**
 * 月度通报 as it goes to a group: reason, figures, two charts, the units, what is to come, requests. No person is named,
 * and units with few people stay together. `head` is that of the audit chain before the bulletin.
 */
export function buildBulletin(
  figures: BulletinFigures,
  head: AuditHead,
  { smallestUnitShown, theoryShare }: Pick<Policy, 'smallestUnitShown' | 'theoryShare'>,
  coming: NonNullable<Bulletin['coming']> = [],
): Reply {
  const { month, asOf } = figures;
  const isOver = asOf > lastDayOf(month);
  const sections = [
    section('overview', fields(...texts.overviewRows(figures, isOver))),
    section('progress', fields(...texts.progressRows(figures)), contentChart(figures, theoryShare)),
    section('units', ...unitBlocks(figures, smallestUnitShown)),
    ...(coming.length === 0 ? [] : [section('coming', words(coming.map(texts.coming).join('\n')))]),
    section('requests', words(requestsOf(figures).join('\n'))),
  ];
  return card(
    texts.title(month),
    'info',
    texts.summary(figures),
    words(isOver ? texts.reason(month, lastDayOf(month)) : texts.running(month, asOf)),
    ...sections.flatMap(({ name, blocks }, i) => [words(texts.heading(i, name)), ...blocks]),
    note(texts.source(head.n, shortHash(head))),
  );
}

const section = (name: Parameters<typeof texts.heading>[1], ...blocks: readonly (Block | null)[]) => ({ name, blocks });

/** Leading units, chart and table; nothing of units when the whole college is as small as a unit that is not shown. */
function unitBlocks(figures: BulletinFigures, smallestUnitShown: number): (Block | null)[] {
  const { units, people, hours, average } = figures;
  if (people.value < smallestUnitShown) return [words(texts.fewPeople(smallestUnitShown))];
  const leading = hours.month.value === 0 ? [] : leadingUnits(units, average.year);
  const chart = unitChart(figures);
  return [
    leading.length === 0 ? null : words(texts.leading(leading)),
    chart,
    chart.categories.length < units.length ? note(chartWords.cut(chart.categories.length, units.length)) : null,
    unitTable(figures),
    units.some(({ unit }) => unit === otherUnits) ? note(texts.merged(smallestUnitShown)) : null,
  ];
}

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
