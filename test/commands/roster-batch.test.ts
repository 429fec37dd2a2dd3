import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
let archivist: Window;
beforeEach(async () => {
  chat = await openChat();
  archivist = chat.as(people.archivist);
});
afterEach(() => chat.close());

const stored = (staffNo: string) => chat.store.read((view) => view.get(cadres, staffNo));
const put = (cadre: Cadre) => chat.write((tx) => tx.put(cadres, cadre));
const fieldsOf = (window: Window): Record<string, FormField> => {
  const form = window.lastCard()?.blocks.find((block) => block.type === 'form');
  return Object.fromEntries(form?.type === 'form' ? form.fields.map((field) => [field.name, field]) : []);
};

describe('many people at once', () => {
  it.each([
    ['批量 列入年轻干部 教务处和外国语学院全体', '4 人列入优秀年轻干部', { youngTalent: true }],
    ['批量 年轻干部 是：教务处、外国语学院', '4 人列入优秀年轻干部', { youngTalent: true }],
    ['干部 批量 调到 科研处 教务处、外国语学院', '4 人调到科研处', { unit: '科研处' }],
    ['干部批量 退休 E0010、E0011、E0012、E0013', '4 人状态改为退休', { state: 'retired' }],
    ['批量 状态 离任 教务处、外国语学院', '4 人状态改为离任', { state: 'left' }],
  ])('%s is saved after 确认 and undone the same day', async (said, summary, change) => {
    const before = [people.unitHead, people.cadre, people.namesake, people.newcomer];
    expect(await archivist.says(said)).toContain(`${summary}，确认前不会保存`);
    expect(await stored('E0011')).toEqual(people.cadre);
    expect(await archivist.taps('确认（4 人）')).toContain(`已保存：${summary}`);
    for (const { staffNo } of before) expect(await stored(staffNo)).toMatchObject(change);
    chat.clock.pass(60);
    expect(await archivist.taps('撤销')).toContain('已撤销，4 人恢复原样');
    for (const cadre of before) {
      expect(await stored(cadre.staffNo)).toEqual({ ...cadre, updatedAt: chat.clock.now() });
    }
    expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  });

  it('shows what follows in sum', async () => {
    await train(chat, people.cadre, {}, 'waiting');
    await train(chat, people.cadre, { form: 'intensive', title: '专题班' });
    const said = await archivist.says('批量 退休 教务处全体');
    expect(said).toContain('共 2 人：教务处 2 人');
    expect(said).toContain('适用五年学时要求的减少 2 人，要求合计减少 1100 学时');
    expect(said).toContain('有 1 条登记待审核');
    expect(said).toContain('有 1 篇学习体会未交');
    expect(said).toContain('欧阳明月的角色（单位负责人）随之停用');
    const moved = await archivist.says('批量 调到 教研处 教务处、外国语学院副职');
    expect(moved).toContain('教务处转出 1 人、外国语学院转出 1 人');
    expect(moved).toContain('还没有“教研处”这个单位');
    expect(await archivist.says('批量 离任 E0002、E0003')).toContain('没有经办或部长可以审核');
  });

  it('leaves alone who is like that already', async () => {
    await put({ ...people.cadre, youngTalent: true });
    const said = await archivist.says('批量 列入年轻干部 教务处全体');
    expect(said).toContain('1 人列入优秀年轻干部');
    expect(said).toContain('另有 1 人无需改动');
    expect(await archivist.says('批量 调到 教务处 教务处')).toContain('都无需改动');
    expect(await archivist.says('批量 移出年轻干部 所有年轻干部')).toContain('1 人移出优秀年轻干部');
  });

  it('never takes the last archivist away', async () => {
    expect(await archivist.says('批量 退休 组织部全体')).toContain('最后一位档案管理员');
    expect(await archivist.says('批量 退休 组织部全体，除了周正')).toContain('2 人状态改为退休');
    await put({ ...people.head, roles: ['archivist'] });
    await archivist.says('批量 退休 周正');
    await put({ ...people.head, roles: [] });
    expect(await archivist.says('确认')).toContain('最后一位档案管理员');
    expect(await stored('E0001')).toMatchObject({ state: 'active' });
  });

  it('reaches nobody whom the card has not shown', async () => {
    await archivist.says('批量 退休 外国语学院全体');
    await put({ ...people.cadre, unit: '外国语学院' });
    expect(await archivist.says('确认')).toContain('2 人状态改为退休');
    expect(await stored('E0011')).toMatchObject({ state: 'active' });
  });

  it('asks which, and changes who is meant', async () => {
    expect(await archivist.says('批量 列入年轻干部 王芳、李䶮')).toContain('“王芳”有 2 人');
    expect(await archivist.taps('王芳 教务处')).toContain('名单：王芳、李䶮');
    expect(await archivist.says('去掉 李䶮')).toContain('1 人列入优秀年轻干部');
    await archivist.says('确认');
    expect(await stored('E0011')).toMatchObject({ youngTalent: true });
    expect(await stored('E0012')).toMatchObject({ youngTalent: false });
  });

  it('does five hundred in one step, and no more', async () => {
    await chat.write(async (tx) => {
      for (let i = 1000; i < 1500; i += 1) {
        await tx.put(cadres, makeCadre({ staffNo: `F${i}`, name: `干部${i}`, unit: '后勤处' }));
      }
    });
    expect(await archivist.says('批量 列入年轻干部 全体')).toContain('选了 507 人，一次最多 500 人');
    await archivist.says('批量 列入年轻干部 后勤处');
    expect(await archivist.taps('全部名单')).toContain('第 1 页，共 10 页');
    await archivist.says('确认');
    expect(await stored('F1499')).toMatchObject({ youngTalent: true });
    expect(await archivist.taps('撤销')).toContain('500 人恢复原样');
  });
});

