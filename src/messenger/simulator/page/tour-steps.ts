import { decisionTexts, logTexts } from '../../../texts/hours.ts';
import { tourWords } from '../../../texts/simulator-tour.ts';
import type { Button, Card } from '../../reply.ts';
import { type Cast, findSubmit, isTitled, type Seen, type TourStep } from './tour-play.ts';

/** The approval below the words on this cadre: others may be waiting on the same card. */
function findApproval(card: Card, { cadre }: Cast): Button | undefined {
  const at = card.blocks.findIndex((block) => block.type === 'text' && block.text.startsWith(`**${cadre.name}**`));
  const below = at === -1 ? [] : card.blocks.slice(at);
  const row = below.find((block) => block.type === 'buttons');
  return row?.buttons.find(({ press }) => press.args['verdict'] === 'approve');
}

/** Whatever the clerk decided, the cadre has been told. */
const isDecided = ({ cards }: Seen): boolean => isTitled(cards.cadre, ...Object.values(decisionTexts.title));

const { says, steps } = tourWords;

/** From a sentence to the records behind it. */
export const tourSteps: readonly TourStep<'training' | 'overdue' | 'bulletin' | 'backstage'>[] = [
  {
    part: 'training',
    who: 'cadre',
    words: ({ cadre }) => steps.log(cadre.name, says.log),
    doings: [{ type: 'says', who: 'cadre', text: () => says.log }],
    isDone: ({ cards }) => cards.cadre.some((card) => findSubmit(card) !== undefined),
  },
  {
    part: 'training',
    who: 'cadre',
    words: ({ cadre }) => steps.confirm(cadre.name),
    doings: [{ type: 'presses', who: 'cadre', find: findSubmit }],
    isDone: ({ cards }) => isTitled(cards.cadre, logTexts.submittedTitle),
  },
  {
    part: 'training',
    who: 'clerk',
    words: ({ clerk }) => steps.review(clerk.name, says.review),
    doings: [{ type: 'says', who: 'clerk', text: () => says.review }],
    isDone: (seen) => isDecided(seen) || seen.cards.clerk.some((card) => findApproval(card, seen.cast) !== undefined),
  },
  {
    part: 'training',
    who: 'clerk',
    words: ({ cadre }) => steps.approve(cadre.name),
    doings: [{ type: 'presses', who: 'clerk', find: findApproval }],
    isDone: isDecided,
  },
  {
    part: 'overdue',
    who: 'clerk',
    words: ({ cadre }) => steps.overdue(cadre.name, says.overdue),
    doings: [{ type: 'says', who: 'clerk', text: () => says.overdue }],
    // Where nobody is late the list is a sentence.
    isDone: ({ answered }) => answered,
  },
  {
    part: 'bulletin',
    who: 'clerk',
    words: () => steps.bulletin(says.bulletin),
    doings: [{ type: 'says', who: 'clerk', text: () => says.bulletin }],
    isDone: ({ answered }) => answered,
  },
  {
    part: 'backstage',
    who: 'clerk',
    words: () => steps.backstage,
    doings: [{ type: 'opens' }],
    isDone: ({ backstage }) => backstage,
  },
];
