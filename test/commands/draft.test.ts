import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialogs } from '../../src/bot/dialogs.ts';
import { appendHourEvent } from '../../src/bot/ledger.ts';
import { decideEvent } from '../../src/domain/entry-life.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
let window: Window;
beforeEach(async () => {
  chat = await openChat();
  window = chat.as(people.cadre);
});
afterEach(() => chat.close());

const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const line = '登记 半天 党性教育 上周三 《专题党课》';

describe('an open draft', () => {
  it.each([
    ['不对，是一天', { hours: 800 }],
    ['学时改成6', { hours: 600 }],
    ['学时 8', { hours: 800 }],
    ['我的学时 8', { hours: 800 }],
    ['8', { hours: 800 }],
    ['五', { hours: 500 }],
    ['2学时', { hours: 200 }],
    ['修改学时为8', { hours: 800 }],
    ['改一下，学时8', { hours: 800 }],
    ['记录不对，是5学时', { hours: 500 }],
    ['确认 3学时', { hours: 300 }],
    ['是的，3学时', { hours: 300 }],
    ['日期改成上周四', { from: '2026-11-12', to: '2026-11-12' }],
    ['内容改为理论教育', { content: 'theory' }],
    ['名称改成《专题辅导》', { title: '专题辅导' }],
    ['《专题辅导》', { title: '专题辅导' }],
    ['方式改为集中培训', { form: 'intensive' }],
  ])('is changed by %s, shown again, and submitted only by 确认', async (said, changed) => {
    await window.says(line);
    expect(await window.says(said)).toMatch(/^请核对：/);
    expect(await entries()).toEqual([]);
    await window.says('确认');
    const draft = { hours: 400, content: 'party-spirit', from: '2026-11-11', to: '2026-11-11', title: '专题党课' };
    expect(await entries()).toMatchObject([{ ...draft, ...changed }]);
  });

  it.each(['，', '；', '。 ', '看', '学时改成'])('is not searched for in a text of thousands of “%s”', async (sign) => {
    await window.says(line);
    expect(await window.says(sign.repeat(19_900 / sign.length))).toMatch(/超过 1000 字.*没有处理/);
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 400, title: '专题党课' }]);
  });

  it.each([
    '嗯',
    '不是8学时',
    '学时是不是8',
    '学时 不是8',
    '我没去',
    '不对',
    '谢谢',
    '确认吗',
    '确定不了',
    '确认？',
    '稍等',
  ])('stays as it is, and unsubmitted, after %s', async (said) => {
    await window.says(line);
    expect(await window.says(said)).toContain('没有提交');
    expect(await entries()).toEqual([]);
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 400, from: '2026-11-11', title: '专题党课' }]);
  });

  it('says in full what is still there', async () => {
    await window.says(line);
    expect(await window.says('再看看吧')).toBe(
      '没有看懂“再看看吧”，草稿没有改动，也没有提交：党性教育 · 4 学时 · 11月11日 · 《专题党课》。要改请直接写，例如“学时 8”，或点“修改”。\n可回复：【确认】 【修改】 【取消】',
    );
  });

  it.each(['对', '是', '好的', '可以', '没问题', '提交', '确认', '确认无误', '好的，提交。'])(
    'is submitted by %s',
    async (said) => {
      await window.says(line);
      expect(await window.says(said)).toMatch(/已提交，登记号 \d+/);
    },
  );

  it.each(['取消', '不登记了', '算了吧', '先不登记', '取消登记'])('is dropped by %s', async (said) => {
    await window.says(line);
    expect(await window.says(said)).toContain('已取消');
    expect(await window.says('确认')).toContain('没有等待确认');
    expect(await window.taps('确认')).toBe('这份草稿已取消，没有提交。');
  });

  it('does not keep other commands from being heard', async () => {
    await window.says(line);
    expect(await window.says('进度')).toContain('本周期已认定');
    expect(await window.says('学时')).toContain('本周期已认定');
    expect(await window.says('记录 2025')).toContain('2025 年没有学时记录');
    expect(await window.says('确认')).toMatch(/已提交/);
  });

  it('is changed by words while its form is open', async () => {
    await window.says(line);
    await window.taps('修改');
    expect(await window.says('2学时')).toContain('2 学时');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 200 }]);
  });

  it('asks for a slot again that a correction has made doubtful', async () => {
    await window.says(line);
    expect(await window.says('日期改成2月30日')).toContain('没有“2月30日”这一天');
    expect(await window.says('确认')).toContain('还差日期，补上后才能提交。');
    expect(await window.says('上周四')).toContain('11月12日');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ from: '2026-11-12' }]);
  });

  it('says what it did not use, and is then not submitted at once', async () => {
    const draft = await window.says('登记 郑欣 3学时 党性教育 昨天 《专题党课》 确认');
    expect(draft).toContain('没有用上：“郑欣”。只能登记本人的学时。');
    expect(await entries()).toEqual([]);
  });
});

