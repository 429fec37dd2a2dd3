import fc from 'fast-check';
import { expect, test } from 'vitest';
import { followPerson } from '../../../src/bot/course/follow.ts';
import { readFullDays } from '../../../src/bot/course/full-days.ts';
import { markLeave, unmarkLeave } from '../../../src/bot/course/leave-marks.ts';
import { proofJudge } from '../../../src/bot/course/make-up-proof.ts';
import { markAttendance, settleSession } from '../../../src/bot/course/settle.ts';
import { appendHourEvent, nextEntryId } from '../../../src/bot/ledger.ts';
import { collections } from '../../../src/collections.ts';
import { type AttendanceState, attendanceStates, attendances, signIn } from '../../../src/domain/attendance.ts';
import { concerns } from '../../../src/domain/concern.ts';
import { type Course, courses, enrolments, type Session, startOf } from '../../../src/domain/course.ts';
import { addMs, instantAt, yearOf } from '../../../src/domain/day.ts';
import { decideEvent, submitEvent, voidEvent } from '../../../src/domain/entry-life.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { askLeave, decideLeave, endLeave, leaves } from '../../../src/domain/leave.ts';
import { chooseWay, decideProof, handInProof, isOwing, type MakeUp, makeUps } from '../../../src/domain/make-up.ts';
import { listAll, type Transaction } from '../../../src/store/store.ts';
import { verifyStore } from '../../../src/store/verify.ts';
import { book, makeFacts, policy } from '../../domain/build.ts';
import { isTooFull, reckon, type Seat, type Sitting } from '../../support/class-rules.ts';
import { makeCourse, makeEnrolment, makeSession } from '../../support/course.ts';
import { openTemporaryStore } from '../../support/temporary-store.ts';

const clerk = 'E0003';
const persons = ['E0011', 'E0012'];
/** A class across the year's end and two later runs of it, of which one credits each 课次 by itself. */
const classIds = [1001, 1002, 1003];
const days = ['2026-12-30', '2026-12-31', '2027-01-04', '2027-01-05'];
const lengths = [300, 200, 450, 100];
const topics = ['形势与政策', '党章党规', '形势与政策', '教学能力'];

const sittings = (classId: number): Session[] =>
  days.map((day, i) =>
    makeSession({
      no: i + 1,
      day,
      start: classId === 1001 ? '09:00' : classId === 1002 ? '14:00' : '18:30',
      end: classId === 1001 ? '11:00' : classId === 1002 ? '16:00' : '20:30',
      content: i === 3 ? 'professional' : 'party-spirit',
      hours: lengths[i] ?? 0,
      topic: topics[i] ?? '',
    }),
  );

const at = fc.record({
  run: fc.constantFrom(...classIds, 1001, 1001),
  who: fc.constantFrom(...persons),
  no: fc.integer({ min: 1, max: days.length }),
});
const event = fc.oneof(
  at.map((place) => ({ type: 'enrol' as const, ...place })),
  fc.tuple(at, fc.subarray([1, 2, 3, 4])).map(([place, only]) => ({ type: 'enrol-part' as const, ...place, only })),
  fc
    .tuple(at, fc.subarray([1, 2, 3, 4], { minLength: 1 }))
    .map(([place, nos]) => ({ type: 'ask' as const, ...place, nos })),
  fc.nat({ max: 5 }).map((index) => ({ type: 'approve' as const, index })),
  fc.nat({ max: 5 }).map((index) => ({ type: 'end' as const, index })),
  fc
    .tuple(at, fc.integer({ min: -40, max: 70 }))
    .map(([place, minute]) => ({ type: 'sign-in' as const, ...place, minute })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(at, fc.constantFrom(...attendanceStates))
      .map(([place, state]) => ({ type: 'roll' as const, ...place, state })),
  },
  { weight: 4, arbitrary: at.map((place) => ({ type: 'settle' as const, ...place })) },
  at.map((place) => ({ type: 'cancel-sitting' as const, ...place })),
  fc.tuple(at, fc.constantFrom(...days)).map(([place, day]) => ({ type: 'move-sitting' as const, ...place, day })),
  at.map((place) => ({ type: 'leave-class' as const, ...place })),
  { weight: 3, arbitrary: at.map((place) => ({ type: 'choose' as const, ...place })) },
  { weight: 2, arbitrary: at.map((place) => ({ type: 'record' as const, ...place })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        at,
        fc.constantFrom(...days, '2027-01-05', '2027-01-05'),
        fc.constantFrom('party-spirit' as const, 'party-spirit' as const, 'professional' as const),
        fc.boolean(),
      )
      .map(([place, day, content, again]) => ({ type: 'prove' as const, ...place, day, content, again })),
  },
  { weight: 2, arbitrary: fc.nat({ max: 3 }).map((index) => ({ type: 'void' as const, index })) },
  at.map((place) => ({ type: 'cancel-class' as const, ...place })),
  fc.integer({ min: 1, max: 40 }).map((hours) => ({ type: 'wait' as const, hours })),
);

