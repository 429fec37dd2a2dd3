import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { text } from '../src/messenger/reply.ts';
import { dialogTexts as texts } from '../src/texts/hours.ts';

/** What says yes while a draft waits, and means nothing elsewhere. */
const yes =
  '对、对的、是、好、好的、行、可以、没错、没问题、无误、提交、仍要提交、确认无误、确认提交、确认登记、确定提交'.split(
    '、',
  );

/**
 * 确认: lets the draft that waits here take effect, through the command that drafted it; a question that is still open is
 * asked again.
 */
export const confirm = defineCommand({
  name: '确认',
  aliases: ['确定', '是的'],
  summary: '确认刚才的草稿',
  who: 'cadre',
  inDialog: yes,
  args: z.object({
    draft: z.number().int().optional(),
    /** 加急: only a card has it, and only a command that knows it takes it. */
    urgent: z.boolean().default(false),
  }),
  examples: ['确认'],
  read: (said) => (/[\p{L}\p{N}?？]/u.test(said) ? misunderstood(text(texts.notAlone)) : understood({})),
  run: async (context, { draft, urgent }) => {
    const dialog = await context.question();
    if (dialog === null || (draft !== undefined && draft !== dialog.id)) {
      return sayEnded(context, draft, texts.nothingToConfirm);
    }
    const reply = await context.run(dialog.command, { ...dialog.args, draft: dialog.id, urgent, confirmed: true });
    // Whoever has something left to ask has asked it by now, in place of this draft.
    const rest = await context.question();
    if (rest?.id === dialog.id && dialog.asking === 'confirm') await context.closeQuestion('submitted');
    return reply;
  },
});
