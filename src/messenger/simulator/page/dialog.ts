import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';

/** A modal dialog: the browser keeps the focus inside, and Escape or a click beside it closes it. */
export function Dialog(props: { title: string; onClose: () => void; wide?: boolean; children: ComponentChildren }) {
  const { title, onClose, wide = false, children } = props;
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => element.current?.showModal(), []);
  const closeBeside = (event: MouseEvent): void => {
    if (event.target === element.current) onClose();
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
        ${children}
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
  const confirm = (): void => {
    onClose();
    onConfirm();
  };
  return html`
    <${Dialog} title=${title} onClose=${onClose}>
      <p>${text}</p>
      <div class="dialog-actions">
        <button type="button" onClick=${onClose}>${pageWords.cancel}</button>
        <button type="button" class=${danger ? 'danger solid' : 'primary'} autofocus onClick=${confirm}>${action}</button>
      </div>
    <//>
  `;
}
