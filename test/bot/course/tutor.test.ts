import { afterEach, beforeEach, expect, it } from 'vitest';
import { attendances } from '../../../src/domain/attendance.ts';
import { courses } from '../../../src/domain/course.ts';
import { instantAt } from '../../../src/domain/day.ts';
import { listAll } from '../../../src/store/store.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';
import { attend, makeSession, openCourse } from '../../support/course.ts';

let chat: TestChat;
const pupils = [people.cadre, people.namesake, people.unitHead];
beforeEach(async () => {
  chat = await openChat();
  await openCourse(chat, { tutor: people.newcomer.staffNo }, pupils);
  await openCourse(chat, { id: 1002, title: '保密教育班' }, pupils);
});
afterEach(() => chat.close());

const tutor = () => chat.as(people.newcomer);
const rowsOf = () => chat.store.read((view) => listAll(view, attendances));

it('班主任 without any role finds, sees and shows what belongs to the own class', async () => {
  const help = await tutor().says('帮助');
  expect(help).toContain('您是班主任，对本班还可以\n名单　看本班的参训名单');
  expect(help).toContain('考勤　看本班考勤，点名和确认');
  expect(await tutor().says('帮助 签到码')).toContain('使用范围：经办、部长、本班班主任');
  expect(await tutor().says('培训')).toContain('我任班主任\n1001《党性教育专题班》');
  expect(await tutor().taps('看 1001')).toContain('【名单】 【签到码】 【考勤】');
  const roster = await tutor().says('名单');
  expect(roster).toContain('参训 3 人');
  expect(roster).not.toContain('加人');
  expect(await tutor().says('名单 1001 导出')).toContain('参训名单，共 3 人');
  expect(await tutor().says('签到码')).toContain('《党性教育专题班》第 1 课次（专题报告）签到码');
});

it('班主任 takes and settles the roll, which says by whom; what comes after lies with the department', async () => {
  chat.clock.set(instantAt('2026-11-20', '12:30'));
  expect(await tutor().says('考勤 1001 第1课次 全部到，除了 欧阳明月 缺勤')).toContain('将记录 3 人');
  expect(await tutor().says('确认')).toContain('点名或更正人：李䶮。');
  const settled = await tutor().taps('确认考勤');
  expect(settled).toContain('李䶮于11月20日确认。');
  expect(settled).not.toContain('【更正】');
  expect(await tutor().says('考勤 1001 第1课次 欧阳明月 出勤 理由 在场')).toContain('更正由经办、部长办理，没有保存');
  const card = await tutor().says('考勤');
  expect(card).toContain('欧阳明月（教务处）无故缺勤：第 1 课次。\n以上情况由经办、部长研究处理。');
  expect(card).not.toContain('处理意见');
  const said = { command: '考勤', args: { id: 1001, decide: true, who: 'E0010', opinion: '已谈话' } };
  expect(await tutor().presses(said)).toContain('由经办、部长研究处理，没有保存');
  expect((await rowsOf()).map(({ state }) => state).sort()).toEqual(['absent', 'present', 'present']);
});

it('has nothing to do with another class, nor with who is in the own', async () => {
  for (const said of ['名单 1002', '考勤 1002', '考勤 1002 第1课次 全部到', '签到码 1002']) {
    expect(await tutor().says(said)).toContain('培训班 1002《保密教育班》的班主任是赵敏，您不能看也不能改');
  }
  expect(await tutor().says('名单 保密教育班')).not.toContain('参训 3 人');
  expect(await tutor().says('名单 1001 去掉 E0011')).toContain('人员由经办、部长增减，名单没有改动');
  expect(await tutor().presses({ command: '考勤', args: { id: 1002, no: 1, settle: true } })).toContain('您不能看');
  expect(await chat.as(people.cadre).says('考勤 1001')).toContain('“考勤”由经办、部长、本班班主任使用');
  expect(await chat.as(people.cadre).says('帮助')).not.toContain('考勤　');
  expect(await chat.inGroup(people.newcomer).says('名单 1001')).not.toContain('王芳');
  expect(await rowsOf()).toEqual([]);
});

it('sends a sheet of its class, and hears in 待办 of a roll that nobody has taken', async () => {
  chat.clock.set(instantAt('2026-11-20', '12:30'));
  await tutor().says('考勤 1001 第1课次 签到表');
  expect(await tutor().says('欧阳明月 08:55\nE0011 09:20')).toContain('迟到 1 人：王芳');
  await tutor().says('取消');
  chat.clock.set(instantAt('2026-11-21', '09:00'));
  expect(await tutor().says('待办')).toContain('培训班 1001《党性教育专题班》：1 个课次待确认考勤');
  expect(chat.as(people.newcomer).last()).not.toContain('1002');
});

it('is told why a class that is over has no code', async () => {
  const end = (state: 'closed' | 'cancelled') =>
    chat.write(async (tx) => {
      const course = await tx.get(courses, 1001);
      if (course !== undefined) await tx.put(courses, { ...course, state });
    });
  await end('closed');
  expect(await tutor().says('签到码 1001')).toContain('1001《党性教育专题班》已经结班，没有签到码');
  expect(await chat.as(people.clerk).says('签到码 《党性教育专题班》')).toContain('已经结班');
  await end('cancelled');
  expect(await chat.as(people.clerk).says('签到码 1001')).toContain('1001《党性教育专题班》已取消，没有签到码');
});

it('may not take the own attendance', async () => {
  await openCourse(chat, { id: 1003, title: '自任班', tutor: people.cadre.staffNo, sessions: [makeSession()] }, [
    people.cadre,
    people.unitHead,
  ]);
  await attend(chat, { courseId: 1003, staffNo: people.unitHead.staffNo, state: 'present' });
  expect(await chat.as(people.cadre).says('考勤 1003 第1课次 王芳 出勤')).toContain('不能记录或更正自己的考勤');
});
