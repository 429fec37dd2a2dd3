import { afterEach, beforeEach, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { makeSession, openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
let head: Window;
let chief: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  head = chat.as(people.head);
  chief = chat.as(people.unitHead);
});
afterEach(async () => {
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  await chat.close();
});

const spirit = '《党性教育专题班》 3月 党性教育 12学时 理论教育 200学时 全体正职';
const ability = '《治理能力班》 4月至5月 专业化能力 300学时 外国语学院全体';

async function plan(...lines: string[]): Promise<void> {
  await clerk.says(`计划 2027 加 ${lines.join('\n')}`);
  await clerk.says('确认');
}
const approve = (): Promise<string> => head.says('计划 2027 审定 理由 试行');
async function open(said: string): Promise<void> {
  await clerk.says(`建班 ${said}`);
  await clerk.says('确认');
}

it('tells a person when the quota is reached by what is planned, or what would close the gap', async () => {
  const own = await chief.says('计划');
  expect(own).toContain('没有已安排的培训，按计划到周期末还差 550 学时');
  expect(own.match(/没有已安排的培训/g)).toHaveLength(1);
  expect(await chief.says('进度')).not.toContain('已安排的培训');
  await plan(spirit, ability);
  expect(await chief.says('计划')).toContain('没有已安排的培训');
  await approve();
  const planned = await chief.says('计划');
  expect(planned).toContain('已安排的培训还有 212 学时，按计划到周期末还差 338 学时');
  expect(planned).toContain('参加《治理能力班》300 学时可以补上一部分');
  expect(planned).toContain('2027年3月31日前 《党性教育专题班》 212 学时');
  expect(await chief.says('进度')).toContain('已安排的培训还有 212 学时');
  const sessions = [makeSession({ day: '2026-12-01', hours: 40_000 })];
  await openCourse(chat, { title: '长班', sessions }, [people.unitHead]);
  expect(await chief.says('计划')).toContain('预计2027年3月31日前达到五年学时要求');
  expect(await chief.says('计划')).toContain('12月1日 《长班》 400 学时');
  expect(await chat.as(people.archivist).says('计划')).toContain('没有五年学时的预测');
});

it('what was approved counts until a change of the plan is approved, too', async () => {
  await plan(spirit);
  await approve();
  await plan('《新班》 6月 党性教育 50学时 全体正职');
  const counts = '审定前，进度预测仍按上次审定的计划计算';
  expect(clerk.last()).toContain(counts);
  expect(await clerk.says('计划 2027 去掉 1001')).toContain(counts);
  expect(await chief.says('计划')).toContain('已安排的培训还有 212 学时');
  expect(await head.says('计划 2027')).toContain('与上次审定相比：新增 1002《新班》，去掉 1001《党性教育专题班》');
  await clerk.says('计划 2027 报审');
  expect(await chief.says('进度')).toContain('已安排的培训还有 212 学时');
  await head.says('计划 2027 退回 再想想去掉的那一班');
  expect(await chief.says('进度')).toContain('已安排的培训还有 212 学时');
  await approve();
  expect(await chief.says('计划')).toContain('已安排的培训还有 50 学时');
  await clerk.says('计划 2027 去掉 1002');
  expect(await chief.says('计划')).toContain('没有已安排的培训');
});

it('a class joins the planned training of its time, and what is not held is planned again', async () => {
  await plan('《己班》 3月 党性教育 12学时 全体正职', '《己班》 10月 党性教育 12学时 全体正职');
  await approve();
  await open('《己班》 2027-10-12 9:00-12:00 党性教育 3学时 全体正职');
  expect(await clerk.says('计划 2027')).toContain('己班（已开班 1001） | 10月');
  expect(await chief.says('计划')).toContain('已安排的培训还有 15 学时');
  expect(await clerk.says('计划 2027 去掉 1002')).toContain(
    '1002《己班》已有培训班 1001，没有去掉。不办了请先取消培训班',
  );
  await clerk.says('培训 1001 取消 理由 另行安排');
  await clerk.says('确认');
  expect(await chief.says('计划')).toContain('已安排的培训还有 24 学时');
  await open('《己班》 2027-10-19 9:00-12:00 党性教育 3学时 全体正职');
  expect(await clerk.says('计划 2027')).toContain('己班（已开班 1002） | 10月');
  expect(await chief.says('计划')).toContain('已安排的培训还有 15 学时');
});

it('a training whose class waits for the head counts as it was planned', async () => {
  await plan(ability.replace('外国语学院', '教务处'));
  await approve();
  await open('《治理能力班》 2027-05-10 9:00-11:30 专业化能力 3学时 E0011');
  expect(await clerk.says('计划 2027')).toContain('治理能力班（培训班 1001 待审定）');
  expect(await chief.says('计划')).toContain('已安排的培训还有 300 学时');
  await head.says('建班 1001 同意 理由 急需');
  const own = await chief.says('计划');
  expect(own).toContain('没有已安排的培训，按计划到周期末还差 550 学时。参加《治理能力班》3 学时可以补上一部分');
  expect(own).toContain('2027年5月10日 《治理能力班》 3 学时');
});

it('who is in the class counts for 专业化能力, once there is one, and not whom it was planned for', async () => {
  await plan('《治理能力班》 5月 专业化能力 3学时 理论教育 9学时 教务处全体');
  const gap = async (): Promise<string> => (await clerk.says('计划 2027 名单')).replace(/^.*\n/, '');
  expect(await gap()).not.toContain('教务处');
  await open('《治理能力班》 2027-05-10 9:00-11:30 专业化能力 3学时 E0011');
  expect(await gap()).not.toContain('教务处');
  await head.says('建班 1001 同意 理由 急需');
  expect(await gap()).toContain(`教务处：${people.unitHead.name}`);
});
