import type { Day } from '../../../../src/domain/day.ts';
import type { Content, Form, Kind } from '../../../../src/domain/hours.ts';

export type Speaker = 'cadre' | 'unitHead' | 'clerk' | 'archivist';

/** What a training draft must say: every slot that is absent here must be absent there. */
export interface ExpectedDraft {
  /** `11-19` or `11-05..11-07` of the speaker's year, or with a year. */
  readonly on?: string;
  readonly hours?: number;
  readonly half?: number;
  readonly content?: Content;
  readonly kind?: Kind;
  readonly form?: Form;
  readonly title?: string;
  readonly place?: string;
  readonly organiser?: string;
  /** The slot that is asked for because its words have more than one reading, or none. */
  readonly asks?: 'hours' | 'days' | 'content' | 'title' | 'kind' | 'form';
}

export type Expectation =
  | { readonly type: 'draft'; readonly draft: ExpectedDraft }
  | { readonly type: 'command'; readonly command: string; readonly args: object }
  /** Nothing is drafted: it negates, asks, plans, or tells of others. */
  | { readonly type: 'refused'; readonly why: 'negation' | 'question' | 'future' | 'others' }
  /** One sentence without a command. */
  | { readonly type: 'answer'; readonly about: 'thanks' | 'greeting' | 'calm' | 'reflection-rules' | 'own-only' }
  | { readonly type: 'unknown' };

/** Something that somebody says while nothing is open, and what it has to mean. */
export interface Utterance {
  readonly text: string;
  readonly today: Day;
  readonly speaker: Speaker;
  readonly expected: Expectation;
}

const all = (texts: readonly string[], expected: Expectation): Utterance[] =>
  texts.map((text) => ({ text, today: '2026-11-20', speaker: 'cadre', expected }));

export const drafts = (draft: ExpectedDraft, ...texts: string[]): Utterance[] => all(texts, { type: 'draft', draft });
export const means = (command: string, args: object, ...texts: string[]): Utterance[] =>
  all(texts, { type: 'command', command, args });
export const refuses = (why: (Expectation & { type: 'refused' })['why'], ...texts: string[]): Utterance[] =>
  all(texts, { type: 'refused', why });
export const answers = (about: (Expectation & { type: 'answer' })['about'], ...texts: string[]): Utterance[] =>
  all(texts, { type: 'answer', about });
export const unknown = (...texts: string[]): Utterance[] => all(texts, { type: 'unknown' });

/** The same said by somebody else, or on another day than Friday, 20 November 2026. */
export const by = (speaker: Speaker, ...groups: Utterance[][]): Utterance[] =>
  groups.flat().map((one) => ({ ...one, speaker }));
export const on = (today: Day, ...groups: Utterance[][]): Utterance[] =>
  groups.flat().map((one) => ({ ...one, today }));
