import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/day.ts';
import { notices } from '../../src/domain/notice.ts';
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
    expect(preview).toContain('立即发送 2 人');
    expect(preview).toContain('收到的样子');
    expect(await chases()).toEqual([]);
    expect(await clerk.taps('确认催办')).toContain('已催办 2 人。');
    expect(chat.as(people.cadre).last()).toContain('组织部请您办理');
    expect(chat.as(people.cadre).last()).toContain('《教务管理专题班》的学习体会，已于 11月9日 到期');
    expect(chat.as(people.cadre).last()).toContain('不少于 1000 字');
    expect(chat.as(people.cadre).button('交体会')).toBeDefined();
    expect(await chases()).toHaveLength(2);
  });

  it('names the one person who is meant', async () => {
    expect(await chat.as(people.clerk).says('催办 E0012')).toContain('将催办王芳（外国语学院） 1 人、1 件');
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

  it('asks which of two people of one name', async () =>
    expect(await chat.as(people.clerk).says('催办 王芳')).toContain(
      '有 2 位“王芳”：E0011、E0012。请改用工号，例如：催办 E0011。',
    ));

  it('leaves alone who has done it meanwhile', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    await handIn(people.cadre.staffNo);
    const said = await clerk.taps('确认催办');
    expect(said).toContain('已催办 1 人，1 人没有发送');
    expect(said).toContain('预览之后已有 1 人办完，没有打扰');
    expect(chat.as(people.cadre).texts()).toEqual([]);
  });

  it('is one message a day: a second one waits for the next daily message', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办 E0011');
    await clerk.taps('确认催办');
    const again = await clerk.says('催办');
    expect(again).toContain('今天已提醒过，并入下次提醒 1 人');
    expect(again).toContain('立即发送 1 人');
    expect(await clerk.taps('确认催办')).toContain('已催办 1 人，另有 1 人排入以后的提醒');
    expect(await chases()).toHaveLength(2);
  });

  it('outside the hours and on days off is planned for the next working day', async () => {
    chat.clock.set(instantAt('2026-11-21', '10:00'));
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('催办')).toContain('下一个工作日发送 2 人');
    expect(await clerk.taps('确认催办')).toContain('已催办 0 人，另有 2 人排入以后的提醒');
    expect(await chases()).toEqual([]);
    const planned = (await chat.store.read((view) => listAll(view, notices))).filter(
      ({ state }) => state === 'planned',
    );
    expect(planned.map(({ staffNo, tier, by }) => [staffNo, tier, by])).toEqual([
      ['E0011', 'manual', 'E0003'],
      ['E0012', 'manual', 'E0003'],
    ]);
  });

  it('respects who has muted the subject, and says so', async () => {
    await chat.as(people.cadre).says('提醒 关 体会');
    const clerk = chat.as(people.clerk);
    const preview = await clerk.says('催办');
    expect(preview).toContain('本人设了免提醒，不发送 1 人');
    const said = await clerk.taps('确认催办');
    expect(said).toContain('已催办 1 人，1 人没有发送');
    expect(said).toContain('王芳（教务处）：本人设了免提醒');
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
    expect(await chat.as(people.clerk).says('催办')).toContain('本月提醒已达上限，下月再发 1 人');
  });

  it('is shown in the overdue list: how often, and when last', async () => {
    const clerk = chat.as(people.clerk);
    await clerk.says('催办');
    await clerk.taps('确认催办');
    expect(await clerk.says('逾期')).toContain('（登记号 1015），已提醒 1 次（最近 11月20日）');
    await clerk.taps('催办');
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

describe('the list, narrowed', () => {
  it.each([
    ['逾期 体会 超过7天', true],
    ['逾期 超过10天', true],
    ['逾期 超过一个月', false],
  ])('%s', async (said, found) => {
    const answer = await chat.as(people.clerk).says(said);
    if (found) expect(answer).toContain('教务管理专题班');
    else expect(answer).toContain('超过 30 天的没有逾期');
  });
});
