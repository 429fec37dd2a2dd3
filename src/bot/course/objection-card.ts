import { attendances } from '../../domain/attendance.ts';
import { type Cadre, cadres } from '../../domain/cadre.ts';
import { courses } from '../../domain/course.ts';
import { dayOf, timeOf } from '../../domain/day.ts';
import { hourEntries } from '../../domain/hours.ts';
import { type Objection, objections } from '../../domain/objection.ts';
import { type Block, button, buttons, type Card, card, fields, type Reply, words } from '../../messenger/reply.ts';
import { showDay } from '../../texts/glossary.ts';
import { objectionTexts as texts } from '../../texts/objection.ts';
import type { Context } from '../context.ts';
import { nameOf } from '../review/desk.ts';

/** What the department sees of an objection: the words, what stood there then and now, how it came about. */
export async function showObjection(
  context: Context,
  objection: Objection,
  person: Pick<Cadre, 'name' | 'unit'>,
  tone: Card['tone'] = 'info',
): Promise<Reply> {
  const summary = texts.desk(objection, person.name, person.unit, context.today);
  const { now, history } = await factsOf(context, objection);
  return card(
    texts.deskTitle,
    tone,
    summary,
    words(summary),
    fields(
      [texts.words, objection.words],
      [texts.facts, objection.facts],
      ...(now === '' || now === objection.facts ? [] : [[texts.current, now] as const]),
      ...(history.length === 0 ? [] : [[texts.history, history.join('；')] as const]),
    ),
    verdictButtons(objection),
  );
}

export const verdictButtons = ({ id }: Objection): Block =>
  buttons(
    button(texts.uphold, '异议', { id, verdict: 'uphold' }, 'primary'),
    button(texts.reject, '异议', { id, verdict: 'reject' }, 'danger'),
  );

/** What stands there now, and how it came about. */
async function factsOf(context: Context, { courseId, no, entryId, staffNo }: Objection) {
  const { tx, today } = context;
  if (entryId !== null) {
    const entry = await tx.get(hourEntries, entryId);
    return { now: entry === undefined ? '' : texts.entryFacts(entry), history: [] };
  }
  const course = await tx.get(courses, courseId ?? 0);
  const session = course?.sessions.find((one) => one.no === no);
  const row = await tx.get(attendances, `${courseId}:${no}:${staffNo}`);
  const history: string[] = [];
  for (const { state, source, by, at } of row?.marks ?? []) {
    const when = `${showDay(dayOf(at), today)} ${timeOf(at)}`;
    history.push(texts.mark(state, source, await nameOf(context, by), when));
  }
  const now = course === undefined || session === undefined ? '' : texts.attendanceFacts(course, session, row);
  return { now, history };
}

/** How many a card shows. */
const mostShown = 5;

/** What waits for an answer, the first due first. */
export async function showDesk(context: Context, done?: string): Promise<Reply> {
  const { tx, today } = context;
  const open = { index: 'byState', equals: ['open'] };
  const { rows } = await tx.find(objections, { ...open, limit: mostShown });
  const count = texts.deskCount(await tx.count(objections, open));
  const summary = done === undefined ? count : `${done}${count}`;
  const blocks: Block[] = [];
  for (const one of rows) {
    const person = await tx.get(cadres, one.staffNo);
    const line = texts.desk(one, person?.name ?? one.staffNo, person?.unit ?? '', today);
    blocks.push(words(`${line}\n${texts.words}：${one.words}\n${texts.facts}：${one.facts}`), verdictButtons(one));
  }
  return card(texts.deskTitle, rows.length === 0 ? 'good' : 'info', summary, words(summary), ...blocks);
}
