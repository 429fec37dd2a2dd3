import { type Cadre, cadreStates, grades, roles } from '../../domain/cadre.ts';
import {
  button,
  card,
  choice,
  type Faults,
  type FormField,
  type Invocation,
  isFaulty,
  type Reply,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { formTexts } from '../../texts/form.ts';
import { cadreStateNames, gradeNames, roleNames } from '../../texts/glossary.ts';
import { rosterTexts as texts } from '../../texts/roster.ts';
import type { Context } from '../context.ts';
import { listUnits } from '../units.ts';
import { unitFields } from './unit-fields.ts';

/** What was typed into a form, right or wrong, by the name of its field. */
export type Typed = Readonly<Record<string, string | string[]>>;

const { fieldNames, forms } = texts;
const unitNames = { known: ['unit', fieldNames.unit], fresh: forms.newUnit } as const;
const gradeOptions = grades.map((grade) => [grade, gradeNames[grade]] as const);
const youngOptions = [
  ['yes', texts.yes],
  ['no', texts.no],
] as const;

/** The form in which somebody new is put on the roster; it ends in the same preview as the words do. */
export async function addPerson({ tx }: Context, typed: Typed = {}, faults: Faults = {}): Promise<Reply> {
  const said = wordIn(typed);
  return formCard(
    forms.addTitle,
    forms.addSummary,
    [
      line('who', forms.staffNo, true, 32, said('who')),
      line('name', forms.name, true, 40, said('name')),
      ...unitFields(unitNames, await listUnits(tx), said('unit'), said('newUnit')),
      line('position', fieldNames.position, false, 60, said('position')),
      choice('grade', fieldNames.grade, gradeOptions, oneOf(grades, said('grade')), true),
      day('appointedOn', forms.appointedOn, said('appointedOn')),
      choice(
        'youngTalent',
        fieldNames.youngTalent,
        youngOptions,
        oneOf(['yes', 'no'], said('youngTalent') ?? 'no'),
        false,
      ),
    ],
    faults,
    { adding: true },
  );
}

/** The form in which the archivist changes a person, moves them to another unit or lets them leave. */
export async function editPerson(
  { tx }: Context,
  cadre: Cadre,
  typed: Typed = {},
  faults: Faults = {},
): Promise<Reply> {
  const said = wordIn(typed);
  const { unit, position, grade, appointedOn, state, youngTalent, staffNo } = cadre;
  const young = said('youngTalent') ?? (youngTalent ? 'yes' : 'no');
  return formCard(
    texts.editTitle(cadre),
    texts.editSummary,
    [
      ...unitFields(unitNames, await listUnits(tx), said('unit') ?? unit, said('newUnit')),
      line('position', fieldNames.position, false, 60, said('position') ?? position),
      choice('grade', fieldNames.grade, gradeOptions, oneOf(grades, said('grade') ?? grade), true),
      day('appointedOn', fieldNames.appointedOn, said('appointedOn') ?? appointedOn ?? undefined),
      choice(
        'state',
        fieldNames.state,
        cadreStates.map((one) => [one, cadreStateNames[one]] as const),
        oneOf(cadreStates, said('state') ?? state),
        true,
      ),
      choice('youngTalent', fieldNames.youngTalent, youngOptions, oneOf(['yes', 'no'], young), true),
    ],
    faults,
    { who: staffNo },
  );
}

/** The form in which roles are given and taken; it says what each may do. */
export function editRoles(cadre: Cadre, chosen: readonly string[] = cadre.roles, faults: Faults = {}): Reply {
  const duties = roles.map((role) => texts.duty(role)).join('\n');
  const field = {
    ...choice(
      'roles',
      fieldNames.role,
      roles.map((role) => [role, roleNames[role]] as const),
      undefined,
      false,
    ),
    many: true,
    value: chosen.join(','),
  };
  return formCard(forms.rolesTitle(cadre), `${forms.rolesSummary}\n${duties}`, [field], faults, {
    who: cadre.staffNo,
    had: cadre.roles,
  });
}

/** Looks for a person, for everybody who may see the roster. */
export const askWho = (): Reply =>
  card(forms.findTitle, 'info', forms.findSummary, words(forms.findSummary), {
    type: 'form',
    name: 'find',
    fields: [{ type: 'text', name: 'who', label: forms.who, hint: forms.whoHint, required: true, maxLength: 60 }],
    submit: button(forms.findSubmit, '干部', {}, 'primary'),
  });

/** What is said at the fields whose values are none. */
export const misfits = (faulty: readonly string[]): Faults =>
  Object.fromEntries(
    faulty.map((name) => [
      name,
      name === 'who' ? forms.badStaffNo : name === 'appointedOn' ? formTexts.badDay : formTexts.badValue,
    ]),
  );

const formCard = (
  title: string,
  summary: string,
  list: readonly FormField[],
  faults: Faults,
  press: Invocation['args'],
): Reply => {
  const said = isFaulty(faults) ? formTexts.faulty('保存') : summary;
  return card(title, isFaulty(faults) ? 'warn' : 'info', said, words(said), {
    type: 'form',
    name: 'cadre',
    fields: withFaults(list, faults),
    submit: button(texts.editSubmit, '干部', { ...press, filled: true }, 'primary'),
  });
};

const wordIn =
  (typed: Typed) =>
  (name: string): string | undefined => {
    const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };

const oneOf = <T extends string>(values: readonly T[], word: string | undefined): T | undefined =>
  values.find((value) => value === word);

const line = (
  name: string,
  label: string,
  required: boolean,
  maxLength: number,
  value: string | undefined,
): FormField => ({ type: 'text', name, label, required, maxLength, ...(value === undefined ? {} : { value }) });

const day = (name: string, label: string, value: string | undefined): FormField => ({
  type: 'day',
  name,
  label,
  required: false,
  ...(value === undefined ? {} : { value }),
});
