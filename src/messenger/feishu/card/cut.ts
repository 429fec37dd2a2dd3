import { feishuCardTexts as texts } from '../../../texts/feishu-card.ts';
import { type Block, note } from '../../reply.ts';
import { partsOf } from './divide.ts';
import { fits, minus, type Weight } from './element.ts';
import { groupsOf, pagesOf, weightOf } from './pages.ts';

/** A block that takes a smaller share of the card than this is left whole. */
const long = 1 / 8;

/**
 * Blocks that fit into one card, for where there can be no second one: first the long tables and texts lose their
 * ends, then whole groups before the last one go, with their buttons; at the end stands how to see everything.
 */
export function cutTo(blocks: readonly Block[], room: Weight): Block[] {
  if (fits(weightOf(blocks), room)) return [...blocks];
  const how = note(howToSeeAll(blocks));
  const left = minus(room, weightOf([how]));
  const holds = (some: readonly Block[]): boolean => fits(weightOf(some), left);
  let kept = [...blocks];
  while (!holds(kept)) {
    const shorter = shortenLongest(kept, left);
    if (shorter === null) break;
    kept = shorter;
  }
  while (!holds(kept)) {
    const groups = groupsOf(kept);
    if (groups.length <= 1) break;
    groups.splice(Math.max(1, groups.length - 2), 1);
    kept = groups.flatMap(({ body, actions }) => [...body, ...actions]);
  }
  return [...(pagesOf(kept, left)[0] ?? []), how];
}

function shortenLongest(blocks: readonly Block[], room: Weight): Block[] | null {
  const shares = blocks.map((block) => {
    const parts = block.type === 'table' || block.type === 'text' ? partsOf(block) : null;
    return parts !== null && parts.size > 1 ? weightOf([block]).bytes / room.bytes : 0;
  });
  const most = Math.max(...shares);
  const at = shares.indexOf(most);
  const parts = blocks[at] === undefined ? null : partsOf(blocks[at]);
  if (parts === null || most < long) return null;
  const shorter = parts.part(0, Math.max(1, Math.floor(parts.size * 0.8)));
  return blocks.map((block, i) => (i === at ? shorter : block));
}

function howToSeeAll(blocks: readonly Block[]): string {
  const file = blocks
    .flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
    .find(({ label }) => texts.fileLabel.test(label));
  return file === undefined ? texts.cut : texts.cutWithFile(file.label);
}
