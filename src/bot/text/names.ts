import { type Candidate, type PersonReading, personFinder } from './people.ts';

/** Words of a list that are to name somebody, with the line on which they stand where the list has lines. */
export interface NamedWords {
  readonly line?: number;
  readonly who: string;
}

/** Whom the words of a list name. */
export interface NamesReading<W extends NamedWords, T extends Candidate> {
  readonly known: readonly { readonly said: W; readonly person: T }[];
  /** They name nobody of the candidates. */
  readonly unknown: readonly W[];
  /** They name somebody who has been named before. */
  readonly twice: readonly W[];
  readonly doubts: readonly { readonly said: W; readonly people: readonly T[] }[];
}

/** Looks whom every line of a list names: scores, a sheet with times. Nobody is guessed. */
export function checkNames<W extends NamedWords, T extends Candidate>(
  list: readonly W[],
  candidates: readonly T[],
): NamesReading<W, T> {
  const find = personFinder(candidates);
  const known = new Map<T, W>();
  const unknown: W[] = [];
  const twice: W[] = [];
  const doubts: { said: W; people: readonly T[] }[] = [];
  for (const said of list) {
    const found = firstOf(find, said.who);
    if (!found.ok && found.reason === 'none') unknown.push(said);
    else if (!found.ok) doubts.push({ said, people: found.matches });
    else if (known.has(found.person)) twice.push(said);
    else known.set(found.person, said);
  }
  return { known: [...known].map(([person, said]) => ({ said, person })), unknown, twice, doubts };
}

/** By everything that stands there, else by its first word: E2001 张三 科研处. */
function firstOf<T extends Candidate>(find: (text: string) => PersonReading<T>, who: string): PersonReading<T> {
  const whole = find(who);
  if (whole.ok || whole.reason === 'several') return whole;
  const words = who.split(' ');
  const [first = '', second = ''] = words;
  const found = [find(first), find(`${first}${second}`)].find(({ ok }) => ok);
  // A 工号 with another's name is nobody.
  const fits =
    found?.ok === true &&
    words.every((word) =>
      [found.person.staffNo.toLowerCase(), found.person.name, found.person.unit].includes(word.toLowerCase()),
    );
  return fits ? found : find(first).ok ? whole : find(first);
}

/** The words once it is known who is meant by a name in them; null: the answer is none of those who have it. */
export function settleDoubt(people: readonly Candidate[], said: string, which: string, answer: string): string | null {
  const find = personFinder(people);
  const found = [find(answer), find(`${which}${answer}`)].find(({ ok }) => ok);
  if (found?.ok !== true) return null;
  // Where the name is part of a longer one as well, the one that stands apart is meant.
  const apart = new RegExp(`(?<!\\p{L})${which.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?!\\p{L})`, 'u');
  return said.replace(apart.test(said) ? apart : which, ` ${found.person.staffNo} `);
}
