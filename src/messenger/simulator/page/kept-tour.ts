import type { Day } from '../../../domain/day.ts';
import { keep, recall } from './kept-windows.ts';
import type { SceneName } from './tour-scenes.ts';

/** Where the walk stands. */
export interface TourState {
  readonly scene: SceneName;
  /** Number of the step, from 0; null before the beginning. */
  readonly at: number | null;
  /** The newest message when the step began; null until the open chats have been read. */
  readonly since: number | null;
  /** The simulator's when the walk began; null before. */
  readonly day: Day | null;
  readonly shown: boolean;
}

const tourKey = 'xueshibu.tour';
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/** Where it stood on the last visit; on the first it offers itself. */
export function keptTour(): TourState {
  const { scene, at, since, day, shown }: { [Key in keyof TourState]?: unknown } = Object(recall(tourKey));
  return {
    scene: scene === 'course' ? scene : 'hours',
    at: isCount(at) ? at : null,
    since: isCount(since) ? since : null,
    day: typeof day === 'string' ? day : null,
    shown: shown !== false,
  };
}

export const keepTour = (state: TourState): void => keep(tourKey, state);
