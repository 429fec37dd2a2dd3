import { tourWords } from '../../../texts/simulator-tour.ts';
import { courseTourSteps } from './tour-course-steps.ts';
import type { Cast, TourStep } from './tour-play.ts';
import { tourSteps } from './tour-steps.ts';

export type SceneName = 'hours' | 'course';

/** One walk; those who play in it, whose windows it opens, the one that acts first last. */
interface Scene {
  readonly steps: readonly TourStep[];
  readonly players: readonly (keyof Cast)[];
  /** They fill the screen: windows in which nothing has been said are closed. */
  readonly makesRoom: boolean;
  readonly words: (typeof tourWords.scenes)[SceneName];
  /** The one that is offered beside it. */
  readonly other: SceneName;
}

export const scenes: Readonly<Record<SceneName, Scene>> = {
  hours: {
    steps: tourSteps,
    players: ['clerk', 'cadre'],
    makesRoom: false,
    words: tourWords.scenes.hours,
    other: 'course',
  },
  course: {
    steps: courseTourSteps,
    players: ['late', 'leaver', 'cadre', 'clerk'],
    makesRoom: true,
    words: tourWords.scenes.course,
    other: 'hours',
  },
};

/** The step that follows when the rest of a part is skipped: the next that needs nothing of it. */
export function stepAfterSkip(steps: readonly TourStep[], at: number): number {
  const skipped = steps[at]?.part;
  const next = steps.findIndex(
    ({ part, needs = [] }, i) => i > at && part !== skipped && !needs.some((need) => need === skipped),
  );
  return next === -1 ? steps.length : next;
}
