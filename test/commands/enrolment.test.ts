import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { readWorkbook } from '../../src/documents/workbook.ts';
import { courses, type Enrolment, enrolments, expectedOf } from '../../src/domain/course.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  await clerk.says(
    '建班 《党性教育专题班》 每次记学时 教务处全体\n11-24 9:00-11:30 党性教育 3学时 甲\n11-25 9:00-11:30 理论教育 3学时 乙\n11-26 9:00-11:30 理论教育 2学时 丙',
  );
  await clerk.says('确认');
});
afterEach(() => chat.close());

const rows = () => chat.store.read((view) => listAll(view, enrolments));
const of = async (staffNo: string): Promise<Enrolment> => {
  const found = (await rows()).find((one) => one.staffNo === staffNo);
  if (found === undefined) throw new Error(`${staffNo} is not in the class`);
  return found;
};
const expectedNos = async (staffNo: string) => {
  const course = await chat.store.read((view) => view.get(courses, 1001));
  return course === undefined ? [] : expectedOf(course, await of(staffNo)).map(({ no }) => no);
};
const settle = (no: number) =>
  chat.write(async (tx) => {
    await settleSession({ tx, now: chat.clock.now(), policies: chat.policies }, 1001, no, 'E0003', '点名');
  });
const afterFirst = '2026-11-24T04:00:00.000Z';

it('lists the people of a class by unit, and as a workbook', async () => {
  expect(await clerk.says('名单')).toContain('教务处 2 人：欧阳明月、王芳');
  await clerk.taps('导出 Excel');
  const file = clerk.lastFile();
  expect(file?.name).toBe('培训班1001参训名单.xlsx');
  const bytes = await chat.store.blobs.get(file?.blob ?? '');
  const [sheet] = await readWorkbook(bytes ?? new Uint8Array());
  expect(sheet?.rows.slice(2).map((row) => row.slice(1, 4))).toEqual([
    ['E0010', '欧阳明月', '教务处'],
    ['E0011', '王芳', '教务处'],
  ]);
});

describe('somebody who joins', () => {
  it('before it begins is expected at everything', async () => {
    const draft = await clerk.says('名单 1001 加上 李䶮、王芳 教务处');
    expect(draft).toContain('加入培训班 1001《党性教育专题班》 1 人');
    expect(draft).toContain('已在名单中，不用再加：王芳');
    expect(draft).toContain('每人 8 学时');
    expect(await clerk.says('确认')).toContain('已通知本人');
    expect(await of('E0013')).toMatchObject({ since: null, until: null });
    expect(chat.as(people.newcomer).last()).toContain('请您参加培训班 1001');
  });

  it('later is not expected at what has begun, unless it is wished', async () => {
    chat.clock.set(afterFirst);
    await settle(1);
    expect(await clerk.says('名单 1001 加上 李䶮')).toContain('已开始的 1 个课次不要求他们参加，也不算缺勤');
    await clerk.says('确认');
    expect(await expectedNos('E0013')).toEqual([2, 3]);
    expect((await chat.store.read((view) => listAll(view, makeUps))).map(({ staffNo }) => staffNo)).not.toContain(
      'E0013',
    );
    chat.clock.set('2026-11-25T04:00:00.000Z');
    await settle(2);
    const owedBy = async (staffNo: string) =>
      (await chat.store.read((view) => listAll(view, makeUps))).filter((one) => one.staffNo === staffNo);
    expect((await owedBy('E0013')).map(({ no }) => no)).toEqual([2]);
    await clerk.says('名单 1001 加上 E0012');
    const draft = await clerk.says('之前的课次也算在内');
    expect(draft).toContain('从第一个课次起算在内；有 2 个课次已确认考勤，还没有他们的记录，既不计学时也不算缺勤');
    expect(draft).not.toContain('在点名之前');
    await clerk.taps('确认（1 人）');
    expect(await owedBy('E0012')).toEqual([]);
    expect(await expectedNos('E0012')).toEqual([1, 2, 3]);
    expect(chat.as(people.namesake).last()).not.toContain('缺勤');
    await clerk.taps('更正考勤');
    expect(await clerk.taps('第 1 课次')).toContain('没有记录：王芳（外国语学院）（后加入，既不计学时也不算缺勤');
    expect(await clerk.says('结班 1001')).toContain('已确认考勤，后加入的 1 人还没有记录：王芳');
    await clerk.says('考勤 1001 第1课次 E0012 缺勤 理由 现场核实');
    await clerk.says('确认');
    expect(chat.as(people.namesake).last()).toContain('第 1 课次缺勤，缺 3 学时');
    expect((await owedBy('E0012')).map(({ no }) => no)).toEqual([1]);
  });
});

