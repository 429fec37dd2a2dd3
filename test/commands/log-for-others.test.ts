import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
});
afterEach(() => chat.close());

const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const owners = async () => (await entries()).map(({ staffNo }) => staffNo);
const fieldsOf = (window: Window): Record<string, FormField> => {
  const form = window.lastCard()?.blocks.find((block) => block.type === 'form');
  return Object.fromEntries(form?.type === 'form' ? form.fields.map((field) => [field.name, field]) : []);
};
const spoken = '代登 3学时 党性教育 2026-11-18 《专题党课》';

describe('a training for many', () => {
  it('is drafted, submitted for each, and approved together', async () => {
    const draft = await clerk.says(`${spoken} 教务处和外国语学院全体`);
    expect(draft).toContain('为 4 人代登，党性教育 · 3 学时 · 11月18日 · 《专题党课》');
    expect(draft).toContain('共 4 人：教务处 2 人、外国语学院 2 人');
    expect(draft).toContain('名单：欧阳明月、王芳、王芳、李䶮');
    expect(await entries()).toEqual([]);
    const done = await clerk.says('确认');
    expect(done).toContain('已为 4 人代登');
    expect(done).toContain('登记号 1001 至 1004');
    for (const entry of await entries()) {
      expect(entry).toMatchObject({ state: 'submitted', submittedBy: 'E0003', hours: 300, source: 'chat' });
    }
    expect(chat.as(people.cadre).texts()).toEqual([]);
    expect(await clerk.taps('一并审核通过')).toContain('4');
    expect(chat.as(people.cadre).texts()).toEqual([]);
    await clerk.taps('确认');
    expect((await entries()).map(({ state }) => state)).toEqual(Array(4).fill('approved'));
    expect(chat.as(people.cadre).texts()).toHaveLength(1);
    expect(chat.as(people.cadre).last()).toContain('已认定 3 学时');
    expect(await clerk.taps('撤回全部')).toContain('没有可以撤回');
  });

  it('says who was excepted without having been meant', async () =>
    expect(await clerk.says(`${spoken} 集中培训 教务处全体，除了李䶮`)).toContain('李䶮本来不在名单里，不用去掉。'));

  it.each([
    ['代登 教务处全体 3学时 党性教育 2026-11-18 《专题党课》', ['E0010', 'E0011']],
    [`${spoken} 集中培训 教务处全体，除了欧阳明月`, ['E0011']],
    [`${spoken}\nE0011 王芳\nE0013 李䶮`, ['E0011', 'E0013']],
    ['代登 3学时 党性教育 2026-11-18 《专题党课》 人员：E0011、王芳（外国语学院） 确认', ['E0011', 'E0012']],
    ['代登 《专题党课》 人员：李䶮 ', null],
  ])('%s', async (said, expected) => {
    await clerk.says(said);
    if (expected === null) expect(fieldsOf(clerk)['people']).toMatchObject({ value: '李䶮' });
    else {
      await clerk.says('确认');
      expect(await owners()).toEqual(expected);
    }
  });

  it('is taken back as a whole while it waits', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    await clerk.taps('确认（2 人）');
    const button = clerk.button('撤回全部');
    expect(button?.confirm).toContain('撤回刚才代登的 2 条');
    await chat.as(people.head).says('审核 1001 通过');
    expect(await chat.as(people.head).presses(button?.press)).toContain('没有可以撤回');
    const said = await clerk.taps('撤回全部');
    expect(said).toContain('已撤回 1 条');
    expect(said).toContain('没有撤回：登记号 1001');
    expect((await entries()).map(({ state }) => state)).toEqual(['approved', 'withdrawn']);
    expect(await clerk.presses(button?.press)).toContain('没有可以撤回');
    expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  });

  it('is taken back one by one as well, by whoever logged it or by the owner', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    await clerk.says('确认');
    expect(await chat.as(people.head).says('撤回 1001')).toContain('没有找到');
    expect(await clerk.says('撤回 1001')).toContain('已撤回登记号 1001');
    expect(await chat.as(people.cadre).says('撤回 1002')).toContain('已撤回登记号 1002');
  });

  it('leaves one’s own entry to somebody else', async () => {
    await clerk.says(`${spoken} 赵敏、欧阳明月`);
    expect(await clerk.says('确认')).toContain('其中有您本人的一条');
    // What is left is shown first, though it is a single entry.
    expect(await clerk.taps('一并审核通过')).toContain('1002 | 欧阳明月 | 专题党课 | 3');
    expect((await entries()).map(({ state }) => state)).toEqual(['submitted', 'submitted']);
    expect(await clerk.taps('确认')).toContain('已通过登记号 1002');
    expect((await entries()).map(({ staffNo, state }) => [staffNo, state])).toEqual([
      ['E0003', 'submitted'],
      ['E0010', 'approved'],
    ]);
  });
});

