import { z } from 'zod';
import { type Cadre, cadres, grades, unitsOf } from '../../domain/cadre.ts';
import { defineCollection } from '../../domain/collection.ts';
import { type Course, enrolments, heldSessions } from '../../domain/course.ts';
import { instantSchema, staffNoSchema } from '../../domain/schema.ts';
import {
  type Block,
  type Button,
  button,
  buttons,
  card,
  done,
  link,
  note,
  type Reply,
  text,
  words,
} from '../../messenger/reply.ts';
import { listAll, type Reader } from '../../store/store.ts';
import { coursesTexts, classNoticeTexts as texts } from '../../texts/courses.ts';
import { gradeNames } from '../../texts/glossary.ts';
import { openTexts } from '../../texts/open-course.ts';
import { chats, type KnownChat } from '../chats.ts';
import type { Context } from '../context.ts';
import { timetableBlocks } from './timetable.ts';

/** The groups in which a class was announced: they hear of its changes, and on the working day before. */
export const announcements = defineCollection({
  name: 'course-announcements',
  schema: z.object({
    courseId: z.number().int().positive(),
    messenger: z.string(),
    chat: z.string().max(128),
    by: staffNoSchema,
    at: instantSchema,
  }),
  key: ['courseId', 'messenger', 'chat'],
});

/** The known groups in which a class was announced. */
export async function announcedIn(view: Reader, courseId: number): Promise<KnownChat[]> {
  const rows = await listAll(view, announcements, { equals: [courseId] });
  const groups = await view.getAll(
    chats,
    rows.map(({ messenger, chat }) => `${messenger}:${chat}`),
  );
  return groups.filter((group) => group !== undefined).filter(({ removed }) => removed !== true);
}

const groupsOffered = 4;

/** A button for each group in which the class is not announced yet. */
export async function announceButtons(view: Reader, course: Course): Promise<Button[]> {
  const known = (await listAll(view, chats)).filter(({ removed }) => removed !== true);
  const done = new Set((await announcedIn(view, course.id)).map(({ messenger, id }) => `${messenger}:${id}`));
  return known
    .filter(({ messenger, id }) => !done.has(`${messenger}:${id}`))
    .slice(0, groupsOffered)
    .map(({ messenger, id, name }) =>
      keep(button(openTexts.announceTo(name), '培训', { course: course.id, announce: `${messenger}:${id}` })),
    );
}

const keep = (made: Button): Button => ({ ...made, press: { ...made.press, keep: true } });

/** Posts the notice of a class in a group, once; `key`: `messenger:chat`. */
export async function announceCourse(context: Context, course: Course, key: string): Promise<Reply> {
  const { tx, me, now, today } = context;
  const group = await tx.get(chats, key);
  if (group === undefined || group.removed === true) return text(texts.groupGone);
  if (course.state !== 'open') return text(texts.notAnnounceable(course));
  const { messenger, id: chat } = group;
  const isNew = await tx.insert(announcements, { courseId: course.id, messenger, chat, by: me.staffNo, at: now });
  if (!isNew) return text(texts.announcedAlready(course, group.name));
  const notice = groupNotice(course, await describeAudience(tx, course.id), today);
  await context.post(group, notice, `course:${course.id}:announced:${key}`);
  return done(texts.announced(course, group.name));
}

function groupNotice(course: Course, audience: string, today: string): Reply {
  const summary = texts.group(course, course.place, today);
  return card(
    texts.groupTitle,
    'info',
    summary,
    words(summary),
    words(texts.audience(audience)),
    ...timetableBlocks(heldSessions(course), course, today),
    groupButtons(course),
    note(texts.groupHint),
  );
}

/** What whoever is in the class presses in a group; the answer comes in private. */
export const groupButtons = ({ id }: Pick<Course, 'id'>): Block =>
  buttons(link(texts.mine, '培训', { course: id }), link(coursesTexts.buttons.signIn, '签到', { course: id }));

/** Tells the groups in which a class was announced of a change of it. */
export async function postChange(context: Context, course: Course, summary: string, title: string): Promise<void> {
  for (const group of await announcedIn(context.tx, course.id)) {
    const notice = card(
      title,
      'warn',
      summary,
      words(summary),
      ...(course.state === 'cancelled' ? [] : timetableBlocks(heldSessions(course), course, context.today)),
      buttons(link(texts.mine, '培训', { course: course.id })),
    );
    await context.post(group, notice, `course:${course.id}:v${course.version}:${group.messenger}:${group.id}`);
  }
}

/** Who is meant, in words that name nobody: 全体中层正职; 教务处、科研处全体; 60 人. */
async function describeAudience(view: Reader, courseId: number): Promise<string> {
  const enrolled = (await listAll(view, enrolments, { equals: [courseId] })).filter(({ until }) => until === null);
  const roster = await listAll(view, cadres, { index: 'byState', equals: ['active'] });
  const isIn = new Set(enrolled.map(({ staffNo }) => staffNo));
  const members = roster.filter(({ staffNo }) => isIn.has(staffNo));
  const isAll = (among: readonly Cadre[]): boolean =>
    among.length === members.length && among.every(({ staffNo }) => isIn.has(staffNo));
  if (members.length === 0 || isAll(roster)) return members.length === 0 ? texts.someOf(0) : texts.everybody;
  const grade = grades.find((one) => one !== 'other' && isAll(roster.filter((person) => person.grade === one)));
  if (grade !== undefined) return texts.allOf(gradeNames[grade]);
  const units = unitsOf(members);
  return units.length <= mostUnits && isAll(roster.filter(({ unit }) => units.includes(unit)))
    ? texts.allOfUnits(units)
    : texts.someOf(members.length);
}

/** More units than these are not worth reading. */
const mostUnits = 6;
