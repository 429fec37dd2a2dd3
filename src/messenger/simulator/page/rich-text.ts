import { html } from 'htm/preact';
import { botName } from '../../../texts/simulator.ts';

/** Text with `**bold**` and the bot's name as a mention; everything else stands as it was written. */
export function RichText({ text }: { text: string }) {
  return html`${text.split(marked).map((part) => {
    if (part === `@${botName}`) return html`<span class="mention">${part}</span>`;
    const bold = /^\*\*([^*]+)\*\*$/.exec(part);
    return bold ? html`<strong>${bold[1]}</strong>` : part;
  })}`;
}

const marked = new RegExp(`(\\*\\*[^*]+\\*\\*|@${botName})`);
