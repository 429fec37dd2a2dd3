import { button, buttons, card, type Reply, text, words } from '../messenger/reply.ts';
import { listAll, type Reader } from '../store/store.ts';
import { bulletinDeskTexts as texts } from '../texts/bulletin-desk.ts';
import { chats, type KnownChat } from './chats.ts';
import type { Context } from './context.ts';

/** The groups that receive the bulletin. */
export const receivingGroups = (view: Reader): Promise<KnownChat[]> =>
  listAll(view, chats, { index: 'byBulletin', equals: [true] });

/** The known groups, each with its switch. */
export async function showGroups({ tx }: Context): Promise<Reply> {
  const known = (await listAll(tx, chats)).filter(({ removed }) => removed !== true);
  if (known.length === 0) return text(texts.groupsEmpty);
  const summary = texts.groupsSummary(known.filter(({ bulletin }) => bulletin).length, known.length);
  return card(
    texts.groupsTitle,
    'plain',
    summary,
    words(summary),
    ...known.flatMap(({ messenger, id, name, bulletin }) => [
      words(texts.groupLine(name, bulletin)),
      buttons(
        button(bulletin ? texts.buttons.stop : texts.buttons.receive, '通报', {
          view: 'groups',
          chat: `${messenger}:${id}`,
          receive: !bulletin,
        }),
      ),
    ]),
  );
}

/** Decides whether a group receives the bulletin from now on. */
export async function switchGroup(context: Context, key: string, receive: boolean): Promise<Reply> {
  const chat = await context.tx.get(chats, key);
  if (chat === undefined || chat.removed === true) return text(texts.groupGone);
  await context.tx.put(chats, { ...chat, bulletin: receive });
  return showGroups(context);
}
