import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { pageWords } from '../../../texts/simulator-page.ts';
import { Avatar } from './avatar.ts';
import { describeChat, type Model } from './model.ts';

/** On a phone: one window at a time, chosen here. */
export function Tabs({ model, onActivate }: { model: Model; onActivate: (chat: string) => void }) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [model.active, model.open]);
  return html`
    <nav ref=${list} class="tabs" aria-label=${pageWords.tabs}>
      ${model.open.map((id) => {
        const { name } = describeChat(model, id);
        const unread = model.unread[id] ?? 0;
        return html`
          <button type="button" key=${id} aria-current=${model.active === id ? 'page' : undefined} onClick=${() => onActivate(id)}>
            <${Avatar} name=${name} kind=${id === model.group.id ? 'group' : 'person'} />
            <span><bdi>${name}</bdi></span>
            ${unread > 0 && html`<span class="dot" role="img" aria-label=${pageWords.unread(unread)}></span>`}
          </button>
        `;
      })}
    </nav>
  `;
}
