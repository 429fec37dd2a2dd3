import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { hearings } from '../../src/domain/hearing.ts';
import { makeUps, openMakeUp } from '../../src/domain/make-up.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { listAll } from '../../src/store/store.ts';
import { policy } from '../domain/build.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { openCourse } from '../support/course.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const hearing = (staffNo: string) => chat.store.read((view) => view.get(hearings, staffNo));

describe('one’s own reminders', () => {
  it('say how many there were, what comes, and what is silent', async () => {
    const said = await chat.as(people.cadre).says('提醒');
    expect(said).toContain('本月已提醒您 0 条（每月最多 8 条，每个工作日最多一条）');
    expect(said).toContain('近期没有要发的提醒；未办事项见“待办”');
    expect(said).toContain('各类提醒都开着');
    expect(said).toContain('【明天再说】 【三天后】 【下周一】');
    expect(said).not.toContain('关闭审核提醒');
  });

  it('offer silence on approvals only to who decides on them', async () =>
    expect(await chat.as(people.clerk).says('提醒')).toContain('【关闭审核提醒】'));

  it.each([
    ['提醒 稍后 明天', '2026-11-23'],
    ['提醒 稍后 三天', '2026-11-23'],
    ['提醒 下周一', '2026-11-23'],
    ['稍后 明天', '2026-11-23'],
  ])('%s', async (said, until) => {
    expect(await chat.as(people.cadre).says(said)).toContain('11月23日起再提醒您');
    expect((await hearing('E0011'))?.snoozedUntil).toBe(until);
  });

  it('are put off and called back by button', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('提醒');
    expect(await cadre.taps('三天后')).toContain('11月23日起再提醒您');
    expect(await cadre.taps('取消稍后')).toContain('已取消稍后');
    expect((await hearing('E0011'))?.snoozedUntil).toBeNull();
  });

  it('are put off no longer than to the deadline of what is owed', async () => {
    await train(chat, people.cadre, { from: '2026-11-14', to: '2026-11-14', form: 'intensive', title: '专题班' });
    chat.clock.set(instantAt('2026-11-16', '10:00'));
    await chat.write(async (tx) => {
      const [owed] = await listAll(tx, reflections, { index: 'byPerson', equals: ['E0011'] });
      if (owed !== undefined) await tx.put(reflections, { ...owed, dueOn: '2026-11-18' });
    });
    expect(await chat.as(people.cadre).says('提醒 下周一')).toContain('有体会即将截止，最晚 11月18日再提醒您');
    expect((await hearing('E0011'))?.snoozedUntil).toBe('2026-11-18');
    expect(await chat.as(people.cadre).says('提醒 稍后 明天')).toContain('好的，11月17日起再提醒您');
  });

  it('are put off no longer than to the deadline of a make-up', async () => {
    chat.clock.set(instantAt('2026-11-16', '10:00'));
    await openCourse(chat, {}, [people.cadre]);
    await chat.write((tx) =>
      tx.put(makeUps, {
        ...openMakeUp(
          { courseId: 1001, no: 1, staffNo: 'E0011', cause: 'absent', hours: 300, content: 'theory' },
          '2026-11-10',
          policy,
        ),
        dueOn: '2026-11-19',
      }),
    );
    expect(await chat.as(people.cadre).says('提醒 下周一')).toContain('有补训即将截止，最晚 11月19日再提醒您');
    expect((await hearing('E0011'))?.snoozedUntil).toBe('2026-11-19');
  });

  it('fall silent on a subject and speak again', async () => {
    const cadre = chat.as(people.cadre);
    expect(await cadre.says('提醒 关 学时进度')).toContain('已关闭“学时进度”提醒。事项仍在待办里');
    expect(await cadre.says('提醒')).toContain('已设免提醒：学时进度');
    expect(await cadre.taps('恢复学时进度提醒')).toContain('已恢复“学时进度”提醒');
    expect((await hearing('E0011'))?.muted).toEqual([]);
  });

  it.each(['提醒 天气', '提醒 关', '提醒 关 天气', '提醒 稍后 明年'])('say what was not understood: %s', async (said) =>
    expect(await chat.as(people.cadre).says(said)).toContain('没有看懂'),
  );

  it('are everybody’s own, and private', async () => {
    await chat.as(people.cadre).says('提醒 关 体会');
    expect(await hearing('E0012')).toBeUndefined();
    expect(await chat.inGroup(people.cadre).says('提醒')).toContain('私聊');
    expect(await chat.as('stranger').says('提醒')).toContain('绑定');
  });
});
