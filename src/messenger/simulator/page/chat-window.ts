import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import { Avatar } from './avatar.ts';
import type { Press } from './card.ts';
import { Composer } from './composer.ts';
import { CloseIcon } from './icons.ts';
import { Log } from './log.ts';
import { describeChat, type Model } from './model.ts';
import { RoleTag } from './role-tag.ts';
import { type Toast, Toasts } from './toasts.ts';

export interface ChatActions {
  /** @returns whether it was delivered */
  readonly says: (person: string, chat: string, text: string) => Promise<boolean>;
  readonly uploads: (person: string, chat: string, file: File) => void;
  /** @returns why it was refused, or null */
  readonly taps: (person: string, chat: string, messageId: string, ...press: Parameters<Press>) => ReturnType<Press>;
  readonly readsEarlier: (chat: string, before: number) => Promise<void>;
  readonly activates: (chat: string) => void;
  readonly closes: (chat: string) => void;
}

/** One chat: a person with the bot, or the group, in which one of the people with a window speaks. */
export function ChatWindow(props: { model: Model; id: string; actions: ChatActions; toasts: readonly Toast[] }) {
  const { model, id, actions, toasts } = props;
  const isGroup = id === model.group.id;
  const { name, about, person } = describeChat(model, id);
  const [speaker, setSpeaker] = useState('');
  const [dropping, setDropping] = useState(false);
  const speakers = speakersOf(model);
  const who = isGroup ? (speakers.includes(speaker) ? speaker : (speakers[0] ?? '')) : id.slice(2);
  const unread = model.unread[id] ?? 0;
  const isActive = model.active === id;
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const own = element.current;
    // Under the pointer nothing moves.
    if (isActive && own !== null && !own.matches(':hover') && isCutOff(own))
      own.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isActive]);

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    for (const file of event.dataTransfer?.files ?? []) actions.uploads(who, id, file);
  };
  const onDragLeave = (event: DragEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && event.currentTarget instanceof Node && event.currentTarget.contains(to)))
      setDropping(false);
  };
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(true);
  };
  return html`
    <section
      ref=${element}
      class=${`window ${isActive ? 'active' : ''} ${dropping ? 'dropping' : ''}`}
      aria-label=${pageWords.private(name)}
      onFocusIn=${() => actions.activates(id)}
      onPointerDown=${() => actions.activates(id)}
      onDragOver=${onDragOver}
      onDragLeave=${onDragLeave}
      onDrop=${onDrop}
    >
      <header class="window-head">
        <${Avatar} name=${name} kind=${isGroup ? 'group' : 'person'} />
        <div class="who">
          <h2><bdi>${name}</bdi><${RoleTag} person=${person} /></h2>
          ${isGroup ? html`<${SpeakerChoice} model=${model} speakers=${speakers} value=${who} onChange=${setSpeaker} />` : html`<p>${person ? about : pageWords.strangerHint}</p>`}
        </div>
        ${unread > 0 && html`<span class="dot" role="img" aria-label=${pageWords.unread(unread)}></span>`}
        <button type="button" class="icon" aria-label=${pageWords.closeWindow(name)} onClick=${() => actions.closes(id)}>
          <${CloseIcon} />
        </button>
      </header>
      <${Log}
        log=${model.chats[id]}
        name=${name}
        person=${person}
        self=${who}
        isGroup=${isGroup}
        waiting=${model.waiting.includes(id)}
        onEarlier=${(before: number) => void actions.readsEarlier(id, before)}
        onPress=${(messageId: string): Press =>
          (...press) =>
            actions.taps(who, id, messageId, ...press)}
      />
      <${Toasts} toasts=${toasts} chat=${id} />
      <${Composer}
        speaker=${describeChat(model, `p:${who}`).name}
        chips=${model.chats[id]?.chips ?? []}
        mention=${isGroup}
        onSay=${(text: string) => actions.says(who, id, text)}
        onFile=${(file: File) => actions.uploads(who, id, file)}
      />
      ${dropping && html`<div class="drop-hint">${pageWords.drop}</div>`}
    </section>
  `;
}

const speakersOf = (model: Model): string[] => {
  const open = model.open.filter((chat) => chat !== model.group.id).map((chat) => chat.slice(2));
  return open.length > 0 ? open : model.people.slice(0, 1).map(({ id }) => id);
};

function SpeakerChoice(props: {
  model: Model;
  speakers: readonly string[];
  value: string;
  onChange: (person: string) => void;
}) {
  const { model, speakers, value, onChange } = props;
  const choose = (event: Event): void => {
    if (event.currentTarget instanceof HTMLSelectElement) onChange(event.currentTarget.value);
  };
  return html`
    <label class="speaker">
      ${pageWords.speaker}
      <select value=${value} onChange=${choose}>
        ${speakers.map((id) => html`<option key=${id} value=${id}>${describeChat(model, `p:${id}`).name}</option>`)}
      </select>
    </label>
  `;
}

/** Whether the row of windows shows less than the whole of it. */
function isCutOff(own: HTMLElement): boolean {
  const [box, row] = [own.getBoundingClientRect(), own.parentElement?.getBoundingClientRect()];
  return row !== undefined && (box.left < row.left || box.right > row.right);
}
