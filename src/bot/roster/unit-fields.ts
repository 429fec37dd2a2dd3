import { choice, type FormField } from '../../messenger/reply.ts';

/** One of the known units, or a new one in words; a new one wins. A unit that nobody belongs to any more is put in words. */
export function unitFields(
  names: { readonly known: readonly [name: string, label: string]; readonly fresh: string },
  units: readonly string[],
  value: string | undefined,
  fresh: string | undefined,
): FormField[] {
  const isKnown = value !== undefined && units.includes(value);
  const written = fresh ?? (isKnown ? undefined : value);
  const [name, label] = names.known;
  const options = units.map((unit) => [unit, unit] as const);
  return [
    choice(name, label, options, isKnown ? value : undefined, false),
    {
      type: 'text',
      name: 'newUnit',
      label: names.fresh,
      required: false,
      maxLength: 60,
      ...(written === undefined ? {} : { value: written }),
    },
  ];
}
