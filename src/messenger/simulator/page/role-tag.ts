import { html } from 'htm/preact';
import { cadreStateNames, roleNames } from '../../../texts/glossary.ts';
import type { Person } from '../wire.ts';

/** What a person is besides a cadre. */
export function RoleTag({ person }: { person: Person | null }) {
  if (person === null) return null;
  const words =
    person.state === 'active' ? person.roles.map((role) => roleNames[role]) : [cadreStateNames[person.state]];
  return html`${words.map((word) => html`<span class=${`tag ${person.state === 'active' ? '' : 'grey'}`}>${word}</span>`)}`;
}
