import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accounts, bindings } from '../../src/bot/people.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const open = () => chat.store.read((view) => listAll(view, bindings));
const bound = () => chat.store.read((view) => listAll(view, accounts));

describe('a stranger', () => {
  it('is told how to say who they are', async () => {
    expect(await chat.as('visitor').says('绑定')).toContain('绑定 工号 姓名');
    expect(await chat.as('visitor').says('绑定 我是王芳呀')).toContain('绑定 工号 姓名');
  });

  it.each([
    ['绑定 E0012 李雷', 'somebody else’s number'],
    ['绑定 E0099 王芳', 'a number that nobody has'],
    ['绑定 E0014 单国华', 'somebody retired'],
  ])('%s gets one answer that tells nothing', async (said) => {
    const answer = await chat.as('visitor').says(said);
    expect(answer).toContain('工号和姓名与名册不一致');
    expect(answer.replace('例如：绑定 E0999 张三', '')).not.toMatch(/王芳|单国华|学院|处/);
    expect(await open()).toEqual([]);
  });

  it('asks, an archivist consents, and the account is theirs', async () => {
    const stranger = chat.as('visitor');
    expect(await stranger.says('绑定 E0012 王芳')).toContain('已请档案管理员核实');
    const archivist = chat.as(people.archivist);
    expect(archivist.last()).toContain('有人自称王芳（E0012，外国语学院），11月20日通过模拟器申请绑定');
    expect(archivist.last()).toContain('此工号已有账号在使用，同意后两个账号都能使用');
    expect(await archivist.taps('同意')).toContain('已同意：王芳（E0012）');
    expect(stranger.last()).toContain('绑定成功');
    expect(await bound()).toMatchObject([{ id: 'visitor', staffNo: 'E0012', boundBy: 'E0001' }]);
    expect(await open()).toEqual([]);
    expect(await stranger.says('进度')).toContain('本周期已认定 0 学时');
  });

  it('hears a refusal and may ask again', async () => {
    const stranger = chat.as('visitor');
    await stranger.says('绑定 e0012 王 芳');
    expect(await chat.as(people.archivist).taps('拒绝')).toContain('已拒绝');
    expect(stranger.last()).toContain('没有通过');
    expect(await bound()).toEqual([]);
    expect(await stranger.says('绑定 E0012 王芳')).toContain('已请档案管理员核实');
  });

  it('has one open request at most: a second replaces the first, whose card is void', async () => {
    const stranger = chat.as('visitor');
    await stranger.says('绑定 E0011 王芳');
    const archivist = chat.as(people.archivist);
    const first = archivist.button('同意');
    chat.clock.pass(1);
    await stranger.says('绑定 E0012 王芳');
    expect(await open()).toMatchObject([{ staffNo: 'E0012' }]);
    expect(await archivist.presses(first?.press)).toContain('已经处理或已失效');
    expect(await bound()).toEqual([]);
  });

  it('brings the archivist one card for a request, however often it is sent', async () => {
    const stranger = chat.as('visitor');
    const first = await stranger.says('绑定 E0012 王芳');
    chat.clock.pass(1);
    expect(await stranger.says('绑定 E0012 王芳')).toBe(first);
    expect(chat.as(people.archivist).texts()).toHaveLength(1);
    expect(await open()).toMatchObject([{ askedAt: '2026-11-20T01:00:00.000Z' }]);
  });

  it('brings no second card on the day of a refusal, but stands in the list again', async () => {
    const stranger = chat.as('visitor');
    const archivist = chat.as(people.archivist);
    await stranger.says('绑定 E0012 王芳');
    await archivist.taps('拒绝');
    chat.clock.pass(1);
    await stranger.says('绑定 E0012 王芳');
    expect(archivist.texts()).toHaveLength(1);
    expect(await archivist.says('绑定')).toContain('有 1 个账号等待绑定');
    await archivist.taps('拒绝');
    chat.clock.pass(24 * 60);
    const before = archivist.texts().length;
    await stranger.says('绑定 E0012 王芳');
    expect(archivist.texts()).toHaveLength(before + 1);
  });

  it('has five tries a day, whatever becomes of them', async () => {
    const stranger = chat.as('visitor');
    for (const staffNo of ['E0001', 'E0002', 'E0003', 'E0010']) {
      expect(await stranger.says(`绑定 ${staffNo} 王芳`)).toContain('与名册不一致');
    }
    expect(await stranger.says('绑定 E0012 王芳')).toContain('已请档案管理员核实');
    expect(await stranger.says('绑定 E0011 王芳')).toBe('今天尝试次数过多，请明天再试或联系组织部。');
    expect(await stranger.says('绑定 E0099 王芳')).toBe('今天尝试次数过多，请明天再试或联系组织部。');
    expect(await open()).toMatchObject([{ staffNo: 'E0012' }]);
    expect(await chat.as('another').says('绑定 E0011 王芳')).toContain('已请档案管理员核实');
    chat.clock.set('2026-11-20T16:00:00.000Z');
    expect(await stranger.says('绑定 E0011 王芳')).toContain('已请档案管理员核实');
  });

  it('is answered without names in a group', async () => {
    expect(await chat.inGroup({ ...people.cadre, staffNo: 'visitor' }).says('绑定 E0012 王芳')).toContain('私聊');
    expect(await open()).toEqual([]);
  });

  it('cannot consent to anything', async () => {
    await chat.as('visitor').says('绑定 E0012 王芳');
    const press = chat.as(people.archivist).button('同意')?.press;
    expect(await chat.as('visitor').presses(press)).toContain('绑定 工号 姓名');
    expect(await bound()).toEqual([]);
  });
});

