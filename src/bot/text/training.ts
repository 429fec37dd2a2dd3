import type { Day } from '../../domain/day.ts';
import type { Content, Form, Kind } from '../../domain/hours.ts';
import { type Amount, type DayWorth, readAmount } from './amounts.ts';
import { readDays } from './days.ts';
import { readFields, strikeLabels } from './fields.ts';
import { type LooseWords, readLooseWords, strikeFillers } from './loose-words.ts';
import { strikeOut, struckWord } from './mask.ts';
import { namesTraining, readCompanions, readNarration, strikeChatter } from './narration.ts';
import { normalise } from './normalise.ts';
import { findRefusal, type Refusal, takesBack } from './refusal.ts';
import { readTitles } from './title.ts';
import { readVagueAmount, readVagueDays, type Vague } from './vague.ts';
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
  readonly reason:
    | 'impossible'
    | 'several'
    | 'reversed'
    | 'future'
    | 'unclosed'
    | 'unknown'
    | 'too-long'
    /** Words that have to do with the slot and do not say how much or which: 两节课, 一上午, 上个月底. */
    | 'vague';
  readonly words: string;
  /** What the words may mean, to choose from. */
  readonly choices?: readonly TrainingSlots[];
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
 * @param told in free speech, not behind 登记: more of it is talk, and a name needs a noun that shows it
 */
export function readTraining(text: string, today: Day, policy: DayWorth, told = false): TrainingReading {
  const draft = new Draft(normalise(text).replace(opening, ''));
  readTitle(draft);
  readNamedFields(draft, today);
  const { people, left: alone } = readCompanions(draft.left);
  draft.left = alone;
  const refused = findRefusal(draft.left);
  const isFirm = !takesBack(draft.left);
  readSpan(draft, today);
  readWorth(draft, policy);
  const isNarrated = readPhrases(draft);
  readVocabulary(draft);
  const confirmed = confirmation.test(draft.left);
  const rest = strikeLabels(draft.left.replace(confirmation, ''));
  const plain = readLooseWords(rest);
  const loose = told ? readLooseWords(strikeChatter(rest)) : plain;
  const inferred = inferTitle(draft, loose, told);
  const { slots, understood, problems } = draft;
  const left = inferred ? '' : (loose.title ?? loose.leftover);
  // In talk a single character left over says nothing to anybody.
  const words = told ? left.split(' ').filter((one) => one.length > 1) : [left];
  const unused = [...people, ...words].filter((one) => one !== '');
  return {
    slots,
    confirmed: confirmed && isFirm && !isNarrated && (plain.title ?? plain.leftover) === '' && people.length === 0,
    understood,
    leftover: unused.join(' '),
    refused,
    problems,
  };
}

function inferTitle(draft: Draft, { title }: LooseWords, told: boolean): boolean {
  if (title === null || draft.understood.length === 0 || draft.knows('title')) return false;
  if (told && !namesTraining(title)) return false;
  draft.take('title', title, { title });
  return true;
}

/** Place, organiser and name where they stand in a sentence; says whether there were any. */
function readPhrases(draft: Draft): boolean {
  const { place, organiser, title, stretches } = readNarration(draft.left, draft.knows('title'));
  draft.left = strikeOut(draft.left, stretches);
  if (place !== null && !draft.knows('place')) draft.take('place', place, { place });
  if (organiser !== null && !draft.knows('organiser')) draft.take('organiser', organiser, { organiser });
  if (title !== null) draft.take('title', title, { title });
  return stretches.length > 0;
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
  doubt(
    slot: TrainingSlot,
    reason: SlotProblem['reason'],
    words: string,
    choices: readonly TrainingSlots[] = [],
  ): void {
    this.slots = Object.fromEntries(Object.entries(this.slots).filter(([name]) => name !== slot));
    this.understood = this.understood.filter((one) => one.slot !== slot);
    this.problems.push({ slot, reason, words, ...(choices.length === 0 ? {} : { choices }) });
  }

  doubtVague(slot: TrainingSlot, { words, start, end, choices }: Vague): void {
    this.left = strikeOut(this.left, [{ start, end }]);
    this.doubt(slot, 'vague', words, choices);
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
    // 地点：报告厅，我没去: without a mark between, the rest of the sentence is no part of the place.
    if ((name === 'organiser' || name === 'place') && findRefusal(value) !== null) return false;
    if (name === 'title' || name === 'organiser' || name === 'place') takeText(draft, name, value, value);
    else if ([...findLongWords(value), ...findLoneWords(value)].some(({ slot }) => slot === name)) return false;
    else draft.doubt(name, 'unknown', value);
    return true;
  });
  draft.left = strikeOut(draft.left, read);
}

function readSpan(draft: Draft, today: Day): void {
  const days = readDays(draft.left, today);
  if (!days.ok && days.reason === 'none') {
    const vague = readVagueDays(draft.left, today);
    if (vague !== null) draft.doubtVague('days', vague);
    return;
  }
  draft.left = strikeOut(draft.left, days.parts);
  if (!days.ok) draft.doubt('days', days.reason, days.words);
  else if (days.to > today) draft.doubt('days', 'future', days.words);
  else draft.take('days', days.words, { from: days.from, to: days.to });
}

function readWorth(draft: Draft, policy: DayWorth): void {
  const reading = readAmount(draft.left, policy);
  if (!reading.ok && reading.reason === 'none') {
    const vague = readVagueAmount(draft.left);
    if (vague !== null) draft.doubtVague('hours', vague);
    return;
  }
  draft.left = strikeOut(draft.left, reading.parts);
  const { words } = reading;
  const slotsOf = (amount: Amount): TrainingSlots =>
    amount.unit === 'hours' ? { hours: amount.hours } : { halfDays: amount.count };
  if (!reading.ok) draft.doubt('hours', reading.reason, words, reading.choices.map(slotsOf));
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
