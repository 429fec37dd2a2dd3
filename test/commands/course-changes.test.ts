import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { courses, enrolments, type Session } from '../../src/domain/course.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { leaves } from '../../src/domain/leave.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeEnrolment, makeSession, openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
let cadre: Window;
let other: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  cadre = chat.as(people.cadre);
  other = chat.as(people.unitHead);
});
afterEach(() => chat.close());

const settled = { at: '2026-11-20T06:00:00.000Z', by: 'E0003' };
const open = (first: Partial<Session> = {}) =>
  openCourse(
    chat,
    {
      tutor: 'E0001',
      sessions: [
        makeSession({ topic: '甲', ...first }),
        makeSession({ no: 2, day: '2026-11-25', topic: '乙' }),
        makeSession({ no: 3, day: '2026-11-26', topic: '丙', content: 'theory', hours: 200 }),
      ],
    },
    [people.cadre, people.unitHead],
  );
const rows = () => chat.store.read((view) => listAll(view, attendances));
const dayOf = async (no: number) =>
  (await chat.store.read((view) => view.get(courses, 1001)))?.sessions.find((one) => one.no === no)?.day;

describe('a 课次 that is moved', () => {
  it('leaves 签到 of the old day behind, says so to whom it concerns, and is signed in anew', async () => {
    await open();
    chat.clock.set('2026-11-20T01:20:00.000Z');
    await clerk.says('签到码 1001');
    const code = /\d{3} ?\d{3}/.exec(clerk.texts().join('\n'))?.[0].replace(' ', '') ?? '';
    expect(await cadre.says(`签到 ${code}`)).toContain('09:20');
    expect(await clerk.says('培训 1001 第1课次 改到 11-24 14:00-16:00')).toContain('这项调整需要理由');
    const preview = await clerk.says('理由：会场停电');
    expect(preview).toContain('已有 1 人的考勤（签到或点名），改期后作废（留痕）');
    expect(preview).toContain('受影响 2 人');
    expect(preview).toContain('理由（会告诉参训人员）：会场停电');
    expect(await clerk.says('确认调整')).toContain('已通知 2 人和班主任');
    expect(chat.as(people.archivist).last()).toContain(
      '您任班主任的培训班 1001《党性教育专题班》有变动：第 1 课次《甲》改到',
    );
    expect(cadre.last()).toContain('您在第 1 课次的考勤（09:20 签到）已作废，请按新的时间重新签到');
    expect(other.last()).not.toContain('作废');
    expect(await rows()).toEqual([]);
    chat.clock.set('2026-11-24T05:55:00.000Z');
    await clerk.says('签到码 1001');
    const next = /\d{3} ?\d{3}/.exec(clerk.last())?.[0].replace(' ', '') ?? '';
    expect(await cadre.says(`签到 ${next}`)).toContain('已签到');
    expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  });

  it('is not one that has been held: neither with a roll nor settled', async () => {
    await open();
    await attend(chat, { staffNo: 'E0011', state: 'present' });
    chat.clock.set('2026-11-20T06:00:00.000Z');
    const refused = await clerk.says('培训 1001 第1课次 改到 11-24 14:00-16:00 理由 补课');
    expect(refused).toContain('第 1 课次《甲》已在11月20日上过（有考勤），不能改到以后，没有保存');
    expect(refused).toContain('第1课次 取消 理由 当天没有上课，再加课');
    await open({ settled });
    expect(await clerk.says('培训 1001 第1课次 改到 11-24 14:00-16:00 理由 补课')).toContain('不能改到以后');
    expect(await dayOf(1)).toBe('2026-11-20');
  });

  it('to an earlier day is a correction, and keeps what is known of it', async () => {
    await open({ settled });
    await attend(chat, { staffNo: 'E0011', state: 'present' }, { staffNo: 'E0010', state: 'absent' });
    const preview = await clerk.says('培训 1001 第1课次 改到 11-19 理由 日期登错');
    expect(preview).toContain('第 1 课次《甲》时间更正为 11月19日');
    expect(preview).toContain('这是更正已上课次的时间：2 人的考勤照旧');
    await clerk.says('确认');
    expect(cadre.last()).toContain('时间更正为 11月19日 周四 09:00–12:00（日期登错）');
    expect(await dayOf(1)).toBe('2026-11-19');
    expect(await rows()).toHaveLength(2);
  });
});