/** What everybody in the room knows. */
interface Room {
  readonly states: Map<string, AttendanceState>;
  readonly fromLeave: Set<string>;
  readonly recorded: Set<string>;
  readonly given: Set<string>;
  readonly asked: number[];
  /** Trainings that were logged to prove something: what they prove now, null where nothing any more. */
  readonly proofs: {
    readonly entryId: number;
    readonly who: string;
    readonly day: string;
    readonly content: string;
    for: string | null;
  }[];
  now: string;
}

const seatOf = (room: Room, course: Course, enrolled: Pick<Seat, 'since' | 'until' | 'only'>, who: string): Seat => ({
  since: enrolled.since,
  until: enrolled.until,
  only: enrolled.only,
  states: new Map(
    course.sessions.flatMap(({ no }) => {
      const state = room.states.get(`${course.id}:${no}:${who}`);
      return state === undefined ? [] : [[no, state] as const];
    }),
  ),
  recorded: new Set(course.sessions.map(({ no }) => no).filter((no) => room.recorded.has(`${course.id}:${no}:${who}`))),
  given: room.given.has(`${course.id}:${who}`),
});

const sittingOf = (session: Session): Sitting => ({
  no: session.no,
  start: startOf(session),
  day: session.day,
  end: session.end,
  year: yearOf(session.day),
  content: session.content,
  hours: session.hours,
  topic: session.topic,
  cancelled: session.cancelled,
  settled: session.settled !== null,
});

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

