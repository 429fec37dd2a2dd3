/** Words of a column, read back into identifiers: the glossary's names first, then what offices also write. */
export function wordsFor<K extends string>(
  names: Readonly<Record<K, string>>,
  aliases: Readonly<Record<string, NoInfer<K>>> = {},
): Readonly<Record<string, K>> {
  const identifiers = Object.keys(names) as K[];
  return { ...Object.fromEntries(identifiers.map((identifier) => [names[identifier], identifier])), ...aliases };
}
