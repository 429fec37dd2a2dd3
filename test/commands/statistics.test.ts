import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

async function someTrainings(): Promise<void> {
  await train(chat, people.cadre);
  await train(chat, people.cadre, {
    from: '2025-12-30',
    to: '2026-01-02',
    hours: 800,
    content: 'theory',
    title: '跨年学习',
  });
  await train(chat, people.newcomer, {
    from: '2026-10-08',
    to: '2026-10-08',
    hours: 300,
    content: 'party-spirit',
    title: '党性教育',
  });
  await train(chat, people.cadre, { title: '待审的培训', from: '2026-11-03', to: '2026-11-03' }, 'waiting');
}

describe('the figures', () => {
  it('are those of the cycle by unit, with shares, averages and standing', async () => {
    await someTrainings();
    const said = await chat.as(people.clerk).says('统计');
    expect(said).toContain('在职中层干部，2023年1月1日至今：应训 6 人，参训 2 人、3 人次，共 15 学时。');
    expect(said).toContain('参训率：33.3 %（2 / 6 人）');
    expect(said).toContain('理论党性占比：73.3 %');
    expect(said).toContain('五年进度达标：0 人，0 %');
    expect(said).toContain('教务处 | 2 | 1 | 2 | 12 | 6');
    expect(said).toContain('口径：');
    expect(said).not.toContain('王芳');
  });

  it.each([
    ['a class of two contents is attended once', 'end' as const, '参训 2 人、2 人次，共 12 学时', '理论教育 | 2 | 2 |'],
    [
      'a class that gives each 课次 by itself, each time',
      'each' as const,
      '参训 2 人、4 人次，共 12 学时',
      '理论教育 | 2 | 2 |',
    ],
  ])('%s', async (_, when, all, theory) => {
    const sessions = [makeSession(), makeSession({ no: 2, start: '14:00', end: '17:00', content: 'theory' })];
    const there = [people.cadre, people.newcomer];
    await openCourse(chat, { sessions, creditsEach: when === 'each' }, there);
    for (const { staffNo } of there) for (const no of [1, 2]) await attend(chat, { staffNo, no, state: 'present' });
    chat.clock.set('2026-11-20T10:00:00.000Z');
    await chat.write(async (tx) => {
      const parts = { tx, now: chat.clock.now(), policies: chat.policies };
      for (const no of [1, 2]) await settleSession(parts, 1001, no, 'E0003', '考勤确认');
    });
    const clerk = chat.as(people.clerk);
    const said = await clerk.says('统计');
    expect(said).toContain(all);
    expect(said).toContain(`教务处 | 2 | 1 | ${when === 'end' ? 1 : 2} | 6`);
    expect(await clerk.says('统计 内容')).toContain(theory);
    const bulletin = await clerk.says('通报 2026年11月');
    expect(bulletin).toContain(
      when === 'end' ? '2 人，2 人次（本年累计 2 人，2 人次）' : '2 人，4 人次（本年累计 2 人，4 人次）',
    );
  });

  it.each([
    ['统计 内容 2026年', '专业化能力 | 1 | 1 | 4 | 36.4 %'],
    ['统计 年度', '2025 年 | 0 | 0 | 4 | 26.7 %'],
    ['统计 教务处 去年', '教务处，2025年1月1日至2025年12月31日：应训 2 人，参训 0 人、0 人次，共 4 学时'],
    ['统计 正职 本季度', '中层正职，2026年10月1日至今：应训 3 人，参训 1 人、1 人次，共 3 学时'],
    ['统计 上月 方式', '中心组学习 | 1 | 1 | 3 | 100 %'],
    ['统计 全体 职级', '其他 | 1 | 0 | 0 | 0 | 0'],
    ['统计 2025年第四季度 类别', '专题培训 | 0 | 0 | 4 | 100 %'],
  ])('%s', async (said, expected) => {
    await someTrainings();
    expect(await chat.as(people.head).says(said)).toContain(expected);
  });

  it('agree with the bulletin of a year', async () => {
    await train(chat, people.cadre);
    await train(chat, people.newcomer, {
      from: '2026-10-08',
      to: '2026-10-08',
      hours: 300,
      content: 'theory',
      title: '理论',
    });
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('通报')).toContain('本年累计：7 学时');
    expect(await clerk.says('统计 2026年')).toContain('共 7 学时');
  });

  it('change dimension and period by button', async () => {
    await someTrainings();
    const clerk = chat.as(people.clerk);
    await clerk.says('统计');
    expect(await clerk.taps('内容')).toContain('党性教育 | 1 | 1 | 3 | 20 %');
    expect(await clerk.taps('本月')).toContain('2026年11月1日至今');
    expect(clerk.last()).not.toContain('党性教育 |');
    expect(await clerk.taps('单位')).toContain('教务处 | 2 | 1 | 1 | 4 | 2');
  });

  it('open to the entries behind them', async () => {
    await someTrainings();
    const clerk = chat.as(people.clerk);
    await clerk.says('统计 内容');
    const said = await clerk.taps('理论教育');
    expect(said).toContain('理论教育，2023年1月1日至今：1 条学时记录，共 8 学时');
    expect(said).toContain('1002 | 王芳 | 跨年学习');
    await clerk.taps('返回统计');
    await clerk.says('统计 年度');
    expect(await clerk.taps('2025 年')).toContain('1002 | 王芳 | 跨年学习 | 2025年12月30日至2026年1月2日 | 4');
  });

  it('open to many entries ten a page, the latest first, with the sum of all', async () => {
    for (let day = 1; day <= 12; day += 1) {
      const on = `2026-10-${String(day).padStart(2, '0')}`;
      await train(chat, people.cadre, { from: on, to: on, hours: 100, title: `第${day}讲` });
    }
    const clerk = chat.as(people.clerk);
    await clerk.says('统计');
    const first = await clerk.taps('看明细');
    expect(first).toContain('12 条学时记录，共 12 学时');
    expect(first).toContain('第 1 页，共 2 页');
    expect(first.indexOf('第12讲')).toBeLessThan(first.indexOf('第3讲'));
    expect(first).not.toContain('第2讲');
    const second = await clerk.taps('下一页');
    expect(second).toContain('第2讲');
    expect(second).not.toContain('第3讲');
    const behind = { command: '统计', args: { by: 'unit', view: 'entries', page: 9 } };
    expect(await clerk.presses(behind)).toContain('第 2 页，共 2 页');
  });

  it('open to the people in the order of the roster, never by hours', async () => {
    await someTrainings();
    const clerk = chat.as(people.clerk);
    await clerk.says('统计');
    const said = await clerk.taps('看人员');
    expect(await clerk.says('统计')).toContain('教务处');
    await clerk.taps('教务处');
    const ofUnit = await clerk.taps('看人员');
    expect(ofUnit).toContain('教务处，2023年1月1日至今：2 人');
    expect(ofUnit).not.toContain('E0013');
    const order = ['E0002', 'E0003', 'E0010', 'E0011', 'E0012', 'E0013'].map((staffNo) => said.indexOf(staffNo));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(said).toContain('E0011 | 王芳 | 教务处 | 12');
  });

  it('of many units come ten a page', async () => {
    await chat.close();
    const units = Array.from({ length: 23 }, (_, i) =>
      makeCadre({ staffNo: `E2${100 + i}`, name: `干部${i}`, unit: `第${i + 1}学院` }),
    );
    chat = await openChat({ people: [people.clerk, ...units] });
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('统计')).toContain('第 1 页，共 3 页');
    expect(await clerk.taps('下一页')).toContain('第15学院');
    expect(await clerk.taps('下一页')).toContain('第23学院');
    expect(await clerk.taps('上一页')).toContain('第10学院');
  });

  it.each(['统计 明年', '统计 教务处 下月', '统计 2027年 单位', '统计 下个季度', '统计 未来三个月'])(
    '%s has not come yet, and is said so',
    async (said) => {
      const answer = await chat.as(people.clerk).says(said);
      expect(answer).toContain('还没有到，没有可以统计的学时');
      expect(answer).toContain('统计 近三个月');
    },
  );

  it('say when nobody or nothing is there', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('统计 年轻干部')).toContain('名册里没有优秀年轻干部');
    expect(await clerk.says('统计 2024年')).toContain('这段时间没有已认定的学时');
    expect(await clerk.says('统计 外星系')).toContain('没有看懂“外星系”');
    expect(await clerk.says('统计 2026-06-30至2026-06-01')).not.toContain('undefined');
  });

  it('go out as a picture of the chart, unless there is nothing to draw', async () => {
    await someTrainings();
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('统计 2024年 图片')).toContain('这段时间没有已认定的学时');
    await clerk.says('统计 2024年');
    expect(JSON.stringify(clerk.lastCard())).not.toContain('picture');
    await clerk.says('统计 内容 2026年 图片');
    const file = clerk.lastFile();
    expect(file).toMatchObject({
      name: '学时统计_在职中层干部_按内容_2026-01-01_2026-11-20.png',
      caption: '学时按内容分布：在职中层干部，2026年1月1日至今。请勿发到群里。',
      mime: 'image/png',
    });
    const bytes = await chat.store.blobs.get(file?.blob ?? '');
    expect(Buffer.from(bytes?.subarray(1, 4) ?? []).toString()).toBe('PNG');
  });

  it('go out as a workbook with a sheet for each dimension', async () => {
    await someTrainings();
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('统计 2026年 Excel')).toContain('学时统计_在职中层干部_2026-01-01_2026-11-20.xlsx');
    const sent = clerk.lastFile();
    const bytes = sent === null ? undefined : await chat.store.blobs.get(sent.blob);
    const { sheets } = await readXlsx(bytes ?? new Uint8Array());
    expect(sheets.map(({ name }) => name)).toEqual(['单位', '内容', '类别', '方式', '职级', '年度']);
    expect(sheets[0]?.rows.at(-1)).toEqual(['合计', 6, 2, 3, 11, 1.83, 100]);
  });
});

describe('who may ask', () => {
  it('is the department, in private', async () => {
    expect(await chat.as(people.archivist).says('统计')).toContain('应训 6 人');
    expect(await chat.as(people.cadre).says('统计')).toContain('没有这项权限');
    expect(await chat.as(people.unitHead).says('统计 科研处')).toContain('没有这项权限');
    expect(await chat.inGroup(people.clerk).says('统计')).toContain('私聊');
    expect(await chat.as('stranger').says('统计')).toContain('绑定');
  });

  it('is not decided by the button', async () =>
    expect(await chat.as(people.cadre).presses({ command: '统计', args: { view: 'people' } })).toContain(
      '没有这项权限',
    ));
});