describe('somebody who leaves', () => {
  it('keeps what went by, and comes back without having been absent meanwhile', async () => {
    chat.clock.set(afterFirst);
    expect(await clerk.says('名单 1001 去掉 王芳 教务处')).toContain(
      '以后的课次不用参加，考试和体会也不再要求；已上课次的考勤和学时照旧',
    );
    await clerk.says('确认');
    expect(await expectedNos('E0011')).toEqual([1]);
    expect(chat.as(people.cadre).last()).toContain('您已不在培训班 1001《党性教育专题班》的参训名单中');
    expect(await clerk.says('名单 1001')).toContain('已不再参训：王芳');
    chat.clock.set('2026-11-25T04:00:00.000Z');
    await clerk.says('名单 1001 加上 E0011');
    await clerk.says('确认');
    expect(await expectedNos('E0011')).toEqual([1, 3]);
    await clerk.says('培训 1001 加课 11-27 9:00-11:30 党性教育 3学时 丁');
    await clerk.says('确认');
    expect(await expectedNos('E0011')).toEqual([1, 3, 4]);
  });

  it('is asked for exam and reflection again when they are back, as everybody is', async () => {
    await clerk.says('培训 1001 考试60分');
    await clerk.says('确认');
    chat.clock.set(afterFirst);
    await settle(1);
    await clerk.says('名单 1001 去掉 E0011');
    await clerk.says('确认');
    chat.clock.set('2026-11-25T04:00:00.000Z');
    const draft = await clerk.says('名单 1001 加上 E0011、李䶮');
    expect(draft).toContain(
      '已开始的 2 个课次不要求他们参加，也不算缺勤。1 人以前在班，之前的考勤、学时和补训照旧算数',
    );
    expect(draft).toContain('以后的课次：每人 ');
    await clerk.says('确认');
    expect(await expectedNos('E0011')).toEqual([1, 3]);
    expect(await clerk.says('成绩 1001')).toContain('应考 3 人');
    expect(chat.as(people.cadre).last()).toContain('参加闭卷考试');
    await clerk.says('成绩 1001 E0011 50');
    await clerk.says('确认');
    chat.clock.set('2026-11-28T04:00:00.000Z');
    await clerk.says('名单 1001 去掉 E0011');
    await clerk.says('确认');
    const owed = async () =>
      (await chat.store.read((view) => listAll(view, makeUps))).filter(({ cause }) => cause === 'failed');
    expect((await owed()).map(({ state }) => state)).toEqual(['waived']);
    // Their score can be put right; a resit is asked of nobody who has left.
    await clerk.says('成绩 1001 E0011 45 理由 复核');
    expect(await clerk.says('确认')).toContain('已登记 1 人成绩，1 人不合格。');
    expect((await owed()).map(({ state }) => state)).toEqual(['waived']);
    expect(await clerk.says('成绩 1001 补考 E0011 80')).toContain('不在应考人员中');
    expect(await clerk.says('名单 1001 加上 E0011')).not.toContain('之前的课次也算在内');
    expect(clerk.last()).toContain('1 人以前在班');
    await clerk.says('确认');
    expect(await expectedNos('E0011')).toEqual([1, 3]);
  });

  it('may never have been in it', async () => {
    chat.clock.set(afterFirst);
    await settle(1);
    expect(await chat.store.read((view) => listAll(view, makeUps))).toHaveLength(2);
    await clerk.says('名单 1001 去掉 王芳 教务处');
    await clerk.says('去掉 欧阳明月');
    expect(await clerk.taps('之前的课次也不算')).toContain('所有课次都不算在内');
    await clerk.taps('确认（2 人）');
    expect(await expectedNos('E0011')).toEqual([]);
    expect((await chat.store.read((view) => listAll(view, makeUps))).map(({ state }) => state)).toEqual([
      'waived',
      'waived',
    ]);
    await clerk.says('名单 1001 加上 E0011、李䶮');
    expect(await clerk.says('之前的课次也算在内')).toContain(
      '从第一个课次起算在内；1 人之前的考勤重新算数，学时、补训随之恢复；有 1 个课次已确认考勤，还没有他们的记录',
    );
  });
});

describe('what cannot be', () => {
  it('is said', async () => {
    expect(await clerk.says('名单 1001 换成 王芳')).toContain('没有看懂');
    expect(await clerk.says('名单 9999')).toContain('没有找到培训班“9999”');
    expect(await clerk.says('名单 1001 加上 教务处全体')).toContain('没有需要变动的人员');
    await clerk.says('名单 1001');
    expect(await clerk.taps('加人')).toContain('请填写要加入');
    expect(await clerk.submits({ people: '哲学系全体' })).toContain('没有找到，未选入：“哲学系全体”');
    expect(await clerk.submits({ people: '王芳' })).toContain('选哪一位');
    expect(await clerk.taps('王芳 外国语学院')).toContain('1 人');
  });

  it('is saved from an old draft', async () => {
    await clerk.says('名单 1001 加上 李䶮');
    const old = clerk.button('确认（1 人）')?.press;
    const head = chat.as(people.head);
    await head.says('名单 1001 加上 E0012');
    await head.says('确认');
    expect(await clerk.presses(old)).toContain('在此期间有变动，没有保存');
    expect(await rows()).toHaveLength(3);
  });

  it.each([people.cadre, people.unitHead, people.archivist])('$name may do none of it', async (who) => {
    expect(await chat.as(who).says('名单 1001 加上 李䶮')).toContain('没有这项权限');
    expect(await chat.as(who).says('名单 1001')).toContain('没有这项权限');
  });

  it('is answered in a group', async () =>
    expect(await chat.inGroup(people.clerk).says('名单 1001')).toContain('私聊'));
});
