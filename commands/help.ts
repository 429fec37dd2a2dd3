import { z } from 'zod';
import { type Command, defineCommand, mayUse, summaryFor, understood } from '../src/bot/command.ts';
import { mayCall } from '../src/bot/course/tutor.ts';
import type { Cadre } from '../src/domain/cadre.ts';
import { buttons, card, link, note, type Reply, text, words } from '../src/messenger/reply.ts';
import { botTexts } from '../src/texts/bot.ts';
import { helpTexts as texts } from '../src/texts/help.ts';
import { audienceName } from '../src/texts/rights.ts';

/** 帮助: what this person can say, generated from the declarations. */
export const help = defineCommand({
  name: '帮助',
  aliases: ['菜单', '功能', '你好', '您好', 'help', '?'],
  summary: '看看能做什么、怎么说',
  who: 'everyone',
  where: 'anywhere',
  args: z.object({ command: z.string().max(20).optional() }),
  examples: ['帮助', '帮助 登记'],
  read: (said) => understood(said === '' ? {} : { command: said.slice(0, 20) }),
  run: async ({ tx, me, chat, commands }, { command: name }) => {
    if (name !== undefined) {
      const one = commands.find(({ names }) => names.includes(name));
      if (one === undefined) return text(texts.unknown(name));
      return (await mayCall(tx, one.who, me))
        ? explain(one, me)
        : text(botTexts.forbidden(one.name, audienceName(one.who)));
    }
    if (chat.type === 'group') return text(texts.group);
    const may = await Promise.all(commands.map(({ who }) => mayCall(tx, who, me)));
    const offered = commands.filter(({ inDialog }, i) => may[i] === true && inDialog === null);
    const line = (command: Command) => texts.line(command.name, summaryFor(command, me));
    const forDesk = offered.filter(({ who }) => Array.isArray(who));
    const byRole = forDesk.filter(({ who }) => mayUse(who, me));
    const asTutor = forDesk.filter((command) => !byRole.includes(command));
    return card(
      texts.title,
      'info',
      texts.summary(me.name),
      words(
        offered
          .filter((command) => !forDesk.includes(command))
          .map(line)
          .join('\n'),
      ),
      byRole.length === 0 ? null : words([texts.desk, ...byRole.map(line)].join('\n')),
      asTutor.length === 0 ? null : words([texts.tutor, ...asTutor.map(line)].join('\n')),
      buttons(link('登记学时', '登记'), link('进度', '进度'), link('待办', '待办'), link('记录', '记录')),
      note(texts.hint),
    );
  },
  runForStranger: () => Promise.resolve(text(botTexts.stranger)),
});

function explain(command: Command, me: Cadre): Reply {
  const { name, examples, roleExamples, aliases, who } = command;
  const summary = summaryFor(command, me);
  const lines = [...examples, ...(roleExamples !== null && mayUse(roleExamples.who, me) ? roleExamples.lines : [])];
  return card(
    texts.oneTitle(name),
    'info',
    `${summary}。`,
    words([`${summary}。`, texts.examples, ...lines.map((example) => `　${example}`)].join('\n')),
    note(
      [...(aliases.length === 0 ? [] : [texts.aliases(aliases.join('、'))]), texts.who(audienceName(who))].join('。'),
    ),
  );
}
