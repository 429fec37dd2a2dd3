import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { leaves } from '../../src/domain/leave.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';

const tutor = people.unitHead;
const sessions = [
  makeSession({ no: 1, day: '2026-11-20', start: '08:30', end: '11:30', topic: '开班动员' }),
  makeSession({ no: 2, day: '2026-11-23', start: '09:00', end: '12:00', topic: '形势与政策' }),
  makeSession({ no: 3, day: '2026-11-23', start: '14:00', end: '17:00', topic: '党章党规' }),
  makeSession({ no: 4, day: '2026-11-24', start: '09:00', end: '12:00', topic: '教学能力' }),
];

let chat: TestChat;
let cadre: Window;
beforeEach(async () => {
  chat = await openChat();
  cadre = chat.as(people.cadre);
  await openCourse(chat, { tutor: tutor.staffNo, sessions }, [people.cadre, people.namesake, people.clerk]);
});
afterEach(() => chat.close());

const leaveOf = (id: number) => chat.store.read((view) => view.get(leaves, id));
const stateAt = async (no: number) =>
  (await chat.store.read((view) => view.get(attendances, `1001:${no}:${people.cadre.staffNo}`)))?.state;
const settle = (no: number) =>
  chat.write(async (tx) => {
    await settleSession({ tx, now: chat.clock.now(), policies: chat.policies }, 1001, no, 'E0003', '考勤确认');
  });

