import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let speak: typeof import('pinyin-pro').pinyin | undefined;

/** Letters as they sound, without tones: 登计 → `dengji`. The dictionary takes 25 ms and 16 MB to load, so only when needed. */
function soundOf(word: string): string {
  speak ??= (require('pinyin-pro') as typeof import('pinyin-pro')).pinyin;
  return speak(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('').toLowerCase();
}

/** Candidates are names of commands: few, and asked for again and again. */
const sounds = new Map<string, string>();
function soundOfCandidate(name: string): string {
  const known = sounds.get(name) ?? soundOf(name);
  sounds.set(name, known);
  return known;
}

/** Longer words are no typing mistakes. */
const longest = 12;

/**
 * The candidate that a word was probably meant to be: one slip of the pen away (two from five characters on), or the
 * same sound — 登计 and `dengji` for 登记. On a tie the earlier candidate.
 *
 * @returns null when nothing is near
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word === '' || word.length > longest) return null;
  const seen = closest(word, candidates, (length) => (length < 5 ? 1 : 2));
  const found =
    seen >= 0 ? seen : closest(soundOf(word), candidates.map(soundOfCandidate), (length) => (length < 5 ? 0 : 1));
  return candidates[found] ?? null;
}

/** Index of the candidate with the fewest slips, if they are within reach of the longer word's length; else −1. */
function closest(word: string, candidates: readonly string[], reach: (length: number) => number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of candidates.entries()) {
    const difference = Math.abs(word.length - candidate.length);
    // Each character more is a slip at least.
    if (difference >= least || difference > reach(Math.max(word.length, candidate.length))) continue;
    const slips = countSlips(word, candidate);
    const shorter = Math.min(word.length, candidate.length);
    // A slip in every character is another word: 记录 is not 登记.
    if (slips >= least || slips >= shorter || slips > reach(Math.max(word.length, candidate.length))) continue;
    best = index;
    least = slips;
  }
  return best;
}

/** Characters to add, drop, change or swap with their neighbour (optimal string alignment). */
export function countSlips(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
