import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { createDocumentRenderer, pictureOf } from '../../src/bot/rendering.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { group, openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const knowGroup = (bulletin: boolean, id = group, name = '干部工作群') =>
  chat.write((tx) => tx.put(chats, { messenger: 'simulator', id, name, bulletin }));
const october = async () => {
  await train(chat, people.cadre, { from: '2026-10-12', to: '2026-10-13', hours: 1200, title: '教学管理能力培训' });
  await train(chat, people.namesake, {
    from: '2026-10-20',
    to: '2026-10-20',
    hours: 300,
    content: 'theory',
    title: '理论辅导',
  });
};
const row = (month: string) => chat.store.read((view) => view.get(bulletins, month));
const inGroup = () => chat.inGroup(people.clerk).texts();

describe('the preview', () => {
  it('shows the current month so far, which cannot be released yet', async () => {
    const clerk = chat.as(people.clerk);
    const said = await clerk.says('通报');
    expect(said).toContain('2026年11月参训 0 人');
    expect(said).toContain('2026年11月还没有结束，以下是截至2026年11月20日的情况，不与上月比较');
    expect(said).not.toMatch(/环比|上月 /);
    expect(clerk.button('发布')).toBeUndefined();
    expect(await clerk.says('通报 发布')).toContain('还没有结束，月底后才能发布');
  });

  it.each(['通报 2026-10', '通报 10月', '通报 十月份', '通报 上月', '通报 上个月', '通报 2026年10月', '月报：上月'])(
    '%s is October, word for word as the group would get it',
    async (said) => {
      await october();
      const answer = await chat.as(people.clerk).says(said);
      expect(answer).toContain('2026年10月参训 2 人、2 人次，15 学时');
      expect(answer).not.toContain('王芳');
    },
  );

  it.each([
    ['通报 12月', '2025年12月参训'],
    ['通报 2026-12', '还没有到'],
    ['通报 2017-12', '最早可以查看2018年1月的通报'],
    ['通报 2017-12 发布', '最早可以查看2018年1月的通报'],
    ['通报 2018-01', '2018年1月参训'],
    ['通报 2026-13', '没有“2026-13”这个月份'],
    ['通报 随便看看', '没有看懂'],
  ])('%s is answered with %s', async (said, answer) => {
    expect(await chat.as(people.clerk).says(said)).toContain(answer);
  });

  it('warns of a month that is not the last', async () => {
    await knowGroup(true);
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('通报 上月')).not.toContain('请注意');
    expect(await clerk.says('通报 12月')).toContain('请注意：这是2025年12月的通报，不是上月的');
    expect(await clerk.taps('发布')).toContain('请核对月份后再发布');
  });

  it('compares by the figure itself where the rate says nothing', async () => {
    await train(chat, people.cadre, { from: '2026-09-08', to: '2026-09-08', hours: 100 });
    await train(chat, people.cadre, { from: '2026-10-12', to: '2026-10-12', hours: 400 });
    expect(await chat.as(people.clerk).says('通报 上月')).toContain('本月学时：4 学时（环比增加 300 %）');
    await train(chat, people.namesake, { from: '2026-10-12', to: '2026-10-12', hours: 50 });
    expect(await chat.as(people.clerk).says('通报 上月')).toContain('本月学时：4.5 学时（上月 1 学时）');
  });

  it('says which groups will get it', async () => {
    expect(await chat.as(people.clerk).says('通报 上月')).toContain('没有设置接收的群');
    await knowGroup(true);
    expect(await chat.as(people.clerk).says('通报 上月')).toContain('还没有发布，将发到：干部工作群');
  });
});

it.each(['show', 'sources', 'release'])(
  'a month before all cycles is refused as %s by a button as well',
  async (view) => {
    await knowGroup(true);
    const args = { month: '0000-01', view, confirmed: true };
    expect(await chat.as(people.clerk).presses({ command: '通报', args })).toContain('最早可以查看2018年1月');
    expect(await row('0000-01')).toBeUndefined();
  },
);

