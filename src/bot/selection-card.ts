import type { Cadre } from '../domain/cadre.ts';
import { grades } from '../domain/cadre.ts';
import { countByUnit, type Group, mostChosen } from '../domain/selection.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  type FormField,
  type Invocation,
  link,
  note,
  type Reply,
  table,
  words,
} from '../messenger/reply.ts';
import { gradeNames, roleNames } from '../texts/glossary.ts';
import { selectionTexts as texts } from '../texts/selection.ts';
import type { Context } from './context.ts';
import { type Chosen, type SelectionArgs, withoutWords } from './selection.ts';

const pageSize = 50;
const mostButtons = 10;

/** The fields in which many people are chosen, filled as they were. */
export function selectionFields(units: readonly string[], known: Partial<SelectionArgs>): FormField[] {
  const { fields } = texts;
  const many = (name: string, label: string, options: { value: string; label: string }[], chosen: readonly string[]) =>
    ({ type: 'choice', name, label, options, required: false, many: true, value: chosen.join(',') }) as const;
  const box = (name: 'people' | 'except', hint: string, multiline: boolean): FormField => ({
    type: 'text',
    name,
    label: fields[name],
    hint,
    required: false,
    multiline,
    ...(known[name] === undefined ? {} : { value: known[name] }),
  });
  return [
    many(
      'units',
      fields.units,
      units.map((unit) => ({ value: unit, label: unit })),
      known.units ?? [],
    ),
    many(
      'grades',
      fields.grades,
      grades.map((grade) => ({ value: grade, label: gradeNames[grade] })),
      known.grades ?? [],
    ),
    many('pool', fields.pool, [{ value: 'young', label: texts.young }], known.pool ?? []),
    box('people', texts.peopleHint, true),
    box('except', texts.exceptHint, false),
  ];
}

/** Why nothing can go on with these people, or null. */
export function refuseChoice({ people, picked, empty }: Pick<Chosen, 'people' | 'picked' | 'empty'>): string | null {
  const { unknown, inactive } = picked;
  if (people.length === 0) {
    const found = [
      ...(unknown.length > 0 ? [texts.unknown(unknown)] : []),
      ...(inactive.length > 0 ? [texts.inactive(inactive)] : []),
      ...sayEmpty(empty),
    ];
    return [...found, texts.nobody].join('');
  }
  return people.length > mostChosen ? texts.tooMany(people.length, mostChosen) : null;
}

/** Who is chosen, in figures and first names, and which words found nobody. */
export function selectionBlocks(people: readonly Cadre[], { picked, excepted, strays, empty }: Chosen): Block[] {
  const { unknown, inactive } = picked;
  return [
    words([texts.count(people.length, countByUnit(people)), texts.names(people.map(({ name }) => name))].join('\n')),
    ...(excepted > 0 ? [words(texts.excepted(excepted))] : []),
    ...(strays.length > 0 ? [words(texts.strays(strays.map(({ name }) => name)))] : []),
    ...(unknown.length > 0 ? [words(texts.unknown(unknown))] : []),
    ...(inactive.length > 0 ? [words(texts.inactive(inactive))] : []),
    ...sayEmpty(empty).map(words),
  ];
}

/** Groups that are named and have nobody in them. */
function sayEmpty(groups: readonly Group[]): string[] {
  const nameOf = (group: Group): string =>
    texts.groupOf(group.units, [
      ...(group.young ? [texts.youngShort] : []),
      ...group.grades.map((grade) => gradeNames[grade]),
      ...group.roles.map((role) => roleNames[role]),
    ]);
  return groups.length === 0 ? [] : [texts.emptyGroups(groups.map(nameOf))];
}

export const listButton = (command: string, draft: number): Button => link(texts.all, command, { draft, list: 1 });

/** One page of everybody who is chosen. */
export function showList(people: readonly Cadre[], page: number, command: string, draft: number): Reply {
  const pages = Math.max(1, Math.ceil(people.length / pageSize));
  const shown = Math.min(page, pages);
  const turn = (label: string, list: number) => button(label, command, { draft, list });
  const turns = [
    ...(shown > 1 ? [turn(texts.earlier, shown - 1)] : []),
    ...(shown < pages ? [turn(texts.later, shown + 1)] : []),
  ];
  const summary = texts.listSummary(people.length);
  return card(
    texts.listTitle,
    'plain',
    summary,
    words(summary),
    tableOf(texts.listColumns, people.slice((shown - 1) * pageSize, shown * pageSize)),
    turns.length === 0 ? null : buttons(...turns),
    pages > 1 ? note(texts.page(shown, pages)) : null,
  );
}

/** Arguments, with the draft that they go on with, if they do. */
interface DraftArgs {
  readonly draft?: number | undefined;
}

/** Asks which of the people with one name is meant; the draft keeps everything else. */
export async function askWhich(
  context: Context,
  command: string,
  args: DraftArgs,
  { picked, candidates }: Chosen,
): Promise<Reply> {
  const [doubt] = picked.doubts;
  const { said = '', except = false } = doubt ?? {};
  const draft = await keepSelection(context, command, args, picked, null);
  const summary = texts.which(said, candidates.length, except);
  return card(
    texts.whichTitle,
    'info',
    summary,
    words(summary),
    tableOf(texts.whichColumns, candidates),
    buttons(
      ...candidates
        .slice(0, mostButtons)
        .map((one) => button(texts.whichOf(one), command, { draft, pick: one.staffNo })),
      button(texts.none, command, { draft, pick: null }),
    ),
  );
}

/** Opens the draft that remembers whom it is about, and whom its card shows. */
export function keepSelection(
  context: Context,
  command: string,
  args: DraftArgs,
  picked: Chosen['picked'],
  shown: readonly Cadre[] | null,
): Promise<number> {
  const kept = {
    ...withoutWords(args),
    picked,
    ...(shown === null ? {} : { shown: shown.map(({ staffNo }) => staffNo) }),
  };
  const asking = shown === null ? 'which' : 'confirm';
  return context.ask({ command, args: kept as Invocation['args'], asking, draft: args.draft });
}

const tableOf = (columns: readonly string[], people: readonly Cadre[]): Block =>
  table(
    columns,
    people.map(({ staffNo, name, unit, position }) => [staffNo, name, unit, position]),
  );
