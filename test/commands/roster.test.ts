import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const stored = (staffNo: string) => chat.store.read((view) => view.get(cadres, staffNo));
const put = (cadre: Cadre) => chat.write((tx) => tx.put(cadres, cadre));

describe('looking', () => {
  it('counts people by state, unit and grade', async () => {
    const said = await chat.as(people.clerk).says('干部');
    expect(said).toContain('名册共 8 人：在职 7，退休 1，离任 0');
    expect(said).toContain('单位 | 中层正职 | 中层副职 | 其他 | 合计');
    expect(said).toContain('教务处 | 1 | 1 | 0 | 2');
    expect(said).not.toContain('后勤处');
    const order = ['组织部', '教务处', '外国语学院'].map((unit) => said.indexOf(unit));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it.each([
    ['干部 E0011', '王芳：教务处副处长，在职'],
    ['干部 e0011', '王芳：教务处副处长，在职'],
    ['干部 王芳 教务处', '王芳：教务处副处长，在职'],
    ['干部 李䶮', '外国语学院院长'],
    ['干部 单国华', '退休'],
    ['干部 教务处', '教务处在职 2 人'],
    ['干部 王', '“王”有 2 人'],
    ['干部 欧阳', 'E0010 | 欧阳明月 | 教务处'],
    ['干部 张', '名册中没有“张”'],
  ])('%s shows %s', async (said, answer) => {
    expect(await chat.as(people.head).says(said)).toContain(answer);
  });

  it('lets one choose among people of one name', async () => {
    const clerk = chat.as(people.clerk);
    const said = await clerk.says('干部 王芳');
    expect(said).toContain('“王芳”有 2 人');
    expect(said).toContain('E0012 | 王芳 | 外国语学院');
    expect(await clerk.taps('王芳（外国语学院）')).toContain('王芳：外国语学院副院长');
  });

  it('shows where a person stands', async () => {
    await train(chat, people.cadre, { hours: 1200, from: '2026-10-12', to: '2026-10-13' });
    expect(await chat.as(people.clerk).says('干部 E0011')).toContain('五年学时：12 / 550 学时，待审核 0 学时');
  });
});

describe('the records of a person', () => {
  it('open from the card for everybody who may see it, and lead back', async () => {
    for (let day = 10; day < 22; day += 1) {
      await train(chat, people.cadre, { from: `2026-10-${day}`, to: `2026-10-${day}`, title: `第${day}讲` });
    }
    for (const who of [people.clerk, people.head, people.archivist]) {
      const window = chat.as(who);
      await window.says('干部 E0011');
      const first = await window.taps('学时记录');
      expect(first).toContain('王芳（E0011，教务处）共 12 条学时记录');
      expect(first).toContain('1012 | 10月21日 | 第21讲 | 4 | 已认定');
      expect(await window.taps('下一页')).toContain('1001 | 10月10日 | 第10讲 | 4 | 已认定');
      expect(await window.taps('返回')).toContain('王芳：教务处副处长');
    }
  });

  it('are asked for in words', async () => {
    expect(await chat.as(people.clerk).says('干部 E0012 学时记录')).toContain(
      '王芳（E0012，外国语学院）还没有学时记录',
    );
    expect(await chat.as(people.clerk).says('干部 王芳 记录')).toContain('“王芳”有 2 人');
  });
});

describe('changing', () => {
  it('is the archivist’s alone', async () => {
    for (const who of [people.clerk, people.head]) {
      expect(await chat.as(who).says('干部 E0011 状态 退休')).toContain('由档案管理员修改');
      expect(await chat.as(who).says('干部 新增 E0200 张三 教务处 中层副职')).toContain('由档案管理员修改');
      expect(chat.as(who).button('修改')).toBeUndefined();
    }
    expect(await chat.as(people.cadre).says('干部 E0011 角色 加 档案管理员')).toContain('没有这项权限');
    expect(await stored('E0011')).toMatchObject({ state: 'active', roles: [] });
  });

  it.each([
    ['单位 外国语学院', { unit: '外国语学院' }, '单位由“教务处”改为“外国语学院”'],
    ['职务 处长', { position: '处长' }, '职务由“副处长”改为“处长”'],
    ['职级 中层正职', { grade: 'chief' }, '职级由“中层副职”改为“中层正职”'],
    ['职级：其他', { grade: 'other' }, '不适用五年学时要求'],
    ['任现职 2026-09-01', { appointedOn: '2026-09-01' }, '五年学时要求由 550 变为 147 学时（按任现职时间折算）'],
    ['状态 退休', { state: 'retired' }, '不再计入应训人数'],
    ['状态 离任', { state: 'left' }, '不再收到提醒'],
    ['角色 加 经办', { roles: ['clerk'] }, '可以审核登记'],
    ['退休', { state: 'retired' }, '不再计入应训人数'],
    ['离任', { state: 'left' }, '不再收到提醒'],
    ['任现职 2026年9月', { appointedOn: '2026-09-01' }, '五年学时要求由 550 变为 147 学时'],
    ['年轻干部 是', { youngTalent: true }, '列入优秀年轻干部'],
    ['单位 外国语学院 职务 副院长', { unit: '外国语学院', position: '副院长' }, '职务由“副处长”改为“副院长”'],
  ])('%s is saved after 确认, which shows what follows', async (words, change, consequence) => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says(`干部 E0011 ${words}`)).toContain(consequence);
    expect(await stored('E0011')).toEqual(people.cadre);
    expect(await archivist.says('确认')).toContain('已保存：王芳');
    expect(await stored('E0011')).toMatchObject(change);
  });

  it('tells the person of a role given and taken, and nobody of the rest', async () => {
    const archivist = chat.as(people.archivist);
    await archivist.says('干部 E0011 角色 加 经办');
    await archivist.says('确认');
    expect(chat.as(people.cadre).last()).toContain(
      '您现在是经办，可以审核登记、代登学时、催办逾期、发布通报、提出参数变更。发送“帮助”',
    );
    chat.clock.pass(1);
    await archivist.says('干部 E0011 角色 去 经办');
    await archivist.says('确认');
    expect(chat.as(people.cadre).last()).toContain('档案管理员周正调整了您的角色：您不再是经办。');
    await archivist.says('干部 E0011 职务 处长');
    await archivist.says('确认');
    expect(chat.as(people.cadre).texts()).toHaveLength(2);
  });

  it('says what stays open when somebody leaves', async () => {
    await put({ ...people.cadre, roles: ['unit-head'] });
    await train(chat, people.cadre, {}, 'waiting');
    await train(chat, people.cadre, { form: 'intensive', title: '专题班' });
    const said = await chat.as(people.archivist).says('干部 E0011 状态 退休');
    expect(said).toContain('有 1 条登记待审核，仍可照常审核');
    expect(said).toContain('有 1 篇学习体会未交，不再催交');
    expect(said).toContain('现有角色（单位负责人）随之停用');
  });

  it('brings somebody back', async () => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('干部 E0014 状态 在职')).toContain('重新计入应训人数');
    await archivist.taps('确认');
    expect(await stored('E0014')).toMatchObject({ state: 'active' });
  });

  it('warns of a unit that nobody belongs to yet', async () => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('干部 E0011 单位 教务')).toContain('还没有“教务”这个单位，是不是“教务处”');
    expect(await archivist.says('干部 E0011 单位 后勤处')).toContain('还没有“后勤处”这个单位。');
  });

  it('goes through the form as well, and keeps what the form leaves alone', async () => {
    const archivist = chat.as(people.archivist);
    await archivist.says('干部 E0010');
    await archivist.taps('修改');
    const same = {
      unit: '教务处',
      position: '处长',
      grade: 'chief',
      appointedOn: '2020-03-01',
      state: 'active',
      youngTalent: 'no',
    };
    expect(await archivist.submits(same)).toContain('没有改动');
    expect(await archivist.submits({ ...same, unit: '外国语学院', appointedOn: '' })).toContain(
      '仍是单位负责人，将看到外国语学院的情况',
    );
    await put({ ...people.unitHead, position: '正处长' });
    await archivist.taps('确认');
    expect(await stored('E0010')).toMatchObject({ unit: '外国语学院', position: '正处长', appointedOn: '2020-03-01' });
  });

  it('takes 职务 away when the form leaves it empty, or in words', async () => {
    const archivist = chat.as(people.archivist);
    await archivist.says('干部 E0011');
    await archivist.taps('修改');
    const same = { unit: '教务处', grade: 'deputy', state: 'active', youngTalent: 'no' };
    expect(await archivist.submits({ ...same, position: '' })).toContain('职务由“副处长”改为“未填”');
    await archivist.taps('确认');
    expect(await stored('E0011')).toMatchObject({ position: '' });
    await archivist.says('干部 E0011 职务 副处长');
    await archivist.taps('确认');
    expect(await archivist.says('干部 E0011 职务 无')).toContain('职务由“副处长”改为“未填”');
    await archivist.taps('角色');
    expect(await archivist.submits({ roles: ['clerk'] })).not.toContain('职务');
  });

  it('never takes the last archivist away', async () => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('干部 E0001 角色 去 档案管理员')).toContain('最后一位档案管理员');
    expect(await archivist.says('干部 E0001 状态 退休')).toContain('最后一位档案管理员');
    await archivist.says('干部 E0011 角色 加 档案管理员');
    await archivist.says('确认');
    expect(await archivist.says('干部 E0001 角色 去 档案管理员')).toContain('不再有档案管理员的权限');
    await put({ ...people.cadre, state: 'retired', roles: ['archivist'] });
    expect(await archivist.says('确认')).toContain('最后一位档案管理员');
    expect(await stored('E0001')).toMatchObject({ roles: ['archivist'] });
  });

  it('warns when nobody would be left to decide', async () => {
    await put({ ...people.head, roles: [] });
    expect(await chat.as(people.archivist).says('干部 E0003 角色 去 经办')).toContain('没有经办或部长可以审核');
  });

  it('is dropped by 取消, and void for a button of an older preview', async () => {
    const archivist = chat.as(people.archivist);
    await archivist.says('干部 E0011 职务 处长');
    const old = archivist.button('确认');
    await archivist.says('干部 E0011 职务 调研员');
    expect(await archivist.presses(old?.press)).toContain('没有提交');
    await archivist.taps('取消');
    expect(await stored('E0011')).toEqual(people.cadre);
  });

  it.each([
    ['干部 E0011 职级 局长', '职级“局长”没有看懂'],
    ['干部 E0011 状态 休假', '状态“休假”没有看懂'],
    ['干部 E0011 角色 加 皇帝', '角色“加 皇帝”没有看懂'],
    ['干部 E0011 任现职 2026-02-30', '任现职“2026-02-30”没有看懂'],
    ['干部 E0011 单位', '单位没有写'],
    ['干部 单位 教务处', '没有看懂'],
    ['干部 王芳 状态 退休', '“王芳”有 2 人'],
    ['干部 E0011 职务 副处长', '没有改动'],
    ['干部 E0011 状态 constructor', '没有看懂'],
  ])('%s changes nothing: %s', async (said, answer) => {
    expect(await chat.as(people.archivist).says(said)).toContain(answer);
    expect(await chat.as(people.archivist).says('确认')).toContain('没有等待确认');
  });
});

