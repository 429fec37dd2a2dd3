import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accounts } from '../../src/bot/people.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { dayOf } from '../../src/domain/day.ts';
import { type Hearing, hearings } from '../../src/domain/hearing.ts';
import { hourEntries } from '../../src/domain/hours.ts';
import { type Notice, notices } from '../../src/domain/notice.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { outbox, resend } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college, people } from '../support/college.ts';

let bot: Clockwork;

beforeEach(async () => {
  bot = await openClockwork({ people: college });
});

afterEach(() => bot.remove());

/** The people told so far, each with the day: `2026-11-20 E0011`. */
const told = (): string[] => bot.messenger.arrived.map(({ at, to }) => `${dayOf(at)} ${to}`);
const textsTo = (staffNo: string): string[] =>
  bot.messenger.arrived.filter(({ to }) => to === staffNo).map(({ text }) => text);
const allNotices = (): Promise<Notice[]> => bot.store.read((view) => listAll(view, notices));

/** A training whose reflection is due on Friday 2026-11-27, and enough hours to be left alone about the quota. */
async function oweReflection(staffNo: string = people.cadre.staffNo, by = people.clerk.staffNo): Promise<number> {
  await bot.earns(staffNo, { from: '2026-01-05', to: '2026-03-27', hours: 54_000, form: 'self-study' }, by);
  for (const day of ['2025-05-06', '2026-05-06']) {
    await bot.earns(staffNo, { from: day, to: day, content: 'professional', form: 'self-study' }, by);
  }
  return bot.earns(staffNo, { from: '2026-11-20', to: '2026-11-20', title: '学习党的二十大精神' }, by);
}

describe('a reflection that is owed', () => {
  test('is mentioned before, on and after its day, each once, then to the head of the unit and to the clerk', async () => {
    const id = await oweReflection();
    await bot.until('2026-12-31');
    const heard = (staffNo: string) =>
      bot.messenger.arrived
        .filter(({ to, text }) => to === staffNo && text.includes('学习党的二十大精神'))
        .map(({ at }) => dayOf(at));
    expect(heard(people.cadre.staffNo)).toEqual(['2026-11-24', '2026-11-27', '2026-11-30']);
    expect(heard(people.unitHead.staffNo)).toEqual(['2026-12-04']);
    expect(heard(people.clerk.staffNo)).toEqual(['2026-12-11']);
    expect(textsTo(people.cadre.staffNo)[0]).toBe(
      [
        '您有 1 件事需要处理。',
        `登记号 ${id}《学习党的二十大精神》的学习体会，请于 11月27日 前提交，不少于 1000 字。`,
        '可回复：【交体会】 【稍后提醒】',
        '办完后不再提醒；每个工作日最多一条。',
      ].join('\n'),
    );
    const reply = await bot.runner.run('digest', { asOf: '2026-11-24', dryRun: true });
    expect(reply.sent).toEqual([]);
    expect(textsTo(people.unitHead.staffNo)).toContainEqual(
      expect.stringContaining('本单位王芳至今未交，请提醒本人在聊天中发送“体会”提交。'),
    );
  });

  test('is not mentioned any more once it is handed in, even when the word was planned that morning', async () => {
    const id = await oweReflection();
    await bot.until('2026-11-24', '08:00');
    expect((await allNotices()).map(({ key }) => key)).toContain(`reflection:${id}:before`);
    await bot.write(async (tx) => {
      const owed = await tx.get(reflections, id);
      if (owed !== undefined) await tx.put(reflections, { ...owed, state: 'handed-in', handedInAt: bot.clock.now() });
    });
    await bot.until('2026-12-31');
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
    expect((await allNotices()).find(({ key }) => key === `reflection:${id}:before`)?.state).toBe('dropped');
  });

  test('of somebody who has left is nobody’s business any more', async () => {
    await oweReflection();
    await bot.until('2026-11-24', '08:00');
    await bot.write((tx) => tx.put(cadres, { ...people.cadre, state: 'left' }));
    await bot.until('2026-12-31');
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
  });
});

