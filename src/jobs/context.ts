import { rulesInForce } from '../bot/rules/in-force.ts';
import type { Clock } from '../clock.ts';
import type { Day, Instant } from '../domain/day.ts';
import type { PolicyBook } from '../domain/policy.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { enqueue, type Outgoing } from '../messenger/outbox.ts';
import type { Cause, Store, Transaction } from '../store/store.ts';
import type { Job, JobContext, LongJobContext } from './job.ts';

/** What jobs are run with. */
export interface RunnerParts {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly clock: Clock;
  readonly policies: PolicyBook;
  readonly log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  /** Something is in the queue. */
  readonly wake: () => void;
  /** The messenger on which cadres are reached. */
  readonly messenger: string;
  readonly findPeople?: Messenger['findPeople'];
  readonly backupDirectory: string;
}

/** `ref` is the slot, or the day of a run by hand. */
export const causeOf = (job: Job, ref: string, at: Instant): Cause => ({
  actor: 'system',
  via: 'job',
  what: job.name,
  ref,
  at,
});

/** `sent` receives what is put into the queue. */
export async function shortContext(
  { policies, messenger }: Pick<RunnerParts, 'policies' | 'messenger'>,
  tx: Transaction,
  { now, asOf }: { now: Instant; asOf: Day },
  sent: Outgoing[] = [],
): Promise<JobContext> {
  const book = await rulesInForce(policies)(tx);
  const send = async (outgoing: Outgoing): Promise<boolean> => {
    const isNew = await enqueue(tx, outgoing);
    if (isNew) sent.push(outgoing);
    return isNew;
  };
  return {
    tx,
    now,
    asOf,
    policy: book.at(asOf),
    policies: book,
    messenger,
    tell: (staffNo, reply, about) => send({ ...about, messenger, to: { type: 'cadre', staffNo }, reply }),
    post: (chat, reply, about) =>
      send({ ...about, messenger: chat.messenger, to: { type: 'chat', id: chat.id }, reply }),
  };
}

export const longContext = (
  { store, backupDirectory, messenger, findPeople }: RunnerParts,
  { now, asOf }: { now: Instant; asOf: Day },
): LongJobContext => ({
  store,
  now,
  asOf,
  backupDirectory,
  messenger,
  ...(findPeople === undefined ? {} : { findPeople }),
});
