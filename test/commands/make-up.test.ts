import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleSession } from '../../src/bot/course/settle.ts';
import { enrolments } from '../../src/domain/course.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';

const essay = '看完录像，我对全会精神有了更深的认识。'.repeat(40);
const topics = ['形势与政策', '党章党规'];
const sessionsOn = (day: string) =>
  topics.map((topic, i) =>
    makeSession({ no: i + 1, day, start: i === 0 ? '09:00' : '14:00', end: i === 0 ? '12:00' : '17:00', topic }),
  );

let chat: TestChat;
let cadre: Window;
let desk: Window;
beforeEach(async () => {
  chat = await openChat();
  cadre = chat.as(people.cadre);
  desk = chat.as(people.clerk);
  await openCourse(chat, { sessions: sessionsOn('2026-11-19') }, [people.cadre, people.namesake]);
  await attend(
    chat,
    { staffNo: people.namesake.staffNo, state: 'present' },
    { no: 2, staffNo: people.namesake.staffNo, state: 'present' },
  );
  await attend(chat, { no: 1, staffNo: people.cadre.staffNo, state: 'present' });
  await settle(1001, 1);
  await settle(1001, 2);
});
afterEach(() => chat.close());

const settle = (courseId: number, no: number) =>
  chat.write(async (tx) => {
    await settleSession({ tx, now: chat.clock.now(), policies: chat.policies }, courseId, no, 'E0003', '考勤确认');
  });
const owed = (no = 2) => chat.store.read((view) => view.get(makeUps, `1001:${no}:${people.cadre.staffNo}`));
const hours = async () =>
  (await chat.store.read((view) => listAll(view, hourEntries, { index: 'byPerson', equals: [people.cadre.staffNo] })))
    .filter(({ state }) => state === 'approved')
    .reduce((sum, entry) => sum + entry.hours, 0);

