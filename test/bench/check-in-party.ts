import { setTimeout } from 'node:timers/promises';
import { codeNow, openSecret } from '../../src/bot/course/check-in-code.ts';
import { collections } from '../../src/collections.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { courses, enrolments } from '../../src/domain/course.ts';
import { openLowdbStore } from '../../src/store/lowdb/open.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { listAll, type Store } from '../../src/store/store.ts';
import { makeCourse, makeEnrolment, makeSession } from '../support/course.ts';
import { dispatchOn, fill } from './bot.ts';
import type { Party } from './load.ts';
import { now, staffNoOf, today } from './people.ts';

export interface CheckInOptions {
  /** The embedded store, in this folder; or the database. */
  readonly directory?: string;
  readonly database?: {
    readonly url: string;
    readonly adminUrl: string;
    readonly institution: string;
    readonly connections: number;
  };
  /** Over how much time the people of a round sign in; 0: all in the same moment. */
  readonly spreadMs: number;
}

/** A class of as many people as a round has messages, who all sign in with the code of one 课次. */
export async function openCheckIn({ directory, database, spreadMs }: CheckInOptions): Promise<Party> {
  const store =
    database === undefined
      ? await openLowdbStore({ directory: directory ?? '', collections })
      : await openPostgresStore({ ...database, collections });
  await fill(store, 10_000);
  const handle = dispatchOn(store);
  let rounds = 0;
  return {
    round: async ({ messages }) => {
      rounds += 1;
      const id = 1000 + rounds;
      const code = await openClass(store, id, messages);
      const started = performance.now();
      const took = await Promise.all(
        Array.from({ length: messages }, async (_, person) => {
          const due = (spreadMs * person) / messages;
          await setTimeout(due);
          const began = Math.max(started + due, performance.now());
          const staffNo = staffNoOf(person);
          await handle({
            type: 'message',
            messenger: 'simulator',
            id: `c${id}:${person}`,
            at: now,
            sender: { id: staffNo, userId: staffNo, name: null, privateChat: `p:${staffNo}` },
            chat: { id: `p:${staffNo}`, type: 'private' },
            text: `签到 ${code}`,
            files: [],
          });
          return performance.now() - began;
        }),
      );
      const seconds = (performance.now() - started) / 1000;
      await count(store, id, messages);
      took.sort((a, b) => a - b);
      const at = (share: number): number => took[Math.min(took.length - 1, Math.ceil(took.length * share) - 1)] ?? 0;
      return { perSecond: messages / seconds, p50: at(0.5), p99: at(0.99) };
    },
    close: () => store.close(),
  };
}

/** Each round has a class of its own; those before it are over, as past classes are. @returns the code */
function openClass(store: Store, id: number, size: number): Promise<string> {
  const session = makeSession({ day: today, start: '10:00', end: '12:00' });
  return store.transaction({ actor: 'system', via: 'cli', what: 'bench', ref: '', at: now }, async (tx) => {
    const last = await tx.get(courses, id - 1);
    if (last !== undefined) await tx.put(courses, { ...last, state: 'closed' });
    await tx.put(courses, makeCourse({ id, sessions: [session] }));
    for (let person = 0; person < size; person += 1) {
      await tx.put(enrolments, makeEnrolment({ courseId: id, staffNo: staffNoOf(person) }));
    }
    return codeNow(await openSecret(tx, id, session), now).code;
  });
}

/** None lost, none twice. @throws Error otherwise */
async function count(store: Store, id: number, size: number): Promise<void> {
  const rows = await store.read((view) => listAll(view, attendances, { equals: [id, 1] }));
  const twice = rows.filter(({ marks }) => marks.length !== 1).length;
  if (rows.length !== size || twice > 0)
    throw new Error(`${size - rows.length} check-ins were lost, ${twice} taken twice`);
}
