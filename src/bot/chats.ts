import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import { instantSchema } from '../domain/schema.ts';

/** The group chats that the bot knows; the clerk decides which of them receive the bulletin. */
export const chatSchema = z.object({
  messenger: z.string(),
  id: z.string().max(128),
  name: z.string().max(80),
  bulletin: z.boolean(),
  /** The bot has been removed from it. */
  removed: z.boolean().optional(),
  /** When the platform last told that the bot came or went: what it tells late about earlier changes nothing. */
  heardAt: instantSchema.optional(),
});
export type KnownChat = z.output<typeof chatSchema>;

export const chats = defineCollection({
  name: 'chats',
  schema: chatSchema,
  key: ['messenger', 'id'],
  indexes: { byBulletin: ['bulletin'] },
});
