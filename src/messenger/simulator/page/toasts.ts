import { html } from 'htm/preact';
import { useCallback, useState } from 'preact/hooks';
import type { TapAnswer } from '../../messenger.ts';

/** `chat`: the window it belongs to; null for the whole page. */
export type Toast = TapAnswer['toast'] & { readonly id: number; readonly chat: string | null };
export type ShowToast = (tone: Toast['tone'], text: string, chat?: string | null) => void;

const shownMs = { info: 3500, good: 3500, bad: 8000 };

/** Short words that come and go; what failed stays longer. */
export function useToasts(): { toasts: readonly Toast[]; toast: ShowToast } {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const toast: ShowToast = useCallback((tone, text, chat = null) => {
    const id = performance.now();
    setToasts((all) => [...all.slice(-2), { id, tone, text, chat }]);
    setTimeout(() => setToasts((all) => all.filter((one) => one.id !== id)), shownMs[tone]);
  }, []);
  return { toasts, toast };
}

/** Those of one window, or of the page. */
export const Toasts = ({ toasts, chat }: { toasts: readonly Toast[]; chat: string | null }) => html`
  <div class="toasts" role="status" aria-live="assertive">
    ${toasts
      .filter((toast) => toast.chat === chat)
      .map(({ id, tone, text }) => html`<p key=${id} class=${`toast ${tone}`}>${text}</p>`)}
  </div>
`;