describe('课次 that are joined', () => {
  it('are not yet held, and have a reason', async () => {
    await open({ settled });
    expect(await clerk.says('培训 1001 第2课次 并入 第1课次')).toContain('第 1 课次《甲》已有考勤，不能合并');
    expect(await clerk.says('培训 1001 第1课次 并入 第2课次')).toContain('已有考勤，不能合并');
    await open();
    chat.clock.set('2026-11-21T01:00:00.000Z');
    expect(await clerk.says('培训 1001 第2课次 并入 第1课次')).toContain('时间已过，不能并入');
    expect(await clerk.says('培训 1001 第2课次 并入 第3课次')).toContain('这项调整需要理由');
    const preview = await clerk.says('两讲合一');
    expect(preview).toContain('3 学时党性教育改按理论教育计');
    expect(preview).toContain('每人应得学时不变，仍为 8 学时');
    expect(preview).toContain('每人 8 学时：理论教育 5、党性教育 3；理论教育和党性教育占 100 %');
  });
});

describe('the hours that a change means', () => {
  it('are corrections from one content to another, or enter for the first time', async () => {
    await open({ settled });
    await attend(chat, { staffNo: 'E0011', state: 'present' }, { staffNo: 'E0010', state: 'present' });
    await clerk.says('培训 1001 第2课次 取消 因公出差');
    await clerk.says('确认');
    const last = await clerk.says('培训 1001 第3课次 取消 理由 同上');
    expect(last).toContain('有 2 人的学时入账，合计 6 学时');
    expect(last).not.toContain('人更正');
    await clerk.says('确认');
    const content = await clerk.says('培训 1001 第1课次 改为 理论教育 理由 登错');
    expect(content).toContain('有 2 人更正，合计 6 → 6 学时（理论教育 0 → 6，党性教育 6 → 0），更正留痕');
    await clerk.says('确认');
    const entries = await chat.store.read((view) => listAll(view, hourEntries));
    expect(entries.filter(({ state }) => state === 'approved').map((one) => [one.hours, one.content])).toEqual([
      [300, 'theory'],
      [300, 'theory'],
    ]);
  });

  it('are told to whoever is not in the class any more', async () => {
    await open({ settled });
    await attend(chat, { staffNo: 'E0011', state: 'absent' }, { staffNo: 'E0010', state: 'present' });
    chat.clock.set('2026-11-21T02:00:00.000Z');
    await clerk.says('名单 1001 去掉 E0011');
    await clerk.says('确认（1 人）');
    expect(await chat.store.read((view) => listAll(view, makeUps))).toHaveLength(1);
    const preview = await clerk.says('培训 1001 取消 理由 讲座无效');
    expect(preview).toContain('受影响 2 人');
    expect(preview).toContain('理由（会告诉参训人员）：讲座无效');
    expect(await clerk.says('确认')).toContain('已通知 2 人');
    expect(cadre.last()).toContain('已取消：讲座无效');
    expect(cadre.last()).toContain('第 1 课次不用再补训');
    expect(await cadre.says('培训')).toContain('已结束 0 个，已取消 1 个');
  });
});

