import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourEntries } from '../../src/domain/hours.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
let window: Window;
beforeEach(async () => {
  chat = await openChat();
  window = chat.as(people.cadre);
});
afterEach(() => chat.close());

const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const states = async () => (await entries()).map(({ id, state }) => [id, state]);

describe('a training that is told', () => {
  it('becomes a draft with place and name, and is recorded at 确认', async () => {
    const draft = await window.says('昨天下午在报告厅听了意识形态专题报告，半天，理论教育');
    expect(draft).toMatch(/^请核对：理论教育 · 4 学时 · 11月19日 · 《意识形态专题报告》/);
    expect(draft).toContain('报告厅');
    expect(await entries()).toEqual([]);
    expect(await window.says('好的')).toMatch(/已提交，登记号 \d+/);
    expect(await entries()).toMatchObject([
      { hours: 400, from: '2026-11-19', content: 'theory', title: '意识形态专题报告', place: '报告厅' },
    ]);
  });

  it.each(['不止3学时，昨天的培训', '昨天的党性教育不止十五学时《专题党课》', '昨天听了《专题党课》，不到半天'])(
    'is asked how many hours where it only says how many they were not: %s',
    async (said) => {
      expect(await window.says(said)).toMatch(/还差学时[\s\S]*没有用上：“不[止到]/);
      expect(await entries()).toEqual([]);
    },
  );

  it('is asked for what it did not say, one answer after the other', async () => {
    expect(await window.says('上周三去党校培训了一天，党性教育')).toContain('还差培训名称');
    expect(await window.says('党性教育专题培训班')).toContain('《党性教育专题培训班》');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 800, from: '2026-11-11', place: '党校' }]);
  });

  it('is not submitted at once with 确认, when its name stood in no brackets', async () => {
    expect(await window.says('昨天听了意识形态专题报告，半天，理论教育，确认')).toMatch(/^请核对/);
    expect(await entries()).toEqual([]);
  });

  it('is not drafted when nobody went, somebody asks, it is to come, or others went', async () => {
    expect(await window.says('昨天的培训我没去成')).toContain('没有参加，所以没有登记');
    expect(await window.says('明天去听党课')).toContain('还没有举行');
    expect(await window.says('昨天的党课算几学时')).toContain('在提问，所以没有登记');
    expect(await window.says('帮小李登记一下昨天的培训')).toContain('只能登记本人的学时');
    expect(await window.says('确认')).toContain('没有等待确认');
  });

  it('says that a companion is not recorded along', async () => {
    const draft = await window.says('昨天和王芳一起听了《专题党课》，2学时，党性教育');
    expect(draft).toContain('没有用上：“王芳”。只能登记本人的学时。');
  });

  it('is told to nobody in a group', async () => {
    const inGroup = chat.inGroup(people.cadre);
    for (const said of [
      '昨天下午听了《专题党课》，半天，党性教育',
      '昨天的培训我没去',
      '我还差多少学时',
      '谁还没交体会',
    ]) {
      expect(await inGroup.says(said), said).toContain('私聊');
    }
  });

  it('means nothing from a stranger', async () => {
    expect(await chat.as('visitor').says('昨天下午听了《专题党课》，半天，党性教育')).toContain('绑定');
  });
});

describe('words with more than one reading', () => {
  it.each([
    ['昨天听了两节课，理论教育', '2 学时', 200],
    ['昨天听了两节课，理论教育', '半天（4 学时）', 400],
    ['昨天理论教育，1.5', '1.5 学时', 150],
    ['昨天培训了一上午，理论教育', '半天（4 学时）', 400],
    ['昨天上午3学时，下午4学时，理论教育', '7 学时', 700],
  ])('%s: settled by %s', async (said, label, hours) => {
    expect(await window.says(said)).toMatch(/多少学时|不止一个学时数/);
    expect(await window.taps(label)).toContain('还差培训名称');
    await window.says('专题学习会');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours, from: '2026-11-19' }]);
  });

  it('are settled in words, too', async () => {
    await window.says('昨天听了两节课，理论教育');
    expect(await window.says('1.5天')).toMatch(/最多能记|12 学时/);
    expect(await window.says('两个学时')).toContain('2 学时');
  });

  it('name the days of last weekend', async () => {
    expect(await window.says('上周末培训了一天，党性教育')).toContain('“上周末”是哪一天');
    expect(await window.taps('11月14日')).toContain('11月14日');
  });

  it('are not taken for a half-day when only the afternoon was named', async () => {
    expect(await window.says('昨天下午听了《专题党课》，党性教育')).toContain('还差学时');
  });
});

