import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { notices, planned } from '../../src/domain/notice.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
  // Nobody but these two owes anything.
  for (const person of Object.values(people)) {
    if (person.state !== 'active') continue;
    await train(chat, person, { from: '2025-05-06', to: '2025-05-06' });
    await train(chat, person, {
      from: '2026-01-10',
      to: '2026-06-30',
      hours: 60_000,
      form: 'secondment',
      title: '挂职',
    });
  }
  await train(chat, people.cadre, { form: 'intensive', title: '教务管理专题班' });
  await train(chat, people.namesake, { form: 'intensive', title: '外语教学专题班' });
});
afterEach(() => chat.close());

const chases = async () =>
  (await chat.store.read((view) => listAll(view, outbox))).filter(({ purpose }) => purpose === 'chase');
const reflectionOf = async (staffNo: string) =>
  (await chat.store.read((view) => listAll(view, reflections))).find((one) => one.staffNo === staffNo);
const handIn = async (staffNo: string) => {
  const owed = await reflectionOf(staffNo);
  await chat.write(async (tx) => {
    if (owed) await tx.put(reflections, { ...owed, state: 'handed-in', handedInAt: chat.clock.now() });
  });
};

describe('urging', () => {
  it('shows first who gets what, and sends after 确认', async () => {
    const clerk = chat.as(people.clerk);
    const preview = await clerk.says('催办');
    expect(preview).toContain('将催办 2 人、2 件。确认前不会发送');
    expect(preview).toContain('王芳 | 教务处 | 体会：《教务管理专题班》应于11月9日前交');
    expect(preview).toContain('立即发送：2 人');
    expect(preview).toContain('收到的样子');
    expect(await chases()).toEqual([]);
    expect(await clerk.taps('确认催办')).toContain('已催办 2 人。');
    expect(chat.as(people.cadre).last()).toContain('组织部请您办理');
    expect(chat.as(people.cadre).last()).toContain(
      '《教务管理专题班》的学习体会，已于 11月9日 到期，请尽快补交，不少于 1000 字',
    );
    expect(chat.as(people.cadre).button('交体会')).toBeDefined();
    expect(await chases()).toHaveLength(2);
  });

  it.each([
    ['催办 体会', 2],
    ['催办 教务处', 1],
    ['催办 E0012', 1],
    ['催办 体会 超过7天', 2],
    ['催办 体会 超过11天', 0],
    ['催办 学时', 0],
  ])('%s is for %i', async (said, count) => {
    const answer = await chat.as(people.clerk).says(said);
    expect(answer).toContain(count === 0 ? '没有可以催办的事项' : `将催办`);
    if (count > 0) expect(answer).toMatch(new RegExp(`${count} 人、${count} 件`));
  });

  it('asks which of two people of one name', async () => {
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('催办 王芳')).toContain(
      '有 2 位“王芳”：E0011（教务处）、E0012（外国语学院）。请点选，或改用工号，例如：催办 E0011。',
    );
    expect(await clerk.taps('E0012 外国语学院')).toContain('王芳（外国语学院）');
  });

  it('leaves alone who has done it meanwhile', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    await handIn(people.cadre.staffNo);
    const said = await clerk.taps('确认催办');
    expect(said).toContain('已催办 1 人，1 人没有发送');
    expect(said).toContain('预览之后已有 1 人办完，没有打扰');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('does not say the same matter twice a day', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    const again = await clerk.says('催办');
    expect(again).toContain('将催办 1 人、1 件');
    expect(again).toContain('立即发送：1 人；今天已提醒过同一件事，不重复发送：1 人');
    expect(await clerk.taps('确认催办')).toContain('已催办 1 人，1 人没有发送');
    expect(await chases()).toHaveLength(2);
    expect(await clerk.says('催办')).toContain('没有人会收到，原因见下');
  });

  it('is one message a day: another matter waits for the next daily message', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    await train(chat, people.cadre, { form: 'intensive', title: '课程思政专题班' });
    const again = await clerk.says('催办 E0011');
    expect(again).toContain('今天已收到一条提醒，并入下一个工作日的提醒：1 人');
    expect(again).toContain(
      '《课程思政专题班》应于11月9日前交，逾期 11 天（登记号 1017）；不再提体会：《教务管理专题班》',
    );
    expect(again).toContain('最早随11月23日的每日提醒发送');
    expect(await clerk.taps('确认催办')).toContain('已催办 0 人，另有 1 人排入以后的提醒');
    expect(await chases()).toHaveLength(1);
  });

  it('takes along what the daily message of the morning would have said', async () => {
    const daily = planned({
      key: 'reflection:1015:overdue',
      staffNo: 'E0011',
      subject: 'reflection',
      tier: 'overdue',
      about: '1015',
      plannedOn: '2026-11-20',
      dueOn: '2026-11-09',
      figures: { title: '教务管理专题班', minLength: 1000 },
    });
    await chat.write((tx) => tx.put(notices, daily));
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    expect(await chases()).toHaveLength(1);
    expect(
      chat
        .as(people.cadre)
        .last()
        .match(/教务管理专题班/g),
    ).toHaveLength(1);
    expect(await chat.store.read((view) => view.get(notices, daily.key))).toMatchObject({ state: 'told' });
    expect(await clerk.says('逾期 E0011')).toContain('已提醒 1 次（最近 11月20日）');
  });

  it('does not count a message that could not be delivered', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    await chat.write(async (tx) => {
      const row = await tx.get(outbox, 'digest:2026-11-20:E0011');
      if (row !== undefined) await tx.put(outbox, { ...row, state: 'failed', reason: '没有送达' });
    });
    expect(await clerk.says('逾期 E0011')).not.toContain('已提醒');
  });

  it('leaves the clerk’s own matters to the clerk', async () => {
    await train(chat, people.clerk, { form: 'intensive', title: '组工业务班' });
    expect(await chat.as(people.clerk).says('催办')).toContain('您本人的事项，请直接办理');
    expect(await chat.as(people.head).says('催办')).toContain('立即发送：3 人');
  });

  it('is for those on a page of the list, for all, or for a kind', async () => {
    for (let i = 0; i < 10; i += 1) {
      await train(chat, people.namesake, { form: 'intensive', title: `外语教学专题班${i}` });
    }
    const clerk = chat.as(people.clerk);
    await clerk.says('逾期');
    expect(await clerk.taps('催办本页')).toContain('将催办 2 人');
    await clerk.says('逾期');
    await clerk.taps('下一页');
    const page = await clerk.taps('催办本页');
    expect(page).toContain('将催办 1 人、11 件');
    expect(page).not.toContain('教务处');
    expect(await clerk.taps('确认催办')).toContain('已催办 1 人。');
    expect((await chases()).map(({ target }) => target)).toEqual(['E0012']);
  });

  it('outside the hours and on days off is planned for the next working day', async () => {
    chat.clock.set(instantAt('2026-11-21', '10:00'));
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('催办')).toContain('随下一次每日提醒发送：2 人');
    expect(await clerk.taps('确认催办')).toContain('已催办 0 人，另有 2 人排入以后的提醒');
    expect(await chases()).toEqual([]);
    const waiting = (await chat.store.read((view) => listAll(view, notices))).filter(
      ({ state }) => state === 'planned',
    );
    expect(waiting.map(({ staffNo, tier, by }) => [staffNo, tier, by])).toEqual([
      ['E0011', 'manual', 'E0003'],
      ['E0012', 'manual', 'E0003'],
    ]);
  });

  it('respects who has muted the subject, and says so', async () => {
    await chat.as(people.cadre).says('提醒 关 体会');
    const clerk = chat.as(people.clerk);
    const preview = await clerk.says('催办');
    expect(preview).toContain('本人设了免提醒，不发送：1 人');
    const said = await clerk.taps('确认催办');
    expect(said).toContain('已催办 1 人，1 人没有发送');
    expect(said).toContain('本人设了免提醒，不发送：王芳（教务处）');
  });

  it('respects the monthly cap', async () => {
    await chat.write(async (tx) => {
      for (let i = 0; i < chat.policies.at('2026-11-20').chasing.perMonth; i += 1) {
        const row = {
          key: `digest:2026-11-${String(i + 2).padStart(2, '0')}:E0011`,
          messenger: 'simulator',
          to: { type: 'cadre' as const, staffNo: 'E0011' },
          purpose: 'chase' as const,
          target: 'E0011',
          reply: null,
          state: 'sent' as const,
          createdAt: instantAt(`2026-11-${String(i + 2).padStart(2, '0')}`, '09:07'),
          notBefore: instantAt('2026-11-02', '09:07'),
          notAfter: null,
          seq: await tx.nextNumber('outbox'),
          attempts: 1,
          firstTriedAt: null,
          leasedUntil: null,
          leasedBy: null,
          sentAt: instantAt(`2026-11-${String(i + 2).padStart(2, '0')}`, '09:07'),
          messageId: null,
          reason: null,
        };
        await tx.put(outbox, row);
      }
    });
    expect(await chat.as(people.clerk).says('催办')).toContain('本月提醒已达上限，下月再发：1 人');
  });

  it('is shown in the overdue list: how often, and when last', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    await clerk.taps('确认催办');
    expect(await clerk.says('逾期')).toContain('（登记号 1015），已提醒 1 次（最近 11月20日）');
    await clerk.taps('催办全部');
    expect(clerk.last()).toContain('今天已提醒过');
  });

  it('an old preview does nothing', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    const press = clerk.button('确认催办')?.press;
    await clerk.taps('确认催办');
    expect(await clerk.presses(press)).toContain('已经提交过');
    expect(await chases()).toHaveLength(2);
  });

  it('is not for what the department owes itself', async () =>
    expect(await chat.as(people.clerk).says('催办 待审核')).toContain('由组织部自己办理'));

  it('is for the clerk and the head of the department, in private', async () => {
    expect(await chat.as(people.head).says('催办')).toContain('将催办');
    expect(await chat.as(people.cadre).says('催办')).toContain('没有这项权限');
    expect(await chat.as(people.unitHead).says('催办 教务处')).toContain('没有这项权限');
    expect(await chat.as(people.archivist).says('催办')).toContain('没有这项权限');
    expect(await chat.inGroup(people.clerk).says('催办')).toContain('私聊');
  });

  it('cannot be sent by a forged button without the right', async () => {
    const press = { command: '催办', args: { whom: ['E0011', 'E0012'], confirmed: true } };
    expect(await chat.as(people.cadre).presses(press)).toContain('没有这项权限');
    expect(await chases()).toEqual([]);
  });
});

