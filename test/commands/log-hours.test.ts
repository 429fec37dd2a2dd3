import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const entries = () => chat.store.read((view) => listAll(view, hourEntries));

describe('登记', () => {
  it('submits a complete line with 确认 at once and gives a number', async () => {
    const answer = await chat.as(people.cadre).says('登记 3学时 党性教育 2026-11-20 《专题党课》 确认');
    expect(answer).toMatch(/登记号 \d+/);
    expect(await entries()).toMatchObject([
      {
        staffNo: 'E0011',
        hours: 300,
        content: 'party-spirit',
        from: '2026-11-20',
        to: '2026-11-20',
        title: '专题党课',
        state: 'submitted',
        kind: 'unspecified',
        form: 'unspecified',
      },
    ]);
  });

  it('shows a draft first, and nothing is recorded before 确认', async () => {
    const window = chat.as(people.cadre);
    const draft = await window.says('登记 半天 理论教育 昨天 《二十届四中全会精神辅导》');
    expect(draft).toContain('理论教育');
    expect(draft).toContain('4 学时');
    expect(draft).toContain('11月19日');
    expect(await entries()).toEqual([]);
    expect(await window.says('确认')).toMatch(/已提交，登记号 \d+/);
    expect(await entries()).toHaveLength(1);
  });

  it('submits by the button, and a second tap changes nothing', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》');
    const press = window.button('确认')?.press;
    expect(await window.taps('确认')).toMatch(/登记号/);
    expect(await window.presses(press)).toContain('没有重复操作');
    expect(await entries()).toHaveLength(1);
  });

  it('lets nobody else confirm a draft', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》');
    const press = window.button('确认')?.press;
    expect(await chat.as(people.namesake).presses(press)).toContain('没有重复操作');
    expect(await entries()).toEqual([]);
  });

  it('drops the draft on 取消', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》');
    expect(await window.taps('取消')).toContain('已取消');
    expect(await window.says('确认')).toContain('没有等待确认');
    expect(await entries()).toEqual([]);
  });

  it('asks for what is missing and guesses nothing', async () => {
    const window = chat.as(people.cadre);
    const asked = await window.says('登记 3学时 昨天');
    expect(asked).toContain('内容');
    expect(asked).toContain('培训名称');
    expect(await window.taps('党性教育')).toContain('培训名称');
    const draft = await window.says('专题党课');
    expect(draft).toContain('《专题党课》');
    expect(await window.says('确认')).toMatch(/登记号/);
  });

  it('takes a bare number as the hours it has asked for', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 党性教育 昨天 《专题党课》');
    expect(await window.says('3')).toContain('3 学时');
    expect(await window.says('确认')).toMatch(/登记号/);
    expect(await entries()).toMatchObject([{ hours: 300 }]);
  });

  it('keeps an open question over a restart, until it expires', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》');
    await chat.reopen();
    expect(await window.says('确认')).toMatch(/登记号/);
    await window.says('登记 2学时 理论教育 昨天 《形势与政策》');
    chat.clock.pass(24 * 60);
    expect(await window.says('确认')).toBe('这份草稿已过期，没有提交。请重新登记。');
    expect(await window.taps('确认')).toBe('这份草稿已过期，没有提交。请重新登记。');
    expect(await entries()).toHaveLength(1);
  });

  it.each([
    ['登记 我没有参加昨天的培训 3学时 党性教育 《专题报告》', '没有参加'],
    ['登记 3学时 党性教育 明天 《专题报告》', '还没有举行'],
    ['登记 3学时 党性教育 2026-11-21 《专题报告》 确认', '还没有到'],
    ['登记 3学时 党性教育 2026-02-30 《专题报告》', '2026-02-30'],
    ['登记 0学时 党性教育 昨天 《专题报告》', '学时'],
    ['登记 100学时 党性教育 昨天 《专题报告》 确认', '最多能记'],
    ['登记 2000学时 党性教育 1960-01-01至2026-11-19 《百年培训》 确认', '最多 1100 天'],
    ['登记 3学时 党性教育 2020-01-02 《专题报告》 确认', '不能在聊天中登记'],
  ])('%s is refused with a reason', async (said, reason) => {
    expect(await chat.as(people.cadre).says(said)).toContain(reason);
    expect(await entries()).toEqual([]);
  });

  it('warns of a similar record, and submits it only on insistence', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    const warned = await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认');
    expect(warned).toContain('相近的记录');
    expect(await entries()).toHaveLength(1);
    expect(window.last()).toContain('确要提交请点按钮或回复“仍要提交”');
    expect(await window.says('仍要提交')).toMatch(/登记号/);
    expect(await entries()).toHaveLength(2);
  });

  it('changes a draft through the form and shows it again before it counts', async () => {
    const window = chat.as(people.cadre);
    await window.says('登记 3学时 党性教育 昨天 《专题报告》');
    await window.taps('修改');
    const again = await window.submits({
      title: '专题报告',
      content: 'theory',
      amount: '半天',
      from: '2026-11-18',
      to: '2026-11-18',
      form: 'intensive',
    });
    expect(again).toContain('理论教育');
    expect(again).toContain('4 学时');
    expect(again).toContain('11月18日');
    expect(await entries()).toEqual([]);
    await window.taps('确认');
    expect(await entries()).toMatchObject([{ content: 'theory', hours: 400, form: 'intensive', from: '2026-11-18' }]);
  });

  it('survives hostile forms and buttons', async () => {
    const window = chat.as(people.cadre);
    await window.says('帮助');
    for (const press of [
      null,
      7,
      'x',
      {},
      { command: '登记', args: { hours: -1 } },
      { command: '登记', args: { hours: 1e9, content: '__proto__', title: 'x', from: '2026-11-20', confirmed: true } },
      { command: '__proto__', args: {} },
    ]) {
      expect(await window.presses(press)).not.toBe('');
    }
    await window.presses({
      command: '登记',
      args: { title: '=cmd|calc', from: '2026-11-20', content: 'theory', amount: '3', confirmed: true },
    });
    expect(await entries()).toMatchObject([{ title: '=cmd|calc' }]);
  });

  it('writes one event for each step', async () => {
    const window = chat.as(people.cadre);
    const number = /登记号 (\d+)/.exec(await window.says('登记 3学时 党性教育 昨天 《专题报告》 确认'))?.[1];
    await window.says(`撤回 ${number}`);
    const events = await chat.store.read((view) => listAll(view, hourEvents));
    expect(events.map(({ type, seq }) => [type, seq])).toEqual([
      ['submitted', 1],
      ['withdrawn', 2],
    ]);
  });
});
