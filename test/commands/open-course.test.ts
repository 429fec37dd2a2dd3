import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { courses, enrolments } from '../../src/domain/course.ts';
import type { FormField } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { group, openChat, type TestChat, type Window } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';
import { makeEnrolment, openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
let head: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  head = chat.as(people.head);
});
afterEach(() => chat.close());

const course = (id = 1001) => chat.store.read((view) => view.get(courses, id));
const all = () => chat.store.read((view) => listAll(view, courses));
const enrolled = async (id = 1001) =>
  (await chat.store.read((view) => listAll(view, enrolments, { equals: [id] }))).map(({ staffNo }) => staffNo);
const fieldsOf = (window: Window): Record<string, FormField> => {
  const form = window.lastCard()?.blocks.find((block) => block.type === 'form');
  return Object.fromEntries(form?.type === 'form' ? form.fields.map((field) => [field.name, field]) : []);
};
const spoken = '建班 《党性教育专题班》 11月24日 9:00-11:30 党性教育 3学时';

describe('a class in one sentence', () => {
  it('is drafted with its consequences, saved, and told to everybody in it', async () => {
    const draft = await clerk.says(`${spoken} 地点：报告厅 全体正职`);
    expect(draft).toContain('请核对：《党性教育专题班》，11月24日，1 个课次，参训 3 人');
    expect(draft).toContain('每人 3 学时：党性教育 3；理论教育和党性教育占 100 %，符合不低于 70 % 的规定');
    expect(draft).toContain('共 3 人：组织部 1 人、教务处 1 人、外国语学院 1 人');
    expect(draft).toContain('11月24日 周二 09:00–11:30');
    expect(await all()).toEqual([]);
    expect(await clerk.says('确认')).toContain('已建立培训班 1001《党性教育专题班》，参训 3 人，已逐人通知');
    expect(await clerk.says('查看培训班')).toContain('1001《党性教育专题班》');
    expect(await course()).toMatchObject({
      state: 'open',
      kind: 'thematic',
      form: 'intensive',
      place: '报告厅',
      organiser: '组织部',
      tutor: 'E0003',
      from: '2026-11-24',
      to: '2026-11-24',
      sessions: [{ no: 1, start: '09:00', end: '11:30', content: 'party-spirit', hours: 300, topic: '党性教育专题班' }],
      reflection: { minLength: 1000 },
      version: 1,
    });
    expect(await enrolled()).toEqual(['E0002', 'E0010', 'E0013']);
    const told = chat.as(people.unitHead).last();
    expect(told).toContain('请您参加培训班 1001《党性教育专题班》：11月24日，报告厅，共 3 学时');
    expect(told).toContain('请假请写明课次和事由，例如：请假 1001 第1课次 出差开会');
    expect(told).toContain('结束后 7 天内提交学习体会，不少于 1000 字');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('has more 课次 in more lines, people in lines of their own, and wishes', async () => {
    await clerk.says(
      `建班 《党性教育专题班》 签退 考试60分 每次记学时 班主任：王芳教务处\n1. 11-24 9:00-11:30 党性教育 3学时 党性修养专题 张教授 报告厅\n下午 理论教育 半天 《“两山”理论》\n人员：教务处全体`,
    );
    await clerk.says('加上 李䶮');
    await clerk.says('去掉 王芳 教务处');
    await clerk.says('确认');
    expect(await course()).toMatchObject({
      signsOut: true,
      creditsEach: true,
      exam: { passMark: 60 },
      tutor: 'E0011',
      sessions: [
        { no: 1, topic: '党性修养专题', speaker: '张教授', place: '报告厅' },
        { no: 2, day: '2026-11-24', start: '14:00', hours: 400, topic: '“两山”理论', content: 'theory' },
      ],
    });
    expect(await enrolled()).toEqual(['E0010', 'E0013']);
  });

  it('may stand on one line, people behind 参加, and says which of them it does not know', async () => {
    const draft = await clerk.says(
      '建班 党性教育专题班；第1课次 12-8 9:00-11:30 党性教育 3学时 党性修养 张教授 报告厅；第2课次 12-9 14:00-16:30 理论教育 3学时；参加 教务处、党办',
    );
    expect(draft).toContain('请核对：《党性教育专题班》，12月8日至9日，2 个课次，参训 2 人');
    expect(draft).toContain('没有找到，未选入：“党办”');
    expect(draft).toContain('1 | 12月8日 周二 09:00–11:30 | 党性教育 | 3 | 党性修养 | 张教授 | 报告厅');
    expect(draft).toContain('2 | 12月9日 周三 14:00–16:30 | 理论教育 | 3 | 党性教育专题班 |  | 待定');
  });

  it('whose draft an empty form takes the place of is named, once', async () => {
    await clerk.says('建班 《党性教育专题班》 11月24日 9:00-11:30 党性教育 3学时 教务处全体');
    expect(await clerk.says('建班')).toContain('原来没有提交的“建班”草稿已由这张空表代替，没有保存。');
    expect(await clerk.says('建班')).not.toContain('代替');
    expect(await clerk.says('建班 《理论专题班》 11月24日 9:00-11:30 理论教育 3学时 教务处全体')).not.toContain('代替');
  });

  it('asks for what is missing in the form, at its field', async () => {
    expect(await clerk.says('建班 《党性教育专题班》 11月24日 9:00-11:30 教务处全体')).toContain('缺内容、学时');
    expect(fieldsOf(clerk)).toMatchObject({
      title: { value: '党性教育专题班' },
      timetable: { value: '2026-11-24 09:00-11:30', fault: expect.stringContaining('例如：') },
      people: { value: '教务处全体' },
    });
    const typed = { title: '党性教育专题班', people: '教务处全体', tutor: '王芳', exam: '很多' };
    await clerk.submits({ ...typed, timetable: '11-24 09:00-11:30 党性教育 3学时\n11-24 10:00-12:00 理论教育 2学时' });
    expect(fieldsOf(clerk)).toMatchObject({
      timetable: { fault: expect.stringContaining('时间重叠') },
      tutor: { fault: expect.stringContaining('重名的请填工号') },
      exam: { fault: expect.stringContaining('及格分') },
    });
    const right = { ...typed, tutor: 'E0012', exam: '60', timetable: '11-24 09:00-11:30 党性教育 3学时' };
    expect(await clerk.submits(right)).toContain('60 分及格');
    await clerk.taps('修改');
    expect(fieldsOf(clerk)).toMatchObject({ people: { value: 'E0010、E0011' }, exam: { value: '60' } });
    await clerk.submits({ ...right, people: 'E0013' });
    await clerk.taps('确认（1 人）');
    expect(await enrolled()).toEqual(['E0013']);
  });

  it('comes back with a title that is too long, instead of being refused', async () => {
    const answer = await clerk.says(`建班 《${'长'.repeat(101)}》 12月8日 9:00-11:30 党性教育 3学时 全体正职`);
    expect(answer).toContain('班名：这一项不能这样写，请改短');
  });

  it.each([
    ['2月30日 9:00-11:30 党性教育 3学时', '日期不对：没有这一天'],
    ['12月8日 25:00-26:00 党性教育 3学时', '起止时间不对'],
    ['12月8日 9:00-11:30 党性教育 0学时', '学时不对：要大于 0'],
    ['12月8日 9:00-11:30 党性教育', '缺学时'],
  ])('tells a wrong value from a missing one: %s', async (line, fault) => {
    expect(await clerk.says(`建班 《专题班》 ${line} 教务处全体`)).toContain(`课程表（一行一个课次）：第 1 行`);
    expect(clerk.last()).toContain(fault);
  });

  it('names a group that nobody is in, and takes a choice among people of one name in any words', async () => {
    await clerk.says(`${spoken} 王芳、教务处年轻干部`);
    expect(clerk.last()).toContain('“王芳”有 2 人');
    expect(await clerk.says('加上 E0011')).toContain('参训 1 人');
    expect(clerk.last()).toContain('没有这样的在职干部：教务处优秀年轻干部');
  });

  it('is changed by words, in the open form and on the card of the draft', async () => {
    await clerk.says('新建培训班 11月24日 9:00-11:30 党性教育 3学时');
    expect(fieldsOf(clerk)['timetable']).not.toHaveProperty('fault');
    expect(fieldsOf(clerk)['title']).toHaveProperty('fault');
    await clerk.says('班名 保密班');
    expect(fieldsOf(clerk)).toMatchObject({ title: { value: '保密班' } });
    await clerk.says('教务处全体');
    expect(clerk.last()).toContain('《保密班》，11月24日，1 个课次，参训 2 人');
    expect(await clerk.says('体会800字')).toContain('不少于 800 字');
    expect(await clerk.says('班名 党建班，班主任 E0013')).toContain('班主任：李䶮');
    expect(clerk.last()).toContain('| 党建班');
    await clerk.says('确认');
    expect(await course()).toMatchObject({
      title: '党建班',
      tutor: 'E0013',
      reflection: { minLength: 800 },
      sessions: [{ topic: '党建班' }],
    });
  });

  it('is gathered word by word, from nothing, in place of an older draft', async () => {
    await clerk.says('计划 2027 加 《党性教育专题班》 3月 党性教育 12学时 全体正职');
    expect(await clerk.says('建班')).toContain('没有提交的“计划”草稿已由这份代替，没有保存');
    await clerk.says('班名 甲班');
    await clerk.says('班主任 李䶮');
    await clerk.says('体会800字');
    await clerk.says('12月8日 9:00-11:30 党性教育 3学时');
    expect(await clerk.says('教务处全体')).toContain('请核对：《甲班》，12月8日，1 个课次，参训 2 人');
    expect(clerk.last()).toContain('不少于 800 字');
    expect(clerk.last()).toContain('班主任：李䶮');
  });

  it('is completed by what was missing, and grows by a whole 课次', async () => {
    expect(await clerk.says('明天上午开一个党性教育班，教务处全体参加')).toContain('缺学时');
    expect(await clerk.says('改到12月10日')).toContain('课程表没有改动');
    expect(await clerk.says('12月9日 14:00-16:30 理论教育 3学时')).toContain('第 1 行');
    expect(await clerk.says('4学时')).toContain('《党性教育班》，11月21日至12月9日，2 个课次，参训 2 人');
    expect(clerk.last()).toContain('11月21日 周六 09:00–11:30 | 党性教育 | 4');
  });

  it('may say why its share is low', async () => {
    const low = '建班 《管理班》 11月24日 9:00-11:30 专业化能力 3学时 教务处全体';
    expect(await clerk.says(`${low} 理由 上级要求急训`)).toContain('理由：上级要求急训');
    expect(clerk.last()).not.toContain('未选入');
    expect(await clerk.says('理由是另有安排')).toContain('理由：另有安排');
  });

  it('says what was not understood', async () => {
    expect(await clerk.says('建班 什么')).toContain('没有看懂“什么”');
    expect(await clerk.says('建班')).toContain('可填写：班名');
    await clerk.says(`${spoken} 教务处全体`);
    expect(await clerk.says('随便')).toContain('增减人员请回复');
  });
});

describe('everyday words', () => {
  it.each(['我要开个班', '怎么建班', '如何开班？', '帮我建个班', '想办一个培训班', '我要建班'])(
    'lead the clerk to the form: %s',
    async (said) => expect(await clerk.says(said)).toContain('请填写培训班和参训人员'),
  );

  it.each([
    ['建一个班：《甲班》 11月23日 9:00-11:30 党性教育 3学时 全体正职', '《甲班》，11月23日，1 个课次，参训 3 人'],
    ['明天上午开一个党性教育班，3学时，全体正职参加', '《党性教育班》，11月21日，1 个课次，参训 3 人'],
    ['组织一次党性教育培训，12月8日上午，4学时，全体中层干部', '《党性教育培训》，12月8日，1 个课次，参训 6 人'],
    ['12月8日上午举办党性教育专题班，3学时，党性教育，全体正职', '《党性教育专题班》，12月8日，1 个课次，参训 3 人'],
    ['12月8日上午给教务处全体开党性教育班 4学时', '《党性教育班》，12月8日，1 个课次，参训 2 人'],
    [
      '开一个班，名字叫党性教育班，12月8日上午，党性教育 3学时，教务处全体',
      '《党性教育班》，12月8日，1 个课次，参训 2 人',
    ],
  ])('bring along what they say: %s', async (said, draft) => expect(await clerk.says(said)).toContain(draft));

  it.each(['编一下明年的培训计划', '2027年的计划'])('lead to the plan: %s', async (said) =>
    expect(await clerk.says(said)).toContain('2027 年还没有培训计划'),
  );

  it.each(['明天上午开一个党性教育班，3学时，全体正职参加', '我要开个班', '2027年的计划'])(
    'mean nothing else to a cadre: %s',
    async (said) => expect(await chat.as(people.cadre).says(said)).toMatch(/没有听懂|还没有举行/),
  );

  it.each([
    '11月18日参加学校举办一期党性教育班，3学时',
    '今天上午学校开一个党性教育班，3学时，我参加了',
    '我们学院11月18日开一期党性教育班，3学时，已参加',
    '11月18日举办党性教育专题班，3学时，党性教育，全体正职',
  ])('tell of a training that somebody took part in: %s', async (said) =>
    expect(await clerk.says(said)).not.toMatch(/请核对：《|请填写培训班/),
  );

  it('say that an open draft gives way to another', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const other = '计划 2027 加 《党性教育专题班》 3月 党性教育 12学时 全体正职';
    expect(await clerk.says(other)).toContain('没有提交的“建班”草稿已由这份代替，没有保存');
    expect(await clerk.says('进度')).not.toContain('代替');
  });
});

describe('a 班主任', () => {
  it('hears once that the class is theirs, unless they have opened it themselves', async () => {
    await clerk.says(`${spoken} 班主任 E0013 教务处全体`);
    await clerk.says('确认');
    const tutor = chat.as(people.newcomer);
    expect(tutor.texts()).toHaveLength(1);
    expect(tutor.last()).toContain('您是培训班 1001《党性教育专题班》的班主任：11月24日');
    expect(tutor.last()).toContain('签到码 1001');
    expect(await tutor.taps('名单')).toContain('欧阳明月');
    await clerk.says(`${spoken} 外国语学院全体`);
    await clerk.says('确认');
    expect(clerk.texts().some((said) => said.includes('的班主任：'))).toBe(false);
  });
});

describe('a class by the form', () => {
  it('is drafted as it was filled, by unit and grade, and saved', async () => {
    await clerk.says('建班');
    const filled = {
      title: '党性教育专题班',
      timetable: '11-24 09:00-11:30 党性教育 3学时 党性修养 张教授 报告厅\n11-25 下午 理论教育 3学时',
      units: ['教务处', '外国语学院'],
      grades: ['chief'],
      kind: 'thematic',
      place: '教学楼 301',
      signsOut: 'yes',
      credits: 'each',
      reflection: '0',
      exam: '60',
    };
    expect(await clerk.submits(filled)).toContain('2 个课次，参训 2 人');
    expect(clerk.last()).toContain('2 | 11月25日 周三 14:00–16:30 | 理论教育 | 3 | 党性教育专题班 |  | 教学楼 301');
    await clerk.taps('确认（2 人）');
    expect(await course()).toMatchObject({
      place: '教学楼 301',
      signsOut: true,
      creditsEach: true,
      reflection: null,
      exam: { passMark: 60 },
    });
    expect(await enrolled()).toEqual(['E0010', 'E0013']);
  });
});

describe('what stands against a class', () => {
  it('is said before it is saved: another class, days off, and what is past', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    await clerk.says('确认');
    const draft = await clerk.says(
      '建班 《另一个班》 教务处全体、李䶮、张三\n11-24 10:00-12:00 党性教育 2学时\n11-28 9:00-11:30 理论教育 3学时\n11-19 9:00-11:30 理论教育 3学时',
    );
    expect(draft).toContain('与培训班 1001《党性教育专题班》（11月24日）时间冲突 2 人：欧阳明月、王芳');
    expect(draft).toContain('在周末或节假日：11月28日');
    expect(draft).toContain('有 1 个课次已经过去：在点名之前不会有人算缺勤');
    expect(draft).toContain('没有找到，未选入：“张三”');
  });

  it('says which hours are of which year', async () => {
    const draft = await clerk.says(
      '建班 《跨年班》 教务处全体\n2026-12-30 9:00-11:30 党性教育 3学时\n2027-01-05 9:00-11:30 理论教育 4学时',
    );
    expect(draft).toContain('跨年的班按课次日期分年记：2026 年 3 学时、2027 年 4 学时');
  });

  it('lets a class be entered after the fact, and calls nobody to it', async () => {
    await clerk.says('建班 《党性教育专题班》 11月18日 9:00-11:30 党性教育 3学时 教务处全体');
    expect(await clerk.says('确认')).toContain('课次都已过去，没有发通知');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });
});

