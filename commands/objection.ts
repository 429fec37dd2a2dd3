import { z } from 'zod';
import { defineCommand, mayUse, type Reading, type ReadingContext, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { showDesk } from '../src/bot/course/objection-card.ts';
import { answer, correctedStates } from '../src/bot/course/objection-decide.ts';
import { raise, showOwn, takeBack } from '../src/bot/course/objection-raise.ts';
import { readers } from '../src/bot/reflection-desk.ts';
import { readObjectionWords } from '../src/bot/text/objection.ts';
import { text } from '../src/messenger/reply.ts';
import { objectionTexts as texts } from '../src/texts/objection.ts';

const argsSchema = z.object({
  /** 班号 or 登记号, and which of the two it is. */
  number: z.number().int().positive().optional(),
  of: z.enum(['course', 'entry']).optional(),
  /** 课次. */
  no: z.number().int().positive().optional(),
  words: z.string().trim().max(500).default(''),
  /** 异议号. */
  id: z.number().int().positive().optional(),
  verdict: z.enum(['list', 'withdraw', 'uphold', 'reject']).optional(),
  state: z.enum(correctedStates).optional(),
  amount: z.string().trim().max(20).optional(),
  answer: z.string().trim().max(300).default(''),
  unclear: z.string().max(40).optional(),
});

/** 异议 (三.6 严格培训考勤): somebody says that their attendance or hours are wrong; the department answers and puts it right. */
export const objection = defineCommand({
  name: '异议',
  aliases: ['我有异议', '申诉'],
  summary: '对自己的考勤或学时提出异议',
  roleSummaries: [{ who: readers, summary: '提出异议，答复异议' }],
  who: 'cadre',
  args: argsSchema,
  examples: ['异议', '异议 1001 第2课次 我到了，签到时手机没电', '异议 1005 学时应为 4'],
  roleExamples: {
    who: readers,
    lines: ['异议 待答', '异议 1003 成立 出勤 已核对签到表', '异议 1003 不成立 没有到课记录'],
  },
  read,
  run: async (context, args) => {
    await endQuestion(context);
    const { verdict, id, number, of, no } = args;
    if (args.unclear !== undefined) return text(`${texts.unclear(args.unclear)}${texts.howTo}`);
    if (verdict === 'list') return mayUse(readers, context.me) ? showDesk(context) : text(texts.deskOnly);
    if (verdict === 'withdraw') return takeBack(context, id);
    if (verdict !== undefined && id !== undefined) {
      return answer(context, id, { verdict, state: args.state, amount: args.amount, answer: args.answer });
    }
    return number === undefined ? showOwn(context) : raise(context, { number, of, no, words: args.words });
  },
});

function read(said: string, { dialog }: ReadingContext): Reading {
  if (dialog?.asking === 'reason') {
    const field = 'verdict' in dialog.args ? 'answer' : 'words';
    return understood({ ...dialog.args, [field]: said.slice(0, field === 'answer' ? 300 : 500) });
  }
  const heard = readObjectionWords(said);
  switch (heard.type) {
    case 'own':
      return understood({});
    case 'list':
      return understood({ verdict: 'list' });
    case 'withdraw':
      return understood({ verdict: 'withdraw', id: heard.id });
    case 'answer': {
      const { type: _, answer: words, ...rest } = heard;
      return understood({ ...rest, answer: words.slice(0, 300) });
    }
    case 'raise': {
      const { number, isEntry, no, words } = heard;
      return understood({
        number,
        ...(isEntry ? { of: 'entry' } : {}),
        ...(no === undefined ? {} : { of: 'course', no }),
        words: words.slice(0, 500),
      });
    }
    case 'unclear':
      return understood({ unclear: said.slice(0, 40) });
  }
}

/** The words or the answer come with this message, or the person has moved on. */
async function endQuestion(context: Context): Promise<void> {
  const open = await context.question();
  if (open?.command === '异议') await context.closeQuestion();
}
