import { z } from 'zod';
import type { Cadre } from '../../domain/cadre.ts';
import { defineCollection } from '../../domain/collection.ts';
import { instantSchema } from '../../domain/schema.ts';
import type { Sender } from '../../messenger/messenger.ts';
import { enqueue } from '../../messenger/outbox.ts';
import { buttons, card, link, note, type Reply, text, words } from '../../messenger/reply.ts';
import { botTexts } from '../../texts/bot.ts';
import { cadreStateNames } from '../../texts/glossary.ts';
import { greetingTexts as texts } from '../../texts/happenings.ts';
import type { HappeningContext } from '../context.ts';
import { recognise } from '../recognise.ts';

/** Whom the bot has greeted: platforms tell each time that somebody opens the chat, and a greeting is said once. */
export const greetings = defineCollection({
  name: 'greetings',
  schema: z.object({ messenger: z.string(), id: z.string().max(128), at: instantSchema }),
  key: ['messenger', 'id'],
  kept: 'operational',
});

export async function greet({ tx, messenger, now }: HappeningContext, sender: Sender): Promise<void> {
  const cadre = await recognise(tx, messenger, sender);
  const { id } = sender;
  if ((await tx.get(greetings, `${messenger}:${id}`)) !== undefined) return;
  await tx.put(greetings, { messenger, id, at: now });
  const key = `greeting:${messenger}:${id}`;
  await enqueue(tx, { key, messenger, to: { type: 'person', id }, purpose: 'answer', reply: greetingFor(cadre) });
}

function greetingFor(cadre: Cadre | null): Reply {
  if (cadre === null) return text(botTexts.stranger);
  if (cadre.state !== 'active') return text(botTexts.inactive(cadreStateNames[cadre.state]));
  const kind = kindOf(cadre);
  const summary = texts.summary(cadre);
  return card(
    texts.title,
    'info',
    summary,
    words(summary),
    words(texts.lines[kind].join('\n')),
    buttons(...menus[kind].map((command) => link(command, command)), link('帮助', '帮助')),
    note(texts.hint),
  );
}

/** The most that somebody is: what they do for others before what they do for themselves. */
function kindOf({ roles }: Cadre): keyof typeof texts.lines {
  if (roles.includes('clerk') || roles.includes('department-head')) return 'desk';
  if (roles.includes('archivist')) return 'archivist';
  return roles.includes('unit-head') ? 'unitHead' : 'cadre';
}

/** The commands behind the three lines. */
const menus: Readonly<Record<keyof typeof texts.lines, readonly string[]>> = {
  cadre: ['登记', '进度', '待办'],
  unitHead: ['本单位', '登记', '待办'],
  desk: ['审核', '逾期', '通报'],
  archivist: ['干部', '绑定', '登记'],
};
