import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { type MakeUp, makeUps, openMakeUp } from '../../src/domain/make-up.ts';
import { ruleChanges } from '../../src/domain/rule-change.ts';
import { listAll } from '../../src/store/store.ts';
import { policy } from '../domain/build.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const changes = () => chat.store.read((view) => listAll(view, ruleChanges));
const stateOf = async (id: number) => (await changes()).find((change) => change.id === id)?.state;
const shorter = '参数 体会字数 改 800 自 2026-11-23 理由 与上级要求一致';

describe('the rules in force', () => {
  it('are listed with value and clause', async () => {
    const said = await chat.as(people.clerk).says('参数');
    expect(said).toContain('2026年11月20日现行参数');
    expect(said).toContain('处级干部五年累计学时 | 550 学时 | 三.5');
    expect(said).toContain('须交体会的培训方式 | 集中培训、进修轮训 | 三.6');
    expect(said).toContain('周期内任职的按月折算五年学时 | 是 | 产品规定');
  });

  it('are narrowed to a group, by word or by button', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('参数 提醒')).not.toContain('五年累计学时');
    expect(await clerk.taps('学习体会')).toContain('体会字数 | 1000 字');
  });

  it.each([
    ['参数 体会字数', '体会字数：现行 1000 字'],
    ['参数 五年学时', '处级干部五年累计学时：现行 550 学时'],
    ['参数 半天', '半天折合学时：现行 4 学时'],
    ['参数 每月提醒上限', '每人每月提醒上限：现行 8 条'],
    ['参数 theoryShare', '理论教育和党性教育占总课时的比重：现行 70 %'],
  ])('are found by some of their words: %s', async (said, expected) =>
    expect(await chat.as(people.head).says(said)).toContain(expected),
  );

  it('are asked about when words may mean several', async () => {
    const said = await chat.as(people.clerk).says('参数 体会期限多少天');
    expect(said).toMatch(/期限|可能指/);
    expect(await chat.as(people.clerk).says('参数 多少天')).toMatch(/可能指 \d 项参数/);
  });

  it('says when no rule is called so', async () =>
    expect(await chat.as(people.clerk).says('参数 午餐补贴')).toContain('没有叫“午餐补贴”的参数'));

  it('show every value with its day', async () => {
    const said = await chat.as(people.archivist).says('参数 五年周期');
    expect(said).toContain('2018年1月1日起：2018年1月1日至2022年12月31日');
    expect(said).toContain('2023年1月1日起：2023年1月1日至2027年12月31日');
  });

  it('are for the department, and not for a group', async () => {
    expect(await chat.as(people.cadre).says('参数')).toContain('没有这项权限');
    expect(await chat.as(people.unitHead).says(shorter)).toContain('没有这项权限');
    expect(await chat.inGroup(people.clerk).says('参数')).toContain('私聊');
  });
});

