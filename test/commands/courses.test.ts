import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { markAttendance, settleSession } from '../../src/bot/course/settle.ts';
import { collections } from '../../src/collections.ts';
import { courses } from '../../src/domain/course.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { group, openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { makeCourse, makeSession } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
let cadre: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  cadre = chat.as(people.cadre);
  await clerk.says(
    '建班 《党性教育专题班》 每次记学时 教务处全体\n11-24 9:00-11:30 党性教育 3学时 甲\n11-25 9:00-11:30 理论教育 3学时 乙\n11-26 9:00-11:30 理论教育 2学时 丙',
  );
  await clerk.says('确认');
});
afterEach(() => chat.close());

const course = (id = 1001) => chat.store.read((view) => view.get(courses, id));
const entries = () => chat.store.read((view) => listAll(view, hourEntries));
const owed = () => chat.store.read((view) => listAll(view, makeUps));
/** Everybody of the class was there at a 课次 but for some, and its attendance is settled. */
const settle = (no: number, absent: readonly string[] = []) =>
  chat.write(async (tx) => {
    const parts = { tx, now: chat.clock.now(), policies: chat.policies };
    const found = await tx.get(courses, 1001);
    if (found === undefined) throw new Error('no class');
    const mark = { state: 'present', source: 'roll', by: 'E0003', at: parts.now, reason: null } as const;
    const there = ['E0010', 'E0011'].filter((staffNo) => !absent.includes(staffNo));
    await markAttendance(parts, found, no, new Map(there.map((staffNo) => [staffNo, mark])), '');
    await settleSession(parts, 1001, no, 'E0003', '点名');
  });

describe('one’s own classes', () => {
  it('are shown with what is next and what is asked, and with one’s attendance', async () => {
    expect(await cadre.says('培训')).toContain(
      '1001《党性教育专题班》：11月24日至26日，下一课次 11月24日 周二 09:00–11:30',
    );
    const detail = await cadre.taps('看 1001');
    expect(detail).toContain('1 | 11月24日 周二 09:00–11:30 | 党性教育 | 3 | 甲');
    expect(detail).toContain('还没有您的考勤记录');
    expect(detail).not.toContain('参训人数');
    expect(cadre.button('签到')?.press).toMatchObject({ command: '签到', args: { course: 1001 } });
    expect(cadre.button('请假')?.press).toMatchObject({ command: '请假', args: { course: 1001 } });
    expect(cadre.button('调整课次')).toBeUndefined();
    chat.clock.set('2026-11-24T04:00:00.000Z');
    await settle(1);
    expect(await cadre.says('培训 《党性教育专题班》')).toContain('您已到课 1 次，按考勤已得 3 学时。');
    chat.clock.set('2026-11-28T04:00:00.000Z');
    expect(await cadre.says('培训')).toContain('已结束 1 个');
    expect(cadre.button('签到')).toBeDefined();
  });

  it('are none, or somebody else’s', async () => {
    const other = chat.as(people.newcomer);
    expect(await other.says('培训')).toContain('您现在没有参加的培训班');
    expect(await other.says('培训 1001')).toContain('您不在培训班 1001《党性教育专题班》的参训名单中');
    expect(await other.says('培训 9999')).toContain('没有找到培训班“9999”');
    expect(await other.says('培训 什么')).toContain('没有看懂');
  });
});

describe('those who run classes', () => {
  it('see all of them with what is missing next', async () => {
    expect(await clerk.says('培训')).toContain('1001 | 党性教育专题班 | 11月24日至26日 | 将要开始 | 2 | 3 个课次未上');
    chat.clock.set('2026-11-25T04:00:00.000Z');
    expect(await clerk.says('培训')).toContain('2 个课次待确认考勤');
    expect(await clerk.taps('已结束的')).toContain('已结班和已取消的共 0 个');
    expect(await clerk.taps('我的培训班')).toContain('您现在没有参加的培训班');
    expect(await clerk.says('培训 1001')).toContain('参训人数：2');
  });
});