describe('an old card', () => {
  it('says that its draft was submitted', async () => {
    await window.says(line);
    const press = window.button('确认')?.press;
    await window.says('确认');
    expect(await window.presses(press)).toBe('已经提交过，没有重复操作。');
    await window.says('登记 2学时 理论教育 昨天 《形势与政策》');
    expect(await window.presses(press)).toBe('已经提交过，没有重复操作。');
  });

  it('says that another draft took its place', async () => {
    await window.says(line);
    const old = ['确认', '修改', '取消'].map((label) => window.button(label)?.press);
    const next = await window.says('登记 2学时 理论教育 昨天 《形势与政策》');
    expect(next).toContain('上一份草稿《专题党课》没有提交，已由这份代替。');
    for (const press of old) {
      expect(await window.presses(press)).toBe('这份草稿已被新的草稿代替，没有提交。');
    }
    await window.says('确认');
    expect(await entries()).toMatchObject([{ title: '形势与政策' }]);
  });

  it('says so too when the other was submitted at once', async () => {
    await window.says(line);
    const press = window.button('确认')?.press;
    const done = await window.says('登记 2学时 理论教育 昨天 《形势与政策》 确认');
    expect(done).toContain('上一份草稿《专题党课》没有提交，已由这份代替。');
    expect(await window.presses(press)).toBe('这份草稿已被新的草稿代替，没有提交。');
    expect(await entries()).toHaveLength(1);
  });

  it('cannot submit what was corrected since', async () => {
    await window.says(line);
    const press = window.button('确认')?.press;
    expect(await window.says('一天')).not.toContain('上一份草稿');
    expect(await window.presses(press)).toBe('这份草稿已被新的草稿代替，没有提交。');
    expect(await entries()).toEqual([]);
  });

  it('was not submitted when 确认 led to a question', async () => {
    await window.says(`${line} 确认`);
    await window.says(line);
    const press = window.button('仍要提交')?.press;
    expect(await window.says('学时 4')).toContain('相近的记录');
    expect(await window.presses(press)).toContain('没有提交');
    expect(await entries()).toHaveLength(1);
  });

  it('is one row for a person and a chat, however many drafts there were', async () => {
    for (let hour = 1; hour <= 12; hour += 1)
      await window.says(`登记 ${(hour % 4) + 1}学时 党性教育 昨天 《专题党课》`);
    const rows = await chat.store.read((view) => listAll(view, dialogs));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.earlier).toHaveLength(8);
  });
});

describe('an incomplete draft', () => {
  it('turns its card into the next question', async () => {
    await window.says('登记 3学时');
    const next = await window.taps('党性教育');
    expect(next).toContain('已记下：党性教育 · 3 学时。还差日期、培训名称。');
    expect(next).not.toContain('确认');
    expect(window.lastCard()?.blocks.at(-1)).toMatchObject({
      type: 'note',
      text: '回复“修改”打开表格填写，“取消”放弃。',
    });
    expect(window.lastCard()?.summary).toContain('还差日期、培训名称');
  });

  it('says at 确认 what is missing', async () => {
    await window.says('登记 3学时 党性教育');
    expect(await window.says('确认')).toContain('还差日期、培训名称，补上后才能提交。');
    expect(await window.says('20')).toContain('还差培训名称');
    expect(await window.says('专题党课')).toContain('11月20日');
    expect(await window.says('可以')).toMatch(/已提交/);
  });

  it('takes labels for slots and no questions for names', async () => {
    await window.says('登记 党性教育 昨天');
    expect(await window.says('学时 3')).toContain('还差培训名称');
    expect(await window.says('为什么要名称')).toContain('没看懂“为什么要名称”');
    expect(await window.says('登记工作规范培训')).toContain('《登记工作规范培训》');
    await window.says('取消');
    expect(await entries()).toEqual([]);
  });

  it.each([
    ['登记 300学时 党性教育 昨天 《专题党课》', '最多能记', '3学时'],
    ['登记 3学时 党性教育 2026-02-30 《专题党课》', '没有“2026-02-30”这一天', '昨天'],
    ['登记 3学时 党性教育 2026-12-01 《专题党课》', '还没有到', '昨天'],
    ['登记 3学时 党性教育 2020-01-02 《专题党课》', '不能在聊天中登记', '昨天'],
    ['登记 3学时 党性教育 昨天 《专题党课》不对是4学时', '不止一个学时数“3学时，4学时”', '3学时'],
    ['登记 3学时 党性教育 理论教育 昨天 《专题党课》', '不止一种理解', '党性教育'],
  ])('%s: keeps the rest and asks for what is wrong', async (said, wrong, right) => {
    expect(await window.says(said)).toContain(wrong);
    expect(await window.says('确认')).not.toMatch(/已提交/);
    expect(await window.says(right)).toContain('请核对：党性教育 · 3 学时 · 11月19日 · 《专题党课》');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 300, from: '2026-11-19', content: 'party-spirit' }]);
  });
});

describe('the form of a draft', () => {
  const form = { title: '专题党课', content: 'party-spirit', amount: '五', from: '2026-11-18', to: '', organiser: '' };

  it('takes numbers in words, and nothing for an empty field', async () => {
    await window.says(line);
    await window.taps('修改');
    expect(await window.submits(form)).toContain('党性教育 · 5 学时 · 11月18日');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ hours: 500, to: '2026-11-18', organiser: null }]);
  });

  it('keeps everything but the hours that it cannot read', async () => {
    await window.says(line);
    await window.taps('修改');
    expect(await window.submits({ ...form, amount: '很多' })).toContain('学时“很多”没有看懂');
    expect(await window.says('三个半')).toContain('党性教育 · 3.5 学时 · 11月18日');
  });

  it('of a returned entry goes back to that entry', async () => {
    await window.says(`${line} 确认`);
    await chat.write(async (tx) => {
      const [entry] = await listAll(tx, hourEntries);
      if (entry === undefined) throw new Error('no entry');
      const at = chat.clock.now();
      const decision = decideEvent(entry, { type: 'returned', reason: '请补充材料' }, people.clerk.staffNo, at);
      if (decision.ok) await appendHourEvent(tx, decision.event, chat.policies.at(entry.to));
    });
    await window.says('登记 2学时 理论教育 昨天 《形势与政策》');
    await window.says('修改 1001');
    expect(await window.submits(form)).toContain('上一份草稿《形势与政策》没有提交');
    expect(await window.says('学时 6')).toContain('6 学时');
    await window.says('确认');
    expect(await entries()).toMatchObject([{ id: 1001, hours: 600, state: 'submitted' }]);
  });
});
