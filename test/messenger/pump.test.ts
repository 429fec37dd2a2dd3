import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addMs, instantAt } from '../../src/domain/day.ts';
import { enqueue, forgetAnswers, type OutboxRow, outbox, outboxCounts, resend } from '../../src/messenger/outbox.ts';
import type { Sleep } from '../../src/messenger/pace.ts';
import { createPump, type Pump, type PumpParts } from '../../src/messenger/pump.ts';
import { text } from '../../src/messenger/reply.ts';
import { listAll, type Store, StoreError, type Transaction } from '../../src/store/store.ts';
import { withTransactions } from '../../src/store/with-transactions.ts';
import { type Behaviour, RecordingMessenger } from '../support/recording-messenger.ts';
import { SetClock } from '../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../support/temporary-store.ts';

const start = instantAt('2026-11-20', '09:00');
const second = 1000;
const minute = 60_000;
const hour = 3_600_000;

let home: TemporaryStore;
let clock: SetClock;
let messenger: RecordingMessenger;
let pumps: Pump[];

beforeEach(async () => {
  home = await openTemporaryStore([outbox]);
  clock = new SetClock(start);
  messenger = new RecordingMessenger(clock);
  pumps = [];
});

afterEach(async () => {
  for (const pump of pumps) await pump.stop();
  await home.remove();
});

/** Waits at the pump's alarm for ever, at the pace not at all. */
const noSleep: Sleep = (_, signal) =>
  signal === undefined
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

function openPump(parts: Partial<PumpParts> = {}): Pump {
  const pump = createPump({
    store: home.store,
    messengers: new Map([[messenger.name, messenger]]),
    clock,
    addressOf: async (_, __, staffNo) => (staffNo === 'E9999' ? null : `ou_${staffNo}`),
    log: { warn: () => {} },
    owner: `pump-${pumps.length + 1}`,
    sleep: noSleep,
    ...parts,
  });
  pumps.push(pump);
  return pump;
}

const write = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> =>
  home.store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at: clock.now() }, work);

type Order = Partial<Pick<OutboxRow, 'purpose' | 'messenger' | 'notAfter'>> & { notBefore?: string };

async function put(key: string, staffNo = 'E0001', order: Order = {}): Promise<void> {
  const { notAfter, ...rest } = order;
  await write((tx) =>
    enqueue(tx, {
      key,
      messenger: messenger.name,
      to: { type: 'cadre', staffNo },
      purpose: 'answer',
      reply: text(`text of ${key}`),
      ...(notAfter ? { notAfter } : {}),
      ...rest,
    }),
  );
}

async function rowOf(key: string): Promise<OutboxRow> {
  const row = await home.store.read((view) => view.get(outbox, key));
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
}

const arrivedKeys = (to?: string): string[] =>
  messenger.arrived.filter((each) => to === undefined || each.to === to).map(({ key }) => key);

/** The store as a process sees it that is gone between sending and writing down. */
function dyingStore(after: number): Store {
  let turns = 0;
  return withTransactions(home.store, (cause, work) => {
    turns += 1;
    if (turns > after) return Promise.reject(new StoreError('unavailable', 'gone'));
    return home.store.transaction(cause, work);
  });
}