describe('补训', () => {
  it('lists what is owed, with due days and ways', async () => {
    expect(await cadre.says('补训')).toContain('1001《党性教育专题班》第 2 课次 | 缺勤 | 3 | 2027年1月19日前 | 待补训');
    expect(await cadre.taps('补训 1001 第2课次')).toContain('缺 3 学时（缺勤），请于2027年1月19日前完成');
    expect(cadre.button('看录像并交体会')).toBeDefined();
    expect(cadre.button('参加同主题培训')).toBeDefined();
    expect(await chat.as(people.namesake).says('补训')).toBe('您没有需要补训的课次。');
    expect(await chat.as(people.namesake).says('补训 1001 第2课次')).toContain(
      '没有找到您在培训班 1001 第 2 课次的补训',
    );
    expect(await chat.inGroup(people.cadre).says('补训')).not.toContain('缺勤');
  });

  it('by a recording and a text gives the missed hours when it is accepted', async () => {
    expect(await hours()).toBe(300);
    await cadre.says('补训 1001 第2课次');
    expect(await cadre.taps('看录像并交体会')).toContain('请提交学习体会，不少于 500 字');
    expect(await owed()).toMatchObject({ state: 'chosen', way: 'recording' });
    expect(await cadre.says(`补训 1001 第2课次 收获很大，受益匪浅`)).toContain('要求不少于 500 字，还差');
    expect(await cadre.says(essay)).toContain('等待组织部审核');
    expect(await desk.says('补训 待审')).toContain('王芳');
    expect(await desk.taps('看全文')).toContain('.txt');
    expect(await desk.taps('退回')).toContain('请写明退回王芳的补训（1001');
    expect(await desk.submits({ reason: '请结合课程内容补充' })).toContain('已退回，已通知本人');
    expect(cadre.last()).toContain('被退回：请结合课程内容补充。请补充后重新提交。');
    expect(await cadre.taps('补训 1001 第2课次')).toContain('上次提交被退回');
    await cadre.taps('看录像并交体会');
    expect(await cadre.submits({ text: essay })).toContain('已收到');
    await desk.says('补训 待审');
    expect(await desk.taps('通过')).toContain('王芳的补训（1001《党性教育专题班》第 2 课次）已通过');
    expect(cadre.last()).toContain('第 2 课次的补训已通过。\n登记号 1001《');
    expect(await hours()).toBe(600);
    expect(await cadre.says('补训')).toBe('您没有需要补训的课次。');
  });

  it('is not accepted unread, nor by its owner, nor by a plain cadre', async () => {
    await cadre.says(`补训 1001 第2课次 ${essay}`);
    await desk.says('补训 待审');
    await cadre.says(`补训 1001 第2课次 ${essay}补充一段。`);
    expect(await desk.taps('通过')).toContain('交了新的内容，请先看过再决定');
    expect(await owed()).toMatchObject({ state: 'handed-in' });
    const press = { command: '补训', args: { course: 1001, no: 2, who: people.cadre.staffNo, verdict: 'accept' } };
    expect(await chat.as(people.namesake).presses(press)).toBe('审核补训由经办、部长使用。');
    expect(await cadre.says('补训 待审')).toBe('审核补训由经办、部长使用。');
    expect(await desk.says('补训 1001 第2课次 E0011 通过')).toContain('已通过，已通知本人');
    expect(await desk.presses(press)).toContain('已不在待审核状态');
  });

  it('by a 课次 of the next run closes itself when that is attended, and its hours come from there', async () => {
    await openCourse(
      chat,
      { id: 1002, title: '党性教育专题班（第二期）', repeats: 1001, sessions: sessionsOn('2026-12-03') },
      [],
    );
    await cadre.says('补训 1001 第2课次');
    expect(cadre.last()).toContain('培训班 1002《党性教育专题班（第二期）》第 2 课次（12月3日 14:00，党章党规）');
    await cadre.taps('参加 1002 第2课次 12月3日');
    expect(cadre.last()).toContain('您已加入培训班 1002');
    const seat = () => chat.store.read((view) => view.get(enrolments, `1002:${people.cadre.staffNo}`));
    expect(await seat()).toMatchObject({ only: [2] });
    expect(await owed()).toMatchObject({ state: 'chosen', way: 'next-run', by: { courseId: 1002, no: 2 } });
    await attend(chat, { courseId: 1002, no: 2, staffNo: people.cadre.staffNo, state: 'present' });
    await settle(1002, 2);
    expect(await owed()).toMatchObject({ state: 'accepted', decidedBy: 'system' });
    await settle(1002, 1);
    expect(await hours()).toBe(600);
  });

  it('by another way after all gives the seat in the next run back', async () => {
    expect(await cadre.says('补训 1001 第2课次 下一期')).toContain('还没有安排下一期，已记下');
    await openCourse(chat, { id: 1002, title: '第二期', repeats: 1001, sessions: sessionsOn('2026-12-03') }, []);
    await cadre.says('补训 1001 第2课次');
    await cadre.taps('参加 1002 第2课次 12月3日');
    await cadre.says(`补训 1001 第2课次 ${essay}`);
    expect(await chat.store.read((view) => view.get(enrolments, `1002:${people.cadre.staffNo}`))).toBeUndefined();
    expect(await owed()).toMatchObject({ state: 'handed-in', by: null });
  });

  const logged = async (said: string) => {
    await cadre.says(`登记 ${said} 确认`);
    const mine = await chat.store.read((view) =>
      listAll(view, hourEntries, { index: 'byPerson', equals: [people.cadre.staffNo] }),
    );
    return Math.max(...mine.map(({ id }) => id));
  };

  it('by a training of the same theme waits for its approval, and is accepted with everything in sight', async () => {
    const entry = await logged('3学时 党性教育 今天 《党章党规专题辅导》');
    await cadre.says('补训 1001 第2课次');
    expect(await cadre.taps('参加同主题培训')).toContain('请选择您参加过的同主题培训');
    expect(await cadre.submits({ training: '随便' })).toContain('没有看懂“随便”');
    expect(await cadre.says(`补训 1001 第2课次 登记号 ${entry}`)).toContain('认定后才能通过');
    expect(await desk.says('补训 待审')).toContain(
      `登记号 ${entry}《党章党规专题辅导》：11月20日，3 学时，党性教育，待审核；登记号 ${entry} 还没有认定`,
    );
    expect(await desk.taps('通过')).toContain(`没有通过王芳的补训：登记号 ${entry} 还没有认定，请先审核`);
    await desk.says(`审核 ${entry} 通过`);
    expect(await desk.says('补训 待审')).toContain('3 学时，党性教育，已认定；没有用于其他补训。');
    await desk.taps('通过');
    expect(cadre.last()).toContain('第 2 课次的补训已通过。');
    expect(await hours()).toBe(600);
    await chat.as(people.archivist).says(`审核 ${entry} 作废 重复登记，另有记录`);
    expect(cadre.last()).toContain(
      `1001《党性教育专题班》第 2 课次仍须补训：作为证明的登记号 ${entry} 已作废，不能再证明这次补训。请在 2027年1月19日 前`,
    );
    expect(await owed()).toMatchObject({ state: 'returned', dueOn: '2027-01-19' });
    expect(await cadre.says('待办')).toContain('补训：1001《党性教育专题班》第 2 课次，2027年1月19日前');
    expect(await cadre.says('补训 1001 第2课次')).toContain(`上次提交被退回：作为证明的登记号 ${entry} 已作废`);
  });

  it('by one that falls short needs the department’s reason, and is given back when it is withdrawn', async () => {
    const entry = await logged('1学时 党性教育 今天 《党章党规专题辅导》');
    expect(await cadre.says(`补训 1001 第2课次 登记号 ${entry}`)).toContain('这次培训比所缺的少 2 学时');
    await desk.says(`审核 ${entry} 通过`);
    expect(await desk.says('补训 待审')).toContain('比所缺少 2 学时，通过须写理由');
    expect(await desk.taps('通过')).toContain('王芳交的培训学时少于所缺的（1001《党性教育专题班》第 2 课次）');
    expect(await owed()).toMatchObject({ state: 'handed-in' });
    expect(await desk.says('内容完整，另有自学笔记')).toContain('已通过，已通知本人');
    expect(cadre.last()).toContain('第 2 课次的补训已通过：内容完整，另有自学笔记。');
    await chat.write(async (tx) => {
      const one = await tx.get(makeUps, `1001:2:${people.cadre.staffNo}`);
      if (one !== undefined) await tx.put(makeUps, { ...one, state: 'open', entryId: null });
    });
    const other = await logged('3学时 党性教育 今天 《党史专题辅导》');
    await cadre.says(`补训 1001 第2课次 登记号 ${other}`);
    expect(await cadre.says(`撤回 ${other}`)).toContain('已撤回');
    expect(cadre.texts().join()).toContain(`作为证明的登记号 ${other} 已撤回，不能再证明这次补训`);
    expect(await owed()).toMatchObject({ state: 'returned' });
  });

  it('by no training that is of before, of another content, of the class itself, used or gone, each said as it is', async () => {
    await openCourse(chat, { id: 1002, title: '党史班', sessions: sessionsOn('2026-11-20') }, [people.cadre]);
    const says = (said: string) => cadre.says(`补训 1001 第2课次 ${said}`);
    expect(await says('登记号 9999')).toBe('没有找到您名下的登记号 9999，没有提交。发送“记录”看自己的登记。');
    expect(await says('培训班 1001')).toContain('没有找到您参加的另一个培训班 1001');
    expect(await says('培训班 1002')).toContain('培训班 1002 还没有给您认定学时');
    const [first] = await chat.store.read((view) =>
      listAll(view, hourEntries, { index: 'byPerson', equals: [people.cadre.staffNo] }),
    );
    expect(await says(`登记号 ${first?.id}`)).toContain('就是本班的学时，不能用来补本班的缺课');
    expect(await says(`登记号 ${await logged('3学时 党性教育 11月17日 《支部党课》')}`)).toContain(
      '在11月17日，早于缺课的11月19日；补训须是缺课以后的培训',
    );
    expect(await says(`登记号 ${await logged('1学时 知识培训 今天 《插花》')}`)).toContain(
      '《插花》是知识培训，所缺的是党性教育，内容不同',
    );
    await attend(chat, { courseId: 1002, no: 1, staffNo: people.cadre.staffNo, state: 'present' });
    await attend(chat, { courseId: 1002, no: 2, staffNo: people.cadre.staffNo, state: 'present' });
    await settle(1002, 1);
    await settle(1002, 2);
    const missed = await owed();
    await chat.write(async (tx) => {
      if (missed !== undefined) await tx.put(makeUps, { ...missed, no: 1 });
    });
    expect(await cadre.says('补训 1001 第1课次 培训班 1002')).toContain('《党史班》');
    expect(await says('培训班 1002')).toContain('已用于培训班 1001 第 1 课次的补训，一次培训只能补一项');
    expect(await owed()).toMatchObject({ state: 'open' });
  });

  it('by a run that was not attended after all is owed as before, and both sides see it', async () => {
    await openCourse(chat, { id: 1002, title: '第二期', repeats: 1001, sessions: sessionsOn('2026-12-03') }, []);
    await cadre.says('补训 1001 第2课次');
    await cadre.taps('参加 1002 第2课次 12月3日');
    chat.clock.set('2026-12-03T09:30:00.000Z');
    await desk.says('考勤 1002 第2课次');
    await desk.taps('确认考勤');
    expect(cadre.last()).toContain(
      '您选定的补训课次没有参加或已取消（《第二期》）：培训班 1001 第 2 课次仍未补上，须在 2027年1月19日 前补训，请重新选择方式。',
    );
    expect(await owed()).toMatchObject({ state: 'open', way: null, by: null, dueOn: '2027-01-19' });
    expect(await cadre.says('补训')).toContain('2027年1月19日前 | 待补训');
    expect(await desk.says('结班 1002')).toContain('来本班补训的 1 人没有参加，仍在原班待补训。');
    chat.clock.set('2027-02-01T01:00:00.000Z');
    expect(await desk.says('逾期')).toContain('王芳');
    await desk.says('考勤 1002 第2课次 王芳 出勤 理由 现场已签名');
    await desk.says('确认');
    expect(await owed()).toMatchObject({ state: 'accepted', by: { courseId: 1002, no: 2 } });
  });

  it('by a run that is cancelled is owed as before, and the message of that says so', async () => {
    await openCourse(chat, { id: 1002, title: '第二期', repeats: 1001, sessions: sessionsOn('2026-12-03') }, []);
    await cadre.says('补训 1001 第2课次');
    await cadre.taps('参加 1002 第2课次 12月3日');
    await desk.says('培训 1002 取消 讲师出差');
    await desk.says('确认');
    expect(cadre.texts().join()).toContain(
      '培训班 1001 第 2 课次仍未补上，须在 2027年1月19日 前补训，请重新选择方式。',
    );
    expect(await owed()).toMatchObject({ state: 'open', by: null });
  });

  it('closes by itself in the next run that the clerk opens, chosen or not, and the person hears of it', async () => {
    expect(await desk.says('下一期 1001 12月3日 王芳 教务处')).toContain('接续：1001《党性教育专题班》');
    expect(await desk.says('确认')).toContain('已建立培训班 1002');
    expect(cadre.last()).toContain('请您参加培训班 1002');
    chat.clock.set('2026-12-03T09:30:00.000Z');
    await desk.says('考勤 1002 第2课次 全部到');
    await desk.says('确认');
    expect(await owed()).toMatchObject({ state: 'open' });
    await desk.taps('确认考勤');
    expect(await owed()).toMatchObject({ state: 'accepted', way: 'next-run', by: { courseId: 1002, no: 2 } });
    expect(cadre.last()).toContain('培训班 1001 第 2 课次的缺课已由培训班 1002《党性教育专题班》补上');
    expect(await cadre.says('补训')).toBe('您没有需要补训的课次。');
  });

  it('by another class of the same theme names what it has given, and gives no hours twice', async () => {
    await openCourse(chat, { id: 1003, title: '党章党规读书班', sessions: [makeSession()] }, [people.cadre]);
    await attend(chat, { courseId: 1003, staffNo: people.cadre.staffNo, state: 'present' });
    await settle(1003, 1);
    expect(await hours()).toBe(600);
    await cadre.says('补训 1001 第2课次 培训班 1003');
    expect(cadre.last()).toMatch(
      /已收到培训班 1001《党性教育专题班》第 2 课次的补训证明：登记号 \d+《党章党规读书班》/,
    );
    expect(await desk.says('补训 待审')).toContain('《党章党规读书班》：11月20日，3 学时，党性教育，已认定');
    expect(await desk.taps('通过')).toContain('已通过，已通知本人');
    expect(await owed()).toMatchObject({ state: 'accepted', way: 'same-theme' });
    expect(await hours()).toBe(600);
  });

  it('is let be by the department, with a reason', async () => {
    expect(await desk.says('补训 王芳')).toContain('没有找到王芳');
    expect(await desk.says('补训 E0011')).toContain('王芳（教务处）有 1 项待补训');
    await desk.taps('免补');
    expect(await desk.says('因病住院，已自学讲义')).toContain('已免补，已通知本人');
    expect(cadre.last()).toContain('第 2 课次免予补训：因病住院，已自学讲义。');
    expect(await owed()).toMatchObject({ state: 'waived', decidedBy: people.clerk.staffNo });
    expect(await cadre.says('补训 1001 第2课次')).toContain('免补，不用再办理');
    expect(await cadre.says('补训 李䶮')).toContain('没有看懂“李䶮”');
  });

  it('asks which where several are owed, and keeps what was typed in the room of the question', async () => {
    await chat.write(async (tx) => {
      const one = await tx.get(makeUps, `1001:2:${people.cadre.staffNo}`);
      if (one !== undefined) await tx.put(makeUps, { ...one, no: 1 });
    });
    expect(await cadre.says('补训 1001')).toContain('有几项待补训，请选择');
    expect(await cadre.says('补训 1001 考试')).toContain('没有找到您在培训班 1001 闭卷考试的补训');
  });
});
