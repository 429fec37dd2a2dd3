import type { Cadre } from '../domain/cadre.ts';
import type { Instant } from '../domain/day.ts';
import { documentTexts } from '../texts/documents.ts';
import { cadreStateNames, gradeNames, roleNames } from '../texts/glossary.ts';
import { type RosterColumn, rosterColumns } from './roster.ts';
import { type OutColumn, writeWorkbook } from './write-workbook.ts';

const layout: Record<RosterColumn, Omit<OutColumn, 'name'>> = {
  name: { width: 12 },
  staffNo: { width: 10 },
  unit: { width: 22 },
  position: { width: 18 },
  grade: { width: 12, choices: Object.values(gradeNames) },
  appointedOn: { width: 13, align: 'center' },
  bornIn: { width: 11, align: 'center' },
  mobile: { width: 14 },
  email: { width: 26 },
  youngTalent: { width: 12, align: 'center', choices: ['是', '否'] },
  state: { width: 9, align: 'center', choices: Object.values(cadreStateNames) },
  roles: { width: 22 },
};

const order = Object.keys(rosterColumns) as RosterColumn[];

export const rosterLayout: readonly OutColumn[] = order.map((column) => ({
  name: rosterColumns[column].names[0],
  ...layout[column],
}));

/** The roster with the columns of the one that is imported; imported again it changes nothing. */
export const rosterWorkbook = (people: readonly Cadre[], at: Instant): Promise<Uint8Array> =>
  writeWorkbook(
    [
      {
        name: documentTexts.rosterSheet,
        title: documentTexts.rosterTitle,
        columns: rosterLayout,
        rows: people.map(rowOf),
      },
    ],
    at,
  );

function rowOf(person: Cadre): (string | null)[] {
  const cells: Record<RosterColumn, string | null> = {
    name: person.name,
    staffNo: person.staffNo,
    unit: person.unit,
    position: person.position,
    grade: gradeNames[person.grade],
    appointedOn: person.appointedOn,
    bornIn: person.bornIn,
    mobile: person.mobile,
    email: person.email,
    youngTalent: person.youngTalent ? '是' : '否',
    state: cadreStateNames[person.state],
    roles: person.roles.map((role) => roleNames[role]).join('、'),
  };
  return order.map((column) => cells[column]);
}
