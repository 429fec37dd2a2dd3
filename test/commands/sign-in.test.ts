import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkInSecrets, codeNow, judgeCode } from '../../src/bot/course/check-in-code.ts';
import { attendances } from '../../src/domain/attendance.ts';
import { addMs, instantAt } from '../../src/domain/day.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { attend, makeSession, openCourse } from '../support/course.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const day = '2026-11-20';
const at = (time: string): void => chat.clock.set(instantAt(day, time));
const pupils = [people.cadre, people.namesake, people.unitHead];
/** Opens the class and shows its code, as the clerk does before the lesson. */
const openRoom = async (course: Parameters<typeof openCourse>[1] = {}, staff = pupils): Promise<number> => {
  const { id } = await openCourse(chat, course, staff);
  await chat.as(people.clerk).says(`签到码 ${id}`);
  return id;
};
const secretOf = (id = 1001, no = 1) =>
  chat.store.read(async (view) => {
    const row = await view.get(checkInSecrets, `${id}:${no}`);
    if (row === undefined) throw new Error('no code has been shown');
    return row;
  });
const codeOf = async (id?: number, no?: number) => codeNow(await secretOf(id, no), chat.clock.now()).code;
/** Digits that are no code of this minute, nor of those before it. */
const wrongCode = async (id?: number) => {
  const row = await secretOf(id);
  const all = Array.from({ length: 9 }, (_, i) => String(i + 1).repeat(6));
  return all.find((code) => judgeCode(row, code, chat.clock.now()) === 'wrong') ?? '';
};
const rowsOf = () => chat.store.read((view) => listAll(view, attendances));

describe('the code in the room', () => {
  it('is shown to the clerk with who is expected and there, and changes each minute', async () => {
    await openCourse(chat, { signsOut: true }, pupils);
    at('08:50');
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('签到码');
    expect(first).toContain(`《党性教育专题班》第 1 课次（专题报告）签到码：${spaced(await codeOf())}`);
    expect(first).toContain('签到时间：08:30 至 10:00，09:10 后算迟到');
    expect(first).toContain('签退时间：09:00 至 12:30');
    expect(first).toContain('应到：3 人\n已到：0 人');
    expect(first).toContain('请把签到码读给大家');
    await chat.as(people.cadre).says(`签到 ${await codeOf()}`);
    chat.clock.pass(1);
    const next = await clerk.taps('刷新');
    expect(next).toContain(spaced(await codeOf()));
    expect(next).toContain('已到：1 人');
  });

  it('has a page where the bot has an address', async () => {
    await chat.close();
    chat = await openChat({ publicUrl: 'https://bot.example.edu.cn' });
    await openCourse(chat, {}, pupils);
    const said = await chat.as(people.head).says('签到码 1001 第1课次');
    expect(said).toContain(`https://bot.example.edu.cn/check-in/${(await secretOf()).token}`);
  });

  it('is nobody else’s to see, and never stands in a group', async () => {
    await openCourse(chat, {}, pupils);
    expect(await chat.as(people.cadre).says('签到码')).toContain('经办');
    expect(await chat.inGroup(people.clerk).says('签到码')).not.toContain('签到码：');
    expect(chat.as(people.clerk).last()).toContain('签到码：');
  });

  it.each([
    ['签到码', { sessions: [makeSession({ day: '2026-11-24' })] }, '今天没有课次，不用签到码'],
    ['签到码 1001 第1课次', { sessions: [makeSession({ day: '2026-11-24' })] }, '签到码当天才有'],
    ['签到码 1001 第1课次', { sessions: [makeSession({ cancelled: true })] }, '已取消，没有签到码'],
    [
      '签到码 1001 第1课次',
      { sessions: [makeSession({ settled: { at: '2026-11-20T01:00:00.000Z', by: 'E0003' } })] },
      '的考勤已经确认，没有签到码',
    ],
    ['签到码 1001 第9课次', {}, '没有第 9 课次'],
    ['签到码 4711', {}, '没有找到培训班“4711”'],
    ['签到码 1001 快点', {}, '没有看懂'],
  ])('%s says why there is none', async (said, course, answer) => {
    await openCourse(chat, course, pupils);
    expect(await chat.as(people.clerk).says(said)).toContain(answer);
  });

  it('asks which class where several are on', async () => {
    await openCourse(chat, {}, pupils);
    await openCourse(chat, { id: 1002, title: '安全管理班' }, pupils);
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('签到码')).toContain('1001《党性教育专题班》\n1002《安全管理班》');
    expect(await clerk.taps('1002 安全管理班')).toContain('《安全管理班》第 1 课次（专题报告）签到码：');
  });
});

