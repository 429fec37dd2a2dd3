/** A figure as a bulletin shows it, by its label; what it says is already text. */
export interface ShownFigure {
  readonly label: string;
  readonly value: string;
}

/** A figure that two versions show differently; null where a version does not show it. */
export interface FigureChange {
  readonly label: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What differs between two versions of a bulletin, in the order of the older one, new figures last. */
export function changesBetween(before: readonly ShownFigure[], after: readonly ShownFigure[]): FigureChange[] {
  const [old, fresh] = [before, after].map((list) => new Map(list.map(({ label, value }) => [label, value])));
  return [...new Set([...before, ...after].map(({ label }) => label))]
    .map((label) => ({ label, from: old?.get(label) ?? null, to: fresh?.get(label) ?? null }))
    .filter(({ from, to }) => from !== to);
}
