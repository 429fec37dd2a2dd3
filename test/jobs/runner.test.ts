import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cadres } from '../../src/domain/cadre.ts';
import { defineCollection } from '../../src/domain/collection.ts';
import { addMs, instantAt } from '../../src/domain/day.ts';
import { ruleChanges } from '../../src/domain/rule-change.ts';
import { type Job, JobError, type LongJob, type ShortJob, type Step, type SteppedJob } from '../../src/jobs/job.ts';
import { createRunner, type Runner } from '../../src/jobs/runner.ts';
import { everyDay, type Schedule } from '../../src/jobs/schedule.ts';
import { jobSlots } from '../../src/jobs/slots.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { text } from '../../src/messenger/reply.ts';
import { loadPolicy } from '../../src/policy/load.ts';
import { listAll, type Store, StoreError } from '../../src/store/store.ts';
import { withTransactions } from '../../src/store/with-transactions.ts';
import { SetClock } from '../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../support/temporary-store.ts';

const runs = defineCollection({ name: 'runs', schema: z.object({ id: z.number(), asOf: z.string() }), key: ['id'] });
const policies = loadPolicy('data/policy');
const start = instantAt('2026-11-20', '09:00');
const day = 86_400_000;

let home: TemporaryStore;
let clock: SetClock;
let woken: number;

beforeEach(async () => {
  home = await openTemporaryStore([runs, jobSlots, outbox, cadres, ruleChanges]);
  clock = new SetClock(start);
  woken = 0;
});

afterEach(() => home.remove());

const at = (time: string, catchUp = 1): Schedule => ({ time, on: everyDay, words: `每天 ${time}`, catchUp });

const leaveTrace: ShortJob['run'] = async ({ tx, asOf, tell }) => {
  await tx.put(runs, { id: await tx.nextNumber('runs'), asOf });
  await tell('E0001', text('hello'), { key: `hello:${asOf}`, purpose: 'notice' });
  return `ran for ${asOf}`;
};
const short = (name: string, schedule: Schedule, run = leaveTrace): Job => ({ name, type: 'short', schedule, run });

function openRunner(jobs: readonly Job[], store: Store = home.store): Runner {
  const log = { info: () => {}, error: () => {} };
  const wake = () => {
    woken += 1;
  };
  return createRunner({
    store,
    jobs,
    clock,
    policies,
    log,
    wake,
    messenger: 'recording',
    backupDirectory: home.directory,
  });
}

const runDays = async (): Promise<string[]> =>
  (await home.store.read((view) => listAll(view, runs))).map(({ asOf }) => asOf);