describe('sending', () => {
  test('everything that is queued arrives, and its text is forgotten, except that of a bulletin', async () => {
    await put('answer:1');
    await put('bulletin:2026-10:oc_1', 'E0002', { purpose: 'bulletin' });
    await openPump().drain();
    expect(messenger.arrived).toMatchObject([
      { to: 'ou_E0001', key: 'answer:1', text: 'text of answer:1' },
      { to: 'ou_E0002', key: 'bulletin:2026-10:oc_1' },
    ]);
    expect(await rowOf('answer:1')).toMatchObject({ state: 'sent', sentAt: start, messageId: 'om_1', reply: null });
    expect((await rowOf('bulletin:2026-10:oc_1')).reply).toEqual(text('text of bulletin:2026-10:oc_1'));
  });

  test('a second message with the same key is not sent, even after the first', async () => {
    await put('digest:2026-11-20:E0001');
    await openPump().drain();
    await put('digest:2026-11-20:E0001');
    await openPump().drain();
    expect(arrivedKeys()).toEqual(['digest:2026-11-20:E0001']);
  });

  test('what one person hears comes in the order in which it was said, whatever the keys', async () => {
    for (const key of ['m9', 'm10', 'a1', 'z', 'b']) await put(key);
    await openPump().drain();
    expect(arrivedKeys()).toEqual(['m9', 'm10', 'a1', 'z', 'b']);
  });

  test('a slow target holds up nobody else', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    messenger.passage = (key) => (key.startsWith('slow') ? held : Promise.resolve());
    await put('slow1', 'E0001');
    await put('slow2', 'E0001');
    for (const key of ['quick1', 'quick2', 'quick3']) await put(key, 'E0002');
    const draining = openPump().drain();
    while (arrivedKeys('ou_E0002').length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(messenger.tries.filter(({ key }) => key.startsWith('slow'))).toHaveLength(1);
    release();
    await draining;
    expect(arrivedKeys('ou_E0001')).toEqual(['slow1', 'slow2']);
  });

  test('messages are spaced as the platform asks', async () => {
    messenger = new RecordingMessenger(clock, { rate: { perTarget: 4, total: 50 } });
    let elapsed = 0;
    const sleep: Sleep = (ms, signal) => {
      if (signal !== undefined) return noSleep(ms, signal);
      elapsed += ms;
      return Promise.resolve();
    };
    for (const key of ['a', 'b', 'c']) await put(key);
    await openPump({ sleep, elapsed: () => elapsed }).drain();
    expect(arrivedKeys()).toEqual(['a', 'b', 'c']);
    expect(elapsed).toBe(500);
  });

  test('nothing goes out before its time', async () => {
    await put('later', 'E0001', { notBefore: addMs(start, hour) });
    await put('now');
    const pump = openPump();
    await pump.drain();
    expect(arrivedKeys()).toEqual(['now']);
    clock.pass(hour);
    await pump.drain();
    expect(arrivedKeys()).toEqual(['now', 'later']);
  });

  test('wake returns at once and sends behind, and again when a retry is due', async () => {
    messenger.behave = (_, attempt) => (attempt === 1 ? { retryMs: 5 * second } : 'deliver');
    const alarms: { ms: number; ring: () => void }[] = [];
    const sleep: Sleep = (ms, signal) =>
      new Promise((resolve) => (signal === undefined ? resolve() : alarms.push({ ms, ring: resolve })));
    await put('a');
    openPump({ sleep }).wake();
    while (alarms.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(alarms[0]?.ms).toBe(5 * second);
    expect((await rowOf('a')).state).toBe('queued');
    clock.pass(5 * second);
    alarms[0]?.ring();
    while (alarms.length === 1) await new Promise((resolve) => setImmediate(resolve));
    expect((await rowOf('a')).state).toBe('sent');
  });
});

describe('retrying', () => {
  test('waits as long as the platform asks, keeps the key, and drain does not wait for it', async () => {
    messenger.behave = (_, attempt) => (attempt < 3 ? { retryMs: 90 * second } : 'deliver');
    await put('a');
    const pump = openPump();
    await pump.drain();
    expect(await rowOf('a')).toMatchObject({ state: 'queued', notBefore: addMs(start, 90 * second), reason: 'busy' });
    clock.pass(90 * second - 1);
    await pump.drain();
    expect(messenger.tries).toHaveLength(1);
    for (const _ of [1, 2]) {
      clock.pass(91 * second);
      await pump.drain();
    }
    expect(messenger.tries.map(({ key }) => key)).toEqual(['a', 'a', 'a']);
    expect(await rowOf('a')).toMatchObject({ state: 'sent', attempts: 3 });
  });

  test('backs off by itself when the platform names no time', async () => {
    messenger.behave = () => ({ retryMs: 0 });
    await put('a');
    const pump = openPump();
    const pauses: number[] = [];
    for (let i = 0; i < 11; i++) {
      await pump.drain();
      const { notBefore } = await rowOf('a');
      pauses.push((Date.parse(notBefore) - Date.parse(clock.now())) / second);
      clock.set(notBefore);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  test.each(['lost', 'throw'] as const)('a message whose answer is gone (%s) arrives once', async (fault) => {
    messenger.behave = (_, attempt) => (attempt === 1 ? fault : 'deliver');
    await put('a');
    const pump = openPump();
    await pump.drain();
    clock.pass(minute);
    await pump.drain();
    expect(messenger.tries).toHaveLength(2);
    expect(arrivedKeys()).toEqual(['a']);
    expect((await rowOf('a')).state).toBe('sent');
  });

  test('what comes later for the same person waits, what is for others does not', async () => {
    messenger.behave = (key, attempt) => (key === 'first' && attempt === 1 ? { retryMs: minute } : 'deliver');
    await put('first', 'E0001');
    await put('second', 'E0001');
    await put('other', 'E0002');
    const pump = openPump();
    await pump.drain();
    expect(arrivedKeys()).toEqual(['other']);
    clock.pass(minute);
    await pump.drain();
    expect(arrivedKeys()).toEqual(['other', 'first', 'second']);
  });

  test.each([
    ['one millisecond before the window ends', hour - 1, 'sent'],
    ['when the window has ended', hour, 'unknown'],
  ])('%s', async (_, ms, state) => {
    messenger.behave = (__, attempt) => (attempt === 1 ? 'lost' : 'deliver');
    await put('a');
    const pump = openPump();
    await pump.drain();
    clock.pass(ms);
    await pump.drain();
    expect((await rowOf('a')).state).toBe(state);
    expect(arrivedKeys()).toEqual(['a']);
    clock.pass(24 * hour);
    await pump.drain();
    expect(arrivedKeys()).toEqual(['a']);
  });

  test('an operator may send what is unknown once more, and only that', async () => {
    messenger.behave = (_, attempt) => (attempt === 1 ? { retryMs: hour } : 'deliver');
    await put('a');
    const pump = openPump();
    await pump.drain();
    clock.pass(hour);
    await pump.drain();
    expect(await rowOf('a')).toMatchObject({ state: 'unknown', reason: '发送结果不明，为免重复没有再发（busy）。' });
    await write(async (tx) => expect(await resend(tx, 'a')).toBe(true));
    await pump.drain();
    expect(arrivedKeys()).toEqual(['a']);
    await write(async (tx) => {
      expect(await resend(tx, 'a')).toBe(false);
      expect(await resend(tx, 'nothing')).toBe(false);
    });
  });
});

describe('giving up', () => {
  test('a final refusal is kept with its reason and does not stop the next message', async () => {
    messenger.behave = (key) => (key === 'a' ? { refuse: '对方已停用机器人' } : 'deliver');
    await put('a');
    await put('b');
    await openPump().drain();
    expect(await rowOf('a')).toMatchObject({ state: 'failed', reason: '对方已停用机器人' });
    expect(arrivedKeys()).toEqual(['b']);
  });

  test('a person without an account, and a messenger that is not in use', async () => {
    await put('unbound', 'E9999');
    await put('elsewhere', 'E0001', { messenger: 'dingtalk' });
    await openPump().drain();
    expect((await rowOf('unbound')).reason).toContain('还没有绑定');
    expect((await rowOf('elsewhere')).reason).toBe('没有启用 dingtalk，消息送不到。');
    expect(await home.store.read(outboxCounts)).toEqual({
      queued: 0,
      leased: 0,
      sent: 0,
      failed: 2,
      unknown: 0,
      expired: 0,
    });
  });

  test('a drain gives up on everything that it can give up on, whatever the order of the keys', async () => {
    for (const key of ['z', 'm', 'a']) await put(key, 'E9999');
    await openPump().drain();
    expect(await home.store.read(outboxCounts)).toMatchObject({ queued: 0, failed: 3 });
  });

  test.each([
    ['in the last moment of its hours: sent', 0, 'sent'],
    ['after them: expired', 1, 'expired'],
  ])('a reminder %s', async (_, late, state) => {
    await put('digest', 'E0001', { purpose: 'chase', notAfter: addMs(start, 9 * hour) });
    clock.pass(9 * hour + late);
    await openPump().drain();
    expect((await rowOf('digest')).state).toBe(state);
  });

  test('a reminder that was tried, perhaps with success, is unknown after its hours', async () => {
    messenger.behave = () => 'lost';
    await put('digest', 'E0001', { purpose: 'chase', notAfter: addMs(start, minute) });
    const pump = openPump();
    await pump.drain();
    clock.pass(2 * minute);
    await pump.drain();
    expect((await rowOf('digest')).state).toBe('unknown');
  });

  test('sent answers are forgotten after a while, everything else is kept', async () => {
    await put('old');
    await put('digest', 'E0002', { purpose: 'chase' });
    await openPump().drain();
    clock.pass(9 * hour);
    await put('young', 'E0003');
    await openPump().drain();
    await write(async (tx) => expect(await forgetAnswers(tx, addMs(clock.now(), -hour), 10)).toBe(1));
    const rows = await home.store.read((view) => listAll(view, outbox));
    expect(rows.map(({ key }) => key)).toEqual(['digest', 'young']);
  });
});

describe('crashes', () => {
  test('an outcome that could not be written down is written down later, without sending again', async () => {
    let refusals = 1;
    const store = withTransactions(home.store, (cause, work) => {
      const hasResult = messenger.tries.length > 0;
      if (hasResult && refusals-- > 0) return Promise.reject(new StoreError('unavailable', 'disk'));
      return home.store.transaction(cause, work);
    });
    await put('a');
    const pump = openPump({ store });
    await expect(pump.drain()).rejects.toThrow('disk');
    expect((await rowOf('a')).state).toBe('leased');
    await pump.drain();
    expect((await rowOf('a')).state).toBe('sent');
    expect(messenger.tries).toHaveLength(1);
  });

  test('a process that dies between sending and writing down: the next one sends with the same key', async () => {
    await put('a');
    await expect(openPump({ store: dyingStore(1) }).drain()).rejects.toThrow('gone');
    expect(arrivedKeys()).toEqual(['a']);
    home.store = await home.reopen();
    const next = openPump();
    await next.drain();
    expect(messenger.tries).toHaveLength(1);
    clock.pass(minute);
    await next.drain();
    expect(messenger.tries.map(({ key }) => key)).toEqual(['a', 'a']);
    expect(arrivedKeys()).toEqual(['a']);
    expect(await rowOf('a')).toMatchObject({ state: 'sent', attempts: 2, messageId: 'om_1' });
  });

  test('a process that comes back under its old name takes up at once what it had on its way', async () => {
    await put('a');
    await expect(openPump({ store: dyingStore(1), owner: 'bot' }).drain()).rejects.toThrow('gone');
    await openPump({ owner: 'bot' }).drain();
    expect(messenger.tries).toHaveLength(2);
    expect(arrivedKeys()).toEqual(['a']);
    expect((await rowOf('a')).state).toBe('sent');
  });

  test('a message left on its way for longer than the window is unknown, not sent again', async () => {
    await put('a');
    await put('b');
    await expect(openPump({ store: dyingStore(1) }).drain()).rejects.toThrow('gone');
    clock.pass(hour);
    await openPump().drain();
    expect((await rowOf('a')).state).toBe('unknown');
    expect(arrivedKeys()).toEqual(['a', 'b']);
  });

  test('a message that was overtaken by time before its turn goes back to the queue', async () => {
    let jumps = 1;
    const sleep: Sleep = (ms, signal) => {
      if (signal === undefined && jumps-- > 0) clock.pass(2 * hour);
      return noSleep(ms, signal);
    };
    messenger = new RecordingMessenger(clock, { rate: { perTarget: 5, total: 50 } });
    await put('a');
    await put('b');
    await openPump({ sleep, elapsed: () => 0 }).drain();
    expect(arrivedKeys()).toEqual(['a', 'b']);
    expect(await rowOf('b')).toMatchObject({ state: 'sent', attempts: 1, firstTriedAt: addMs(start, 2 * hour) });
  });

  test('stop waits for what is on its way, writes it down and begins nothing', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    messenger.passage = () => held;
    await put('a');
    await put('b');
    const pump = openPump();
    pump.wake();
    while (messenger.tries.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopping = pump.stop();
    release();
    await stopping;
    expect((await rowOf('a')).state).toBe('sent');
    expect(await rowOf('b')).toMatchObject({ state: 'queued', attempts: 0 });
    pump.wake();
    expect(messenger.tries).toHaveLength(1);
  });

  test('two pumps on one store never send a message twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 25 }), async (targets) => {
        messenger = new RecordingMessenger(clock, { idempotencyMs: 0 });
        const round = String(clock.now());
        for (const [i, target] of targets.entries()) await put(`${round}:${i}`, `E000${target}`);
        const [one, two] = [openPump(), openPump()];
        await Promise.all([one.drain(), two.drain()]);
        await Promise.all([one.drain(), two.drain()]);
        expect([...arrivedKeys()].sort()).toEqual(targets.map((_, i) => `${round}:${i}`).sort());
        expect(messenger.tries).toHaveLength(targets.length);
        clock.pass(second);
      }),
      { numRuns: 15 },
    );
  });

  test('whatever goes wrong within the window, everything arrives once and in order', async () => {
    const fault = fc.constantFrom<Behaviour>('deliver', 'lost', 'throw', { retryMs: 3000 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ target: fc.integer({ min: 1, max: 3 }), faults: fc.array(fault, { maxLength: 3 }) }), {
          minLength: 1,
          maxLength: 15,
        }),
        async (messages) => {
          messenger = new RecordingMessenger(clock);
          const round = clock.now();
          const keys = messages.map((_, i) => `${round}:${i}`);
          messenger.behave = (key, attempt) => messages[keys.indexOf(key)]?.faults[attempt - 1] ?? 'deliver';
          for (const [i, { target }] of messages.entries()) await put(keys[i] ?? '', `E000${target}`);
          const pump = openPump();
          for (let i = 0; i < 60; i++) {
            await pump.drain();
            clock.pass(10 * second);
          }
          for (const target of [1, 2, 3]) {
            const expected = keys.filter((_, i) => messages[i]?.target === target);
            expect(arrivedKeys(`ou_E000${target}`)).toEqual(expected);
          }
          for (const key of keys) expect((await rowOf(key)).state).toBe('sent');
        },
      ),
      { numRuns: 15 },
    );
  });
});
