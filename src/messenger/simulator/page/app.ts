import { html } from 'htm/preact';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { botName } from '../../../texts/simulator.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { ClockView, Move } from '../wire.ts';
import { ApiError, api } from './api.ts';
import { Backstage } from './backstage.ts';
import { type ChatActions, ChatWindow } from './chat-window.ts';
import { showMoment } from './format.ts';
import { keepBackstage, keptBackstage } from './kept-windows.ts';
import { Picker } from './picker.ts';
import { Tabs } from './tabs.ts';
import { Toasts, useToasts } from './toasts.ts';
import { TopBar } from './top-bar.ts';
import { TourBar } from './tour.ts';
import { type Attempt, useDesk } from './use-desk.ts';
import { useTour } from './use-tour.ts';

const longestWaitMs = 15_000;
const largestFile = 20 * 1_048_576;

export function App() {
  const { toasts, toast } = useToasts();
  const attempt: Attempt = useCallback(
    async (work, chat) => {
      try {
        return await work;
      } catch (error) {
        toast('bad', error instanceof ApiError ? error.message : pageWords.failed, chat);
        return undefined;
      }
    },
    [toast],
  );
  const { model, dispatch, refreshClock } = useDesk(attempt);
  const [backstage, setBackstage] = useState(keptBackstage);
  const showBackstage = (open: boolean): void => {
    setBackstage(open);
    keepBackstage(open);
  };
  const [picking, setPicking] = useState(false);

  const actions = useMemo((): ChatActions => {
    const awaitAnswer = async (chat: string, sent: Promise<unknown>): Promise<boolean> => {
      const stop = (): void => dispatch({ type: 'waiting', id: chat, on: false });
      dispatch({ type: 'waiting', id: chat, on: true });
      const delivered = (await attempt(sent, chat)) !== undefined;
      if (delivered) setTimeout(stop, longestWaitMs);
      else stop();
      return delivered;
    };
    return {
      says: (person, chat, text) => {
        const words = chat.startsWith('p:') ? text : `@${botName} ${text}`;
        return awaitAnswer(chat, api.says(person, chat, words));
      },
      uploads: (person, chat, file) => {
        if (file.size > largestFile) toast('bad', pageWords.tooLarge, chat);
        else void awaitAnswer(chat, api.upload(person, chat, file));
      },
      taps: async (person, chat, messageId, button, values) => {
        const answer = await attempt(api.taps(person, messageId, button.press, values), chat);
        // A card in its new state speaks for itself.
        if (!answer || answer.card !== null) return null;
        const { tone, text } = answer.toast;
        if (tone === 'bad') return text;
        toast(tone, text, chat);
        return null;
      },
      readsEarlier: async (id, before) => {
        const view = await attempt(api.chat(id, before), id);
        if (view) dispatch({ type: 'earlier', id, view });
      },
      activates: (id) => dispatch({ type: 'activate', id }),
      closes: (id) => dispatch({ type: 'close', id }),
    };
  }, [attempt, toast, dispatch]);

  const openChat = (id: string): void => dispatch({ type: 'open', id });
  const move = async (step: Move): Promise<ClockView | undefined> => {
    if ((await attempt(api.move(step))) === undefined) return undefined;
    const clock = await refreshClock();
    if (clock) toast('good', pageWords.arrived(showMoment(clock.now)));
    return clock ?? undefined;
  };
  const tour = useTour({
    model,
    backstage,
    actions,
    onOpen: openChat,
    onBackstage: () => showBackstage(true),
    onMove: move,
    onClock: async () => (await refreshClock()) ?? undefined,
  });
  const reset = async (): Promise<void> => {
    if ((await attempt(api.reset())) !== undefined) toast('good', pageWords.resetDone);
  };
  const elsewhere = Object.keys(model.unread).filter((id) => !model.open.includes(id)).length;

  return html`
    <${TopBar}
      clock=${model.clock}
      clockAt=${model.clockAt}
      elsewhere=${elsewhere}
      onMove=${move}
      onReset=${model.sample ? reset : null}
      tour=${tour}
      backstage=${backstage}
      onBackstage=${() => showBackstage(!backstage)}
      onOpen=${() => setPicking(true)}
      onNewDay=${refreshClock}
    />
    <${Tabs} model=${model} onActivate=${actions.activates} />
    ${tour?.shown && html`<${TourBar} tour=${tour} />`}
    <div class="stage">
    <main class="windows">
      ${model.open.map((id) => html`<${ChatWindow} key=${id} model=${model} id=${id} actions=${actions} toasts=${toasts} />`)}
    </main>
    ${
      backstage &&
      html`<${Backstage} key=${model.resets} revision=${model.backstage} attempt=${attempt} onClose=${() => showBackstage(false)} />`
    }
    </div>
    ${model.connection === 'lost' && html`<p class="offline" role="alert">${pageWords.offline}</p>`}
    ${
      picking &&
      html`<${Picker}
        model=${model}
        onOpen=${openChat}
        onClose=${() => setPicking(false)}
      />`
    }
    <${Toasts} toasts=${toasts} chat=${null} />
  `;
}
