import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { botName } from '../../../texts/simulator.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Chip } from '../wire.ts';
import { AttachIcon, SendIcon } from './icons.ts';

/** Where a person types: Enter sends, Shift+Enter breaks the line, an input method's Enter does neither. */
export function Composer(props: {
  speaker: string;
  chips: readonly Chip[];
  mention: boolean;
  onSay: (text: string) => Promise<boolean>;
  onFile: (file: File) => void;
}) {
  const { speaker, chips, mention, onSay, onFile } = props;
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, 140)}px`;
  }, [text]);

  const say = async (words: string): Promise<void> => {
    if (words.trim() === '') return;
    setText('');
    // What was not delivered comes back, unless something new has been begun.
    if (!(await onSay(words.trim()))) setText((begun) => begun || words);
  };
  const choose = (chip: Chip): void => {
    if (chip.send) {
      void onSay(chip.text);
    } else {
      setText(chip.text);
      area.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void say(text);
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void say(text);
  };
  const onInput = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLTextAreaElement) setText(event.currentTarget.value);
  };
  const onPick = (): void => {
    for (const file of picker.current?.files ?? []) onFile(file);
    if (picker.current) picker.current.value = '';
  };

  return html`
    <form class="composer" onSubmit=${onSubmit}>
      <div class="chips">
        ${chips.map(
          (chip) =>
            html`<button type="button" class="chip" key=${chip.label} onClick=${() => choose(chip)}>${chip.label}</button>`,
        )}
      </div>
      <div class="input">
        ${mention && html`<span class="mention">@${botName}</span>`}
        <textarea
          ref=${area}
          rows="1"
          value=${text}
          placeholder=${pageWords.placeholder}
          aria-label=${pageWords.input(speaker)}
          onInput=${onInput}
          onKeyDown=${onKeyDown}
        ></textarea>
        <input ref=${picker} type="file" class="visually-hidden" tabindex="-1" aria-hidden="true" onChange=${onPick} />
        <button type="button" class="icon" aria-label=${pageWords.attach} title=${pageWords.attach} onClick=${() => picker.current?.click()}>
          <${AttachIcon} />
        </button>
        <button type="submit" class="icon send" aria-label=${pageWords.send} title=${pageWords.send} disabled=${text.trim() === ''}>
          <${SendIcon} />
        </button>
      </div>
    </form>
  `;
}
