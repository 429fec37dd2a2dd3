import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';

/** The group chats that the bot knows; the clerk decides which of them receive the bulletin. */
export const chatSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  name: z.string().max(80),
  bulletin: z.boolean(),
});
export type KnownChat = z.output<typeof chatSchema>;

export const chats = defineCollection({
  name: 'chats',
  schema: chatSchema,
  key: ['messenger', 'id'],
  indexes: { byBulletin: ['bulletin'] },
});
