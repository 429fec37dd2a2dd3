const digits = new Map('零一二三四五六七八九'.split('').map((digit, value) => [digit, value]));
for (const [digit, value] of [
  ['〇', 0],
  ['○', 0],
  ['两', 2],
  ['俩', 2],
] as const) {
  digits.set(digit, value);
}

/** 一百五 is 150 to some and 105 to others. */
const ambiguous = /[百千][^零十百千]$/;
const counted = /^(?:(.)千)?零?(?:(.)百)?零?(?:(.)?(十))?零?(.)?$/;

/**
 * The value of a number as people write it: `12`, `3.5`, 十一, 二十三, 一百零五, 两, 廿三, 三点五, and digit by digit 二〇二六.
 *
 * @returns null for anything else; 半 is no number here
 */
export function readChineseNumber(text: string): number | null {
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  if (text === '' || text.length > 12) return null;
  const [whole = '', fraction, ...more] = text.split('点');
  const value = readWhole(whole.replace('廿', '二十').replace('卅', '三十'));
  if (value === null || fraction === undefined) return value;
  const decimals = readDigits(fraction);
  return decimals === null || more.length > 0 ? null : Number(`${value}.${decimals}`);
}

function readWhole(text: string): number | null {
  const plain = readDigits(text);
  if (plain !== null) return Number(plain);
  if (ambiguous.test(text)) return null;
  const [, thousands, hundreds, tens, ten, ones] = counted.exec(text) ?? [];
  const parts = [
    [thousands, 1000],
    [hundreds, 100],
    [tens ?? (ten && '一'), 10],
    [ones, 1],
  ] as const;
  let sum = 0;
  for (const [digit, weight] of parts) {
    if (digit === undefined) continue;
    const value = digits.get(digit);
    if (value === undefined) return null;
    sum += value * weight;
  }
  return parts.some(([digit]) => digit !== undefined) ? sum : null;
}

/** `二〇二六` → `2026`. */
function readDigits(text: string): string | null {
  const read = text.split('').map((digit) => digits.get(digit));
  return read.length > 0 && read.every((digit) => digit !== undefined) ? read.join('') : null;
}
