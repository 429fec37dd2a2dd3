/** A statement whose rows are `R`. */
export interface Statement<R> {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Never there: it carries the type. */
  readonly rows?: readonly R[];
}

/** Several statements that find one value each as one, with the values in `v0 …`. */
export const lookUpTogether = (statements: readonly Statement<unknown>[]): Statement<Record<string, unknown>> =>
  join(statements, 'look up', (texts) => `select ${texts.map((text, i) => `(${text}) as v${i}`).join(', ')}`);

/** Several statements that write, none of them a row of another, as one. */
export const writeTogether = (statements: readonly Statement<unknown>[]): Statement<unknown> =>
  join(statements, 'write', (texts) => {
    const last = texts.at(-1);
    const before = texts.slice(0, -1).map((text, i) => `w${i} as (${text})`);
    return before.length === 0 ? `${last}` : `with ${before.join(', ')} ${last}`;
  });

const spelt = new Map<string, string>();
/** The forms that come up are far fewer. */
const mostSpelt = 1000;

function join<R>(
  statements: readonly Statement<unknown>[],
  manner: string,
  spell: (texts: readonly string[]) => string,
): Statement<R> {
  const parameters = statements.flatMap((statement) => statement.parameters);
  const form = [manner, ...statements.map(({ sql }) => sql)].join('\n');
  const known = spelt.get(form);
  if (known !== undefined) return { sql: known, parameters };
  let before = 0;
  const sql = spell(
    statements.map((statement) => {
      const text = statement.sql.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + before}`);
      before += statement.parameters.length;
      return text;
    }),
  );
  if (spelt.size < mostSpelt) spelt.set(form, sql);
  return { sql, parameters };
}
