import { type TrainingSlot, trainingSlots } from './text/training.ts';

/** Longest account of where a draft's slots came from, in characters: it travels with every card. */
export const heardLength = 600;
const longestWords = 60;

export interface Heard {
  readonly slots: ReadonlyMap<TrainingSlot, string>;
  /** Words that were not used. */
  readonly unused: string;
}

const line = /^([a-z]+)=(.*)$/;
type Pair = readonly [slot: string, words: string];
const write = (pairs: readonly Pair[]): string =>
  pairs
    .map(([slot, words]) => `${slot}=${words.slice(0, longestWords).replaceAll('\n', ' ')}`)
    .join('\n')
    .slice(0, heardLength);

/** `days=昨天⏎hours=半天`: what was understood and what was left over, in one field. */
export const keepHeard = (
  understood: readonly { readonly slot: TrainingSlot; readonly words: string }[],
  unused: string,
): string => {
  const pairs = understood.map(({ slot, words }): Pair => [slot, words]);
  return write(unused === '' ? pairs : [...pairs, ['unused', unused]]);
};

const pairsIn = (draft: object): Map<string, string> => {
  const kept = 'heard' in draft && typeof draft.heard === 'string' ? draft.heard : '';
  return new Map(
    kept.split('\n').flatMap((one) => {
      const [, slot, words] = line.exec(one) ?? [];
      return slot === undefined || words === undefined ? [] : [[slot, words]];
    }),
  );
};

/** The account of a changed draft: what was said last of a slot counts; a slot that is gone takes its words along. */
export function mergeHeard(before: object, said: object, fields: readonly string[]): string {
  const old = [...pairsIn(before)].filter(([slot]) => fields.some((name) => isOf(slot, name)));
  return write([...new Map([...old, ...pairsIn(said)])]);
}

const isOf = (slot: string, field: string): boolean =>
  slot === field ||
  (slot === 'days' && field === 'from') ||
  (slot === 'hours' && (field === 'halfDays' || field === 'amount'));

/** Reads the account back. */
export function readHeard(draft: object): Heard {
  const pairs = pairsIn(draft);
  const slots = trainingSlots.flatMap((slot) => {
    const words = pairs.get(slot);
    return words === undefined ? [] : [[slot, words] as const];
  });
  return { slots: new Map(slots), unused: pairs.get('unused') ?? '' };
}
