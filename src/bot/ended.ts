import { type Reply, text } from '../messenger/reply.ts';
import { botTexts } from '../texts/bot.ts';
import { dialogTexts as texts } from '../texts/hours.ts';
import type { Context } from './context.ts';

/**
 * Answers a card or a word about a draft that is no longer open.
 *
 * @param draft the number that the card carries; without it the last draft is meant
 * @param nothing what is said when there was none
 */
export async function sayEnded(context: Context, draft: number | undefined, nothing: string): Promise<Reply> {
  const end = await context.ended(draft);
  if (end?.as === 'expired') return text(`${texts.ended.expired}${texts.startAgain(end.command)}`);
  if (draft === undefined) return text(nothing);
  return text(end === null ? botTexts.cardGone : texts.ended[end.as]);
}
