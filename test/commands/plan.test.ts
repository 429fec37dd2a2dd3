import { afterEach, beforeEach, expect, it } from 'vitest';
import { collections } from '../../src/collections.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { openChat, type TestChat, type Window } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { openCourse } from '../support/course.ts';

let chat: TestChat;
let clerk: Window;
let head: Window;
beforeEach(async () => {
  chat = await openChat();
  clerk = chat.as(people.clerk);
  head = chat.as(people.head);
});
afterEach(async () => {
  expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
  await chat.close();
});

const spirit = '《党性教育专题班》 3月 党性教育 12学时 理论教育 200学时 全体正职';
const ability = '《治理能力班》 4月至5月 专业化能力 300学时 外国语学院全体';

it('a plan is made line by line, held against 70 %, and approved by the head with a reason', async () => {
  expect(await clerk.says('计划 2027')).toContain('2027 年还没有培训计划');
  const draft = await clerk.submits({ add: `${spirit}\n${ability}` });
  expect(draft).toContain('2027 年新增 2 项培训，共 512 学时');
  expect(draft).toContain('全体正职（3 人）');
  expect(draft).toContain('全年理论教育和党性教育占比：41.4 %，低于 70 % 的要求（三.4），须由部长写明理由审定');
  expect(await clerk.says('确认')).toContain(
    '已加入 2027 年计划 2 项。编好后请发送“计划 2027 报审”，由部长审定后生效。',
  );
  const shown = await clerk.says('计划 2027');
  expect(shown).toContain('低于 70 % 的要求（三.4），须由部长写明理由审定');
  expect(shown).toContain('还有 5 人没有安排 2027 年的专业化能力培训');
  expect(await clerk.says('计划 2027 审定 理由 急需')).toContain('由部长审定');
  expect(await clerk.says('计划 2027 名单')).toContain('组织部：周正、沈建国、赵敏');
  expect(await head.says('计划 2027 审定')).toContain('还没有审定。请写明理由，可以直接回复');
  expect(await head.says('取消')).toContain('取消');
  await head.says('计划 2027 审定');
  expect(await head.says('治理能力是今年重点')).toContain('2027 年度培训计划已审定');
  expect(await clerk.says('计划 2027')).toContain('已由沈建国于2026年11月20日审定，理由：治理能力是今年重点');
});

it('a plan that the clerk reports ready waits in 待办 of the head, who hears of it once for each version', async () => {
  await clerk.says(`计划 2027 加 ${ability}`);
  await clerk.says('确认');
  expect(await head.says('待办')).not.toContain('年度培训计划');
  expect(await clerk.taps('报部长审定')).toContain('2027 年计划已报沈建国，审定后会告诉您');
  expect(head.last()).toContain('赵敏报请审定年度培训计划：2027 年计划培训 1 项，共 300 学时');
  expect(await clerk.says('计划 2027 报审')).toContain('没有重复报送');
  expect(await clerk.says('计划 2027')).toContain('已由赵敏报部长审定，等待审定');
  await clerk.says(`计划 2027 加 ${spirit}`);
  expect(await clerk.says('确认')).toContain('计划有变动，须重新审定。编好后请发送“计划 2027 报审”');
  expect(await head.says('待办')).not.toContain('年度培训计划');
  chat.clock.pass(1);
  await clerk.says('计划 2027 报审');
  expect(head.texts().filter((one) => one.includes('报请审定'))).toHaveLength(2);
  expect(await head.says('待办')).toContain('审定 2027 年度培训计划');
  await head.taps('审定计划');
  // As a card would that was opened before the plan has changed.
  const old = { command: '计划', args: { year: 2027, approve: true, seen: '0123456789abcdef', reason: '急需' } };
  expect(await head.presses(old)).toContain('在您打开这张卡片后有变动，没有审定');
  expect(await head.says('计划 2027 审定 理由 治理能力是今年重点')).toContain('已审定');
  expect(clerk.last()).toContain('您报送的 2027 年度培训计划已由沈建国审定');
  expect(await clerk.says('计划 2027 报审')).toContain('已审定，没有变动');
  expect(await head.says('待办')).not.toContain('年度培训计划');
});

it('a plan that the head sends back says what has to change until it is reported ready again', async () => {
  await clerk.says(`计划 2027 加 ${spirit}`);
  await clerk.says('确认');
  expect(await head.says('计划 2027')).not.toContain('退回修改');
  expect(await head.says('计划 2027 退回 增加专业化能力培训')).toContain('2027 年计划没有报审，不用退回');
  await clerk.says('计划 2027 报审');
  expect(await clerk.says('计划 2027 退回 增加专业化能力培训')).toContain('由部长审定或退回');
  await head.says('计划 2027');
  expect(await head.taps('退回修改')).toContain('2027 年计划要怎么改？请写明理由');
  expect(await head.says('好的')).toContain('请写明理由');
  expect(await head.says('增加专业化能力培训')).toContain('已把 2027 年计划退回赵敏，改好后会重新报审');
  expect(clerk.last()).toContain('沈建国退回了 2027 年度培训计划：增加专业化能力培训。改好后请再报审');
  expect(await head.says('待办')).not.toContain('年度培训计划');
  expect(await head.says('计划 2027 退回 增加专业化能力培训')).toContain('没有报审');
  const returned = '沈建国于2026年11月20日退回：增加专业化能力培训';
  await clerk.says(`计划 2027 加 ${ability}`);
  await clerk.says('确认');
  expect(await clerk.says('计划 2027')).toContain(returned);
  await clerk.taps('报部长审定');
  expect(await clerk.says('计划 2027')).not.toContain(returned);
  expect(await head.says('待办')).toContain('审定 2027 年度培训计划');
  expect(await head.says('计划 2027 审定 理由 治理能力是今年重点')).toContain('已审定');
});

