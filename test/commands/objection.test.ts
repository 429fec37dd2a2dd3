import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { objections } from '../../src/domain/objection.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';
import { train } from '../support/training.ts';

const sessions = [
  makeSession({ no: 1, day: '2026-11-18', topic: '形势与政策' }),
  makeSession({ no: 2, day: '2026-11-19', topic: '党章党规' }),
  makeSession({ no: 3, day: '2026-11-25', topic: '教学能力' }),
];

let chat: TestChat;
let cadre: Window;
let desk: Window;
beforeEach(async () => {
  chat = await openChat();
  cadre = chat.as(people.cadre);
  desk = chat.as(people.clerk);
  await openCourse(chat, { id: 1002, title: '党性教育专题班', sessions, creditsEach: true }, [
    people.cadre,
    people.clerk,
  ]);
  await attend(chat, { courseId: 1002, no: 1, staffNo: people.cadre.staffNo, state: 'present' });
  for (const no of [1, 2]) {
    await chat.write(async (tx) => {
      await settleSession({ tx, now: chat.clock.now(), policies: chat.policies }, 1002, no, 'E0003', '考勤确认');
    });
  }
});
afterEach(() => chat.close());

const row = () => chat.store.read((view) => view.get(attendances, `1002:2:${people.cadre.staffNo}`));
const one = (id: number) => chat.store.read((view) => view.get(objections, id));
const entries = () =>
  chat.store.read((view) => listAll(view, hourEntries, { index: 'byPerson', equals: [people.cadre.staffNo] }));

