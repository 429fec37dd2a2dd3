import { type Cadre, cadreStates, cadres, grades } from '../../domain/cadre.ts';
import { hourEntries } from '../../domain/hours.ts';
import { fiveYearProgress } from '../../domain/progress.ts';
import {
  type Block,
  button,
  buttons,
  card,
  type FormField,
  fields,
  note,
  type Reply,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { cadreStateNames, gradeNames } from '../../texts/glossary.ts';
import { rosterTexts as texts } from '../../texts/roster.ts';
import type { Context } from '../context.ts';
import { listUnits } from '../units.ts';

const mostRows = 50;
const mostButtons = 10;

/** How many people there are, by unit and 职级. */
export async function showCounts({ tx }: Context): Promise<Reply> {
  const countOf = (state: Cadre['state']) => tx.count(cadres, { index: 'byState', equals: [state] });
  const [active, retired, left] = [await countOf('active'), await countOf('retired'), await countOf('left')];
  if (active + retired + left === 0) return text(texts.empty);
  const groups = await tx.totals(cadres, {
    index: 'byState',
    equals: ['active'],
    groupBy: ['unit', 'grade'],
    sum: [],
  });
  const counts = new Map(groups.map(({ group, count }) => [group.join(':'), count]));
  const rows = (await listUnits(tx)).map((unit) => {
    const own = grades.map((grade) => counts.get(`${unit}:${grade}`) ?? 0);
    return [unit, ...own.map(String), String(own.reduce((sum, count) => sum + count, 0))];
  });
  const summary = texts.summary(active, retired, left);
  return card(
    texts.title,
    'plain',
    summary,
    words(summary),
    {
      type: 'table',
      columns: texts.countColumns.map((label, i) => ({ label, align: i === 0 ? 'left' : 'right' })),
      rows,
    },
    note(texts.hint),
  );
}

/** The active people of a unit. */
export async function showUnit({ tx }: Context, unit: string): Promise<Reply> {
  const all = await listAll(tx, cadres, { index: 'byUnit', equals: [unit] });
  const active = all.filter(({ state }) => state === 'active');
  const summary = texts.unitSummary(unit, active.length);
  const rows = active
    .slice(0, mostRows)
    .map(({ staffNo, name, position, grade }) => [staffNo, name, position, gradeNames[grade]]);
  return card(texts.title, 'plain', summary, words(summary), tableOf(texts.peopleColumns, rows), note(texts.hint));
}

/** Several people whom the words could mean. */
export function showChoice(said: string, people: readonly Cadre[]): Reply {
  const summary = texts.several(said, people.length);
  const rows = people.slice(0, mostRows).map(({ staffNo, name, unit, position }) => [staffNo, name, unit, position]);
  return card(
    texts.title,
    'info',
    summary,
    words(summary),
    tableOf(texts.severalColumns, rows),
    buttons(
      ...people.slice(0, mostButtons).map(({ staffNo }) => button(staffNo.slice(0, 20), '干部', { who: staffNo })),
    ),
  );
}

const tableOf = (columns: readonly string[], rows: string[][]): Block => ({
  type: 'table',
  columns: columns.map((label) => ({ label, align: 'left' })),
  rows,
});

/** One person as the roster has them; `said` stands in front. */
export async function showPerson({ tx, me, policy, today }: Context, cadre: Cadre, said = ''): Promise<Reply> {
  const entries = await listAll(tx, hourEntries, { index: 'byPerson', equals: [cadre.staffNo] });
  const { counted, earned, quota, pending } = fiveYearProgress(cadre, entries, policy, today);
  const keepsRoster = me.roles.includes('archivist');
  const summary = `${said}${texts.personSummary(cadre)}`;
  return card(
    texts.personTitle(cadre),
    said === '' ? 'plain' : 'good',
    summary,
    said === '' ? null : words(said),
    fields(
      ...texts.rows(cadre),
      ...(counted && cadre.state === 'active' ? [texts.standing(earned, quota, pending)] : []),
    ),
    buttons(
      button(texts.records, '干部', { who: cadre.staffNo, records: true }),
      ...(keepsRoster ? [button(texts.edit, '干部', { who: cadre.staffNo, edit: true })] : []),
    ),
    keepsRoster ? note(texts.archivistHint(cadre.staffNo)) : null,
  );
}

/** The form in which the archivist changes a person; it ends in the same preview as the words do. */
export function editPerson(cadre: Cadre): Reply {
  const { fieldNames } = texts;
  const form: FormField[] = [
    { type: 'text', name: 'unit', label: fieldNames.unit, required: true, maxLength: 60, value: cadre.unit },
    {
      type: 'text',
      name: 'position',
      label: fieldNames.position,
      required: false,
      maxLength: 60,
      value: cadre.position,
    },
    choice(
      'grade',
      fieldNames.grade,
      grades.map((value) => ({ value, label: gradeNames[value] })),
      cadre.grade,
    ),
    {
      type: 'day',
      name: 'appointedOn',
      label: fieldNames.appointedOn,
      required: false,
      ...(cadre.appointedOn === null ? {} : { value: cadre.appointedOn }),
    },
    choice(
      'state',
      fieldNames.state,
      cadreStates.map((value) => ({ value, label: cadreStateNames[value] })),
      cadre.state,
    ),
    choice(
      'youngTalent',
      fieldNames.youngTalent,
      [
        { value: 'yes', label: texts.yes },
        { value: 'no', label: texts.no },
      ],
      cadre.youngTalent ? 'yes' : 'no',
    ),
  ];
  return card(texts.editTitle(cadre), 'info', texts.editSummary, words(texts.editSummary), {
    type: 'form',
    name: 'cadre',
    fields: form,
    submit: button(texts.editSubmit, '干部', { who: cadre.staffNo }, 'primary'),
  });
}

const choice = (
  name: string,
  label: string,
  options: { value: string; label: string }[],
  value: string,
): FormField => ({
  type: 'choice',
  name,
  label,
  required: true,
  options,
  value,
});
