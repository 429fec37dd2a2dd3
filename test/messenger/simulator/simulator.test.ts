import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cadres } from '../../../src/domain/cadre.ts';
import type { Incoming } from '../../../src/messenger/messenger.ts';
import { card, plainText, text, words } from '../../../src/messenger/reply.ts';
import { simulatorMessages } from '../../../src/messenger/simulator/messages.ts';
import {
  createSimulator,
  privateChat,
  type Simulator,
  simulatorGroup,
} from '../../../src/messenger/simulator/simulator.ts';
import type { ChatEvent } from '../../../src/messenger/simulator/wire.ts';
import { type MessengerHarness, messengerContract } from '../../contracts/messenger.ts';
import { people } from '../../support/college.ts';
import { SetClock } from '../../support/set-clock.ts';
import { openTemporaryStore, type TemporaryStore } from '../../support/temporary-store.ts';

const collections = [cadres, simulatorMessages];
const renderChart = async (): Promise<string> => '<svg/>';
const morning = '2026-11-20T01:00:00.000Z';

messengerContract('simulator', async (): Promise<MessengerHarness> => {
  const temporary = await openTemporaryStore(collections);
  const simulator = createSimulator({ store: temporary.store, clock: new SetClock(morning), renderChart });
  const person = 'E0011';
  return {
    messenger: simulator,
    blobs: temporary.store.blobs,
    person: { id: person, userId: person },
    mention: '@学时簿',
    group: simulatorGroup.id,
    unknownChat: 'oc_elsewhere',
    says: (said, where) => simulator.says(person, said, where === 'group' ? simulatorGroup.id : privateChat(person)),
    sendsFile: (name, bytes) => simulator.sendsFile(person, { name, bytes }),
    taps: (messageId, press, form) => simulator.taps(person, messageId, press, form),
    shown: async (to) => {
      const { messages } = await simulator.history(to.type === 'person' ? privateChat(to.id) : to.id);
      return messages.flatMap(({ id, reply }) => (reply === null ? [] : [{ messageId: id, text: plainText(reply) }]));
    },
    close: () => temporary.remove(),
  };
});