it('a class that waits for the head is in their 待办', async () => {
  await openCourse(chat, { state: 'proposed' }, [people.cadre]);
  expect(await head.says('待办')).toContain('审定培训班 1001《党性教育专题班》');
  expect(await head.taps('审定开班')).toContain('建班 1001 同意 理由');
  expect(await clerk.says('待办')).not.toContain('审定');
});

it('what is not understood keeps everything back and is said line by line', async () => {
  const said = await clerk.says(
    `计划 2027 加 ${spirit}\n《没有时间》 理论 8 全体正职\n《没有人》 3月 理论 8 哲学系全体\n《同名》 3月 理论 8 王芳`,
  );
  expect(said).toContain('有 3 行需要改正，没有加入');
  expect(said).toContain('第 2 行“《没有时间》 理论 8 全体正职”缺时间');
  expect(said).toContain('第 3 行“《没有人》 3月 理论 8 哲学系全体”没有找到：哲学系全体');
  expect(said).toContain('第 4 行“《同名》 3月 理论 8 王芳”有同名的：王芳');
  expect(await clerk.says('计划 2027')).toContain('还没有培训计划');
});

it('a training is dropped and brought back, and a changed plan is approved again', async () => {
  await clerk.says(`计划 2027 加 ${spirit}`);
  await clerk.says('确认');
  await head.says('计划 2027');
  expect(await head.taps('审定计划')).toContain('已审定');
  expect(await clerk.says('计划 2027 去掉 1001')).toContain(
    '已从 2027 年计划去掉 1001《党性教育专题班》。计划有变动，须重新审定。编好后请发送“计划 2027 报审”',
  );
  expect(await clerk.says('计划 2027')).toContain('还没有培训计划');
  expect(await clerk.taps('恢复')).toContain('已恢复');
  expect(await clerk.says('计划 2027 去掉 1002')).toContain('2027 年计划里没有编号 1002');
  expect(await clerk.says('计划 2028 去掉 1001')).toContain('2028 年计划里没有编号 1001');
});

it('what is done by a button shows the plan as it is then, and a plan is approved once', async () => {
  await clerk.says(`计划 2027 加 ${spirit}`);
  await clerk.says('确认');
  await clerk.says('计划 2027');
  await clerk.taps('报部长审定');
  expect(clerk.lastCard()).toMatchObject({ tone: 'good', title: '2027 年度培训计划' });
  expect(clerk.last()).toContain('已由赵敏报部长审定，等待审定');
  expect(clerk.button('报部长审定')).toBeDefined();
  await head.says('计划 2027');
  await head.taps('审定计划');
  expect(head.lastCard()).toMatchObject({ tone: 'good' });
  chat.clock.pass(60 * 24);
  expect(await head.says('计划 2027 审定 理由 换个理由')).toContain(
    '2027 年计划已审定，没有变动，不用再审。已由沈建国于2026年11月20日审定。',
  );
});

it('a plan that is not the one on the card is not approved, however alike the two are', async () => {
  const lines = ['甲班', '乙班', '丙班', '丁班'].map((title) => `《${title}》 3月 党性教育 50学时 全体正职`);
  await clerk.says(`计划 2027 加 ${lines.join('\n')}`);
  await clerk.says('确认');
  for (const id of [1002, 1003]) await clerk.says(`计划 2027 去掉 ${id}`);
  await head.says('计划 2027');
  for (const id of [1002, 1003]) await clerk.says(`计划 2027 恢复 ${id}`);
  for (const id of [1001, 1004]) await clerk.says(`计划 2027 去掉 ${id}`);
  expect(await head.taps('审定计划')).toContain('在您打开这张卡片后有变动，没有审定');
});

it('the faults of a line are said at once', async () => {
  const said = await clerk.says(
    '计划 2027 加 《甲班》 3、4月 党性教育 处级以上\n《乙班》 11月至2月 党性教育 4学时 全体正职 3',
  );
  expect(said).toContain('时间不止一段，请分成几项；连续的月份请写成 3月至4月；缺内容和学时');
  expect(said).toContain('没有找到：处级以上');
  expect(said).toContain('结束早于开始；跨年请写成 11月至次年2月；没有看懂：3');
  const help = /对象可以写：(.*)，或姓名/.exec(said)?.[1] ?? '';
  expect(await clerk.says(`计划 2027 加 《甲班》 3月 党性教育 4学时 ${help}`)).toContain(`${help}（7 人）`);
});

it('is kept by the department alone', async () => {
  const cadre = chat.as(people.cadre);
  expect(await cadre.says(`计划 2027 加 ${spirit}`)).toContain('由经办、部长编制');
  await cadre.presses({ command: '计划', args: { year: 2027, approve: true } });
  expect(cadre.last()).toContain('由经办、部长编制');
  expect(await cadre.says('计划 2027')).toContain('没有已安排的培训');
  expect(await clerk.says('计划 明年怎么样')).toContain('没有看懂');
});