describe('ticks', () => {
  test('the first one begins to count and makes up for nothing', async () => {
    const runner = openRunner([short('job', at('07:13'))]);
    await runner.tick();
    expect(await runDays()).toEqual([]);
    expect((await runner.list())[0]?.last).toMatchObject({ slot: start, state: 'since' });
  });

  test('a slot runs once, with its effects, and is told apart from the next day', async () => {
    const runner = openRunner([short('job', at('09:07'))]);
    await runner.tick();
    for (const minutes of [6, 7, 8, 24 * 60, 24 * 60 + 7, 24 * 60 + 8]) {
      clock.set(addMs(start, minutes * 60_000));
      await runner.tick();
    }
    expect(await runDays()).toEqual(['2026-11-20', '2026-11-21']);
    expect(woken).toBe(2);
    const queued = await home.store.read((view) => listAll(view, outbox));
    expect(queued.map(({ key }) => key)).toEqual(['hello:2026-11-20', 'hello:2026-11-21']);
  });

  test('after a pause the latest slot is made up for, or as many as the job asks, about their own days', async () => {
    const runner = openRunner([short('one', at('09:07')), short('two', at('09:41', 2))]);
    await runner.tick();
    clock.set(addMs(start, 5 * day));
    await runner.tick();
    expect(await runDays()).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
  });

  test('slots of several jobs run in the order of the day, also those that are made up for', async () => {
    const order: string[] = [];
    const note =
      (name: string): ShortJob['run'] =>
      async () => {
        order.push(name);
        return name;
      };
    const runner = openRunner([
      short('digest', at('09:07'), note('digest')),
      short('planning', at('07:13'), note('planning')),
    ]);
    await runner.tick();
    clock.set(addMs(start, 2 * day));
    await runner.tick();
    expect(order).toEqual(['planning', 'digest']);
    clock.set(instantAt('2026-11-24', '10:00'));
    await runner.tick();
    expect(order.slice(2)).toEqual(['planning', 'digest']);
  });

  test('a job that fails changes nothing, is shown as failed and does not stop the others', async () => {
    const broken: ShortJob['run'] = async (context) => {
      await leaveTrace(context);
      throw new Error('a bad row');
    };
    const runner = openRunner([short('broken', at('09:06'), broken), short('sound', at('09:07'))]);
    await runner.tick();
    clock.set(instantAt('2026-11-20', '09:08'));
    await runner.tick();
    await runner.tick();
    expect(await runDays()).toEqual(['2026-11-20']);
    const [first, second] = await runner.list();
    expect(first?.last).toMatchObject({ state: 'failed', summary: '没有办成：a bad row' });
    expect(second?.last).toMatchObject({ state: 'done', summary: 'ran for 2026-11-20' });
  });

  test('a store that is away leaves the slot due', async () => {
    let away = false;
    const store = withTransactions(home.store, (cause, work) =>
      away ? Promise.reject(new StoreError('unavailable', 'away')) : home.store.transaction(cause, work),
    );
    const runner = openRunner([short('job', at('09:07'))], store);
    await runner.tick();
    clock.set(instantAt('2026-11-20', '09:07'));
    away = true;
    await expect(runner.tick()).rejects.toThrow('away');
    await runner.settled();
    away = false;
    clock.set(instantAt('2026-11-20', '09:20'));
    await runner.tick();
    expect(await runDays()).toEqual(['2026-11-20']);
  });

  test('what was done before a restart is not done again', async () => {
    const jobs = [short('job', at('09:07'))];
    await openRunner(jobs).tick();
    clock.set(instantAt('2026-11-20', '09:07'));
    await openRunner(jobs).tick();
    await home.reopen();
    await openRunner(jobs).tick();
    expect(await runDays()).toEqual(['2026-11-20']);
  });

  test('two processes on one store run each slot once', async () => {
    const jobs = [short('job', at('09:07', 9))];
    const [one, two] = [openRunner(jobs), openRunner(jobs)];
    await one.tick();
    clock.set(addMs(start, 5 * day));
    await Promise.all([one.tick(), two.tick(), one.tick(), two.tick()]);
    expect(await runDays()).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24']);
  });

  let calls = 0;
  const long: LongJob = {
    name: 'backup',
    type: 'long',
    schedule: at('09:07'),
    preview: () => 'would run',
    run: async () => {
      calls += 1;
      if (calls === 1) throw new StoreError('unavailable', 'power cut');
      return 'copied';
    },
  };

  test('a long job that a crash has ended runs again at once where nobody else could be at it', async () => {
    calls = 0;
    const open = () => openRunner([long]);
    await open().tick();
    clock.set(instantAt('2026-11-20', '09:07'));
    await expect(open().tick()).rejects.toThrow('power cut');
    const runner = open();
    await runner.tick();
    await runner.tick();
    expect(calls).toBe(2);
    expect((await runner.list())[0]?.last).toMatchObject({ state: 'done', summary: 'copied' });
  });
});