describe('which one is meant', () => {
  const desk = () => chat.as(people.clerk);

  it('is asked when two people have one name, and answered by a tap', async () => {
    expect(await desk().says('王芳交体会了吗')).toContain('有 2 位王芳');
    const press = desk().button('王芳（教务处）')?.press;
    expect(await desk().taps('王芳（教务处）')).toContain('王芳（教务处）“体会”没有逾期');
    expect(await desk().presses(press)).toBe('已经提交过，没有重复操作。');
  });

  it.each(['教务处的', '教务处', '第一个', 'E0011', '王芳 教务处'])('or by %s', async (said) => {
    await desk().says('王芳还差多少学时');
    expect(await desk().says(said)).toContain('E0011');
  });

  it('is asked again when the answer fits nobody, and may be left', async () => {
    await desk().says('王芳交体会了吗');
    expect(await desk().says('后勤处')).toContain('没看懂“后勤处”');
    expect(await desk().says('进度')).toContain('本周期已认定');
    expect(await desk().says('取消')).toContain('已取消');
  });

  it('is nobody else’s business', async () => {
    expect(await window.says('王芳学了多少学时')).toContain('只能看本人的');
    expect(await window.presses({ command: '选择', args: { line: '干部', who: '王芳' } })).toContain('没有这项权限');
    expect(
      await chat.as(people.archivist).presses({ command: '选择', args: { line: '逾期', who: 'E0011' } }),
    ).toContain('过期');
  });
});

describe('刚才那条弄错了，撤回', () => {
  const slip = '刚才那条弄错了，撤回';

  it('takes the newest entry back after it has been named and confirmed', async () => {
    await train(chat, people.cadre, {}, 'waiting');
    expect(await window.says(slip)).toMatch(/^要撤回的是登记号 \d+：专业化能力 · 4 学时/);
    expect(await states()).toMatchObject([[expect.any(Number), 'submitted']]);
    expect(await window.says('确认')).toContain('已撤回登记号');
    expect(await states()).toMatchObject([[expect.any(Number), 'withdrawn']]);
    expect(await window.taps('撤回')).toBe('已经提交过，没有重复操作。');
  });

  it('by one tap, or not at all', async () => {
    await train(chat, people.cadre, {}, 'waiting');
    await window.says(slip);
    expect(await window.taps('不撤回')).toContain('没有作任何改动');
    await window.says(slip);
    expect(await window.taps('撤回')).toContain('已撤回登记号');
  });

  it('asks which of several, and takes a number, a place in the list or a name', async () => {
    for (const title of ['教学能力培训', '师德师风讲座', '安全教育培训'])
      await train(chat, people.cadre, { title }, 'waiting');
    expect(await window.says(slip)).toContain('刚才登记了不止一条');
    expect(await window.says('那个什么')).toContain('没有撤回');
    expect(await window.says('师德师风那条')).toContain('《师德师风讲座》');
    await window.says('确认');
    const left = (await entries()).filter(({ state }) => state === 'submitted').map(({ title }) => title);
    expect(left).toEqual(['教学能力培训', '安全教育培训']);
    await window.says(slip);
    expect(await window.says('第一条')).toContain('《安全教育培训》');
    await window.says('取消');
    await window.says(slip);
    expect(await window.taps(`撤回 ${(await entries())[0]?.id}`)).toContain('《教学能力培训》');
  });

  it('drops the draft when that is the newest', async () => {
    await train(chat, people.cadre, {}, 'waiting');
    await window.says('登记 半天 党性教育 上周三 《专题党课》');
    expect(await window.says(slip)).toContain('已取消');
    expect(await states()).toMatchObject([[expect.any(Number), 'submitted']]);
  });

  it('says when there is nothing to take back', async () => {
    await train(chat, people.cadre);
    await train(chat, people.clerk, {}, 'waiting');
    expect(await window.says(slip)).toContain('没有可以撤回的登记');
  });
});

