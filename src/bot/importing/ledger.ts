import { type LedgerColumn, type LedgerReading, type LedgerRow, ledgerColumns } from '../../documents/ledger.ts';
import type { RowFault, RowPlace } from '../../documents/table.ts';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import { addDays, dayOf, type Instant } from '../../domain/day.ts';
import { applyEvent, decideEvent, submitEvent } from '../../domain/entry-life.ts';
import { type HourEntry, type HourFacts, hourEntries } from '../../domain/hours.ts';
import { type Conflict, findConflicts } from '../../domain/overlap.ts';
import type { PolicyBook } from '../../domain/policy.ts';
import { reflections } from '../../domain/reflection.ts';
import { eachRow, listAll, type Reader, type Transaction } from '../../store/store.ts';
import { showHours } from '../../texts/glossary.ts';
import { importTexts } from '../../texts/importing.ts';
import { appendHourEvent, nextEntryId } from '../ledger.ts';
import { type ImportNote, type ImportReport, inFileOrder } from './report.ts';

export interface LedgerPlan {
  readonly report: ImportReport;
  readonly hash: string;
  readonly lines: readonly LedgerLine[];
}

/** A row that goes in. */
interface LedgerLine {
  readonly staffNo: string;
  readonly facts: HourFacts;
  readonly row: LedgerRow;
}

export interface LedgerOptions {
  readonly policies: PolicyBook;
  /** 工号 of who answers for the import: it approves every row but the importer's own. */
  readonly by: string;
  readonly at: Instant;
  /** Rows done, of how many, once for planning and once for writing. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Lets others have their turn, for planning outside a transaction. */
  readonly pause?: () => Promise<void> | null;
}

/**
 * What a ledger would add. A row that stands there already, whatever was decided about it later, is left alone, so that
 * the same file twice changes nothing; one that contradicts the roster, the ledger or another row is a fault.
 */
export async function planLedgerImport(
  view: Reader,
  reading: LedgerReading,
  options: LedgerOptions,
): Promise<LedgerPlan> {
  const owners = lookUpOwners(view);
  const today = dayOf(options.at);
  const faults: RowFault[] = [...reading.faults];
  const notes: ImportNote[] = reading.skippedSheets.map((sheet) => ({
    place: null,
    text: importTexts.skippedSheet(sheet),
  }));
  const books = new Map<string, PersonalBook>();
  const lines: LedgerLine[] = [];
  let same = 0;

  for (const [index, row] of reading.rows.entries()) {
    if (index % lookAhead === 0) {
      const ahead = await owners.lookUp(reading.rows.slice(index, index + lookAhead));
      const unopened = ahead.filter((staffNo) => !books.has(staffNo));
      for (const [staffNo, book] of await openBooks(view, unopened)) books.set(staffNo, book);
    }
    options.onProgress?.(index + 1, reading.rows.length);
    const pause = options.pause?.() ?? null;
    if (pause !== null) await pause;
    const fault = (column: LedgerColumn, found: string, expected: string): void => {
      faults.push({ sheet: row.sheet, row: row.row, column: ledgerColumns[column].names[0], found, expected });
    };
    const owner = owners.find(row, fault);
    const book = owner === null ? undefined : books.get(owner.staffNo);
    if (owner === null || book === undefined) continue;
    const { staffNo } = owner;
    const { facts } = row;
    const key = lineKey(facts, facts.hours);
    const twin = book.seen.get(key);
    if (twin !== undefined) {
      fault('title', facts.title, importTexts.sameRow(twin));
      continue;
    }
    book.seen.set(key, row);
    if (row.staffNo === null) notes.push({ place: row, text: importTexts.matchedByName(row.name, staffNo) });
    const standing = book.standing.get(key);
    if (standing !== undefined) {
      same += 1;
      if (standing.state === 'voided' || standing.state === 'rejected') {
        notes.push({ place: row, text: importTexts.decidedBefore(standing) });
      }
      continue;
    }
    if (facts.to > today) {
      fault('span', facts.to, importTexts.notYetOver);
      continue;
    }
    const [conflict] = findConflicts(facts, book.near(facts), options.policies.at(facts.to));
    if (conflict !== undefined) {
      const column = conflict.type === 'duplicate' ? 'title' : 'hours';
      fault(
        column,
        column === 'title' ? facts.title : showHours(facts.hours),
        explain(conflict, (entry) => book.placeOf.get(entry)),
      );
      continue;
    }
    book.add(draftOf(staffNo, facts, options), row);
    lines.push({ staffNo, facts, row });
  }
  const report = {
    subject: 'ledger' as const,
    total: reading.total,
    added: lines.length,
    updated: 0,
    same,
    waiting: lines.filter(({ staffNo }) => staffNo === options.by).length,
    notes,
    faults: inFileOrder(faults, reading),
  };
  return { report, hash: reading.hash, lines };
}

