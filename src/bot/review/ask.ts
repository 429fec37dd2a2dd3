import { contents, forms, type HourEntry, kinds } from '../../domain/hours.ts';
import {
  type Block,
  button,
  buttons,
  card,
  choice,
  type Faults,
  isFaulty,
  note,
  type Reply,
  reasonForm,
  withFaults,
  words,
} from '../../messenger/reply.ts';
import { formTexts } from '../../texts/form.ts';
import { contentNames, formNames, kindNames, showHours } from '../../texts/glossary.ts';
import { reviewTexts as texts } from '../../texts/review.ts';
import type { Context } from '../context.ts';
import type { Verdict, VerdictWords } from './verdict.ts';

const backButton = (page: number) => buttons(button(texts.buttons.back, '审核', { page }));

/**
 * Asks for the reason, by form or by the next message; `said` was none, and stays in the form. Where the entry was
 * changed since, `said` is one, and the entry as it is `now` stands above it.
 */
export async function askReason(
  context: Context,
  entry: HourEntry,
  name: string,
  verdict: Verdict,
  page: number,
  said: string,
  now: Block | null = null,
): Promise<Reply> {
  const kind = verdict === 'void' || verdict === 'reject' ? verdict : 'return';
  const args = { entries: [entry.id], versions: [entry.version], verdict: kind, page };
  await context.ask({ command: '审核', args, asking: 'reason' });
  const fault = said === '' || now !== null ? undefined : texts.noReason(said);
  const summary = now !== null ? texts.changed(entry.id) : texts.askReason(entry, name, kind);
  return card(
    texts.reasonTitle[kind],
    now !== null || fault !== undefined ? 'warn' : 'info',
    summary,
    words(summary),
    now,
    reasonForm(texts.reasonLabel, button(texts.buttons[kind], '审核', args, kind === 'return' ? 'primary' : 'danger'), {
      multiline: true,
      value: said,
      fault,
    }),
    backButton(page),
    note(texts.reasonHint),
  );
}

/**
 * The form in which hours, 内容, 类别 and 方式 are changed while approving; `said` is what was typed before, with what is wrong
 * in it. Where the entry was changed since, it stands above as it is `now`.
 */
export function askAmendment(
  entry: HourEntry,
  name: string,
  page: number,
  said: Partial<VerdictWords> = {},
  faults: Faults = {},
  now: Block | null = null,
): Reply {
  const { amount, content, kind, form, reason } = texts.amendLabels;
  const asked = isFaulty(faults) ? formTexts.faulty('通过') : texts.askAmendment(entry, name);
  const summary = now !== null ? texts.changed(entry.id) : asked;
  const hours = said.amount ?? showHours(said.hours ?? entry.hours);
  return card(
    texts.amendTitle,
    isFaulty(faults) || now !== null ? 'warn' : 'info',
    summary,
    words(summary),
    now,
    {
      type: 'form',
      name: 'amendment',
      fields: withFaults(
        [
          { type: 'text', name: 'amount', label: amount, required: true, maxLength: 20, value: hours },
          choice('content', content, namesOf(contents, contentNames), said.content ?? entry.content, false),
          choice('kind', kind, namesOf(kinds, kindNames), said.kind ?? entry.kind, false),
          choice('form', form, namesOf(forms, formNames), said.form ?? entry.form, false),
          {
            type: 'text',
            name: 'reason',
            label: reason,
            required: false,
            multiline: true,
            maxLength: 300,
            ...(said.reason ? { value: said.reason } : {}),
          },
        ],
        faults,
      ),
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

const namesOf = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
  values.map((value) => [value, names[value]] as const);
