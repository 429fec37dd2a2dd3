import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import type { DeskEvent } from '../wire.ts';
import { api } from './api.ts';
import { keepWindows, keptWindows } from './kept-windows.ts';
import { type Action, emptyModel, type Model, type ModelEvent, reduce } from './model.ts';

/** Runs a request and shows the sentence of a failed one, in its chat's window if any. @returns undefined when it failed */
export type Attempt = <T>(work: Promise<T>, chat?: string) => Promise<T | undefined>;

/** The model, kept up to date by the server's events; loaded anew whenever the connection comes back. */
export function useDesk(attempt: Attempt): {
  model: Model;
  dispatch: (action: Action) => void;
  refreshClock: () => Promise<Model['clock'] | undefined>;
} {
  const [model, dispatch] = useReducer(reduce, emptyModel);

  useEffect(() => {
    const load = async (): Promise<void> => {
      const state = await attempt(api.state());
      if (state) dispatch({ type: 'loaded', state, open: keptWindows(), at: performance.now() });
    };
    const events = new EventSource('/simulator/events');
    events.onopen = () => void load();
    events.onerror = () => dispatch({ type: 'connection', connection: 'lost' });
    events.onmessage = ({ data }) => {
      const event: DeskEvent = JSON.parse(data);
      if (event.type === 'reset') {
        dispatch({ type: 'reset' });
        void load();
      } else dispatch({ type: 'event', event: { ...event } as ModelEvent, at: performance.now() });
    };
    return () => events.close();
  }, [attempt]);

  const asked = useRef(new Set<string>());
  useEffect(() => {
    for (const id of model.open) {
      if (model.chats[id] !== undefined || asked.current.has(id)) continue;
      asked.current.add(id);
      void attempt(api.chat(id))
        .then((view) => view && dispatch({ type: 'chat', id, view }))
        .finally(() => asked.current.delete(id));
    }
  }, [model.open, model.chats, attempt]);

  // What may be said changes with the time, and with what was said.
  const isStill = model.clock?.walkingTo === null;
  const now = model.clock?.now;
  const said = model.open.map((id) => model.chats[id]?.messages.at(-1)?.n ?? 0).join();
  const open = model.open.filter((id) => model.chats[id] !== undefined).join('\n');
  useEffect(() => {
    if (!isStill || now === undefined || said === '' || open === '') return;
    const later = setTimeout(() => {
      for (const id of open.split('\n')) {
        void attempt(api.chips(id)).then((chips) => chips && dispatch({ type: 'chips', id, chips }));
      }
    }, 300);
    return () => clearTimeout(later);
  }, [isStill, now, said, open, attempt]);

  useEffect(() => {
    if (model.connection !== 'loading') keepWindows(model.open);
  }, [model.open, model.connection]);

  const refreshClock = useCallback(async () => {
    const state = await attempt(api.state());
    if (state) dispatch({ type: 'event', event: { type: 'clock', clock: state.clock }, at: performance.now() });
    return state?.clock;
  }, [attempt]);

  return { model, dispatch, refreshClock };
}
