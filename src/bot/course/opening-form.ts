import { levels } from '../../domain/course.ts';
import { forms, kinds } from '../../domain/hours.ts';
import {
  button,
  buttons,
  card,
  choice,
  type Faults,
  type FormField,
  isFaulty,
  link,
  note,
  type Reply,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { formTexts } from '../../texts/form.ts';
import { formNames, kindNames, levelNames } from '../../texts/glossary.ts';
import { openTexts as texts } from '../../texts/open-course.ts';
import type { Context } from '../context.ts';
import { selectionArgsSchema } from '../selection.ts';
import { selectionFields } from '../selection-card.ts';
import { listUnits } from '../units.ts';
import { courseDraftSchema } from './draft.ts';

/** More of a timetable than a field of every platform takes: it came from a workbook, and is changed there. */
export const longestTyped = 1000;

const namesOf = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
  values.map((value) => [value, names[value]] as const);
const yesOrNo = namesOf(['yes', 'no'], texts.signsOut);
const whenCredited = namesOf(['end', 'each'], texts.credits);

const line = (
  name: keyof typeof texts.fields,
  required: boolean,
  maxLength: number,
  value: string | undefined,
): FormField => ({
  type: 'text',
  name,
  label: texts.fields[name],
  required,
  maxLength,
  ...(value === undefined ? {} : { value }),
});

/** The form of a class, filled with what is known, right or wrong. */
export async function showOpeningForm(
  context: Context,
  known: object,
  faults: Faults,
  draft: number | undefined,
): Promise<Reply> {
  const said = courseDraftSchema.partial().catch({}).parse(known);
  const typed = { ...said, ...(known as Readonly<Partial<Record<keyof typeof said, string>>>) };
  const isLong = (typed.timetable?.length ?? 0) > longestTyped;
  const { fields } = texts;
  const list: FormField[] = [
    line('title', true, 100, typed.title),
    ...(typed.repeats === undefined && typed.startsOn === undefined
      ? []
      : [
          { type: 'day', name: 'startsOn', label: fields.startsOn, required: false, ...shown(typed.startsOn) } as const,
        ]),
    ...(isLong
      ? []
      : [
          {
            ...line('timetable', false, longestTyped, typed.timetable),
            type: 'text',
            multiline: true,
            hint: texts.timetableHint,
          } as const,
        ]),
    ...selectionFields(await listUnits(context.tx), selectionArgsSchema.partial().catch({}).parse(known)),
    choice('kind', fields.kind, namesOf(kinds, kindNames), said.kind, false),
    choice('form', fields.form, namesOf(forms, formNames), said.form, false),
    choice('level', fields.level, namesOf(levels, levelNames), said.level, false),
    line('organiser', false, 60, typed.organiser),
    line('place', false, 60, typed.place),
    line('tutor', false, 40, typed.tutor),
    choice('signsOut', fields.signsOut, yesOrNo, said.signsOut, false),
    choice('credits', fields.credits, whenCredited, said.credits, false),
    line('reflection', false, 10, typed.reflection),
    line('reflectionDays', false, 10, typed.reflectionDays),
    line('exam', false, 10, typed.exam),
    line('repeats', false, 9, typed.repeats),
  ];
  const summary = isFaulty(faults) ? formTexts.faulty('保存') : texts.formSummary;
  const origin = draft === undefined ? {} : { draft };
  const unplaced = isLong ? faults['timetable'] : undefined;
  return card(
    texts.title,
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    words(summary),
    unplaced === undefined ? null : words(unplaced),
    isLong ? note(texts.timetableFromFile(typed.timetable?.split('\n').length ?? 0)) : null,
    {
      type: 'form',
      name: 'open-course',
      fields: withFaults(list, faults),
      submit: button(texts.formSubmit, '建班', { ...origin, filled: true }, 'primary'),
    },
    buttons(link(texts.templateButton, '建班', { template: true })),
  );
}

const shown = (value: string | undefined) => (value === undefined ? {} : { value });