describe('people who cannot be taken as they are', () => {
  it('with a similar record are left out unless it is insisted on, and a full day always', async () => {
    const day = { from: '2026-11-18', to: '2026-11-18' };
    await train(chat, people.cadre, { ...day, title: '专题党课', content: 'party-spirit', hours: 200 });
    await train(chat, people.newcomer, { ...day, title: '管理能力研修', hours: 900 });
    const said = await clerk.says(`${spoken} 教务处和外国语学院全体`);
    expect(said).toContain('为 2 人代登');
    expect(said).toContain('已有相近的记录，不再登记：王芳（教务处）');
    expect(said).toContain('将不登记 1 人：李䶮（外国语学院）');
    expect(said).toContain('请改少学时或改日期，再为他们单独代登');
    expect(await clerk.taps('相近的也登记')).toContain('为 3 人代登');
    await clerk.says('确认');
    expect(await owners()).toEqual(expect.arrayContaining(['E0010', 'E0011', 'E0012']));
    expect(await entries()).toHaveLength(5);
  });

  it('of one name are asked about, by button and in words', async () => {
    expect(await clerk.says(`${spoken} 王芳、欧阳明月`)).toContain('“王芳”有 2 人，选哪一位');
    expect(await clerk.taps('王芳 外国语学院')).toContain('为 2 人代登');
    await clerk.says(`${spoken} 王芳、李䶮`);
    expect(await clerk.says('不知道')).toContain('“王芳”有 2 人');
    expect(await clerk.says('教务处')).toContain('名单：王芳、李䶮');
    await clerk.says(`${spoken} 王芳、李䶮`);
    expect(await clerk.taps('都不是')).toContain('为 1 人代登');
    await clerk.says(`${spoken} 教务处全体，除了王芳`);
    expect(await clerk.taps('王芳 教务处')).toContain('名单：欧阳明月');
  });

  it('are named when nobody is found or they have left', async () => {
    const said = await clerk.says(`${spoken} 教务处全体、张三、单国华`);
    expect(said).toContain('没有找到，未选入：“张三”');
    expect(said).toContain('不在职，未选入：单国华');
  });

  it('are added and taken away while the draft is open', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    expect(await clerk.says('加上 李䶮')).toContain('为 3 人代登');
    expect(await clerk.says('去掉 欧阳明月')).toContain('名单：王芳、李䶮');
    expect(await clerk.says('加上 欧阳明月')).toContain('为 3 人代登');
    expect(await clerk.says('随便')).toContain('增减人员请回复');
    await clerk.taps('确认（3 人）');
    expect(await entries()).toHaveLength(3);
  });
});