describe('signing in', () => {
  it('takes the code in one message, behind the question, and from the form of the card', async () => {
    at('08:55');
    await openRoom();
    expect(await chat.as(people.cadre).says(`签到 ${await codeOf()}`)).toBe(
      '已签到：1001《党性教育专题班》第 1 课次（专题报告），08:55。',
    );
    const other = chat.as(people.namesake);
    expect(await other.says('签到')).toContain(
      '签到：1001《党性教育专题班》第 1 课次（专题报告）。请输入教室屏幕上的六位签到码。',
    );
    expect(await other.says(await codeOf())).toContain('已签到');
    const third = chat.as(people.unitHead);
    await third.presses({ command: '签到', args: { course: 1001 }, keep: true });
    const [left, right] = [(await codeOf()).slice(0, 3), (await codeOf()).slice(3)];
    expect(await third.submits({ code: `${left} ${right}` })).toContain('已签到');
    expect((await rowsOf()).map(({ staffNo, state }) => `${staffNo} ${state}`)).toEqual([
      'E0010 present',
      'E0011 present',
      'E0012 present',
    ]);
  });

  it('takes the digits alone, and says what they look like to somebody without a 课次 today', async () => {
    at('08:55');
    await openRoom({ signsOut: true });
    expect(await chat.as(people.cadre).says(await codeOf())).toContain('已签到：1001《党性教育专题班》第 1 课次');
    expect(await chat.as(people.cadre).says(await codeOf())).toContain('不用重复操作。下课时签退，请发送“签退”。');
    const wrong = await wrongCode();
    expect(await chat.as(people.namesake).says(`${wrong.slice(0, 3)} ${wrong.slice(3)}`)).toContain('签到码不对');
    expect(await chat.as(people.newcomer).says(await codeOf())).toContain('像是签到码，但您今天没有要签到的课次');
    at('10:30');
    expect(await chat.as(people.unitHead).says(await codeOf())).toContain('签到已于 10:00 截止');
    expect(await chat.as(people.newcomer).says('登记 3学时 党性教育 今天')).toContain('培训名称');
    expect(await chat.as(people.newcomer).says(await codeOf())).not.toContain('像是签到码');
  });

  it('is answered in private when it was said in a group', async () => {
    await openRoom();
    const said = await chat.inGroup(people.cadre).says(`签到 ${await codeOf()}`);
    expect(said).not.toContain('已签到');
    expect(chat.as(people.cadre).last()).toContain('已签到');
  });

  it('says how late somebody is', async () => {
    await openRoom();
    at('09:23');
    expect(await chat.as(people.cadre).says(`签到 ${await codeOf()}`)).toContain('迟到 23 分钟');
    expect((await rowsOf())[0]).toMatchObject({ state: 'late' });
  });

  it('counts who is on leave and comes all the same', async () => {
    await openRoom();
    await attend(chat, { staffNo: people.cadre.staffNo, state: 'on-leave' });
    expect(await chat.as(people.cadre).says(`签到 ${await codeOf()}`)).toContain('您原已准假，现按到课记录');
    expect((await rowsOf())[0]?.state).toBe('present');
  });

  it.each([
    ['08:29', '还没有到签到时间，08:30 起可以签到'],
    ['08:30', '已签到'],
    ['10:00', '已签到'],
    ['10:01', '签到已于 10:00 截止。已到课的，请当场找经办或班主任补记'],
  ])('at %s: %s', async (time, answer) => {
    await openRoom();
    at(time);
    expect(await chat.as(people.cadre).says(`签到 ${await codeOf()}`)).toContain(answer);
  });

  it.each([
    ['a cancelled 课次', { cancelled: true }, '已取消，不用签到'],
    ['a settled 课次', { settled: { at: '2026-11-20T01:00:00.000Z', by: 'E0003' } }, '的考勤已经确认，不能再签到'],
    [
      'another day',
      { day: '2026-11-23', place: '行政楼报告厅' },
      '今天没有您要签到的课次。您的下一课次：1001《党性教育专题班》第 1 课次（专题报告），11月23日 09:00，行政楼报告厅，当天 08:30 起可以签到。',
    ],
  ])('explains %s', async (_, session, answer) => {
    await openCourse(chat, { sessions: [makeSession(session)] }, pupils);
    expect(await chat.as(people.cadre).says('签到 123456')).toContain(answer);
  });

  it('takes nobody twice, nor after the window either', async () => {
    at('08:55');
    await openRoom();
    const cadre = chat.as(people.cadre);
    await cadre.says(`签到 ${await codeOf()}`);
    chat.clock.pass(5);
    expect(await cadre.says(`签到 ${await codeOf()}`)).toContain('您已于 08:55 签到');
    at('10:30');
    expect(await cadre.says('签到')).toContain('您已于 08:55 签到');
    expect((await rowsOf())[0]?.marks).toHaveLength(1);
  });

  it('is of no use to somebody who is not in the class', async () => {
    await openRoom();
    expect(await chat.as(people.newcomer).says(`签到 ${await codeOf()}`)).toContain(
      '今天没有您要签到的课次。如正在上课，请找经办核对名单并补记',
    );
    expect(await rowsOf()).toEqual([]);
  });

  it('finds the class by its code, and takes no code of another one', async () => {
    await openRoom({}, [people.cadre, people.namesake]);
    await openRoom({ id: 1002, title: '安全管理班' }, [people.cadre, people.unitHead]);
    expect(await chat.as(people.cadre).says(`签到 ${await codeOf(1002)}`)).toContain('《安全管理班》');
    expect(await chat.as(people.namesake).says(`签到 ${await codeOf(1002)}`)).toContain(
      '签到码不对。您现在可用的是 1001《党性教育专题班》第 1 课次（专题报告）的码',
    );
  });
});

