import { keep, recall } from './kept-windows.ts';

/** Where the walk stands. */
export interface TourState {
  /** Number of the step, from 0; null before the beginning. */
  readonly at: number | null;
  /** The newest message when the step began; null until the open chats have been read. */
  readonly since: number | null;
  readonly shown: boolean;
}

const tourKey = 'xueshibu.tour';
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/** Where it stood on the last visit; on the first it offers itself. */
export function keptTour(): TourState {
  const { at, since, shown }: { [Key in keyof TourState]?: unknown } = Object(recall(tourKey));
  return { at: isCount(at) ? at : null, since: isCount(since) ? since : null, shown: shown !== false };
}

export const keepTour = (state: TourState): void => keep(tourKey, state);