describe('a job in steps', () => {
  /** Each step leaves a trace and greets a person, once; the one that is to fail has a fault the first time. */
  const stepped = (count: number, failing: number | null = null): SteppedJob => {
    let faults = 0;
    const step = (id: number): Step => {
      return async ({ tx, asOf, tell }) => {
        if (id === failing && faults === 0) {
          faults += 1;
          throw new StoreError('unavailable', 'power cut');
        }
        const isNew = (await tx.get(runs, id)) === undefined;
        await tx.put(runs, { id, asOf });
        await tell(`E000${id}`, text('hello'), { key: `hello:${id}`, purpose: 'notice' });
        return { all: 1, fresh: isNew ? 1 : 0 };
      };
    };
    return {
      name: 'steps',
      type: 'stepped',
      schedule: at('09:07'),
      divide: () => Promise.resolve(Array.from({ length: count }, (_, i) => step(i + 1))),
      say: ({ all = 0, fresh = 0 }, { asOf }) => `${fresh} of ${all} for ${asOf}`,
    };
  };
  const causes = async (): Promise<number> => (await home.store.read((view) => view.auditHead())).n;
  const runAt = async (runner: Runner): Promise<Runner> => {
    await runner.tick();
    clock.set(instantAt('2026-11-20', '09:07'));
    await runner.tick();
    return runner;
  };
  const last = async (runner: Runner) => (await runner.list())[0]?.last;

  test.each([
    [0, '0 of 0 for 2026-11-20', 1],
    [1, '1 of 1 for 2026-11-20', 1],
    [3, '3 of 3 for 2026-11-20', 5],
  ])(
    'of %i steps says what all have done: several in transactions of their own between claim and end',
    async (count, summary, records) => {
      const runner = await runAt(openRunner([stepped(count)]));
      expect(await last(runner)).toMatchObject({ state: 'done', summary });
      expect(await runDays()).toHaveLength(count);
      // One more has begun to count.
      expect(await causes()).toBe(1 + records);
    },
  );

  test('that a crash has ended begins again, and finds what was done', async () => {
    const job = stepped(3, 2);
    const runner = openRunner([job]);
    await expect(runAt(runner)).rejects.toThrow('power cut');
    expect(await last(runner)).toMatchObject({ state: 'claimed' });
    expect(await runDays()).toHaveLength(1);
    const after = openRunner([job]);
    await after.tick();
    await after.tick();
    expect(await last(after)).toMatchObject({ state: 'done', summary: '2 of 3 for 2026-11-20' });
    expect(await home.store.read((view) => view.count(outbox, {}))).toBe(3);
  });

  test('of one step that fails has left nothing', async () => {
    const runner = openRunner([stepped(1, 1)]);
    await expect(runAt(runner)).rejects.toThrow('power cut');
    expect(await last(runner)).toMatchObject({ state: 'since' });
    expect([await runDays(), await home.store.read((view) => view.count(outbox, {}))]).toEqual([[], 0]);
  });

  test('by hand and as a rehearsal shows all that it sends', async () => {
    const runner = openRunner([stepped(3)]);
    const report = {
      job: 'steps',
      summary: '3 of 3 for 2026-11-20',
      sent: [{ to: 'E0001' }, { to: 'E0002' }, { to: 'E0003' }],
    };
    expect(await runner.run('steps', { dryRun: true })).toMatchObject(report);
    expect(await causes()).toBe(0);
    expect(await runner.run('steps')).toMatchObject(report);
    expect(await runDays()).toHaveLength(3);
  });
});

describe('by hand', () => {
  test('a run tells what it sent, and what has gone out does not go out again', async () => {
    const runner = openRunner([short('job', at('09:07'))]);
    const report = await runner.run('job');
    expect(report).toEqual({
      job: 'job',
      asOf: '2026-11-20',
      summary: 'ran for 2026-11-20',
      sent: [{ to: 'E0001', purpose: 'notice', text: 'hello' }],
    });
    expect((await runner.run('job')).sent).toEqual([]);
    expect(woken).toBe(2);
  });

  test('a dry run shows the same and leaves no trace', async () => {
    const runner = openRunner([short('job', at('09:07'))]);
    const report = await runner.run('job', { asOf: '2026-12-01', dryRun: true });
    expect(report).toMatchObject({ asOf: '2026-12-01', sent: [{ to: 'E0001', text: 'hello' }] });
    await home.store.read(async (view) => {
      expect([await view.count(runs, {}), await view.count(outbox, {}), await view.count(jobSlots, {})]).toEqual([
        0, 0, 0,
      ]);
      expect((await view.auditHead()).n).toBe(0);
    });
    expect(woken).toBe(0);
  });

  test('a dry run sees what the jobs before it would have done that morning', async () => {
    const count: ShortJob['run'] = async ({ tx }) => `${await tx.count(runs, {})} runs`;
    const runner = openRunner([
      short('counting', at('09:07'), count),
      short('before', at('07:13')),
      short('after', at('10:13')),
    ]);
    expect((await runner.run('counting', { dryRun: true })).summary).toBe('1 runs');
    expect((await runner.run('counting')).summary).toBe('0 runs');
  });

  test('an unknown job and a day to come are refused in words', async () => {
    const runner = openRunner([short('job', at('09:07'))]);
    await expect(runner.run('jbo')).rejects.toThrow(new JobError('没有名为 jbo 的任务。可用的有：job。'));
    await expect(runner.run('job', { asOf: '2026-11-21' })).rejects.toThrow(JobError);
  });
});

test('the list says when each job runs next, and the next of all is known', async () => {
  const runner = openRunner([short('late', at('09:07')), short('early', at('02:17'))]);
  expect((await runner.list()).map(({ name, schedule, next }) => [name, schedule, next])).toEqual([
    ['late', '每天 09:07', instantAt('2026-11-20', '09:07')],
    ['early', '每天 02:17', instantAt('2026-11-21', '02:17')],
  ]);
  expect(runner.nextDue(start)).toBe(instantAt('2026-11-20', '09:07'));
});
