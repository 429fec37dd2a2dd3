import { html } from 'htm/preact';
import { botName } from '../../../texts/simulator.ts';

/**
 * Text with `**bold**`, the bot's name as a mention and addresses as links; everything else stands as it was written. A
 * day, a number and what it counts, a 课次 or a name in a list stays on one line.
 */
export function RichText({ text }: { text: string }) {
  return html`${text.split(marked).map((part) => {
    if (part === `@${botName}`) return html`<span class="mention">${part}</span>`;
    if (part.startsWith('http')) return html`<a href=${part} target="_blank" rel="noopener noreferrer">${part}</a>`;
    const bold = /^\*\*([^*]+)\*\*$/.exec(part);
    return bold ? html`<strong><${Unbroken} text=${bold[1] ?? ''} /></strong>` : html`<${Unbroken} text=${part} />`;
  })}`;
}

const Unbroken = ({ text }: { text: string }) =>
  html`${text.split(together).map((part, i) => (i % 2 === 1 ? html`<span class="unbroken">${part}</span>` : part))}`;

const marked = new RegExp(`(\\*\\*[^*]+\\*\\*|@${botName}|https?://[\\w.:/?#&=%~-]+)`);
const together =
  /((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|(?:登记号|变更号|编号) \d+|\d+(?:[.,]\d+)* ?(?:个工作日|个单位|学时|人次|[人条篇项次字天行份日年%])|第\d+课次|(?<=[、：])[\u4e00-\u9fff·・]{2,8}(?=、)|(?<=、)[\u4e00-\u9fff·・]{2,8}(?=[。；，（\n]|$))/;
