import type { Day } from '../../../domain/day.ts';
import type { Button, Card } from '../../reply.ts';
import type { SimulatorMessage } from '../messages.ts';
import type { ClockView, Move, Person } from '../wire.ts';
import type { Model } from './model.ts';

/** Who plays in the walks: somebody without a role, who approves, and two more of the first one's unit. */
export interface Cast {
  readonly cadre: Person;
  readonly clerk: Person;
  readonly leaver: Person;
  readonly late: Person;
}

type Cards = Readonly<Record<keyof Cast, readonly Card[]>>;

/** What a step looks at; cards as they are now, oldest first. */
export interface Seen {
  readonly cast: Cast;
  /** Those that came since the step began. */
  readonly cards: Cards;
  /** All that are known. */
  readonly known: Cards;
  /** Whether the bot has answered whose step it is, be it without a card. */
  readonly answered: boolean;
  /** Whether it was to something that was said there since the step began. */
  readonly replied: boolean;
  readonly backstage: boolean;
  /** The simulator's when the walk began. */
  readonly day: Day;
  /** How somebody is named who is not the only one of the name. */
  readonly nameOf: (person: Person) => string;
}

/** Null and undefined: what it takes is not there yet. */
export type Doing =
  | { readonly type: 'says'; readonly who: keyof Cast; readonly text: (seen: Seen) => string | null }
  | {
      readonly type: 'presses';
      readonly who: keyof Cast;
      readonly find: (card: Card, cast: Cast) => Button | undefined;
    }
  /** Move by move; null when the clock is where it should be. */
  | { readonly type: 'moves'; readonly next: (clock: ClockView, day: Day) => Move | null }
  | { readonly type: 'opens' };

/** Done when what it leads to is there, whoever has done it. */
export interface TourStep<Part extends string = string> {
  /** Steps of one part need what the ones before have left: who skips one skips the rest of its part. */
  readonly part: Part;
  /** Earlier parts that this one needs as well. */
  readonly needs?: readonly Part[];
  readonly who: keyof Cast;
  readonly words: (cast: Cast) => string;
  /** One after the other, at one tap. */
  readonly doings: readonly [Doing, ...Doing[]];
  readonly isDone: (seen: Seen) => boolean;
  /** What was said was taken, while what it leads to is on its way. */
  readonly isTaken?: (seen: Seen) => boolean;
}

const buttonsOf = (card: Card): Button[] =>
  card.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));

export const findButton = (card: Card, is: (press: Button['press']) => boolean): Button | undefined =>
  buttonsOf(card).find(({ press }) => is(press));

export const findSubmit = (card: Card): Button | undefined => findButton(card, ({ command }) => command === '确认');

export const isTitled = (cards: readonly Card[], ...titles: readonly string[]): boolean =>
  cards.some(({ title }) => titles.includes(title));

/** From the people of a first visit's windows; null where somebody is missing, or people are real. */
export function castOf({ people, first, sample }: Model): Cast | null {
  if (!sample) return null;
  const shown = first.flatMap((chat) => people.filter(({ id }) => `p:${id}` === chat));
  const cadre = shown.find(({ roles }) => roles.length === 0);
  const clerk = shown.find(({ roles }) => roles.includes('clerk'));
  const isClassmate = ({ id, unit, state }: Person): boolean =>
    unit === cadre?.unit && state === 'active' && id !== cadre.id && id !== clerk?.id;
  const [leaver, late] = new Set([...shown, ...people].filter(isClassmate));
  return cadre && clerk && leaver && late ? { cadre, clerk, leaver, late } : null;
}

export const chatOf = ({ id }: Person): string => `p:${id}`;

/** The bot's cards in a chat that came after message number `since`. */
export const cardsSince = (model: Model, chat: string, since: number): { message: SimulatorMessage; card: Card }[] =>
  (model.chats[chat]?.messages ?? []).flatMap((message) =>
    message.n > since && message.reply?.type === 'card' ? [{ message, card: message.reply.card }] : [],
  );

/** What there is to see for a step that began after message number `since`. */
export function look(
  model: Model,
  { cast, step, since, ...rest }: Pick<Seen, 'cast' | 'backstage' | 'day'> & { step: TourStep; since: number },
): Seen {
  const cardsOf = (from: number): Cards => {
    const of = (person: Person) => cardsSince(model, chatOf(person), from).map(({ card }) => card);
    return { cadre: of(cast.cadre), clerk: of(cast.clerk), leaver: of(cast.leaver), late: of(cast.late) };
  };
  const fresh = (model.chats[chatOf(cast[step.who])]?.messages ?? []).filter(({ n }) => n > since);
  const said = fresh.findIndex(({ from }) => from !== null);
  return {
    ...rest,
    cast,
    cards: cardsOf(since),
    known: cardsOf(0),
    answered: fresh.some(({ from }) => from === null),
    replied: said !== -1 && fresh.slice(said).some(({ from }) => from === null),
    nameOf: ({ name, unit }) =>
      model.people.filter((other) => other.name === name).length > 1 ? `${name}${unit}` : name,
  };
}

/** The number of the newest message in the open chats; null while one of them is still being read. */
export function newestOf({ open, chats }: Model): number | null {
  if (open.length === 0 || open.some((id) => chats[id] === undefined)) return null;
  return Math.max(0, ...Object.values(chats).map(({ messages }) => messages.at(-1)?.n ?? 0));
}
