import { type Course, courses, enrolments, heldSessions, startOf } from '../../domain/course.ts';
import { button, buttons, card, link, note, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll } from '../../store/store.ts';
import { coursesTexts as texts } from '../../texts/courses.ts';
import { showCourseState, showSpan } from '../../texts/glossary.ts';
import type { Context } from '../context.ts';
import { openCourses } from './find.ts';
import { unsettledOf } from './own.ts';

const pageSize = 10;
const detailButtons = 4;

/** Every class with its state and what is missing next, for those who run them; `ended`: those that are over. */
export async function showAll(context: Context, ended: boolean, page: number): Promise<Reply> {
  const { tx, now, today } = context;
  const list = ended ? await endedCourses(context) : await openCourses(tx, { proposed: true });
  if (list.length === 0 && !ended && (await endedCourses(context)).length === 0) return text(texts.allEmpty);
  const pages = Math.max(1, Math.ceil(list.length / pageSize));
  const on = Math.min(page, pages);
  const shown = list.slice((on - 1) * pageSize, on * pageSize);
  const counts = await Promise.all(shown.map(({ id }) => tx.count(enrolments, { equals: [id] })));
  const proposed = list.filter(({ state }) => state === 'proposed').length;
  const coming = list.filter(({ state, from }) => state === 'open' && from > today).length;
  const summary = ended
    ? texts.endedSummary(list.length)
    : texts.allSummary(list.length - coming - proposed, coming, proposed);
  const turn = (label: string, to: number) => button(label, '培训', { view: ended ? 'ended' : 'all', page: to });
  return card(
    texts.allTitle,
    'info',
    summary,
    words(summary),
    shown.length === 0
      ? null
      : {
          type: 'table',
          columns: texts.columns.map((label, i) => ({ label, align: i === 4 ? 'right' : 'left' })),
          rows: shown.map((course, i) => [
            String(course.id),
            course.title,
            showSpan(course.from, course.to, today),
            showCourseState(course, today),
            String(counts[i] ?? 0),
            missingNext(course, now),
          ]),
        },
    buttons(
      ...(ended ? [] : [link(texts.buttons.open, '建班')]),
      ...shown.slice(0, detailButtons).map(({ id }) => link(texts.buttons.detail(id), '培训', { course: id })),
      ...(on > 1 ? [turn(texts.buttons.earlier, on - 1)] : []),
      ...(on < pages ? [turn(texts.buttons.later, on + 1)] : []),
      button(ended ? texts.buttons.current : texts.buttons.ended, '培训', { view: ended ? 'all' : 'ended' }),
      button(texts.buttons.mine, '培训', { view: 'own' }),
    ),
    pages > 1 ? note(texts.page(on, pages)) : null,
  );
}

async function endedCourses({ tx }: Context): Promise<Course[]> {
  const rows = await Promise.all(
    ['closed', 'cancelled'].map((state) => listAll(tx, courses, { index: 'byState', equals: [state] })),
  );
  return rows.flat().sort((a, b) => (a.to > b.to ? -1 : a.to < b.to ? 1 : b.id - a.id));
}

/** What has to be done next for a class. */
export function missingNext(course: Course, now: string): string {
  if (course.state === 'proposed') return texts.missing.verdict;
  if (course.state !== 'open') return texts.missing.none;
  const unsettled = unsettledOf(course, now).length;
  if (unsettled > 0) return texts.missing.roll(unsettled);
  const coming = heldSessions(course).filter((session) => startOf(session) > now).length;
  return coming > 0 ? texts.missing.coming(coming) : texts.missing.closing;
}
