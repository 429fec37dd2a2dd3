import { type RosterPerson, type RosterReading, type RosterRow, rosterColumns } from '../../documents/roster.ts';
import type { RowFault } from '../../documents/table.ts';
import { type Cadre, cadres, roles } from '../../domain/cadre.ts';
import { listAll, type Reader, type Transaction } from '../../store/store.ts';
import { importTexts } from '../../texts/importing.ts';
import { type ImportNote, type ImportReport, inFileOrder } from './report.ts';

export interface RosterPlan {
  readonly report: ImportReport;
  /** People to write, new and changed. */
  readonly people: readonly Omit<Cadre, 'updatedAt'>[];
  /** Where they stand in the file, in the same order. */
  readonly rows: readonly RosterRow[];
}

export interface RosterOptions {
  /** Whether the importer may assign roles; without it roles stay as they are. */
  readonly mayAssignRoles: boolean;
  /** Lets others have their turn, for planning outside a transaction. */
  readonly pause?: () => Promise<void> | null;
}

/**
 * What a roster would change: people added and changed. Nobody is removed; who is missing in the file is named. A row
 * whose 工号 belongs to another name, or whose mobile or e-mail belongs to somebody else, is a fault: people are
 * recognised by them.
 */
export async function planRosterImport(
  view: Reader,
  reading: RosterReading,
  options: RosterOptions,
): Promise<RosterPlan> {
  const known = new Map((await listAll(view, cadres)).map((cadre) => [cadre.staffNo, cadre]));
  const owners = ownersOf(known.values());
  const faults: RowFault[] = [...reading.faults];
  const notes: ImportNote[] = reading.skippedSheets.map((sheet) => ({
    place: null,
    text: importTexts.skippedSheet(sheet),
  }));
  const seen = new Map<string, RosterRow>();
  const people: Omit<Cadre, 'updatedAt'>[] = [];
  const rows: RosterRow[] = [];
  let [added, updated, same] = [0, 0, 0];

  for (const row of reading.rows) {
    const pause = options.pause?.() ?? null;
    if (pause !== null) await pause;
    const { staffNo } = row.person;
    const before = known.get(staffNo);
    const fault = findFault(row, before, seen.get(staffNo), owners);
    seen.set(staffNo, seen.get(staffNo) ?? row);
    if (fault !== null) {
      faults.push(fault);
      continue;
    }
    for (const [column, value] of identities(row.person))
      owners.set(`${column}:${value}`, { staffNo, name: row.person.name });
    const after = merge(before, row.person, options.mayAssignRoles);
    if (before !== undefined && isSame({ ...before, roles: inOrder(before.roles) }, after)) same += 1;
    else {
      people.push(after);
      rows.push(row);
      if (before === undefined) added += 1;
      else updated += 1;
    }
    if (
      !options.mayAssignRoles &&
      row.person.roles !== undefined &&
      !isSame({ roles: after.roles }, { roles: inOrder(row.person.roles) })
    ) {
      notes.push({ place: row, text: importTexts.rolesKept(row.person.name) });
    }
  }
  const absent = [...known.values()].filter(({ staffNo, state }) => state === 'active' && !seen.has(staffNo));
  if (absent.length > 0 && reading.rows.length > 0) {
    notes.push({ place: null, text: importTexts.absent(absent.map(({ name, staffNo }) => `${name}（${staffNo}）`)) });
  }
  const report = {
    total: reading.total,
    added,
    updated,
    same,
    waiting: 0,
    notes,
    faults: inFileOrder(faults, reading),
  };
  return { people, rows, report: { subject: 'roster', ...report } };
}

/** Writes what was planned in the same transaction. */
export async function applyRosterImport(tx: Transaction, plan: RosterPlan): Promise<ImportReport> {
  for (const person of plan.people) await tx.put(cadres, { ...person, updatedAt: tx.cause.at });
  return plan.report;
}

/** Plans and writes: all good rows, or nothing when the transaction fails. */
export const importRoster = async (
  tx: Transaction,
  reading: RosterReading,
  options: RosterOptions,
): Promise<ImportReport> => applyRosterImport(tx, await planRosterImport(tx, reading, options));

type Owner = Pick<Cadre, 'staffNo' | 'name'>;

const identities = (person: Pick<RosterPerson, 'mobile' | 'email'>): ['mobile' | 'email', string][] => [
  ...(person.mobile ? [['mobile', person.mobile] satisfies ['mobile', string]] : []),
  ...(person.email ? [['email', person.email.toLowerCase()] satisfies ['email', string]] : []),
];

function ownersOf(people: Iterable<Cadre>): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const person of people)
    for (const [column, value] of identities(person)) owners.set(`${column}:${value}`, person);
  return owners;
}

function findFault(
  { sheet, row, person }: RosterRow,
  before: Cadre | undefined,
  twin: RosterRow | undefined,
  owners: ReadonlyMap<string, Owner>,
): RowFault | null {
  const fault = (column: keyof typeof rosterColumns, found: string, expected: string): RowFault => ({
    sheet,
    row,
    column: rosterColumns[column].names[0],
    found,
    expected,
  });
  if (twin !== undefined) return fault('staffNo', person.staffNo, importTexts.sameStaffNo(twin));
  if (before !== undefined && before.name !== person.name) {
    return fault('name', person.name, importTexts.otherName(person.staffNo, before.name));
  }
  for (const [column, value] of identities(person)) {
    const owner = owners.get(`${column}:${value}`);
    if (owner !== undefined && owner.staffNo !== person.staffNo) {
      return fault(column, value, importTexts.takenBy(owner.name, owner.staffNo));
    }
  }
  return null;
}

function merge(before: Cadre | undefined, person: RosterPerson, mayAssignRoles: boolean): Omit<Cadre, 'updatedAt'> {
  const { updatedAt: _, ...kept } = before ?? blank;
  const assigned = mayAssignRoles ? (person.roles ?? kept.roles) : kept.roles;
  return { ...kept, ...person, roles: inOrder(assigned) };
}

const blank = {
  appointedOn: null,
  bornIn: null,
  mobile: null,
  email: null,
  youngTalent: false,
  state: 'active',
  roles: [],
  updatedAt: '',
} as const satisfies Partial<Cadre>;

const inOrder = (assigned: readonly Cadre['roles'][number][]): Cadre['roles'] =>
  roles.filter((role) => assigned.includes(role));

/** Whether nothing in `after` differs. */
const isSame = <T extends object>(before: T, after: Partial<T>): boolean =>
  (Object.keys(after) as (keyof T)[]).every((field) => JSON.stringify(before[field]) === JSON.stringify(after[field]));
