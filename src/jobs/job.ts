import type { Day, Instant } from '../domain/day.ts';
import type { Policy, PolicyBook } from '../domain/policy.ts';
import type { Messenger } from '../messenger/messenger.ts';
import type { Outgoing } from '../messenger/outbox.ts';
import type { Reply } from '../messenger/reply.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Schedule } from './schedule.ts';

/** What a job gets that runs in one transaction with its slot. */
export interface JobContext {
  readonly tx: Transaction;
  readonly now: Instant;
  /** The day that the run is about: today, or the slot's day for jobs that make up for more than one missed slot. */
  readonly asOf: Day;
  /** The rules of that day. */
  readonly policy: Policy;
  readonly policies: PolicyBook;
  /** The messenger on which cadres are reached. */
  readonly messenger: string;
  /** Puts a message to a cadre into the queue; false when its key is known already. */
  readonly tell: (
    staffNo: string,
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notBefore' | 'notAfter' | 'urgent'>,
  ) => Promise<boolean>;
  /** Puts a message to a group into the queue; false when its key is known already. */
  readonly post: (
    chat: { readonly messenger: string; readonly id: string },
    reply: Reply,
    about: Pick<Outgoing, 'key' | 'purpose' | 'notBefore'>,
  ) => Promise<boolean>;
}

/** What a job gets that is too long for one transaction: it is claimed first, and after a crash it runs again. */
export interface LongJobContext {
  readonly store: Store;
  readonly now: Instant;
  readonly asOf: Day;
  readonly backupDirectory: string;
  /** The messenger on which cadres are reached, and its look-up of people where it has one. */
  readonly messenger: string;
  readonly findPeople?: Messenger['findPeople'];
}

interface JobFrame {
  readonly name: string;
  readonly schedule: Schedule;
}

/** Everything that it changes and sends becomes durable together with its slot. `run` says in words what was done. */
export interface ShortJob extends JobFrame {
  readonly type: 'short';
  readonly run: (context: JobContext) => Promise<string>;
}

/** What was done, by name: counts add up. */
export type Counts = Readonly<Record<string, number>>;

/** A part of a stepped job, done in one transaction; where it is done again, it finds what was done. */
export type Step = (context: JobContext) => Promise<Counts>;

/**
 * What may be too much for one transaction, because it is about everybody: `divide` says in which steps. A single step is
 * durable together with the slot, as a short job is; several are done one after another, and after a crash all again.
 */
export interface SteppedJob extends JobFrame {
  readonly type: 'stepped';
  readonly divide: (context: JobContext) => Promise<readonly Step[]>;
  /** Says in words what all steps have done. */
  readonly say: (done: Counts, context: Pick<JobContext, 'now' | 'asOf' | 'policy' | 'policies'>) => string;
}

/** `run` may be repeated. `preview` says what a run would do. */
export interface LongJob extends JobFrame {
  readonly type: 'long';
  readonly run: (context: LongJobContext) => Promise<string>;
  readonly preview: (context: LongJobContext) => string | Promise<string>;
}

/** What happens by itself. */
export type Job = ShortJob | SteppedJob | LongJob;

/** A wish that cannot be fulfilled; the message says why, in Chinese. */
export class JobError extends Error {
  override readonly name = 'JobError';
}
