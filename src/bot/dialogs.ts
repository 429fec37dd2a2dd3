import { z } from 'zod';
import { defineCollection } from '../domain/collection.ts';
import { addMs, type Instant } from '../domain/day.ts';
import { instantSchema } from '../domain/schema.ts';
import type { Invocation } from '../messenger/reply.ts';
import type { Transaction } from '../store/store.ts';

/**
 * What the bot has asked one person in one chat: a draft that waits for 确认, or a question. There is one at a time;
 * a new one replaces it, and it survives a restart.
 */
const dialogSchema = z.object({
  messenger: z.string(),
  chat: z.string(),
  sender: z.string(),
  id: z.number().int(),
  command: z.string(),
  args: z.record(z.string(), z.json()),
  /** The missing argument, or `confirm`. */
  asking: z.string(),
  expiresAt: instantSchema,
});
export type Dialog = z.output<typeof dialogSchema>;

export const dialogs = defineCollection({
  name: 'dialogs',
  schema: dialogSchema,
  key: ['messenger', 'chat', 'sender'],
  indexes: { byExpiry: ['expiresAt'] },
  kept: 'operational',
});

export interface DialogPlace {
  readonly messenger: string;
  readonly chat: string;
  readonly sender: string;
}

const keyAt = (place: DialogPlace): string => `${place.messenger}:${place.chat}:${place.sender}`;

/** The open question of a person in a chat; an expired one is gone. */
export async function findDialog(tx: Transaction, place: DialogPlace, now: Instant): Promise<Dialog | null> {
  const dialog = await tx.get(dialogs, keyAt(place));
  return dialog !== undefined && dialog.expiresAt > now ? dialog : null;
}

/** Opens a question and returns its number, which the buttons of its card carry. */
export async function openDialog(
  tx: Transaction,
  place: DialogPlace,
  asked: Invocation & { asking: string; now: Instant; minutes: number },
): Promise<number> {
  const id = await tx.nextNumber('dialogs');
  const { command, args, asking } = asked;
  await tx.put(dialogs, { ...place, id, command, args, asking, expiresAt: addMs(asked.now, asked.minutes * 60_000) });
  return id;
}

export const closeDialog = (tx: Transaction, place: DialogPlace): Promise<void> => tx.remove(dialogs, keyAt(place));