describe('加急', () => {
  const urgentTo = async () => (await chases()).filter(({ urgent }) => urgent === true).map(({ target }) => target);

  it('says at how many people it will ring, and asks once more before it does', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    expect(clerk.button('加急催办')).toMatchObject({
      style: 'danger',
      confirm: '将对 2 人加急：手机会响铃或强提醒，直到本人查看。只在确有必要时使用。确定吗？',
    });
    expect(await urgentTo()).toEqual([]);
    expect(await clerk.taps('加急催办')).toContain('已催办 2 人。其中 2 人已加急。');
    expect((await urgentTo()).sort()).toEqual(['E0011', 'E0012']);
  });

  it('is never what 确认催办 or the word 确认 does', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    await clerk.says('催办 E0012');
    await clerk.says('确认');
    expect(await chases()).toHaveLength(2);
    expect(await urgentTo()).toEqual([]);
  });

  it('rings only at whom the card has shown, and at nobody who has done it meanwhile', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await train(chat, people.newcomer, { form: 'intensive', title: '新任院长专题班' });
    const press = clerk.button('加急催办')?.press;
    await handIn(people.cadre.staffNo);
    expect(await clerk.presses(press)).toContain('没有人加急');
    expect(await chases()).toEqual([]);
  });

  it('takes from a button neither people nor right', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    const draft = clerk.button('确认催办')?.press.args['draft'];
    const forged = { command: '确认', args: { draft, urgent: true, ring: ['E0012'], whom: ['E0012'] } };
    expect(await chat.as(people.cadre).presses(forged)).toContain('已失效');
    await clerk.presses(forged);
    expect(await urgentTo()).toEqual(['E0011']);
  });

  it('is not offered outside the hours, and what waits until then does not ring', async () => {
    chat.clock.set(instantAt('2026-11-20', '19:00'));
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    expect(clerk.button('加急催办')).toBeUndefined();
    const draft = clerk.button('确认催办')?.press.args['draft'];
    expect(await clerk.presses({ command: '确认', args: { draft, urgent: true } })).toContain('没有人加急');
    expect(await chases()).toEqual([]);
  });

  it('does not ring at somebody to whom it could not go at once when the card was shown', async () => {
    chat.clock.set(instantAt('2026-11-20', '08:20'));
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    const draft = clerk.button('确认催办')?.press.args['draft'];
    chat.clock.set(instantAt('2026-11-20', '08:40'));
    await clerk.presses({ command: '确认', args: { draft, urgent: true } });
    expect(await chases()).toMatchObject([{ target: 'E0011' }]);
    expect(await urgentTo()).toEqual([]);
  });

  it('stands in the audit records', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('加急催办');
    await clerk.says('催办 E0012');
    await clerk.taps('确认催办');
    const said = await chat.as(people.head).says('审计 赵敏');
    expect(said).toContain('赵敏：加急提醒送出 | 确认（按钮）');
    expect(said).toContain('赵敏：提醒送出 | 确认（按钮）');
  });

  it('means nothing to another draft', async () => {
    const cadre = chat.as(people.cadre);
    await cadre.says('登记 3学时 党性教育 昨天 《专题党课》');
    const draft = cadre.button('确认')?.press.args['draft'];
    expect(await cadre.presses({ command: '确认', args: { draft, urgent: true } })).toContain('登记号');
  });
});

