import { decisionTexts, logTexts } from '../../../texts/hours.ts';
import { tourWords } from '../../../texts/simulator-tour.ts';
import type { Button, Card } from '../../reply.ts';
import type { SimulatorMessage } from '../messages.ts';
import type { Person } from '../wire.ts';
import type { Model } from './model.ts';

/** Who plays in the walk: somebody without a role, and who approves. */
export interface Cast {
  readonly cadre: Person;
  readonly clerk: Person;
}

/** What has happened since a step began: the cards in the two chats as they are now, oldest first. */
export interface Seen {
  readonly cadre: readonly Card[];
  readonly clerk: readonly Card[];
  /** Whether the bot has answered whose step it is, be it without a card. */
  readonly answered: boolean;
  readonly backstage: boolean;
}

type Doing =
  | { readonly type: 'says'; readonly text: string }
  | { readonly type: 'presses'; readonly find: (card: Card, cast: Cast) => Button | undefined }
  | { readonly type: 'opens' };

/** Done when what it leads to is there, whoever has done it. */
export interface TourStep {
  /** Steps of one part need what the ones before have left: who skips one skips the rest of its part. */
  readonly part: 'training' | 'overdue' | 'bulletin' | 'backstage';
  readonly who: keyof Cast;
  readonly words: (cast: Cast) => string;
  readonly doing: Doing;
  readonly isDone: (seen: Seen, cast: Cast) => boolean;
}

const buttonsOf = (card: Card): Button[] =>
  card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));

const findSubmit = (card: Card): Button | undefined => buttonsOf(card).find(({ press }) => press.command === '确认');

/** The approval below the words on this cadre: others may be waiting on the same card. */
function findApproval(card: Card, { cadre }: Cast): Button | undefined {
  const at = card.blocks.findIndex((block) => block.type === 'text' && block.text.startsWith(`**${cadre.name}**`));
  const below = at === -1 ? [] : card.blocks.slice(at);
  const row = below.find((block) => block.type === 'buttons');
  return row?.buttons.find(({ press }) => press.args['verdict'] === 'approve');
}

/** Whatever the clerk decided, the cadre has been told. */
const isDecided = ({ cadre }: Seen): boolean =>
  cadre.some(({ title }) => Object.values<string>(decisionTexts.title).includes(title));

const { says, steps } = tourWords;

export const tourSteps: readonly TourStep[] = [
  {
    part: 'training',
    who: 'cadre',
    words: ({ cadre }) => steps.log(cadre.name, says.log),
    doing: { type: 'says', text: says.log },
    isDone: (seen) => seen.cadre.some((card) => findSubmit(card) !== undefined),
  },
  {
    part: 'training',
    who: 'cadre',
    words: ({ cadre }) => steps.confirm(cadre.name),
    doing: { type: 'presses', find: findSubmit },
    isDone: (seen) => seen.cadre.some(({ title }) => title === logTexts.submittedTitle),
  },
  {
    part: 'training',
    who: 'clerk',
    words: ({ clerk }) => steps.review(clerk.name, says.review),
    doing: { type: 'says', text: says.review },
    isDone: (seen, cast) => isDecided(seen) || seen.clerk.some((card) => findApproval(card, cast) !== undefined),
  },
  {
    part: 'training',
    who: 'clerk',
    words: ({ cadre }) => steps.approve(cadre.name),
    doing: { type: 'presses', find: findApproval },
    isDone: isDecided,
  },
  {
    part: 'overdue',
    who: 'clerk',
    words: ({ cadre }) => steps.overdue(cadre.name, says.overdue),
    doing: { type: 'says', text: says.overdue },
    // Where nobody is late the list is a sentence.
    isDone: ({ answered }) => answered,
  },
  {
    part: 'bulletin',
    who: 'clerk',
    words: () => steps.bulletin(says.bulletin),
    doing: { type: 'says', text: says.bulletin },
    isDone: ({ answered }) => answered,
  },
  {
    part: 'backstage',
    who: 'clerk',
    words: () => steps.backstage,
    doing: { type: 'opens' },
    isDone: ({ backstage }) => backstage,
  },
];

/** From the people of a first visit's windows; null where one of the two is missing, or people are real. */
export function castOf({ people, first, sample }: Model): Cast | null {
  if (!sample) return null;
  const shown = first.flatMap((chat) => people.filter(({ id }) => `p:${id}` === chat));
  const cadre = shown.find(({ roles }) => roles.length === 0);
  const clerk = shown.find(({ roles }) => roles.includes('clerk'));
  return cadre && clerk ? { cadre, clerk } : null;
}

export const chatOf = ({ id }: Person): string => `p:${id}`;

/** The bot's cards in a chat that came after message number `since`. */
export const cardsSince = (model: Model, chat: string, since: number): { message: SimulatorMessage; card: Card }[] =>
  (model.chats[chat]?.messages ?? []).flatMap((message) =>
    message.n > since && message.reply?.type === 'card' ? [{ message, card: message.reply.card }] : [],
  );

/** Whether the bot has written in a chat after message number `since`. */
export const isAnswered = (model: Model, chat: string, since: number): boolean =>
  (model.chats[chat]?.messages ?? []).some(({ n, from }) => n > since && from === null);

/** The number of the newest message in the open chats; null while one of them is still being read. */
export function newestOf({ open, chats }: Model): number | null {
  if (open.length === 0 || open.some((id) => chats[id] === undefined)) return null;
  return Math.max(0, ...Object.values(chats).map(({ messages }) => messages.at(-1)?.n ?? 0));
}
