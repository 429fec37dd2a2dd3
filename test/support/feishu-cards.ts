import { renderCard, renderReply } from '../../src/messenger/feishu/card/render.ts';
import type { Block, Card, Reply } from '../../src/messenger/reply.ts';
import { seenIn } from './feishu-markdown.ts';

/** A rendered component; what is in it is looked into by the tests that know it. */
export interface Shown {
  readonly tag: string;
  readonly content?: string;
  readonly text?: { readonly content: string };
  readonly elements?: readonly Shown[];
  readonly columns?: readonly Shown[];
  readonly [property: string]: unknown;
}

export interface ShownCard {
  readonly schema: string;
  readonly config: { readonly update_multi: boolean; readonly summary: { readonly content: string } };
  readonly header?: { readonly title: { readonly content: string }; readonly template: string };
  readonly body: { readonly elements: readonly Shown[] };
}

export const replyOf = (blocks: readonly Block[], more: Partial<Card> = {}): Extract<Reply, { type: 'card' }> => ({
  type: 'card',
  card: { title: '登记', tone: 'info', summary: '已登记 3 学时', blocks: [...blocks], ...more },
});

/** The cards that are sent for these blocks. */
export const sentCards = (blocks: readonly Block[], more: Partial<Card> = {}): ShownCard[] =>
  renderReply(replyOf(blocks, more)).map(({ content }) => JSON.parse(content));

/** The components of the only card for these blocks. */
export function shown(...blocks: readonly Block[]): readonly Shown[] {
  const cards = sentCards(blocks);
  if (cards.length !== 1) throw new Error(`${cards.length} cards`);
  return cards[0]?.body.elements ?? [];
}

/** The card that takes the place of another. */
export const cardInPlace = (reply: Reply): ShownCard => renderCard(reply) as ShownCard;

/** Everything that is read on a card from its first component to its last; buttons in 【】. */
export const readCard = ({ body }: ShownCard): string => body.elements.map(read).join('\n');

function read(one: Shown): string {
  switch (one.tag) {
    case 'markdown':
      return seenIn(one.content ?? '');
    case 'div':
      return one.text?.content ?? '';
    case 'button':
      return `【${one.text?.content}】`;
    case 'table':
      return [...(one['rows'] as object[])].map((row) => Object.values(row).join(' ')).join('\n');
    default:
      return [...(one.elements ?? []), ...(one.columns ?? [])].map(read).join('\n');
  }
}
