import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cadre, cadres } from '../../../src/domain/cadre.ts';
import { type Day, type Instant, weekdayOf } from '../../../src/domain/day.ts';
import { text } from '../../../src/messenger/reply.ts';
import { createSimulatedClock, type SimulatedClock, simulatorState } from '../../../src/messenger/simulator/clock.ts';
import { createDesk, type Desk, type RunningBot } from '../../../src/messenger/simulator/desk.ts';
import { simulatorMessages } from '../../../src/messenger/simulator/messages.ts';
import { createSimulator, type Simulator } from '../../../src/messenger/simulator/simulator.ts';
import type { DeskEvent } from '../../../src/messenger/simulator/wire.ts';
import { college, people } from '../../support/college.ts';
import { SetClock } from '../../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

describe('the desk behind the page', () => {
  let temporary: TemporaryStore;
  let system: SetClock;
  let clock: SimulatedClock;
  let simulator: Simulator;
  let desk: Desk;
  let events: DeskEvent[];
  let settle: () => Promise<void>;
  let reset: () => Promise<void>;
  let suggest: RunningBot['suggest'];

  beforeEach(async () => {
    temporary = await openTemporaryStore([cadres, simulatorMessages, simulatorState]);
    system = new SetClock('2026-11-20T01:00:00.000Z');
    clock = await createSimulatedClock({ store: temporary.store, system });
    simulator = await startSimulator();
    settle = async () => {};
    reset = async () => {};
    suggest = () => [];
    await putPeople(college);
    desk = createDesk({
      bot: () => ({
        store: temporary.store,
        simulator,
        clock,
        calendar: { kindOf: (day: Day) => (weekdayOf(day) > 5 ? 'off' : 'workday'), years: [2026] },
        isSample: async () => false,
        jobs: async () => [],
        onChange: () => () => {},
        nextDue: () => null,
        settle: () => settle(),
        suggest: (cadre, chat) => suggest(cadre, chat),
      }),
      reset: () => reset(),
    });
    events = [];
    desk.subscribe((event) => events.push(event));
  });
  afterEach(() => temporary.remove());

  async function startSimulator(): Promise<Simulator> {
    const opened = createSimulator({ store: temporary.store, clock, renderChart: async () => '' });
    await opened.start(async () => null);
    return opened;
  }
  const putPeople = (list: readonly Cadre[]): Promise<void> =>
    temporary.store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at: clock.now() }, async (tx) => {
      for (const person of list) await tx.put(cadres, person);
    });
  const moveFrom = async (from: Instant, move: Parameters<Desk['move']>[0]): Promise<Instant> => {
    await clock.advanceTo(from);
    expect(await desk.move(move)).toMatchObject({ ok: true });
    return clock.now();
  };

  it('opens a cadre, the clerk, the head of the cadre’s unit and the group at first', async () => {
    expect((await desk.state()).windows).toEqual(['p:E0011', 'p:E0003', 'p:E0010', 'oc_cadres']);
  });

  it('shows the whole roster with units and roles, and no more of a person', async () => {
    const { people: shown, group } = await desk.state();
    expect(shown).toHaveLength(college.length);
    expect(shown.find(({ id }) => id === 'E0014')).toEqual({
      id: 'E0014',
      name: '单国华',
      unit: '后勤处',
      position: '干部',
      roles: [],
      state: 'retired',
    });
    expect(group).toEqual({ id: 'oc_cadres', name: '中层干部学习群' });
  });

  it('suggests what to say to whom', async () => {
    const asked: [string | null, string][] = [];
    suggest = (cadre, chat) => {
      asked.push([cadre?.name ?? null, chat]);
      return [{ label: '帮助', text: '帮助', send: true }];
    };
    expect((await desk.chat('p:E0011')).chips).toEqual([{ label: '帮助', text: '帮助', send: true }]);
    await desk.chat('p:X1');
    await desk.chat('oc_cadres');
    expect(asked).toEqual([
      [people.cadre.name, 'private'],
      [null, 'private'],
      [people.cadre.name, 'group'],
    ]);
  });

  it.each<[string, Instant, Parameters<Desk['move']>[0], Instant]>([
    ['an hour', '2026-11-20T01:05:00.000Z', { step: 'hour' }, '2026-11-20T02:05:00.000Z'],
    ['a day', '2026-11-20T01:05:00.000Z', { step: 'day' }, '2026-11-21T01:05:00.000Z'],
    ['to nine on a day', '2026-11-20T01:05:00.000Z', { step: 'date', day: '2026-11-25' }, '2026-11-25T01:00:00.000Z'],
    ['to the month’s last evening', '2026-11-20T01:05:00.000Z', { step: 'month' }, '2026-11-30T10:00:00.000Z'],
    ['from there to the first working day', '2026-11-30T10:00:00.000Z', { step: 'month' }, '2026-12-01T02:00:00.000Z'],
    ['over a weekend', '2027-04-30T10:00:00.000Z', { step: 'month' }, '2027-05-03T02:00:00.000Z'],
    ['over the year’s end', '2026-12-31T12:00:00.000Z', { step: 'month' }, '2027-01-01T02:00:00.000Z'],
  ])('moves %s', async (_, from, move, to) => {
    expect(await moveFrom(from, move)).toBe(to);
  });

  it.each([
    ['today', '2026-11-20', '只能往后走：请选一个今天以后的日子。'],
    ['the past', '2026-11-01', '只能往后走：请选一个今天以后的日子。'],
    ['years ahead', '2029-01-01', '一次最多走一年，请选近一些的日子。'],
  ])('refuses to move to %s', async (_, day, reason) => {
    system.pass(1);
    expect(await desk.move({ step: 'date', day })).toEqual({ ok: false, reason });
  });

  it('tells where the walk goes while it goes, and lets one walk at a time', async () => {
    let second: unknown;
    settle = async () => {
      second = await desk.move({ step: 'hour' });
    };
    await desk.move({ step: 'day' });
    expect(second).toEqual({ ok: false, reason: '时间正在快进，请等它走完。' });
    const walks = events.flatMap((event) => (event.type === 'clock' ? [event.clock.walkingTo] : []));
    expect(walks.at(0)).toBe('2026-11-21T01:00:00.000Z');
    expect(walks.at(-1)).toBeNull();
    expect((await desk.state()).clock).toMatchObject({ walkingTo: null, dayKind: 'off', monthStep: 'month-end' });
  });

  it('can be moved again after a walk that failed', async () => {
    settle = () => Promise.reject(new Error('disk full'));
    await expect(desk.move({ step: 'hour' })).rejects.toThrow('disk full');
    settle = async () => {};
    expect(await desk.move({ step: 'hour' })).toMatchObject({ ok: true });
  });

  it('turns to the new bot after a reset and says so', async () => {
    const old = simulator;
    reset = async () => {
      expect(await desk.says('E0011', '进度', 'p:E0011')).toEqual({ ok: false, reason: '正在重置示例数据，请稍候。' });
      simulator = await startSimulator();
    };
    expect(await desk.reset()).toMatchObject({ ok: true });
    await old.send({ type: 'person', id: 'E0011' }, text('旧'), 'k1');
    await simulator.send({ type: 'person', id: 'E0011' }, text('新'), 'k2');
    expect(events.map((event) => (event.type === 'message' ? event.message.reply : event.type))).toEqual([
      'reset',
      text('新'),
    ]);
  });

  it('hands out files that were shown in a message, and no other blob', async () => {
    const bytes = new TextEncoder().encode('x');
    await desk.sendsFile('E0011', { name: '证明.pdf', bytes }, 'p:E0011');
    const secret = await temporary.store.blobs.put(new TextEncoder().encode('体会全文'));
    const [message] = (await desk.chat('p:E0011')).messages;
    const [file] = message?.files ?? [];
    expect(await desk.file(message?.id ?? '', file?.blob ?? '')).toMatchObject({ name: '证明.pdf' });
    expect(await desk.file(message?.id ?? '', secret)).toBeUndefined();
    expect(await desk.file('om_1', file?.blob ?? '')).toBeUndefined();
  });

  it('answers what cannot be with a sentence', async () => {
    expect(await desk.says('E0011', '进度', 'p:E0012')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('没有这个会话'),
    });
    expect(await desk.taps('E0011', 'om_1', {}, {})).toMatchObject({ ok: false });
  });
});
