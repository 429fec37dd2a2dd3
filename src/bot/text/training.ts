import type { Day } from '../../domain/day.ts';
import type { Content, Form, Kind } from '../../domain/hours.ts';
import { type DayWorth, readAmount } from './amounts.ts';
import { readDays } from './days.ts';
import { readFields, strikeLabels } from './fields.ts';
import { readLooseWords, strikeFillers } from './loose-words.ts';
import { strikeOut, struckWord } from './mask.ts';
import { normalise } from './normalise.ts';
import { findRefusal, type Refusal, takesBack } from './refusal.ts';
import { readTitles } from './title.ts';
import { findLoneWords, findLongWords } from './vocabulary.ts';

export interface TrainingSlots {
  /** Hundredths; never together with `halfDays`. */
  readonly hours?: number;
  readonly halfDays?: number;
  readonly from?: Day;
  readonly to?: Day;
  readonly content?: Content;
  readonly kind?: Kind;
  readonly form?: Form;
  readonly title?: string;
  readonly organiser?: string;
  readonly place?: string;
}

export const trainingSlots = ['hours', 'days', 'content', 'kind', 'form', 'title', 'organiser', 'place'] as const;
export type TrainingSlot = (typeof trainingSlots)[number];

/** A slot that is named but cannot be read, or a day that has not come; it is absent from the slots. */
export interface SlotProblem {
  readonly slot: TrainingSlot;
  readonly reason: 'impossible' | 'several' | 'reversed' | 'future' | 'unclosed' | 'unknown' | 'too-long';
  readonly words: string;
}

export interface TrainingReading {
  readonly slots: TrainingSlots;
  /** The text ends with 确认, its title stood in 《》 or the like, and nothing in it was taken back (不对，是4学时). */
  readonly confirmed: boolean;
  /** What was taken from which words. */
  readonly understood: readonly { readonly slot: TrainingSlot; readonly words: string }[];
  /** Words that say nothing to this grammar. */
  readonly leftover: string;
  /** Why the text tells of no training that took place; then nothing may be recorded from it. */
  readonly refused: Refusal | null;
  readonly problems: readonly SlotProblem[];
}

const longest = { title: 200, organiser: 120, place: 120 } as const;
const opening = /^(?:登记学时|登记|补登|记学时|报学时)\s?[:：,，]?\s?/;
const confirmation = /(?<![\p{L}\p{N}])确[认定](?:提交|登记)?[\s。.!！,，;；~]*$/u;

/**
 * What a sentence says about a training that its speaker took part in, as 登记 needs it: slots in any order, with or
 * without spaces, as words or as fields (内容：党性教育). Nothing is guessed: what is missing, doubtful or contradictory
 * is absent. Words inside the title never count as slots. Never throws, whatever the text.
 *
 * @param text as it was typed, or normalised
 * @param policy of the day, to see whether 两天 and 16学时 say the same
 */
export function readTraining(text: string, today: Day, policy: DayWorth): TrainingReading {
  const draft = new Draft(normalise(text).replace(opening, ''));
  readTitle(draft);
  readNamedFields(draft, today);
  const refused = findRefusal(draft.left);
  const isFirm = !takesBack(draft.left);
  readSpan(draft, today);
  readWorth(draft, policy);
  readVocabulary(draft);
  const confirmed = confirmation.test(draft.left);
  const loose = readLooseWords(strikeLabels(draft.left.replace(confirmation, '')));
  const inferred = loose.title !== null && draft.understood.length > 0 && !draft.knows('title');
  if (inferred) draft.take('title', loose.title ?? '', { title: loose.title ?? '' });
  const { slots, understood, problems } = draft;
  return {
    slots,
    confirmed: confirmed && isFirm && (loose.title ?? loose.leftover) === '',
    understood,
    leftover: inferred ? '' : (loose.title ?? loose.leftover),
    refused,
    problems,
  };
}

/** A reading on its way. */
class Draft {
  /** The text without what has been understood. */
  left: string;
  slots: TrainingSlots = {};
  understood: TrainingReading['understood'] = [];
  readonly problems: SlotProblem[] = [];

