import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { burdenWorkbook } from '../documents/burden-workbook.ts';
import { renderChartPng } from '../documents/chart-png.ts';
import { courseReportWorkbook } from '../documents/course-report-workbook.ts';
import { courseRosterWorkbook } from '../documents/course-roster-workbook.ts';
import { faultWorkbook } from '../documents/fault-workbook.ts';
import { ledgerWorkbook } from '../documents/ledger-workbook.ts';
import { overdueWorkbook } from '../documents/overdue-workbook.ts';
import { ownUnitWorkbook } from '../documents/own-unit-workbook.ts';
import { rosterWorkbook } from '../documents/roster-workbook.ts';
import { statisticsWorkbook } from '../documents/statistics-workbook.ts';
import { timetableTemplate } from '../documents/timetable-workbook.ts';
import { unboundWorkbook } from '../documents/unbound-workbook.ts';
import { cadres } from '../domain/cadre.ts';
import { courses } from '../domain/course.ts';
import { reportCourse } from '../domain/course-report.ts';
import { type Day, dayOf } from '../domain/day.ts';
import { type HourEntry, hourEntries } from '../domain/hours.ts';
import { overdueKinds } from '../domain/overdue.ts';
import type { PolicyBook } from '../domain/policy.ts';
import { daySchema, monthSchema } from '../domain/schema.ts';
import { type Chart, chartSchema, type Reply } from '../messenger/reply.ts';
import { listAll, type Reader, type Store } from '../store/store.ts';
import { statisticsTexts } from '../texts/statistics.ts';
import { showAudit } from './audit/show.ts';
import { readBurden } from './burden.ts';
import { readReportFacts } from './course/facts.ts';
import { readMembers, remarkOf } from './course/roster.ts';
import { createPause, lookingAgain, planImport } from './importing/plan.ts';
import { readImport } from './importing/read.ts';
import { readUnit } from './own-unit.ts';
import { unboundRow } from './roster/unbound.ts';
import { rulesInForce } from './rules/in-force.ts';
import { statisticsQuerySchema } from './statistics/query.ts';
import { readAllStatistics } from './statistics/read.ts';
import { readUnreached } from './unreached.ts';
import { listOverdue, readChased } from './urging.ts';

export interface RenderingParts {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: Clock;
}

const workbookMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const wordMime = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const overdueArgs = z.object({
  asOf: daySchema,
  kind: z.enum(overdueKinds).optional(),
  unit: z.string().optional(),
  people: z.array(z.string()).optional(),
  longerThan: z.number().int().optional(),
  before: daySchema.optional(),
  remindedFrom: z.number().int().optional(),
  remindedTo: z.number().int().optional(),
});

/** 逾期名单 as a workbook. */
export async function renderOverdue(
  { store, policies, clock }: RenderingParts,
  asOf: Day,
  filter: Parameters<typeof listOverdue>[2] = {},
): Promise<{ bytes: Uint8Array; rows: number }> {
  const items = await store.read(async (view) => {
    const { items: found } = await listOverdue(view, { asOf, policies: await rulesInForce(policies)(view) }, filter);
    const chased = await readChased(view, found, asOf);
    return found.map((item, i) => ({ ...item, reminded: chased[i]?.count ?? 0, remindedOn: chased[i]?.last ?? null }));
  });
  return { bytes: await overdueWorkbook(items, asOf, clock.now()), rows: items.length };
}

const ledgerArgs = z.object({
  /** Trainings that began in the year, or between the days. */
  from: daySchema.optional(),
  to: daySchema.optional(),
  unit: z.string().optional(),
  people: z.array(z.string()).optional(),
});
export type LedgerFilter = z.output<typeof ledgerArgs>;

/** The approved entries that an exported ledger holds. */
export async function readLedgerEntries(view: Reader, { from, to, unit, people }: LedgerFilter): Promise<HourEntry[]> {
  const approved = await listAll(view, hourEntries, { index: 'byState', equals: ['approved'] });
  const members = unit === undefined ? null : await listAll(view, cadres, { index: 'byUnit', equals: [unit] });
  const wanted = people ?? members?.map(({ staffNo }) => staffNo);
  const chosen = wanted === undefined ? null : new Set(wanted);
  return approved.filter(
    (entry) =>
      (from === undefined || entry.from >= from) &&
      (to === undefined || entry.from <= to) &&
      (chosen === null || chosen.has(entry.staffNo)),
  );
}

