import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cadres } from '../../src/domain/cadre.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const active = Object.values(people).filter(({ state }) => state === 'active');

/** Nobody lacks last year's 专业化能力. */
const lastYear = async () => {
  for (const person of active) await train(chat, person, { from: '2025-05-06', to: '2025-05-06' });
};

/** Everybody has all hours of the cycle and this year's 专业化能力. */
const satisfyAll = async () => {
  await lastYear();
  for (const person of active) {
    await train(chat, person, {
      from: '2026-01-10',
      to: '2026-06-30',
      hours: 60_000,
      form: 'secondment',
      title: '挂职',
    });
  }
};

describe('the list', () => {
  it('says when nobody is overdue', async () => {
    await satisfyAll();
    expect(await chat.as(people.clerk).says('逾期')).toContain('截至2026年11月20日，没有人逾期');
  });

  it('names who owes what first, and counts by unit in the order of the roster below, with blanks for none', async () => {
    await satisfyAll();
    await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
    await train(chat, people.namesake, { form: 'intensive', title: '外语教学专题班' });
    const said = await chat.as(people.clerk).says('逾期');
    expect(said).toContain('逾期 2 项（体会）。');
    const line = '王芳 | 教务处 | 体会 | 《教务管理专题班》应于11月9日前交，逾期 11 天（登记号 1015）';
    expect(said).toContain(line);
    expect(said.slice(said.indexOf(line))).toMatch(/单位 \| 体会\n教务处 \| 1\n外国语学院 \| 1\n/);
  });

  it('puts what waits for approval at the department’s door, in working days', async () => {
    await satisfyAll();
    await train(chat, people.namesake, { title: '待审的培训' }, 'waiting');
    const clerk = chat.as(people.clerk);
    const said = await clerk.says('逾期');
    expect(said).toContain('截至2026年11月20日，待组织部审核 1 条。');
    expect(said).toContain('组织部 |  | 待审核 | 王芳（外国语学院）《待审的培训》已等 14 个工作日（登记号 1015）');
    expect(await clerk.says('逾期 外国语学院')).toContain('没有逾期');
    expect(await clerk.says('逾期 待审核')).toContain('待组织部审核 1 条');
  });

  it('names a returned entry that nobody has touched', async () => {
    await satisfyAll();
    await train(chat, people.cadre, { title: '退回的培训' }, 'waiting');
    await chat.as(people.clerk).says('审核 1015 退回 请补充证明材料');
    expect(await chat.as(people.clerk).says('逾期')).toContain('没有人逾期');
    chat.clock.set('2026-11-25T01:00:00.000Z');
    expect(await chat.as(people.clerk).says('逾期 退回')).toContain(
      '王芳 | 教务处 | 退回未改 | 《退回的培训》退回 5 天未改（登记号 1015）',
    );
  });

  it('calls the year’s training unfinished until midnight in Shanghai on 31 December, then missed', async () => {
    await lastYear();
    const clerk = chat.as(people.clerk);
    chat.clock.set('2026-12-31T15:59:00.000Z');
    const before = await clerk.says('逾期 专业化能力');
    expect(before).toContain('本年专业化能力尚未完成 6 人');
    expect(before).toContain('王芳 | 教务处 | 专业化能力 | 2026 年尚未完成（12月31日前）');
    chat.clock.set('2026-12-31T16:00:00.000Z');
    const after = await clerk.says('逾期 专业化能力');
    expect(after).toContain('专业化能力逾期 6 项。');
    expect(after).toContain('王芳 | 教务处 | 专业化能力 | 2026 年缺专业化能力培训');
  });

  it('lists ten a page', async () => {
    await lastYear();
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('逾期');
    expect(first).toContain('截至2026年11月20日，进度落后（超过 9 学时）6 人；本年专业化能力尚未完成 6 人。');
    expect(first).toContain('第 1 页，共 2 页');
    expect(first).toContain('教务处 | 2 | 2');
    expect(first.indexOf('单位 | 专业化能力')).toBeGreaterThan(first.indexOf('事项 | 姓名'));
    const second = await clerk.taps('下一页');
    expect(second).toContain('第 2 页');
    expect(second).not.toContain('教务处 | 2 | 2');
  });

  it.each([
    ['逾期 学时', '“学时进度”：进度落后（超过 9 学时）6 人。'],
    ['逾期 专业化能力', '“专业化能力”：本年专业化能力尚未完成 6 人。'],
    ['逾期 教务处', '教务处：进度落后（超过 9 学时）2 人；本年专业化能力尚未完成 2 人。'],
    ['逾期 教务处的学时', '教务处“学时进度”：进度落后（超过 9 学时）2 人。'],
    ['逾期：外国语', '外国语学院：进度落后（超过 9 学时）2 人'],
    ['逾期 李䶮', '李䶮：进度落后（超过 9 学时）1 人'],
    ['逾期 e0011', 'e0011：进度落后（超过 9 学时）1 人'],
    ['逾期 王芳', '王芳：进度落后（超过 9 学时）2 人'],
    ['逾期 王芳 教务处', '进度落后（超过 9 学时）1 人'],
    ['逾期 体会', '“体会”没有逾期'],
    ['逾期 火星学院', '没有叫“火星学院”的单位或干部'],
  ])('%s filters by kind, unit and person', async (said, answer) => {
    await lastYear();
    expect(await chat.as(people.head).says(said)).toContain(answer);
  });

  it('filters by a tap and comes back', async () => {
    await lastYear();
    const clerk = chat.as(people.clerk);
    await clerk.says('逾期 王芳');
    expect(await clerk.taps('学时进度 2')).toContain('王芳“学时进度”：进度落后（超过 9 学时）2 人');
    expect(await clerk.taps('全部')).toContain('进度落后（超过 9 学时）6 人');
    expect(clerk.texts()).toHaveLength(1);
  });

  it('leaves out who has retired', async () => {
    await chat.write((tx) => tx.put(cadres, { ...people.cadre, state: 'retired' }));
    expect(await chat.as(people.clerk).says('逾期')).toContain('进度落后（超过 9 学时）5 人');
  });
});

describe('the workbook', () => {
  it('comes below the card, named after what it holds', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('逾期 教务处 学时');
    expect(await clerk.taps('Excel 名单')).toContain('逾期名单_教务处_学时进度_2026-11-20.xlsx');
    const rows = await chat.store.read((view) => listAll(view, outbox));
    const queued = rows.filter(({ key }) => key.startsWith('answer:'));
    expect(queued).toHaveLength(2);
  });

  it('is asked for in words as well', async () => {
    expect(await chat.as(people.head).says('逾期 导出')).toContain('逾期名单：截至2026年11月20日，共 18 项');
  });
});

it('is shown to nobody else and in no group', async () => {
  expect(await chat.as(people.cadre).says('逾期')).toContain('没有这项权限');
  expect(await chat.as(people.unitHead).says('逾期 教务处')).toContain('没有这项权限');
  expect(await chat.as(people.archivist).says('逾期')).toContain('没有这项权限');
  const inGroup = await chat.inGroup(people.clerk).says('逾期');
  expect(inGroup).toContain('私聊');
  expect(inGroup).not.toContain('王芳');
});
