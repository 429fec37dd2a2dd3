import { type Button, type Card, card, note, type Reply, reasonForm, words } from '../messenger/reply.ts';

/** What asks somebody for a reason; `said`: what they gave and is none, `fault` says so. */
interface ReasonAsked {
  readonly title: string;
  readonly summary: string;
  readonly label: string;
  readonly submit: Button;
  readonly said: string;
  readonly fault: string | undefined;
  readonly hint: string;
}

/** Asks why, in a form; the next message is as good where the command has opened the question. */
export function reasonCard({ title, summary, label, submit, said, fault, hint }: ReasonAsked): Reply {
  const tone: Card['tone'] = said === '' ? 'info' : 'warn';
  return card(title, tone, summary, words(summary), reasonForm(label, submit, { value: said, fault }), note(hint));
}