/** Writes what was planned in the same transaction: each line as a submission and, but for the importer's own, its approval. */
export async function applyLedgerImport(
  tx: Transaction,
  plan: LedgerPlan,
  options: LedgerOptions,
): Promise<ImportReport> {
  if (plan.lines.length > 0) await writeLines(tx, plan, `${plan.hash}-${await tx.nextNumber('imports')}`, options);
  return plan.report;
}

/** The same under a number that is known already. */
export async function writeLines(
  tx: Transaction,
  plan: LedgerPlan,
  importId: string,
  options: LedgerOptions,
): Promise<void> {
  const { by, at } = options;
  let done = 0;
  const write = async ({ staffNo, facts }: LedgerLine): Promise<void> => {
    const policy = options.policies.at(facts.to);
    const entryId = await nextEntryId(tx);
    const submitted = await appendHourEvent(
      tx,
      submitEvent({ entryId, staffNo, by, at, facts, source: 'import', importId }),
      policy,
    );
    const decision = decideEvent(submitted, { type: 'approved' }, by, at);
    if (decision.ok) {
      await appendHourEvent(tx, decision.event, policy);
      if (facts.proof?.includes(importTexts.reflectionWord) === true) await acceptOnPaper(tx, entryId, by, at);
    }
    done += 1;
    options.onProgress?.(done, plan.lines.length);
  };
  // No line looks at what another writes, so that all can ask at once.
  await Promise.all(plan.lines.map(write));
}

/** Plans and writes: all good rows, or nothing when the transaction fails. */
export const importLedger = async (
  tx: Transaction,
  reading: LedgerReading,
  options: LedgerOptions,
): Promise<ImportReport> => applyLedgerImport(tx, await planLedgerImport(tx, reading, options), options);

/** One person's trainings: those of the ledger and those of the file so far. */
interface PersonalBook {
  readonly standing: ReadonlyMap<string, HourEntry>;
  readonly seen: Map<string, RowPlace>;
  readonly placeOf: ReadonlyMap<HourEntry, RowPlace>;
  /** What may touch these days: similar titles count up to a day apart. */
  near(facts: HourFacts): HourEntry[];
  add(entry: HourEntry, place: RowPlace): void;
}

async function openBooks(view: Reader, staffNos: readonly string[]): Promise<Map<string, PersonalBook>> {
  // One by one but all at once: of a list a database may think that it is nearly everybody, and look at everybody.
  const own = await Promise.all(
    staffNos.map((staffNo) => listAll(view, hourEntries, { index: 'byPerson', equals: [staffNo] })),
  );
  return new Map(staffNos.map((staffNo, i) => [staffNo, openBook(own[i] ?? [])]));
}

function openBook(entries: HourEntry[]): PersonalBook {
  const standing = new Map<string, HourEntry>();
  for (const entry of entries) {
    if (entry.state === 'withdrawn') continue;
    standing.set(lineKey(entry, entry.hours), entry);
    if (entry.claimedHours !== entry.hours) standing.set(lineKey(entry, entry.claimedHours), entry);
  }
  const placeOf = new Map<HourEntry, RowPlace>();
  return {
    standing,
    seen: new Map(),
    placeOf,
    near: ({ from, to }) => {
      const [first, last] = [addDays(from, -1), addDays(to, 1)];
      return entries.filter((entry) => entry.from <= last && first <= entry.to);
    },
    add: (entry, place) => {
      entries.push(entry);
      placeOf.set(entry, place);
    },
  };
}