async function happen(tx: Transaction, room: Room, what: Event): Promise<void> {
  const parts = { tx, now: room.now, policies: book };
  if (what.type === 'wait') {
    room.now = addMs(room.now, what.hours * 3_600_000);
    return;
  }
  if (what.type === 'approve' || what.type === 'end') {
    const leave = await tx.get(leaves, room.asked[what.index] ?? 0);
    const course = leave && (await tx.get(courses, leave.courseId));
    if (leave === undefined || course === undefined) return;
    if (what.type === 'approve') {
      const result = decideLeave(leave, { approve: true, words: '' }, clerk, room.now);
      if (!result.ok) return;
      await tx.put(leaves, result.leave);
      await markLeave(parts, course, result.leave);
      for (const no of leave.sessions) {
        const key = `${course.id}:${no}:${leave.staffNo}`;
        const state = room.states.get(key) ?? 'absent';
        if (state !== 'absent' || course.sessions.find((one) => one.no === no)?.cancelled !== false) continue;
        room.states.set(key, 'on-leave');
        room.fromLeave.add(key);
      }
      return;
    }
    const result = endLeave(leave, course.sessions, leave.staffNo, room.now);
    if (!result.ok) return;
    await tx.put(leaves, result.leave);
    await unmarkLeave(tx, result.leave);
    for (const no of result.leave.ended?.sessions ?? []) {
      const key = `${course.id}:${no}:${leave.staffNo}`;
      if (room.fromLeave.has(key) && room.states.get(key) === 'on-leave') room.states.delete(key);
    }
    return;
  }
  if (what.type === 'void') {
    const used = room.proofs.filter((one) => one.for !== null);
    const proof = used[what.index % Math.max(1, used.length)] ?? room.proofs[what.index];
    const entry = proof && (await tx.get(hourEntries, proof.entryId));
    const voided = entry && voidEvent(entry, '重复登记', clerk, room.now);
    if (proof === undefined || voided?.ok !== true) return;
    await appendHourEvent(tx, voided.event, policy);
    const makeUp = proof.for === null ? undefined : await tx.get(makeUps, proof.for);
    if (makeUp?.entryId === proof.entryId) expect(makeUp.state).not.toBe('accepted');
    proof.for = null;
    return;
  }
  const { run, who, no } = what;
  const course = await tx.get(courses, run);
  const session = course?.sessions.find((one) => one.no === no);
  const enrolled = await tx.get(enrolments, `${run}:${who}`);
  if (course === undefined || session === undefined) return;
  const key = `${run}:${no}:${who}`;
  const follow = (changed: Course = course) => followPerson(parts, changed, who, '变更');
  const change = async (next: Partial<Session>): Promise<void> => {
    const changed = { ...course, sessions: course.sessions.map((one) => (one.no === no ? { ...one, ...next } : one)) };
    await tx.put(courses, changed);
    for (const person of persons) await followPerson(parts, changed, person, '变更');
  };
  switch (what.type) {
    case 'enrol':
    case 'enrol-part': {
      if (enrolled !== undefined) return;
      const only = what.type === 'enrol' ? null : what.only;
      const since = what.type === 'enrol' && run === 1001 ? room.now : null;
      await tx.put(enrolments, makeEnrolment({ courseId: run, staffNo: who, since, only }));
      await follow();
      return;
    }
    case 'ask': {
      const known = await listAll(tx, leaves, { index: 'byPerson', equals: [who, run] });
      const wanted = course.sessions.filter((one) => what.nos.includes(one.no));
      const id = await tx.nextNumber('leaves');
      const ask = { id, courseId: run, staffNo: who, sessions: wanted, reason: '出差开会', at: room.now };
      const result = askLeave(ask, known, course.sessions, policy);
      if (!result.ok) return;
      await tx.put(leaves, result.leave);
      room.asked.push(id);
      return;
    }
    case 'sign-in': {
      const when = addMs(startOf(session), what.minute * 60_000);
      const known = await tx.get(attendances, key);
      const result = signIn(session, known, { courseId: run, staffNo: who }, when, policy);
      if (!result.ok) return;
      await tx.put(attendances, result.attendance);
      room.states.set(key, what.minute > 10 ? 'late' : 'present');
      return;
    }
    case 'roll': {
      const mark = { state: what.state, source: 'roll', by: clerk, at: room.now, reason: null } as const;
      await markAttendance(parts, course, no, new Map([[who, mark]]), '更正');
      room.states.set(key, what.state);
      if (what.state !== 'on-leave') room.fromLeave.delete(key);
      return;
    }
    case 'settle': {
      const settled = await settleSession(parts, run, no, clerk, '考勤确认');
      if (settled === null) return;
      for (const person of persons) {
        const there = await tx.get(enrolments, `${run}:${person}`);
        const start = startOf(session);
        const isIn =
          there !== undefined &&
          there.only?.includes(no) !== false &&
          (there.since === null || start >= there.since) &&
          (there.until === null || start < there.until);
        const place = `${run}:${no}:${person}`;
        if (isIn && !room.states.has(place)) room.states.set(place, 'absent');
      }
      return;
    }
    case 'cancel-sitting':
      return change({ cancelled: true });
    case 'move-sitting':
      return session.settled === null ? change({ day: what.day }) : undefined;
    case 'leave-class':
      if (enrolled?.until !== null) return;
      await tx.put(enrolments, { ...enrolled, until: room.now });
      await follow();
      return;
    case 'choose':
    case 'record': {
      const owed = await tx.get(makeUps, key);
      if (owed === undefined) return;
      const result =
        what.type === 'choose'
          ? chooseWay(owed, 'next-run', who, policy, { courseId: run === 1002 ? 1003 : 1002, no: (no % 4) + 1 })
          : handInProof(
              owed,
              { way: 'recording', words: null, blob: null, length: 900, entryId: null, at: room.now },
              who,
              policy,
            );
      if (!result.ok) return;
      const done =
        what.type === 'choose' ? result : decideProof(result.makeUp, { accept: true, words: '' }, clerk, room.now);
      if (!done.ok) throw new Error(done.reason);
      await tx.put(makeUps, done.makeUp);
      if (what.type === 'record') room.recorded.add(key);
      await follow();
      return;
    }
    case 'prove': {
      const owed = await tx.get(makeUps, key);
      const known = what.again ? room.proofs.find((one) => one.who === who) : undefined;
      const proof = known ?? (await logTraining(tx, room, what));
      const entry = await tx.get(hourEntries, proof.entryId);
      if (owed === undefined || entry === undefined || !isOwing(owed)) return;
      const owing = { makeUp: owed, course, missed: session };
      const isGood =
        entry.state === 'approved' && proof.day >= session.day && proof.content === owed.content && proof.for === null;
      expect([key, (await proofJudge(tx, owing)).judge(entry) === null]).toEqual([key, isGood]);
      if (!isGood) return;
      const shared = {
        way: 'same-theme',
        words: null,
        blob: null,
        length: 0,
        entryId: entry.id,
        at: room.now,
      } as const;
      const handed = handInProof(owed, shared, who, policy);
      const done = handed.ok ? decideProof(handed.makeUp, { accept: true, words: '' }, clerk, room.now) : handed;
      if (!done.ok) throw new Error(done.reason);
      await tx.put(makeUps, done.makeUp);
      proof.for = key;
      await follow();
      return;
    }
    case 'cancel-class': {
      const changed: Course = { ...course, state: 'cancelled' };
      await tx.put(courses, changed);
      for (const person of persons) await followPerson(parts, changed, person, '取消');
    }
  }
}