describe('the form', () => {
  it('takes units, grades and a list, and is shown again with what is wrong', async () => {
    expect(await clerk.says('代登')).toContain('可填写：培训名称');
    const typed = { title: '专题党课', content: 'party-spirit', amount: '3', from: '2026-11-18', people: '李䶮' };
    const lists = { units: ['教务处'], grades: ['deputy'], pool: [] };
    expect(await clerk.submits({ ...typed, ...lists, amount: '几个' })).toContain('还没有提交');
    expect(fieldsOf(clerk)).toMatchObject({
      amount: { value: '几个', fault: expect.stringContaining('没有看懂') },
      units: { value: '教务处' },
      people: { value: '李䶮' },
    });
    await clerk.submits({ ...typed, ...lists, from: '9999-01-01' });
    expect(fieldsOf(clerk)).toMatchObject({ from: { value: '9999-01-01' }, units: { value: '教务处' } });
    expect(await clerk.submits({ ...typed, ...lists })).toContain('名单：王芳、李䶮');
    await clerk.taps('修改');
    expect(fieldsOf(clerk)).toMatchObject({ people: { value: 'E0011、E0013' }, amount: { value: '3' } });
    expect(await clerk.submits({ ...typed, people: 'E0012' })).toContain('名单：王芳');
    expect(await clerk.taps('确认（1 人）')).toContain('已为 1 人代登');
  });

  it('says when nobody is chosen, and reads what nobody sees away', async () => {
    const typed = { title: '专题党课', content: 'party-spirit', amount: '3', from: '2026-11-18' };
    await clerk.says('代登');
    expect(await clerk.submits({ ...typed, units: [] })).toContain('还没有选到在职干部');
    expect(await clerk.submits({ ...typed, units: [' 教务处\u202e '] })).toContain('共 2 人');
  });
});

it('shows the whole list by pages, and does a hundred people in one step', async () => {
  await chat.write(async (tx) => {
    for (let i = 100; i < 220; i += 1) {
      await tx.put(cadres, makeCadre({ staffNo: `F${i}`, name: `干部${i}`, unit: '后勤处' }));
    }
  });
  expect(await clerk.says(`${spoken} 后勤处`)).toContain('共 120 人：后勤处 120 人');
  expect(await clerk.taps('全部名单')).toContain('F100 | 干部100 | 后勤处');
  expect(await clerk.taps('下一页')).toContain('第 2 页，共 3 页');
  await clerk.says('确认');
  expect(await entries()).toHaveLength(120);
  await clerk.taps('一并审核通过');
  await clerk.taps('确认');
  expect((await entries()).every(({ state }) => state === 'approved')).toBe(true);
});

describe('nobody else', () => {
  it.each([people.cadre, people.unitHead, people.archivist])('may do it: $name', async (who) => {
    const window = chat.as(who);
    expect(await window.says(`${spoken} 教务处全体`)).toContain('没有这项权限');
    await clerk.says(`${spoken} 教务处全体`);
    await clerk.says('确认');
    expect(await window.presses(clerk.button('撤回全部')?.press)).toContain('没有这项权限');
    const form = { title: '课', content: 'theory', amount: '3', from: '2026-11-18', units: ['教务处'], filled: true };
    expect(await window.presses({ command: '代登', args: {} }, form)).toContain('没有这项权限');
    expect(await entries()).toHaveLength(2);
  });

  it('reads along in the group', async () => {
    expect(await chat.inGroup(people.clerk).says(`${spoken} 教务处全体`)).toContain('私聊');
  });

  it('confirms an old draft', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const old = clerk.button('确认（2 人）');
    const list = clerk.button('全部名单');
    await clerk.says(`${spoken} 外国语学院全体`);
    expect(await clerk.presses(old?.press)).toContain('没有提交');
    expect(await clerk.presses(list?.press)).toContain('没有提交');
    expect(await clerk.presses({ command: '代登', args: { undo: ['x'] } })).toContain('已经过期');
    expect(await clerk.presses({ command: '代登', args: { filled: true, hours: 'x', title: 3 } })).toContain(
      '还没有提交',
    );
    expect(await entries()).toEqual([]);
  });
});
