import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { bindings } from '../src/bot/people.ts';
import type { Role } from '../src/domain/cadre.ts';
import { hourEntries } from '../src/domain/hours.ts';
import { fiveYearProgress } from '../src/domain/progress.ts';
import { reflections } from '../src/domain/reflection.ts';
import { type Button, button, buttons, card, link, text, words } from '../src/messenger/reply.ts';
import { listAll } from '../src/store/store.ts';
import { todoTexts as texts } from '../src/texts/todo.ts';

interface Todo {
  readonly words: string;
  readonly button: Button | null;
}

/** 待办: what one owes oneself and what waits for one's role; nothing that is done. */
export const todo = defineCommand({
  name: '待办',
  aliases: ['我的待办', '要做什么'],
  summary: '查看需要您处理的事项',
  who: 'cadre',
  args: z.object({}),
  examples: ['待办'],
  run: async (context) => {
    const todos = [...(await ownTodos(context)), ...(await deskTodos(context))];
    if (todos.length === 0) return text(texts.none);
    return card(
      texts.title,
      'info',
      texts.summary(todos.length),
      ...todos.flatMap((item, i) => [
        words(`${i + 1}. ${item.words}`),
        item.button === null ? null : buttons(item.button),
      ]),
    );
  },
});

async function ownTodos({ tx, me, policy, today }: Context): Promise<Todo[]> {
  const entries = await listAll(tx, hourEntries, { index: 'byPerson', equals: [me.staffNo] });
  const owed = await listAll(tx, reflections, { index: 'byPerson', equals: [me.staffNo] });
  const { counted, behindBy, professional } = fiveYearProgress(me, entries, policy, today);
  const todos: Todo[] = [];
  for (const one of owed.filter(({ state }) => state === 'owed' || state === 'returned')) {
    const press = button(texts.buttons.reflection, '体会', { entry: one.entryId }, 'primary');
    todos.push({ words: texts.reflection(one, today), button: { ...press, press: { ...press.press, keep: true } } });
  }
  for (const entry of entries.filter(({ state }) => state === 'returned')) {
    todos.push({ words: texts.returned(entry), button: link(texts.buttons.returned, '修改', { entry: entry.id }) });
  }
  if (counted && behindBy > 0) todos.push({ words: texts.behind(behindBy), button: null });
  if (counted && professional.count < professional.required) {
    todos.push({ words: texts.professional(professional.year), button: null });
  }
  return todos;
}

async function deskTodos({ tx, me }: Context): Promise<Todo[]> {
  const is = (...roles: readonly Role[]) => me.roles.some((role) => roles.includes(role));
  const todos: Todo[] = [];
  if (is('clerk', 'department-head')) {
    const approvals = await tx.count(hourEntries, { index: 'byState', equals: ['submitted'] });
    if (approvals > 0) todos.push({ words: texts.approvals(approvals), button: link(texts.buttons.approvals, '审核') });
    const readings = await tx.count(reflections, { index: 'byState', equals: ['handed-in'] });
    if (readings > 0) {
      todos.push({
        words: texts.readings(readings),
        button: link(texts.buttons.readings, '体会', { verdict: 'list' }),
      });
    }
  }
  if (is('archivist')) {
    const asked = await tx.count(bindings, {});
    if (asked > 0) todos.push({ words: texts.bindings(asked), button: link(texts.buttons.bindings, '绑定') });
  }
  return todos;
}