describe('a change by the head', () => {
  it('shows what follows, and holds from its day after 确认', async () => {
    const head = chat.as(people.head);
    const preview = await head.says(shorter);
    expect(preview).toContain('“体会字数”由“1000 字”改为“800 字”，自2026年11月23日起生效。');
    expect(preview).toContain('理由：与上级要求一致');
    expect(preview).toContain('确认前不会保存');
    expect(await changes()).toEqual([]);
    expect(await head.taps('确认')).toContain('已决定：“体会字数”由“1000 字”改为“800 字”');
    expect(await head.says('参数 体会字数')).toContain('现行 1000 字（2026年11月23日起 800 字）');
    chat.clock.set(instantAt('2026-11-23', '09:00'));
    expect(await head.says('参数 体会字数')).toContain('体会字数：现行 800 字');
    expect(await head.says('参数 体会字数')).toContain('2026年11月23日起：800 字（与上级要求一致），变更号 1001');
  });

  it('says what else is under way for the same rule', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says(shorter);
    await clerk.taps('确认');
    const again = await clerk.says('参数 体会字数 改 900 自 2026-11-23 理由 折中');
    expect(again).toContain('另有变更 1001 待部长决定：“体会字数”由“1000 字”改为“800 字”，自2026年11月23日起生效。');
    await clerk.taps('确认');
    const head = chat.as(people.head);
    expect(head.last()).toContain('另有变更 1001 待部长决定');
    await head.says('参数 变更 1001 同意');
    expect(await head.says('参数 体会字数 改 900 自 2026-11-23 理由 折中')).toContain(
      '变更 1001 同日生效，将由这项代替',
    );
    expect(await head.says('参数 体会字数 改 900 自 2026-11-21 理由 折中')).toContain(
      '已决定的变更 1001 不变，2026年11月23日起仍改为“800 字”',
    );
  });

  it.each([
    ['体会字数', { value: '1000' }],
    ['五年周期', { value: '2023-01-01至2027-12-31' }],
    ['按月折算', { value: '是' }],
    ['须交体会的培训方式', { value: 'intensive,advanced-study' }],
  ])('begins with the value in force of %s', async (rule, field) => {
    const head = chat.as(people.head);
    await head.says(`参数 ${rule}`);
    await head.taps('修改');
    expect(head.lastCard()?.blocks.find(({ type }) => type === 'form')).toMatchObject({
      fields: [field, { name: 'from' }, { name: 'reason' }],
    });
  });

  it('leaves old records the rule of their day', async () => {
    await train(chat, people.cadre, { form: 'intensive', title: '秋季专题班' });
    const head = chat.as(people.head);
    await head.says('参数 体会字数 改 1500 自 2026-11-20 理由 提高质量');
    await head.taps('确认');
    await train(chat, people.namesake, {
      form: 'intensive',
      title: '冬季专题班',
      from: '2026-11-20',
      to: '2026-11-20',
    });
    expect(await chat.as(people.cadre).says(`体会 1001 ${'学'.repeat(1200)}`)).toContain('已收到');
    expect(await chat.as(people.namesake).says(`体会 1002 ${'学'.repeat(1200)}`)).toContain('要求不少于 1500 字');
  });

  it('names the people whom it touches', async () => {
    const head = chat.as(people.head);
    const said = await head.says('参数 五年学时 改 600 自 2027-01-01 理由 上级新规定');
    expect(said).toContain('五年学时要求由 550 变为 600 学时：5 人');
    expect(said).toContain('E0011 | 王芳 | 教务处 | 要求 550→600');
    expect(said).not.toContain('周正');
    await head.taps('确认');
    chat.clock.set(instantAt('2027-01-04', '09:00'));
    expect(await chat.as(people.cadre).says('进度')).toContain('0 / 600 学时');
  });

  it('says which units a bulletin would merge', async () =>
    expect(await chat.as(people.head).says('参数 单独列出的单位人数 改 2 自 2026-12-01 理由 单位较小')).toContain(
      '并入“其他单位”的将有：无',
    ));

  it('says how many make-ups are open, and that their days stay', async () => {
    const owe = (staffNo: string, dueOn: string, way: MakeUp['way'] = null): MakeUp => ({
      ...openMakeUp({ courseId: 1001, no: 1, staffNo, cause: 'absent', hours: 300, content: 'theory' }, dueOn, policy),
      dueOn,
      way,
      state: way === null ? 'open' : 'chosen',
    });
    const head = chat.as(people.head);
    const says = (words: string) => head.says(`参数 ${words} 自 2026-12-01 理由 上级新规定`);
    expect(await says('补训期限 改 30')).toContain('现在没有待补训的。');
    await chat.write(async (tx) => {
      await tx.put(makeUps, owe('E0011', '2026-11-23'));
      await tx.put(makeUps, owe('E0013', '2026-12-20', 'recording'));
      await tx.put(makeUps, { ...owe('E0010', '2026-12-20', 'recording'), state: 'handed-in' });
    });
    const open = '待补训的 2 项期限不变：最早11月23日，最晚12月20日。';
    expect(await says('补训期限 改 30')).toContain(`${open}\n· 新期限只用于生效之日起确认的缺课和考试。`);
    expect(await says('可看录像 改 否')).toContain('已选它而没有提交的 1 项须改选，已提交的照常审核');
    expect(await says('看录像补训的体会字数 改 800')).toContain('的 1 项，生效后提交的按新的字数');
    expect(await says('补训到期前提醒 改 20')).toContain('会提醒本人的由 1 项变为 2 项');
    expect(await says('补训逾期满多少天告知单位负责人 改 10')).toContain('会告知单位负责人的由 1 项变为 0 项');
  });

  it('is taken back before its day, and not after', async () => {
    const head = chat.as(people.head);
    await head.says(shorter);
    await head.taps('确认');
    await head.says('参数 体会字数');
    expect(await head.taps('取消变更')).toContain('已取消变更 1001');
    expect(await stateOf(1001)).toBe('cancelled');
    expect(await head.says('参数 体会字数')).toContain('现行 1000 字');
    await head.says('参数 体会字数 改 900 自 2026-11-20 理由 试行一段时间');
    await head.taps('确认');
    expect(await head.says('参数 变更 1002 取消')).toContain('已经生效，不能取消');
    expect(await head.says('参数 体会字数')).toContain('现行 900 字');
  });

  it('survives a restart', async () => {
    const head = chat.as(people.head);
    await head.says('参数 半天 改 3 自 2026-11-20 理由 与课表一致');
    await head.says('确认');
    await chat.reopen();
    expect(await chat.as(people.cadre).says('登记 半天 党性教育 今天 《专题党课》')).toContain('3 学时');
  });
});