/** A training of a person of two hours, approved at once. */
async function logTraining(
  tx: Transaction,
  room: Room,
  what: Event & { type: 'prove' },
): Promise<Room['proofs'][number]> {
  const { who, day, content } = what;
  const entryId = await nextEntryId(tx);
  const facts = makeFacts({ from: day, to: day, hours: 200, content, title: `专题辅导${entryId}` });
  const submitted = await appendHourEvent(
    tx,
    submitEvent({ entryId, staffNo: who, by: who, at: room.now, facts, source: 'chat', importId: null }),
    policy,
  );
  const decided = decideEvent(submitted, { type: 'approved' }, clerk, room.now);
  if (!decided.ok) throw new Error(decided.reason);
  await appendHourEvent(tx, decided.event, policy);
  const proof = { entryId, who, day, content, for: null };
  room.proofs.push(proof);
  return proof;
}

/** Who was absent without leave is the department's to decide about, as long as the class and its 课次 take place. */
async function compareConcerns(tx: Transaction, room: Room, course: Course, who: string): Promise<void> {
  const enrolled = await tx.get(enrolments, `${course.id}:${who}`);
  const isAbsent = ({ no, settled, cancelled, day, start: at }: Session): boolean => {
    const start = instantAt(day, at);
    const isIn =
      enrolled !== undefined &&
      enrolled.only?.includes(no) !== false &&
      (enrolled.since === null || start >= enrolled.since) &&
      (enrolled.until === null || start < enrolled.until);
    return isIn && !cancelled && settled !== null && room.states.get(`${course.id}:${no}:${who}`) === 'absent';
  };
  const isOff = enrolled === undefined || course.state === 'cancelled';
  const row = await tx.get(concerns, `${course.id}:${who}`);
  expect(row?.about.includes('absence') ?? false).toBe(!isOff && course.sessions.some(isAbsent));
}

const inOrder = (hours: Iterable<number>): number[] => [...hours].sort((a, b) => a - b);