describe('what a person hears on one day', () => {
  test('is one message, the most urgent first, with figures of this minute and a button each', async () => {
    const cadre = people.cadre.staffNo;
    const first = await bot.earns(cadre, { from: '2026-11-13', to: '2026-11-13', title: '第一期' });
    await bot.earns(cadre, { from: '2026-11-16', to: '2026-11-16', title: '第二期' });
    await bot.write(async (tx) => {
      const owed = await tx.get(reflections, first);
      if (owed !== undefined) await tx.put(reflections, { ...owed, dueOn: '2026-11-20' });
    });
    await bot.earns(cadre, {
      from: '2025-11-17',
      to: '2025-11-17',
      hours: 400,
      content: 'professional',
      form: 'online',
    });
    const returned = await bot.submits(cadre, { title: '退回的培训' });
    await bot.until('2026-11-23', '08:00');
    await bot.returns(returned);
    await bot.earns(cadre, { from: '2026-11-21', to: '2026-11-21', hours: 400, form: 'online' });
    await bot.until('2026-11-23');
    const digest = await bot.store.read((view) => view.get(outbox, `digest:2026-11-23:${cadre}`));
    expect(digest).toMatchObject({ state: 'sent', purpose: 'chase', reply: null });
    const [message = ''] = textsTo(cadre).slice(-1);
    expect(message.split('\n')).toEqual([
      '今天提醒 4 件；另有 1 件未办，见“待办”。',
      expect.stringMatching(/^1\. 登记号 \d+《第一期》的学习体会，已于 11月20日 到期/),
      expect.stringMatching(/^2\. 登记号 \d+《第二期》的学习体会，今天（11月23日） 截止/),
      expect.stringMatching(
        /^3\. 五年学时已认定 24 学时，比时间进度少 [\d.]+ 学时，距五年要求还差 526 学时。余下 14 个月/,
      ),
      expect.stringMatching(/^4\. 2026 年还没有专业化能力专题培训/),
      expect.stringMatching(/^可回复：【交体会 \d+】 【交体会 \d+】 【看进度】 【待办】 【稍后提醒】$/),
      '办完后不再提醒；每个工作日最多一条。',
    ]);
  });

  test('stays one message when the job is run again by hand', async () => {
    await oweReflection();
    await bot.until('2026-11-24', '10:00');
    const before = told();
    const { sent } = await bot.runner.run('digest');
    await bot.settle();
    expect(sent).toEqual([]);
    expect(told()).toEqual(before);
  });

  test('a clerk hears of entries that have waited three working days, not of their own', async () => {
    await bot.submits(people.cadre.staffNo, { title: '等待审核' });
    await bot.submits(people.clerk.staffNo, { title: '经办自己的' });
    await bot.until('2026-11-25', '10:00');
    const heard = textsTo(people.clerk.staffNo).filter((text) => text.includes('等待审核'));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('有 1 条学时登记等待审核，最早的已等 3 个工作日。');
    expect(heard[0]).toContain('【去审核】');
  });
});

describe('a returned entry', () => {
  test('is mentioned once to its owner, three working days after, with the reason', async () => {
    const id = await bot.submits(people.cadre.staffNo, { title: '教学研讨' });
    await bot.returns(id);
    await bot.until('2026-12-31');
    const heard = bot.messenger.arrived.filter(({ text }) => text.includes('教学研讨'));
    expect(heard.map(({ at, to }) => `${dayOf(at)} ${to}`)).toEqual([`2026-11-25 ${people.cadre.staffNo}`]);
    expect(heard[0]?.text).toContain(`登记号 ${id}《教学研讨》被退回后还没有修改，退回理由：请补充证明材料。`);
    expect(heard[0]?.text).toContain(`【修改 ${id}】`);
  });

  test('that is submitted again before the morning’s word is not mentioned', async () => {
    const id = await bot.submits(people.cadre.staffNo, { title: '教学研讨' });
    await bot.returns(id);
    await bot.until('2026-11-25', '08:30');
    expect((await allNotices()).map(({ key }) => key)).toContain(`returned:${id}:2`);
    await bot.write(async (tx) => {
      const entry = await tx.get(hourEntries, id);
      if (entry !== undefined) await tx.put(hourEntries, { ...entry, state: 'submitted', version: 3 });
    });
    await bot.until('2026-11-26');
    expect(textsTo(people.cadre.staffNo).filter((text) => text.includes('教学研讨'))).toEqual([]);
  });
});