describe('a timetable below the share of the rules', () => {
  const low = '建班 《管理能力班》 11月24日 9:00-11:30 专业化能力 3学时 教务处全体';

  it('of a clerk waits for the department head, who agrees with a reason', async () => {
    expect(await clerk.says(low)).toContain('只占 0 %，低于规定的 70 %');
    expect(await clerk.taps('报部长审定（2 人）')).toContain('报部长审定；同意后开班');
    expect(await course()).toMatchObject({ state: 'proposed' });
    expect(chat.as(people.cadre).texts()).toEqual([]);
    expect(head.last()).toContain('赵敏建立的培训班 1001《管理能力班》');
    expect(await head.submits({ verdict: 'approve', words: '' })).toContain('请写明理由');
    expect(await clerk.presses({ command: '建班', args: { decide: 1001, verdict: 'approve', words: '好' } })).toContain(
      '由部长审定，您没有这项权限',
    );
    const form = head.button('提交决定')?.press;
    expect(await head.submits({ verdict: 'approve', words: '任务急需' })).toContain('已同意，培训班 1001');
    expect(await course()).toMatchObject({ state: 'open', exception: { reason: '任务急需', by: 'E0002' }, version: 2 });
    expect(clerk.last()).toContain('部长已同意培训班 1001《管理能力班》开班，理由：任务急需');
    expect(chat.as(people.cadre).last()).toContain('请您参加培训班 1001');
    expect(await head.presses(form, { verdict: 'refuse', words: '不' })).toContain('已不在等待审定');
  });

  it('shows the department head what follows and why the clerk asks for it, and keeps that', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    await clerk.says('确认');
    await clerk.says(low.replace('11月24日', '11月28日'));
    expect(await clerk.says('理由 上级统一部署')).toContain('理由：上级统一部署');
    await clerk.taps('报部长审定（2 人）');
    expect(head.last()).toContain('经办的理由：上级统一部署');
    expect(head.last()).toContain('共 2 人：教务处 2 人。同意后开班并逐人通知');
    expect(head.last()).toContain('在周末或节假日：11月28日');
    await head.submits({ verdict: 'approve', words: '任务急需' });
    expect(await clerk.says('培训 1002')).toContain('经办报审的理由：上级统一部署');
  });

  it('may be withdrawn while it waits: the department head hears of it, nobody else', async () => {
    await clerk.says(low);
    await clerk.says('确认');
    expect(await clerk.says('培训 1001 取消 理由 另行安排')).toContain('2 名参训人员都没有收到通知');
    expect(await clerk.says('确认')).toContain('没有通知参训人员');
    expect(clerk.button('调整课次')).toBeUndefined();
    expect(head.last()).toContain('赵敏已撤回待审定的培训班 1001《管理能力班》，不用再审定。理由：另行安排。');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('is cancelled when the department head refuses', async () => {
    await clerk.says(low);
    await clerk.says('确认');
    expect(await head.says('建班 1001 不同意 请增加党性教育')).toContain('已取消');
    expect(await course()).toMatchObject({ state: 'cancelled', reason: '请增加党性教育' });
    expect(clerk.last()).toContain('没有同意培训班 1001《管理能力班》开班，已取消，理由：请增加党性教育');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('of the department head needs the reason in the same step', async () => {
    expect(await head.says(low)).toContain('请写明理由后确认');
    expect(await head.says('确认')).toContain('请写明理由，将存档备查');
    expect(await all()).toEqual([]);
    expect(await head.submits({ reason: '上级部署' })).toContain('已建立培训班 1001');
    expect(await course()).toMatchObject({ state: 'open', exception: { reason: '上级部署', by: 'E0002' } });
    await head.says(low.replace('24日', '25日'));
    await head.says('理由 另有安排');
    expect(await head.says('确认')).toContain('已建立培训班 1002');
  });
});

describe('the next run of a class', () => {
  it('takes over its timetable and settings, moved to its first day', async () => {
    await clerk.says(
      '建班 《党性教育专题班》 签退 教务处全体\n11-24 9:00-11:30 党性教育 3学时 甲\n11-26 9:00-11:30 理论教育 3学时 乙',
    );
    await clerk.says('确认');
    expect(await clerk.presses({ command: '建班', args: { repeats: '1001' } })).not.toContain('还没有保存');
    await clerk.says('取消');
    await clerk.says('下一期 1001 全体正职');
    expect(fieldsOf(clerk)).toMatchObject({ startsOn: { fault: '请选择第一天。' }, signsOut: { value: 'yes' } });
    await clerk.says('取消');
    expect(await clerk.says('下一期 1001 12月8日 全体正职')).toContain('接续：1001');
    await clerk.says('确认');
    expect(await course(1002)).toMatchObject({
      repeats: 1001,
      signsOut: true,
      sessions: [
        { day: '2026-12-08', topic: '甲' },
        { day: '2026-12-10', topic: '乙' },
      ],
    });
    await clerk.says('下一期 9999 12月8日 全体正职');
    expect(fieldsOf(clerk)).toMatchObject({ repeats: { fault: expect.stringContaining('没有班号为 9999') } });
  });

  it('says who has hours of an earlier run', async () => {
    const credits = [{ content: 'party-spirit' as const, year: 2026, no: null, entryId: 1001 }];
    await openCourse(chat, {}, [people.cadre]);
    await chat.write((tx) =>
      tx.put(enrolments, makeEnrolment({ courseId: 1001, staffNo: people.cadre.staffNo, credits })),
    );
    expect(await clerk.says('下一期 1001 12月8日 教务处全体')).toContain(
      '参加过以前的期次、已得学时的有 1 人，再参加会另记学时：王芳。',
    );
  });
});

describe('a group', () => {
  beforeEach(() =>
    chat.write((tx) => tx.put(chats, { messenger: 'simulator', id: group, name: '中层干部学习群', bulletin: true })),
  );

  it('hears of a class once, without names, and everybody looks at their own in private', async () => {
    await clerk.says(`${spoken} 全体正职`);
    await clerk.says('确认');
    expect(await clerk.taps('发到“中层干部学习群”')).toContain('已把培训班 1001');
    const notice = chat.inGroup(people.cadre).last();
    expect(notice).toContain('参训人员：全体中层正职');
    expect(notice).not.toContain('欧阳明月');
    expect(await clerk.taps('发到“中层干部学习群”')).toContain('发过通知');
    await chat.inGroup(people.unitHead).taps('我的安排');
    expect(chat.as(people.unitHead).last()).toContain('还没有您的考勤记录');
    await chat.inGroup(people.cadre).taps('我的安排');
    expect(chat.as(people.cadre).last()).toContain('您不在培训班 1001《党性教育专题班》的参训名单中');
  });

  it('cannot open one', async () => {
    expect(await chat.inGroup(people.clerk).says(`${spoken} 全体正职`)).toContain('私聊');
    expect(await all()).toEqual([]);
  });
});

describe('nobody else', () => {
  it.each([people.cadre, people.unitHead, people.archivist])('opens a class: $name', async (who) => {
    expect(await chat.as(who).says(`${spoken} 教务处全体`)).toContain('没有这项权限');
    expect(await chat.as(who).presses({ command: '建班', args: {} }, { title: '班', filled: true })).toContain(
      '没有这项权限',
    );
  });

  it('confirms an old draft', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const old = clerk.button('确认（2 人）');
    await clerk.says(`${spoken} 外国语学院全体`);
    expect(await clerk.presses(old?.press)).toContain('没有提交');
    expect(await clerk.presses({ command: '建班', args: { filled: true, title: 'x'.repeat(200) } })).toContain(
      '还没有保存',
    );
    expect(await all()).toEqual([]);
  });
});

describe('an Excel timetable', () => {
  const columns = ['课次', '日期', '起止', '内容', '专题', '主讲', '地点', '学时'];
  const workbook = async (...rows: (string | number | null)[][]) => {
    const sheet = { name: '课程表', title: '课程表', columns: columns.map((name) => ({ name, width: 12 })), rows };
    const bytes = await writeWorkbook([sheet], chat.clock.now());
    return { name: '课程表.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) };
  };
  const good = [1, '11月24日（周二）', '9:00-11:30', '党性教育', '党性修养', '张教授', '教学楼 301', 3];

  it('takes the place of the 课次 of the open draft', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const file = await workbook(good, [2, '2026-11-25', '下午', '理论教育：“两山”理论', null, null, null, '3学时']);
    expect(await clerk.sends(file)).toContain('2 个课次，参训 2 人');
    await clerk.says('确认');
    expect((await course())?.sessions).toMatchObject([
      { day: '2026-11-24', topic: '党性修养', place: '教学楼 301', hours: 300 },
      { day: '2026-11-25', start: '14:00', topic: '“两山”理论', content: 'theory' },
    ]);
  });

  it('comes along with the word and the people, twenty of them, and all are told', async () => {
    const staff = Array.from({ length: 20 }, (_, i) =>
      makeCadre({
        staffNo: `E20${String(i).padStart(2, '0')}`,
        name: `学员${'甲乙丙丁'[i % 4]}${i}`,
        unit: '数学学院',
      }),
    );
    await chat.write(async (tx) => {
      for (const one of staff) await tx.put(cadres, one);
    });
    const file = await workbook(good, [2, '2026-11-25', '下午', '理论教育', null, null, null, 3]);
    expect(await clerk.sends(file, '建班 《党性教育专题班》 数学学院全体')).toContain('2 个课次，参训 20 人');
    expect(await clerk.taps('确认（20 人）')).toContain('参训 20 人，已逐人通知');
    expect(await enrolled()).toHaveLength(20);
    expect(staff.every((one) => chat.as(one).last().startsWith('请您参加培训班 1001《党性教育专题班》'))).toBe(true);
  });

  it('is refused with every faulty row and column, and the draft stays', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const said = await clerk.sends(
      await workbook(
        good,
        [2, '11月25日（周一）', '九点', '党建', null, null, null, '两天'],
        [3, null, null, null, null, null, null, null],
      ),
    );
    expect(said).toContain('“课程表.xlsx”有 4 处有误，没有采用');
    expect(said).toContain('第 4 行“日期”列写的是“11月25日（周一）”');
    expect(said).toContain('第 4 行“起止”列写的是“九点”，应为起止时间');
    expect(said).toContain('第 4 行“学时”列写的是“两天”');
    expect(said).not.toContain('第 5 行');
    expect(await clerk.says('确认')).toContain('已建立培训班');
  });

  it('may have its times in two columns, as Excel keeps them, and 半天 for its hours', async () => {
    const names = ['日期', '开始时间', '结束时间', '内容', '课时'];
    const rows = [['11月24日', 0.375, '11:30', '党性教育', '半天']];
    const sheet = { name: '课程表', title: '课程表', columns: names.map((name) => ({ name, width: 12 })), rows };
    const bytes = await writeWorkbook([sheet], chat.clock.now());
    const file = { name: '课程表.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) };
    expect(await clerk.sends(file, '建班 《党性教育专题班》 教务处全体')).toContain(
      '11月24日 周二 09:00–11:30 | 党性教育 | 4',
    );
  });

  it('says what stands in which column when one is missing', async () => {
    const columns = ['日期', '起止', '课程内容', '学时'].map((name) => ({ name, width: 12 }));
    const rows = [['11月24日', '9:00-11:30', '党性修养', 3]];
    const bytes = await writeWorkbook([{ name: '课程表', title: '课程表', columns, rows }], chat.clock.now());
    const file = { name: '课程表.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) };
    const said = await clerk.sends(file, '建班 《党性教育专题班》 教务处全体');
    expect(said).toContain('缺少“内容”列，请补上后再试');
    expect(said).toContain('“内容”列填理论教育、党性教育、专业化能力或知识培训');
    expect(clerk.button('下载课程表模板')).toBeDefined();
  });

  it('has an empty template, which reads as no timetable', async () => {
    await clerk.says('建班 模板');
    const file = clerk.lastFile();
    expect(file?.name).toBe('课程表模板.xlsx');
    await clerk.says(`${spoken} 教务处全体`);
    expect(await clerk.sends({ name: '课程表模板.xlsx', size: 100, blob: file?.blob ?? '' })).toContain('里没有课次');
  });

  it('comes along with words for the open draft, which a faulty one leaves there', async () => {
    await clerk.says(`${spoken} 教务处全体`);
    const faulty = await workbook([1, '11月24日', '25:00', '党性教育', null, null, null, 3]);
    expect(await clerk.sends(faulty, '体会900字')).toContain('没有采用');
    expect(await clerk.sends(await workbook(good), '班主任 李䶮')).toContain('不少于 900 字');
    expect(
      await clerk.sends(await workbook(good, [2, '2026-11-25', '下午', '理论教育', null, null, null, 3]), '体会800字'),
    ).toContain('2 个课次');
    await clerk.says('确认');
    expect(await course()).toMatchObject({ tutor: 'E0013', reflection: { minLength: 800 }, sessions: [{}, {}] });
  });

  it('opens the form when it comes alone, from somebody who may open a class', async () => {
    expect(await clerk.sends(await workbook(good))).toContain('班名：请填写这一项');
    expect(await clerk.sends(await workbook(good), '名单')).not.toContain('班名');
    expect(await chat.as(people.archivist).sends(await workbook(good))).toContain(
      '“课程表.xlsx”没有导入：这个文件像是课程表',
    );
  });

  it('goes to the class whose form was shown before, and again when it is corrected', async () => {
    await clerk.says('建班 《跨年班》 教务处全体');
    expect(await clerk.sends(await workbook([1, '11月24日', '25:00', '党性教育', null, null, null, 3]))).toContain(
      '25:00',
    );
    expect(await clerk.sends(await workbook(good))).toContain('1 个课次，参训 2 人');
    await clerk.says('确认');
    expect(await course()).toMatchObject({ title: '跨年班' });
  });

  it.each([
    ['a faulty row', () => workbook([1, '11月24日', '25:00', '党性教育', null, null, null, 3])],
    ['no workbook', async () => ({ ...(await workbook(good)), name: '课程表.csv' })],
  ])('keeps what was said with a file that has %s', async (_, file) => {
    await clerk.sends(await file(), '建班 《党性教育专题班》 教务处全体 体会800字');
    expect(await clerk.sends(await workbook(good))).toContain('《党性教育专题班》，11月24日，1 个课次，参训 2 人');
    expect(clerk.last()).toContain('不少于 800 字');
  });
});
