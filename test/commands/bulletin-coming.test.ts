import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import { comingTrainings } from '../../src/domain/coming-training.ts';
import { instantAt } from '../../src/domain/day.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { group, openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const kept = async () =>
  (await chat.store.read((view) => listAll(view, comingTrainings, { index: 'byDay' }))).map(
    ({ day, title, place, audience }) => [day, title, place, audience],
  );
const knowGroup = () =>
  chat.write((tx) => tx.put(chats, { messenger: 'simulator', id: group, name: '干部工作群', bulletin: true }));

const field = (window: Window, name: string): FormField | undefined =>
  (window.lastCard()?.blocks ?? [])
    .flatMap((block) => (block.type === 'form' ? block.fields : []))
    .find((one) => one.name === name);

describe('coming trainings', () => {
  it('are written line by line', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('通报 预告')).toContain('还没有培训预告');
    const said = await clerk.says(
      '通报 预告\n12月3日 廉政教育报告会 行政楼报告厅 全体中层干部\n2026-12-10，《新任干部 任职培训》，党校\n1月8日 读书班',
    );
    expect(said).toContain('已加入 3 条。共有 3 条培训预告。');
    expect(said).toContain('2026年12月3日　廉政教育报告会，行政楼报告厅，参加：全体中层干部');
    expect(await kept()).toEqual([
      ['2026-12-03', '廉政教育报告会', '行政楼报告厅', '全体中层干部'],
      ['2026-12-10', '《新任干部 任职培训》', '党校', null],
      ['2027-01-08', '读书班', null, null],
    ]);
  });

  it('are added, changed and removed by the card', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月');
    await clerk.taps('预告');
    await clerk.submits({ day: '2026-12-03', title: '', place: '党校', audience: '' });
    expect(field(clerk, 'title')?.fault).toBe('请填写这一项。');
    expect(field(clerk, 'place')).toMatchObject({ value: '党校' });
    await clerk.submits({ day: '2026-11-19', title: '报告会', place: '党校', audience: '' });
    expect(field(clerk, 'day')).toMatchObject({ value: '2026-11-19', fault: expect.stringContaining('已经过去') });
    await clerk.submits({ day: '2026-12-03', title: '报告会', place: '党校', audience: '王芳同志' });
    expect(field(clerk, 'audience')).toMatchObject({
      value: '王芳同志',
      fault: expect.stringContaining('不写个人姓名'),
    });
    expect(await kept()).toEqual([]);
    expect(await clerk.submits({ day: '2026-12-03', title: '报告会', place: '', audience: '' })).toContain(
      '已加入 1 条',
    );
    await clerk.taps('修改');
    await clerk.submits({ day: '2026-12-04', title: '', place: '党校', audience: '' });
    expect(field(clerk, 'title')?.fault).toBe('请填写这一项。');
    const changed = await clerk.submits({ day: '2026-12-04', title: '廉政报告会', place: '党校', audience: '' });
    expect(changed).toContain('已修改“廉政报告会”');
    expect(await kept()).toEqual([['2026-12-04', '廉政报告会', '党校', null]]);
    expect(clerk.button('删除')?.confirm).toContain('删除预告“廉政报告会”');
    expect(await clerk.taps('删除')).toContain('已删除“廉政报告会”。还没有培训预告');
    expect(await kept()).toEqual([]);
  });

  it('do not follow an old card', async () => {
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    await clerk.says('通报 预告 12月3日 报告会');
    const [remove, edit] = [clerk.button('删除')?.press, clerk.button('修改')?.press];
    chat.clock.pass(1);
    await head.says('通报 预告');
    await head.taps('修改');
    await head.submits({ day: '2026-12-05', title: '报告会' });
    expect(await clerk.presses(remove)).toContain('刚刚被修改过');
    await head.taps('删除');
    expect(await clerk.presses(edit)).toContain('这条预告已经删除');
  });

  it.each([
    ['通报 预告 报告会 12月3日', '没有看懂“报告会 12月3日”'],
    ['通报 预告 12月3日', '没有看懂“12月3日”'],
    ['通报 预告 12月3日至2月30日 报告会', '几天的写起止'],
    ['通报 预告 2026-12-05至2026-12-03 报告会', '早于开始日期'],
    ['通报 预告 12月3日至6月5日 报告会', '超过 92 天'],
    ['通报 预告 2月30日 报告会', '没有看懂'],
    ['通报 预告 2026-11-19 报告会', '2026年11月19日已经过去'],
    ['通报 预告 2028-03-01 报告会', '太远'],
    [`通报 预告 12月3日 ${'长'.repeat(61)}`, '最多 60 个字'],
    ['通报 预告 12月3日 王芳同志报告会', '不写个人姓名'],
  ])('%s is refused with %s, and nothing is kept', async (said, answer) => {
    expect(await chat.as(people.clerk).says(said)).toContain(answer);
    expect(await kept()).toEqual([]);
  });

  it('last one day or several', async () => {
    const clerk = chat.as(people.clerk);
    const said = await clerk.says(
      '通报 预告\n12月3日至5日 读书班 党校\n12月30日到1月2日 冬训\n2026-12-10至2026-12-10 报告会\n12月7日—9日 研修班',
    );
    expect(said).toContain('已加入 4 条');
    expect(said).toContain('2026年12月3日至5日　读书班，党校');
    expect(said).toContain('2026年12月30日至2027年1月2日　冬训');
    expect(said).toContain('2026年12月10日　报告会');
    expect(said).toContain('2026年12月7日至9日　研修班');
    expect(await clerk.says('通报 上月')).toContain('2026年12月3日至5日　读书班');
    await clerk.says('通报 预告');
    await clerk.taps('修改');
    expect(await clerk.submits({ day: '2026-12-03', until: '2026-12-01', title: '读书班' })).toContain('早于开始日期');
    expect(await clerk.submits({ day: '2026-12-03', until: '2026-12-04', title: '读书班' })).toContain(
      '2026年12月3日至4日　读书班',
    );
  });

  it.each(['通报 预吿 12月3日 报告会', '通报 预报 12月3日 报告会', '通报 培训遇告 12月3日 报告会'])(
    'are understood in spite of a slip of the pen: %s',
    async (said) => expect(await chat.as(people.clerk).says(said)).toContain('已加入 1 条'),
  );

  it('read a day without a year as the next one', async () => {
    await chat.as(people.clerk).says('通报 预告\n今天 甲\n19日 乙\n周四 丙\n1月1日 丁\n11月20日 戊');
    expect((await kept()).map(([day, title]) => [day, title])).toEqual([
      ['2026-11-20', '甲'],
      ['2026-11-20', '戊'],
      ['2026-11-26', '丙'],
      ['2026-12-19', '乙'],
      ['2027-01-01', '丁'],
    ]);
  });

  it('stand in the bulletin when they are in the two months behind it and still to come', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 预告\n11月20日 当天的\n11月25日 次月的\n12月31日 再下月的\n1月1日 太晚的');
    const said = await clerk.says('通报 上月');
    expect(said).toContain('四、近期培训预告');
    expect(said).toContain('五、下一步要求');
    expect(said).toMatch(/当天的[\s\S]*次月的[\s\S]*再下月的/);
    expect(said).not.toContain('太晚的');
    chat.clock.set(instantAt('2026-11-21', '09:00'));
    expect(await clerk.says('通报 上月')).not.toContain('当天的');
    expect(await clerk.says('通报')).toContain('太晚的');
  });

  it('leave the section out when there are none', async () => {
    const said = await chat.as(people.clerk).says('通报 上月');
    expect(said).not.toContain('培训预告');
    expect(said).toContain('四、下一步要求');
  });

  it('stay in a released bulletin as they were', async () => {
    await knowGroup();
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 预告 12月3日 报告会');
    await clerk.says('通报 上月 发布');
    await clerk.taps('确认');
    await clerk.says('通报 预告');
    await clerk.taps('删除');
    expect(await clerk.says('通报 上月')).toContain('2026年12月3日　报告会');
    const row = await chat.store.read((view) => view.get(bulletins, '2026-10'));
    expect(row?.coming).toEqual([{ day: '2026-12-03', title: '报告会', place: null, audience: null }]);
    expect(chat.inGroup(people.clerk).last()).toContain('报告会');
  });

  it('are nobody else’s', async () => {
    expect(await chat.as(people.cadre).says('通报 预告 12月3日 报告会')).toContain('没有这项权限');
    expect(await chat.inGroup(people.cadre).says('通报 预告 12月3日 报告会')).toContain('私聊');
    expect(await kept()).toEqual([]);
  });
});
