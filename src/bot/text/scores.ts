import { normalise } from './normalise.ts';

/** One person's score as it was said; hundredths of a point, null: 缺考. */
export interface SaidScore {
  readonly who: string;
  readonly score: number | null;
}

export interface ScoreWords {
  readonly scores: readonly SaidScore[];
  /** Words that are no score. */
  readonly unread: readonly string[];
  /** Words with a figure that no score can be. */
  readonly outside: readonly string[];
}

const line = /^(.{1,60}?)[\s:：=]*((?:(?<=[\s:：=])-)?\d{1,3}(?:\.\d{1,2})?|缺考|未考|缺席)\s*分?$/u;

/**
 * Reads `张三 85、李四 58.5、王五 缺考`, with ， 、 ； or a line for each, or columns copied from a spreadsheet: 工号 name score.
 * A score lies between 0 and 100.
 */
export function readScores(said: string): ScoreWords {
  const scores: SaidScore[] = [];
  const unread: string[] = [];
  const outside: string[] = [];
  const parts = normalise(said.replaceAll('\t', ' '))
    .split(/[\n,，、;；。]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const part of parts) {
    const [, who = '', value = ''] = line.exec(part) ?? [];
    const score = /\d/.test(value) ? Math.round(Number(value) * 100) : null;
    if (who.trim() === '') unread.push(part);
    else if (score !== null && (score < 0 || score > 10_000)) outside.push(part);
    else scores.push({ who: who.trim(), score });
  }
  return { scores, unread, outside };
}
