import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { examResults } from '../../src/domain/exam.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  await openCourse(chat, { exam: { passMark: 60 } }, [people.unitHead, people.cadre, people.namesake, people.newcomer]);
});
afterEach(async () => {
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  await chat.close();
});

const results = () => chat.store.read((view) => listAll(view, examResults));
const owed = () => chat.store.read((view) => listAll(view, makeUps));

describe('scores of a class', () => {
  it('are read from one sentence, shown, entered, and told each person alone; who fails owes a resit', async () => {
    expect(await clerk.says('成绩 1001')).toContain('应考 4 人，已登成绩 0 人，合格 0 人');
    const draft = await clerk.says('成绩 1001 欧阳明月 85、李䶮 58.5，E0011 缺考');
    expect(draft).toContain('成绩 3 人，其中不合格 2 人');
    expect(await results()).toEqual([]);
    expect(await clerk.says('确认')).toContain('已登记 3 人成绩，2 人不合格，已通知补考');
    expect(chat.as(people.unitHead).last()).toBe('您在《党性教育专题班》闭卷考试的成绩：85 分（合格）。');
    expect(chat.as(people.newcomer).last()).toContain('58.5 分（不合格）。请在2027年1月19日前补考');
    expect(chat.as(people.cadre).last()).toContain('缺考（不合格）');
    expect((await owed()).map(({ staffNo, cause, no }) => [staffNo, cause, no])).toEqual([
      ['E0011', 'failed', 0],
      ['E0013', 'failed', 0],
    ]);
    expect(await clerk.says('成绩 1001')).toContain('还没有成绩：王芳');
  });

  it.each([
    ['成绩 1001 张三 85', '没有登记。\n“张三”不在本班名单中，请写全名或工号，或删去。'],
    ['成绩 1001 李䶮 101', '成绩须在 0 至 100 分之间：李䶮 101'],
    ['成绩 1001 李䶮 -5', '成绩须在 0 至 100 分之间：李䶮 -5'],
    ['成绩 1001 李䶮 好', '没有看懂：李䶮 好'],
    ['成绩 1001 李䶮 85、李䶮 86', '“李䶮”写了两次，请只留一次。'],
    ['成绩 1001 补考 李䶮 85', '还没有正考成绩'],
  ])('%s enters nothing', async (said, answer) => {
    expect(await clerk.says(said)).toContain(answer);
    expect(await clerk.says('确认')).toContain('没有等待确认');
    expect(await results()).toEqual([]);
  });

  it('ask which of two people with one name is meant', async () => {
    expect(await clerk.says('成绩 1001 王芳 85、李䶮 90')).toContain('本班有 2 位“王芳”，请选择；还没有保存');
    expect(await clerk.taps('王芳 教务处')).toContain('成绩 2 人，其中不合格 0 人');
    await clerk.says('成绩 1001 王芳 85');
    expect(await clerk.says('外国语学院')).toContain('王芳 | 外国语学院 | 85 分');
    await clerk.says('确认');
    expect((await results()).map(({ staffNo, score }) => [staffNo, score])).toEqual([['E0012', 8500]]);
  });

  it('come from the form as they are pasted from a spreadsheet', async () => {
    await clerk.says('成绩 1001');
    expect(await clerk.submits({ scores: 'E0010\t欧阳明月\t90\n李䶮\t59.99', resit: 'first' })).toContain(
      '其中不合格 1 人',
    );
    await clerk.taps('登记 2 人成绩');
    expect((await results()).map(({ score, passed }) => [score, passed])).toEqual([
      [9000, true],
      [5999, false],
    ]);
  });

  it.each([
    [
      ['工号', '姓名', '单位', '成绩'],
      ['E0011', '王芳', '教务处', 88],
      [null, '李䶮', '外国语学院', '缺考'],
    ],
    [
      ['姓名', '成绩'],
      ['E0011', 88],
      ['李䶮', '缺考'],
    ],
  ])('come as a workbook as well: %j', async (names, ...rows) => {
    await clerk.says('成绩 1001');
    const columns = names.map((name) => ({ name: String(name), width: 12 }));
    const bytes = await writeWorkbook([{ name: '成绩', title: '成绩', columns, rows }], chat.clock.now());
    const file = { name: '成绩.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) };
    expect(await clerk.sends(file)).toContain('成绩 2 人，其中不合格 1 人');
    expect(await clerk.says('确认')).toContain('已登记 2 人成绩');
  });

  it('a passed resit closes what was owed, a second failure does not', async () => {
    await clerk.says('成绩 1001 李䶮 40');
    await clerk.says('确认');
    await clerk.says('成绩 1001 补考 李䶮 50');
    await clerk.says('确认');
    expect((await owed())[0]?.state).toBe('open');
    await clerk.says('成绩 1001 补考 李䶮 60');
    await clerk.says('确认');
    expect((await owed())[0]).toMatchObject({ state: 'accepted', way: 'resit', decidedBy: 'system' });
    expect(chat.as(people.newcomer).last()).toContain('60 分（第 2 次补考，合格）。补考已完成。');
    expect(await chat.as(people.newcomer).says('成绩')).toBe(
      '《党性教育专题班》闭卷考试：60 分（第 2 次补考，合格）。',
    );
    expect(await clerk.says('成绩 1001 补考 李䶮 90')).toContain('考试已合格，不用补考');
    await openCourse(chat, { id: 1002, title: '保密教育', exam: { passMark: 60 } }, [people.newcomer]);
    await clerk.says('成绩 补考 李䶮 66');
    expect(await clerk.taps('1002 保密教育')).toContain('还没有正考成绩');
  });

  it('change only with a reason, which the person hears, and the resit follows', async () => {
    await clerk.says('成绩 1001 李䶮 40');
    await clerk.says('确认');
    expect(await clerk.says('成绩 1001 李䶮 70')).toContain('已有成绩，更正须写明理由');
    await clerk.says('成绩 1001 李䶮 70 理由 登分有误');
    await clerk.says('确认');
    expect(chat.as(people.newcomer).last()).toContain('由 40 分更正为 70 分（合格）。理由：登分有误');
    expect((await owed())[0]?.state).toBe('waived');
    await clerk.says('成绩 1001 李䶮 40 理由 再次核对');
    await clerk.says('确认');
    expect((await owed())[0]?.state).toBe('open');
    expect((await results())[0]?.earlier.map(({ score }) => score)).toEqual([4000, 7000]);
  });

  it.each(['', '补考 '])(
    'that were passed in the resit and are put right to a fail (%s) bring it back',
    async (resit) => {
      await clerk.says('成绩 1001 李䶮 50、王芳 E0011 55');
      await clerk.says('确认');
      await clerk.says('成绩 1001 补考 李䶮 60');
      await clerk.says('确认');
      expect((await owed()).find(({ staffNo }) => staffNo === 'E0013')).toMatchObject({ state: 'accepted' });
      await clerk.says(`成绩 1001 ${resit}李䶮 59 理由 补考登错`);
      expect(await clerk.says('确认')).toContain('已登记 1 人成绩，1 人不合格，已通知补考');
      expect(chat.as(people.newcomer).last()).toContain(
        '由 60 分更正为 59 分（第 1 次补考，不合格）。理由：补考登错。',
      );
      expect(chat.as(people.newcomer).last()).toContain('请在2027年1月19日前补考');
      expect((await owed()).find(({ staffNo }) => staffNo === 'E0013')).toMatchObject({ state: 'open', way: 'resit' });
      expect(await chat.as(people.newcomer).says('待办')).toContain('补考：1001《党性教育专题班》闭卷考试');
    },
  );

  it('ask for no resit of whoever leaves the class, and of nobody when it is cancelled', async () => {
    await clerk.says('成绩 1001 李䶮 50、E0011 缺考');
    await clerk.says('确认');
    const states = async () => (await owed()).map(({ staffNo, state }) => [staffNo, state]);
    await clerk.says('名单 1001 去掉 李䶮');
    await clerk.says('确认');
    expect(chat.as(people.newcomer).last()).toContain('《党性教育专题班》闭卷考试不用再补考');
    expect(await states()).toEqual([
      ['E0011', 'open'],
      ['E0013', 'waived'],
    ]);
    await clerk.says('名单 1001 加上 李䶮');
    await clerk.says('确认');
    expect(await states()).toEqual([
      ['E0011', 'open'],
      ['E0013', 'open'],
    ]);
    await clerk.says('名单 1001 去掉 李䶮、欧阳明月');
    await clerk.says('确认');
    await clerk.says('成绩 1001 欧阳明月 90');
    expect(clerk.last()).toContain('欧阳明月：不在应考人员中');
    expect(await clerk.says('培训 1001 取消 理由 上级要求')).toContain('补训：新增 0 项，撤销 1 项');
    await clerk.says('确认');
    expect(await states()).toEqual([
      ['E0011', 'waived'],
      ['E0013', 'waived'],
    ]);
    expect(await clerk.says('成绩 1001 补考 E0011 70')).toContain('已取消或还没有开班，没有登记成绩');
  });

  it('of an exam that is sat later are not entered yet', async () => {
    expect(await clerk.says('成绩 1001 李䶮 缓考')).toContain('缓考的先不登记，考后再登');
  });

  it('are seen by nobody else, and not entered by cadres, for oneself or without an exam', async () => {
    expect(await chat.as(people.cadre).says('成绩')).toBe('您还没有考试成绩。');
    expect(await chat.as(people.cadre).says('成绩 1001 李䶮 90')).toContain('由经办、部长办理');
    await openCourse(chat, { id: 1002, title: '没有考试的班' }, [people.clerk]);
    expect(await clerk.says('成绩 1002 赵敏 90')).toContain('没有安排闭卷考试');
    await openCourse(chat, { id: 1003, title: '自己也参加的班', exam: { passMark: 60 } }, [people.clerk]);
    expect(await clerk.says('成绩 1003 赵敏 90')).toContain('不能登记自己的成绩');
    expect(await clerk.says('成绩')).toContain('请选择培训班');
    expect(await chat.inGroup(people.clerk).says('成绩 1001')).toContain('私聊');
  });
});