describe('two classes at one time', () => {
  it('take nobody twice: the other one is named, and its correction lets them in', async () => {
    at('08:55');
    await openRoom();
    await openRoom({ id: 1002, title: '安全管理班', sessions: [makeSession({ start: '11:30', end: '12:30' })] });
    await openRoom({ id: 1003, title: '公文写作班', sessions: [makeSession({ start: '12:00', end: '13:00' })] });
    const cadre = chat.as(people.cadre);
    await cadre.says(`签到 ${await codeOf()}`);
    at('11:40');
    expect(await cadre.says(`签到 ${await codeOf(1002)}`)).toBe(
      '没有签到：1002《安全管理班》第 1 课次（专题报告）与您已到课的 1001《党性教育专题班》第 1 课次（09:00—12:00）时间重叠，不能同时参加。如应参加本班，请找经办先更正那一班的考勤，再来签到。',
    );
    expect(await cadre.says(`签到 ${await codeOf(1003)}`)).toContain('已签到：1003《公文写作班》');
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('考勤 1002 第1课次 全部到')).toContain(
      '请核对：王芳（教务处）在同一时间的 1001《党性教育专题班》第 1 课次（09:00—12:00）也是到课，请更正其中一班的考勤。',
    );
    await clerk.says('考勤 1001 第1课次 E0011 缺勤');
    await clerk.says('确认');
    await clerk.says('考勤 1003 第1课次 E0011 缺勤');
    await clerk.says('确认');
    expect(await cadre.says(`签到 ${await codeOf(1002)}`)).toContain('已签到：1002《安全管理班》');
    expect(await clerk.says('考勤 1001 第1课次')).not.toContain('同一时间');
    await clerk.says('考勤 1001 第1课次 E0011 出勤');
    expect(await clerk.says('确认')).toContain('王芳（教务处）在同一时间的 1002《安全管理班》第 1 课次');
  });
});

