import type { Cadre } from '../../domain/cadre.ts';
import type { Day, Instant } from '../../domain/day.ts';
import type { DayKind } from '../../domain/policy.ts';
import type { TapAnswer } from '../messenger.ts';
import type { SimulatorMessage } from './messages.ts';

/** What the page and its server tell each other; types alone, so that the page may import it. */

export type Person = Pick<Cadre, 'name' | 'unit' | 'position' | 'roles' | 'state'> & { readonly id: string };

/** Something to say, one tap away: sent at once, or put into the input to be completed. */
export interface Chip {
  readonly label: string;
  readonly text: string;
  readonly send: boolean;
}

export interface ClockView {
  readonly now: Instant;
  readonly dayKind: DayKind;
  /** What the month button does next: the last day of this month, or the first working day of the next one. */
  readonly monthStep: 'month-end' | 'first-workday';
  /** Where a walk of the clock ends; null when it stands. */
  readonly walkingTo: Instant | null;
}

export interface PageState {
  readonly clock: ClockView;
  readonly group: { readonly id: string; readonly name: string };
  readonly people: readonly Person[];
  /** Whether the people are the sample's, to be walked through and put back. */
  readonly sample: boolean;
  /** Chats that a first visit opens. */
  readonly windows: readonly string[];
}

export interface ChatView {
  readonly messages: readonly SimulatorMessage[];
  readonly earlier: boolean;
  readonly chips: readonly Chip[];
}

export type Move =
  | { readonly step: 'hour' | 'day' | 'month' }
  /** To 09:00 of a day to come. */
  | { readonly step: 'date'; readonly day: Day };

/** A message that appeared, or a card that was replaced. */
export interface ChatEvent {
  readonly type: 'message' | 'changed';
  readonly message: SimulatorMessage;
}

/** One audit record, without what the rows say. */
export interface AuditLine {
  readonly at: Instant;
  readonly actor: string;
  readonly via: string;
  readonly what: string;
  readonly n: number;
  /** First 8 hex digits of the chain's hash. */
  readonly hash: string;
  /** Of the actor; null for who is not on the roster. */
  readonly name: string | null;
  readonly changes: readonly { readonly collection: string; readonly key: string; readonly removed: boolean }[];
}

type OutboxState = 'queued' | 'leased' | 'sent' | 'failed' | 'unknown' | 'expired';

/** One message out, without what it says. `at`: when it was sent, or put into the queue. */
export interface OutboxLine {
  readonly key: string;
  readonly purpose: 'answer' | 'decision' | 'chase' | 'bulletin' | 'notice';
  readonly state: OutboxState;
  readonly notBefore: Instant;
  readonly reason: string | null;
  readonly to: string;
  readonly at: Instant;
}

/** One scheduled job: when it runs in words, and its last and next time. */
export interface JobLine {
  readonly name: string;
  readonly schedule: string;
  readonly last: {
    readonly slot: Instant;
    readonly state: 'since' | 'claimed' | 'done' | 'failed';
    readonly summary: string | null;
  } | null;
  readonly next: Instant | null;
}

/** Newest first. */
export interface BackstageView {
  readonly audit: readonly AuditLine[];
  readonly outbox: {
    readonly counts: Readonly<Record<OutboxState, number>>;
    readonly messages: readonly OutboxLine[];
  };
  readonly jobs: readonly JobLine[];
}

/** `backstage`: what the panel shows may have changed. */
export type DeskEvent =
  | ChatEvent
  | { readonly type: 'clock'; readonly clock: ClockView }
  | { readonly type: 'backstage' | 'reset' };

/** `reason` is a sentence for the person at the page. */
export type DeskResult<T = void> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export type TapResult = DeskResult<TapAnswer | null>;
