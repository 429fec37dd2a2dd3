import { z } from 'zod';
import { type Command, defineCommand, mayUse, understood } from '../src/bot/command.ts';
import { buttons, card, link, note, text, words } from '../src/messenger/reply.ts';
import { botTexts } from '../src/texts/bot.ts';
import { helpTexts as texts } from '../src/texts/help.ts';
import { audienceName } from '../src/texts/rights.ts';

/** Said inside a conversation only; a menu would not offer them. */
const answers = ['确认', '取消', '修改'];

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
  run: async ({ me, chat, commands }, { command: name }) => {
    const usable = commands.filter(({ who }) => mayUse(who, me));
    if (name !== undefined) {
      const one = usable.find((command) => command.name === name || command.aliases.includes(name));
      return one === undefined ? text(texts.unknown(name)) : explain(one);
    }
    if (chat.type === 'group') return text(texts.group);
    const offered = usable.filter((command) => !answers.includes(command.name));
    const line = (command: Command) => texts.line(command.name, command.summary);
    const forDesk = offered.filter(({ who }) => Array.isArray(who));
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
      forDesk.length === 0 ? null : words([texts.desk, ...forDesk.map(line)].join('\n')),
      buttons(link('进度', '进度'), link('待办', '待办'), link('记录', '记录')),
      note(texts.hint),
    );
  },
  runForStranger: () => Promise.resolve(text(botTexts.stranger)),
});

const explain = (command: Command) =>
  card(
    texts.oneTitle(command.name),
    'info',
    `${command.name}：${command.summary}`,
    words([`${command.summary}。`, texts.examples, ...command.examples.map((example) => `　${example}`)].join('\n')),
    note(
      [
        ...(command.aliases.length === 0 ? [] : [texts.aliases(command.aliases.join('、'))]),
        texts.who(audienceName(command.who)),
      ].join('。'),
    ),
  );
