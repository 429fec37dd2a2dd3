import { afterEach, beforeEach, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { collections } from '../../src/collections.ts';
import { courses, enrolments } from '../../src/domain/course.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { leaves } from '../../src/domain/leave.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeEnrolment, makeSession, openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
});
afterEach(async () => {
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  await chat.close();
});

const sessions = [
  makeSession(),
  makeSession({ no: 2, start: '14:00', end: '17:00', content: 'theory', topic: '理论专题' }),
];
const enrolled = [people.unitHead, people.cadre, people.newcomer];
const settle = (no: number) =>
  chat.write(async (tx) => {
    await settleSession({ tx, now: chat.clock.now(), policies: chat.policies }, 1001, no, 'E0003', '考勤确认');
  });
const entries = () => chat.store.read((view) => listAll(view, hourEntries));

it('a class that lacks something says what, and is not closed', async () => {
  await openCourse(chat, { sessions, exam: { passMark: 60 } }, enrolled);
  await chat.write(async (tx) => {
    await tx.put(leaves, {
      id: await tx.nextNumber('leaves'),
      courseId: 1001,
      staffNo: 'E0011',
      sessions: [2],
      halfDays: 1,
      hours: 300,
      reason: '出差',
      state: 'asked',
      approver: 'tutor',
      askedAt: chat.clock.now(),
      decidedBy: null,
      decidedAt: null,
      decision: null,
      ended: null,
      version: 1,
    });
  });
  chat.clock.set('2026-11-20T05:00:00.000Z');
  const shown = await clerk.says('结班 1001');
  expect(shown).toContain('还不能结班，缺 4 项');
  expect(shown).toContain('1. 第 1 课次（11月20日 09:00，专题报告）的考勤还没有确认');
  expect(shown).toContain('2. 第 2 课次（11月20日 14:00，理论专题）还没有结束');
  expect(shown).toContain('3. 有 1 份请假还没有审批：王芳');
  expect(shown).toContain('4. 有 3 人还没有考试成绩：欧阳明月、王芳、李䶮');
  expect(clerk.button('结班')).toBeUndefined();
  await clerk.says('结班 1001 确认');
  expect(await clerk.says('确认结班')).toContain('还不能结班');
  expect(await clerk.says('确认')).toContain('现在没有等待确认的内容');
  await clerk.says('结班 1001');
  expect(await clerk.taps('看请假')).toContain('有 1 件请假等您审批');
  await clerk.presses({ command: '结班', args: { course: 1001, act: 'close', version: 1 } });
  expect(await chat.store.read((view) => view.get(courses, 1001))).toMatchObject({ state: 'open' });
});

it('a complete class is closed with its reports, opened again, and closed', async () => {
  await openCourse(chat, { sessions, reflection: { minLength: 800, dueDays: 7 } }, enrolled);
  // Somebody who was taken out, earlier 课次 included, is no longer of the class.
  const gone = makeEnrolment({ courseId: 1001, staffNo: 'E0014', until: '2026-11-12T01:00:00.000Z' });
  await chat.write((tx) => tx.put(enrolments, gone));
  await attend(
    chat,
    { staffNo: 'E0010', state: 'present' },
    { staffNo: 'E0011', state: 'late' },
    { staffNo: 'E0010', no: 2, state: 'present' },
    { staffNo: 'E0011', no: 2, state: 'on-leave' },
    { staffNo: 'E0013', no: 2, state: 'present' },
  );
  chat.clock.set('2026-11-20T10:00:00.000Z');
  await settle(1);
  expect(await entries()).toEqual([]);
  expect(await clerk.says('结班 1001')).toContain('共认定 0 学时。另有 6 学时，全部课次确认考勤后认定。');
  await settle(2);
  expect((await entries()).map(({ staffNo, content, hours }) => [staffNo, content, hours])).toEqual([
    ['E0010', 'party-spirit', 300],
    ['E0010', 'theory', 300],
    ['E0011', 'party-spirit', 300],
    ['E0013', 'theory', 300],
  ]);
  const undecided = await clerk.says('结班');
  expect(undecided).toContain('还不能结班，缺 1 项');
  expect(undecided).toContain('1. 有 2 人缺课或请假超过规定，还没有处理意见：王芳、李䶮');
  expect(await clerk.taps('研究缺课')).toContain('待研究处理 2 人');
  await clerk.submits({ who: ['E0011', 'E0013'], opinion: '按期补训' });
  const shown = await clerk.says('结班');
  expect(shown).toContain('齐全，可以结班');
  expect(shown).toContain('参训 3 人；应到 6 人次，实到 4 人次（出勤率 66.7 %），迟到 1、早退 0、请假 1、缺勤 1 人次');
  expect(shown).toContain('共认定 12 学时');
  expect(shown).toContain('体会应交 3 篇，已交 0 篇');
  expect(shown).toContain('补训 2 项，已完成 0 项');
  await clerk.taps('结班');
  expect(clerk.texts().join('\n')).toContain('已结班，报告已生成');
  expect(clerk.texts().slice(-3).join('\n')).toMatch(/情况表\.xlsx[\s\S]*情况报告\.docx/);
  expect(clerk.lastFile()?.mime).toContain('wordprocessingml');
  expect(await entries()).toHaveLength(4);
  await clerk.says('考勤 1001 第2课次 欧阳明月 缺勤 理由 中途离场');
  await clerk.says('确认');
  expect(await clerk.says('待办')).toContain('培训班 1001《党性教育专题班》：1 人缺课或请假超过规定待研究处理');
  await clerk.says('考勤 1001 第2课次 欧阳明月 出勤 理由 已核实');
  await clerk.says('确认');
  expect(await clerk.says('待办')).not.toContain('待研究处理');
  expect(await clerk.says('结班 1001')).toContain('已经结班');
  expect(await clerk.says('结班 1001 撤销')).toContain('恢复为进行中');
  expect(await clerk.presses({ command: '结班', args: { course: 1001, act: 'close', version: 3 } })).toContain(
    '刚有变动',
  );
  await clerk.taps('结班');
  expect(await chat.store.read((view) => view.get(courses, 1001))).toMatchObject({ state: 'closed', endedBy: 'E0003' });
});

