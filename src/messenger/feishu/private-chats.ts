import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { defineCollection } from '../../domain/collection.ts';
import type { Store } from '../../store/store.ts';
import { type PrivateChats, privateChatOf } from './events.ts';

/**
 * Which of the platform's chats is whose own chat with the bot. A tap names only the chat; without this a person's
 * figures could come up in a group.
 */
export const feishuPrivateChats = defineCollection({
  name: 'feishu-private-chats',
  schema: z.object({
    /** `oc_…`. */
    chatId: z.string().max(128),
    openId: z.string().max(128),
  }),
  key: ['chatId'],
  kept: 'operational',
});

const privatePrefix = privateChatOf('');

/** The person whose private chat is meant; null when it is a group. */
export const personOfChat = (chatId: string): string | null =>
  chatId.startsWith(privatePrefix) ? chatId.slice(privatePrefix.length) : null;

/** Learned from what people say there and from what is sent to them. */
export function createPrivateChats({ store, clock }: { readonly store: Store; readonly clock: Clock }): PrivateChats {
  const isKnown = async (chatId: string, openId: string): Promise<boolean> => {
    const row = await store.read((view) => view.get(feishuPrivateChats, chatId));
    return row?.openId === openId;
  };
  return {
    isPrivate: isKnown,
    async remember(chatId, openId) {
      if (await isKnown(chatId, openId)) return;
      const cause = { actor: 'system', via: 'outbox', what: 'private chat', ref: chatId, at: clock.now() } as const;
      await store.transaction(cause, (tx) => tx.put(feishuPrivateChats, { chatId, openId }));
    },
  };
}
