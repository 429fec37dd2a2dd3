import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accounts, addressOf } from '../../src/bot/people.ts';
import { useApp } from '../../src/bot/recognise.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat({ messenger: 'feishu' });
});
afterEach(() => chat.close());

const bound = () => chat.store.read((view) => listAll(view, accounts));
const address = (staffNo: string) => chat.store.read((view) => addressOf(view, 'feishu', staffNo));
const consent = async (id: string, userId: string | null, staffNo: string, name: string) => {
  await chat.asAccount(id, userId).says(`绑定 ${staffNo} ${name}`);
  const archivist = chat.asAccount('ou_archivist', 'E0001');
  await archivist.says('绑定');
  await archivist.taps('同意');
};

describe('somebody whose user id is their 工号', () => {
  it('is reached from their first message on, whatever it says', async () => {
    expect(await address('E0011')).toBeNull();
    expect(await chat.asAccount('ou_1', 'E0011').says('进度')).toContain('本周期已认定');
    expect(await address('E0011')).toBe('ou_1');
    expect(await bound()).toMatchObject([{ id: 'ou_1', staffNo: 'E0011', boundBy: 'system', userId: 'E0011' }]);
  });

  it('has one account, however often they write', async () => {
    const person = chat.asAccount('ou_1', 'E0011');
    await person.says('进度');
    const [first] = await bound();
    chat.clock.pass(60);
    await person.says('记录');
    expect(await bound()).toEqual([first]);
  });

  it('is found again under another id, which takes the place of the old one', async () => {
    await chat.asAccount('ou_1', 'E0011').says('进度');
    await chat.asAccount('ou_2', 'E0011').says('进度');
    expect(await address('E0011')).toBe('ou_2');
    expect(await bound()).toHaveLength(1);
  });

  it('has none while they are retired', async () => {
    await chat.asAccount('ou_14', 'E0014').says('进度');
    expect(await bound()).toEqual([]);
  });

  it('keeps the account that an archivist has consented to, and may speak from either', async () => {
    await consent('ou_private', null, 'E0011', '王芳');
    expect(await chat.asAccount('ou_work', 'E0011').says('进度')).toContain('本周期已认定');
    expect(await address('E0011')).toBe('ou_private');
    expect(await chat.asAccount('ou_private', null).says('进度')).toContain('本周期已认定');
  });
});

describe('another app', () => {
  beforeEach(async () => {
    await useApp(chat.store, 'feishu', 'cli_one', chat.clock.now());
  });
  const changeApp = () => useApp(chat.store, 'feishu', 'cli_two', chat.clock.now());

  it('gives out ids of its own: those of the old one reach nobody until the person is heard of', async () => {
    await chat.asAccount('ou_1', 'E0011').says('进度');
    expect(await address('E0011')).toBe('ou_1');
    await changeApp();
    expect(await address('E0011')).toBeNull();
    await chat.asAccount('ou_new', 'E0011').says('进度');
    expect(await address('E0011')).toBe('ou_new');
    expect(await bound()).toMatchObject([{ id: 'ou_new', app: 'cli_two' }]);
  });

  it('asks for no second consent where the user id is the same', async () => {
    await consent('ou_old', 'zhang.san', 'E0012', '王芳');
    await changeApp();
    expect(await chat.asAccount('ou_new', 'zhang.san').says('绑定')).toContain('您是王芳（E0012');
    expect(await bound()).toContainEqual(
      expect.objectContaining({ id: 'ou_new', staffNo: 'E0012', boundBy: 'E0001', app: 'cli_two' }),
    );
    expect(await address('E0012')).toBe('ou_new');
  });

  it('does not know somebody who was known by nothing but the old id', async () => {
    await consent('ou_old', null, 'E0012', '王芳');
    await changeApp();
    expect(await chat.asAccount('ou_new', null).says('进度')).toContain('绑定 工号 姓名');
    expect(await address('E0012')).toBeNull();
  });

  it('is written down once', async () => {
    const head = () => chat.store.read((view) => view.auditHead());
    const before = await head();
    await useApp(chat.store, 'feishu', 'cli_one', chat.clock.now());
    expect(await head()).toEqual(before);
  });
});

describe('an account that was matched by mobile or e-mail', () => {
  const matched = (id: string, staffNo: string) =>
    chat.write((tx) =>
      tx.put(accounts, { messenger: 'feishu', id, staffNo, boundAt: chat.clock.now(), boundBy: 'system' }),
    );

  it('lets its person speak, and learns their user id', async () => {
    await matched('ou_12', 'E0012');
    expect(await chat.asAccount('ou_12', 'wang.fang').says('绑定')).toContain('您是王芳（E0012');
    expect(await bound()).toMatchObject([{ id: 'ou_12', staffNo: 'E0012', userId: 'wang.fang' }]);
  });

  it('gives way to a user id that is another 工号: the tenant knows better than a telephone', async () => {
    await matched('ou_12', 'E0012');
    expect(await chat.asAccount('ou_12', 'E0011').says('绑定')).toContain('您是王芳（E0011');
    expect(await bound()).toMatchObject([{ id: 'ou_12', staffNo: 'E0011' }]);
    expect(await address('E0012')).toBeNull();
  });

  it('is nobody’s when the person is not on the roster any more', async () => {
    await matched('ou_12', 'E0012');
    await chat.write((tx) => tx.put(cadres, { ...people.namesake, state: 'left' }));
    expect(await chat.asAccount('ou_12', null).says('进度')).toContain('您在名册中的状态是离任');
  });
});
