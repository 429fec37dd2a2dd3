/** A part in percent, counted once more in whole tenths: half a tenth is one, but a whole percent is there or not. */
export function percentByHand(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const tenths = Math.floor((2000 * part + whole) / (2 * whole));
  const reached = Math.floor((100 * part) / whole);
  return tenths === (reached + 1) * 10 ? reached + 0.9 : tenths / 10;
}
