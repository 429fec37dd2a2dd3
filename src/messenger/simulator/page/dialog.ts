import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';

/**
 * A modal dialog: the browser keeps the focus inside, Escape or a click beside it closes it, and `close` does, too,
 * giving the focus back to where it was.
 */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: (close: () => void) => ComponentChildren;
}) {
  const { title, onClose, wide = false, children } = props;
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => element.current?.showModal(), []);
  const close = (): void => element.current?.close();
  const closeBeside = (event: MouseEvent): void => {
    if (event.target === element.current) close();
  };
  return html`
    <dialog
      ref=${element}
      class=${wide ? 'wide' : ''}
      aria-labelledby=${id}
      onClose=${onClose}
      onMouseDown=${closeBeside}
    >
      <div class="dialog-body">
        <h2 id=${id}>${title}</h2>
        ${children(close)}
      </div>
    </dialog>
  `;
}

/** Asks before something takes effect. */
export function Confirm(props: {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { title, text, action, danger = false, onConfirm, onClose } = props;
  const actions = (close: () => void) => {
    const confirm = (): void => {
      close();
      onConfirm();
    };
    return html`
      <p>${text}</p>
      <div class="dialog-actions">
        <button type="button" onClick=${close}>${pageWords.cancel}</button>
        <button type="button" class=${danger ? 'danger solid' : 'primary'} autofocus onClick=${confirm}>${action}</button>
      </div>
    `;
  };
  return html`<${Dialog} title=${title} onClose=${onClose}>${actions}<//>`;
}
