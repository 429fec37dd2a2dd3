import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receivingGroups } from '../../../src/bot/bulletin-groups.ts';
import { chats } from '../../../src/bot/chats.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import type { Instant } from '../../../src/domain/day.ts';
import { group, openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const by = { id: 'E0013', userId: 'E0013', name: '李䶮', privateChat: 'p:E0013' };
const joins = (at?: Instant) =>
  chat.happens({ type: 'joined', chat: { id: group, name: '中层干部群' }, by }, at === undefined ? {} : { at });
const leaves = (at?: Instant) => chat.happens({ type: 'removed', chat: group }, at === undefined ? {} : { at });
const receiving = async () => (await chat.store.read(receivingGroups)).map(({ name }) => name);
const inGroup = () => chat.inGroup(people.cadre).texts();

describe('a group that the bot is added to', () => {
  it('hears one line that shows nobody, and receives nothing until the clerk says so', async () => {
    await joins();
    expect(inGroup()).toEqual([
      '大家好，我是学时簿。在群里 @我 发送“帮助”可看用法；个人的事请点我的头像私聊，群里不显示任何个人情况。',
    ]);
    expect(await receiving()).toEqual([]);
  });

  it('is asked about in private, of the clerks alone', async () => {
    await joins();
    expect(chat.as(people.clerk).last()).toContain('机器人已加入群“中层干部群”。要把每月通报发到这个群吗？');
    for (const other of [people.head, people.archivist, people.newcomer, people.cadre]) {
      expect(chat.as(other).texts()).toEqual([]);
    }
  });

  it('is asked about of the head of the department where there is no clerk', async () => {
    await chat.write((tx) => tx.put(cadres, { ...people.clerk, roles: [] }));
    await joins();
    expect(chat.as(people.head).last()).toContain('要把每月通报发到这个群吗');
  });

  it('receives the bulletin after 是, and no longer after 否, changeable in 通报 群', async () => {
    await joins();
    const clerk = chat.as(people.clerk);
    const refuse = clerk.button('否');
    expect(await clerk.taps('是')).toContain('其中 1 个接收通报');
    expect(await receiving()).toEqual(['中层干部群']);
    expect(await clerk.presses(refuse?.press)).toContain('其中 0 个接收通报');
    expect(await receiving()).toEqual([]);
    await clerk.says('通报 群');
    expect(await clerk.taps('改为接收')).toContain('中层干部群　接收通报');
  });

  it('cannot be decided on by anybody else', async () => {
    await joins();
    const yes = chat.as(people.clerk).button('是');
    expect(await chat.as(people.cadre).presses(yes?.press)).toContain('没有这项权限');
    expect(await receiving()).toEqual([]);
  });

  it('keeps what was decided when the platform tells of it again', async () => {
    await joins();
    await chat.as(people.clerk).taps('是');
    await joins();
    expect(await receiving()).toEqual(['中层干部群']);
    expect(chat.as(people.clerk).texts()).toHaveLength(1);
    expect(inGroup()).toHaveLength(1);
  });
});

describe('a group that the bot is removed from', () => {
  it('receives nothing any more, and the clerk hears of it', async () => {
    await joins();
    await chat.as(people.clerk).taps('是');
    await leaves();
    expect(await receiving()).toEqual([]);
    expect(chat.as(people.clerk).last()).toContain('机器人已不在群“中层干部群”中，月度通报不再发到这个群');
    expect(await chat.as(people.clerk).says('通报 群')).toContain('还没有加入任何群');
  });

  it('is nobody’s news where it received nothing', async () => {
    await joins();
    await leaves();
    expect(chat.as(people.clerk).texts()).toHaveLength(1);
  });

  it('cannot be switched by an old card', async () => {
    await joins();
    const yes = chat.as(people.clerk).button('是');
    await leaves();
    expect(await chat.as(people.clerk).presses(yes?.press)).toContain('机器人可能已不在群里');
    expect(await receiving()).toEqual([]);
  });

  it('is asked about anew when the bot comes back', async () => {
    await joins();
    await chat.as(people.clerk).taps('是');
    await leaves();
    chat.clock.pass(86_400_000);
    await joins();
    expect(await receiving()).toEqual([]);
    expect(chat.as(people.clerk).last()).toContain('要把每月通报发到这个群吗');
  });

  it('is asked about once a day, however often somebody takes the bot out and in', async () => {
    for (let times = 0; times < 5; times += 1) {
      await joins();
      await leaves();
      chat.clock.pass(1);
    }
    await joins();
    expect(chat.as(people.clerk).texts()).toHaveLength(1);
    expect(inGroup()).toHaveLength(1);
    await chat.as(people.clerk).taps('是');
    expect(await receiving()).toEqual(['中层干部群']);
  });

  it('stays so when the platform tells late that the bot had come', async () => {
    await leaves('2026-11-20T01:00:00.000Z');
    await joins('2026-11-20T01:01:00.000Z');
    await leaves('2026-11-20T01:03:00.000Z');
    await joins('2026-11-20T01:02:00.000Z');
    expect(await chat.store.read((view) => view.get(chats, `simulator:${group}`))).toMatchObject({ removed: true });
  });

  it('need not be one that is known', async () => {
    await leaves();
    expect(await chat.store.read((view) => view.get(chats, `simulator:${group}`))).toBeUndefined();
  });
});

it('puts what cannot be kept into the log under a number, and takes it once', async () => {
  const faults: object[] = [];
  const other = await openChat({ onFault: (fields) => faults.push(fields) });
  const faulty = { type: 'joined', chat: { id: 'x'.repeat(200), name: '群' }, by } as const;
  await other.happens(faulty, { id: 'faulty' });
  await other.happens(faulty, { id: 'faulty' });
  expect(faults).toMatchObject([{ incident: 1001, id: 'faulty' }]);
  expect(other.as(people.clerk).texts()).toEqual([]);
  await other.close();
});
