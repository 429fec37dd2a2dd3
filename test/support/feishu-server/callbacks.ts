import { Refusal } from './answers.ts';
import { newId } from './app.ts';
import { acceptCard } from './content.ts';
import type { Message, Messages } from './messages.ts';
import type { Time } from './time.ts';
import type { Outcome } from './transport.ts';

const tokenMs = 30 * 60_000;
const mostUses = 2;
const tones = ['info', 'success', 'error', 'warning'];

/** What the person who tapped gets to see. */
export interface Tapped {
  /** The number in the red line under the card; null: none. */
  readonly error: number | null;
  readonly toast: { readonly type: string; readonly content: string } | null;
  /** The card that took the place of the tapped one. */
  readonly card: unknown;
  /** For the later update of the card. */
  readonly token: string;
}

interface Tap {
  readonly message: Message;
  readonly before: unknown;
  /** Changes of the message that were there before it was tapped. */
  readonly changes: number;
  readonly at: number;
  uses: number;
}

/** Taps under way, what their answers do to a card, and the c- tokens with which it can be updated afterwards. */
export class Callbacks {
  readonly #messages: Messages;
  readonly #time: Time;
  readonly #taps = new Map<string, Tap>();

  constructor(messages: Messages, time: Time) {
    this.#messages = messages;
    this.#time = time;
  }

  /** The token that goes with the callback. */
  begin(message: Message): string {
    const token = newId('c-');
    const { shown: before, changes } = message;
    this.#taps.set(token, { message, before, changes: changes.length, at: this.#time.now(), uses: 0 });
    return token;
  }

  /** What the answer does. A change that was made while it was under way is undone by it. */
  end(token: string, outcome: Outcome, via: 'long connection' | 'webhook'): Tapped {
    const tap = this.#tap(token);
    const { message, before } = tap;
    const error = errorOf(outcome, via);
    if (error !== null || outcome.result !== 'answered') return { error, toast: null, card: null, token };
    for (const change of message.changes.slice(tap.changes)) change.undone = true;
    message.shown = before;
    const { toast, card } = (outcome.body ?? {}) as { toast?: Tapped['toast']; card?: unknown };
    if (toast !== undefined && !isToast(toast)) return { error: 200672, toast: null, card: null, token };
    if (card === undefined) return { error: null, toast: toast ?? null, card: null, token };
    const accepted = readCard(card);
    if (accepted === null) return { error: 200673, toast: null, card: null, token };
    this.#messages.change(message, accepted, 'callback');
    return { error: null, toast: toast ?? null, card: accepted, token };
  }

  /** card/update: twice within half an hour. @throws Refusal */
  update(token: string, card: unknown): void {
    const tap = this.#taps.get(token);
    if (tap === undefined) throw new Refusal(230001, { ext: 'invalid token.' });
    if (this.#time.now() - tap.at > tokenMs) throw new Refusal(230001, { ext: 'token is expired.' });
    if (tap.uses >= mostUses) throw new Refusal(230001, { ext: 'token is used up.' });
    tap.uses += 1;
    this.#messages.change(tap.message, acceptCard(card), 'delayed');
  }

  #tap(token: string): Tap {
    const tap = this.#taps.get(token);
    if (tap === undefined) throw new Error(`no tap with token ${token}`);
    return tap;
  }
}

/** The numbers that Feishu's client shows when a callback goes wrong. */
function errorOf(outcome: Outcome, via: 'long connection' | 'webhook'): number | null {
  switch (outcome.result) {
    case 'not connected':
      return 200340;
    case 'no answer':
      return 200341;
    case 'unreachable':
      return 200342;
    case 'unknown host':
      return 200343;
    case 'refused':
      return 200671;
    case 'unreadable':
      return 200672;
    case 'answered':
      if (outcome.body === undefined) return via === 'webhook' ? 200672 : 108002;
      return typeof outcome.body === 'object' && outcome.body !== null && !Array.isArray(outcome.body) ? null : 200672;
  }
}

const isToast = (toast: unknown): boolean => {
  const { type, content } = (toast ?? {}) as { type?: unknown; content?: unknown };
  return typeof type === 'string' && tones.includes(type) && typeof content === 'string';
};

/** The card of an answer; null: not to be shown. Of another version than 2.0 no card is, as none was sent. */
function readCard(given: unknown): unknown {
  const { type, data } = (given ?? {}) as { type?: unknown; data?: unknown };
  if (type !== 'raw' || typeof data !== 'object' || data === null) return null;
  try {
    return acceptCard(data);
  } catch {
    return null;
  }
}
