/**
 * Text as a column keeps it: in the byte order of UTF-8 (collation "C") it stands where the port wants it, by UTF-16 code
 * unit, and holds what PostgreSQL's text cannot, zero characters and lone surrogates. Common Chinese text stays as it is.
 *
 * Astral characters come, in UTF-8, after U+E000–U+FFFF, and in UTF-16 before: from U+D800 on each code unit is spelt out
 * behind U+D7FF, which no script uses; U+0001 does the same for the zero character.
 */
export const sortable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  /[\u0000\u0001\ud7ff-\uffff]/.test(text)
    ? Array.from({ length: text.length }, (_, i) => spell(text, i)).join('')
    : text;

function spell(text: string, i: number): string {
  const unit = text.charCodeAt(i);
  if (unit <= 1) return unit === 0 ? '\u0001\u0001' : '\u0001\u0002';
  if (unit < 0xd7ff) return text.charAt(i);
  return `\ud7ff${unit === 0xd7ff ? '0' : unit.toString(16)}`;
}

/** The text that was made sortable. */
export const unsortable = (text: string): string =>
  // Nearly none is spelt out, and lists ask it of every value.
  text.includes('\u0001') || text.includes('\ud7ff')
    ? text.replace(
        // oxlint-disable-next-line no-control-regex
        /\u0001([\u0001\u0002])|\ud7ff(0|[0-9a-f]{4})/g,
        (_, low: string | undefined, high: string | undefined) =>
          low === undefined
            ? String.fromCharCode(high === '0' || high === undefined ? 0xd7ff : Number.parseInt(high, 16))
            : String.fromCharCode(low.charCodeAt(0) - 1),
      )
    : text;
