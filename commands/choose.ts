import { z } from 'zod';
import { defineCommand, mayUse, understood } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { sayEnded } from '../src/bot/ended.ts';
import { hear } from '../src/bot/listen.ts';
import { readChoice } from '../src/bot/text/choice.ts';
import { findPerson } from '../src/bot/text/people.ts';
import { type Cadre, cadres } from '../src/domain/cadre.ts';
import { button, buttons, card, type Reply, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { botTexts } from '../src/texts/bot.ts';
import { chooseTexts as texts } from '../src/texts/speech.ts';

const most = 8;

const argsSchema = z.object({
  /** The command that is meant, with its words but for the person: `逾期 体会`. */
  line: z.string().max(60),
  /** A name, a 工号 or a unit. */
  who: z.string().max(60),
  /** The question that this answers, and the 工号 that it had offered. */
  draft: z.number().int().optional(),
  among: z.array(z.string()).max(most).optional(),
});

/** 选择: passes a question about somebody on to its command, and asks first which one of that name is meant. */
export const choose = defineCommand({
  name: '选择',
  summary: '从几位同名的干部中选一位',
  who: ['clerk', 'department-head', 'archivist'],
  inDialog: [],
  args: argsSchema,
  examples: ['选择 逾期 体会 王芳'],
  read: (said, { dialog }) => {
    if (dialog !== null) return understood({ ...dialog.args, who: said.slice(0, 60), draft: dialog.id });
    const [, line = said, who = ''] = /^(.*?)\s*(\S+)$/.exec(said) ?? [];
    return understood({ line: line.slice(0, 60), who: who.slice(0, 60) });
  },
  run: async (context, { line, who, draft, among }) => {
    const open = await context.question();
    if (draft !== undefined && open?.id !== draft) return sayEnded(context, draft, botTexts.cardGone);
    const all = await listAll(context.tx, cadres);
    if (among !== undefined) {
      const offered = all.filter(({ staffNo }) => among.includes(staffNo));
      const chosen = readChoice(who, offered);
      if (chosen === null) return text(texts.again(who));
      await context.closeQuestion('submitted');
      return pass(context, line, texts.person(chosen.name, chosen.unit));
    }
    const found = findPerson(who, all);
    if (found.ok || found.matches.length === 0) return pass(context, line, who);
    return ask(context, line, who, found.matches.slice(0, most));
  },
});

async function ask(context: Context, line: string, who: string, people: readonly Cadre[]): Promise<Reply> {
  const among = people.map(({ staffNo }) => staffNo);
  const draft = await context.ask({ command: '选择', args: { line, who, among }, asking: 'which' });
  return card(
    texts.title,
    'info',
    texts.which(who, people.length),
    words(texts.which(who, people.length)),
    buttons(
      ...people.map(({ staffNo, name, unit }) =>
        button(texts.person(name, unit), '选择', { line, who: staffNo, among, draft }),
      ),
      button(texts.cancel, '取消', { draft }),
    ),
  );
}

/** The line with the person behind it, as that person would have been named at once. */
async function pass(context: Context, line: string, who: string): Promise<Reply> {
  const heard = hear(`${line} ${who}`, context.commands);
  if (heard === null || !mayUse(heard.command.who, context.me)) return text(botTexts.oldCard);
  const { today, now, policy } = context;
  const reading = heard.command.read(heard.rest, { today, now, policy, dialog: null });
  return reading.ok ? context.run(heard.command.name, reading.args) : reading.reply;
}