describe('请假', () => {
  it('goes at once to 班主任, who sees what it costs and decides', async () => {
    const answer = await cadre.says('请假 1001 第2课次 出差开会');
    expect(answer).toContain(
      '请假号 1001：培训班 1001《党性教育专题班》第 2 课次，共 1 个半天、3 学时，已提交，由班主任欧阳明月审批。',
    );
    expect(answer).toContain('请假累计：3 / 12 学时（25 %），上限 1/7 即 1.71 学时，超过上限');
    const desk = chat.as(tutor);
    expect(desk.last()).toContain('王芳（教务处）申请请假（请假号 1001）');
    expect(desk.last()).toContain('批准后这 3 学时不计入，须在考勤确认后 60 天内补训。');
    expect(desk.last()).toContain('批准后累计请假超过总学时的 1/7，按规定由组织部研究处理');
    expect(await desk.taps('准假')).toContain(
      '已准王芳的请假（请假号 1001），已通知本人。累计请假已超过规定，已报组织部研究处理。',
    );
    expect(cadre.last()).toContain('您的请假（请假号 1001）已由欧阳明月批准');
    expect(await leaveOf(1001)).toMatchObject({ state: 'approved', decidedBy: tutor.staffNo, halfDays: 1 });
    expect(await stateAt(2)).toBe('on-leave');
  });

  it('that passes the part of the rule reaches the department when it is approved, once, and no more when taken back', async () => {
    const clerk = chat.as(people.clerk);
    await cadre.says('请假 1001 第2课次 出差开会');
    expect(clerk.texts()).toEqual([]);
    await chat.as(tutor).taps('准假');
    expect(clerk.last()).toContain('王芳（教务处）累计请假 3 学时，超过总学时 12 学时的 1/7（1.71 学时）。');
    expect(await clerk.says('待办')).toContain('1 人缺课或请假超过规定待研究处理');
    await cadre.says('销假 1001');
    expect(clerk.last()).toContain('王芳已销假，在培训班 1001《党性教育专题班》累计请假不再超过规定');
    expect(await clerk.says('待办')).not.toContain('待研究处理');
    await cadre.says('请假 1001 第2课次 仍要出差');
    await chat.as(tutor).taps('准假');
    const told = clerk.texts().filter((one) => one.includes('累计请假 3 学时')).length;
    expect(told).toBe(2);
    await settle(2);
    await clerk.says('考勤 1001 第1课次 王芳 出勤');
    expect(clerk.texts().filter((one) => one.includes('累计请假 3 学时'))).toHaveLength(told);
    expect(await clerk.says('考勤 1001')).toContain('待研究处理 3 人');
    await clerk.submits({ who: 'E0011', opinion: '工作需要，同意' });
    expect(await clerk.says('待办')).toContain('1 人缺课或请假超过规定待研究处理');
  });

  it('goes higher the longer it is', async () => {
    expect(await cadre.says('请假 1001 第2、3课次 出差开会')).toContain('由组织部经办赵敏审批');
    expect(chat.as(people.clerk).last()).toContain('2 个半天，6 学时');
    const other = chat.as(people.namesake);
    expect(await other.says('请假 全部 因公出国')).toContain(
      '第 2、3、4 课次，共 3 个半天、9 学时，已提交，由组织部部长沈建国审批',
    );
    expect(await chat.as(people.head).taps('准假')).toContain('已准王芳的请假');
    expect(await chat.as(tutor).says('请假 1001 准')).toBe('请假号 1001 不由您审批，没有改动。');
    expect(await chat.as(people.head).says('请假 1001 同意')).toContain('已准王芳的请假');
  });

  it('goes by all leave from the class so far, so that asking in pieces changes nothing', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    await chat.as(tutor).taps('准假');
    expect(await cadre.says('请假 1001 第3课次 出差开会')).toContain(
      '共 1 个半天、3 学时，已提交，本班累计请假 2 个半天，由组织部经办赵敏审批。',
    );
    expect(await cadre.says('请假 1001 第4课次 看病复查')).toContain('本班累计请假 3 个半天，由组织部部长沈建国审批。');
    expect(chat.as(people.head).last()).toContain(
      '本班累计：3 个半天（含本次和此前已准、待批的），按累计时长由组织部部长审批',
    );
    expect(await chat.as(people.head).says('请假 待批')).toContain('本班累计：3 个半天');
    expect(await chat.as(tutor).says('请假 1002 准')).toBe('请假号 1002 不由您审批，没有改动。');
  });

  it('is decided by the next higher where it would be by the person themself', async () => {
    await openCourse(chat, { id: 1002, title: '保密教育', tutor: people.clerk.staffNo, sessions: sessions.slice(3) }, [
      people.clerk,
    ]);
    expect(await chat.as(people.clerk).says('请假 1002 第4课次 出差开会')).toContain('由组织部部长沈建国审批');
    expect(await chat.as(people.clerk).says('请假 1001 准')).toContain('不能自己审批');
    expect(
      await chat.as(people.clerk).presses({ command: '请假', args: { leave: 1001, verdict: 'approve' } }),
    ).toContain('不能自己审批');
  });

  it('is refused in words, too: alone they lead to what waits, and a reason is said without its label', async () => {
    await cadre.says('请假 1001 第2课次 家里有事');
    const desk = chat.as(tutor);
    expect(await desk.says('不准')).toContain('有 1 件请假等您审批');
    await desk.says('请假 1001 不准 理由 课程重要');
    expect(cadre.last()).toContain('欧阳明月的理由：课程重要。');
  });

  it('is refused with a reason that the person reads', async () => {
    await cadre.says('请假 1001 第2课次 家里有事');
    const desk = chat.as(tutor);
    expect(await desk.taps('不准')).toContain('请写明不准请假号 1001 的理由');
    expect(await desk.submits({ reason: '嗯' })).toContain('看不出理由');
    expect(await desk.says('该课次有闭卷考试，不能缺席')).toContain('没有准王芳的请假');
    expect(cadre.last()).toContain(
      '没有批准：培训班 1001《党性教育专题班》第 2 课次，请按时参加。欧阳明月的理由：该课次有闭卷考试，不能缺席。',
    );
    expect(await stateAt(2)).toBeUndefined();
  });

  it('decided twice, says by whom', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    const card = chat.as(tutor).button('准假');
    expect(await chat.as(people.clerk).says('请假 1001 准')).toContain('已准王芳的请假');
    expect(await chat.as(tutor).presses(card?.press)).toContain(
      '请假号 1001 已由赵敏于11月20日 09:00准假，没有重复处理。',
    );
    expect(await chat.as(tutor).says('请假 1001 不准 该课次有闭卷考试')).toContain('没有重复处理');
  });

  it('asks for what is missing, by form or by the next message', async () => {
    expect(await cadre.says('请假 明天上午 看病')).toContain('在所说的时间没有课');
    expect(await cadre.says('请假 11月23日下午')).toContain('请写明事由');
    expect(await cadre.says('陪家人看病')).toContain('第 3 课次，共 1 个半天');
    expect(await cadre.says('请假')).toContain('请假号 1001：1001《党性教育专题班》第 3 课次，待审批');
    await cadre.taps('1001 党性教育专题班');
    expect(cadre.last()).toContain('请选择培训班 1001《党性教育专题班》要请假的课次');
    expect(await cadre.submits({ reason: '出' })).toContain('请至少选择一个课次');
    expect(await cadre.submits({ sessions: ['2'], reason: '出差开会' })).toContain('第 2 课次，共 1 个半天');
    expect(await cadre.says('请假 1001 第2课次 出差开会')).toContain('第 2 课次已经请过假，没有重复提交');
  });

  it('knows which class is meant, or asks', async () => {
    await openCourse(chat, { id: 1002, title: '保密教育', tutor: tutor.staffNo, sessions: sessions.slice(3) }, [
      people.cadre,
    ]);
    expect(await cadre.says('请假 第4课次 出差开会')).toContain('请选择培训班');
    expect(await cadre.taps('1002 保密教育')).toContain('培训班 1002《保密教育》第 4 课次');
    expect(await cadre.says('请假 《党性教育》第4课次 出差开会')).toContain('培训班 1001《党性教育专题班》第 4 课次');
    expect(await chat.as(people.newcomer).says('请假 1001 第2课次 出差')).toContain('没有找到培训班“1001”');
    expect(await chat.as(people.newcomer).says('请假')).toContain('不用请假');
  });

  it('cannot be asked for once the 课次 has begun', async () => {
    expect(await cadre.says('请假 1001 第1课次 堵车了')).toContain(
      '已经开始，不能再请假，没有提交。课后只能由组织部补记',
    );
    expect(await cadre.says('请假 今天 堵车了')).toContain('已经开始，不能再请假');
    expect(await cadre.says('请假 1001 第9课次 出差')).toContain('没有需要您参加的第 9 课次');
  });

  it('keeps a 课次 from being settled as long as nobody has answered; refused after it, no one is asked to come', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    chat.clock.set('2026-11-23T05:00:00.000Z');
    await settle(2);
    expect(await stateAt(2)).toBeUndefined();
    const card = await chat.as(tutor).says('请假 1001 不准 该课次有闭卷考试');
    expect(card).not.toContain('批准后');
    expect(cadre.last()).toContain('没有批准：培训班 1001《党性教育专题班》第 2 课次，已经上过，没有到课的记缺勤');
    expect(cadre.last()).not.toContain('请按时参加');
    await settle(2);
    expect(await stateAt(2)).toBe('absent');
  });

  it('measures what is missed, not what was approved', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    expect(await chat.as(tutor).says('请假 1001 准')).toContain('这 3 学时不计入，须在考勤确认后 60 天内补训');
    await attend(chat, { no: 2, staffNo: people.cadre.staffNo, state: 'present' });
    expect(await cadre.says('请假 1001 第3课次 看病')).toContain('请假累计：3 / 12 学时（25 %）');
    expect(chat.as(tutor).last()).toContain('请假累计：3 / 12 学时（25 %）');
  });

  it('counts what waits besides, as all of it may be missed in the end', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    expect(await cadre.says('请假 1001 第3课次 看病')).toContain('请假累计：6 / 12 学时（50 %）');
    expect(chat.as(people.clerk).last()).toContain('请假累计：6 / 12 学时（50 %）');
    expect(await chat.as(tutor).says('请假 待批')).toContain('请假累计：3 / 12 学时（25 %）');
  });

  it('goes with the length of its 课次, and is not decided on by a card that says otherwise', async () => {
    await cadre.says('请假 1001 第3课次 出差开会');
    const approve = chat.as(tutor).button('准假');
    const clerk = chat.as(people.clerk);
    await clerk.says('培训 1001 第3课次 改为 4学时');
    await clerk.says('确认');
    expect(await leaveOf(1001)).toMatchObject({ state: 'asked', hours: 400, version: 2 });
    const desk = chat.as(tutor);
    expect(await desk.presses(approve?.press)).toContain('请假号 1001 的课次在您打开这张卡片后有变动，还没有办理');
    expect(desk.last()).toContain('批准后这 4 学时不计入');
    await desk.taps('准假');
    expect(cadre.last()).toContain('第 3 课次，4 学时');
  });

  it('approved after the 课次 corrects the absence, and says so', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    chat.clock.set('2026-11-23T05:00:00.000Z');
    await attend(chat, { no: 2, staffNo: people.cadre.staffNo, state: 'present' });
    await settle(2);
    await attend(chat, { no: 2, staffNo: people.cadre.staffNo, state: 'absent' });
    await chat.as(tutor).says('请假 1001 准');
    expect(await stateAt(2)).toBe('on-leave');
    const owed = await chat.store.read((view) => view.get(makeUps, `1001:2:${people.cadre.staffNo}`));
    expect(owed).toMatchObject({ state: 'open', cause: 'on-leave' });
    expect(cadre.last()).toContain('考勤和学时已按准假更正');
    expect(chat.as(people.clerk).last()).toContain('王芳（教务处）累计请假 3 学时，超过总学时 12 学时的 1/7');
  });

  it('changes nothing for who came all the same', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    await attend(chat, { no: 2, staffNo: people.cadre.staffNo, state: 'present' });
    await chat.as(tutor).says('请假 1001 准');
    expect(await stateAt(2)).toBe('present');
  });

  it('lists what waits for a word, and nothing in a group', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    expect(await chat.as(tutor).says('请假 待批')).toContain('有 1 件请假等您审批');
    expect(await chat.as(people.namesake).says('请假 待批')).toContain('没有等您审批的请假');
    expect(await chat.inGroup(people.cadre).says('请假 1001 第3课次 看病')).not.toContain('党性教育专题班');
    expect(await chat.as('visitor').says('请假 1001 第2课次 看病')).toContain('绑定');
  });
});

