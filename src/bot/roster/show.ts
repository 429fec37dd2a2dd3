import { type Cadre, cadres, grades } from '../../domain/cadre.ts';
import { hourEntries } from '../../domain/hours.ts';
import { fiveYearProgress } from '../../domain/progress.ts';
import {
  type Button,
  button,
  buttons,
  card,
  fields,
  link,
  note,
  type Reply,
  table,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { gradeNames } from '../../texts/glossary.ts';
import { rosterTexts as texts } from '../../texts/roster.ts';
import type { Context } from '../context.ts';
import { listUnits } from '../units.ts';

const mostRows = 50;
const mostButtons = 10;

/** How many people there are, by unit and 职级. */
export async function showCounts({ tx, me }: Context): Promise<Reply> {
  const countOf = (state: Cadre['state']) => tx.count(cadres, { index: 'byState', equals: [state] });
  const [active, retired, left] = [await countOf('active'), await countOf('retired'), await countOf('left')];
  if (active + retired + left === 0) return text(texts.empty);
  const {
    groups: [units = [], gradesOf = []],
    counts,
  } = await tx.totals(cadres, {
    index: 'byState',
    equals: ['active'],
    groupBy: ['unit', 'grade'],
    sum: [],
  });
  const countsOf = new Map(counts.map((count, i) => [`${units[i]}:${gradesOf[i]}`, count]));
  const rows = (await listUnits(tx)).map((unit) => {
    const own = grades.map((grade) => countsOf.get(`${unit}:${grade}`) ?? 0);
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
    buttons(
      link(texts.forms.find, '干部', { form: 'find' }),
      ...(me.roles.includes('archivist')
        ? [link(texts.forms.add, '干部', { form: 'add' }), link(texts.forms.batch, '批量')]
        : []),
    ),
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
  return card(texts.title, 'plain', summary, words(summary), table(texts.peopleColumns, rows), note(texts.hint));
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
    table(texts.severalColumns, rows),
    buttons(
      ...people.slice(0, mostButtons).map(({ staffNo, name, unit }) => {
        const label = texts.person(name, unit);
        const isUnique = people.filter((one) => texts.person(one.name, one.unit) === label).length === 1;
        return button(isUnique ? label : staffNo.slice(0, 20), '干部', { who: staffNo });
      }),
    ),
  );
}

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
      ...(keepsRoster ? changeButtons(cadre) : []),
    ),
    keepsRoster ? note(texts.archivistHint(cadre.staffNo)) : null,
  );
}

const changeButtons = ({ staffNo: who, state }: Cadre): Button[] => [
  button(texts.edit, '干部', { who, form: 'edit' }),
  button(texts.forms.roles, '干部', { who, form: 'roles' }),
  ...(state === 'active'
    ? [
        button(texts.forms.retire, '干部', { who, state: 'retired' }),
        button(texts.forms.leave, '干部', { who, state: 'left' }),
      ]
    : [button(texts.forms.back, '干部', { who, state: 'active' })]),
];
