/** A JSON text read, or the place of its first fault: line and column from 1, and the offset. */
export type JsonReading = { ok: true; value: unknown } | { ok: false; line: number; column: number };

const blank = /[ \t\n\r]*/y;
const scalar =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Reads JSON; unlike `JSON.parse`, whose messages lack the place for some faults, it always says where. */
export function readJson(text: string): JsonReading {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    const before = text.slice(0, findFault(text)).split('\n');
    return { ok: false, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }
}

/** The offset at which the text stops being JSON. */
function findFault(text: string): number {
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const next = (mark: string): boolean => {
    skip(blank);
    if (text[at] !== mark) return false;
    at += 1;
    skip(blank);
    return true;
  };
  const key = (): boolean => text[at] === '"' && skip(scalar) && next(':');
  const members = (end: string, member: () => boolean): boolean => {
    if (next(end)) return true;
    do if (!member()) return false;
    while (next(','));
    return next(end);
  };
  const value = (): boolean => {
    if (next('{')) return members('}', () => key() && value());
    if (next('[')) return members(']', value);
    return skip(scalar);
  };
  if (value()) skip(blank);
  return at;
}