describe('怎么理解的', () => {
  it('says of an open draft what was taken from which words, what was not used and how to change it', async () => {
    await window.says('昨天下午在报告厅听了意识形态专题报告，半天，理论教育，张教授主讲的');
    const told = await window.says('你是怎么理解的');
    expect(told).toContain('《意识形态专题报告》（原话“意识形态专题报告”）');
    expect(told).toContain('0.5 天，按制度记 4 学时（原话“半天”）');
    expect(told).toContain('11月19日（原话“昨天”）');
    expect(told).toContain('报告厅');
    expect(told).toContain('没有用上');
    expect(told).toContain('学时改成6');
    expect(await window.taps('确认')).toMatch(/已提交/);
  });

  it.each(['为什么是4学时', '怎么理解的', '理解'])('%s, and a correction is told from its own words', async (said) => {
    await window.says('登记 半天 党性教育 上周三 《专题党课》');
    await window.says('学时改成6');
    await window.says('内容改为理论教育');
    const told = await window.says(said);
    expect(told).toContain('6 学时');
    expect(told).not.toContain('半天');
    expect(told).toContain('理论教育（原话“理论教育”）');
    expect(told).toContain('11月11日（原话“上周三”）');
  });

  it('says what was chosen by a button, and what is still missing', async () => {
    await window.says('昨天培训了3学时');
    await window.taps('党性教育');
    const told = await window.says('怎么理解的');
    expect(told).toContain('党性教育（点选或填写）');
    expect(told).toContain('还没有说');
  });

  it('still tells it right after the draft is over, and says so', async () => {
    await window.says('登记 半天 党性教育 上周三 《专题党课》');
    await window.says('确认');
    const told = await window.says('为什么是4学时');
    expect(told).toContain('0.5 天，按制度记 4 学时（原话“半天”）');
    expect(told).toContain('已经提交、取消或过期');
  });

  it('gives the rule when there was none', async () => {
    expect(await window.says('为什么是4学时')).toContain('半天记 4 学时');
  });
});

describe('other requests', () => {
  it.each([
    ['我的体会要写多少字', /^学习体会不少于 1000 字，培训结束后 7 天内提交/],
    ['今年学了多少', /本周期已认定/],
    ['有什么要我办的', /待办|没有/],
    ['谢谢啦', /^不客气/],
    ['早上好', /^您好，我是学时簿/],
    ['什么破系统', /^抱歉没有帮上忙/],
    ['食堂几点开门', /^没有听懂/],
    ['半天', /^听到了“半天”/],
    ['您好，登记 3学时 党性教育 昨天 《专题党课》 确认', /已提交/],
  ])('%s', async (said, answer) => {
    expect(await window.says(said)).toMatch(answer);
  });

  it('reach the desk in everyday words, for those who work there', async () => {
    await train(chat, people.cadre, {}, 'waiting');
    const desk = chat.as(people.clerk);
    const [entry] = await entries();
    expect(await desk.says('给我看看待审核的')).toContain('教学管理能力培训');
    expect(await desk.says(`${entry?.id}能通过吗`)).not.toContain('已认定');
    expect(await window.says(`把${entry?.id}号批了`)).toContain('教学管理能力培训');
    expect(await states()).toMatchObject([[entry?.id, 'submitted']]);
    expect(await desk.says(`把${entry?.id}号批了`)).toContain('已通过登记号');
    expect(await states()).toMatchObject([[entry?.id, 'approved']]);
  });

  it('are heard beside an open draft, which stays', async () => {
    await window.says('登记 半天 党性教育 上周三 《专题党课》');
    expect(await window.says('我还差多少学时')).toContain('本周期已认定');
    expect(await window.says('谁还没交体会')).toContain('体会');
    expect(await window.says('确认')).toMatch(/已提交/);
  });
});
