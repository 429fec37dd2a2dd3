import { z } from 'zod';
import { defineCommand, understood } from '../src/bot/command.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { readEntryNumbers } from '../src/bot/text/entry-numbers.ts';
import { showForm } from '../src/bot/training-form.ts';
import { hourEntries } from '../src/domain/hours.ts';
import { text } from '../src/messenger/reply.ts';
import { entryStateNames } from '../src/texts/glossary.ts';
import { dialogTexts, logTexts as texts } from '../src/texts/hours.ts';

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
      return showForm(entry, { entry: id });
    }
    const dialog = await context.question();
    if (dialog === null || dialog.command !== '登记' || (draft !== undefined && draft !== dialog.id)) {
      return sayEnded(context, draft, dialogTexts.nothingToRevise);
    }
    const { entry } = dialog.args;
    return showForm(dialog.args, {
      draft: dialog.id,
      ...(typeof entry === 'number' ? { entry } : {}),
    });
  },
});