/** Approved entries as a workbook with the columns of the ledger that is imported. */
export async function renderLedger(
  { store, clock }: RenderingParts,
  filter: LedgerFilter = {},
): Promise<{ bytes: Uint8Array; rows: number }> {
  const { entries, people } = await store.read(async (view) => ({
    entries: await readLedgerEntries(view, filter),
    people: await listAll(view, cadres),
  }));
  return { bytes: await ledgerWorkbook(entries, people, clock.now()), rows: entries.length };
}

/** 统计 as a workbook, by every dimension. */
async function renderStatistics(
  { store, policies, clock }: RenderingParts,
  args: Document['args'],
): Promise<{ bytes: Uint8Array }> {
  const { asOf, ...query } = statisticsArgs.parse(args);
  const sheets = await store.read(async (view) => {
    const policy = (await rulesInForce(policies)(view)).at(asOf);
    return readAllStatistics(view, query, policy, asOf);
  });
  return { bytes: await statisticsWorkbook(sheets, statisticsTexts.who(query), clock.now()) };
}

/** 减负自查 as a workbook. */
async function renderBurden(
  { store, policies, clock }: RenderingParts,
  args: Document['args'],
): Promise<{ bytes: Uint8Array }> {
  const { month, asOf } = z.object({ month: monthSchema, asOf: daySchema }).parse(args);
  const file = await store.read(async (view) => {
    const book = await rulesInForce(policies)(view);
    return { ...(await readBurden(view, month, book)), policy: book.at(asOf) };
  });
  return { bytes: await burdenWorkbook({ ...file, month, asOf }, clock.now()) };
}

/** 本单位 as a workbook. */
async function renderOwnUnit(
  { store, policies, clock }: RenderingParts,
  args: Document['args'],
): Promise<{ bytes: Uint8Array }> {
  const { unit, asOf } = z.object({ unit: z.string(), asOf: daySchema }).parse(args);
  const state = await store.read(async (view) =>
    readUnit(view, unit, (await rulesInForce(policies)(view)).at(asOf), asOf),
  );
  return { bytes: await ownUnitWorkbook(state, unit, asOf, clock.now()) };
}

const statisticsArgs = statisticsQuerySchema.extend({ asOf: daySchema });

/** The whole roster as a workbook with the columns of the one that is imported. */
async function renderRoster({ store, clock }: RenderingParts): Promise<{ bytes: Uint8Array }> {
  return { bytes: await rosterWorkbook(await store.read((view) => listAll(view, cadres)), clock.now()) };
}

/** Who has no account, as a workbook. */
async function renderUnbound({ store, clock }: RenderingParts, args: Document['args']): Promise<{ bytes: Uint8Array }> {
  const { messenger, asOf } = z.object({ messenger: z.string(), asOf: daySchema }).parse(args);
  const people = await store.read((view) => readUnreached(view, messenger, asOf));
  const rows = people.filter(({ why }) => why !== 'refused').map((one) => unboundRow(one, messenger));
  return { bytes: await unboundWorkbook(rows, asOf, clock.now()) };
}

/** 参训名单 as a workbook. */
async function renderCourseRoster({ store, clock }: RenderingParts, args: object): Promise<{ bytes: Uint8Array }> {
  const { course: id } = z.object({ course: z.number().int() }).parse(args);
  const now = clock.now();
  const { course, members } = await store.read(async (view) => ({
    course: await view.get(courses, id),
    members: await readMembers(view, id),
  }));
  if (course === undefined) throw new Error('the class is gone');
  const rows = members.map((member) => ({ cadre: member.cadre, remark: remarkOf(member, now) }));
  return { bytes: await courseRosterWorkbook(course, rows, now) };
}

const faultArgs = z.object({ blob: z.string(), by: z.string() });

/** The rows of a file that cannot go in, with what is wrong. */
async function renderFaults({ store, policies, clock }: RenderingParts, args: object): Promise<{ bytes: Uint8Array }> {
  const { blob, by } = faultArgs.parse(args);
  const bytes = await store.blobs.get(blob);
  if (bytes === undefined) throw new Error('the file is gone');
  const found = await readImport(bytes);
  const importer = await store.read((view) => view.get(cadres, by));
  const report = await planImport(lookingAgain(store), found, {
    policies: await store.read(rulesInForce(policies)),
    by,
    at: clock.now(),
    mayAssignRoles: importer?.roles.includes('archivist') === true,
    pause: createPause(),
  });
  return { bytes: await faultWorkbook(found.sheets, found.subject, report.faults, clock.now()) };
}