describe('a change of a class', () => {
  it('moves a 课次 and tells those who are expected there', async () => {
    const preview = await clerk.says('培训 1001 第2课次 改到 11-27 14:00-16:30 地点：302');
    expect(preview).toContain('第 2 课次《乙》改到 11月27日 周五 14:00–16:30，地点改为 302');
    expect(preview).toContain('受影响 2 人');
    expect(preview).toContain('每人应得学时不变，仍为 8 学时');
    expect((await course())?.version).toBe(1);
    expect(await clerk.says('确认')).toContain('已通知 2 人');
    expect(await course()).toMatchObject({ version: 2, to: '2026-11-27' });
    expect(cadre.last()).toContain('您参加的培训班 1001《党性教育专题班》有变动：第 2 课次《乙》改到 11月27日');
    expect(await clerk.says('确认')).toContain('没有等待确认');
  });

  it('is made by a form as well', async () => {
    await clerk.says('培训 1001');
    expect(await clerk.taps('调整课次')).toContain('请选择培训班');
    await clerk.submits({ no: '3', change: 'edit' });
    expect(await clerk.submits({ line: '11-26 11:30-9:00 理论教育 2学时 《丙》' })).toContain('结束时间不晚于开始时间');
    expect(
      await clerk.submits({ line: '11-26 9:00-11:30 党性教育 2学时 《丙》 主讲：李教授', reason: '换人' }),
    ).toContain('主讲改为 李教授，内容改为党性教育');
    await clerk.taps('确认调整');
    expect((await course())?.sessions[2]).toMatchObject({ no: 3, speaker: '李教授', content: 'party-spirit' });
    await clerk.says('培训 1001');
    await clerk.taps('加课次');
    await clerk.submits({ line: '11-27 9:00-11:30 党性教育 3学时 《丁》' });
    await clerk.taps('不改了');
    expect((await course())?.sessions).toHaveLength(3);
  });

  it('takes a speaker or a place away, in words and by an emptied field, and says so', async () => {
    await clerk.says('培训 1001 第2课次 主讲：李教授 地点：302');
    await clerk.says('确认');
    expect(cadre.last()).toContain('第 2 课次《乙》地点改为 302，主讲改为 李教授');
    expect(cadre.last()).toContain('| 乙 | 李教授 | 302');
    expect(cadre.last()).toContain('| 丙 |  | 待定');
    expect(await clerk.says('培训 1001 第2课次 地点 待定')).toContain('第 2 课次《乙》地点待定。');
    await clerk.says('确认');
    expect(cadre.last()).toContain('有变动：第 2 课次《乙》地点待定。');
    expect(await course()).toMatchObject({ sessions: [{}, { speaker: '李教授', place: null }, {}] });
    expect(await clerk.says('培训 1001 第2课次 地点：无')).toContain('没有改动');
    await clerk.says('培训 1001');
    await clerk.taps('调整课次');
    await clerk.submits({ no: '2', change: 'edit', into: '', reason: '' });
    const unchanged = { line: '2026-11-25 09:00-11:30 理论教育 3学时 《乙》', place: '', reason: '' };
    expect(await clerk.submits({ ...unchanged, speaker: '李教授' })).toContain('没有改动');
    expect(await clerk.submits({ ...unchanged, speaker: '—', place: '无' })).toContain('第 2 课次《乙》主讲待定。');
    await clerk.taps('调整课次');
    await clerk.submits({ no: '2', change: 'edit' });
    expect(await clerk.submits({ ...unchanged, speaker: '' })).toContain('第 2 课次《乙》主讲待定。');
    await clerk.taps('确认调整');
    expect(await course()).toMatchObject({ sessions: [{}, { speaker: null, place: null }, {}] });
    expect(cadre.last()).not.toContain('主讲 |');
  });

  it('of a place leads back to that of the class, or to none for once', async () => {
    await clerk.says('建班 《另一班》 地点：报告厅 教务处全体\n11-24 14:00-16:30 党性教育 3学时 甲 李教授 302');
    await clerk.says('确认');
    expect(await clerk.says('培训 1002 第1课次 取消地点')).toContain('第 1 课次《甲》地点改为 报告厅。');
    expect(await clerk.says('培训 1002 第1课次 把地点改为待定')).toContain('第 1 课次《甲》地点待定。');
    expect(await clerk.says('培训 1002 第1课次 去掉主讲和地点')).toContain('地点改为 报告厅，主讲待定');
    expect(await clerk.says('培训 1002 取消 地点停电')).toContain('整个培训班取消');
  });

  it('adds, merges and cancels 课次, and gives no number twice', async () => {
    await clerk.says('培训 1001 第3课次 取消');
    await clerk.says('确认');
    await clerk.says('培训 1001 加课 11-27 9:00-11:30 党性教育 3学时 《丁》');
    await clerk.says('确认');
    const merged = await clerk.says('培训 1001 第1课次 并入 第2课次 理由 两讲合一');
    expect(merged).toContain('合计 6 学时，按理论教育计');
    expect(merged).toContain('内容不同：第 1 课次《甲》的 3 学时党性教育改按理论教育计');
    expect(merged).toContain('理由（会告诉参训人员）：两讲合一');
    await clerk.says('确认');
    expect((await course())?.sessions.map(({ no, hours, cancelled }) => [no, hours, cancelled])).toEqual([
      [1, 300, true],
      [2, 600, false],
      [3, 200, true],
      [4, 300, false],
    ]);
    expect(await clerk.says('培训 1001 第3课次 取消')).toContain('已取消，不能再调整');
    expect(await clerk.says('培训 1001 第9课次 取消')).toContain('请选择课次');
    expect(await clerk.says('培训 1001 第9课次 什么')).toContain('没有看懂');
  });

  it('of a settled 课次 asks for a reason, and shows and corrects hours and make-ups', async () => {
    chat.clock.set('2026-11-24T04:00:00.000Z');
    await settle(1, ['E0011']);
    expect((await entries()).map(({ staffNo, hours }) => [staffNo, hours])).toEqual([['E0010', 300]]);
    expect(await owed()).toMatchObject([{ staffNo: 'E0011', state: 'open' }]);
    expect(await clerk.says('培训 1001 第1课次 取消')).toContain('这项调整需要理由');
    const preview = await clerk.submits({ reason: '讲座改为自学' });
    expect(preview).toContain('已入账的学时有 1 人更正，合计 3 → 0 学时');
    expect(preview).toContain('补训：新增 0 项，撤销 1 项');
    expect(preview).toContain('每人应得学时：8 → 5');
    await clerk.says('确认');
    expect((await entries()).map(({ state }) => state)).toEqual(['voided']);
    expect(await owed()).toMatchObject([{ state: 'waived' }]);
    expect(cadre.last()).toContain('《党性教育专题班》第 1 课次不用再补训');
    expect(chat.as(people.unitHead).last()).toContain('的 3 学时已取消');
    expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  });

  it('that lets the last open 课次 fall away tells everybody of the hours that they have now', async () => {
    await chat.write((tx) =>
      tx.put(courses, makeCourse({ sessions: [makeSession(), makeSession({ no: 2, day: '2026-11-26' })] })),
    );
    await settle(1);
    await clerk.says('培训 1001 第2课次 取消');
    await clerk.says('确认');
    expect(cadre.texts().filter((one) => one.includes('已认定 3 学时'))).toHaveLength(1);
  });

  it('that brings the share below the rule is the department head’s, with a reason', async () => {
    const said = '培训 1001 第2课次 改为 专业化能力';
    expect(await clerk.says(said)).toContain('须由部长在此调整并说明理由。没有保存');
    const head = chat.as(people.head);
    expect(await head.says(said)).toContain('请写明理由，将存档');
    expect(await head.submits({ reason: '' })).toContain('请填写这一项');
    await head.submits({ reason: '临时任务' });
    await head.says('确认');
    expect(await course()).toMatchObject({ exception: { reason: '临时任务', by: 'E0002' } });
  });

  it('cancels the class, in the group as well where it was announced', async () => {
    await chat.write((tx) => tx.put(chats, { messenger: 'simulator', id: group, name: '干部群', bulletin: false }));
    await clerk.says('培训 1001');
    await clerk.taps('发到“干部群”');
    expect(await chat.inGroup(people.cadre).taps('签到')).toContain('私聊');
    await clerk.says('培训 1001');
    await clerk.taps('取消培训班');
    expect(await clerk.submits({ reason: '另行安排' })).toContain('整个培训班取消');
    await clerk.taps('确认调整');
    expect(await course()).toMatchObject({ state: 'cancelled', reason: '另行安排', endedBy: 'E0003' });
    expect(cadre.last()).toContain('培训班 1001《党性教育专题班》已取消：另行安排');
    expect(chat.inGroup(people.cadre).last()).toContain('已取消：另行安排');
    expect(await clerk.says('培训 1001 第1课次 取消')).toContain('已结班或取消，不能再调整');
  });

  it('is not saved from an old card, nor by anybody else', async () => {
    await clerk.says('培训 1001 第2课次 改到 11-27 14:00-16:30');
    const old = clerk.button('确认调整')?.press;
    await chat.as(people.head).says('培训 1001 第3课次 取消');
    await chat.as(people.head).says('确认');
    expect(await clerk.presses(old)).toContain('在此期间有变动，没有保存');
    expect((await course())?.version).toBe(2);
    expect(await cadre.says('培训 1001 取消 不想上')).toContain('您没有这项权限');
    const press = { command: '培训', args: { course: 1001, change: 'cancel', no: 1, confirmed: true } };
    expect(await cadre.presses(press)).toContain('您没有这项权限');
    expect(await chat.inGroup(people.clerk).says('培训 1001')).toContain('私聊');
  });
});