describe('the release', () => {
  it.each([
    ['上月', 'info'],
    ['2026-09', 'warn'],
    ['2026-08', 'warn'],
    ['2022-12', 'warn'],
  ])('of %s is previewed as %s', async (month, tone) => {
    await knowGroup(true);
    const clerk = chat.as(people.clerk);
    const said = await clerk.says(`通报 ${month} 发布`);
    expect(clerk.lastCard()?.tone).toBe(tone);
    expect(said.includes('请注意：这是')).toBe(tone === 'warn');
  });

  it('happens after 确认 only, once, and to the groups that receive it', async () => {
    await october();
    await knowGroup(true);
    await knowGroup(false, 'oc_other', '别的群');
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月');
    expect(await clerk.taps('发布')).toContain('将把2026年10月通报发到 1 个群：干部工作群');
    expect(inGroup()).toEqual([]);
    expect(await clerk.taps('确认')).toContain('已发往 1 个群');
    expect(inGroup()).toHaveLength(1);
    expect(inGroup()[0]).toContain('2026年10月参训 2 人');
    expect(await row('2026-10')).toMatchObject({ state: 'released', releasedBy: 'E0003' });
    const keys = (await chat.store.read((view) => listAll(view, outbox))).filter(
      ({ purpose }) => purpose === 'bulletin',
    );
    expect(keys.map(({ key }) => key)).toEqual([`bulletin:2026-10:${group}`]);
    expect(await clerk.says('通报 10月 发布')).toContain('已经发布过，没有重复发送');
    expect(inGroup()).toHaveLength(1);
  });

  it('is shown with by whom and when, and keeps its figures', async () => {
    await october();
    await knowGroup(true);
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 10月 发布');
    await clerk.says('确认');
    await train(chat, people.unitHead, { from: '2026-10-30', to: '2026-10-30' });
    const said = await chat.as(people.head).says('通报 10月');
    expect(said).toContain('2026年10月参训 2 人');
    expect(said).toContain('已于2026年11月20日 09:00 由赵敏发布');
    expect(said).toContain('干部工作群：已送达');
    expect(said).toContain(inGroup()[0]?.split('\n').at(-1) ?? '-');
    expect(chat.as(people.head).button('发布')).toBeUndefined();
  });

  it('is refused when a second 确认 comes from an older preview', async () => {
    await knowGroup(true);
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    await clerk.says('通报 上月 发布');
    await head.says('通报 上月 发布');
    await clerk.taps('确认');
    expect(await head.taps('确认')).toContain('没有重复发送');
    expect(inGroup()).toHaveLength(1);
  });

  it('needs a group', async () => {
    expect(await chat.as(people.clerk).says('通报 上月 发布')).toContain('没有设置接收通报的群');
    expect(await row('2026-10')).toBeUndefined();
  });

  it('is dropped by 取消', async () => {
    await knowGroup(true);
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月 发布');
    await clerk.taps('取消');
    expect(await row('2026-10')).toBeUndefined();
    expect(inGroup()).toEqual([]);
  });
});

describe('what stands behind the figures', () => {
  it('lists every figure and opens it to its entries and people', async () => {
    await october();
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月');
    expect(await clerk.taps('依据')).toContain('本月参训人次 | 2 人次 | 2 条记录');
    const entries = await clerk.taps('本月参训人次');
    expect(entries).toContain('1001 | 王芳 | 教学管理能力培训 | 12');
    await clerk.taps('依据');
    expect(await clerk.taps('本年参训人次')).toContain('1002 | 王芳 | 理论辅导 | 3');
    await clerk.taps('依据');
    expect(await clerk.taps('本月理论教育')).toContain('3 学时');
    await clerk.taps('依据');
    expect(await clerk.taps('本月参训人数')).toContain('E0012 | 王芳 | 外国语学院');
    expect(await clerk.taps('返回通报')).toContain('2026年10月参训 2 人');
    expect(clerk.texts()).toHaveLength(1);
  });

  it('lists ten a page', async () => {
    for (let day = 10; day < 22; day += 1) {
      await train(chat, people.cadre, { from: `2026-10-${day}`, to: `2026-10-${day}`, title: `第${day}讲` });
    }
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('通报 10月 依据 本月学时');
    expect(first).toContain('1010');
    expect(first).not.toContain('1011');
    expect(await clerk.taps('下一页')).toContain('1012');
  });

  it('is asked for a unit by name', async () => {
    await october();
    expect(await chat.as(people.head).says('通报 2026-10 依据 其他单位')).toContain('“其他单位”：本月 15 学时');
    expect(await chat.as(people.head).taps('本年')).toContain('“其他单位 本年”：本年 15 学时');
    expect(await chat.as(people.head).taps('本月')).toContain('“其他单位”：本月 15 学时');
    expect(await chat.as(people.head).says('通报 2026-10 依据 教务')).toContain('教务处人数较少，已并入“其他单位”');
    expect(await chat.as(people.head).says('通报 2026-10 依据 人均')).toContain('没有“人均”这一项');
    expect(await chat.as(people.head).says('通报 2026-09 依据 本月学时')).toContain('没有依据记录');
  });
});

