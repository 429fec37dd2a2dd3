import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import type { Dialog } from '../src/bot/dialogs.ts';
import { readHeard } from '../src/bot/heard.ts';
import type { TrainingSlot } from '../src/bot/text/training.ts';
import { draftButtons, hoursIn, type Training, trainingSchema } from '../src/bot/training-draft.ts';
import { type Block, button, buttons, card, fields, note, text, words } from '../src/messenger/reply.ts';
import { contentNames, formNames, kindNames, showHours, showSpan } from '../src/texts/glossary.ts';
import { graspTexts as texts } from '../src/texts/speech.ts';

/** 理解: says of the open draft, or of the last one, what was taken from which words, what was not used, and how to change it. */
export const grasp = defineCommand({
  name: '理解',
  aliases: ['怎么理解的', '你是怎么理解的'],
  summary: '看刚才的登记是怎么理解的',
  who: 'cadre',
  inDialog: [],
  args: z.object({}),
  examples: ['理解'],
  run: async (context) => {
    const last = await context.lastQuestion();
    const draft = last?.command === '登记' ? trainingSchema.safeParse(last.args) : null;
    if (last === null || draft?.success !== true) {
      const { halfDayHours, dayHours } = context.policy;
      return text(texts.nothing(showHours(halfDayHours), showHours(dayHours)));
    }
    const isOpen = (await context.question())?.id === last.id;
    const { slots, unused } = readHeard(draft.data);
    const rows = shown.map((slot) => {
      const value = sayValue(slot, draft.data, context);
      const said = slots.get(slot);
      const account =
        value === null ? texts.missing : said === undefined ? texts.chosen(value) : texts.from(value, said);
      return { slot, value, row: [texts.labels[slot], account] as const };
    });
    const told = rows.filter(({ slot, value }) => value !== null || required.includes(slot));
    const known = told.flatMap(({ value, row: [label] }) => (value === null ? [] : [`${label} ${value}`])).join('，');
    return card(
      texts.title,
      'info',
      texts.summary(known),
      fields(...told.map(({ row }) => row)),
      unused === '' ? null : words(texts.unused(unused)),
      isOpen ? note(texts.hint) : note(texts.over),
      isOpen ? buttonsOf(last) : null,
    );
  },
});

/** A draft that is complete may be submitted from here, too. */
const buttonsOf = ({ id, asking, args }: Dialog): Block =>
  asking === 'confirm'
    ? draftButtons(id, args['insist'] === true)
    : buttons(button(texts.revise, '修改', { draft: id }), button(texts.cancel, '取消', { draft: id }));

const required: readonly TrainingSlot[] = ['title', 'content', 'hours', 'days'];
const shown: readonly TrainingSlot[] = [...required, 'kind', 'form', 'organiser', 'place'];

function sayValue(slot: TrainingSlot, draft: Training, { policy, today }: Context): string | null {
  const { from, to = from, halfDays, title, content, kind, form } = draft;
  const { hours } = hoursIn(draft, policy);
  switch (slot) {
    case 'hours':
      if (hours === null) return null;
      return halfDays !== undefined && draft.amount === undefined
        ? texts.halfDays(halfDays, showHours(hours))
        : texts.hours(showHours(hours));
    case 'days':
      return from === undefined || to === undefined ? null : showSpan(from, to, today);
    case 'title':
      return title === undefined ? null : `《${title}》`;
    case 'content':
      return content === undefined ? null : contentNames[content];
    case 'kind':
      return kind === undefined ? null : kindNames[kind];
    case 'form':
      return form === undefined ? null : formNames[form];
    default:
      return draft[slot] ?? null;
  }
}
