import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chats } from '../../src/bot/chats.ts';
import { collections } from '../../src/collections.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import { verifyStore } from '../../src/store/verify.ts';
import { group, openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { train } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
  await chat.write((tx) => tx.put(chats, { messenger: 'simulator', id: group, name: '干部工作群', bulletin: true }));
});
afterEach(() => chat.close());

const row = () => chat.store.read((view) => view.get(bulletins, '2026-10'));
const inGroup = () => chat.inGroup(people.clerk).texts();
const late = () => train(chat, people.cadre, { from: '2026-10-12', to: '2026-10-12', hours: 400 });

async function release(): Promise<void> {
  await chat.as(people.clerk).says('通报 上月 发布');
  await chat.as(people.clerk).taps('确认');
}

describe('the correction of a released bulletin', () => {
  it('shows every figure that differs, and after 确认 tells the groups', async () => {
    await release();
    await late();
    const head = chat.as(people.head);
    const preview = await head.says('通报 2026-10 更正 理由：补录一批记录');
    expect(preview).toContain('2026年10月通报有');
    expect(preview).toContain('本月学时 | 0 学时 | 4 学时');
    expect(preview).toContain('本年专业化能力 | 0 学时 | 4 学时');
    expect(preview).toContain('更正理由：补录一批记录');
    expect(inGroup()).toHaveLength(1);
    expect(await head.taps('确认')).toContain('更正通报已发往 1 个群');
    expect(inGroup()).toHaveLength(2);
    expect(inGroup()[1]).toContain('2026年11月20日发布的2026年10月干部教育培训情况通报');
    expect(inGroup()[1]).toContain('本月学时 | 0 学时 | 4 学时');
    expect(inGroup()[1]).toContain('更正理由：补录一批记录');
    expect(inGroup()[1]).not.toMatch(/王芳|沈建国|E0011/);
  });

  it('keeps every version, and verify covers each', async () => {
    await release();
    const original = await row();
    await late();
    const head = chat.as(people.head);
    await head.says('通报 上月 更正 补录');
    await head.taps('确认');
    await late();
    await head.says('通报 上月 更正 再次补录');
    await head.taps('确认');
    const kept = await row();
    expect(kept).toMatchObject({ ...original, corrections: [{ by: 'E0002', why: '补录' }, { why: '再次补录' }] });
    expect(kept?.corrections?.map(({ figures }) => figures.hours.month.value)).toEqual([400, 800]);
    const shown = await chat.as(people.clerk).says('通报 上月');
    expect(shown).toContain('1 人，2 人次');
    expect(shown).toContain('第 2 次更正：2026年11月20日 09:00 由沈建国确认，理由：再次补录');
    expect(shown).toContain(`校验码 ${kept?.corrections?.[1]?.auditHash16}`);
    expect(inGroup()).toHaveLength(3);
    expect((await verifyStore(chat.store, collections)).problems).toEqual([]);
    await chat.write(async (tx) => {
      const corrections = kept?.corrections?.map((one) => ({ ...one, auditHash16: '0'.repeat(16) }));
      if (kept !== undefined) await tx.put(bulletins, { ...kept, corrections });
    });
    expect((await verifyStore(chat.store, collections)).problems).toHaveLength(2);
  });

  it('is prepared by the clerk and confirmed by the department head', async () => {
    await release();
    await late();
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    expect(await clerk.says('通报 上月 更正 补录')).toContain('更正须由部长确认');
    expect(clerk.button('确认')).toBeUndefined();
    expect(await clerk.taps('送部长确认')).toContain('已送沈建国确认');
    expect(head.last()).toContain('赵敏准备了2026年10月通报的更正');
    expect(await head.taps('查看更正')).toContain('本月学时 | 0 学时 | 4 学时');
    await head.taps('确认');
    expect(inGroup()).toHaveLength(2);
  });

  it('cannot be forced by the clerk with a forged button', async () => {
    await release();
    await late();
    const clerk = chat.as(people.clerk);
    await clerk.says('通报 上月 更正 补录');
    const args = { ...clerk.button('送部长确认')?.press.args, confirmed: true };
    const { propose: _, ...forged } = args as Record<string, unknown>;
    expect(await clerk.presses({ command: '通报', args: forged })).toContain('须由部长确认');
    expect((await row())?.corrections).toBeUndefined();
  });

  it('publishes nothing that the preview did not show', async () => {
    await release();
    await late();
    const head = chat.as(people.head);
    await head.says('通报 上月 更正 补录');
    await late();
    expect(await head.taps('确认')).toContain('数据又有变化，没有发布');
    expect(inGroup()).toHaveLength(1);
    expect(await head.taps('确认')).toContain('已更正');
    expect(inGroup()[1]).toContain('本月学时 | 0 学时 | 8 学时');
  });

  it('asks for the reason, which the next message or the form gives', async () => {
    await release();
    await late();
    const head = chat.as(people.head);
    expect(await head.says('通报 上月 更正')).toContain('请写明更正2026年10月通报的理由');
    expect(await head.says('漏录了一次集中培训')).toContain('更正理由：漏录了一次集中培训');
    await head.says('通报 上月');
    await head.taps('更正');
    expect(await head.submits({ reason: '漏录' })).toContain('更正理由：漏录');
    await head.taps('取消');
    expect((await row())?.corrections).toBeUndefined();
  });

  it('names nobody in its reason', async () => {
    await release();
    await late();
    expect(await chat.as(people.head).says('通报 上月 更正 漏了王芳的记录')).toContain('不写个人姓名');
  });

  it('has nothing to do without differences, nor before the release', async () => {
    const head = chat.as(people.head);
    expect(await head.says('通报 上月 更正 补录')).toContain('还没有发布，不用更正');
    await release();
    expect(await head.says('通报 更正 补录')).toContain('没有需要更正的内容');
    chat.clock.pass(60 * 24 * 30);
    expect(await head.says('通报 2026-10 更正 补录')).toContain('没有需要更正的内容');
  });

  it('is nobody else’s', async () => {
    await release();
    await late();
    expect(await chat.as(people.unitHead).says('通报 上月 更正 补录')).toContain('没有这项权限');
    expect(await chat.inGroup(people.head).says('通报 上月 更正 补录')).toContain('私聊');
  });
});

it('a bulletin that was kept before corrections, announcements and yearly figures still opens, and can be corrected', async () => {
  await release();
  await chat.write(async (tx) => {
    const kept = await tx.get(bulletins, '2026-10');
    if (kept === undefined) throw new Error('no bulletin');
    const { coming: _, groups: __, ...old } = kept;
    const { more: ___, ...figures } = old.figures;
    const units = figures.units.map(({ yearIds: ____, ...unit }) => unit);
    await tx.put(bulletins, { ...old, figures: { ...figures, units } });
  });
  await chat.reopen();
  const head = chat.as(people.head);
  expect(await head.says('通报 上月')).toContain('本月参训：0 人，0 人次\n');
  expect(await head.says('通报 2026-10 依据 其他单位')).toContain('本月 0 学时');
  expect(await head.says('通报 上月 更正 补录')).toContain('没有需要更正的内容');
  await late();
  expect(await head.says('通报 上月 更正 补录')).not.toContain('本年参训人数');
  await head.taps('确认');
  expect(inGroup()).toHaveLength(2);
});