async function compare(tx: Transaction, room: Room): Promise<void> {
  const all = await Promise.all(classIds.map((id) => tx.get(courses, id)));
  for (const who of persons) {
    const owed = new Map<string, MakeUp>();
    for (const one of await listAll(tx, makeUps, { index: 'byPerson', equals: [who] }))
      owed.set(`${one.courseId}:${one.no}`, one);
    const entries = await listAll(tx, hourEntries, { index: 'byPerson', equals: [who] });
    const needed = new Map<
      string,
      {
        readonly cause: string;
        readonly hours: number;
        readonly topic: string;
        readonly run: number;
        readonly start: string;
      }
    >();
    const given = new Map<string, { hours: number; evening: boolean }[]>();
    const there: { readonly run: number; readonly no: number; readonly topic: string; readonly start: string }[] = [];
    for (const course of all) {
      if (course === undefined) continue;
      const enrolled = await tx.get(enrolments, `${course.id}:${who}`);
      const mine = entries.filter(({ state, proof }) => state === 'approved' && proof === `培训班 ${course.id} 考勤`);
      const seat = enrolled && seatOf(room, course, enrolled, who);
      const isOff = course.state === 'cancelled' || seat === undefined;
      const due = isOff ? null : reckon(course.sessions.map(sittingOf), seat, course.creditsEach);
      if (due !== null && due.hours.size > 0) room.given.add(`${course.id}:${who}`);
      expect(inOrder(mine.map(({ hours }) => hours))).toEqual(inOrder(due?.hours.values() ?? []));
      for (const [no, one] of due?.missing ?? []) {
        const { topic = '', start = '' } = course.sessions.map(sittingOf).find((sitting) => sitting.no === no) ?? {};
        needed.set(`${course.id}:${no}`, { ...one, topic, start, run: course.id });
      }
      for (const [day, one] of due?.byDay ?? []) given.set(day, [...(given.get(day) ?? []), one]);
      there.push(...(due?.there ?? []).map(({ no, topic, start }) => ({ run: course.id, no, topic, start })));
    }
    const logged = (day: string): number[] =>
      entries
        .filter((one) => one.source === 'chat' && one.state === 'approved' && one.from === day)
        .map(({ hours }) => hours);
    const full = await readFullDays(tx, who, { courseId: 0, credits: [] }, days, book);
    expect(full.map(({ day }) => day)).toEqual(days.filter((day) => isTooFull(given.get(day) ?? [], logged(day))));
    const used = new Set<string>();
    const proven = new Set<number>();
    for (const [key, one] of owed) {
      const isWaived = one.state === 'waived';
      const isDecided = one.state === 'accepted' && one.decidedBy === clerk;
      if (!needed.has(key)) expect([key, isWaived || isDecided]).toEqual([key, true]);
      if (one.state === 'accepted' && one.way === 'same-theme') {
        // One training proves one thing, and only as long as it stands.
        const entry = entries.find(({ id }) => id === one.entryId);
        expect([key, entry?.state, proven.has(one.entryId ?? 0)]).toEqual([key, 'approved', false]);
        proven.add(one.entryId ?? 0);
      }
      if (one.state === 'chosen' && one.by !== null) {
        // What is waited for is still to come.
        const run = all.find((course) => course?.id === one.by?.courseId);
        const sitting = run?.sessions.find((session) => session.no === one.by?.no);
        expect([key, run?.state, sitting?.settled, sitting?.cancelled]).toEqual([key, 'open', null, false]);
      }
      if (one.state !== 'accepted' || one.way !== 'next-run') continue;
      const by = there.find(({ run, no }) => run === one.by?.courseId && no === one.by.no);
      const name = `${by?.run}:${by?.no}`;
      const need = needed.get(key);
      const isAfter = by !== undefined && need !== undefined && by.run !== need.run && by.start > need.start;
      expect([key, isAfter]).toEqual([key, true]);
      expect([name, used.has(name)]).toEqual([name, false]);
      used.add(name);
    }
    for (const [key, need] of needed) {
      const one = owed.get(key);
      expect([key, one === undefined || one.state === 'waived']).toEqual([key, false]);
      if (one === undefined || !isOwing(one)) continue;
      expect(one).toMatchObject({ cause: need.cause, hours: need.hours });
      const stand = there.find(
        (by) =>
          by.run !== need.run && by.start > need.start && by.topic === need.topic && !used.has(`${by.run}:${by.no}`),
      );
      expect([key, stand]).toEqual([key, undefined]);
    }
  }
}

test('hours and make-ups are what attendance, corrections and rules give, in whatever order things happen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), fc.boolean(), async (story, each) => {
      const temporary = await openTemporaryStore(collections);
      const { store } = temporary;
      const room: Room = {
        states: new Map(),
        fromLeave: new Set(),
        recorded: new Set(),
        given: new Set(),
        asked: [],
        proofs: [],
        now: instantAt('2026-12-29', '09:00'),
      };
      const change = (work: (tx: Transaction) => Promise<void>) =>
        store.transaction({ actor: clerk, via: 'message', what: 'test', ref: '', at: room.now }, work);
      try {
        await change(async (tx) => {
          for (const id of classIds) {
            const repeats = id === 1001 ? null : id === 1002 ? 1001 : each ? 1001 : 1002;
            const course = makeCourse({ id, sessions: sittings(id), repeats, creditsEach: id === 1003 || each });
            await tx.nextNumber('courses');
            await tx.put(courses, course);
          }
          for (const who of persons) await tx.put(enrolments, makeEnrolment({ courseId: 1002, staffNo: who }));
          await tx.put(enrolments, makeEnrolment({ courseId: 1001, staffNo: 'E0011' }));
        });
        for (const what of story) {
          await change(async (tx) => {
            await happen(tx, room, what);
            await compare(tx, room);
          });
        }
        await change(async (tx) => {
          for (const id of classIds) {
            const course = await tx.get(courses, id);
            for (const who of course === undefined ? [] : persons) {
              const again = course && (await followPerson({ tx, now: room.now, policies: book }, course, who, '再看'));
              const changes = again && [
                again.made,
                again.corrected,
                again.voided,
                again.opened,
                again.closed,
                again.waived,
              ];
              expect(changes?.flat() ?? []).toEqual([]);
              if (course !== undefined) await compareConcerns(tx, room, course, who);
            }
          }
        });
        expect((await verifyStore(store, collections)).problems).toEqual([]);
      } finally {
        await temporary.remove();
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
