import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { lacksProfessional, readUnit, type UnitState } from '../src/bot/own-unit.ts';
import { isOwing } from '../src/domain/make-up.ts';
import {
  type Block,
  button,
  buttons,
  card,
  fields,
  link,
  note,
  type Reply,
  text,
  words,
} from '../src/messenger/reply.ts';
import { showHours } from '../src/texts/glossary.ts';
import { makeUpTexts } from '../src/texts/make-up.ts';
import { ownUnitTexts as texts } from '../src/texts/own-unit.ts';

const pageSize = 10;
const views = ['pace', 'reflection', 'make-up', 'professional', 'all'] as const;
type View = (typeof views)[number];

const viewWords: Readonly<Record<View, RegExp>> = {
  pace: /^(?:进度|落后|进度落后|谁落后|学时)$/,
  reflection: /^(?:学习体会|体会|体会未交|谁没交体会|未交)$/,
  'make-up': /^(?:待?补训|待补训|补课|谁(?:没|要)补训|补训逾期)$/,
  professional: /^(?:专业化能力|专业化|专业能力)$/,
  all: /^(?:人员|全部|全部人员|名单|所有人)$/,
};

/** 本单位 (三.4 领学督学): the head's own unit on one page, and nothing of another. */
export const ownUnit = defineCommand({
  name: '本单位',
  aliases: ['我的单位', '我们单位'],
  summary: '查看本单位的学习进度、落后、未交体会和待补训的情况',
  who: ['unit-head'],
  args: z.object({
    view: z.enum(views).optional(),
    page: z.number().int().min(1).max(1000).default(1),
    /** As a workbook. */
    file: z.boolean().default(false),
  }),
  examples: ['本单位', '本单位 体会', '本单位 补训', '本单位 专业化能力', '本单位 人员', '本单位 Excel'],
  read: (said) => {
    const bare = said.replace(/[\s，,。的？?]/g, '');
    if (bare === '' || bare === '情况') return understood({});
    if (/^(?:excel|导出|下载|表格)(?:表|文件)?$/i.test(bare)) return understood({ file: true });
    const view = views.find((one) => viewWords[one].test(bare));
    return view === undefined ? misunderstood(text(texts.notUnderstood(said))) : understood({ view });
  },
  run: async (context, { view, page, file }) => {
    const { tx, me, policy, today } = context;
    const { unit } = me;
    const state = await readUnit(tx, unit, policy, today);
    if (file && state.people.length > 0) {
      const [name, caption] = [texts.fileName(unit, today), texts.fileCaption(unit, today)];
      return { type: 'document', document: 'own-unit', name, caption, args: { unit, asOf: today } };
    }
    if (state.people.length === 0) return text(texts.nobody(unit));
    return show(context, state, view, page);
  },
});

function show({ me, today, policy }: Context, state: UnitState, asked: View | undefined, page: number): Reply {
  const { people, owed, makeUps, waiting, average } = state;
  const counted = people.filter(({ progress }) => progress.counted);
  const behind = counted.filter(({ progress }) => progress.lagging);
  const lacking = people.filter(lacksProfessional);
  const overdue = owed.filter(({ reflection }) => reflection.dueOn < today);
  const missed = makeUps.filter(({ makeUp }) => isOwing(makeUp));
  const late = missed.filter(({ makeUp }) => makeUp.dueOn < today);
  const onPace = counted.filter(({ progress }) => progress.behindBy === 0);
  const summary = texts.summary(me.unit, {
    people: people.length,
    behind: behind.length,
    owed: owed.length,
    missed: missed.length,
    tolerance: policy.chasing.paceTolerance,
  });
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
    'make-up': {
      columns: texts.makeUpColumns,
      rows: makeUps.map(({ cadre, makeUp, course }) => [
        cadre.name,
        makeUpTexts.placeOf(makeUp, course),
        makeUpTexts.dueBy(makeUp, today),
        makeUpTexts.state(makeUp),
      ]),
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
    behind.length + overdue.length + late.length > 0 ? 'warn' : 'good',
    summary,
    words(summary),
    fields(
      [labels.average, texts.average(average.own, average.college)],
      [labels.pace, texts.people(onPace.length, counted.length)],
      [labels.professional, texts.count(lacking.length)],
      [labels.overdue, texts.reflections(overdue.length)],
      [labels.makeUps, texts.makeUps(missed.length, late.length)],
      [labels.waiting, texts.entries(waiting)],
    ),
    words(`**${texts.tabs[view]}**`),
    rows.length === 0 ? words(texts.none[view]) : table,
    pages > 1 ? note(texts.page(shown, pages)) : null,
    buttons(
      ...(shown > 1 ? [button(texts.earlier, '本单位', { view, page: shown - 1 })] : []),
      ...(shown < pages ? [button(texts.later, '本单位', { view, page: shown + 1 })] : []),
      ...views.filter((one) => one !== view).map((one) => button(texts.tabs[one], '本单位', { view: one })),
      link(texts.file, '本单位', { file: true }),
    ),
    note(texts.hint),
  );
}
