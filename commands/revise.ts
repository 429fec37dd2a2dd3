import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { contents, forms, hourEntries, kinds } from '../src/domain/hours.ts';
import { button, card, type FormField, type Reply, text } from '../src/messenger/reply.ts';
import { contentNames, entryStateNames, formNames, kindNames, showHours } from '../src/texts/glossary.ts';
import { dialogTexts, slotNames, logTexts as texts } from '../src/texts/hours.ts';

const draftSchema = z.object({
  hours: z.number().optional(),
  halfDays: z.number().optional(),
  amount: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  content: z.string().optional(),
  kind: z.string().optional(),
  form: z.string().optional(),
  title: z.string().optional(),
  organiser: z.string().nullish(),
  place: z.string().nullish(),
});
type Draft = z.output<typeof draftSchema>;

/** 修改: the form of a draft, or of one's own returned entry; submitting it ends in 登记 again. */
export const revise = defineCommand({
  name: '修改',
  aliases: ['更正', '改一下'],
  summary: '修改草稿或被退回的登记',
  who: 'cadre',
  args: z.object({ draft: z.number().int().optional(), entry: z.number().int().optional() }),
  inDialog: ['改', '修改一下', '修改草稿', '要修改'],
  examples: ['修改', '修改 1001'],
  read: (said) => {
    const [entry] = readEntryNumbers(said);
    return understood(entry === undefined ? {} : { entry });
  },
  run: async (context, { draft, entry: id }) => {
    if (id !== undefined) {
      const entry = await context.tx.get(hourEntries, id);
      if (entry?.staffNo !== context.me.staffNo) return text(texts.notYours(id));
      if (entry.state !== 'returned') return text(texts.notReturned(id, entryStateNames[entry.state]));
      return formCard(draftSchema.parse(entry), { entry: id });
    }
    const dialog = await context.question();
    if (dialog === null || dialog.command !== '登记' || (draft !== undefined && draft !== dialog.id)) {
      return sayEnded(context, draft, dialogTexts.nothingToRevise);
    }
    const { entry } = dialog.args;
    return formCard(draftSchema.parse(dialog.args), {
      draft: dialog.id,
      ...(typeof entry === 'number' ? { entry } : {}),
    });
  },
});

function formCard(draft: Draft, origin: { draft?: number; entry?: number }): Reply {
  const amount =
    draft.amount ??
    (draft.hours === undefined
      ? draft.halfDays === undefined
        ? undefined
        : `${draft.halfDays / 2}天`
      : showHours(draft.hours));
  const form: FormField[] = [
    { type: 'text', name: 'title', label: slotNames.title, required: true, maxLength: 100, ...shownValue(draft.title) },
    choice('content', slotNames.content, contents, contentNames, draft.content, true),
    { type: 'text', name: 'amount', label: texts.form.amount, required: true, maxLength: 20, ...shownValue(amount) },
    { type: 'day', name: 'from', label: texts.form.from, required: true, ...shownValue(draft.from) },
    { type: 'day', name: 'to', label: texts.form.to, required: false, ...shownValue(draft.to ?? draft.from) },
    choice('kind', '类别', kinds, kindNames, draft.kind, false),
    choice('form', '方式', forms, formNames, draft.form, false),
    {
      type: 'text',
      name: 'organiser',
      label: texts.form.organiser,
      required: false,
      maxLength: 60,
      ...shownValue(draft.organiser),
    },
    {
      type: 'text',
      name: 'place',
      label: texts.form.place,
      required: false,
      maxLength: 60,
      ...shownValue(draft.place),
    },
  ];
  return card(texts.reviseTitle, 'info', texts.reviseSummary, {
    type: 'form',
    name: 'training',
    fields: form,
    submit: button(texts.reviseSubmit, '登记', origin, 'primary'),
  });
}

const shownValue = (value: string | null | undefined) => (value == null ? {} : { value });

const choice = <T extends string>(
  name: string,
  label: string,
  values: readonly T[],
  names: Readonly<Record<T, string>>,
  value: string | undefined,
  required: boolean,
): FormField => ({
  type: 'choice',
  name,
  label,
  required,
  options: values.map((option) => ({ value: option, label: names[option] })),
  ...shownValue(value),
});
