import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi, type FeishuApi } from '../../../src/messenger/feishu/api.ts';
import { createUnitNames } from '../../../src/messenger/feishu/directory.ts';
import { createRequest } from '../../../src/messenger/feishu/http.ts';
import { createClient } from '../../../src/messenger/feishu/sdk.ts';
import { createTokens, withToken } from '../../../src/messenger/feishu/token.ts';
import { type FeishuServer, openFeishuServer } from '../../support/feishu-server/index.ts';
import type { Person } from '../../support/feishu-server/people.ts';
import { SetClock } from '../../support/set-clock.ts';

const hour = 3_600_000;

describe('what is asked of Feishu', () => {
  let server: FeishuServer;
  let clock: SetClock;
  let api: FeishuApi;
  let wang: Person;
  let warned: object[];
  const log = { warn: (fields: object) => void warned.push(fields) };

  beforeEach(async () => {
    clock = new SetClock('2026-11-20T01:00:00.000Z');
    server = await openFeishuServer({ now: () => Date.parse(clock.now()) });
    const settings = { appId: server.appId, appSecret: server.appSecret, domain: server.url };
    warned = [];
    const request = createRequest();
    api = createApi(createClient(settings, withToken(request, createTokens({ settings, request, clock })), log));
    wang = server.addPerson({ name: '王芳', departments: ['机械学院'] });
  });
  afterEach(() => server.close());

  it('a message is answered with its id and its chat', async () => {
    const sent = await api.send(
      { type: 'open_id', id: wang.openId },
      { msgType: 'text', content: '{"text":"早"}' },
      'u',
    );
    expect(sent).toEqual({ messageId: server.sent()[0]?.messageId, chatId: wang.privateChat });
  });

  it('tells who could not be urged', async () => {
    const content = { msgType: 'text', content: '{"text":"早"}' } as const;
    const { messageId } = await api.send({ type: 'open_id', id: wang.openId }, content, 'u');
    expect(await api.urge(messageId, [wang.openId, 'ou_other'])).toEqual(['ou_other']);
  });

  it('trap: an upload that is refused throws, where the SDK would answer null', async () => {
    server.faults.inCalls({ type: 'refused', code: 234_006, status: 200 });
    const file = { name: 'a.xlsx', bytes: Buffer.from('PK'), fileType: 'xls' } as const;
    await expect(api.uploadFile(file)).rejects.toMatchObject({ code: 234_006 });
    expect(await api.uploadFile(file)).toMatch(/^file_/);
  });

  it('a file of a message is fetched; one that is not of this message is refused by code', async () => {
    const said = await server.sendsFile(wang.openId, { name: 'a.txt', bytes: Buffer.from('学习体会') });
    const { file_key: key } = server.message(said.messageId).content as { file_key: string };
    expect(String(await (await api.download(said.messageId, key, 'file')).toArray())).toBe('学习体会');
    const other = (await server.says(wang.openId, '早')).messageId;
    await expect(api.download(other, key, 'file')).rejects.toMatchObject({ code: 234_003 });
  });

  it.each(['../../contact/v3/users/x', 'om_1/urgent_app', 'om 1', 'om_1?x=1', ''])(
    'trap: %j is no id that could lead to another path',
    async (id) => {
      await expect(api.download(id, 'file_1', 'file')).rejects.toThrow(RangeError);
      await expect(api.download('om_1', id, 'file')).rejects.toThrow(RangeError);
      await expect(api.urge(id, [])).rejects.toThrow(RangeError);
      expect(server.calls).toEqual([]);
    },
  );

  it('the bot, a group, a department and the permissions have their names', async () => {
    const { chatId } = server.addChat({ name: '中层干部学习群', members: [wang.openId] });
    expect(await api.bot()).toEqual({ openId: server.bot.openId, name: '学时簿' });
    expect(await api.chat(chatId)).toEqual({ name: '中层干部学习群' });
    expect(await api.departmentName(server.people.departmentId('机械学院'))).toBe('机械学院');
    expect(await api.scopes()).toEqual([...server.scopes]);
  });

  it('a success of another shape is none', async () => {
    server.faults.inCalls({ type: 'refused', code: 0, status: 200 }, { times: 2 });
    await expect(api.bot()).rejects.toMatchObject({ fault: 'unreadable' });
    await expect(api.scopes()).rejects.toMatchObject({ fault: 'unreadable' });
  });

  it('trap: two clients of one app share no token, and the SDK keeps none', async () => {
    await api.bot();
    const settings = { appId: server.appId, appSecret: 'wrong', domain: server.url };
    const request = createRequest();
    const other = createApi(
      createClient(settings, withToken(request, createTokens({ settings, request, clock })), log),
    );
    await expect(other.bot()).rejects.toMatchObject({ code: 10_014 });
  });

  it('trap: what was sent gets into no log by way of the SDK', async () => {
    server.faults.inCalls({ type: 'refused', code: 230_028 });
    const content = { msgType: 'text', content: '{"text":"王芳"}' } as const;
    await expect(api.send({ type: 'open_id', id: wang.openId }, content, 'u')).rejects.toMatchObject({ code: 230_028 });
    expect(warned).toEqual([]);
  });

  describe('the names of units', () => {
    const asked = (): number => server.calls.filter(({ path }) => path.includes('/departments/')).length;

    it('are asked for once an hour', async () => {
      const unitNames = createUnitNames({ api, clock, log });
      const id = server.people.departmentId('机械学院');
      expect(await unitNames([id, server.people.departmentId('图书馆')])).toEqual(['机械学院', '图书馆']);
      clock.pass(hour - 1);
      expect(await unitNames([id])).toEqual(['机械学院']);
      expect(asked()).toBe(2);
      clock.pass(1);
      await unitNames([id]);
      expect(asked()).toBe(3);
    });

    it('are left out where the permission is missing, and asked for again where it may pass', async () => {
      const unitNames = createUnitNames({ api, clock, log });
      const id = server.people.departmentId('机械学院');
      server.faults.inCalls({ type: 'refused', code: 99_991_672 });
      expect(await unitNames([id])).toEqual([]);
      server.faults.inCalls({ type: 'html', status: 502 });
      await expect(unitNames([id])).rejects.toMatchObject({ status: 502 });
      expect(await unitNames([id])).toEqual(['机械学院']);
    });
  });
});