describe('leave from what does not take place', () => {
  it('lapses by itself, and is nobody’s to decide or to end', async () => {
    await open({ day: '2026-11-24' });
    await cadre.says('请假 1001 第2课次 出差开会');
    await other.says('请假 1001 第2、3课次 看病住院');
    const tutor = chat.as(people.archivist);
    await tutor.says('请假 1001 准');
    expect(await clerk.says('培训 1001 第2课次 取消 理由 主讲出差')).toContain('就不再上的课次请的假 2 件自动失效');
    await clerk.says('确认');
    expect(cadre.last()).toContain('您的请假（请假号 1001）已自动失效，不用销假');
    expect(other.last()).toContain('您的请假（请假号 1002）只对第 3 课次有效');
    expect(await cadre.says('销假 1001')).toContain('第 2 课次已取消，或不再要求您参加：请假已自动失效');
    expect(await cadre.says('销假')).toContain('不用销假，也不用参加');
    expect(await tutor.says('请假 1001 准')).toContain('请假已自动失效，不用审批');
    expect(await rows()).toEqual([]);
    await clerk.says('名单 1001 去掉 E0010');
    await clerk.says('确认');
    expect(other.last()).toContain('您的请假（请假号 1002）已自动失效');
    expect(await clerk.says('请假 待批')).toContain('没有等您审批的请假');
    expect((await chat.store.read((view) => listAll(view, leaves))).map(({ state }) => state)).toEqual([
      'lapsed',
      'lapsed',
    ]);
  });

  it('that is longer now goes to whoever decides on so much, who gets the card', async () => {
    await open({ day: '2026-11-24' });
    await cadre.says('请假 1001 第2课次 出差开会');
    const tutor = chat.as(people.archivist);
    const preview = await clerk.says('培训 1001 第2课次 改到 09:00-16:30 6学时');
    expect(preview).toContain('已就这些课次请假的有 1 人');
    expect(preview).toContain('待批的请假（请假号 1001）改由组织部经办赵敏审批，会收到审批卡片');
    expect(clerk.texts().join()).not.toContain('申请请假');
    await clerk.says('确认');
    expect(clerk.texts().join()).toContain('王芳（教务处）申请请假（请假号 1001）');
    expect(cadre.last()).toContain('您的请假（请假号 1001）改由组织部经办赵敏审批');
    expect(await tutor.says('请假 1001 准')).toBe('请假号 1001 不由您审批，没有改动。');
    expect(await clerk.says('请假 1001 准')).toContain('本班累计：2 个半天，按累计时长由组织部经办审批');
  });

  it('goes to another 班主任, or past them where it is their own', async () => {
    await open({ day: '2026-11-24' });
    await cadre.says('请假 1001 第2课次 出差开会');
    await other.says('请假 1001 第2课次 看病住院');
    const preview = await clerk.says('培训 1001 班主任 E0010');
    expect(preview).toContain('待批的请假（请假号 1001）改由班主任欧阳明月审批');
    expect(preview).toContain('待批的请假（请假号 1002）改由组织部经办赵敏审批');
    await clerk.says('确认');
    expect(
      other
        .texts()
        .filter((one) => one.includes('申请请假'))
        .join(),
    ).toMatch(/请假号 1001/);
    expect(clerk.texts().join()).toContain('欧阳明月（教务处）申请请假（请假号 1002）');
    expect(cadre.last()).toContain('您的请假（请假号 1001）改由班主任欧阳明月审批');
    expect(await other.says('请假 1001 准')).toContain('已准王芳的请假');
  });

  it('is a matter of the department where a change makes it too much, though nothing is settled', async () => {
    await openCourse(
      chat,
      {
        sessions: [1, 2, 3, 4, 5, 6, 7].map((no) =>
          makeSession({ no, day: `2026-11-${22 + no}`, hours: no === 1 ? 300 : 400 }),
        ),
      },
      [people.cadre],
    );
    await cadre.says('请假 1001 第1课次 出差开会');
    await clerk.says('请假 1001 准');
    expect(clerk.texts().join()).not.toContain('研究处理');
    await clerk.says('培训 1001 第1课次 改为4学时');
    await clerk.says('确认');
    expect(clerk.texts().join()).not.toContain('研究处理');
    await clerk.says('培训 1001 第7课次 取消 理由 主讲出差');
    await clerk.says('确认');
    expect(clerk.texts().join()).toContain('累计请假 4 学时，超过总学时 24 学时的 1/7');
  });

  it('is not asked for from a class that is cancelled', async () => {
    await open({ day: '2026-11-24' });
    await clerk.says('培训 1001 取消 理由 另行安排');
    await clerk.says('确认');
    expect(await cadre.says('请假 1001 第2课次 出差开会')).toContain('不在进行中（已取消或已结班），不用请假');
  });

  it('is no absence before the class has begun', async () => {
    await open({ day: '2026-11-24' });
    await cadre.says('请假 1001 第1、2课次 出差开会');
    await clerk.says('请假 1001 准');
    const shown = await cadre.says('培训 1001');
    expect(shown).toContain('以后的课次已请假 2 次');
    expect(shown).not.toContain('未到');
  });
});

