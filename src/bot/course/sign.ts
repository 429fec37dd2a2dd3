import {
  type Attendance,
  attendances,
  type SignFault,
  signFault,
  signIn,
  signInWindow,
  signOut,
  signOutWindow,
  wasThere,
} from '../../domain/attendance.ts';
import { clashesOf, endOf, startOf } from '../../domain/course.ts';
import { type Instant, timeOf } from '../../domain/day.ts';
import { button, card, note, type Reply, text, words } from '../../messenger/reply.ts';
import type { Reader } from '../../store/store.ts';
import { signTexts as texts } from '../../texts/sign-in.ts';
import type { Context } from '../context.ts';
import { normalise } from '../text/normalise.ts';
import { judgeCode, secretsOf } from './check-in-code.ts';
import { type CheckInTries, checkInTries, countWrong, pauseOf } from './check-in-tries.ts';
import { keyOf, nextOf, type OwnOpen, type Place, placesOn, readOwnOpen } from './own-places.ts';

export type Way = 'in' | 'out';

/** What words, a form or the button of a class say. */
export interface SignWords {
  readonly code?: string | undefined;
  readonly course?: number | undefined;
  /** Nothing was said but the code. */
  readonly bare?: boolean;
}

/** 签到 and 签退 with the code of the room; without a code it is asked for. */
export async function sign(context: Context, way: Way, said: SignWords): Promise<Reply> {
  const { tx, me, now, policy } = context;
  // Hundreds do this within a minute: what can be asked for at once is.
  const [own, tries, question] = await Promise.all([
    readOwnOpen(tx, me.staffNo),
    tx.get(checkInTries, me.staffNo),
    context.question(),
  ]);
  const meant = said.course === undefined ? own : own.filter(({ course }) => course.id === said.course);
  const mine = placesOn(meant, context.today);
  const places = way === 'in' ? mine : mine.filter(({ course }) => course.signsOut);
  const open = places.filter(({ session }) => signFault(session, way, now, policy) === null);
  const isAsked = question?.command === texts.verbs[way] && question.asking === 'code';
  if (open.length === 0) {
    if (way === 'in' && said.bare === true && (await hasSignedOut(context, mine))) return sign(context, 'out', said);
    if (isAsked) await context.closeQuestion();
    if (places.length > 0) return text(await explain(context, way, places));
    return text(said.bare === true ? texts.bareCode(said.code ?? '') : sayNothing(context, way, meant, mine));
  }
  const paused = pauseOf(tries, now);
  if (paused !== null) return text(texts.paused(policy.attendance.wrongCodes, timeOf(nextMinute(paused))));
  if (said.code === undefined) return askCode(context, way, open, said);
  const code = normalise(said.code).replace(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return text(texts.sixDigits(said.code));
  const secrets = await secretsOf(
    tx,
    open.map(({ course, session }) => ({ courseId: course.id, no: session.no })),
  );
  const judged = secrets.map((secret) => (secret === undefined ? 'wrong' : judgeCode(secret, code, now)));
  const place = open[judged.indexOf('valid')];
  if (place === undefined) {
    const said = judged.includes('stale') ? texts.stale : await refuseCode(context, open, tries);
    if (!isAsked) await context.ask({ command: texts.verbs[way], args: {}, asking: 'code' });
    return text(said);
  }
  if (tries !== undefined) await tx.remove(checkInTries, me.staffNo);
  if (isAsked) await context.closeQuestion('submitted');
  return way === 'in' ? takeIn(context, place, placesOn(own, context.today), said) : takeOut(context, place);
}

/** Whether somebody has signed out where it can be done again: then a bare code means that, and not 签到. */
async function hasSignedOut({ tx, me, now, policy }: Context, places: readonly Place[]): Promise<boolean> {
  const open = places.filter(
    ({ course, session }) => course.signsOut && signFault(session, 'out', now, policy) === null,
  );
  const rows = await tx.getAll(
    attendances,
    open.map((place) => keyOf(place, me.staffNo)),
  );
  return rows.some((row) => row !== undefined && row.out !== null);
}

/** Asks for the code, of all classes that are open, or of the one whose button was pressed. */
async function askCode(context: Context, way: Way, open: readonly Place[], { course }: SignWords): Promise<Reply> {
  const args = course === undefined ? {} : { course };
  await context.ask({ command: texts.verbs[way], args, asking: 'code' });
  const summary = texts.ask(way, open);
  return card(
    texts.title[way],
    'info',
    summary,
    words(summary),
    {
      type: 'form',
      name: 'check-in',
      fields: [{ type: 'text', name: 'code', label: texts.codeField, hint: texts.codeHint, required: true }],
      submit: button(texts.verbs[way], texts.verbs[way], args, 'primary'),
    },
    note(texts.askHint(way)),
  );
}

async function refuseCode(context: Context, open: readonly Place[], known: CheckInTries | undefined): Promise<string> {
  const { tx, me, now, policy } = context;
  const { count, pausedUntil } = await countWrong(tx, me.staffNo, known, now, policy);
  return pausedUntil === null
    ? texts.wrong(open, policy.attendance.wrongCodes - count)
    : texts.paused(count, timeOf(nextMinute(pausedUntil)));
}

/** A pause until 09:12:20 is over at 09:13 for somebody who reads a clock. */
const nextMinute = (instant: Instant): Instant =>
  new Date(Math.ceil(Date.parse(instant) / 60_000) * 60_000).toISOString();

/** A place at the same time at which somebody is on record already: nobody is in two rooms. */
async function takenAt(view: Reader, staffNo: string, { course, session }: Place, all: readonly Place[]) {
  const others = all.filter(
    (one) => one.course.id !== course.id && !one.session.cancelled && clashesOf([session], [one.session]).length > 0,
  );
  if (others.length === 0) return undefined;
  const rows = await view.getAll(
    attendances,
    others.map((one) => keyOf(one, staffNo)),
  );
  return others.find((_, i) => {
    const row = rows[i];
    return row !== undefined && wasThere(row);
  });
}

async function takeIn(context: Context, place: Place, all: readonly Place[], { bare }: SignWords): Promise<Reply> {
  const { tx, me, now, policy } = context;
  const { course, session } = place;
  const person = { courseId: course.id, staffNo: me.staffNo };
  const first = signIn(session, undefined, person, now, policy);
  if (!first.ok) return text(refusal(first.reason, 'in', place, undefined, policy));
  const taken = await takenAt(tx, me.staffNo, place, all);
  if (taken !== undefined) return text(texts.elsewhere(place, taken));
  // Most often nothing is known: to look for it first would stand in the way of everybody else who signs in now.
  const isFirst = await tx.insert(attendances, first.attendance);
  const known = isFirst ? undefined : await tx.get(attendances, keyOf(place, me.staffNo));
  const result = isFirst ? first : signIn(session, known, person, now, policy);
  if (!result.ok && bare === true && course.signsOut && known?.out != null) return takeOut(context, place);
  if (!result.ok) return text(refusal(result.reason, 'in', place, known, policy));
  if (!isFirst) await tx.put(attendances, result.attendance);
  const isLate = result.attendance.state === 'late';
  const summary = isLate
    ? texts.late(course, session, timeOf(now), minutesBetween(startOf(session), now))
    : texts.signedIn(course, session, timeOf(now));
  const { opens, closes } = signOutWindow(session, policy);
  return card(
    isLate ? texts.done.late : texts.done.in,
    isLate ? 'warn' : 'good',
    summary,
    words(summary),
    known?.state === 'on-leave' ? words(texts.wasOnLeave) : null,
    course.signsOut ? note(texts.thenSignOut(timeOf(opens), timeOf(closes))) : null,
  );
}

async function takeOut({ tx, me, now, policy }: Context, place: Place): Promise<Reply> {
  const { course, session } = place;
  const known = await tx.get(attendances, keyOf(place, me.staffNo));
  const result = signOut(session, known, { courseId: course.id, staffNo: me.staffNo }, now, policy);
  if (!result.ok) return text(refusal(result.reason, 'out', place, known, policy));
  await tx.put(attendances, result.attendance);
  const isEarly = now < signOutWindow(session, policy).onTime;
  const summary = isEarly
    ? texts.early(course, session, timeOf(now), minutesBetween(now, endOf(session)))
    : texts.signedOut(course, session, timeOf(now));
  return card(isEarly ? texts.done.early : texts.done.out, isEarly ? 'warn' : 'good', summary, words(summary));
}

const minutesBetween = (from: Instant, to: Instant): number => Math.floor((Date.parse(to) - Date.parse(from)) / 60_000);

function refusal(
  reason: SignFault,
  way: Way,
  { course, session }: Place,
  known: Attendance | undefined,
  policy: Context['policy'],
): string {
  const { faults } = texts;
  const { opens, closes } = (way === 'in' ? signInWindow : signOutWindow)(session, policy);
  switch (reason) {
    case 'cancelled':
      return faults.cancelled(course, session);
    case 'settled':
      return faults.settled(course, session);
    case 'too-early':
      return faults.tooEarly(way, course, session, timeOf(opens));
    case 'too-late':
      return faults.tooLate(way, course, session, timeOf(closes));
    case 'already-in':
      return `${faults.alreadyIn(course, session, known?.in == null ? null : timeOf(known.in))}${course.signsOut ? texts.toSignOut : ''}`;
    case 'already-out':
      return faults.alreadyOut(course, session, timeOf(known?.out ?? closes));
    case 'not-in':
      return faults.notIn(course, session);
  }
}

/** That there is nothing to sign today, and what comes next. */
function sayNothing(
  { now, today, policy }: Context,
  way: Way,
  own: readonly OwnOpen[],
  mine: readonly Place[],
): string {
  const [without] = mine;
  if (way === 'out' && without !== undefined) return texts.noSignOut(without.course);
  const next = nextOf(way === 'in' ? own : own.filter(({ course }) => course.signsOut), now);
  if (next === undefined) return texts.nothingToday(way);
  const { course, session } = next;
  const { opens } = (way === 'in' ? signInWindow : signOutWindow)(session, policy);
  return texts.nextIs(way, course, session, session.place ?? course.place, timeOf(opens), today);
}

/** Why there is nothing to sign now: about the 课次 that is on, else the next one, else the last of the day. */
async function explain({ tx, me, now, policy }: Context, way: Way, places: readonly Place[]): Promise<string> {
  const [first, ...others] = [...places].sort((a, b) => (startOf(a.session) < startOf(b.session) ? -1 : 1));
  if (first === undefined) return texts.nothingToday(way);
  const all = [first, ...others];
  const place =
    all.find(({ session }) => startOf(session) <= now && now <= endOf(session)) ??
    all.find(({ session }) => startOf(session) > now) ??
    all.at(-1) ??
    first;
  const known = await tx.get(attendances, keyOf(place, me.staffNo));
  const person = { courseId: place.course.id, staffNo: me.staffNo };
  const result = (way === 'in' ? signIn : signOut)(place.session, known, person, now, policy);
  return result.ok ? texts.nothingToday(way) : refusal(result.reason, way, place, known, policy);
}
