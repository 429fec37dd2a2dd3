import { courses } from '../../domain/course.ts';
import type { Day } from '../../domain/day.ts';
import { makeUps } from '../../domain/make-up.ts';
import type { TitledMakeUp } from '../../domain/make-up-chase.ts';
import { listAll, type Reader } from '../../store/store.ts';

/** What is still to be made up and due by a day, with the titles of the classes. */
export async function readOwing(view: Reader, until: Day): Promise<TitledMakeUp[]> {
  const owing = [];
  for (const state of ['open', 'chosen', 'returned']) {
    owing.push(...(await listAll(view, makeUps, { index: 'byState', equals: [state], to: until })));
  }
  const ids = [...new Set(owing.map(({ courseId }) => courseId))];
  const found = await view.getAll(courses, ids.map(String));
  const titles = new Map(found.map((course, i) => [ids[i], course?.title ?? '']));
  return owing.map((makeUp) => ({ makeUp, title: titles.get(makeUp.courseId) ?? '' }));
}
