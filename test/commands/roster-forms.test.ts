import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

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
const faultsOf = (window: Window) =>
  Object.entries(fieldsOf(window)).flatMap(([name, { fault }]) => (fault === undefined ? [] : [name]));

const newcomer = {
  who: 'E0200',
  name: '张三',
  unit: '教务处',
  grade: 'deputy',
  appointedOn: '2026-09-01',
  youngTalent: 'yes',
};

describe('the menu', () => {
  it('offers the archivist to add and to change many, and everybody to look', async () => {
    await archivist.says('干部');
    for (const label of ['查人', '新增', '批量修改']) expect(archivist.button(label)).toBeDefined();
    const clerk = chat.as(people.clerk);
    await clerk.says('干部');
    for (const label of ['新增', '批量修改']) expect(clerk.button(label)).toBeUndefined();
    await clerk.taps('查人');
    expect(await clerk.submits({ who: '李䶮' })).toContain('外国语学院院长');
    await archivist.taps('批量修改');
    expect(fieldsOf(archivist)).toHaveProperty('task');
  });
});

describe('adding by the form', () => {
  it.each([
    ['教务处', newcomer],
    ['教研处', { ...newcomer, unit: '', newUnit: '教研处' }],
    ['教研处', { ...newcomer, newUnit: '教研处' }],
  ])('puts somebody on the roster, in %s', async (unit, form) => {
    await archivist.says('干部 新增');
    expect(await archivist.submits({ ...form, position: '副处长' })).toContain('新增张三（E0200');
    expect(await stored('E0200')).toBeUndefined();
    await archivist.taps('确认');
    expect(await stored('E0200')).toMatchObject({ unit, position: '副处长', youngTalent: true, roles: [] });
  });

  it.each([
    [{ who: '工 号' }, ['who']],
    [{ who: 'system' }, ['who']],
    [{ who: 'E0011' }, ['who']],
    [{ name: '……' }, ['name']],
    [{ name: '', unit: '' }, ['name', 'unit']],
    [{ appointedOn: '' }, ['appointedOn']],
    [{ appointedOn: '0202-01-01' }, ['appointedOn']],
    [{ grade: '' }, ['grade']],
    [{ newUnit: '处'.repeat(61) }, ['newUnit']],
  ])('%j comes back with the fault at the field and the rest as it was', async (wrong, faulty) => {
    await archivist.says('干部');
    await archivist.taps('新增');
    const form: Record<string, string> = { ...newcomer, position: '副处长', ...wrong };
    expect(await archivist.submits(form)).toContain('还没有保存');
    expect(faultsOf(archivist)).toEqual(faulty);
    expect(fieldsOf(archivist)).toMatchObject({ position: { value: '副处长' }, youngTalent: { value: 'yes' } });
    expect(await archivist.submits(newcomer)).toContain('新增张三');
  });
});

describe('changing by the form', () => {
  it('moves somebody to a known unit or a new one', async () => {
    await archivist.says('干部 E0011');
    await archivist.taps('修改');
    expect(fieldsOf(archivist)['unit']).toMatchObject({ type: 'choice', value: '教务处' });
    expect(await archivist.submits({ unit: '外国语学院' })).toContain('单位由“教务处”改为“外国语学院”');
    expect(
      await archivist.presses({ command: '干部', args: { who: 'E0011', filled: true } }, { newUnit: '教研处' }),
    ).toContain('还没有“教研处”这个单位');
  });

  it('comes back with what was typed when it cannot be taken', async () => {
    await archivist.says('干部 E0011');
    await archivist.taps('修改');
    await archivist.submits({ unit: '外国语学院', position: '院'.repeat(61), grade: 'chief' });
    expect(faultsOf(archivist)).toEqual(['position']);
    expect(fieldsOf(archivist)).toMatchObject({ unit: { value: '外国语学院' }, grade: { value: 'chief' } });
    await archivist.says('干部 E0001');
    await archivist.taps('修改');
    await archivist.submits({ state: 'retired', unit: '教务处' });
    expect(fieldsOf(archivist)).toMatchObject({
      state: { value: 'retired', fault: expect.stringContaining('最后一位档案管理员') },
      unit: { value: '教务处' },
    });
  });

  it.each([
    ['退休', { state: 'retired' }],
    ['离任', { state: 'left' }],
  ])('%s is a button that ends in the preview', async (label, change) => {
    await archivist.says('干部 E0011');
    expect(await archivist.taps(label)).toContain('不再计入应训人数');
    await archivist.taps('确认');
    expect(await stored('E0011')).toMatchObject(change);
    await archivist.says('干部 E0011');
    expect(JSON.stringify(archivist.lastCard())).not.toContain(`"label":"${label}"`);
    expect(JSON.stringify(archivist.lastCard())).toContain('"label":"恢复在职"');
    expect(await archivist.taps('恢复在职')).toContain('重新计入应训人数');
  });
});

