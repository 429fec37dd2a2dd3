import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { timeOf } from '../../../domain/day.ts';
import { botName } from '../../../texts/simulator.ts';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { SimulatorMessage } from '../messages.ts';
import { Avatar } from './avatar.ts';
import { Card, type Press } from './card.ts';
import { showSize } from './format.ts';
import { RichText } from './rich-text.ts';

/** One message: the own ones to the right, the bot's and other people's to the left under their name. */
export function Message(props: { message: SimulatorMessage; own: boolean; onPress: Press }) {
  const { message, own, onPress } = props;
  const { from } = message;
  const name = from === null ? botName : (from.name ?? from.id);
  return html`
    <li class=${`message ${own ? 'own' : 'other'}`} tabindex="-1">
      <div class="meta">
        ${!own && html`<${Avatar} name=${name} kind=${from === null ? 'bot' : 'person'} />`}
        <bdi class=${own ? 'visually-hidden' : 'sender'}>${name}</bdi>
        <time datetime=${message.at}>${timeOf(message.at)}</time>
        ${message.urgent === true && html`<span class="tag urgent">${pageWords.urgent}</span>`}
      </div>
      <${Content} message=${message} onPress=${onPress} />
    </li>
  `;
}

function Content({ message, onPress }: { message: SimulatorMessage; onPress: Press }) {
  const { reply, charts, files } = message;
  if (reply?.type === 'card') {
    return html`<${Card} key=${message.revision} card=${reply.card} charts=${charts} onPress=${onPress} />`;
  }
  const file = reply?.type === 'file' ? reply : null;
  const text = reply?.type === 'text' ? reply.text : (file?.caption ?? message.text);
  return html`
    ${text !== '' && html`<${Bubble} text=${text} length=${reply === null ? message.length : text.length} />`}
    ${file && html`<${FileTile} message=${message.id} name=${file.name} blob=${file.blob} />`}
    ${files.map(({ name, blob, size }) => html`<${FileTile} message=${message.id} name=${name} blob=${blob} size=${size} />`)}
  `;
}

const longText = 600;

function Bubble({ text, length }: { text: string; length: number }) {
  const [whole, setWhole] = useState(text.length <= longText);
  const clipped = whole && length > text.length;
  return html`
    <div class="bubble">
      <${RichText} text=${whole ? text : `${text.slice(0, longText)}…`} />
      ${clipped && html`<span class="note">${pageWords.clipped(length)}</span>`}
      ${
        text.length > longText &&
        html`<button type="button" class="link" onClick=${() => setWhole(!whole)}>
          ${whole ? pageWords.collapse : pageWords.expand(length)}
        </button>`
      }
    </div>
  `;
}

function FileTile(props: { message: string; name: string; blob: string; size?: number }) {
  const { message, name, blob, size } = props;
  const kind = /\.(\w{1,4})$/.exec(name)?.[1] ?? '';
  const href = `/simulator/files/${message}/${blob}`;
  return html`
    ${kind.toLowerCase() === 'png' && html`<${Picture} href=${href} name=${name} />`}
    <a class="file" href=${href} download=${name}>
      <span class=${`file-kind kind-${kind.toLowerCase().slice(0, 3)}`} aria-hidden="true">${kind.toUpperCase() || '…'}</span>
      <span class="file-name">
        <bdi>${name}</bdi>
        <small>${size === undefined ? pageWords.download : `${showSize(size)} · ${pageWords.download}`}</small>
      </span>
    </a>
  `;
}

/** A picture as it will look; a file that only calls itself one stays a file. */
function Picture({ href, name }: { href: string; name: string }) {
  const [broken, setBroken] = useState(false);
  if (broken) return null;
  return html`<img class="picture" src=${href} alt=${pageWords.picture(name)} loading="lazy" onError=${() => setBroken(true)} />`;
}
