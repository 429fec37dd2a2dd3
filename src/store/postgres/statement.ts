/** A statement whose rows are `R`. */
export interface Statement<R> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Not kept prepared: the database plans it for its very values, which may be few or a hundred thousand. */
  readonly isOneOff?: boolean;
  /** Never there: it carries the type. */
  readonly rows?: readonly R[];
}

/** Several statements that find one value each as one, with the values in `v0 …`. */
export const lookUpTogether = (statements: readonly Statement<unknown>[]): Statement<Record<string, unknown>> =>
  join(statements, lookedUp, (texts) => `select ${texts.map((text, i) => `(${text}) as v${i}`).join(', ')}`);

/** Several statements that write, none of them a row of another, as one. */
export const writeTogether = (statements: readonly Statement<unknown>[]): Statement<unknown> =>
  join(statements, written, (texts) => {
    const before = texts.slice(0, -1).map((text, i) => `w${i} as (${text})`);
    return `${before.length === 0 ? '' : `with ${before.join(', ')} `}${texts.at(-1)}`;
  });

/** Texts that were joined before, one step for each: looking for them reads none of them again. */
interface Joined {
  sql: string | null;
  readonly further: Map<string, Joined>;
}

const nothingJoined = (): Joined => ({ sql: null, further: new Map() });
const lookedUp = nothingJoined();
const written = nothingJoined();

function join<R>(
  statements: readonly Statement<unknown>[],
  joined: Joined,
  spell: (texts: readonly string[]) => string,
): Statement<R> {
  let step = joined;
  for (const { sql } of statements) {
    const next = step.further.get(sql) ?? nothingJoined();
    step.further.set(sql, next);
    step = next;
  }
  step.sql ??= spell(renumber(statements));
  return { sql: step.sql, parameters: statements.flatMap(({ parameters }) => parameters) };
}

/** The texts with their parameters counted through. */
function renumber(statements: readonly Statement<unknown>[]): string[] {
  let before = 0;
  return statements.map(({ sql, parameters }) => {
    const offset = before;
    before += parameters.length;
    return sql.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + offset}`);
  });
}