describe('异议', () => {
  it('to an attendance is laid before the clerks with the facts; upheld it is a correction', async () => {
    const answer = await cadre.says('异议 1002 第2课次 我到了，签到时手机没电');
    expect(answer).toContain('异议号 1001：培训班 1002 第 2 课次考勤。已交组织部，11月27日前答复。');
    expect(answer).toContain('缺勤（考勤确认时没有签到记录）');
    expect(desk.last()).toContain('王芳（教务处）对培训班 1002 第 2 课次考勤有异议');
    expect(desk.last()).toContain('本人说明：我到了，签到时手机没电');
    expect(await desk.taps('成立')).toContain('请选择培训班 1002 第 2 课次考勤应为什么');
    expect(await desk.submits({ state: 'present', answer: '嗯' })).toContain('请写明核实情况');
    expect(await desk.submits({ state: 'present', answer: '已核对纸质签到表' })).toContain(
      '已答复王芳的异议（异议号 1001）：成立，已通知本人。',
    );
    expect(cadre.last()).toContain('成立：已核对纸质签到表。考勤已更正为出勤，学时和补训随之更正。');
    expect(cadre.last()).toContain('第 2 课次不用再补训');
    expect((await row())?.marks.at(-1)).toMatchObject({ state: 'present', source: 'objection', by: 'E0003' });
    expect((await row())?.marks).toHaveLength(2);
    expect((await entries()).filter(({ state }) => state === 'approved')).toHaveLength(2);
    const owed = await chat.store.read((view) => view.get(makeUps, `1002:2:${people.cadre.staffNo}`));
    expect(owed).toMatchObject({ state: 'waived', decidedBy: 'system' });
    expect(await cadre.says('异议')).toContain('异议号 1001：培训班 1002 第 2 课次考勤，成立：已核对纸质签到表');
  });

  it('is answered in one line as well, and once', async () => {
    await cadre.says('异议 1002 第2课次 我迟到了但听完了课');
    expect(await chat.as(people.namesake).says('异议 1001 成立 出勤 已核对签到表')).toBe('答复异议由经办、部长使用。');
    chat.clock.pass(1);
    await desk.says('考勤 1002 第2课次 王芳 出勤 理由 现场已签名');
    await desk.says('确认');
    expect(await desk.says('异议 1001 成立 迟到 已向班主任核实')).toContain('成立，已通知本人');
    expect(await row()).toMatchObject({ state: 'late' });
    expect(await desk.says('异议 1001 不成立 没有到课记录')).toContain('已由赵敏答复：成立，没有重复处理');
    chat.clock.pass(1);
    await cadre.says('异议 1002 第2课次 我没有迟到');
    const heard = cadre.texts().length;
    // What is recorded already is no correction: the objection stays open.
    expect(await desk.says('异议 1002 成立 迟到 已核对签到表')).toContain(
      '现在的记录已是迟到。请选择其他情况；不用更正的请答复“不成立”。',
    );
    expect(cadre.texts()).toHaveLength(heard);
  });

  it.each(['异议 1001 成立 已核对签到表', '异议 1001 成立 出勤 已核对签到表', '成立'])(
    'is upheld with what has been put right since it was raised (%s)',
    async (said) => {
      await cadre.says('异议 1002 第2课次 我当天在场');
      chat.clock.pass(1);
      await desk.says('考勤 1002 第2课次 王芳 出勤 理由 查实在场');
      await desk.says('确认');
      if (said === '成立') {
        await desk.says('异议 待答');
        expect(await desk.taps('成立')).toContain('请选择培训班 1002 第 2 课次考勤应为什么');
        await desk.submits({ answer: '已核对签到表' });
      } else await desk.says(said);
      expect(desk.last()).toContain('已答复王芳的异议（异议号 1001）：成立，已通知本人。');
      expect(cadre.last()).toContain('成立：已核对签到表。考勤已更正为出勤');
      expect((await row())?.marks).toHaveLength(2);
    },
  );

  it('not upheld says why and changes nothing', async () => {
    await cadre.says('异议 1002 第2课次 我到了');
    await desk.says('异议 待答');
    expect(await desk.taps('不成立')).toContain('请写明核实情况');
    expect(await desk.says('签到表上没有本人签名')).toContain('不成立，已通知本人');
    expect(cadre.last()).toContain('不成立：签到表上没有本人签名。');
    expect(await row()).toMatchObject({ state: 'absent' });
  });

  it('to the hours of an entry corrects them', async () => {
    await train(chat, people.cadre);
    const id = (await entries()).find(({ source }) => source === 'chat')?.id ?? 0;
    await cadre.says(`异议 登记号 ${id} 学时应为 3`);
    expect(desk.last()).toContain('教学管理能力培训》：4 学时，已认定');
    await desk.taps('成立');
    expect(await desk.submits({ amount: '很多', answer: '已核对培训通知' })).toContain('请写几学时');
    expect(await desk.submits({ amount: '4', answer: '已核对培训通知' })).toContain('与现在的学时相同');
    expect(await desk.submits({ amount: '3', answer: '已核对培训通知' })).toContain('成立，已通知本人');
    expect(cadre.last()).toContain('学时已由 4 更正为 3。');
    expect((await entries()).find((entry) => entry.id === id)).toMatchObject({ hours: 300, state: 'approved' });
  });

  it('asks what is meant where a number is both, where the 课次 is missing, and for the words', async () => {
    const [mine] = await entries();
    await openCourse(chat, { id: mine?.id ?? 0, title: '同号的班', sessions }, [people.cadre]);
    expect(await cadre.says(`异议 ${mine?.id} 不对，少记了`)).toContain('既是您参加的培训班，也是您的登记号');
    // The entry comes from a class, so that its attendance is what can be wrong.
    expect(await cadre.taps(`登记号 ${mine?.id} 的学时`)).toContain('请选择对培训班 1002');
    expect(await cadre.taps('第2课次 党章党规')).toContain('异议号 1001');
    expect(await cadre.says('异议 1002 第1课次')).toContain('请写明有什么不对');
    expect(await cadre.says('我没有迟到，请核对')).toContain('异议号 1002');
    expect(await cadre.says('异议 1002 第1课次 再说一次')).toContain('已有异议（异议号 1002）在办理');
  });

  it('has nothing to say of what has not begun, is not one own, or is still open', async () => {
    expect(await cadre.says('异议 1002 第3课次 我会到')).toContain('还没有开始，不用提异议');
    expect(await cadre.says('异议 1002 第9课次 我到了')).toContain('没有需要您参加的第 9 课次');
    expect(await chat.as(people.namesake).says('异议 1002 第2课次 我到了')).toContain('没有找到您参加的培训班 1002');
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》 确认');
    const id = (await entries()).find(({ state }) => state === 'submitted')?.id;
    expect(await cadre.says(`异议 登记号 ${id} 学时不对`)).toContain('待审核，不用提异议');
    expect(await cadre.says('异议 不公平')).toContain('没有看懂“不公平”');
    expect(await chat.as(people.namesake).says('异议')).toContain('您没有提过异议');
    expect(await chat.inGroup(people.cadre).says('异议 1002 第2课次 我到了')).not.toContain('缺勤');
  });

  it('is taken back, and nobody answers their own', async () => {
    await cadre.says('异议 1002 第2课次 我到了');
    expect(await chat.as(people.namesake).says('撤回异议 1001')).toContain('没有找到您的异议号 1001');
    expect(await cadre.says('撤回异议 1001')).toContain('异议号 1001（培训班 1002 第 2 课次考勤）已撤回');
    expect(await desk.says('异议 1001 成立 出勤 已核对签到表')).toContain('已由本人撤回');
    expect(await one(1001)).toMatchObject({ state: 'withdrawn' });
    await desk.says('异议 1002 第2课次 我在值班室看的直播');
    expect(chat.as(people.head).last()).toContain('赵敏（组织部）');
    expect(await desk.says('异议 1002 成立 出勤 已核对签到表')).toContain('不能答复自己的异议');
  });
});
