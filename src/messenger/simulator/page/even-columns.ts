import { widthOf } from '../../text-width.ts';

/** In hanzi: of the narrowest window, of the longest label that counts as short, and of what surrounds one. */
const windowWidth = 20.2;
const short = 5;
const around = 1.7;

/**
 * Short labels side by side, in as few rows as the narrowest window needs and as many in each, so that none stands
 * alone; others wrap as they come.
 */
export function evenColumns(labels: readonly string[]): { class: string; style: Record<string, number> } {
  if (labels.some((label) => widthOf(label) > short)) return { class: '', style: {} };
  const width = labels.reduce((sum, label) => sum + widthOf(label) + around, 0);
  const rows = Math.ceil(width / windowWidth);
  return { class: 'even', style: { '--columns': Math.ceil(labels.length / rows) } };
}
