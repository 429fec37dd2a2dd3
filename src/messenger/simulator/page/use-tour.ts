import { useEffect, useState } from 'preact/hooks';
import { dayOf } from '../../../domain/day.ts';
import { tourWords } from '../../../texts/simulator-tour.ts';
import type { ClockView, Move } from '../wire.ts';
import type { ChatActions } from './chat-window.ts';
import { keepTour, keptTour, type TourState } from './kept-tour.ts';
import type { Model } from './model.ts';
import { type Cast, cardsSince, castOf, chatOf, type Doing, look, newestOf, type TourStep } from './tour-play.ts';
import { type SceneName, scenes, stepAfterSkip } from './tour-scenes.ts';

/** Walks through the page for who sees it for the first time. */
export interface Tour {
  readonly cast: Cast;
  readonly scene: SceneName;
  /** Counted from 0; null before the beginning, the number of steps after the end. */
  readonly at: number | null;
  readonly step: TourStep | null;
  readonly shown: boolean;
  /** Why a step was not done for the visitor. */
  readonly note: string | null;
  readonly busy: boolean;
  readonly begin: (scene: SceneName) => void;
  /** Does the present step for the visitor. */
  readonly act: () => void;
  /** Goes on with what does not need this part. */
  readonly skip: () => void;
  readonly leave: () => void;
  /** Comes back to where it was left; leaves when it is under way. */
  readonly toggle: () => void;
}

/** How a doing went: a sentence when it was refused, and whether the next one may follow. */
interface Outcome {
  readonly goesOn: boolean;
  readonly note: string | null;
}

/** How long what one doing leads to may take before the next gives up. */
const patienceMs = 15_000;

/** Null where nobody is there to play it. Where it stands outlives the page. */
export function useTour(options: {
  model: Model;
  backstage: boolean;
  actions: ChatActions;
  onOpen: (chat: string) => void;
  onBackstage: () => void;
  /** Undefined when it failed, which is shown. */
  onMove: (move: Move) => Promise<ClockView | undefined>;
  onClock: () => Promise<ClockView | undefined>;
}): Tour | null {
  const { model, backstage, actions, onOpen, onBackstage, onMove, onClock } = options;
  const [state, setState] = useState(keptTour);
  const [note, setNote] = useState<string | null>(null);
  /** What is still to be done at this tap. */
  const [queue, setQueue] = useState<readonly Doing[]>([]);
  const [acting, setActing] = useState(false);
  const { scene, at, since, shown } = state;
  const { steps } = scenes[scene];
  const cast = castOf(model);
  const step = (at === null ? undefined : steps[at]) ?? null;
  const newest = newestOf(model);
  const today = model.clock && dayOf(model.clock.now);
  const day = state.day ?? today;

  const change = (next: Partial<TourState>, why: string | null = null): void => {
    setState((known) => ({ ...known, ...next }));
    setNote(why);
    setQueue([]);
  };
  const goTo = (next: number): void =>
    // What is to be pressed came with the step before.
    change({ at: next, shown: true, since: steps[next]?.doings[0].type === 'presses' ? since : newest });
  const begin = (next: SceneName): void => {
    const { players, makesRoom } = scenes[next];
    const playing = cast === null ? [] : players.map((player) => chatOf(cast[player]));
    for (const chat of playing) onOpen(chat);
    for (const chat of makesRoom ? model.open : [])
      if (!playing.includes(chat) && model.chats[chat]?.messages.length === 0) actions.closes(chat);
    change({ scene: next, at: 0, since: newest, day: today, shown: true });
  };

  const seen =
    cast && since !== null && step && day !== null ? look(model, { cast, step, since, backstage, day }) : null;
  const isDone = seen !== null && step?.isDone(seen);
  // The bot may have its reasons, such as a day that is full: they stand in the window.
  const isOtherwise =
    step?.doings.length === 1 &&
    step.doings[0].type === 'says' &&
    seen?.replied === true &&
    !isDone &&
    step.isTaken?.(seen) !== true;

  /** Null while what it takes is not there yet. */
  const prepare = (doing: Doing): (() => Promise<Outcome>) | null => {
    if (cast === null || seen === null || since === null) return null;
    if (doing.type === 'opens') {
      return async () => {
        onBackstage();
        return { goesOn: true, note: null };
      };
    }
    if (doing.type === 'moves') {
      return async () => {
        for (let clock = await onClock(); clock; ) {
          const move = doing.next(clock, seen.day);
          if (move === null) return { goesOn: true, note: null };
          clock = await onMove(move);
        }
        return { goesOn: false, note: null };
      };
    }
    const person = cast[doing.who];
    const chat = chatOf(person);
    if (doing.type === 'says') {
      const said = doing.text(seen);
      if (said === null) return null;
      return async () => {
        onOpen(chat);
        return { goesOn: await actions.says(person.id, chat, said), note: null };
      };
    }
    const found = cardsSince(model, chat, since).flatMap(({ message, card }) => {
      const button = doing.find(card, cast);
      return button ? [{ message, button }] : [];
    });
    const last = found.at(-1);
    if (last === undefined) return null;
    return async () => {
      onOpen(chat);
      const refused = await actions.taps(person.id, chat, last.message.id, last.button, {});
      return { goesOn: refused === null, note: refused };
    };
  };

  useEffect(() => {
    if (isDone && at !== null) goTo(at + 1);
  }, [isDone, at]);
  useEffect(() => {
    const [doing] = queue;
    if (doing === undefined || acting || cast === null || step === null || at === null || isDone) return;
    const go = prepare(doing);
    if (go === null) {
      if (doing !== step.doings[0] || doing.type !== 'presses') return;
      // A window that was closed has yet to be filled.
      const chat = chatOf(cast[doing.who]);
      onOpen(chat);
      if (model.chats[chat] !== undefined) change({ at: at - 1 }, tourWords.cardGone);
      return;
    }
    setActing(true);
    void go()
      .then(({ goesOn, note: why }) => {
        // Meanwhile the step may have been done, or skipped.
        setQueue((known) => (known[0] !== doing ? known : goesOn ? known.slice(1) : []));
        if (why !== null) setNote(why);
      })
      .finally(() => setActing(false));
  });
  useEffect(() => {
    if (queue.length === 0 || acting) return;
    const timer = setTimeout(() => {
      setQueue([]);
      setNote(tourWords.otherwise);
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [queue, acting]);
  useEffect(() => {
    if (since === null && step !== null && newest !== null) change({ since: newest });
  }, [since, step, newest]);
  useEffect(() => keepTour(state), [state]);
  useEffect(() => {
    if (model.resets > 0 && step !== null) change({ at: 0, since: null, day: null });
  }, [model.resets]);
  if (cast === null) return null;

  return {
    cast,
    scene,
    at,
    step,
    shown,
    note: note ?? (isOtherwise ? tourWords.otherwise : null),
    busy:
      acting ||
      queue.length > 0 ||
      since === null ||
      model.connection !== 'live' ||
      (step !== null && model.waiting.includes(chatOf(cast[step.who]))),
    begin,
    act: () => {
      setNote(null);
      setQueue(step?.doings ?? []);
      // Until its first tap the walk begins on whatever day it is.
      if (at === 0) setState((known) => ({ ...known, day: today }));
    },
    skip: () => goTo(stepAfterSkip(steps, at ?? 0)),
    leave: () => change({ shown: false }),
    toggle: () => {
      if (step === null) begin('hours');
      else change({ shown: !shown });
    },
  };
}
