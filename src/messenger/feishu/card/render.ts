import { feishuCardTexts as texts } from '../../../texts/feishu-card.ts';
import { type Block, type Card, plainText, type Reply } from '../../reply.ts';
import { blockElements } from './block.ts';
import { cutTo } from './cut.ts';
import { budget, type Element, markdown, minus, plainText as plainElement, type Weight, weigh } from './element.ts';
import { markdownOf, plain } from './markdown.ts';
import { pagesOf } from './pages.ts';
import { textContents } from './text-message.ts';

/** What one message to Feishu is made of; `content` is the JSON that the platform's API takes. */
export interface FeishuContent {
  readonly msgType: 'text' | 'interactive';
  readonly content: string;
}

/**
 * A reply as messages: one, or several where one card or text cannot hold it. The first carries the summary; buttons
 * and forms stand on the card of what they are about.
 */
export function renderReply(reply: Extract<Reply, { type: 'text' | 'card' }>): readonly FeishuContent[] {
  if (reply.type === 'text') return textContents(plain(reply.text)).map((content) => ({ msgType: 'text', content }));
  const { card } = reply;
  const pages = pagesOf(withDistinctForms(card.blocks), roomOf(card));
  return pages.map((blocks, i) => ({
    msgType: 'interactive',
    content: JSON.stringify(cardOf(pages.length === 1 ? card : partOf(card, i + 1, pages.length), blocks)),
  }));
}

/** A reply as the one card that travels back in the answer to a tap, or that takes the place of another. */
export function renderCard(reply: Reply): object {
  const card = reply.type === 'card' ? reply.card : bareCard(plainText(reply));
  return cardOf(card, cutTo(withDistinctForms(card.blocks), roomOf(card)));
}

function partOf(card: Card, part: number, of: number): Card {
  const title = texts.part(card.title, part, of);
  return { ...card, title, summary: part === 1 ? card.summary : title };
}

/** Characters of a text's first line that a notification has room for. */
const longestSummary = 100;

/** A text as a card, which has no title then. */
const bareCard = (text: string): Card => ({
  title: '',
  tone: 'plain',
  summary: Array.from(text.split('\n')[0] ?? '')
    .slice(0, longestSummary)
    .join(''),
  blocks: [{ type: 'text', text }],
});

const templates = { plain: 'default', info: 'blue', good: 'green', warn: 'orange', bad: 'red' } as const;

function cardOf(card: Card, blocks: readonly Block[]): object {
  const elements = blocks.flatMap(blockElements);
  return frame(card, elements.length > 0 ? elements : [markdown(markdownOf(card.summary))]);
}

const frame = ({ title, tone, summary }: Card, elements: readonly Element[]): object => ({
  schema: '2.0',
  config: { update_multi: true, summary: { content: plain(summary) } },
  ...(title === '' ? {} : { header: { title: plainElement(plain(title)), template: templates[tone] } }),
  body: { elements },
});

/** What a card has left for its blocks. */
const roomOf = (card: Card): Weight => minus(budget, weigh(frame(partOf(card, 10, 10), [])));

/** Names of forms and fields are of the whole card. */
function withDistinctForms(blocks: readonly Block[]): Block[] {
  const taken = new Map<string, number>();
  return blocks.map((block) => {
    if (block.type !== 'form') return block;
    const count = (taken.get(block.name) ?? 0) + 1;
    taken.set(block.name, count);
    return count === 1 ? block : { ...block, name: `${block.name}_${count}` };
  });
}
