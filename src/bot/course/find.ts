import { type Course, courses, endOf, heldSessions, type Session, startOf } from '../../domain/course.ts';
import { addMs, dayOf, type Instant } from '../../domain/day.ts';
import { button, buttons, card, type Invocation, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { courseName, courseTexts as texts } from '../../texts/course.ts';
import { readChineseNumber } from '../text/numbers.ts';

/** How words name a class: by 班号, or by its title or a part of it. */
export interface CourseWords {
  readonly id: number | null;
  readonly title: string | null;
}

/** Takes 班号 or 《班名》 from the beginning of what was said, and gives the rest. */
export function readCourseWords(said: string): { readonly named: CourseWords; readonly rest: string } {
  const [, number, afterNumber = ''] =
    /^(?:培训班|班号|班)?\s*(\d{4,9})(?!\d|[-./年:：])\s*(?:班(?!主任|名))?\s*([\s\S]*)$/.exec(said) ?? [];
  if (number !== undefined) return { named: { id: Number(number), title: null }, rest: afterNumber.trim() };
  const [, title, afterTitle = ''] = /^(?:培训班)?\s*[《“"]([^》”"]{1,100})[》”"]\s*([\s\S]*)$/.exec(said) ?? [];
  if (title !== undefined) return { named: { id: null, title: title.trim() }, rest: afterTitle.trim() };
  return { named: { id: null, title: null }, rest: said.trim() };
}

export type Found<T> = { readonly ok: true; readonly found: T } | { readonly ok: false; readonly reply: Reply };

/**
 * The class that is meant among `candidates`, which is those that the person may see: by number, by title, or the only
 * one. Where it could be several, `again` is the press that names one of them.
 */
export function chooseCourse(
  candidates: readonly Course[],
  { id, title }: CourseWords,
  again: { readonly command: string; readonly args: (course: Course) => Invocation['args'] },
): Found<Course> {
  const said = id === null ? title : String(id);
  const fitting =
    id !== null
      ? candidates.filter((course) => course.id === id)
      : title === null
        ? candidates
        : exactOrPart(candidates, title);
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return { ok: true, found: only };
  if (only === undefined) return { ok: false, reply: text(said === null ? texts.none : texts.notFound(said)) };
  const summary = said === null ? texts.which(again.command) : texts.several(said);
  const shown = fitting.slice(0, 8);
  return {
    ok: false,
    reply: card(
      texts.whichTitle,
      'info',
      summary,
      words([summary, ...shown.map(courseName)].join('\n')),
      buttons(...shown.map((course) => button(labelOf(course), again.command, again.args(course)))),
    ),
  };
}

const exactOrPart = (candidates: readonly Course[], title: string): readonly Course[] => {
  const exact = candidates.filter((course) => course.title === title);
  return exact.length > 0 ? exact : candidates.filter((course) => course.title.includes(title));
};

const labelOf = ({ id, title }: Course): string => `${id} ${title}`.slice(0, 20);

/** Classes that are under way or still to come, the earliest first; with `proposed` also those that wait for a word. */
export async function openCourses(view: Reader, options: { readonly proposed?: boolean } = {}): Promise<Course[]> {
  const open = await listAll(view, courses, { index: 'byState', equals: ['open'] });
  const proposed =
    options.proposed === true ? await listAll(view, courses, { index: 'byState', equals: ['proposed'] }) : [];
  return [...open, ...proposed].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id - b.id));
}

/**
 * The 课次 that is meant when none is named: the one that is on or begins within the hour, else the last that has
 * begun today, else the next of today, else null.
 */
export function sessionNow(course: Pick<Course, 'sessions'>, now: Instant): Session | null {
  const today = heldSessions(course).filter(({ day }) => day === dayOf(now));
  const soon = addMs(now, 3_600_000);
  return (
    today.find((session) => startOf(session) <= soon && endOf(session) >= now) ??
    today.findLast((session) => startOf(session) <= now) ??
    today[0] ??
    null
  );
}

/** Takes `第2课次`, `第二次` or `2课次` from what was said. */
export function readSessionWords(said: string): { readonly no: number | null; readonly rest: string } {
  const [whole = '', number = ''] =
    /第\s*([0-9一二三四五六七八九十]{1,3})\s*(?:课次|次课|次|课|节)?|([0-9]{1,2})\s*课次/.exec(said) ?? [];
  const digits = number === '' ? (/(\d{1,2})\s*课次/.exec(whole)?.[1] ?? '') : number;
  const no = digits === '' ? null : readChineseNumber(digits);
  return { no, rest: no === null ? said : said.replace(whole, ' ').replace(/\s+/g, ' ').trim() };
}