describe('consent', () => {
  it('is the archivist’s alone', async () => {
    await chat.as('visitor').says('绑定 E0012 王芳');
    const press = chat.as(people.archivist).button('同意')?.press;
    expect(await chat.as(people.head).presses(press)).toContain('由档案管理员处理');
    expect(await chat.as(people.namesake).presses(press)).toContain('由档案管理员处理');
    expect(await bound()).toEqual([]);
  });

  it('takes effect once', async () => {
    await chat.as('visitor').says('绑定 E0012 王芳');
    const archivist = chat.as(people.archivist);
    const press = archivist.button('同意')?.press;
    await archivist.taps('同意');
    expect(await archivist.presses(press)).toContain('没有重复操作');
    expect(
      chat
        .as('visitor')
        .texts()
        .filter((said) => said.includes('绑定成功')),
    ).toHaveLength(1);
  });

  it('is too late when the person has left meanwhile', async () => {
    await chat.as('visitor').says('绑定 E0012 王芳');
    await chat.write((tx) => tx.put(cadres, { ...people.namesake, state: 'left' }));
    expect(await chat.as(people.archivist).taps('同意')).toContain('已不在名册的在职人员中');
    expect(await bound()).toEqual([]);
  });

  it('moves a person from an old account to a new one, and says so first', async () => {
    const archivist = chat.as(people.archivist);
    await chat.as('old-phone').says('绑定 E0012 王芳');
    await archivist.taps('同意');
    expect(await chat.as('new-phone').says('绑定 E0012 王芳')).toContain('已请档案管理员核实');
    expect(archivist.last()).toContain('同意后旧账号不再有效');
    await archivist.taps('同意');
    expect(await bound()).toMatchObject([{ id: 'new-phone' }]);
    expect(await chat.as('old-phone').says('进度')).toContain('绑定 工号 姓名');
  });

  it('lists what is still open', async () => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('绑定')).toContain('没有等待同意的绑定申请');
    await chat.as('a').says('绑定 E0011 王芳');
    await chat.as('b').says('绑定 E0013 李䶮');
    const list = await archivist.says('绑定');
    expect(list).toContain('有 2 个账号等待绑定');
    expect(list).toContain('李䶮');
  });
});

it('tells a bound cadre who they are', async () => {
  expect(await chat.as(people.cadre).says('绑定')).toContain('您是王芳（E0011，教务处），已经绑定');
  expect(await chat.as(people.cadre).says('绑定 E0012 王芳')).toContain('您是王芳（E0011，教务处）');
});
