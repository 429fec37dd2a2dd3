import { type Block, plainText } from '../../reply.ts';
import { blockElements } from './block.ts';
import { mostThat, partsOf } from './divide.ts';
import { budget, fits, sum, type Weight, weigh } from './element.ts';
import { withFewerOptions } from './form.ts';

/** What belongs together: some content and what can be done about it. */
interface Group {
  readonly body: readonly Block[];
  /** Forms and buttons, and the notes below them. */
  readonly actions: readonly Block[];
}

/** Weighing is most of the work, and the same blocks are weighed again with every one that is put beside them. */
const weights = new WeakMap<Block, Weight>();

export const weightOf = (blocks: readonly Block[]): Weight =>
  sum(
    blocks.map((block) => {
      const weight = weights.get(block) ?? sum(blockElements(block).map(weigh));
      weights.set(block, weight);
      return weight;
    }),
  );

const isAction = ({ type }: Block): boolean => type === 'form' || type === 'buttons';

export function groupsOf(blocks: readonly Block[]): Group[] {
  const groups: { body: Block[]; actions: Block[] }[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const isActing = last !== undefined && last.actions.length > 0;
    if (last !== undefined && (isAction(block) || (isActing && block.type === 'note'))) last.actions.push(block);
    else if (last === undefined || isActing)
      groups.push(isAction(block) ? { body: [], actions: [block] } : { body: [block], actions: [] });
    else last.body.push(block);
  }
  return groups;
}

/**
 * Blocks in as few cards as `room` allows each, in their order: buttons and forms on the card of what they are about,
 * and long tables and texts divided over several, each table with its columns again.
 */
export function pagesOf(blocks: readonly Block[], room: Weight): Block[][] {
  const pages: Block[][] = [];
  let page: Block[] = [];
  const has = (more: readonly Block[], on: readonly Block[] = page): boolean => fits(weightOf([...on, ...more]), room);
  const turn = (): void => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  const place = (block: Block, following: readonly Block[]): void => {
    let rest = block;
    for (;;) {
      if (has([rest, ...following])) {
        page.push(rest, ...following);
        return;
      }
      const parts = partsOf(rest);
      const count = parts === null ? 0 : mostThat(parts.size - 1, (most) => has([parts.part(0, most)]));
      if (parts !== null && count > 0) {
        page.push(parts.part(0, count));
        rest = parts.part(count, parts.size);
        turn();
      } else if (page.length > 0) {
        turn();
      } else {
        if (has([rest])) page.push(rest);
        else placeSmaller(rest);
        for (const one of following) place(one, []);
        return;
      }
    }
  };
  /** What is too much for a card of its own: a form with fewer options, or its words. */
  const placeSmaller = (block: Block): void => {
    const form = block.type === 'form' ? fewestCut(block, (smaller) => has([smaller], [])) : null;
    if (form !== null) page.push(form);
    else if (block.type !== 'text') place({ type: 'text', text: wordsOf(block) }, []);
  };
  for (const { body, actions } of groupsOf(blocks)) {
    const whole = [...body, ...actions];
    if (!has(whole) && has(whole, [])) turn();
    if (has(whole)) page.push(...whole);
    else {
      for (const [i, block] of whole.entries()) {
        const following = i === body.length - 1 ? actions : [];
        if (i < body.length || body.length === 0) place(block, following);
      }
    }
  }
  turn();
  return pages.length > 1 ? pages.map(withoutEdges).filter((one) => one.length > 0) : [pages[0] ?? []];
}

/** A line divides what stands on one card. */
function withoutEdges(page: readonly Block[]): Block[] {
  const from = page.findIndex(({ type }) => type !== 'divider');
  const to = page.findLastIndex(({ type }) => type !== 'divider');
  return from === -1 ? [] : page.slice(from, to + 1);
}

/** The form with as many options as there is room for. */
function fewestCut(form: Extract<Block, { type: 'form' }>, holds: (block: Block) => boolean): Block | null {
  const smaller = (most: number): Block => withFewerOptions(form, most) ?? form;
  const count = mostThat(budget.tags, (most) => holds(smaller(most)));
  return count === 0 ? null : smaller(count);
}

const wordsOf = (block: Block): string =>
  plainText({ type: 'card', card: { title: '', tone: 'plain', summary: '', blocks: [block] } }).trim();