describe('a change by the clerk', () => {
  it('waits for the head, who is told what follows', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('参数 五年学时 改 600 自 2027-01-01 理由 上级新规定')).toContain('确认后提交部长决定');
    expect(await clerk.taps('确认')).toContain('已提交沈建国决定');
    expect(await stateOf(1001)).toBe('proposed');
    expect(await clerk.says('参数 五年学时')).toContain('现行 550 学时。');
    const head = chat.as(people.head);
    expect(head.last()).toContain('赵敏提出参数变更 1001');
    expect(head.last()).toContain('550 变为 600 学时：5 人');
    expect(head.last()).toContain('影响（按2027年1月1日测算）');
    expect(await head.taps('同意')).toContain('已同意');
    expect(clerk.last()).toContain('部长沈建国已同意：“处级干部五年累计学时”由“550 学时”改为“600 学时');
    expect(await clerk.says('参数 五年学时')).toContain('2027年1月1日起 600 学时');
  });

  it('is refused by the head, once', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says(shorter);
    await clerk.taps('确认');
    const head = chat.as(people.head);
    expect(await head.says('参数 变更')).toContain('变更 1001（赵敏，2026年11月20日）');
    expect(await head.says('参数 变更 1001 不同意')).toContain('没有同意变更 1001');
    expect(await head.says('参数 变更 1001 同意')).toContain('没有同意，没有重复操作');
    expect(await clerk.says('参数 变更')).toContain('没有等待决定的参数变更');
  });

  it('cannot be decided by anybody but the head, whatever the button says', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says(shorter);
    await clerk.taps('确认');
    const press = { command: '参数', args: { change: 1001, verdict: 'accept' } };
    expect(await clerk.presses(press)).toContain('由部长决定');
    expect(await chat.as(people.archivist).presses(press)).toContain('由经办提出、部长决定');
    expect(await chat.as(people.cadre).presses(press)).toContain('没有这项权限');
    expect(await stateOf(1001)).toBe('proposed');
  });

  it('is too late when its day has passed meanwhile', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says(shorter);
    await clerk.taps('确认');
    chat.clock.set(instantAt('2026-11-24', '09:00'));
    expect(await chat.as(people.head).says('参数 变更 1001 同意')).toContain('已经过去，不能再同意');
    expect(await stateOf(1001)).toBe('proposed');
  });

  it('says when there is no head to decide', async () => {
    await chat.close();
    chat = await openChat({ people: [people.clerk, people.archivist] });
    const clerk = chat.as(people.clerk);
    await clerk.says(shorter);
    expect(await clerk.taps('确认')).toContain('没有在职的部长');
    expect(await changes()).toEqual([]);
  });

  it('may be looked at by the archivist, who proposes none', async () => {
    expect(await chat.as(people.archivist).says(shorter)).toContain('由经办提出、部长决定');
    expect(chat.as(people.archivist).button('修改')).toBeUndefined();
  });
});