it.each(['确认', '确认结班', '确认结班 1001', '结班 1001 确认', '结班 确认', '结班《党性教育专题班》确认'])(
  'a complete class is closed in words (%s), once the card has asked',
  async (word) => {
    await openCourse(chat, {}, [people.cadre]);
    await openCourse(chat, { id: 1002, title: '另一个班', sessions: [makeSession({ day: '2026-11-27' })] }, []);
    await attend(chat, { staffNo: 'E0011', state: 'present' });
    chat.clock.set('2026-11-20T05:00:00.000Z');
    await settle(1);
    const state = async () => (await chat.store.read((view) => view.get(courses, 1001)))?.state;
    await clerk.says(word);
    await clerk.says('取消');
    expect(await state()).toBe('open');
    expect(await clerk.says('结班 1001')).toContain('结班请回复“确认”。');
    expect(await clerk.says('结班 1001')).toContain('可以结班');
    expect(await state()).toBe('open');
    await clerk.says(word);
    expect(clerk.texts().join('\n')).toContain('1001《党性教育专题班》已结班，报告已生成');
    expect(await state()).toBe('closed');
    expect(await clerk.says('确认')).not.toContain('已结班');
  },
);

it('whoever was taken out before the end keeps the hours, and owes neither reflection nor exam', async () => {
  await openCourse(
    chat,
    { sessions, reflection: { minLength: 800, dueDays: 7 }, exam: { passMark: 60 } },
    enrolled.slice(0, 2),
  );
  await attend(
    chat,
    { staffNo: 'E0010', state: 'present' },
    { staffNo: 'E0010', no: 2, state: 'present' },
    { staffNo: 'E0011', state: 'present' },
  );
  chat.clock.set('2026-11-20T05:00:00.000Z');
  await clerk.says('名单 1001 去掉 E0011');
  await clerk.says('确认');
  chat.clock.set('2026-11-20T10:00:00.000Z');
  await settle(1);
  await settle(2);
  expect((await entries()).filter(({ staffNo }) => staffNo === 'E0011')).toHaveLength(1);
  const owed = await chat.store.read((view) => listAll(view, reflections));
  expect(owed.map(({ staffNo }) => staffNo)).toEqual(['E0010']);
  expect(await clerk.says('结班 1001')).toContain('应考 1 人');
});

it('is for the department, and says so where there is nothing to close', async () => {
  expect(await clerk.says('结班')).toContain('现在没有相关的培训班');
  expect(await clerk.says('结班 1009')).toContain('没有找到培训班“1009”');
  expect(await chat.as(people.cadre).says('结班 1001')).toContain('经办');
  await openCourse(chat, { state: 'cancelled' }, []);
  expect(await clerk.says('结班 1001')).toContain('没有开班，不能结班');
});