describe('the pictures', () => {
  it('are the two charts, one message each', async () => {
    await october();
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月');
    const charts = (clerk.lastCard()?.blocks ?? []).flatMap((block) => (block.type === 'chart' ? [block] : []));
    const sent = await clerk.taps('图片');
    expect(sent).toContain('各单位本年人均学时，可直接贴入报告。（文件：2026年10月通报_各单位本年人均学时.png）');
    expect(sent).toContain('2026年10月通报_本年学时的内容构成.png');
    const render = createDocumentRenderer({ store: chat.store, policies: chat.policies, clock: chat.clock });
    expect(charts).toHaveLength(2);
    for (const chart of charts) {
      const document = pictureOf(chart, '图', '图');
      if (document.type !== 'document') throw new Error(document.type);
      const file = await render(document);
      if (file.type !== 'file') throw new Error(file.type);
      expect(file).toMatchObject({ mime: 'image/png', name: '图.png' });
      const bytes = Buffer.from((await chat.store.blobs.get(file.blob)) ?? []);
      expect([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16)]).toEqual(['PNG', 1600]);
    }
    await expect(
      render({ type: 'document', document: 'chart', name: 'x', caption: 'x', args: { kind: 'bar' } }),
    ).rejects.toThrow();
  });

  it('are asked for again by words, and by nobody else', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月 图片');
    expect(await clerk.says('通报 上月 图片')).toContain('本年学时的内容构成.png');
    expect(await chat.as(people.cadre).says('通报 上月 图片')).toContain('没有这项权限');
  });
});

describe('a month without much to say', () => {
  const only = async (list: readonly Cadre[]): Promise<string> => {
    const small = await openChat({ people: list });
    try {
      return await small.as(people.clerk).says('通报 上月');
    } finally {
      await small.close();
    }
  };
  const staff = (count: number, unit: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => ({ ...people.cadre, staffNo: `E02${i}`, name: `职员${i}`, unit: unit(i) }));
  const archivist = { ...people.clerk, grade: 'other' } as const;

  it.each<[string, readonly Cadre[], RegExp]>([
    ['nobody counted', [archivist], /应训：0 人[\s\S]*应训不足 3 人，不分单位列出/],
    ['two people', [archivist, ...staff(2, () => '教务处')], /应训：2 人[\s\S]*应训不足 3 人，不分单位列出/],
    ['one unit', [archivist, ...staff(4, () => '教务处')], /教务处 \| 4 \| 0 \| 0 \| 0/],
    ['small units only', [archivist, ...staff(4, (i) => `第${i}办公室`)], /其他单位 \| 4 \| 0 \| 0 \| 0/],
  ])('is a whole bulletin for %s', async (_, list, expected) => {
    const said = await only(list);
    expect(said).toMatch(expected);
    expect(said).toContain('四、下一步要求');
    expect(said).not.toMatch(/NaN|Infinity|undefined|null|较高的单位/);
    for (const { name } of list) expect(said).not.toContain(name);
    if (list.length < 4) expect(said).not.toMatch(/教务处|其他单位/);
  });

  it('shows all units in the chart, or says how many it leaves to the table', async () => {
    const many = (units: number) => [archivist, ...staff(units * 3, (i) => `第${i % units}学院`)];
    const few = await only(many(25));
    expect(few).not.toContain('图中');
    expect(few.match(/第\d+学院：/g)).toHaveLength(25);
    const said = await only(many(45));
    expect(said).toContain('图中按名册顺序只画 40 个单位，全部 45 个单位见表。');
    expect(said.match(/第\d+学院：/g)).toHaveLength(40);
    expect(said.match(/第\d+学院 \|/g)).toHaveLength(45);
  });
});

describe('the groups', () => {
  it('are switched on and off', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('通报 群')).toContain('还没有加入任何群');
    await knowGroup(false);
    expect(await clerk.says('通报 群')).toContain('其中 0 个接收通报');
    expect(await clerk.taps('改为接收')).toContain('其中 1 个接收通报');
    expect(await clerk.taps('改为不接收')).toContain('其中 0 个接收通报');
    expect(
      await clerk.presses({ command: '通报', args: { view: 'groups', chat: 'simulator:none', receive: true } }),
    ).toContain('没有找到这个群');
  });
});

it('is nobody else’s and never answered in a group', async () => {
  await knowGroup(true);
  expect(await chat.as(people.cadre).says('通报')).toContain('没有这项权限');
  expect(await chat.as(people.archivist).says('通报 上月 发布')).toContain('没有这项权限');
  await chat.as(people.clerk).says('通报 上月');
  const release = chat.as(people.clerk).button('发布')?.press;
  expect(await chat.as(people.unitHead).presses(release)).toContain('没有这项权限');
  expect(await chat.inGroup(people.clerk).says('通报')).toContain('私聊');
});