describe('the simulator as a platform', () => {
  let temporary: TemporaryStore;
  let clock: SetClock;
  let simulator: Simulator;
  let received: Incoming[];
  const start = async (): Promise<Simulator> => {
    const opened = createSimulator({ store: temporary.store, clock, renderChart });
    await opened.start(async (incoming) => {
      if (incoming.type !== 'happening') received.push(incoming);
      return null;
    });
    return opened;
  };

  beforeEach(async () => {
    temporary = await openTemporaryStore(collections);
    clock = new SetClock(morning);
    received = [];
    simulator = await start();
  });
  afterEach(() => temporary.remove());

  it('knows the names of people on the roster and lets strangers speak', async () => {
    const cause = { actor: 'system', via: 'cli', what: 'test', ref: '', at: morning } as const;
    await temporary.store.transaction(cause, (tx) => tx.put(cadres, people.cadre));
    await simulator.says('E0011', '进度');
    await simulator.says('X9', '进度');
    expect(received.map(({ sender }) => sender)).toEqual([
      { id: 'E0011', userId: 'E0011', name: '王芳', privateChat: 'p:E0011' },
      { id: 'X9', userId: 'X9', name: null, privateChat: 'p:X9' },
    ]);
  });

  it('lets nobody speak in the private chat of another', async () => {
    await expect(simulator.says('E0011', '进度', privateChat('E0012'))).rejects.toThrow(RangeError);
    expect(received).toEqual([]);
  });

  it('shows in the group what does not concern the bot', async () => {
    await simulator.says('E0011', '大家早上好', simulatorGroup.id);
    const { messages } = await simulator.history(simulatorGroup.id);
    expect(messages).toMatchObject([{ from: { id: 'E0011' }, text: '大家早上好', reply: null, at: morning }]);
  });

  it('remembers chats, keys and numbers after a restart', async () => {
    await simulator.says('E0011', '进度');
    await simulator.send({ type: 'person', id: 'E0011' }, text('372.5 学时'), 'answer:1');
    await temporary.reopen();
    simulator = await start();
    await simulator.send({ type: 'person', id: 'E0011' }, text('372.5 学时'), 'answer:1');
    await simulator.says('E0011', '谢谢');
    const { messages } = await simulator.history(privateChat('E0011'));
    expect(messages.map(({ text: said, reply }) => (reply ? plainText(reply) : said))).toEqual([
      '进度',
      '372.5 学时',
      '谢谢',
    ]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(3);
  });

  it('remembers of a message that it was 加急', async () => {
    await simulator.send({ type: 'person', id: 'E0011' }, text('请今天办理'), 'k1', { urgent: true });
    await simulator.send({ type: 'person', id: 'E0011' }, text('请本周办理'), 'k2', { urgent: false });
    const { messages } = await simulator.history(privateChat('E0011'));
    expect(messages.map(({ urgent }) => urgent)).toEqual([true, undefined]);
  });

  it('leaves no trace in the audit chain', async () => {
    await simulator.says('E0011', '进度');
    await simulator.send({ type: 'person', id: 'E0011' }, text('好'), 'k');
    expect(await temporary.store.read((view) => view.auditHead())).toMatchObject({ n: 0 });
  });

  it('pages back through a long chat', async () => {
    for (let i = 1; i <= 60; i += 1) await simulator.send({ type: 'person', id: 'E1' }, text(`第${i}条`), `k${i}`);
    const latest = await simulator.history('p:E1');
    expect(latest.messages).toHaveLength(50);
    expect(latest.earlier).toBe(true);
    const before = await simulator.history('p:E1', latest.messages[0]?.n);
    expect(before.messages.map(({ reply }) => reply && plainText(reply))).toEqual(
      Array.from({ length: 10 }, (_, i) => `第${i + 1}条`),
    );
    expect(before.earlier).toBe(false);
  });

  it('shows the beginning of a very long text, and its length', async () => {
    await simulator.says('E0011', '字'.repeat(50_000));
    const { messages } = await simulator.history(privateChat('E0011'));
    expect(messages[0]?.text).toHaveLength(4000);
    expect(messages[0]?.length).toBe(50_000);
    expect(received).toMatchObject([{ text: '字'.repeat(50_000) }]);
  });

  it('draws the charts of a card once, when it is sent', async () => {
    const chart = { type: 'chart', kind: 'bar', title: '学时', unit: '学时', categories: [], series: [] } as const;
    const reply = card('通报', 'info', '通报', words('见图'), { ...chart, categories: [], series: [] });
    await simulator.send({ type: 'chat', id: simulatorGroup.id }, reply, 'k');
    const { messages } = await simulator.history(simulatorGroup.id);
    expect(messages[0]?.charts).toEqual(['<svg/>']);
  });

  it('tells its subscribers what appears and what changes, until they leave', async () => {
    const events: ChatEvent[] = [];
    const leave = simulator.subscribe((event) => events.push(event));
    await simulator.says('E0011', '进度');
    const sent = await simulator.send({ type: 'person', id: 'E0011' }, text('好'), 'k');
    await simulator.send({ type: 'person', id: 'E0011' }, text('好'), 'k');
    await simulator.start(async () => ({ toast: { tone: 'good', text: '好' }, card: text('改了') }));
    await simulator.taps('E0011', sent.ok ? sent.messageId : '', {});
    leave();
    await simulator.says('E0011', '再见');
    expect(events.map(({ type, message }) => [type, message.revision, message.text])).toEqual([
      ['message', 0, '进度'],
      ['message', 0, ''],
      ['changed', 1, ''],
    ]);
  });

  it('refuses a tap on a message that is gone', async () => {
    await expect(simulator.taps('E0011', 'om_9', {})).rejects.toThrow('这条消息已不在会话中');
  });
});
