/**
 * A part of a whole in percent, rounded to one decimal; null without a whole. A whole percent is never shown for less:
 * limits such as 70 and 100 are whole percents, and 69.96 is 69.9.
 */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const tenths = Math.round((part * 1000) / whole);
  const isOverstated = tenths % 10 === 0 && tenths * whole > part * 1000;
  return (isOverstated && tenths > 0 ? tenths - 1 : tenths) / 10;
}