it('shows those who are in a part of a class what is theirs', async () => {
  await openCourse(
    chat,
    {
      sessions: [makeSession({ topic: '甲' }), makeSession({ no: 2, day: '2026-11-25', topic: '乙', hours: 200 })],
      reflection: { minLength: 800, dueDays: 7 },
      exam: { passMark: 60 },
    },
    [people.unitHead],
  );
  await chat.write((tx) => tx.put(enrolments, makeEnrolment({ courseId: 1001, staffNo: 'E0011', only: [2] })));
  const guest = await cadre.says('培训 1001');
  expect(guest).toContain('您参加 1 个课次，共 2 学时：党性教育 2');
  expect(guest).toContain('要求：按时签到\n');
  expect(guest).not.toContain('甲');
  expect(await other.says('培训 1001')).toContain('每人 5 学时');
  expect(await clerk.says('培训 1001')).toContain('甲');
});

it('warns of a 课次 that is added on a day gone by, and names a day that there is not', async () => {
  await open({ day: '2026-11-24' });
  const preview = await clerk.says('培训 1001 加课 11-19 14:00-16:30 党性教育 2学时 因为补课');
  expect(preview).toContain('这个课次已经过去：在点名之前不会有人算缺勤');
  expect(await clerk.says('不改了')).toContain('已取消');
  expect(await clerk.says('培训 1001 第2课次 改到 2月30日')).toContain('没有“2月30日”这一天');
  expect(await clerk.says('下一期 1001 2月30日')).toContain('没有“2月30日”这一天');
});

