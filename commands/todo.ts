import { z } from 'zod';
import { defineCommand } from '../src/bot/command.ts';
import type { Context } from '../src/bot/context.ts';
import { readOpenMatters } from '../src/bot/open-matters.ts';
import { type Button, buttons, card, link, text, words } from '../src/messenger/reply.ts';
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
    const todos = await listTodos(context);
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

async function listTodos({ tx, me, policies, today }: Context): Promise<Todo[]> {
  const open = await readOpenMatters(tx, me, policies, today);
  const { lagging, behindBy, professional } = open.progress;
  const line = (said: string, press: Button | null = null): Todo => ({ words: said, button: press });
  const { buttons: labels } = texts;
  const handIn = (entry: number): Button => ({ ...link(labels.reflection, '体会', { entry }), style: 'primary' });
  return [
    ...open.owed.map((one) => line(texts.reflection(one, today), handIn(one.entryId))),
    ...open.makeUps.map(({ makeUp, course }) =>
      line(texts.makeUp(makeUp, course, today), link(labels.makeUp, '补训', { course: course.id, no: makeUp.no })),
    ),
    ...open.returned.map((entry) => line(texts.returned(entry), link(labels.returned, '修改', { entry: entry.id }))),
    ...(lagging ? [line(texts.behind(behindBy))] : []),
    ...(professional.count < professional.required ? [line(texts.professional(professional.year))] : []),
    ...(professional.missedYear === null ? [] : [line(texts.missedYear(professional.missedYear))]),
    ...(open.approvals > 0 ? [line(texts.approvals(open.approvals), link(labels.approvals, '审核'))] : []),
    ...(open.readings > 0
      ? [line(texts.readings(open.readings), link(labels.readings, '体会', { verdict: 'list' }))]
      : []),
    ...(open.leaves > 0 ? [line(texts.leaves(open.leaves), link(labels.leaves, '请假', { verdict: 'list' }))] : []),
    ...(open.proofs > 0 ? [line(texts.proofs(open.proofs), link(labels.proofs, '补训', { verdict: 'list' }))] : []),
    ...(open.objections > 0
      ? [line(texts.objections(open.objections), link(labels.objections, '异议', { verdict: 'list' }))]
      : []),
    ...open.classes.map((one) => line(texts.classes(one), link(labels.classes, '考勤', { id: one.course.id }))),
    ...(open.bindings > 0 ? [line(texts.bindings(open.bindings), link(labels.bindings, '绑定'))] : []),
    ...(open.proposals > 0
      ? [line(texts.proposals(open.proposals), link(labels.proposals, '干部', { list: 'proposals' }))]
      : []),
  ];
}
