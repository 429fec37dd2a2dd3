import { useEffect, useState } from 'preact/hooks';
import { tourWords } from '../../../texts/simulator-tour.ts';
import type { ChatActions } from './chat-window.ts';
import { keepTour, keptTour, type TourState } from './kept-tour.ts';
import type { Model } from './model.ts';
import {
  type Cast,
  cardsSince,
  castOf,
  chatOf,
  isAnswered,
  newestOf,
  type Seen,
  type TourStep,
  tourSteps,
} from './tour-steps.ts';

/** A walk through the page for who sees it for the first time. */
export interface Tour {
  readonly cast: Cast;
  /** Counted from 0; null before the beginning, the number of steps after the end. */
  readonly at: number | null;
  readonly step: TourStep | null;
  readonly shown: boolean;
  /** Why a step was not done for the visitor. */
  readonly note: string | null;
  readonly busy: boolean;
  readonly begin: () => void;
  /** Does the present step for the visitor. */
  readonly act: () => Promise<void>;
  /** Goes on with the next part. */
  readonly skip: () => void;
  readonly leave: () => void;
  /** Comes back to where it was left; leaves when it is under way. */
  readonly toggle: () => void;
}

/** Null where nobody is there to play it. Where it stands outlives the page. */
export function useTour(options: {
  model: Model;
  backstage: boolean;
  actions: ChatActions;
  onOpen: (chat: string) => void;
  onBackstage: () => void;
}): Tour | null {
  const { model, backstage, actions, onOpen, onBackstage } = options;
  const [state, setState] = useState(keptTour);
  const [note, setNote] = useState<string | null>(null);
  const [acting, setActing] = useState(false);
  const { at, since, shown } = state;
  const cast = castOf(model);
  const step = (at === null ? undefined : tourSteps[at]) ?? null;
  const newest = newestOf(model);

  const change = (next: Partial<TourState>, why: string | null = null): void => {
    setState((known) => ({ ...known, ...next }));
    setNote(why);
  };
  const goTo = (next: number): void =>
    // What is to be pressed came with the step before.
    change({ at: next, shown: true, since: tourSteps[next]?.doing.type === 'presses' ? since : newest });
  const begin = (): void => {
    for (const player of cast ? [cast.clerk, cast.cadre] : []) onOpen(chatOf(player));
    goTo(0);
  };

  const seen = cast !== null && since !== null && step !== null ? look(model, cast, step, since, backstage) : null;
  const isDone = cast !== null && seen !== null && step?.isDone(seen, cast);
  // The bot may have its reasons, such as a day that is full: they stand in the window.
  const isOtherwise = step?.doing.type === 'says' && seen?.answered === true && !isDone;
  useEffect(() => {
    if (isDone && at !== null) goTo(at + 1);
  }, [isDone, at]);
  useEffect(() => {
    if (since === null && step !== null && newest !== null) change({ since: newest });
  }, [since, step, newest]);
  useEffect(() => keepTour(state), [state]);
  useEffect(() => {
    if (model.resets > 0 && step !== null) change({ at: 0, since: null });
  }, [model.resets]);
  if (cast === null) return null;

  const person = step && cast[step.who];
  const act = async (): Promise<void> => {
    if (step === null || at === null || since === null || person === null) return;
    const { doing } = step;
    if (doing.type === 'opens') return onBackstage();
    const chat = chatOf(person);
    onOpen(chat);
    if (doing.type === 'says') {
      await actions.says(person.id, chat, doing.text);
      return;
    }
    const found = cardsSince(model, chat, since).flatMap(({ message, card }) => {
      const button = doing.find(card, cast);
      return button ? [{ message, button }] : [];
    });
    const last = found.at(-1);
    if (last !== undefined) setNote(await actions.taps(person.id, chat, last.message.id, last.button, {}));
    // A window that was closed has yet to be filled: the next tap finds the card.
    else if (model.chats[chat] !== undefined) change({ at: at - 1 }, tourWords.cardGone);
  };
  return {
    cast,
    at,
    step,
    shown,
    note: note ?? (isOtherwise ? tourWords.otherwise : null),
    busy:
      acting ||
      since === null ||
      model.connection !== 'live' ||
      (person !== null && model.waiting.includes(chatOf(person))),
    begin,
    act: async () => {
      setActing(true);
      await act().finally(() => setActing(false));
    },
    skip: () => goTo(tourSteps.findLastIndex(({ part }) => part === step?.part) + 1),
    leave: () => change({ shown: false }),
    toggle: () => {
      if (step === null) begin();
      else change({ shown: !shown });
    },
  };
}

const look = (model: Model, cast: Cast, { who }: TourStep, since: number, backstage: boolean): Seen => ({
  cadre: cardsSince(model, chatOf(cast.cadre), since).map(({ card }) => card),
  clerk: cardsSince(model, chatOf(cast.clerk), since).map(({ card }) => card),
  answered: isAnswered(model, chatOf(cast[who]), since),
  backstage,
});