describe('what the class itself is', () => {
  const course = () => chat.store.read((view) => view.get(courses, 1001));

  it('is changed in words: a 班主任 is told what is theirs, and the one before that it is not', async () => {
    await open();
    const draft = await clerk.says('培训 1001 班主任 王芳 外国语学院');
    expect(draft).toContain('班主任改为王芳');
    expect(draft).toContain('新班主任王芳和原班主任会收到通知');
    expect(await clerk.says('确认')).toContain('已通知 2 人');
    expect(await course()).toMatchObject({ tutor: 'E0012', version: 2 });
    expect(chat.as(people.namesake).last()).toContain('您是培训班 1001《党性教育专题班》的班主任');
    expect(chat.as(people.archivist).last()).toContain('班主任已改为王芳');
    expect(cadre.texts()).toEqual([]);
  });

  it('is told to everybody where it is asked of them', async () => {
    await open();
    await cadre.says('请假 1001 第2课次 出差开会');
    const preview = await clerk.says('培训 1001 班名改为《党性修养班》，体会800字，考试60分');
    expect(preview).toContain('受影响 2 人');
    expect(preview).not.toContain('请假');
    expect(await clerk.says('确认')).toContain('已通知 2 人');
    expect(cadre.last()).toContain(
      '培训班 1001《党性修养班》有变动：班名改为《党性修养班》，学习体会改为结束后 7 天内提交，不少于 800 字，闭卷考试改为 60 分及格',
    );
    expect(cadre.last()).not.toContain('甲');
    expect(chat.as(people.archivist).last()).toContain('您任班主任的培训班 1001《党性修养班》有变动：班名改为');
    expect(await course()).toMatchObject({
      title: '党性修养班',
      reflection: { minLength: 800 },
      exam: { passMark: 60 },
      sessions: [{ topic: '甲' }, {}, {}],
    });
    expect(await clerk.says('培训 1001 考试60分')).toContain('没有改动');
    expect(await clerk.says('培训 1001 班主任 没有这人')).toContain('没有找到在职的“没有这人”');
  });

  it.each([
    ['体会 1500字 10天 考试 80分', '结束后 10 天内提交，不少于 1500 字，闭卷考试改为 80 分及格'],
    ['体会600字 5天', '结束后 5 天内提交，不少于 600 字'],
    ['体会改为1000字', '不少于 1000 字'],
    [
      '学习体会改为结束后 9 天内提交，不少于 800 字，闭卷考试改为 70 分及格',
      '结束后 9 天内提交，不少于 800 字，闭卷考试改为 70 分及格',
    ],
    ['体会 不要', '不交学习体会'],
    ['考试 不要', '不考试'],
    ['取消体会', '不交学习体会'],
    ['取消考试', '不考试'],
    ['改名 《新名班》', '班名改为《新名班》'],
  ])('%s', async (said, shown) => {
    await openCourse(
      chat,
      { sessions: [makeSession()], reflection: { minLength: 500, dueDays: 7 }, exam: { passMark: 60 } },
      [people.cadre],
    );
    expect(await clerk.says(`培训 1001 ${said}`)).toContain(`${shown}。`);
  });

  it('is said how where it is not understood', async () => {
    await open();
    expect(await clerk.says('培训 1001 体会多一点')).toContain('体会 800字 7天内；不要体会；考试 60分');
    expect(await clerk.says('取消')).not.toContain('培训班');
    expect(await clerk.says('取消培训班')).toContain('培训 1001 取消 理由 另行安排');
  });

  it('stays where it has been asked for already', async () => {
    await openCourse(chat, { sessions: [makeSession({ settled })], exam: { passMark: 60 } }, [people.cadre]);
    expect(await clerk.says('培训 1001 体会800字')).toContain('学习体会已按原要求布置');
    await clerk.says('成绩 1001\n王芳 80');
    await clerk.says('确认');
    expect(await clerk.says('培训 1001 不要考试')).toContain('已有考试成绩');
  });
});

describe('a correction of what has been held', () => {
  it('says which year the hours leave and which they come to, and leaves old leave alone', async () => {
    chat.clock.set('2027-01-06T01:00:00.000Z');
    await openCourse(chat, { sessions: [makeSession({ day: '2027-01-05' })], creditsEach: true }, [people.cadre]);
    await clerk.says('考勤 1001 第1课次 全部到');
    await clerk.says('确认');
    await clerk.says('考勤 1001 第1课次');
    await clerk.taps('确认考勤');
    const draft = await clerk.says('培训 1001 第1课次 改到 2026-12-29 09:00-12:00 理由 日期登错');
    expect(draft).toContain('有 1 人更正，合计 3 → 3 学时（2026 年 0 → 3，2027 年 3 → 0），更正留痕');
  });

  it('takes the words with which the bot says what has changed', async () => {
    await open({ day: '2026-11-24' });
    expect(await clerk.says('培训 1001 第1课次 学时改为 2')).toContain('学时改为 2');
    expect(await clerk.says('培训 1001 第1课次 专题改为《丁》')).toContain('专题改为《丁》');
  });
});

it('moves a 课次 that is going on: it is not over, and stays in the timetable of whoever hears of it', async () => {
  await open();
  chat.clock.set('2026-11-20T01:02:00.000Z');
  const draft = await clerk.says('培训 1001 第1课次 改到 08:50-11:40');
  expect(draft).not.toContain('已经过去');
  await clerk.says('确认');
  expect(cadre.last()).toContain('1 | 11月20日 周五 08:50–11:40');
});

it('says of a whole class that is cancelled what becomes of its attendance', async () => {
  await open();
  await attend(chat, { staffNo: 'E0011', state: 'present' }, { staffNo: 'E0010', state: 'present' });
  expect(await clerk.says('培训 1001 取消 理由 另行安排')).toContain('已有 2 人的考勤，取消后不再计入');
});
