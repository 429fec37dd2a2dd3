import { html } from 'htm/preact';
import { useCallback, useState } from 'preact/hooks';
import type { TapAnswer } from '../../messenger.ts';

export type Toast = TapAnswer['toast'] & { readonly id: number };

const shownMs = 3500;

/** Short words that come and go. */
export function useToasts(): { toasts: readonly Toast[]; toast: (tone: Toast['tone'], text: string) => void } {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const toast = useCallback((tone: Toast['tone'], text: string) => {
    const id = performance.now();
    setToasts((all) => [...all.slice(-2), { id, tone, text }]);
    setTimeout(() => setToasts((all) => all.filter((one) => one.id !== id)), shownMs);
  }, []);
  return { toasts, toast };
}

export const Toasts = ({ toasts }: { toasts: readonly Toast[] }) => html`
  <div class="toasts" role="status" aria-live="assertive">
    ${toasts.map(({ id, tone, text }) => html`<p key=${id} class=${`toast ${tone}`}>${text}</p>`)}
  </div>
`;