/** The fields of the newest card at which something is said. */
const faultsOf = (window: Window): string[] =>
  (window.lastCard()?.blocks ?? []).flatMap((block) =>
    block.type === 'form' ? block.fields.flatMap(({ name, fault }) => (fault === undefined ? [] : [name])) : [],
  );

describe('what cannot be', () => {
  it.each([
    ['参数 体会字数 改 很多 自 2027-01-01 理由 提高质量', '新值“很多”没有看懂。可以写：1200'],
    ['参数 体会字数 改 0 自 2027-01-01 理由 不再要求', '应为 1 至 20000 之间的整数'],
    ['参数 体会字数 改 800 自 2026-11-19 理由 与上级一致', '参数不能追溯'],
    ['参数 半天 改 9 自 2027-01-01 理由 按课表', '半天折合学时 是 9，应不大于 一天折合学时（8）'],
    ['参数 开始时刻 改 19:00 自 2027-01-01 理由 晚上提醒', '不晚于每日提醒时刻 09:07'],
    ['参数 体会逾期告知单位负责人 改 30 自 2027-01-01 理由 试行', '应不大于'],
    ['参数 五年周期 改 2028-01-01至2030-06-30 自 2028-01-01 理由 新周期', '整年'],
    ['参数 按月折算 改 也许 自 2027-01-01 理由 试行', '没有看懂。可以写：是'],
  ])('%s', async (said, expected) => {
    expect(await chat.as(people.head).says(said)).toContain(expected);
    expect(await changes()).toEqual([]);
  });

  it('asks again in a form that keeps what was said', async () => {
    const head = chat.as(people.head);
    await head.says('参数 体会字数 改 很多 自 2027-01-01 理由 提高质量');
    const form = head.lastCard()?.blocks.find((block) => block.type === 'form');
    expect(form).toMatchObject({
      fields: [
        { value: '很多', fault: '“体会字数”的新值“很多”没有看懂。可以写：1200。' },
        { value: '2027-01-01' },
        { value: '提高质量' },
      ],
    });
    expect(faultsOf(head)).toEqual(['value']);
    await head.submits({ value: '1200', from: '2026-11-19', reason: '提高质量' });
    expect(faultsOf(head)).toEqual(['from']);
    await head.submits({ value: '0', from: '2027-01-01', reason: '提高质量' });
    expect(faultsOf(head)).toEqual(['value']);
    await head.submits({ value: '1200', from: '2027-01-01', reason: '' });
    expect(faultsOf(head)).toEqual(['reason']);
    await head.submits({ value: '1200', from: '2027-01-01', reason: '长'.repeat(201) });
    expect(faultsOf(head)).toEqual(['reason']);
    expect(await head.submits({ value: '1200', from: '2027-01-01', reason: '提高质量' })).toContain('1200 字');
    expect(await head.taps('确认')).toContain('已决定');
  });

  it('asks for the day and the reason that were not said', async () => {
    const head = chat.as(people.head);
    expect(await head.says('参数 体会字数 改 1200')).toContain('请填写新值、生效日期和理由');
    expect(head.lastCard()?.blocks.find((block) => block.type === 'form')).toMatchObject({
      fields: [{ value: '1200' }, { name: 'from' }, { name: 'reason' }],
    });
  });

  it('changes nothing when it says what holds already', async () =>
    expect(await chat.as(people.head).says('参数 体会字数 改 1000 自 2027-01-01 理由 保持')).toContain('没有改动'));

  it('takes forms of training from a form with several choices', async () => {
    const head = chat.as(people.head);
    await head.says('参数 须交体会的培训方式');
    await head.taps('修改');
    const said = await head.submits({ value: ['intensive'], from: '2027-01-01', reason: '减轻负担' });
    expect(said).toContain('由“集中培训、进修轮训”改为“集中培训”');
    expect(said).toContain('须交体会的由 0 人次变为 0 人次');
  });

  it('an old card of a change that is over says so', async () => {
    const head = chat.as(people.head);
    await head.says(shorter);
    const press = head.button('确认')?.press;
    await head.taps('确认');
    expect(await head.presses(press)).toContain('已经提交过');
    expect(await changes()).toHaveLength(1);
  });
});
