import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import { text } from '../src/messenger/reply.ts';
import { botTexts } from '../src/texts/bot.ts';
import { dialogTexts as texts } from '../src/texts/hours.ts';

/** 确认: lets the draft that waits here take effect, through the command that drafted it. */
export const confirm = defineCommand({
  name: '确认',
  aliases: ['确定', '是的'],
  summary: '确认刚才的草稿',
  who: 'cadre',
  where: 'anywhere',
  args: z.object({ draft: z.number().int().optional() }),
  examples: ['确认'],
  run: async (context, { draft }) => {
    const dialog = await context.question();
    if (dialog === null || dialog.asking !== 'confirm') {
      return text(draft === undefined ? texts.nothingToConfirm : botTexts.cardGone);
    }
    if (draft !== undefined && draft !== dialog.id) return text(botTexts.cardGone);
    await context.closeQuestion();
    return context.run(dialog.command, { ...dialog.args, confirmed: true });
  },
});
