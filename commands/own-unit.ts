import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import { hourEntries } from '../src/domain/hours.ts';
import type { Standing } from '../src/domain/notice.ts';
import { fiveYearProgress } from '../src/domain/progress.ts';
import { isOwed, type Reflection, reflections } from '../src/domain/reflection.ts';
import { tallyStatistics } from '../src/domain/statistics.ts';
import { averageOf } from '../src/domain/unit-figures.ts';
import { type Block, button, buttons, card, fields, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { eachRow, listAll } from '../src/store/store.ts';
import { showHours } from '../src/texts/glossary.ts';
import { ownUnitTexts as texts } from '../src/texts/own-unit.ts';

const pageSize = 10;
const views = ['pace', 'reflection', 'professional', 'all'] as const;
type View = (typeof views)[number];

const viewWords: Readonly<Record<View, RegExp>> = {
  pace: /^(?:进度|落后|进度落后|谁落后|学时)$/,
  reflection: /^(?:学习体会|体会|体会未交|谁没交体会|未交)$/,
  professional: /^(?:专业化能力|专业化|专业能力)$/,
  all: /^(?:人员|全部|全部人员|名单|所有人)$/,
};

/** 本单位 (三.4 领学督学): the head's own unit on one page, and nothing of another. */
export const ownUnit = defineCommand({
  name: '本单位',
  aliases: ['我的单位', '我们单位'],
  summary: '查看本单位的学习进度、落后和未交体会的情况',
  who: ['unit-head'],
  args: z.object({ view: z.enum(views).optional(), page: z.number().int().min(1).max(1000).default(1) }),
  examples: ['本单位', '本单位 体会', '本单位 专业化能力', '本单位 人员'],
  read: (said) => {
    const bare = said.replace(/[\s，,。的？?]/g, '');
    if (bare === '' || bare === '情况') return understood({});
    const view = views.find((one) => viewWords[one].test(bare));
    return view === undefined ? misunderstood(text(texts.notUnderstood(said.slice(0, 40)))) : understood({ view });
  },
  run: async (context, { view, page }) => {
    const state = await readUnit(context);
    const { unit } = context.me;
    if (state.people.length === 0) return text(texts.nobody(unit));
    return show(context, state, view, page);
  },
});

interface UnitState {
  readonly people: readonly Standing[];
  /** Still to be written, by people of the unit. */
  readonly owed: readonly { readonly cadre: Cadre; readonly reflection: Reflection }[];
  readonly waiting: number;
  /** Average hours a person of this year: of the unit, and of the whole college's counted people. */
  readonly average: { readonly own: number; readonly college: number };
}

async function readUnit({ tx, me, policy, today }: Context): Promise<UnitState> {
  const unit = (await listAll(tx, cadres, { index: 'byUnit', equals: [me.unit] })).filter(
    ({ state }) => state === 'active',
  );
  const people: Standing[] = [];
  const owed: { cadre: Cadre; reflection: Reflection }[] = [];
  let waiting = 0;
  for (const cadre of unit) {
    const mine = { index: 'byPerson', equals: [cadre.staffNo] };
    const entries = await listAll(tx, hourEntries, mine);
    waiting += entries.filter(({ state }) => state === 'submitted').length;
    people.push({ cadre, progress: fiveYearProgress(cadre, entries, policy, today) });
    for (const reflection of (await listAll(tx, reflections, mine)).filter(isOwed)) owed.push({ cadre, reflection });
  }
  return { people, owed, waiting, average: { own: averageOfPeople(people), college: await collegeAverage(tx, today) } };
}

const averageOfPeople = (people: readonly Standing[]): number =>
  averageOf(
    people.reduce((sum, { progress }) => sum + progress.year.earned, 0),
    people.length,
  );

async function collegeAverage(tx: Context['tx'], today: string): Promise<number> {
  const year = today.slice(0, 4);
  const everybody = await listAll(tx, cadres, { index: 'byState', equals: ['active'] });
  const tally = tallyStatistics(everybody, 'grade', { from: `${year}-01-01`, to: `${year}-12-31` });
  await eachRow(tx, hourEntries, { index: 'byEnd', from: `${year}-01-01`, to: today }, (entry) => tally.add(entry));
  const { hours, people } = tally.result().all;
  return averageOf(hours, people);
}

const lacksProfessional = ({ progress: { professional } }: Standing): boolean =>
  professional.count < professional.required;

function show({ me, today }: Context, state: UnitState, asked: View | undefined, page: number): Reply {
  const { people, owed, waiting, average } = state;
  const counted = people.filter(({ progress }) => progress.counted);
  const behind = counted.filter(({ progress }) => progress.lagging);
  const lacking = people.filter(lacksProfessional);
  const overdue = owed.filter(({ reflection }) => reflection.dueOn < today);
  const summary = texts.summary(me.unit, people.length, behind.length, owed.length);
  const { labels } = texts;
  const tables: Record<View, { columns: readonly string[]; rows: string[][] }> = {
    pace: {
      columns: texts.paceColumns,
      rows: behind.map(({ cadre, progress }) => [
        cadre.name,
        cadre.position,
        showHours(progress.earned),
        showHours(progress.behindBy),
      ]),
    },
    reflection: {
      columns: texts.reflectionColumns,
      rows: owed.map(({ cadre, reflection }) => [cadre.name, reflection.title, texts.due(reflection, today)]),
    },
    professional: {
      columns: texts.professionalColumns,
      rows: lacking.map(({ cadre, progress }) => [cadre.name, cadre.position, String(progress.professional.count)]),
    },
    all: {
      columns: texts.peopleColumns,
      rows: people.map(({ cadre, progress }) => [
        cadre.staffNo,
        cadre.name,
        cadre.position,
        showHours(progress.year.earned),
        showHours(progress.earned),
      ]),
    },
  };
  // Without a wish the first matter that there is.
  const view = asked ?? views.find((one) => one !== 'all' && tables[one].rows.length > 0) ?? 'pace';
  const { columns, rows } = tables[view];
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const shown = Math.min(page, pages);
  const table: Block = {
    type: 'table',
    columns: columns.map((label) => ({ label, align: /学时|认定|少|次数/.test(label) ? 'right' : 'left' })),
    rows: rows.slice((shown - 1) * pageSize, shown * pageSize),
  };
  return card(
    texts.title(me.unit),
    behind.length + overdue.length > 0 ? 'warn' : 'good',
    summary,
    words(summary),
    fields(
      [labels.average, texts.average(average.own, average.college)],
      [labels.pace, texts.people(counted.length - behind.length, counted.length)],
      [labels.professional, texts.count(lacking.length)],
      [labels.overdue, texts.reflections(overdue.length)],
      [labels.waiting, texts.entries(waiting)],
    ),
    words(`**${texts.tabs[view]}**`),
    rows.length === 0 ? words(texts.none[view]) : table,
    pages > 1 ? note(texts.page(shown, pages)) : null,
    buttons(
      ...(shown > 1 ? [button(texts.earlier, '本单位', { view, page: shown - 1 })] : []),
      ...(shown < pages ? [button(texts.later, '本单位', { view, page: shown + 1 })] : []),
      ...views.filter((one) => one !== view).map((one) => button(texts.tabs[one], '本单位', { view: one })),
    ),
    note(texts.hint),
  );
}
