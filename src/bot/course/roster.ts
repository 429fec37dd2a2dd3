import { type Cadre, cadres } from '../../domain/cadre.ts';
import { type Course, type Enrolment, enrolments } from '../../domain/course.ts';
import type { Instant } from '../../domain/day.ts';
import { button, buttons, card, link, type Reply, text, words } from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { enrolmentTexts as texts } from '../../texts/enrolment.ts';
import { cadreStateNames } from '../../texts/glossary.ts';
import type { Context } from '../context.ts';
import { isMember } from './enrol.ts';
import { runsCourses } from './own.ts';

/** Somebody of a class, as the roster knows them. */
export interface Member {
  readonly cadre: Cadre;
  readonly enrolment: Enrolment;
}

/** Everybody who is or was in a class, in the order of the roster. */
export async function readMembers(view: Reader, courseId: number): Promise<Member[]> {
  const rows = new Map((await listAll(view, enrolments, { equals: [courseId] })).map((one) => [one.staffNo, one]));
  return (await listAll(view, cadres)).flatMap((cadre) => {
    const enrolment = rows.get(cadre.staffNo);
    return enrolment === undefined ? [] : [{ cadre, enrolment }];
  });
}

/** 名单 1001: who is in the class, by unit. */
export async function showRoster({ tx, me, now }: Context, course: Course): Promise<Reply> {
  const members = await readMembers(tx, course.id);
  const present = members.filter(({ enrolment }) => isMember(enrolment, now));
  const gone = members.filter(({ enrolment }) => !isMember(enrolment, now));
  if (members.length === 0) return text(texts.empty(course));
  const units = new Map<string, string[]>();
  for (const { cadre, enrolment } of present)
    units.set(cadre.unit, [...(units.get(cadre.unit) ?? []), nameOf(cadre, enrolment)]);
  const summary = texts.summary(course, present.length, units.size);
  const canChange = runsCourses(me) && (course.state === 'open' || course.state === 'proposed');
  return card(
    texts.title,
    'info',
    summary,
    words([summary, ...[...units].map(([unit, names]) => texts.unit(unit, names))].join('\n')),
    gone.length === 0 ? null : words(texts.left(gone.map(({ cadre }) => cadre.name))),
    buttons(
      ...(canChange
        ? [
            link(texts.buttons.add, '名单', { course: course.id, mode: 'add' }),
            link(texts.buttons.remove, '名单', { course: course.id, mode: 'remove' }),
          ]
        : []),
      link(texts.buttons.file, '名单', { course: course.id, mode: 'file' }),
      button('课程表', '培训', { course: course.id }),
    ),
  );
}

const nameOf = ({ name, state }: Cadre, { since }: Enrolment): string =>
  state !== 'active' ? texts.inactive(name, cadreStateNames[state]) : since === null ? name : texts.later(name);

/** The same as a workbook, made when it is sent. */
export async function rosterFile({ tx, now }: Context, course: Course): Promise<Reply> {
  const members = (await readMembers(tx, course.id)).filter(({ enrolment }) => isMember(enrolment, now));
  return {
    type: 'document',
    document: 'course-roster',
    name: texts.fileName(course.id),
    caption: texts.fileCaption(course, members.length),
    args: { course: course.id },
  };
}

/** What stands beside a name in the workbook. */
export function remarkOf({ enrolment, cadre }: Member, now: Instant): string {
  if (!isMember(enrolment, now)) return texts.remark.left;
  if (cadre.state !== 'active') return cadreStateNames[cadre.state];
  return enrolment.since === null ? '' : texts.remark.later;
}
