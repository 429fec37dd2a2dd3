import { z } from 'zod';
import { defineCollection } from '../../domain/collection.ts';
import { instantSchema } from '../../domain/schema.ts';
import { blobsOf, replySchema } from '../reply.ts';

/** One bubble of a chat as everybody in it sees it. */
const simulatorMessageSchema = z.object({
  /** The platform's id: `om_1001`. */
  id: z.string(),
  /** Order within the simulator. */
  n: z.number().int(),
  /** `p:` + 工号, or the group's id. */
  chat: z.string(),
  at: instantSchema,
  /** Null: the bot. */
  from: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** What a person wrote, the first 4,000 characters of it. */
  text: z.string(),
  /** Characters of the whole text. */
  length: z.number().int(),
  files: z.array(z.object({ name: z.string(), blob: z.string(), size: z.number().int() })),
  /** What the bot said. */
  reply: replySchema.nullable(),
  /** One SVG for each chart of the card, in order. */
  charts: z.array(z.string()),
  /** Grows whenever the card is replaced. */
  revision: z.number().int(),
  /** The sender's idempotency key; null for people. */
  key: z.string().nullable(),
  /** 加急. */
  urgent: z.boolean().optional(),
});
export type SimulatorMessage = z.output<typeof simulatorMessageSchema>;

/** What was said, so that chats survive a restart and a repeated `send` finds its first. */
export const simulatorMessages = defineCollection({
  name: 'simulator-messages',
  schema: simulatorMessageSchema,
  key: ['id'],
  indexes: { byChat: ['chat', 'n'], byKey: ['key'] },
  kept: 'operational',
  blobsOf: ({ files, reply }) => [...files.map(({ blob }) => blob), ...(reply === null ? [] : blobsOf(reply))],
  numbered: { field: 'n', sequence: 'simulator-message' },
});