describe('restraint', () => {
  test('nobody hears more than eight reminders in a month; what is left waits for the next', async () => {
    const days = ['01', '02', '03', '04', '07', '08', '09', '10', '11'].map((day) => `2026-12-${day}`);
    for (const day of days) {
      await bot.until(day, '08:00');
      const id = await bot.submits(people.cadre.staffNo, { title: `第${day.slice(8)}期` });
      await bot.returns(id);
    }
    await bot.until('2026-12-31');
    expect(told().filter((one) => one.startsWith('2026-12') && one.endsWith(people.cadre.staffNo))).toHaveLength(8);
    await bot.until('2027-01-08');
    expect(textsTo(people.cadre.staffNo).slice(8).join()).toContain('第11期');
  });

  test('what waits at the desk leaves the month’s messages for what else the clerk must hear', async () => {
    await oweReflection(people.clerk.staffNo, people.head.staffNo);
    await bot.submits(people.cadre.staffNo, { title: '等待审核' });
    await bot.until('2026-12-31');
    const desk = bot.messenger.arrived.filter(
      ({ to, text }) => to === people.clerk.staffNo && text.includes('学时登记等待审核'),
    );
    // By itself every fifth working day, and along with whatever else is said.
    expect(desk.map(({ at }) => dayOf(at))).toEqual([
      '2026-11-25',
      '2026-11-27',
      '2026-11-30',
      '2026-12-07',
      '2026-12-14',
      '2026-12-21',
      '2026-12-28',
    ]);
  });

  test('a reflection that stays away reaches the department in its month, however full the desk is', async () => {
    await bot.until('2026-12-01', '08:00');
    for (const day of ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-07', '2026-12-08']) {
      await bot.until(day, '20:00');
      await bot.submits(people.cadre.staffNo, { title: `${day} 的培训` });
    }
    await oweReflection();
    await bot.until('2026-12-31');
    const heard = textsTo(people.clerk.staffNo).filter((text) => text.includes('还有 1 人未交：王芳（教务处）'));
    expect(heard).toHaveLength(1);
  });

  test('a digest that was refused for good is said again the next working day, as it then is', async () => {
    const id = await oweReflection();
    bot.messenger.behave = (key) => (key.startsWith('digest:2026-11-27') ? { refuse: '对方不在可用范围' } : 'deliver');
    await bot.until('2026-11-27');
    const row = await bot.store.read((view) => view.get(outbox, `digest:2026-11-27:${people.cadre.staffNo}`));
    expect(row).toMatchObject({ state: 'failed' });
    await bot.until('2026-11-30');
    const [, monday = ''] = textsTo(people.cadre.staffNo);
    expect(monday).toContain(`登记号 ${id}《学习党的二十大精神》的学习体会，已于 11月27日 到期`);
    const due = (await allNotices()).find(({ key }) => key === `reflection:${id}:due`);
    expect(due?.state).toBe('dropped');
    await bot.write(async (tx) => expect(await resend(tx, `digest:2026-11-27:${people.cadre.staffNo}`)).toBe(false));
  });

  test('a digest that may have arrived is not said twice', async () => {
    await oweReflection();
    bot.messenger.behave = (key) => (key.includes('2026-11-24:E0011') ? { retryMs: 3_600_000 } : 'deliver');
    await bot.until('2026-11-24');
    const row = await bot.store.read((view) => view.get(outbox, `digest:2026-11-24:${people.cadre.staffNo}`));
    expect(row).toMatchObject({ state: 'unknown' });
    await bot.until('2026-11-26');
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
    await bot.until('2026-11-27');
    expect(textsTo(people.cadre.staffNo)).toHaveLength(1);
  });

  test('what is for somebody without an account waits until there is one', async () => {
    await bot.remove();
    bot = await openClockwork({ people: college, messenger: 'feishu' });
    await oweReflection();
    await bot.until('2026-11-25');
    expect(bot.messenger.arrived).toEqual([]);
    expect(await bot.store.read((view) => listAll(view, outbox))).toEqual([]);
    const { summary } = await bot.runner.run('digest', { asOf: '2026-11-25', dryRun: true });
    expect(summary).toContain('还没有绑定账号，绑定后再提醒');
    const { staffNo } = people.cadre;
    await bot.write((tx) =>
      tx.put(accounts, { messenger: 'feishu', id: 'u11', staffNo, boundAt: bot.clock.now(), boundBy: 'E0001' }),
    );
    await bot.until('2026-11-26');
    expect(bot.messenger.arrived.map(({ to, at }) => `${dayOf(at)} ${to}`)).toEqual(['2026-11-26 u11']);
  });

  test('a digest that is made up for in the evening waits for the next working day', async () => {
    await oweReflection();
    await bot.until('2026-11-23');
    bot.clock.set('2026-11-24T11:00:00.000Z');
    await bot.settle();
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
    await bot.until('2026-11-25');
    expect(textsTo(people.cadre.staffNo)).toHaveLength(1);
  });

  test('a digest that could not go out in its hours is said again on the next day, as it then is', async () => {
    await oweReflection();
    bot.messenger.behave = (key) => (key.includes('2026-11-24') ? { refuse: 'unused' } : 'deliver');
    await bot.until('2026-11-24', '09:06');
    bot.clock.set('2026-11-24T01:07:00.000Z');
    await bot.runner.tick();
    bot.clock.set('2026-11-24T12:00:00.000Z');
    await bot.settle();
    const row = await bot.store.read((view) => view.get(outbox, `digest:2026-11-24:${people.cadre.staffNo}`));
    expect(row).toMatchObject({ state: 'expired', reason: '已过提醒时段，没有发送。' });
    await bot.until('2026-11-25');
    expect(textsTo(people.cadre.staffNo)).toHaveLength(1);
  });

  test('nobody is chased on a doubtful day', async () => {
    await bot.until('2027-01-03');
    const before = told().length;
    await bot.submits(people.cadre.staffNo, { from: '2026-12-31', to: '2026-12-31' });
    await bot.until('2027-01-04');
    expect(told()).toHaveLength(before);
  });
});

