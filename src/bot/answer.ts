import type { TapAnswer } from '../messenger/messenger.ts';
import { type Card, plainText, type Reply } from '../messenger/reply.ts';
import { botTexts as texts } from '../texts/bot.ts';

const toastLength = 60;

const tones: Record<Card['tone'], TapAnswer['toast']['tone']> = {
  plain: 'info',
  info: 'info',
  good: 'good',
  warn: 'info',
  bad: 'bad',
};

/** How a command's reply travels back to a tap: a toast and the card in its new state, or a message below the card. */
export async function answerTap(
  reply: Reply,
  tap: { keep: boolean; below: (reply: Reply) => Promise<void> },
): Promise<TapAnswer> {
  if (reply.type === 'card' && !tap.keep) {
    return { toast: { tone: tones[reply.card.tone], text: shorten(reply.card.summary) }, card: reply };
  }
  const words = plainText(reply);
  if (reply.type === 'text' && reply.done === true) {
    await tap.below(reply);
    return { toast: { tone: 'good', text: shorten(words) }, card: null };
  }
  if (reply.type === 'text' && words.length <= toastLength) {
    // Words where the card's new state was expected: the tap changed nothing, and they say why.
    return { toast: { tone: tap.keep ? 'info' : 'bad', text: words }, card: null };
  }
  await tap.below(reply);
  return { toast: { tone: 'info', text: texts.sentBelow }, card: null };
}

const shorten = (words: string): string => (words.length > toastLength ? `${words.slice(0, toastLength - 1)}…` : words);