describe('the list, narrowed', () => {
  it.each([
    ['逾期 体会 超过7天', true],
    ['逾期 超过10天', true],
    ['逾期 超过一个月', false],
    ['逾期 11月10日以前', true],
    ['逾期 没催过', true],
  ])('%s', async (said, found) => {
    const answer = await chat.as(people.clerk).says(said);
    if (found) expect(answer).toContain('教务管理专题班');
    else expect(answer).toContain('没有逾期');
  });

  it.each([
    ['逾期 10月以前', '2026年10月1日以前的没有逾期'],
    ['逾期 11月9日以前', '11月9日以前的没有逾期'],
    ['逾期 催过1次', '已提醒 1 次以上的没有逾期'],
  ])('%s', async (said, answer) =>
    expect(await chat.as(people.clerk).says(said)).toContain(answer.replace('2026年', '')),
  );

  it('by how often somebody was reminded, in the list, its file and 催办', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    expect(await clerk.says('逾期 没催过')).toContain('还没有提醒过的：逾期 1 项（体会）');
    expect(clerk.last()).toContain('外语教学专题班');
    expect(await clerk.says('逾期 催过1次以上')).toContain('教务管理专题班');
    expect(await clerk.taps('Excel 名单')).toContain('已提醒 1 次以上的共 1 项');
    expect(await clerk.says('催办 没催过')).toContain('将催办还没有提醒过的 1 人、1 件');
  });
});