describe('signing out', () => {
  it('needs the code, and says who leaves early that they may come back to it', async () => {
    at('08:55');
    await openRoom({ signsOut: true });
    const cadre = chat.as(people.cadre);
    expect(await cadre.says(`签退 ${await codeOf()}`)).toContain('还没有到签退时间，09:00 起可以签退');
    expect(await cadre.says(`签到 ${await codeOf()}`)).toContain('本班须签退：09:00 至 12:30 发送“签退”');
    at('11:30');
    expect(await cadre.says('签退')).toContain(
      '签退：1001《党性教育专题班》第 1 课次（专题报告）。请输入教室屏幕上的六位签到码。',
    );
    expect(await cadre.says(await codeOf())).toContain('比下课早 30 分钟，记为早退');
    at('11:40');
    expect(await cadre.says(await wrongCode())).toContain('签到码不对');
    expect(await cadre.says('取消')).toContain('已取消');
    expect(await cadre.says(await codeOf())).toContain('比下课早 20 分钟，记为早退');
    at('12:05');
    expect(await cadre.says(await codeOf())).toContain('已签退');
    expect((await rowsOf())[0]?.state).toBe('present');
    expect(await cadre.says(`签退 ${await codeOf()}`)).toContain('您已于 12:05 签退');
    expect(await chat.as(people.namesake).says(`签退 ${await codeOf()}`)).toContain('没有您的签到记录，不能签退');
    at('12:31');
    expect(await chat.as(people.unitHead).says('签退')).toContain('没有您的签到记录');
  });

  it('is not asked for by other classes', async () => {
    await openRoom();
    expect(await chat.as(people.cadre).says('签退')).toContain('培训班 1001《党性教育专题班》不要求签退');
  });
});

describe('codes', () => {
  it.each([
    [0, 'valid'],
    [59, 'valid'],
    [60, 'valid'],
    [89, 'valid'],
    [90, 'stale'],
    [300, 'stale'],
    [600, 'wrong'],
  ])('of a minute’s beginning are after %i seconds: %s', async (seconds, state) => {
    at('09:00');
    await openRoom();
    const code = await codeOf();
    expect(judgeCode(await secretOf(), code, addMs(chat.clock.now(), seconds * 1000))).toBe(state);
  });

  it('are at most two at any moment of all that can be typed', async () => {
    await openRoom();
    const row = await secretOf();
    for (const second of [0, 29, 30, 59]) {
      const now = addMs(instantAt(day, '09:00'), second * 1000);
      // Those that could be valid are the ones of the minutes around it.
      const near = [-2, -1, 0, 1, 2].map((minute) => codeNow(row, addMs(now, minute * 60_000)).code);
      const valid = [...new Set(near)].filter((code) => judgeCode(row, code, now) === 'valid');
      expect(valid.length).toBe(second < 30 ? 2 : 1);
    }
  });

  it('that are over are no guesses', async () => {
    at('09:00');
    await openRoom();
    const code = await codeOf();
    chat.clock.pass(3);
    const cadre = chat.as(people.cadre);
    for (let i = 0; i < 6; i += 1) expect(await cadre.says(`签到 ${code}`)).toContain('这个签到码已经过期');
    expect(await cadre.says(await codeOf())).toContain('已签到');
  });

  it('that are guessed pause the person after five, and nobody else', async () => {
    await openRoom();
    const cadre = chat.as(people.cadre);
    const wrong = await wrongCode();
    expect(await cadre.says(`签到 ${wrong}`)).toContain('还可以试 4 次');
    for (const left of [3, 2, 1]) expect(await cadre.says(wrong)).toContain(`还可以试 ${left} 次`);
    expect(await cadre.says(wrong)).toContain('签到码连续输错 5 次，请在 09:10 后再试');
    expect(await cadre.says(`签到 ${await codeOf()}`)).toContain('请在 09:10 后再试');
    expect(await chat.as(people.namesake).says(`签到 ${await codeOf()}`)).toContain('已签到');
    chat.clock.pass(10);
    expect(await cadre.says(`签到 ${await codeOf()}`)).toContain('已签到');
  });

  it('that are right clear what was wrong before', async () => {
    await openRoom({ signsOut: true });
    const cadre = chat.as(people.cadre);
    for (let i = 0; i < 4; i += 1) await cadre.says(`签到 ${await wrongCode()}`);
    expect(await cadre.says(`签到 ${await codeOf()}`)).toContain('已签到');
    expect(await cadre.says(`签退 ${await wrongCode()}`)).toContain('还可以试 4 次');
  });

  it('are six digits', async () => {
    await openRoom();
    expect(await chat.as(people.cadre).says('签到 12345')).toContain('没有看懂“12345”');
    expect(await chat.as(people.cadre).says('签到 １２３４５')).toContain('签到码是六位数字');
  });

  it('and what they are made from never stand in the audit chain', async () => {
    await openRoom();
    await chat.as(people.cadre).says(`签到 ${await codeOf()}`);
    const { secret, token } = await secretOf();
    let records = '';
    for await (const record of chat.store.auditRecords()) records += JSON.stringify(record);
    expect(records).toContain('attendances');
    expect(records).not.toContain(secret);
    expect(records).not.toContain(token);
  });
});

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;
