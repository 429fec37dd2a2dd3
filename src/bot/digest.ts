import type { Course, Session } from '../domain/course.ts';
import type { Day } from '../domain/day.ts';
import type { NoticeFacts } from '../domain/digest.ts';
import { isOffice } from '../domain/hearing.ts';
import type { Notice } from '../domain/notice.ts';
import { type Button, button, buttons, card, link, note, type Reply, words } from '../messenger/reply.ts';
import { classNoticeTexts } from '../texts/courses.ts';
import { digestTexts as texts } from '../texts/jobs.ts';
import { leaveTexts } from '../texts/leave.ts';
import { makeUpTexts } from '../texts/make-up.ts';
import { objectionTexts } from '../texts/objection.ts';

/**
 * One person's notices as one message: each with what, by when and, below, the button that does it.
 * `known` holds, by the notice's key, how things stand now; `open` is how many things wait for the person in all.
 */
export function sayDigest(
  list: readonly Notice[],
  known: ReadonlyMap<string, NoticeFacts>,
  today: Day,
  open: number,
): Reply {
  const lines = gather(list).map((like) => sentence(like, known, today));
  const more = open - countDuties(list);
  const reflections = list.filter((notice) => isOwnReflection(notice)).length;
  const actions = new Map(
    list.flatMap((notice) => actionOf(notice, reflections > 1)).map((each) => [each.label, each]),
  );
  const isAsked = list.some(({ tier }) => tier === 'manual');
  return card(
    isAsked ? texts.askedTitle : texts.title,
    list.some(({ tier, dueOn }) => tier === 'overdue' || (tier === 'manual' && dueOn !== null && dueOn < today))
      ? 'warn'
      : 'info',
    texts.summary(lines.length, more),
    isAsked ? words(texts.asked) : null,
    words(lines.length === 1 ? (lines[0] ?? '') : lines.map((line, i) => `${i + 1}. ${line}`).join('\n')),
    buttons(
      ...actions.values(),
      ...(more > 0 ? [link(texts.buttons.todo, '待办')] : []),
      link(texts.buttons.later, '提醒'),
    ),
    note(texts.footer),
  );
}

const isOwnReflection = ({ subject, tier }: Notice): boolean =>
  subject === 'reflection' && tier !== 'unit-head' && tier !== 'department';

/** How many lines of 待办 are said: each duty of one's own, and once each what waits at a desk. */
const countDuties = (list: readonly Notice[]): number =>
  list.filter((notice) => (isLadder(notice) ? !isOffice(notice) : !atDesk.includes(notice.subject))).length +
  new Set(list.map(({ subject }) => subject).filter((subject) => subject === 'leave' || subject === 'objection')).size;

/** What 待办 does not count, or counts otherwise. */
const atDesk: readonly Notice['subject'][] = ['unreached', 'roll', 'course', 'leave', 'objection'];

/** What climbs from the person to others. */
const isLadder = ({ subject }: Notice): boolean => subject === 'reflection' || subject === 'make-up';

/** What other people owe for the same training is one line, however many they are. */
function gather(list: readonly Notice[]): (readonly [Notice, ...Notice[]])[] {
  const lines = new Map<string, [Notice, ...Notice[]]>();
  for (const notice of list) {
    const { key, subject, tier, dueOn, figures } = notice;
    const isOthers = isLadder(notice) && isOffice(notice);
    const { courseId = '', no = '' } = figures;
    const line = isOthers ? `${subject} ${tier} ${dueOn} ${String(figures['title'])} ${courseId} ${no}` : key;
    const like = lines.get(line);
    if (like === undefined) lines.set(line, [notice]);
    else like.push(notice);
  }
  return [...lines.values()];
}

