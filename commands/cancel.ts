import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { card, text, words } from '../src/messenger/reply.ts';
import { changeTexts } from '../src/texts/course-change.ts';
import { dialogTexts as texts } from '../src/texts/hours.ts';

/** What says no while a draft or a question is open. */
const no =
  '不登记、不用登记、先不登记、别登记、不报、不用、不要、不提交、先不提交、别提交、不交、取消登记、取消草稿、取消提交、放弃登记'.split(
    '、',
  );

/** 取消: drops the draft or the open question. */
export const cancel = defineCommand({
  name: '取消',
  aliases: ['放弃', '算了'],
  summary: '放弃刚才的草稿或提问',
  who: 'cadre',
  inDialog: no,
  args: z.object({ draft: z.number().int().optional() }),
  examples: ['取消'],
  read: (said) => {
    const course = /^(?:整个)?(?:培训)?班\s*(\d{4,9})?/.exec(said);
    if (course !== null) return misunderstood(text(changeTexts.howToCancel(course[1])));
    return /[\p{L}\p{N}]/u.test(said) ? misunderstood(text(texts.notAlone)) : understood({});
  },
  run: async (context, { draft }) => {
    const dialog = await context.question();
    if (dialog === null || (draft !== undefined && draft !== dialog.id)) {
      return sayEnded(context, draft, texts.nothingToCancel);
    }
    await context.closeQuestion('cancelled');
    return draft === undefined
      ? text(texts.cancelled)
      : card(texts.cancelledTitle, 'plain', texts.cancelled, words(texts.cancelled));
  },
});
