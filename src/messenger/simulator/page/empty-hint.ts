import { html } from 'htm/preact';
import { pageWords } from '../../../texts/simulator-page.ts';
import type { Person } from '../wire.ts';
import { Avatar } from './avatar.ts';

/** What to try in a chat in which nothing has been said: what this person can do, or what the group is for. */
export function EmptyHint({ person, isGroup }: { person: Person | null; isGroup: boolean }) {
  return html`
    <div class="empty">
      <${Avatar} name="" kind="bot" />
      <h3>${pageWords.emptyTitle}</h3>
      <ol>${linesFor(person, isGroup).map((line) => html`<li>${line}</li>`)}</ol>
    </div>
  `;
}

function linesFor(person: Person | null, isGroup: boolean): readonly string[] {
  const { empty } = pageWords;
  if (isGroup) return empty.group;
  if (person === null || person.state !== 'active') return empty.stranger;
  if (person.roles.includes('clerk') || person.roles.includes('department-head')) return empty.department;
  if (person.roles.includes('archivist')) return empty.archivist;
  return person.roles.includes('unit-head') ? empty.unitHead : empty.cadre;
}