test('a dry run on a day to come shows the digests of that day and leaves no trace', async () => {
  await oweReflection();
  const before = await allNotices();
  const report = await bot.runner.run('digest', { asOf: '2026-11-24', dryRun: true });
  const mine = report.sent.filter(({ to }) => to === '王芳（E0011）');
  expect(mine).toHaveLength(1);
  expect(mine[0]?.text).toContain('《学习党的二十大精神》的学习体会，请于 11月27日 前提交');
  expect(await allNotices()).toEqual(before);
  expect(report.summary).toMatch(/^已提醒 \d+ 人。$/);
  expect((await bot.runner.run('digest', { asOf: '2026-11-22', dryRun: true })).summary).toContain('不在提醒时段');
});

describe('what the hearer wants to hear', () => {
  const silent = (staffNo: string, change: Partial<Hearing>) =>
    bot.write((tx) =>
      tx.put(hearings, { staffNo, muted: [], snoozedUntil: null, updatedAt: bot.clock.now(), ...change }),
    );

  test('a muted subject is not mentioned, and others hear of it as before', async () => {
    await oweReflection();
    await silent(people.cadre.staffNo, { muted: ['reflection'] });
    await bot.until('2026-12-31');
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
    expect(textsTo(people.unitHead.staffNo).some((text) => text.includes('王芳至今未交'))).toBe(true);
  });

  test('what is put off comes on its day, with what has come up since, and not if it is done', async () => {
    const id = await oweReflection();
    await silent(people.cadre.staffNo, { snoozedUntil: '2026-11-26' });
    await bot.until('2026-11-25');
    expect(textsTo(people.cadre.staffNo)).toEqual([]);
    await bot.until('2026-11-26');
    expect(told()).toContain(`2026-11-26 ${people.cadre.staffNo}`);
    await silent(people.cadre.staffNo, { snoozedUntil: '2026-12-02' });
    await bot.write(async (tx) => {
      const owed = await tx.get(reflections, id);
      if (owed !== undefined) await tx.put(reflections, { ...owed, state: 'accepted', handedInAt: bot.clock.now() });
    });
    await bot.until('2026-12-31');
    expect(textsTo(people.cadre.staffNo)).toHaveLength(1);
  });

  test('what the department asked for goes out with the next daily message, once, instead of the same by itself', async () => {
    const id = await oweReflection();
    await bot.write((tx) =>
      tx.put(notices, {
        key: `urge:2026-11-24:reflection:${id}:${people.cadre.staffNo}`,
        staffNo: people.cadre.staffNo,
        subject: 'reflection',
        tier: 'manual',
        about: String(id),
        plannedOn: '2026-11-24',
        dueOn: '2026-11-27',
        figures: { title: '学习党的二十大精神' },
        state: 'planned',
        toldOn: null,
        by: people.clerk.staffNo,
      }),
    );
    await bot.until('2026-11-24');
    const [message = '', ...more] = textsTo(people.cadre.staffNo);
    expect(more).toEqual([]);
    expect(message).toContain('组织部请您办理');
    expect(message.match(/学习党的二十大精神/g)).toHaveLength(1);
    const told = (await allNotices()).filter(
      ({ staffNo, state }) => staffNo === people.cadre.staffNo && state === 'told',
    );
    expect(told.map(({ tier }) => tier).sort()).toEqual(['before', 'manual']);
  });

  test('what belongs to an office is told even while reminders are put off', async () => {
    await oweReflection();
    await silent(people.unitHead.staffNo, { snoozedUntil: '2027-01-04' });
    await bot.until('2026-12-31');
    const heard = textsTo(people.unitHead.staffNo);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('本单位王芳至今未交');
  });
});

describe('where no clerk can', () => {
  test('the head of the department hears of entries that wait', async () => {
    await bot.write((tx) => tx.put(cadres, { ...people.clerk, state: 'left' }));
    await bot.submits(people.namesake.staffNo, { title: '等待审核' });
    await bot.until('2026-11-25');
    const [heard] = textsTo(people.head.staffNo).filter((text) => text.includes('有 1 条学时登记等待审核'));
    expect(heard).toContain('【去审核】');
  });

  test('the head of the department hears of reflections that stay away', async () => {
    await oweReflection();
    await bot.write((tx) => tx.put(cadres, { ...people.clerk, state: 'left' }));
    await bot.until('2026-12-11');
    const heard = textsTo(people.head.staffNo).filter((text) => text.includes('还有 1 人未交：王芳（教务处）'));
    expect(heard).toHaveLength(1);
  });

  test('the head hears of the only clerk’s own entries, and of no others', async () => {
    await bot.submits(people.cadre.staffNo, { title: '别人的' });
    await bot.submits(people.clerk.staffNo, { title: '经办自己的' });
    await bot.until('2026-11-25');
    const heard = textsTo(people.head.staffNo).filter((text) => text.includes('等待审核'));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toContain('有 1 条学时登记等待审核');
  });
});