  constructor(text: string) {
    this.left = text;
  }

  take(slot: TrainingSlot, words: string, values: TrainingSlots): void {
    this.slots = { ...this.slots, ...values };
    this.understood = [...this.understood, { slot, words }];
  }

  /** A doubt outweighs what was taken before. */
  doubt(slot: TrainingSlot, reason: SlotProblem['reason'], words: string): void {
    this.slots = Object.fromEntries(Object.entries(this.slots).filter(([name]) => name !== slot));
    this.understood = this.understood.filter((one) => one.slot !== slot);
    this.problems.push({ slot, reason, words });
  }

  /** Whether something was said about the slot, readable or not. */
  knows(slot: TrainingSlot): boolean {
    return [...this.understood, ...this.problems].some((one) => one.slot === slot);
  }
}

function readTitle(draft: Draft): void {
  const { titles, unclosed, left } = readTitles(draft.left);
  draft.left = left;
  const [first] = titles;
  if (unclosed !== null) draft.doubt('title', 'unclosed', unclosed);
  else if (new Set(titles.map(({ title }) => title)).size > 1)
    draft.doubt('title', 'several', titles.map(({ words }) => words).join(''));
  else if (first !== undefined) takeText(draft, 'title', first.title, first.words);
}

function takeText(draft: Draft, slot: 'title' | 'organiser' | 'place', value: string, words: string): void {
  if (draft.knows(slot)) draft.doubt(slot, 'several', words);
  else if (value.length > longest[slot]) draft.doubt(slot, 'too-long', words);
  else draft.take(slot, words, { [slot]: value });
}

function readNamedFields(draft: Draft, today: Day): void {
  const fields = readFields(draft.left, today);
  const read = fields.filter(({ name, value }) => {
    if (name === 'title' || name === 'organiser' || name === 'place') takeText(draft, name, value, value);
    else if ([...findLongWords(value), ...findLoneWords(value)].some(({ slot }) => slot === name)) return false;
    else draft.doubt(name, 'unknown', value);
    return true;
  });
  draft.left = strikeOut(draft.left, read);
}

function readSpan(draft: Draft, today: Day): void {
  const days = readDays(draft.left, today);
  if (!days.ok && days.reason === 'none') return;
  draft.left = strikeOut(draft.left, days.parts);
  if (!days.ok) draft.doubt('days', days.reason, days.words);
  else if (days.to > today) draft.doubt('days', 'future', days.words);
  else draft.take('days', days.words, { from: days.from, to: days.to });
}

function readWorth(draft: Draft, policy: DayWorth): void {
  const reading = readAmount(draft.left, policy);
  if (!reading.ok && reading.reason === 'none') return;
  draft.left = strikeOut(draft.left, reading.parts);
  const { words } = reading;
  if (!reading.ok) draft.doubt('hours', reading.reason, words);
  else if (reading.amount.unit === 'half-days') draft.take('hours', words, { halfDays: reading.amount.count });
  else {
    const { hours } = reading.amount;
    draft.take('hours', words.includes('学时') ? words : `${words}，按 ${hours / 100} 学时`, { hours });
  }
}

function readVocabulary(draft: Draft): void {
  const long = findLongWords(draft.left);
  draft.left = strikeOut(draft.left, long, struckWord);
  const bare = strikeFillers(strikeLabels(draft.left));
  const lone = findLoneWords(bare);
  draft.left = strikeOut(draft.left, lone, struckWord);
  const found = [...long, ...lone];
  for (const slot of ['content', 'kind', 'form'] as const) {
    const said = found.filter((word) => word.slot === slot);
    const [first, ...others] = said;
    if (first === undefined || draft.knows(slot)) continue;
    const words = [...new Set(said.map((word) => word.words))].join('，');
    if (others.some(({ value }) => value !== first.value)) draft.doubt(slot, 'several', words);
    else draft.take(slot, words, { [slot]: first.value });
  }
}
