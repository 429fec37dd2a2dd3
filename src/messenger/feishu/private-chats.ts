import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { defineCollection } from '../../domain/collection.ts';
import type { Store } from '../../store/store.ts';

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

export interface PrivateChats {
  isPrivate(chatId: string, openId: string): Promise<boolean>;
  /** Learned from what the person says there and from what is sent to the person. */
  remember(chatId: string, openId: string): Promise<void>;
}

/** The bot's own name of a person's private chat: a menu knows the person and no chat. */
const privatePrefix = 'p2p:';

export const privateChatOf = (openId: string): string => privatePrefix + openId;

/** The person whose private chat is meant; null when it is a group. */
export const personOfChat = (chatId: string): string | null =>
  chatId.startsWith(privatePrefix) ? chatId.slice(privatePrefix.length) : null;

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