describe('adding', () => {
  it.each(['E'.repeat(40), 'a:b\u202e c', 'a:b', 'system', 'System', '工号', ''])(
    'takes no %j for a 工号 from a button',
    async (who) => {
      const archivist = chat.as(people.archivist);
      const args = { adding: true, who, name: '张三', unit: '教务处', grade: 'other' };
      expect(await archivist.presses({ command: '干部', args })).toContain('已经过期');
      expect(await archivist.presses({ command: '干部', args: { ...args, confirmed: true } })).toContain('已经过期');
      expect(await archivist.says('干部')).toContain('名册共 8 人');
    },
  );

  it('drops from a text what nobody sees', async () => {
    const args = { adding: true, who: 'E0200', name: '张三', unit: ' 教务处\u202e ', grade: 'other', confirmed: true };
    expect(await chat.as(people.archivist).presses({ command: '干部', args })).toContain('E0200，教务处）');
  });

  it.each([
    ['name', '张\n三'],
    ['name', '……'],
    ['position', '处\u2028长'],
    ['position', '长'.repeat(61)],
  ])('takes no %s %j', async (field, value) => {
    const args = { adding: true, who: 'E0200', name: '张三', unit: '教务处', grade: 'other', confirmed: true };
    const press = { command: '干部', args: { ...args, [field]: value } };
    expect(await chat.as(people.archivist).presses(press)).toContain('已经过期');
    expect(await stored('E0200')).toBeUndefined();
  });

  it('shows what follows and saves after 确认', async () => {
    const archivist = chat.as(people.archivist);
    const said = await archivist.says('干部 新增 E0200 王芳 教研处 中层副职 职务 副处长 任现职 2026-09-01');
    expect(said).toContain('新增王芳（E0200，教研处），中层副职');
    expect(said).toContain('适用五年学时要求 147 学时（按任现职时间折算）');
    expect(said).toContain('还没有“教研处”这个单位');
    expect(said).toContain('已有同名的王芳（E0011，教务处）');
    expect(await stored('E0200')).toBeUndefined();
    await archivist.taps('确认');
    expect(await stored('E0200')).toMatchObject({
      position: '副处长',
      appointedOn: '2026-09-01',
      state: 'active',
      roles: [],
    });
    expect(await chat.as('E0200').says('进度')).toContain('本周期已认定 0 学时');
  });

  it('asks since when, as the quota depends on it', async () => {
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('干部 新增 E0200 张三 教务处 中层副职')).toContain(
      '张三（E0200，教务处）的任现职时间是哪天？',
    );
    expect(await archivist.says('不清楚')).toContain('任现职“不清楚”没有看懂');
    expect(await archivist.says('2026年9月')).toContain('适用五年学时要求 147 学时');
    await archivist.taps('确认');
    expect(await stored('E0200')).toMatchObject({ appointedOn: '2026-09-01' });
    await archivist.says('干部 新增 E0201 李四 教务处 中层正职');
    expect(await archivist.taps('今天任职')).toContain('适用五年学时要求 129 学时');
    expect(await archivist.says('干部 新增 E0202 王五 教务处 其他')).toContain('不适用五年学时要求');
  });

  it.each([
    ['干部 新增 e0011 张三 教务处 中层副职', '工号 E0011 已有人使用'],
    ['干部 新增 E0200 张三', '新增请写全'],
    ['干部 新增 system 张三 教务处 中层副职', '工号“system”不对'],
    ['干部 新增 E0200 —— 教务处 中层副职', '“——”不能用作姓名或单位'],
    ['干部 新增 E0200 张三 —— 中层副职', '“——”不能用作姓名或单位'],
    ['干部 新增 工号 张三 教务处 中层副职', '工号“工号”不对'],
    ['干部 新增 E0200 张三 教务处 厅级', '职级“厅级”没有看懂'],
  ])('%s is refused: %s', async (said, answer) => {
    expect(await chat.as(people.archivist).says(said)).toContain(answer);
  });
});

it('is never shown in a group', async () => {
  const said = await chat.inGroup(people.clerk).says('干部 E0011');
  expect(said).toContain('私聊');
  expect(said).not.toContain('教务处');
});