describe('撤销', () => {
  it('leaves alone who has been changed since, and works once', async () => {
    await archivist.says('批量 列入年轻干部 教务处全体');
    await archivist.says('确认');
    const undo = archivist.button('撤销');
    chat.clock.pass(1);
    await archivist.says('干部 E0011 职务 处长');
    await archivist.says('确认');
    const said = await archivist.taps('撤销');
    expect(said).toContain('1 人恢复原样');
    expect(said).toContain('没有恢复：王芳');
    expect(await archivist.presses(undo?.press)).toContain('没有可以撤销的');
    expect(await stored('E0011')).toMatchObject({ youngTalent: true, position: '处长' });
  });

  it('ends with the day', async () => {
    await archivist.says('批量 退休 教务处全体');
    await archivist.says('确认');
    chat.clock.pass(24 * 60);
    expect(await archivist.taps('撤销')).toContain('只能在当天撤销');
    expect(await stored('E0011')).toMatchObject({ state: 'retired' });
  });
});

describe('the form', () => {
  it('chooses what, where to and whom, and comes back with what is wrong', async () => {
    expect(await archivist.says('批量')).toContain('可填写：要做的修改');
    const whom = { units: ['教务处'], grades: ['deputy'], pool: [], people: '李䶮' };
    await archivist.submits({ task: 'move', ...whom });
    expect(fieldsOf(archivist)).toMatchObject({
      task: { value: 'move' },
      to: { fault: expect.stringContaining('请选择') },
      units: { value: '教务处' },
      people: { value: '李䶮' },
    });
    await archivist.submits({ task: 'move', newUnit: '处'.repeat(61), ...whom });
    expect(fieldsOf(archivist)).toMatchObject({ newUnit: { fault: expect.stringContaining('不能这样写') } });
    expect(await archivist.submits({ task: 'move', to: '组织部', ...whom })).toContain('2 人调到组织部');
    await archivist.taps('修改');
    expect(fieldsOf(archivist)).toMatchObject({ to: { value: '组织部' }, people: { value: 'E0011、E0013' } });
    expect(await archivist.submits({ task: 'move', newUnit: '科研处', people: 'E0013' })).toContain('1 人调到科研处');
  });

  it('opens filled when only the people or only the deed were said', async () => {
    await archivist.says('批量 教务处全体');
    expect(fieldsOf(archivist)).toMatchObject({
      people: { value: '教务处全体' },
      task: { fault: '请选择要做的修改。' },
    });
    await archivist.says('批量 退休');
    expect(fieldsOf(archivist)).toMatchObject({ task: { value: 'retired' }, people: { fault: expect.any(String) } });
  });
});

describe('nobody else', () => {
  it.each([people.cadre, people.unitHead, people.clerk, people.head])('may do it: $name', async (who) => {
    const window = chat.as(who);
    expect(await window.says('批量 退休 外国语学院全体')).toContain('没有这项权限');
    await archivist.says('批量 退休 外国语学院全体');
    await archivist.says('确认');
    const undo = archivist.button('撤销');
    expect(await window.presses(undo?.press)).toContain('没有这项权限');
    const form = { task: 'retired', units: ['组织部'] };
    expect(await window.presses({ command: '批量', args: { filled: true } }, form)).toContain('没有这项权限');
    expect(await stored('E0001')).toMatchObject({ state: 'active' });
    expect(await stored('E0013')).toMatchObject({ state: 'retired' });
  });

  it('reads along in the group, nor gets anywhere with an old or a forged card', async () => {
    expect(await chat.inGroup(people.archivist).says('批量 退休 教务处全体')).toContain('私聊');
    await archivist.says('批量 退休 教务处全体');
    const old = archivist.button('确认（2 人）');
    await archivist.says('批量 离任 教务处全体');
    expect(await archivist.presses(old?.press)).toContain('没有提交');
    expect(await archivist.presses({ command: '批量', args: { undo: { at: 'x' } } })).toContain('已经过期');
    expect(await archivist.presses({ command: '批量', args: { task: 'fire', people: 'E0011' } })).toContain('已经过期');
    expect(await stored('E0011')).toEqual(people.cadre);
  });
});
