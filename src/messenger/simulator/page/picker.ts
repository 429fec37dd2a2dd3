import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import { Avatar } from './avatar.ts';
import { Dialog } from './dialog.ts';
import type { Model } from './model.ts';
import { RoleTag } from './role-tag.ts';

interface Choice {
  readonly chat: string;
  readonly name: string;
  readonly about: string;
  readonly person: Model['people'][number] | null;
}

const mostShown = 40;

/** Whose chat to open: anybody on the roster, the group, or a stranger by an id of one's own making. */
export function Picker({
  model,
  onOpen,
  onClose,
}: {
  model: Model;
  onOpen: (chat: string) => void;
  onClose: () => void;
}) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = choices(model, query.trim());
  const shown = found.slice(0, mostShown);
  const index = Math.min(at, shown.length - 1);
  const onInput = (event: InputEvent): void => {
    if (event.currentTarget instanceof HTMLInputElement) setQuery(event.currentTarget.value);
    setAt(0);
  };
  const list = (close: () => void) => {
    const open = (choice: Choice | undefined): void => {
      if (choice === undefined) return;
      close();
      onOpen(choice.chat);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) setAt(Math.max(0, Math.min(shown.length - 1, index + step)));
      else if (event.key === 'Enter' && !event.isComposing) open(shown[index]);
      else return;
      event.preventDefault();
    };
    return html`
      <input
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls="choices"
        aria-activedescendant=${`choice-${index}`}
        aria-label=${pageWords.search}
        placeholder=${pageWords.search}
        value=${query}
        autofocus
        autocomplete="off"
        onInput=${onInput}
        onKeyDown=${onKeyDown}
      />
      <ul class="picks" id="choices" role="listbox" aria-label=${pageWords.openTitle}>
        ${shown.map(
          (choice, i) =>
            html`<${Pick}
              key=${choice.chat}
              id=${`choice-${i}`}
              choice=${choice}
              isGroup=${choice.chat === model.group.id}
              isAt=${i === index}
              unread=${model.unread[choice.chat] ?? 0}
              onPick=${() => open(choice)}
            />`,
        )}
      </ul>
      ${found.length > mostShown && html`<p class="note">${pageWords.more(found.length - mostShown)}</p>`}
    `;
  };
  return html`<${Dialog} title=${pageWords.openTitle} onClose=${onClose} wide>${list}<//>`;
}

function Pick(props: {
  id: string;
  choice: Choice;
  isGroup: boolean;
  isAt: boolean;
  unread: number;
  onPick: () => void;
}) {
  const { id, choice, isGroup, isAt, unread, onPick } = props;
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAt) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isAt]);
  return html`
    <li ref=${element} id=${id} role="option" aria-selected=${isAt} onClick=${onPick}>
      <${Avatar} name=${choice.person === null && !isGroup ? '?' : choice.name} kind=${isGroup ? 'group' : 'person'} />
      <span class="who"><b><bdi>${choice.name}</bdi></b><small>${choice.about}</small></span>
      <${RoleTag} person=${choice.person} />
      ${unread > 0 && html`<span class="badge">${unread}</span>`}
    </li>
  `;
}

/** Those with something new first, then the department and the heads, then everybody by 工号. */
function choices(model: Model, query: string): Choice[] {
  const people = model.people
    .filter(({ id, name, unit, position }) => [id, name, unit, position].some((word) => word.includes(query)))
    .map((person): Choice => {
      const about = [person.unit, person.position, person.id].filter(Boolean).join(' · ');
      return { chat: `p:${person.id}`, name: person.name, about, person };
    });
  const group: Choice = { chat: model.group.id, name: model.group.name, about: pageWords.groupHint, person: null };
  const stranger: Choice = {
    chat: `p:${query}`,
    name: pageWords.strangerLabel(query),
    about: pageWords.strangerHint,
    person: null,
  };
  const rank = ({ chat, person }: Choice): number =>
    (model.unread[chat] ?? 0) > 0 ? 0 : person === null ? 1 : person.roles.length > 0 ? 2 : 3;
  const known = [...(group.name.includes(query) ? [group] : []), ...people].sort((a, b) => rank(a) - rank(b));
  return query === '' || query.length > 32 || people.some(({ person }) => person?.id === query)
    ? known
    : [...known, stranger];
}
