import { z } from 'zod';
import { type ComingTraining, comingTrainingSchema, comingTrainings } from '../domain/coming-training.ts';
import { addMonths, daysBetween, firstDayOf, isDay, monthOf } from '../domain/day.ts';
import { lineSchema } from '../domain/schema.ts';
import {
  type Block,
  button,
  buttons,
  card,
  type Faults,
  type FormField,
  type Invocation,
  isFaulty,
  note,
  type Reply,
  text,
  withFaults,
  words,
} from '../messenger/reply.ts';
import { listAll } from '../store/store.ts';
import { bulletinTexts } from '../texts/bulletin.ts';
import { comingTexts as texts } from '../texts/coming-training.ts';
import { formTexts } from '../texts/form.ts';
import { type Line, lineArgs, mostComing } from './bulletin-coming-words.ts';
import { findNamed } from './bulletin-names.ts';
import type { Context } from './context.ts';

/** How far ahead a training may be announced, in months. */
const monthsAhead = 12;
/** Days that an announced training can last. */
const longest = 92;

/** What 通报 takes for 预告: lines from a text, or the fields of a form; `item` is the announcement that is meant. */
export const comingArgs = {
  ...lineArgs.partial().shape,
  lines: z.array(lineArgs).max(mostComing).optional(),
  item: z.number().int().optional(),
  /** When the announcement was last written, as its card shows it. */
  version: z.string().max(30).optional(),
  edit: z.boolean().optional(),
  /** The form brought it. */
  filled: z.boolean().optional(),
  remove: z.boolean().optional(),
};
type ComingArgs = z.output<z.ZodObject<typeof comingArgs>>;

/** 培训预告: what is announced, with a form for more; adds, changes and removes. */
export async function showComing(context: Context, args: ComingArgs): Promise<Reply> {
  const { lines, item, day, until, title, place, audience } = args;
  if (item !== undefined) return changeItem(context, item, args);
  const asked = lines ?? (day === undefined || title === undefined ? [] : [{ day, until, title, place, audience }]);
  const again = (faults: Faults): Promise<Reply> => listComing(context, '', args, faults);
  if (asked.length === 0) return args.filled === true ? again(gapsIn(args)) : listComing(context);
  const checked: Fresh[] = [];
  for (const line of asked) {
    const result = await check(context, line);
    if ('said' in result) return args.filled === true ? again({ [result.field]: result.said }) : text(result.said);
    checked.push(result);
  }
  const { rows: waiting } = await context.tx.find(comingTrainings, {
    index: 'byDay',
    from: context.today,
    limit: mostComing,
  });
  if (waiting.length + checked.length > mostComing) return text(texts.tooMany(mostComing));
  for (const fresh of checked) await put(context, fresh, await context.tx.nextNumber('coming-trainings'));
  return listComing(context, texts.added(checked.length));
}

type Fresh = Pick<ComingTraining, 'day' | 'until' | 'title' | 'place' | 'audience'>;

const gapsIn = ({ day, title }: ComingArgs): Faults => ({
  ...(day === undefined ? { day: formTexts.gap } : {}),
  ...(title === undefined ? { title: formTexts.gap } : {}),
});

/** What was written, or the sentence that says what is wrong with it, and where. */
async function check(
  { tx, today }: Context,
  { day, until, title, place, audience }: Line,
): Promise<Fresh | { readonly field: keyof Line; readonly said: string }> {
  const wrong = (field: keyof Line, said: string) => ({ field, said });
  if (!isDay(day)) return wrong('day', texts.noSuchDay(day));
  if (day < today) return wrong('day', texts.past(day));
  if (day >= firstDayOf(addMonths(monthOf(today), monthsAhead + 1)))
    return wrong('day', texts.tooFar(day, monthsAhead));
  if (until !== undefined && !isDay(until)) return wrong('until', texts.noSuchDay(until));
  if (until !== undefined && until < day) return wrong('until', texts.backwards(day, until));
  if (until !== undefined && daysBetween(day, until) >= longest) return wrong('until', texts.tooLong(longest));
  const limits = { title: 60, place: 40, audience: 40 } as const;
  const span = until === undefined || until === day ? { day } : { day, until };
  const fresh = { ...span, title, place: place ?? null, audience: audience ?? null };
  for (const field of ['title', 'place', 'audience'] as const) {
    const value = fresh[field];
    if (value !== null && !lineSchema(limits[field]).safeParse(value).success)
      return wrong(field, texts.badField(field, limits[field]));
    const named = value === null ? null : await findNamed(tx, value);
    if (named !== null) return wrong(field, texts.named(named));
  }
  return fresh;
}

