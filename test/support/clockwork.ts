import { join } from 'node:path';
import { appendHourEvent, nextEntryId } from '../../src/bot/ledger.ts';
import { addressOf } from '../../src/bot/people.ts';
import { collections } from '../../src/collections.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { type Instant, instantAt } from '../../src/domain/day.ts';
import { type Decision, decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import { type HourFacts, hourEntries } from '../../src/domain/hours.ts';
import type { PolicyBook } from '../../src/domain/policy.ts';
import { jobs as allJobs } from '../../src/jobs/index.ts';
import { createRunner, type Runner } from '../../src/jobs/runner.ts';
import type { Messenger } from '../../src/messenger/messenger.ts';
import { createPump, type Pump } from '../../src/messenger/pump.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import type { Store, Transaction } from '../../src/store/store.ts';
import { RecordingMessenger } from './recording-messenger.ts';
import { SetClock } from './set-clock.ts';
import { openTemporaryStore } from './temporary-store.ts';

export interface Clockwork {
  readonly store: Store;
  readonly policies: PolicyBook;
  readonly clock: SetClock;
  readonly messenger: RecordingMessenger;
  readonly runner: Runner;
  readonly backupDirectory: string;
  /** Every slot that was run, in order. */
  readonly ran: readonly { readonly job: string; readonly slot: Instant }[];
  write<R>(work: (tx: Transaction) => Promise<R>): Promise<R>;
  /** Logs a training; the answer is its 登记号. */
  submits(staffNo: string, facts: Partial<HourFacts>): Promise<number>;
  /** Logs a training and has it approved by `E0003`, or by `by`. */
  earns(staffNo: string, facts: Partial<HourFacts>, by?: string): Promise<number>;
  /** Gives an entry back to its owner, by `E0003`. */
  returns(id: number): Promise<void>;
  /** Lives through the time until then: every slot is run at its minute. */
  until(day: string, time?: string): Promise<void>;
  /** Runs what is due now and sends what is queued. */
  settle(): Promise<void>;
  /** Ends the process and starts another on the same folder. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

const training: HourFacts = {
  from: '2026-11-10',
  to: '2026-11-10',
  hours: 800,
  content: 'theory',
  kind: 'thematic',
  form: 'intensive',
  title: '专题培训',
  organiser: null,
  place: null,
  proof: null,
  result: null,
  note: null,
};

/**
 * Store, queue and jobs as they run in production, with a clock that is moved and a messenger that only remembers.
 * Nights are quicker without `backups`.
 */
export async function openClockwork(
  options: {
    people?: readonly Cadre[];
    now?: Instant;
    backups?: boolean;
    messenger?: string;
    findPeople?: Messenger['findPeople'];
  } = {},
): Promise<Clockwork> {
  const home = await openTemporaryStore(collections);
  const clock = new SetClock(options.now ?? instantAt('2026-11-20', '10:00'));
  const messenger = new RecordingMessenger(clock, { name: options.messenger ?? 'simulator' });
  const policies = loadPolicy('data/policy');
  const jobs = allJobs.filter(({ name }) => name !== 'backup' || options.backups === true);
  const backupDirectory = join(home.directory, 'backups');
  let runner: Runner;
  let pump: Pump;
  let starts = 0;
  const ran: { job: string; slot: Instant }[] = [];
  const faults: object[] = [];

  const start = (): void => {
    starts += 1;
    const log = {
      info: (fields: object) => ran.push(fields as (typeof ran)[number]),
      warn: () => {},
      error: (fields: object) => faults.push(fields),
    };
    const messengers = new Map([[messenger.name, messenger]]);
    pump = createPump({ store: home.store, messengers, clock, addressOf, log, owner: `run-${starts}` });
    const { findPeople } = options;
    const lookUp = findPeople === undefined ? {} : { findPeople };
    const parts = {
      store: home.store,
      jobs,
      clock,
      policies,
      log,
      messenger: messenger.name,
      backupDirectory,
      ...lookUp,
    };
    runner = createRunner({ ...parts, wake: () => {} });
  };
  start();

  const write: Clockwork['write'] = (work) =>
    home.store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at: clock.now() }, work);
  const settle = async (): Promise<void> => {
    await runner.tick();
    await pump.drain();
    if (faults.length > 0) throw new Error('a job failed', { cause: faults });
  };
  const submits: Clockwork['submits'] = (staffNo, facts) =>
    write(async (tx) => {
      const id = await nextEntryId(tx);
      const event = submitEvent({
        entryId: id,
        staffNo,
        by: staffNo,
        at: clock.now(),
        facts: { ...training, ...facts },
        source: 'chat',
        importId: null,
      });
      await appendHourEvent(tx, event, policies.at(event.facts?.to ?? training.to));
      return id;
    });
  const decide = (id: number, decision: Decision, by: string): Promise<void> =>
    write(async (tx) => {
      const entry = await tx.get(hourEntries, id);
      const change = entry && decideEvent(entry, decision, by, clock.now());
      if (!change?.ok) throw new Error(`not decided: ${change?.reason}`);
      await appendHourEvent(tx, change.event, policies.at(entry?.to ?? training.to));
    });
  await write(async (tx) => {
    for (const person of options.people ?? []) await tx.put(cadres, person);
  });
  await settle();

  return {
    get store() {
      return home.store;
    },
    get runner() {
      return runner;
    },
    policies,
    clock,
    messenger,
    backupDirectory,
    ran,
    write,
    submits,
    earns: async (staffNo, facts, by = 'E0003') => {
      const id = await submits(staffNo, facts);
      await decide(id, { type: 'approved' }, by);
      return id;
    },
    returns: (id) => decide(id, { type: 'returned', reason: '请补充证明材料' }, 'E0003'),
    until: async (day, time = '23:59') => {
      const end = instantAt(day, time);
      for (let due = runner.nextDue(clock.now()); due !== null && due <= end; due = runner.nextDue(clock.now())) {
        clock.set(due);
        await settle();
      }
      clock.set(end);
      await settle();
    },
    settle,
    restart: async () => {
      await pump.stop();
      await home.reopen();
      start();
    },
    remove: async () => {
      await pump.stop();
      await home.remove();
    },
  };
}
