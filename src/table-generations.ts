/**
 * What the programs have made of the collections in a database, oldest first: a fingerprint for every change of a name, a
 * key, an index or what totals are made of. Whoever changes one adds the line that the test names, and alters none.
 */
const fingerprints = ['793a6cf17fa7e385', '07b294839be67789', 'bcfa351310a1ca8c', 'a9e41e38ca1c400f'];

/** An older program leaves alone what a newer one has made. */
export const generation = fingerprints.length;
export const fingerprint = fingerprints.at(-1);
