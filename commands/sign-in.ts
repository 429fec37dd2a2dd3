import { z } from 'zod';
import { defineCommand, type Reading, understood } from '../src/bot/command.ts';
import { sign } from '../src/bot/course/sign.ts';

const argsSchema = z.object({
  /** As it was typed. */
  code: z.string().max(100).optional(),
  /** 班号: whose button was pressed. */
  course: z.number().int().optional(),
  /** The code came without a word. */
  bare: z.boolean().default(false),
});

const read = (said: string): Reading => understood(said === '' ? {} : { code: said });

/** 签到 (三.6 严格培训考勤) with the code that is shown in the room; no place, no picture. */
export const signIn = defineCommand({
  name: '签到',
  aliases: ['我要签到', '打卡'],
  summary: '上课时用教室里的签到码签到',
  who: 'cadre',
  args: argsSchema,
  examples: ['签到', '签到 123456'],
  read: (said, { dialog }) => (dialog === null ? read(said) : understood({ ...dialog.args, code: said })),
  run: (context, args) => sign(context, 'in', args),
});

/** 签退, where the class asks for it, with the same code. */
export const signOut = defineCommand({
  name: '签退',
  aliases: ['我要签退'],
  summary: '要求签退的班，下课时用签到码签退',
  who: 'cadre',
  args: argsSchema,
  examples: ['签退', '签退 123456'],
  read: (said, { dialog }) => (dialog === null ? read(said) : understood({ ...dialog.args, code: said })),
  run: (context, args) => sign(context, 'out', args),
});
