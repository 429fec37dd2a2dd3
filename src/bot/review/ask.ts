import { contents, forms, type HourEntry, kinds } from '../../domain/hours.ts';
import { button, buttons, card, type FormField, note, type Reply, words } from '../../messenger/reply.ts';
import { contentNames, formNames, kindNames, showHours } from '../../texts/glossary.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import type { Verdict } from './verdict.ts';

const backButton = (page: number) => buttons(button(texts.buttons.back, '审核', { page }));

/** Asks for the reason, by form or by the next message; `said` was none. */
export async function askReason(
  context: Context,
  entry: HourEntry,
  name: string,
  verdict: Verdict,
  page: number,
  said: string,
): Promise<Reply> {
  const kind = verdict === 'void' || verdict === 'reject' ? verdict : 'return';
  const args = { entries: [entry.id], versions: [entry.version], verdict: kind, page };
  await context.ask({ command: '审核', args, asking: 'reason' });
  const summary = `${said === '' ? '' : texts.noReason(said)}${texts.askReason(entry, name, kind)}`;
  return card(
    texts.reasonTitle[kind],
    'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'reason',
      fields: [
        { type: 'text', name: 'reason', label: texts.reasonLabel, required: true, multiline: true, maxLength: 300 },
      ],
      submit: button(texts.buttons[kind], '审核', args, kind === 'return' ? 'primary' : 'danger'),
    },
    backButton(page),
    note(texts.reasonHint),
  );
}

/** The form in which hours, 内容, 类别 and 方式 are changed while approving. */
export function askAmendment(entry: HourEntry, name: string, page: number, unchanged: boolean): Reply {
  const { amount, content, kind, form, reason } = texts.amendLabels;
  const summary = unchanged ? texts.noChange(entry.id) : texts.askAmendment(entry, name);
  return card(
    texts.amendTitle,
    'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'amendment',
      fields: [
        { type: 'text', name: 'amount', label: amount, required: true, maxLength: 20, value: showHours(entry.hours) },
        choice('content', content, contents, contentNames, entry.content),
        choice('kind', kind, kinds, kindNames, entry.kind),
        choice('form', form, forms, formNames, entry.form),
        { type: 'text', name: 'reason', label: reason, required: false, multiline: true, maxLength: 300 },
      ],
      submit: button(
        texts.amendSubmit,
        '审核',
        { entries: [entry.id], versions: [entry.version], verdict: 'amend', page },
        'primary',
      ),
    },
    backButton(page),
  );
}

const choice = <T extends string>(
  name: string,
  label: string,
  values: readonly T[],
  names: Readonly<Record<T, string>>,
  value: T,
): FormField => ({
  type: 'choice',
  name,
  label,
  required: false,
  options: values.map((option) => ({ value: option, label: names[option] })),
  value,
});
