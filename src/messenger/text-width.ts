/** Width of a text in hanzi; Latin letters and digits are about half as wide. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + (/[ -ÿ]/.test(sign) ? 0.55 : 1), 0);