describe('roles by the form', () => {
  it('are given and taken with what each may do in sight, and the person hears of it', async () => {
    await put({ ...people.cadre, roles: ['unit-head'] });
    await archivist.says('干部 E0011');
    expect(await archivist.taps('角色')).toContain('经办：可以审核登记');
    expect(fieldsOf(archivist)['roles']).toMatchObject({ many: true, value: 'unit-head' });
    const said = await archivist.submits({ roles: ['clerk', 'operator'] });
    expect(said).toContain('角色由“单位负责人”改为“经办、运维”');
    expect(said).toContain('不再有单位负责人的权限');
    await archivist.taps('确认');
    expect(await stored('E0011')).toMatchObject({ roles: ['clerk', 'operator'] });
    expect(chat.as(people.cadre).last()).toContain('您不再是单位负责人');
    await archivist.says('干部 E0011 角色');
    await archivist.submits({ roles: [] });
    await archivist.taps('确认');
    expect(await stored('E0011')).toMatchObject({ roles: [] });
  });

  it('change only what the form changed, whatever has been given since', async () => {
    await archivist.says('干部 E0011 角色');
    await put({ ...people.cadre, roles: ['unit-head'] });
    expect(await archivist.submits({ roles: ['clerk'] })).toContain('改为“单位负责人、经办”');
    await put({ ...people.cadre, roles: ['operator'] });
    await archivist.taps('确认');
    expect(await stored('E0011')).toMatchObject({ roles: ['operator', 'clerk'] });
  });

  it('never leave the college without an archivist', async () => {
    await archivist.says('干部 E0001 角色');
    await archivist.submits({ roles: ['clerk'] });
    expect(fieldsOf(archivist)['roles']).toMatchObject({
      value: 'clerk',
      fault: expect.stringContaining('最后一位档案管理员'),
    });
  });
});

describe('everybody else', () => {
  it.each([people.clerk, people.head])('is shown no such button and refused when pressing one: $name', async (who) => {
    const window = chat.as(who);
    await window.says('干部 E0011');
    for (const label of ['修改', '角色', '退休', '离任']) expect(window.button(label)).toBeUndefined();
    for (const args of [
      { form: 'add' },
      { who: 'E0011', form: 'edit' },
      { who: 'E0011', form: 'roles' },
      { who: 'E0011', filled: true, had: [], roles: ['archivist'] },
      { ...newcomer, adding: true, filled: true },
      { who: 'E0011', filled: true, position: '长'.repeat(61) },
    ]) {
      expect(await window.presses({ command: '干部', args })).toContain('由档案管理员修改');
    }
    expect(await stored('E0011')).toEqual(people.cadre);
  });

  it('of the cadres gets nowhere with the archivist’s forms', async () => {
    const cadre = chat.as(people.cadre);
    for (const args of [{ form: 'add' }, { form: 'find' }, { who: 'E0011', filled: true, roles: ['archivist'] }]) {
      expect(await cadre.presses({ command: '干部', args })).toContain('没有这项权限');
    }
    const group = chat.inGroup(people.archivist);
    expect(await group.presses({ command: '干部', args: { who: 'E0011', form: 'edit' } })).toContain('私聊');
    expect(await archivist.presses({ command: '干部', args: { who: 'E0011', form: 'x' } })).toContain('已经过期');
    const forged = { who: 'E0011', filled: true, roles: ['emperor'] };
    await archivist.presses({ command: '干部', args: forged });
    expect(await stored('E0011')).toEqual(people.cadre);
  });
});