const courseArgs = z.object({ course: z.number().int() });

/** A class with its report, as its files need it. */
async function readReported({ store, policies }: RenderingParts, args: object) {
  const { course: id } = courseArgs.parse(args);
  return store.read(async (view) => {
    const found = await readReportFacts(view, id);
    if (found === null) throw new Error(`no class ${id}`);
    const policy = (await rulesInForce(policies)(view)).at(found.course.to);
    const people = await view.getAll(
      cadres,
      found.facts.map(({ enrolment }) => enrolment.staffNo),
    );
    const known = people.flatMap((cadre) => (cadre === undefined ? [] : [[cadre.staffNo, cadre] as const]));
    const report = reportCourse(found.course, found.facts, policy);
    return { reported: { course: found.course, report, cadres: new Map(known) }, policy };
  });
}

/** 班级情况表 as a workbook. */
async function renderCourseReport(parts: RenderingParts, args: Document['args']): Promise<{ bytes: Uint8Array }> {
  const { reported } = await readReported(parts, args);
  return { bytes: await courseReportWorkbook(reported, parts.clock.now()) };
}

type Document = Extract<Reply, { type: 'document' }>;
type Maker = (parts: RenderingParts, document: Document) => Promise<Reply>;

/** A workbook that lies in a blob from then on. */
const workbook =
  (render: (parts: RenderingParts, args: Document['args']) => Promise<{ bytes: Uint8Array }>): Maker =>
  async (parts, { name, caption, args }) => {
    const { bytes } = await render(parts, args);
    return { type: 'file', name, caption, mime: workbookMime, blob: await parts.store.blobs.put(bytes) };
  };

/** 培训情况报告 as a Word file. */
const courseReportWordFile: Maker = async (parts, { name, caption, args }) => {
  const { reported, policy } = await readReported(parts, args);
  // Word is written seldom, and its library is large.
  const { courseReportWord } = await import('../documents/course-report-word.ts');
  const blob = await parts.store.blobs.put(await courseReportWord(reported, policy, parts.clock.now()));
  return { type: 'file', name, caption, mime: wordMime, blob };
};

/** What paper needs: an 800 pixel layout at twice the pixels. */
const chartPicture: Maker = async ({ store }, { name, caption, args }) => {
  const bytes = await renderChartPng(chartSchema.parse(args), 800, 2);
  return { type: 'file', name, caption, mime: 'image/png', blob: await store.blobs.put(bytes) };
};

/** A chart as a picture to paste into a report, drawn when it is sent. */
export const pictureOf = ({ mark, ...chart }: Chart, name: string, caption: string): Reply => ({
  type: 'document',
  document: 'chart',
  name: `${name}.png`,
  caption,
  args: mark === undefined ? chart : { ...chart, mark },
});

/** Everything that is made only when it is sent, by the name under which replies ask for it. */
const makers: Readonly<Record<string, Maker>> = {
  burden: workbook(renderBurden),
  audit: ({ store }, { args }) => showAudit(store, args),
  chart: chartPicture,
  'course-roster': workbook(renderCourseRoster),
  ledger: workbook((parts, args) => renderLedger(parts, ledgerArgs.safeParse(args).data)),
  roster: workbook(renderRoster),
  'faulty-rows': workbook(renderFaults),
  'course-report': workbook(renderCourseReport),
  'course-report-word': courseReportWordFile,
  overdue: workbook((parts, args) => {
    const asked = overdueArgs.safeParse(args).data;
    return renderOverdue(parts, asked?.asOf ?? dayOf(parts.clock.now()), asked ?? {});
  }),
  'own-unit': workbook(renderOwnUnit),
  statistics: workbook(renderStatistics),
  'timetable-template': workbook(async ({ clock }) => ({ bytes: await timetableTemplate(clock.now()) })),
  unbound: workbook(renderUnbound),
};

/** Makes what replies describe, when they are sent. */
export const createDocumentRenderer =
  (parts: RenderingParts) =>
  async (document: Document): Promise<Reply> => {
    const make = makers[document.document];
    if (make === undefined) throw new Error(`no document is called ${document.document}`);
    return make(parts, document);
  };
