import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import { card, text } from '../src/messenger/reply.ts';
import { botTexts } from '../src/texts/bot.ts';
import { dialogTexts as texts } from '../src/texts/hours.ts';

/** 取消: drops the draft or the open question. */
export const cancel = defineCommand({
  name: '取消',
  aliases: ['放弃', '算了'],
  summary: '放弃刚才的草稿或提问',
  who: 'cadre',
  where: 'anywhere',
  args: z.object({ draft: z.number().int().optional() }),
  examples: ['取消'],
  run: async (context, { draft }) => {
    const dialog = await context.question();
    if (dialog === null) return text(draft === undefined ? texts.nothingToCancel : botTexts.cardGone);
    if (draft !== undefined && draft !== dialog.id) return text(botTexts.cardGone);
    await context.closeQuestion();
    return draft === undefined ? text(texts.cancelled) : card(texts.cancelledTitle, 'plain', texts.cancelled);
  },
});
