import { html } from 'htm/preact';

const colours = 8;

/** The first letter of a name on a colour that stays with it. */
export function Avatar({ name, kind = 'person' }: { name: string; kind?: 'person' | 'group' | 'bot' }) {
  if (kind === 'bot') return html`<img class="avatar" src="/icon.svg" alt="" />`;
  const letters = Array.from(name);
  const colour = letters.reduce((sum, each) => sum + (each.codePointAt(0) ?? 0), 0) % colours;
  const letter = kind === 'group' ? '群' : (letters[0] ?? '?');
  return html`<span class=${`avatar ${kind === 'group' ? 'group' : `colour-${colour}`}`} aria-hidden="true">${letter}</span>`;
}
