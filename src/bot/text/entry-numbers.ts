/** Most numbers read from one text. */
const most = 200;

/** A number that counts something else: 2学时, 3月5日, 2026年, 3.5, 12:30. */
const alone = '(?![\\d.:：]|\\s?(?:个|学时|课时|小时|天|年|月|日|分|[hH%]))';
const number = '\\d{1,9}';
const ranges = new RegExp(
  `(?<![\\d.A-Za-z]|\\d[:：])(?<first>${number})(?:\\s?号?\\s?(?:-|~|—|至|到)\\s?(?:第|登记号)?\\s?(?<last>${number}))?${alone}`,
  'g',
);

/**
 * 登记号 in a normalised text: `1001 1002`, `1001、1002`, `1001-1005`, 1001至1005, 登记号1001, 第1001号; each once, in the order of the text, at
 * most 200. Numbers with a unit are something else.
 */
export function readEntryNumbers(text: string): number[] {
  const numbers = new Set<number>();
  for (const { groups = {} } of text.matchAll(ranges)) {
    const first = Number(groups['first']);
    const last = Number(groups['last'] ?? first);
    for (let n = Math.min(first, last); n <= Math.max(first, last) && numbers.size < most; n += 1) {
      if (n > 0) numbers.add(n);
    }
  }
  return [...numbers];
}
