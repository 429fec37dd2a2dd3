import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWorkbook } from '../../src/documents/write-workbook.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { courses, enrolments } from '../../src/domain/course.ts';
import { instantAt, timeOf } from '../../src/domain/day.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { makeUps } from '../../src/domain/make-up.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { college, makeCadre, people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';

const pupils = ['张三', '李四', '王五', '赵六'].map((name, i) =>
  makeCadre({ staffNo: `E20${i}1`, name, unit: '科研处' }),
);
const [zhang, li, wang, zhao] = pupils.map(({ staffNo }) => staffNo);
let chat: TestChat;
beforeEach(async () => {
  chat = await openChat({ people: [...college, ...pupils] });
  chat.clock.set(instantAt('2026-11-20', '12:30'));
});
afterEach(() => chat.close());

const statesOf = async () =>
  (await chat.store.read((view) => listAll(view, attendances))).map(({ staffNo, state }) => `${staffNo} ${state}`);
const hoursOf = async (staffNo = '') =>
  (await chat.store.read((view) => listAll(view, hourEntries, { index: 'byPerson', equals: [staffNo] })))
    .filter(({ state }) => state === 'approved')
    .reduce((sum, { hours }) => sum + hours, 0);
const owedBy = (staffNo = '') =>
  chat.store.read(async (view) =>
    (await listAll(view, makeUps, { index: 'byPerson', equals: [staffNo] })).map(({ no, state }) => `${no} ${state}`),
  );
const clerk = () => chat.as(people.clerk);
const windowOf = (staffNo = '') => chat.as(staffNo);

describe('more on one day than it holds', () => {
  const whole = (id: number, start: string, end: string) =>
    openCourse(
      chat,
      { id, title: `专题班${id}`, sessions: [makeSession({ start, end, hours: 800 })] },
      pupils.slice(0, 2),
    );

  it('is credited as it was, and both the person and the clerk hear of it', async () => {
    await whole(1001, '08:30', '11:30');
    await whole(1002, '09:00', '12:00');
    await clerk().says('考勤 1001 第1课次 全部到');
    await clerk().says('确认');
    await clerk().taps('确认考勤');
    expect(windowOf(zhang).last()).not.toContain('上限');
    expect(await clerk().says('考勤 1002 第1课次 张三 出勤、李四 缺勤')).toContain(
      '请核对：张三在同一时间的 1001《专题班1001》第 1 课次（08:30—11:30）也是到课',
    );
    await clerk().says('确认');
    await clerk().taps('确认考勤');
    expect(windowOf(zhang).last()).toContain('11月20日各项培训合计 16 学时，超过一天 8 学时的上限，已请组织部核对。');
    expect(clerk().texts().join()).toContain(
      '张三（科研处）11月20日：合计 16 学时，上限 8 学时；培训班 1001《专题班1001》、培训班 1002《专题班1002》。',
    );
    expect(windowOf(li).texts().join()).not.toContain('上限');
    await clerk().says('考勤 1001 第1课次 张三 缺勤 理由 在另一个班上课');
    await clerk().says('确认');
    expect(await hoursOf(zhang)).toBe(800);
  });

  it('counts what was logged besides', async () => {
    await windowOf(zhang).says('登记 4学时 专业化能力 今天 《教学沙龙》 确认');
    await whole(1001, '08:30', '11:30');
    await clerk().says('考勤 1001 第1课次 全部到');
    await clerk().says('确认');
    await clerk().taps('确认考勤');
    expect(clerk().texts().join()).toMatch(
      /张三（科研处）11月20日：合计 12 学时，上限 10 学时；培训班 1001《专题班1001》、登记号 \d+。/,
    );
  });
});

describe('a roll by hand', () => {
  it('is taken in one sentence, shown before it is saved, and says by whom', async () => {
    await openCourse(chat, {}, pupils);
    const draft = await clerk().says('考勤 1001 第1课次 全部到，除了 张三 请假 理由 临时出差、李四 缺勤、王五 迟到');
    expect(draft).toContain('请核对：1001《党性教育专题班》第 1 课次（专题报告），将记录 4 人。');
    expect(draft).toContain('出勤 1 人：赵六');
    expect(draft).toContain('缺勤 1 人：李四');
    expect(draft).toContain('理由：临时出差\n没有准假、由您补记请假：张三（没有申请过）。');
    expect(await statesOf()).toEqual([]);
    const saved = await clerk().says('确认');
    expect(saved).toContain('已记录 4 人的考勤');
    expect(saved).toContain('应到 4，实到 2，迟到 1，请假 1，缺勤 1');
    expect(saved).toContain('记录方式：点名 4 人。点名或更正人：赵敏。');
    expect(await statesOf()).toEqual(['E2001 on-leave', 'E2011 absent', 'E2021 late', 'E2031 present']);
  });

  it('leaves alone who has signed in or is on leave, and names whom nothing is said of', async () => {
    await openCourse(chat, {}, pupils);
    await attend(chat, { staffNo: zhang ?? '', state: 'late' }, { staffNo: li ?? '', state: 'on-leave' });
    expect(await clerk().says('考勤 1001 第1课次 全部到')).toContain('已准假，保持请假：李四');
    await clerk().says('确认');
    expect(await statesOf()).toEqual(['E2001 late', 'E2011 on-leave', 'E2021 present', 'E2031 present']);
    await openCourse(chat, { id: 1002, title: '安全管理班' }, pupils);
    expect(await clerk().says('考勤 1002 第1课次 张三 出勤')).toContain(
      '没有提到、也没有签到的 3 人：李四、王五、赵六',
    );
  });

  it('writes down 请假 without an approved leave only with a reason, which it asks for and keeps', async () => {
    await openCourse(chat, { tutor: people.unitHead.staffNo }, [...pupils, people.namesake]);
    chat.clock.set(instantAt('2026-11-20', '08:00'));
    await windowOf(zhang).says('请假 1001 第1课次 出差开会');
    await clerk().says('请假 1001 不准 该课次有闭卷考试');
    await windowOf(li).says('请假 1001 第1课次 出差开会');
    await clerk().says('请假 1002 准');
    chat.clock.set(instantAt('2026-11-20', '12:30'));
    const asked = await clerk().says('考勤 1001 第1课次 全部到，除了 张三、李四、王芳（外国语学院） 请假');
    expect(asked).toContain('没有准假：王芳（没有申请过）、张三（申请过，已不准）。补记请假须写明理由');
    expect(await clerk().says('不知道')).toContain('“不知道”看不出理由，请至少写 4 个字');
    const draft = await clerk().says('理由 家中有急事');
    expect(draft).toContain('请假 2 人：王芳、张三');
    expect(draft).toContain('理由：家中有急事\n没有准假、由您补记请假：王芳（没有申请过）、张三（申请过，已不准）。');
    await clerk().says('确认');
    const last = async (staffNo = '') =>
      (await chat.store.read((view) => view.get(attendances, `1001:1:${staffNo}`)))?.marks.at(-1);
    expect(await last(zhang)).toMatchObject({ state: 'on-leave', source: 'roll', reason: '家中有急事' });
    expect(await last(li)).toMatchObject({ state: 'on-leave', source: 'leave' });
    expect(await last(wang)).toMatchObject({ state: 'present', reason: null });
    await clerk().says('考勤 1001 第1课次 王五 请假');
    expect(await clerk().submits({ reason: '临时出差' })).toContain('王五：出勤 → 请假');
  });

  it('does not let a 班主任 give leave, whoever else is in the sentence', async () => {
    await openCourse(chat, { tutor: people.unitHead.staffNo }, pupils);
    await attend(chat, { staffNo: wang ?? '', state: 'present' });
    chat.clock.set(instantAt('2026-11-20', '08:00'));
    await windowOf(wang).says('请假 1001 第1课次 出差开会');
    const tutor = chat.as(people.unitHead);
    await tutor.says('请假 1001 准');
    chat.clock.set(instantAt('2026-11-20', '12:30'));
    expect(await tutor.says('考勤 1001 第1课次 张三 请假 理由 临时出差')).toBe(
      '没有保存。没有准假，班主任不能记请假：张三（没有申请过）。请假须本人在课前发送“请假 1001 第1课次 事由”，批准后才算；课已开始的，请告诉经办，由经办写明理由补记。',
    );
    const draft = await tutor.says('考勤 1001 第1课次 全部到，除了 张三、王五 请假');
    expect(draft).toContain('没有准假，班主任不能记请假，没有计入：张三（没有申请过）。');
    expect(draft).toContain('没有提到、也没有签到的 1 人：张三。');
    await tutor.says('确认');
    expect(await statesOf()).toEqual(['E2011 present', 'E2021 on-leave', 'E2031 present']);
  });

  it('needs no number where one class is on', async () => {
    await openCourse(chat, {}, pupils);
    expect(await clerk().says('考勤 全部到')).toContain('将记录 4 人');
  });

  it('asks which of two people with one name is meant', async () => {
    await openCourse(chat, {}, [people.cadre, people.namesake]);
    expect(await clerk().says('考勤 1001 第1课次 全部到，除了王芳缺勤')).toContain(
      '本班有 2 位“王芳”，请选择；还没有保存',
    );
    expect(await clerk().taps('王芳 外国语学院')).toContain('缺勤 1 人：王芳（外国语学院）');
    await clerk().taps('确认（2 人）');
    expect(await statesOf()).toEqual(['E0011 present', 'E0012 absent']);
    await clerk().says('考勤 1001 第1课次 王芳 早退');
    expect(await clerk().says('教务处')).toContain('王芳（教务处）：出勤 → 早退');
  });

  it.each([
    ['考勤 1001 第1课次 全部到，除了 钱七 请假', '没有保存。“钱七”不在本班名单中，请写全名或工号，或删去。'],
    ['考勤 1001 第1课次 张三', '没有写明张三是出勤、迟到、早退、请假还是缺勤'],
    ['考勤 1001 第1课次 张三 缺勤，张三 请假', '没有保存。“张三”写了两次，请只留一次。'],
    ['考勤 1001 第7课次 全部到', '没有第 7 课次'],
    ['考勤 1001 你看着办', '“你看着办”'],
    ['考勤 4711', '没有找到培训班“4711”'],
  ])('saves nothing of %s', async (said, answer) => {
    await openCourse(chat, {}, pupils);
    expect(await clerk().says(said)).toContain(answer);
    expect(await statesOf()).toEqual([]);
  });

  it('is not for those who take it themselves', async () => {
    await openCourse(chat, {}, [people.clerk, ...pupils]);
    expect(await clerk().says('考勤 1001 第1课次 赵敏 出勤')).toContain('不能记录或更正自己的考勤');
    expect(await clerk().says('考勤 1001 第1课次 全部到')).toContain('您本人的考勤不由自己记');
    await clerk().says('确认');
    expect(await statesOf()).toHaveLength(4);
  });

  it('is not taken before the class opens, nor of one that does not take place', async () => {
    const sessions = [makeSession({ day: '2026-11-24' }), makeSession({ no: 2, cancelled: true })];
    await openCourse(chat, { sessions }, pupils);
    expect(await clerk().says('考勤 1001 第1课次 全部到')).toContain('11月24日 08:30 以后才能点名');
    expect(await clerk().says('考勤 1001 第2课次 全部到')).toContain('已取消，没有考勤');
  });

  it('is for the desk alone, and stays out of groups', async () => {
    await openCourse(chat, {}, pupils);
    expect(await chat.as(people.cadre).says('考勤 1001')).toContain('由');
    expect(
      await chat.as(people.cadre).presses({ command: '考勤', args: { id: 1001, no: 1, settle: true } }),
    ).not.toContain('已确认考勤');
    expect(await chat.inGroup(people.head).says('考勤 1001 第1课次')).not.toContain('张三');
    expect(chat.as(people.head).last()).toContain('未签到：张三、李四、王五、赵六');
  });
});

describe('a list of names and times', () => {
  it('is pasted, read by its times, shown, and saved after 确认', async () => {
    await openCourse(chat, {}, [...pupils, people.clerk]);
    await attend(chat, { staffNo: wang ?? '', state: 'on-leave' });
    await clerk().says('考勤 1001 第1课次');
    expect(await clerk().taps('导入签到表')).toContain(
      '请把1001《党性教育专题班》第 1 课次（专题报告）的签到名单粘贴到下一条消息',
    );
    const draft = await clerk().says(
      '姓名\t签到时间\t签退时间\n张三\t2026-11-20 08:55:10\t2026-11-20 12:02:00\nE2011 李四 09:20 11:30\n王五\n赵六，10:01\n赵敏 08:50',
    );
    expect(draft).toContain('迟到并早退 1 人：李四');
    expect(draft).toContain('缺勤 1 人：赵六');
    expect(draft).toContain('签到 10:00 截止，之后才到，记缺勤：赵六（10:01 到）。');
    expect(draft).not.toContain('王五');
    expect(draft).toContain('您本人的考勤不由自己记');
    expect(await clerk().says('确认')).toContain('签到表 3 人');
    expect(await statesOf()).toEqual(['E2001 present', 'E2011 late-left-early', 'E2021 on-leave', 'E2031 absent']);
    await windowOf(zhao).says('异议 1001 第1课次 我没有缺勤');
    expect(windowOf(zhao).last()).toContain('缺勤（签到表，10:01 签到）');
  });

  it('comes as a workbook as well', async () => {
    await openCourse(chat, {}, pupils);
    await clerk().says('考勤 1001 第1课次 签到表');
    const send = async (columns: string[], rows: (string | null)[][]) => {
      const sheet = { name: '签到', title: '签到表', columns: columns.map((name) => ({ name, width: 12 })), rows };
      const bytes = await writeWorkbook([sheet], chat.clock.now());
      return clerk().sends({ name: '签到.xlsx', size: bytes.byteLength, blob: await chat.store.blobs.put(bytes) });
    };
    expect(await send(['序号', '备注'], [['1', '无']])).toContain('“签到.xlsx”里没有看到“姓名”和“签到时间”列');
    const columns = ['序号', '工号', '姓名', '单位', '签到时间', '签退时间'];
    expect(
      await send(columns, [
        ['1', zhang ?? '', '张三', '科研处', '08:55', '12:02'],
        ['2', null, '李四', '科研处', '2026-11-20 09:20', null],
      ]),
    ).toContain('迟到 1 人：李四');
    expect(await clerk().says('确认')).toContain('签到表 2 人');
    await clerk().says('考勤 1001 第1课次 签到表');
    // Rows are named as Excel counts them: a title and the head stand above.
    const wrong = await send(columns, [
      ['1', null, null, null, null, null],
      ['2', null, '王五', '科研处', '25:70', null],
    ]);
    expect(wrong).toContain('没有保存');
    expect(wrong).toContain('请在文件里改好后重新发送文件');
    expect(wrong).toContain('第 4 行“王五 25:70”');
  });

  it('of a meeting has people who came twice, and guests; the class and 课次 stand on the card', async () => {
    await openCourse(chat, {}, pupils);
    await clerk().says('考勤 1001 第1课次 签到表');
    const draft = await clerk().says(
      [
        '张三 09:40 12:05',
        '张三 08:55 09:20',
        '李四 09:05 09:30',
        '李四 09:35',
        '王五 09:00 10:00',
        '游客123 09:00',
        '大屏 2026-11-19 09:00',
      ].join('\n'),
    );
    expect(draft).toContain('出勤 2 人：张三、李四');
    expect(draft).toContain('早退 1 人：王五');
    expect(draft).toContain('对不上的 2 个名字：游客123、大屏（不计入；是本班人员的，请改正姓名后重新粘贴）。');
    expect(clerk().lastCard()?.blocks[0]).toMatchObject({
      text: '请核对：1001《党性教育专题班》第 1 课次（专题报告），将记录 3 人。',
    });
    await clerk().says('确认');
    expect(await statesOf()).toEqual(['E2001 present', 'E2011 present', 'E2021 left-early']);
    await clerk().says('考勤 1001 第1课次 签到表');
    expect(await clerk().says('孙八 09:00')).toContain('没有一个名字是本班人员：孙八。');
  });

  it('of a whole day counts from the beginning of the 课次, and keeps the times', async () => {
    const sessions = [makeSession(), makeSession({ no: 2, start: '14:00', end: '16:30' })];
    await openCourse(chat, { sessions }, pupils);
    chat.clock.set(instantAt('2026-11-20', '16:40'));
    await clerk().says('考勤 1001 第2课次 签到表');
    const draft = await clerk().says(
      '张三 08:55 11:30\n李四 08:55 11:30\n李四 14:40 16:30\n王五 2:05\n赵六 下午2:15 PM 4:20',
    );
    expect(draft).toContain('缺勤 1 人：张三');
    expect(draft).toContain('14:00 开课前已离开，没有再来，记缺勤：张三。');
    expect(draft).toContain('迟到 2 人：李四、赵六');
    expect(draft).toContain('出勤 1 人：王五');
    await clerk().says('确认');
    const rows = await chat.store.read((view) => listAll(view, attendances));
    expect(rows.map((row) => [row.in, row.out].map((moment) => moment && timeOf(moment)))).toEqual([
      [null, null],
      ['14:40', '16:30'],
      ['14:05', null],
      ['14:15', '16:20'],
    ]);
    // A better list takes the place of the first one, its times included.
    await clerk().says('考勤 1001 第2课次 签到表');
    await clerk().says('李四 14:02');
    await clerk().says('确认');
    expect((await chat.store.read((view) => view.get(attendances, `1001:2:${li}`)))?.out).toBeNull();
    await windowOf(zhao).says('异议 1001 第2课次 我没有迟到');
    expect(windowOf(zhao).last()).toContain('迟到（签到表，14:15 签到，16:20 签退）');
  });

  it('never makes a guest of somebody of the class whose time is not understood', async () => {
    await openCourse(chat, { sessions: [makeSession({ start: '14:00', end: '16:30' })] }, [...pupils, people.cadre]);
    chat.clock.set(instantAt('2026-11-20', '16:40'));
    await clerk().says('考勤 1001 第1课次 签到表');
    const answer = await clerk().says(
      '张三 两点零五\n李四 3/11/2026 14:05\n王五 8:55\n王芳（教务处） 很早\n张三丰 两点\n赵六 晌午2点05\n赵六 46345.583333333336 46345.6875',
    );
    expect(answer).toContain('没有保存，有 6 处要先核对');
    expect(answer).toContain('第 6 行“赵六 晌午2点05”：姓名或时间没有看懂');
    expect(answer).toContain('第 7 行“赵六 2026-11-19 14:00 2026-11-19 16:30”：不是2026年11月20日的时间');
    expect(answer).toContain('第 1 行“张三 两点零五”：姓名或时间没有看懂，时间请写成 09:05 或 下午2:05。');
    expect(answer).toContain('第 2 行“李四 3/11/2026 14:05”');
    expect(answer).toContain('第 3 行“王五 8:55”：是上午的时间，本课次 14:00 开始。请写到本课次的时间，例如 14:00');
    expect(answer).toContain('第 4 行“王芳（教务处） 很早”');
  });

  it('saves nothing while a line is wrong, and says which', async () => {
    await openCourse(chat, {}, [...pupils, people.cadre, people.namesake]);
    await clerk().says('考勤 1001 第1课次 签到表');
    const answer = await clerk().says(
      ['张三 08:55', '钱七 08:56', '王芳 08:57', '李四 25:00', '王五 2026-11-19 09:00', '赵六 12:00 09:00'].join('\n'),
    );
    expect(answer).toContain('没有保存，有 4 处要先核对');
    expect(answer).toContain('第 3 行“王芳”有 2 位同名，请写成王芳（教务处）或王芳（外国语学院）。');
    expect(answer).toContain('第 4 行“李四 25:00”：姓名或时间没有看懂');
    expect(answer).toContain('第 5 行“王五 2026-11-19 09:00”：不是2026年11月20日的时间');
    expect(answer).toContain('第 6 行“赵六 12:00 09:00”：签退早于签到');
    expect(answer).toContain('请改好后整份重新粘贴');
    expect(await statesOf()).toEqual([]);
    expect(await clerk().says('张三 08:55\n王芳 08:57')).toContain('本班有 2 位“王芳”，请选择；还没有保存');
    expect(await clerk().says('教务处')).toContain('出勤 2 人：张三、王芳（教务处）');
  });
});

describe('settling', () => {
  it('says who becomes absent, credits hours, opens make-ups, and tells each person of their own', async () => {
    await openCourse(chat, {}, pupils);
    await attend(chat, { staffNo: zhang ?? '', state: 'present' }, { staffNo: li ?? '', state: 'on-leave' });
    expect(await clerk().says('考勤 1001 第1课次')).toContain('未签到：王五、赵六（确认考勤后记缺勤）');
    expect(clerk().button('确认考勤')?.confirm).toBe('还有 2 人没有记录，确认后记为缺勤，须补训：王五、赵六。确定吗？');
    await clerk().taps('确认考勤');
    expect(clerk().texts().join('\n')).toContain(
      '第 1 课次（专题报告）。1 人的学时已认定或更正，3 人须补训，已分别告知本人。\n应到 4，实到 1，请假 1，缺勤 2。',
    );
    expect(await hoursOf(zhang)).toBe(300);
    expect(windowOf(zhang).last()).toContain('您参加的 1001《党性教育专题班》已认定 3 学时（登记号 1001）');
    expect(windowOf(wang).last()).toContain('《党性教育专题班》第 1 课次缺勤，缺 3 学时，须在 2027年1月19日 前补训');
    expect(windowOf(li).last()).toContain('第 1 课次请假，缺 3 学时');
    expect(windowOf(wang).texts()).toHaveLength(1);
  });

  it('waits for leaves that nobody has answered, names them and who decides, and foretells who has not signed out', async () => {
    await openCourse(chat, { signsOut: true, tutor: people.unitHead.staffNo }, pupils);
    chat.clock.set(instantAt('2026-11-20', '08:00'));
    await windowOf(zhang).says('请假 1001 第1课次 出差开会');
    const at = instantAt('2026-11-20', '09:00');
    await attend(chat, {
      staffNo: li ?? '',
      state: 'present',
      in: at,
      marks: [{ state: 'present', source: 'code', by: li ?? '', at, reason: null }],
    });
    chat.clock.set(instantAt('2026-11-20', '12:45'));
    const card = await clerk().says('考勤 1001 第1课次');
    expect(card).toContain('请假待批 1 人：张三（由班主任欧阳明月审批）。审批以后才能确认考勤。');
    expect(card).toContain('未签退 1 人（确认考勤后记早退）：李四');
    expect(card).toContain('未签到：王五、赵六（确认考勤后记缺勤）');
    expect(clerk().button('确认考勤')).toBeUndefined();
    const press = { command: '考勤', args: { id: 1001, no: 1, version: 1, settle: true } };
    expect(await clerk().presses(press)).toContain('还有 1 份请假没有答复，考勤没有确认');
    expect(await statesOf()).toEqual(['E2011 present']);
    const all = await clerk().says('考勤 1001 第1课次 全部到');
    expect(all).toContain('请假还没有答复，按您说的记出勤：张三。');
    expect(all).toContain('未签退 1 人，确认考勤后记早退：李四。在场到下课的请写明，例如：李四 出勤。');
    await clerk().taps('取消');
    await clerk().says('考勤 1001 第1课次');
    expect(await clerk().taps('审批请假')).toContain('有 1 件请假等您审批');
    await clerk().taps('准假');
    await clerk().says('考勤 1001 第1课次');
    expect(clerk().button('确认考勤')?.confirm).toBe(
      '还有 2 人没有记录，确认后记为缺勤，须补训：王五、赵六；1 人未签退，确认后记早退：李四。确定吗？',
    );
    await clerk().taps('确认考勤');
    expect(await statesOf()).toEqual(['E2001 on-leave', 'E2011 left-early', 'E2021 absent', 'E2031 absent']);
  });

  it.each(['确认考勤', '考勤 1001 第1课次 确认考勤', '考勤 1001 第1课次 确认', '考勤 确认', '确认考勤 1001 第1课次'])(
    'is said in words (%s), which ask once what the button asks',
    async (said) => {
      await openCourse(chat, {}, pupils);
      expect(await clerk().says(said)).toContain(
        '确认考勤：1001《党性教育专题班》第 1 课次（专题报告）。还没有点名，也没有人签到：4 人都没有记录，确认后都记为缺勤，须补训。确定吗？',
      );
      expect(await statesOf()).toEqual([]);
      await clerk().says('确认');
      expect(await statesOf()).toHaveLength(4);
    },
  );

  it('in words is of the card that was shown last, of the roll that is a draft, or asks which', async () => {
    const sessions = [makeSession(), makeSession({ no: 2, start: '12:00', end: '12:20' })];
    await openCourse(chat, { sessions }, pupils);
    expect(await clerk().says('确认考勤')).toContain('有 2 个课次待确认，请写明：确认考勤 1001 第1课次。');
    await clerk().says('考勤 1001 第2课次 全部到');
    expect(await clerk().says('确认考勤')).toContain('已记录 4 人的考勤');
    expect(await clerk().says('确认考勤')).toContain('第 2 课次（专题报告）。确认后考勤生效');
    expect(await clerk().says('确认考勤')).toContain('已确认考勤');
    await clerk().says('考勤 1001 第1课次');
    expect(await clerk().says('导入签到表')).toContain('第 1 课次（专题报告）的签到名单粘贴到下一条消息');
    await clerk().says('取消');
    await clerk().says('考勤 1001 第1课次');
    expect(await clerk().says('更正')).toContain('可填写：姓名或工号、情况、理由');
    expect(await clerk().says('更正')).toContain('现在没有可以修改的草稿');
    expect(await clerk().says('确认考勤 1001 吧')).toContain('没有看懂');
    await openCourse(chat, { id: 1002, sessions }, pupils);
    expect(await clerk().says('确认考勤')).toContain('请选择培训班，或写明班号，例如：确认考勤 1001。');
    expect(await clerk().says('1002 党性教育专题班')).toContain('有 2 个课次待确认，请写明：确认考勤 1002 第1课次。');
  });

  it('in words means what is over before what is on, and says so where nothing waits', async () => {
    chat.clock.set(instantAt('2026-11-20', '08:50'));
    const sessions = [makeSession({ end: '10:00' }), makeSession({ no: 2, start: '10:00' })];
    await openCourse(chat, { sessions }, pupils);
    expect(await clerk().says('确认考勤')).toContain('没有待确认考勤的课次：上完的都已确认');
    expect(await clerk().says('确认考勤 1001')).toContain('没有待确认考勤的课次：上完的都已确认');
    chat.clock.set(instantAt('2026-11-20', '10:30'));
    expect(await clerk().says('确认考勤')).toContain('确认考勤：1001《党性教育专题班》第 1 课次');
  });

  it('says from when on it may be done, where 签退 goes on after the class', async () => {
    await openCourse(chat, { signsOut: true }, pupils);
    chat.clock.set(instantAt('2026-11-20', '12:10'));
    await clerk().says('考勤 1001 第1课次 全部到');
    expect(await clerk().says('确认')).toContain('签退到 12:30 截止，之后可确认考勤。');
    expect(await clerk().says('确认考勤 1001')).toContain('还在签退，12:30 以后才能确认考勤');
    chat.clock.set(instantAt('2026-11-20', '12:30'));
    expect(await clerk().says('考勤 1001 第1课次')).not.toContain('签退到');
  });

  it('takes a name that is called as having been there to the end', async () => {
    await openCourse(chat, { signsOut: true }, pupils.slice(1, 2));
    const at = instantAt('2026-11-20', '09:00');
    const code = { state: 'present', source: 'code', by: li ?? '', at, reason: null } as const;
    await attend(chat, { staffNo: li ?? '', state: 'present', in: at, marks: [code] });
    chat.clock.set(instantAt('2026-11-20', '12:45'));
    expect(await clerk().says('考勤 1001 第1课次 李四 出勤')).toContain('出勤 1 人：李四');
    await clerk().says('确认');
    await clerk().taps('确认考勤');
    expect(await statesOf()).toEqual(['E2011 present']);
  });

  it('tells nobody anything in the middle of a class', async () => {
    const sessions = [makeSession(), makeSession({ no: 2, day: '2026-11-24' })];
    await openCourse(chat, { sessions }, pupils);
    await clerk().says('考勤 1001 第1课次 全部到');
    await clerk().says('确认');
    expect(await clerk().taps('确认考勤')).toContain('学时在全班课次确认后认定');
    expect(windowOf(zhang).texts()).toEqual([]);
  });

  it('waits for the end, happens once, and an old card does nothing', async () => {
    await openCourse(chat, {}, pupils);
    chat.clock.set(instantAt('2026-11-20', '11:59'));
    await clerk().says('考勤 1001 第1课次');
    expect(clerk().button('确认考勤')).toBeUndefined();
    const press = { command: '考勤', args: { id: 1001, no: 1, version: 1, settle: true, confirmed: true } };
    expect(await clerk().presses(press)).toContain('还没有结束，12:00 以后才能确认考勤');
    chat.clock.set(instantAt('2026-11-20', '12:00'));
    await clerk().presses(press);
    expect(clerk().texts().join('\n')).toContain('已确认考勤');
    expect(await clerk().presses(press)).toContain('这张卡片已失效');
    expect(await chat.as(people.head).presses({ ...press, args: { ...press.args, version: 2 } })).toContain(
      '已经确认过，没有重复操作',
    );
  });
});

describe('a correction', () => {
  beforeEach(async () => {
    await openCourse(chat, {}, [...pupils, people.clerk]);
    await attend(chat, { staffNo: zhang ?? '', state: 'present' });
    await clerk().says('考勤 1001 第1课次');
    await clerk().taps('确认考勤');
  });

  it('needs a reason, is shown first, and the person hears what it means', async () => {
    expect(await clerk().says('考勤 1001 第1课次 李四 出勤')).toContain('更正须写理由，没有保存');
    expect(await clerk().says('考勤 1001 第1课次 李四 出勤 理由 现场已签名')).toContain('李四：缺勤 → 出勤');
    expect(await owedBy(li)).toEqual(['1 open']);
    expect(await clerk().says('确认')).toContain('已更正 1 人的考勤并告知本人');
    expect(await owedBy(li)).toEqual(['1 waived']);
    expect(await hoursOf(li)).toBe(300);
    const heard = windowOf(li).last();
    expect(heard).toContain('第 1 课次（专题报告）的考勤由缺勤更正为出勤（赵敏，理由：现场已签名）');
    expect(heard).toContain('已认定 3 学时');
    expect(heard).toContain('第 1 课次不用再补训');
  });

  it('goes the other way as well, and back again', async () => {
    await clerk().says('考勤 1001 第1课次 张三 缺勤 理由 代签');
    await clerk().says('确认');
    expect([await hoursOf(zhang), await owedBy(zhang)]).toEqual([0, ['1 open']]);
    expect(windowOf(zhang).last()).toContain('的 3 学时已取消');
    await clerk().says('考勤 1001 第1课次 张三 出勤 理由 查明本人到场');
    await clerk().says('确认');
    expect([await hoursOf(zhang), await owedBy(zhang)]).toEqual([300, ['1 waived']]);
  });

  it('is the only way to a leave after the fact', async () => {
    await clerk().says('考勤 1001 第1课次 李四 请假 理由 住院，已补病假单');
    await clerk().says('确认');
    expect(windowOf(li).last()).toContain('更正为请假（赵敏，理由：住院，已补病假单）');
  });

  it('comes from the form, too, and an old form does nothing', async () => {
    await clerk().says('考勤 1001 第1课次');
    await clerk().taps('更正');
    expect(await clerk().submits({ person: '李四、王五', state: 'late', reason: '堵车' })).toContain(
      '迟到 2 人：李四、王五',
    );
    await clerk().says('考勤 1001 第1课次 赵六 出勤 理由 补签');
    await clerk().says('确认');
    const old = { command: '考勤', args: { id: 1001, no: 1, version: 2, edit: true } };
    expect(await clerk().presses(old, { person: '李四', state: 'late', reason: '堵车' })).toContain('这张卡片已失效');
  });

  it('is nobody’s own, and never of everybody', async () => {
    expect(await clerk().says('考勤 1001 第1课次 赵敏 出勤 理由 我在')).toContain('不能记录或更正自己的考勤');
    expect(await clerk().says('考勤 1001 第1课次 全部到 理由 停电')).toContain('不能用“全部”');
    expect(await chat.as(people.head).says('考勤 1001 第1课次 赵敏 出勤 理由 在场')).toContain('赵敏：缺勤 → 出勤');
  });
});

describe('missing too much', () => {
  it('is told to the clerks once, who decide; nothing follows by itself', async () => {
    const sessions = [makeSession(), makeSession({ no: 2, start: '14:00', end: '17:00', topic: '研讨' })];
    await openCourse(chat, { sessions }, pupils);
    await attend(chat, { staffNo: li ?? '', state: 'on-leave' }, { staffNo: wang ?? '', state: 'present' });
    await clerk().says('考勤 1001 第1课次');
    await clerk().taps('确认考勤');
    const card = clerk()
      .texts()
      .find((one) => one.startsWith('培训班 1001《党性教育专题班》有 3 人缺课'));
    expect(card).toContain('张三（科研处）无故缺勤：第 1 课次。');
    expect(card).toContain('李四（科研处）累计请假 3 学时，超过总学时 6 学时的 1/7（0.85 学时）。');
    expect(await clerk().says('考勤 1001')).toContain('待研究处理 3 人');
    expect(await clerk().submits({ who: [zhang, li], opinion: ' ' })).toContain('请填写处理意见');
    expect(await clerk().submits({ who: [zhang, li], opinion: '已谈话，按期补训' })).toContain(
      '已保存处理意见：张三、李四',
    );
    const row = await chat.store.read((view) => view.get(enrolments, `1001:${zhang}`));
    expect(row).toMatchObject({
      until: null,
      decisions: [{ about: 'absence', words: '已谈话，按期补训', by: 'E0003' }],
    });
    expect(await clerk().says('考勤 1001')).toContain('待研究处理 1 人：\n赵六');
    expect(await clerk().says('考勤 1001 处理 王五 意见 已谈话')).toContain('“王五”不在本班名单中');
    const told = clerk().texts().length;
    await clerk().says('考勤 1001 第1课次 王五 迟到 理由 已核实');
    await clerk().says('确认');
    expect(clerk().texts().slice(told).join()).not.toContain('人缺课');
    chat.clock.set(instantAt('2026-11-20', '18:00'));
    const before = clerk().texts().length;
    await clerk().says('考勤 1001 第2课次');
    await clerk().taps('确认考勤');
    // 王五 is new, and 张三 was away once more after the decision; of 赵六 nothing is decided yet.
    const later = clerk().texts().slice(before);
    expect(later.filter((one) => one.includes('人缺课'))).toEqual([
      expect.stringContaining('王五（科研处）无故缺勤：第 2 课次'),
    ]);
    expect(later.join()).toContain('张三（科研处）无故缺勤：第 1、2 课次');
    expect(later.join()).not.toContain('赵六（');
    expect((await chat.store.read((view) => view.get(courses, 1001)))?.state).toBe('open');
    expect(await clerk().says('考勤 1001 处理 赵六 意见 已谈话，按期补训')).toContain('已保存处理意见：赵六。');
    expect(await clerk().says('考勤 1001 处理 全部 意见 按期补训')).toContain('已保存处理意见：张三、李四、王五。');
    expect(await clerk().says('考勤 1001 处理 全部 意见 按期补训')).toContain('没有重复保存');
  });
});