const put = ({ tx, me, now }: Context, fresh: Fresh, id: number): Promise<void> =>
  tx.put(comingTrainings, comingTrainingSchema.parse({ id, ...fresh, by: me.staffNo, at: now }));

async function changeItem(context: Context, id: number, args: ComingArgs): Promise<Reply> {
  const row = await context.tx.get(comingTrainings, id);
  if (row === undefined) return listComing(context, texts.gone);
  if (args.edit === true) return editForm(row);
  if (args.filled === true && args.title === undefined) return editForm(row, args, gapsIn(args));
  if (args.version !== row.at) return listComing(context, texts.changedMeanwhile);
  if (args.remove === true) {
    await context.tx.remove(comingTrainings, id);
    return listComing(context, texts.removed(row.title));
  }
  const { day = row.day, until, title = row.title, place, audience } = args;
  const fresh = await check(context, { day, until, title, place, audience });
  if ('said' in fresh) return editForm(row, args, { [fresh.field]: fresh.said });
  await put(context, fresh, id);
  return listComing(context, texts.changed(fresh.title));
}

/** What has been `done` stands in front; what was `typed` and cannot be taken comes back in the form. */
async function listComing(
  { tx, today }: Context,
  done = '',
  typed: Partial<Fields> = {},
  faults: Faults = {},
): Promise<Reply> {
  const rows = await listAll(tx, comingTrainings, { index: 'byDay', from: today });
  const summary = isFaulty(faults) ? formTexts.faulty('保存') : `${done}${texts.summary(rows.length)}`;
  return card(
    texts.title,
    isFaulty(faults) ? 'warn' : 'plain',
    summary,
    words(summary),
    ...rows.flatMap((row) => [
      words(bulletinTexts.coming(row)),
      buttons(button(texts.buttons.edit, '通报', { view: 'coming', item: row.id, edit: true }), {
        ...button(
          texts.buttons.remove,
          '通报',
          { view: 'coming', item: row.id, remove: true, version: row.at },
          'danger',
        ),
        confirm: texts.removeQuestion(row.title),
      }),
    ]),
    comingForm(typed, faults, texts.buttons.add, { view: 'coming' }),
    note(texts.hint),
  );
}

function editForm(row: ComingTraining, typed: Partial<Fields> = row, faults: Faults = {}): Reply {
  const summary = isFaulty(faults) ? formTexts.faulty('保存') : texts.editSummary(row.title);
  return card(
    texts.editTitle,
    isFaulty(faults) ? 'warn' : 'info',
    summary,
    words(summary),
    comingForm(typed, faults, texts.buttons.save, { view: 'coming', item: row.id, version: row.at }),
    buttons(button(texts.buttons.back, '通报', { view: 'coming' })),
  );
}

/** As a form has them, right or wrong. */
type Fields = { readonly [Name in keyof Line]: string | null | undefined };

function comingForm(row: Partial<Fields>, faults: Faults, label: string, args: Invocation['args']): Block {
  const line = (name: 'title' | 'place' | 'audience', required: boolean, maxLength: number): FormField => ({
    type: 'text',
    name,
    label: texts.fields[name],
    required,
    maxLength,
    ...(row[name] == null ? {} : { value: row[name] }),
  });
  return {
    type: 'form',
    name: 'coming',
    fields: withFaults(
      [
        {
          type: 'day',
          name: 'day',
          label: texts.fields.day,
          required: true,
          ...(row.day == null ? {} : { value: row.day }),
        },
        {
          type: 'day',
          name: 'until',
          label: texts.fields.until,
          required: false,
          ...(row.until == null ? {} : { value: row.until }),
        },
        line('title', true, 60),
        line('place', false, 40),
        line('audience', false, 40),
      ],
      faults,
    ),
    submit: button(label, '通报', { ...args, filled: true }, 'primary'),
  };
}