function sentence(like: readonly [Notice, ...Notice[]], known: ReadonlyMap<string, NoticeFacts>, today: Day): string {
  const [notice] = like;
  const facts = known.get(notice.key);
  const figure = (name: string): string => String(notice.figures[name] ?? '');
  switch (notice.subject) {
    case 'reflection':
      return reflectionSentence(like, figure, today);
    case 'make-up':
      return makeUpSentence(like, today);
    case 'leave':
      return leaveTexts.reminder(notice.about, figure('name'), figure('title'), figure('nos'), figure('day'), today);
    case 'objection':
      return objectionTexts.reminder(notice.about, figure('name'), notice.dueOn ?? today, today);
    case 'returned':
      return texts.returned(notice.about, figure('title'), figure('reason'));
    case 'quota':
      return facts?.progress === undefined ? '' : texts.quota(facts.progress);
    case 'professional':
      if (facts?.progress === undefined) return '';
      return notice.figures['year'] === facts.progress.professional.missedYear
        ? texts.missedYear(facts.progress.professional.missedYear)
        : texts.professional(facts.progress.professional);
    case 'approvals':
      return facts?.waiting === undefined ? '' : texts.approvals(facts.waiting);
    case 'course':
      return facts?.course === undefined ? '' : sayComing(facts.course, facts.sessions ?? [], today);
    case 'unreached':
      return texts.unreached(facts?.unreached ?? 0);
    case 'roll':
      return texts.roll(figure('id'), figure('title'), figure('no'), figure('day'), today);
  }
}

const sayComing = (course: Course, sessions: readonly Session[], today: Day): string =>
  classNoticeTexts.eve(
    course,
    sessions[0]?.day ?? today,
    sessions.map(({ start, end }) => `${start}–${end}`).join('、'),
    sessions[0]?.place ?? course.place,
    today,
  );

function reflectionSentence(
  like: readonly [Notice, ...Notice[]],
  figure: (name: string) => string,
  today: Day,
): string {
  const [{ about, tier, dueOn }] = like;
  const title = figure('title');
  const due = dueOn ?? today;
  const people = like.map(({ figures }) => ({ name: String(figures['name']), unit: String(figures['unit']) }));
  if (tier === 'unit-head') return texts.reflection.ofUnit(people, title, due, today);
  if (tier === 'department') return texts.reflection.ofOthers(people, title, due, today);
  const own = due > today ? 'before' : due === today ? 'due' : 'overdue';
  return texts.reflection[own](about, title, due, today, figure('minLength'));
}

function makeUpSentence(like: readonly [Notice, ...Notice[]], today: Day): string {
  const [{ tier, dueOn, figures }] = like;
  const what = makeUpTexts.matterOf(
    { no: Number(figures['no']) },
    { id: Number(figures['courseId']), title: String(figures['title']) },
  );
  const due = dueOn ?? today;
  const people = like.map((one) => ({ name: String(one.figures['name']), unit: String(one.figures['unit']) }));
  if (tier === 'unit-head') return makeUpTexts.reminder.ofUnit(people, what, due, today);
  if (tier === 'department') return makeUpTexts.reminder.ofOthers(people, what, due, today);
  return makeUpTexts.reminder[due > today ? 'before' : due === today ? 'due' : 'overdue'](what, due, today);
}

function actionOf(notice: Notice, several: boolean): Button[] {
  switch (notice.subject) {
    case 'reflection': {
      if (notice.tier === 'department') return [button(texts.buttons.overdue, '逾期')];
      if (notice.tier === 'unit-head') return [button(texts.buttons.ownUnit, '本单位', { view: 'reflection' })];
      const label = several ? texts.buttons.handInOf(notice.about) : texts.buttons.handIn;
      return [button(label, '体会', { entry: Number(notice.about) }, 'primary')];
    }
    case 'make-up': {
      if (notice.tier === 'department') return [button(texts.buttons.overdue, '逾期')];
      if (notice.tier === 'unit-head') return [];
      const { courseId, no } = notice.figures;
      return [button(makeUpTexts.title, '补训', { course: Number(courseId), no: Number(no) }, 'primary')];
    }
    case 'leave':
      return [button(leaveTexts.deskTitle, '请假', { verdict: 'list' }, 'primary')];
    case 'objection':
      return [button(objectionTexts.deskTitle, '异议', { verdict: 'list' }, 'primary')];
    case 'returned':
      return [button(texts.buttons.reviseOf(notice.about), '修改', { entry: Number(notice.about) }, 'primary')];
    case 'quota':
    case 'professional':
      return [button(texts.buttons.progress, '进度')];
    case 'approvals':
      return [button(texts.buttons.approve, '审核', {}, 'primary')];
    case 'course':
      return [button(classNoticeTexts.seeOf(notice.about), '培训', { course: Number(notice.about) })];
    case 'unreached':
      return [button(texts.buttons.unreached, '自查')];
    case 'roll': {
      const { id, no } = notice.figures;
      return [link(texts.buttons.roll(String(id), String(no)), '考勤', { id: Number(id), no: Number(no) })];
    }
  }
}
