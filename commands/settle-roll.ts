import { z } from 'zod';
import { defineCommand, misunderstood, understood } from '../src/bot/command.ts';
import { readCourseWords, readSessionWords } from '../src/bot/course/find.ts';
import { takers } from '../src/bot/course/tutor.ts';
import { text } from '../src/messenger/reply.ts';
import { rollTexts as texts } from '../src/texts/roll.ts';

const argsSchema = z.object({
  /** 班号. */
  id: z.number().int().optional(),
  title: z.string().max(100).optional(),
  /** 课次; without it the only one that is over and waits for it. */
  no: z.number().int().optional(),
});

/** 确认考勤 (三.6), as its button says it: the roll of a 课次 counts from then on. */
export const settleRoll = defineCommand({
  name: '确认考勤',
  summary: '确认一个课次的考勤，从此计学时和补训',
  who: takers,
  args: argsSchema,
  examples: ['确认考勤', '确认考勤 1001 第2课次'],
  read: (said) => {
    const { named, rest } = readCourseWords(said);
    const { no, rest: left } = readSessionWords(rest);
    if (left !== '') return misunderstood(text(texts.settleUsage));
    return understood({
      ...(named.id === null ? {} : { id: named.id }),
      ...(named.title === null ? {} : { title: named.title }),
      ...(no === null ? {} : { no }),
    });
  },
  run: async (context, args) => {
    const open = await context.question();
    // A roll that is still a draft is what is meant first.
    if (open?.command === '考勤' && open.asking === 'confirm' && Object.keys(args).length === 0)
      return context.run('确认', { draft: open.id });
    return context.run('考勤', { ...args, settle: true });
  },
});
