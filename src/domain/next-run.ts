import { type Session, startOf } from './course.ts';
import type { Instant } from './day.ts';
import { closeByItself, isClosed, type MakeUp, reopenMakeUp } from './make-up.ts';
import { similarTitles } from './overlap.ts';

type Sitting = Pick<Session, 'no' | 'topic' | 'day' | 'start'>;

/** A make-up and the 课次 that was missed. */
export interface Missed {
  readonly makeUp: MakeUp;
  readonly session: Sitting;
}

/**
 * What the 课次 that somebody has attended in a run of a class make up (三.6): each one of what they missed before it in
 * other runs, the one for which it was chosen, or else one of the same topic. What was to be made up by a 课次 that is over
 * without them, and what was made up by one that has turned out not to be attended, is owed again, unless another one
 * stands in for it.
 * @param run `attended`: in order, each settled; `ahead`: the 课次 still expected of them
 * @returns those that are different from before
 */
export function closeByRun(
  missed: readonly Missed[],
  run: {
    readonly courseId: number;
    readonly attended: readonly Sitting[];
    readonly ahead: readonly Pick<Sitting, 'no'>[];
  },
  at: Instant,
): MakeUp[] {
  const left = new Map(run.attended.map((session) => [session.no, session]));
  const after = new Map<Missed, MakeUp>();
  const close = (one: Missed, makeUp: MakeUp, no: number): void => {
    left.delete(no);
    const result = closeByItself(makeUp, { way: 'next-run', by: { courseId: run.courseId, no } }, at);
    if (result.ok) after.set(one, result.makeUp);
  };
  for (const one of missed) {
    const { makeUp } = one;
    const { by, way } = makeUp;
    if (way !== 'next-run' || by?.courseId !== run.courseId || makeUp.state === 'waived') continue;
    const chosen = left.get(by.no);
    if (chosen !== undefined && isAfter(chosen, one)) close(one, makeUp, by.no);
    else {
      const result = reopenMakeUp(
        makeUp,
        run.ahead.some(({ no }) => no === by.no),
        at,
      );
      if (result.ok) after.set(one, result.makeUp);
    }
  }
  for (const one of missed) {
    const makeUp = after.get(one) ?? one.makeUp;
    if (isClosed(makeUp)) continue;
    const fitting = [...left.values()].filter(
      (sitting) => isAfter(sitting, one) && similarTitles(sitting.topic, one.session.topic),
    );
    const session = fitting.find(({ no }) => no === makeUp.no) ?? fitting[0];
    if (session !== undefined) close(one, makeUp, session.no);
  }
  return [...after.values()];
}

const isAfter = (sitting: Sitting, { session }: Missed): boolean => startOf(sitting) > startOf(session);