const lineKey = ({ from, to, title }: HourFacts, hours: number): string => `${from} ${to} ${hours} ${title}`;

/** A row of the file as the entry that it will be, to compare later rows with. */
const draftOf = (staffNo: string, facts: HourFacts, { by, at }: LedgerOptions): HourEntry =>
  applyEvent(undefined, submitEvent({ entryId: 0, staffNo, by, at, facts, source: 'import', importId: null }));

type TellFault = (column: LedgerColumn, found: string, expected: string) => void;

/** People and their trainings are looked up for so many rows at a time, all at once. */
const lookAhead = 200;

interface Owners {
  /** Looks up whom rows may belong to. @returns the 工号 of all that were found */
  lookUp(rows: readonly LedgerRow[]): Promise<string[]>;
  /** Whose training a row is that was looked up; null with a fault. */
  find(row: LedgerRow, fault: TellFault): Cadre | null;
}

/** Each person of the file is looked up once. */
function lookUpOwners(view: Reader): Owners {
  const byStaffNo = new Map<string, Cadre | undefined>();
  const byName = new Map<string, Cadre[]>();
  const unknownOf = (keys: readonly string[], known: ReadonlyMap<string, unknown>): string[] =>
    [...new Set(keys)].filter((key) => !known.has(key));
  return {
    lookUp: async (rows) => {
      const numbers = rows.flatMap(({ staffNo }) => staffNo ?? []);
      const names = rows.flatMap(({ staffNo, name }) => (staffNo === null ? name : []));
      const newNumbers = unknownOf(numbers, byStaffNo);
      const people = newNumbers.length === 0 ? [] : await view.getAll(cadres, newNumbers);
      for (const [i, staffNo] of newNumbers.entries()) byStaffNo.set(staffNo, people[i]);
      const newNames = unknownOf(names, byName);
      for (const name of newNames) byName.set(name, []);
      if (newNames.length > 0) {
        const namesakes = { index: 'byName', where: { name: { in: newNames } } };
        await eachRow(view, cadres, namesakes, (cadre) => byName.get(cadre.name)?.push(cadre));
      }
      const found = [...numbers.map((staffNo) => byStaffNo.get(staffNo)), ...names.flatMap((name) => byName.get(name))];
      return [...new Set(found.flatMap((cadre) => cadre?.staffNo ?? []))];
    },
    find: ({ staffNo, name }, fault) => {
      if (staffNo === null) {
        const [owner, ...others] = byName.get(name) ?? [];
        if (owner === undefined) fault('name', name, importTexts.unknownName);
        else if (others.length > 0) fault('staffNo', '', importTexts.severalNamed(name, others.length + 1));
        else return owner;
        return null;
      }
      const owner = byStaffNo.get(staffNo);
      if (owner === undefined) fault('staffNo', staffNo, importTexts.unknownStaffNo);
      else if (owner.name !== name) fault('name', name, importTexts.otherName(staffNo, owner.name));
      else return owner;
      return null;
    },
  };
}

function explain(conflict: Conflict, placeOf: (entry: HourEntry) => RowPlace | undefined): string {
  const nameOf = (entry: HourEntry): string => importTexts.other(placeOf(entry) ?? entry.id, entry.title);
  switch (conflict.type) {
    case 'duplicate':
      return importTexts.likeAnother(nameOf(conflict.entry));
    case 'too-many-hours':
      return importTexts.fullDay(conflict.day, conflict.hours, conflict.cap, conflict.entries.map(nameOf));
    case 'span-too-short':
      return importTexts.spanTooShort(conflict.cap);
  }
}

/** The department holds the 学习体会 on paper. */
async function acceptOnPaper(tx: Transaction, entryId: number, by: string, at: Instant): Promise<void> {
  const owed = await tx.get(reflections, entryId);
  if (owed?.state !== 'owed') return;
  await tx.put(reflections, { ...owed, state: 'accepted', handedInAt: at, decidedBy: by, reason: importTexts.onPaper });
}
