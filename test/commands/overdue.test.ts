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

/** Everybody has all hours of the cycle and this year's 专业化能力. */
const satisfyAll = async () => {
  for (const person of Object.values(people)) {
    if (person.state !== 'active') continue;
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

  it('counts by kind and unit, then lists who owes what since when', async () => {
    await satisfyAll();
    await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
    await train(chat, people.namesake, { title: '待审的培训' }, 'waiting');
    const said = await chat.as(people.clerk).says('逾期');
    expect(said).toContain('共 2 项逾期：体会 1，审核 1');
    expect(said).toContain('教务处 | 1 | 0');
    expect(said).toContain('外国语学院 | 0 | 1');
    expect(said).toContain('体会 | 王芳 | 教务处 | 11月9日（11 天） | 《教务管理专题班》体会未交');
    expect(said).toContain('审核 | 王芳 | 外国语学院 | 11月2日（18 天）');
  });

  it('lists ten a page', async () => {
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('逾期');
    expect(first).toContain('共 12 项逾期：学时进度 6，专业化能力 6');
    expect(first).toContain('第 1 页，共 2 页');
    expect(first).toContain('教务处 | 2 | 2');
    const second = await clerk.taps('下一页');
    expect(second).toContain('第 2 页');
    expect(second).not.toContain('教务处 | 2 | 2');
  });

  it.each([
    ['逾期 学时', '“学时进度”共 6 项'],
    ['逾期 专业化能力', '“专业化能力”共 6 项'],
    ['逾期 教务处', '教务处共 4 项'],
    ['逾期 教务处的学时', '教务处“学时进度”共 2 项'],
    ['逾期：外国语', '外国语学院共 4 项'],
    ['逾期 体会', '“体会”没有逾期'],
    ['逾期 火星学院', '没有叫“火星学院”的单位'],
  ])('%s filters by kind and unit', async (said, answer) => {
    expect(await chat.as(people.head).says(said)).toContain(answer);
  });

  it('filters by a tap and comes back', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('逾期');
    expect(await clerk.taps('学时进度 6')).toContain('“学时进度”共 6 项');
    expect(await clerk.taps('全部')).toContain('共 12 项');
    expect(clerk.texts()).toHaveLength(1);
  });

  it('leaves out who has retired', async () => {
    await chat.write((tx) => tx.put(cadres, { ...people.cadre, state: 'retired' }));
    expect(await chat.as(people.clerk).says('逾期')).toContain('共 10 项');
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
    expect(await chat.as(people.head).says('逾期 导出')).toContain('逾期名单：截至2026年11月20日，共 12 项');
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