describe('销假', () => {
  it('ends what is still to come, and tells who runs the class', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    await chat.as(tutor).taps('准假');
    expect(await cadre.taps('销假')).toContain(
      '请假号 1001 已销假：培训班 1001《党性教育专题班》第 2 课次，请按时参加并签到。',
    );
    expect(await stateAt(2)).toBeUndefined();
    expect(chat.as(tutor).last()).toContain('王芳已销假（请假号 1001）');
    expect(await cadre.says('销假 1001')).toContain('没有改动');
    expect(await cadre.says('请假 1001 第2课次 又要出差')).toContain('已提交');
  });

  it('has nothing left when the 课次 are over', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    await chat.as(tutor).taps('准假');
    chat.clock.set('2026-11-23T06:00:00.000Z');
    expect(await cadre.says('销假')).toContain('课次都已结束，不能再销假');
  });

  it('takes back what is not decided yet; an old card ends nothing that was approved since', async () => {
    await cadre.says('请假 1001 第2课次 出差开会');
    await cadre.says('请假 1001 第4课次 看病复查');
    expect(await cadre.says('销假')).toContain('请写明请假号，例如：销假 1001');
    expect(await cadre.says('撤回 请假 1002')).toContain('请假号 1002 已撤回');
    expect(chat.as(people.clerk).last()).toContain('王芳撤回了请假（请假号 1002，');
    expect(await chat.as(people.clerk).says('请假 1002 准')).toContain('已由本人撤回');
    await chat.as(tutor).says('请假 1001 准');
    expect(await cadre.presses({ command: '销假', args: { leave: 1001, withdraw: true } })).toContain('没有改动');
    expect(await chat.as(people.namesake).says('销假 1001')).toContain('没有找到您的请假号 1001');
    expect(await chat.as(people.namesake).says('销假')).toContain('没有可以销假');
  });
});
