import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendHourEvent } from '../../src/bot/ledger.ts';
import { decideEvent, submitEvent } from '../../src/domain/entry-life.ts';
import { hourEntries, hourEvents } from '../../src/domain/hours.ts';
import { reflections } from '../../src/domain/reflection.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import { listAll } from '../../src/store/store.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { people } from '../support/college.ts';
import { training } from '../support/training.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat();
});
afterEach(() => chat.close());

const titles = ['专题党课', '理论辅导报告', '廉政教育', '公文写作', '数据治理', '课程思政', '消防安全'];

/** Logs one training; the first gets 登记号 1001. */
const log = (who: { staffNo: string }, title = '专题党课', more = '3学时 2026-11-19') =>
  chat.as(who.staffNo).says(`登记 党性教育 《${title}》 ${more} 确认`);

const entry = (id: number) => chat.store.read((view) => view.get(hourEntries, id));
const stateOf = async (id: number) => (await entry(id))?.state;
const press = (args: object) => ({ command: '审核', args });

describe('the queue', () => {
  it('says that nothing waits', async () => {
    expect(await chat.as(people.clerk).says('审核')).toContain('没有待审核的登记');
  });

  it('lists five entries a page, oldest first, with who, what and since when', async () => {
    for (const title of titles) {
      await log(people.cadre, title, '1学时 2026-11-10');
      chat.clock.pass(1);
    }
    chat.clock.pass(4 * 24 * 60);
    const clerk = chat.as(people.clerk);
    const first = await clerk.says('审核');
    expect(first).toContain('有 7 条登记待审核');
    expect(first).toContain('王芳（教务处）· 已等 2 个工作日\n登记号 1001\n');
    expect(first).toContain('党性教育 · 1 学时 · 11月10日 · 《专题党课》');
    expect(first).toContain('登记号 1005');
    expect(first).not.toContain('登记号 1006');
    const second = await clerk.taps('下一页');
    expect(second).toContain('登记号 1006');
    expect(second).not.toContain('登记号 1005');
    expect(await clerk.taps('上一页')).toContain('登记号 1001');
  });

  it('shows conflicts with other records of the person', async () => {
    await log(people.cadre);
    await chat.as(people.clerk).says('审核 1001 通过');
    await log(people.cadre, '专题 党课');
    await chat.as(people.cadre).taps('仍要提交');
    expect(await chat.as(people.clerk).says('审核')).toMatch(/与登记号 1001 相近.*已认定/);
  });

  it('stays on its page when a later one disappears', async () => {
    for (const title of titles.slice(0, 6)) await log(people.cadre, title, '1学时 2026-11-10');
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await clerk.taps('下一页')).toContain('登记号 1006');
    expect(await clerk.taps('通过')).toContain('登记号 1001');
  });

  it('is never shown in a group, nor to other roles', async () => {
    await log(people.cadre);
    expect(await chat.inGroup(people.clerk).says('审核')).toContain('私聊');
    expect(await chat.as(people.cadre).says('审核')).toContain('没有这项权限');
    expect(await chat.as(people.unitHead).says('审核 1001 通过')).toContain('没有这项权限');
    expect(await stateOf(1001)).toBe('submitted');
  });
});

describe('a single decision', () => {
  it('takes effect at once, tells the person and shows what still waits', async () => {
    await log(people.cadre, '专题党课');
    await log(people.namesake, '理论辅导报告');
    const answer = await chat.as(people.clerk).says('审核 1001 通过');
    expect(answer).toContain('已通过登记号 1001（王芳，3 学时）。还有 1 条待审核');
    expect(answer).toContain('登记号 1002');
    expect(chat.as(people.cadre).last()).toContain('登记号 1001《专题党课》已认定 3 学时');
    expect(await chat.as(people.cadre).says('进度')).toContain('已认定 3 学时，待审核 0 学时');
  });

  it('is tapped through card by card', async () => {
    await log(people.cadre, '专题党课');
    await log(people.namesake, '理论辅导报告');
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await clerk.taps('通过')).toContain('还有 1 条待审核');
    expect(await clerk.taps('通过')).toContain('没有待审核的登记了');
    expect(clerk.texts()).toHaveLength(1);
    expect(await stateOf(1002)).toBe('approved');
  });

  it('changes hours, content, kind and form while approving', async () => {
    await log(people.cadre);
    const answer = await chat.as(people.head).says('审核 1001 改 2学时 类别 专题培训 方式 集中培训');
    expect(answer).toContain('申报 3，认定 2 学时');
    expect(await entry(1001)).toMatchObject({ hours: 200, claimedHours: 300, kind: 'thematic', form: 'intensive' });
    expect(chat.as(people.cadre).last()).toContain('已认定 2 学时（申报 3 学时）');
  });

  it('says what was changed and why, to the person and in the history', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核 1001 改 2学时 类别 专题培训 说明 只参加了半天');
    expect(chat.as(people.cadre).last()).toContain(
      '已认定 2 学时（申报 3 学时），类别由“未注明”改为“专题培训”。说明：只参加了半天。',
    );
    expect(await clerk.says('审核 1001')).toContain(
      '认定（赵敏，学时由“3”改为“2”，类别由“未注明”改为“专题培训”），说明：只参加了半天',
    );
  });

  it('takes the explanation from the form as well, and asks for none', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核 1001 改');
    await clerk.submits({
      amount: '2',
      content: 'theory',
      kind: 'unspecified',
      form: 'unspecified',
      reason: '中途离开',
    });
    expect(await entry(1001)).toMatchObject({ hours: 200, content: 'theory', reason: '中途离开' });
    await log(people.cadre, '公文写作');
    await clerk.says('审核 1002 改 1学时');
    expect(await entry(1002)).toMatchObject({ state: 'approved', reason: null });
  });

  it('offers a form for changed hours, and approves with what it says', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await clerk.taps('修改后通过')).toContain('申报 3 学时，请修改后通过');
    const form = { content: 'party-spirit', kind: 'special', form: 'unspecified' };
    expect(await clerk.submits({ ...form, amount: '许多' })).toContain('没有看懂');
    expect(await clerk.submits({ ...form, kind: 'unspecified', amount: '3' })).toContain('没有改动');
    expect(await clerk.submits({ ...form, amount: '半天' })).toContain('已通过登记号 1001');
    expect(await entry(1001)).toMatchObject({ hours: 400, kind: 'special', state: 'approved' });
  });

  it('refuses more hours than the days can hold', async () => {
    await log(people.cadre);
    expect(await chat.as(people.clerk).says('审核 1001 改 20学时')).toContain('最多能记 10 学时');
    expect(await stateOf(1001)).toBe('submitted');
  });

  it('opens the reflection that an approved training owes and says so', async () => {
    await log(people.cadre, '党性教育专题班', '8学时 2026-11-18 集中培训');
    await chat.as(people.clerk).says('审核 1001 通过');
    const told = chat.as(people.cadre);
    expect(told.last()).toContain('需要交学习体会：2026年11月25日前，不少于 1000 字');
    expect(told.button('交学习体会')?.press).toMatchObject({ command: '体会', args: { entry: 1001 } });
  });

  it('returns with a reason and offers the person to correct it', async () => {
    await log(people.cadre);
    expect(await chat.as(people.clerk).says('审核 1001 退回 请补充证明材料')).toContain('已退回登记号 1001');
    expect(chat.as(people.cadre).last()).toContain('被退回：请补充证明材料');
    expect(chat.as(people.cadre).button('修改')?.press).toMatchObject({ command: '修改', args: { entry: 1001 } });
  });

  it('rejects with a reason', async () => {
    await log(people.cadre);
    expect(await chat.as(people.clerk).says('审核 1001 驳回 不属于干部教育培训')).toContain('已驳回登记号 1001');
    expect(chat.as(people.cadre).last()).toContain('未通过：不属于干部教育培训');
  });

  it('asks for a missing reason and takes the next message for it', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('审核 1001 退回')).toContain('请写明退回登记号 1001');
    await chat.reopen();
    expect(await clerk.says('请补充证明材料')).toContain('已退回登记号 1001');
    expect(await entry(1001)).toMatchObject({ state: 'returned', reason: '请补充证明材料' });
  });

  it.each(['嗯', '稍等一下', '好的，谢谢', '不对'])(
    'takes “%s” for no reason, asks again, and ends with 取消',
    async (said) => {
      await log(people.cadre);
      const clerk = chat.as(people.clerk);
      await clerk.says('审核 1001 驳回');
      expect(await clerk.says(said)).toContain(`“${said}”看不出理由，请至少写 4 个字。`);
      expect(await clerk.says('审核 1001 退回 稍等')).toContain('看不出理由');
      expect(await stateOf(1001)).toBe('submitted');
      expect(await clerk.says('取消')).toContain('已取消');
      expect(await stateOf(1001)).toBe('submitted');
    },
  );

  it('takes the reason from the form as well, and asks again for an empty one', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await clerk.taps('驳回')).toContain('请写明驳回登记号 1001');
    expect(await clerk.submits({ reason: '  ' })).toContain('请写明驳回登记号 1001');
    expect(await clerk.submits({ reason: '重复登记' })).toContain('已驳回登记号 1001');
  });

  it('forgets the question when the reviewer moves on', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核 1001 退回');
    await clerk.says('审核');
    expect(await clerk.says('这里没有理由')).not.toContain('1001');
    expect(await stateOf(1001)).toBe('submitted');
  });

  it('is dropped by 取消', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核 1001 驳回');
    expect(await clerk.says('取消')).toContain('已取消');
    expect(await stateOf(1001)).toBe('submitted');
  });

  it('refuses a reason that is too long, and a number that does not exist', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核 1001 退回');
    expect(await clerk.says('长'.repeat(301))).toContain('300 字以内');
    expect(await clerk.says('审核 4711 通过')).toContain('没有登记号 4711');
  });
});

describe('nobody decides on an own entry', () => {
  it('offers no buttons for it and refuses words, forged presses and voiding', async () => {
    await log(people.clerk);
    const clerk = chat.as(people.clerk);
    expect(await clerk.says('审核')).toContain('这是您自己的登记');
    expect(clerk.button('通过')).toBeUndefined();
    expect(await clerk.says('审核 1001 通过')).toContain('不能审核自己的登记');
    expect(await clerk.presses(press({ entries: [1001], verdict: 'return', reason: '理由' }))).toContain(
      '不能审核自己',
    );
    expect(await stateOf(1001)).toBe('submitted');
    expect(await chat.as(people.head).says('审核 1001 通过')).toContain('已通过');
  });
});

describe('who comes second changes nothing', () => {
  it('hears by whom and when it was decided', async () => {
    await log(people.cadre);
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    await clerk.says('审核');
    await head.says('审核');
    await clerk.taps('通过');
    expect(await head.taps('驳回')).toContain('登记号 1001 已由赵敏于11月20日 09:00通过，没有重复操作');
    const events = await chat.store.read((view) => listAll(view, hourEvents));
    expect(events).toHaveLength(2);
  });

  it('hears that the person took it back', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    await chat.as(people.cadre).says('撤回 1001');
    expect(await clerk.taps('通过')).toContain('已由本人撤回，没有操作');
    expect(await stateOf(1001)).toBe('withdrawn');
  });

  it('sees the new facts of an entry that was changed under the card', async () => {
    await log(people.cadre);
    const [clerk, head] = [chat.as(people.clerk), chat.as(people.head)];
    await clerk.says('审核');
    await head.says('审核 1001 退回 学时不对');
    const cadre = chat.as(people.cadre);
    await cadre.taps('修改');
    await cadre.submits({
      title: '专题党课',
      content: 'party-spirit',
      amount: '2',
      from: '2026-11-19',
      to: '2026-11-19',
    });
    await cadre.taps('确认');
    const answer = await clerk.taps('通过');
    expect(answer).toContain('登记号 1001 已由本人改过');
    expect(answer).toContain('2 学时');
    expect(await stateOf(1001)).toBe('submitted');
    expect(await clerk.taps('通过')).toContain('已通过');
  });

  it('tells the person once when two taps arrive together', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    const button = clerk.button('通过');
    await Promise.all([clerk.presses(button?.press), clerk.presses(button?.press)]);
    const rows = await chat.store.read((view) => listAll(view, outbox));
    expect(rows.filter(({ purpose }) => purpose === 'decision')).toHaveLength(1);
  });

  it('gets nowhere with a button of another role', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await chat.as(people.namesake).presses(clerk.button('通过')?.press)).toContain('没有这项权限');
    expect(await chat.as('E9999').presses(clerk.button('通过')?.press)).toContain('绑定');
    expect(await clerk.presses(press({ entries: ['1001'], verdict: 'approve' }))).toContain('已经过期');
    expect(await stateOf(1001)).toBe('submitted');
  });
});

describe('several at once', () => {
  const logThree = async () => {
    await log(people.cadre, '专题党课');
    await log(people.cadre, '公文写作', '2学时 2026-11-18');
    await log(people.clerk, '消防安全');
  };

  it('are approved after a preview and nothing happens before 确认', async () => {
    await logThree();
    const clerk = chat.as(people.clerk);
    const preview = await clerk.says('审核 全部通过');
    expect(preview).toContain('将通过 2 条登记，涉及 1 人，共 5 学时');
    expect(preview).toContain('登记号 1003：您自己的登记');
    expect(await stateOf(1001)).toBe('submitted');
    expect(await clerk.taps('确认')).toContain('已通过 2 条登记，共 5 学时');
    expect([await stateOf(1001), await stateOf(1002), await stateOf(1003)]).toEqual([
      'approved',
      'approved',
      'submitted',
    ]);
    expect(
      chat
        .as(people.cadre)
        .texts()
        .filter((said) => said.includes('已认定')),
    ).toHaveLength(2);
  });

  it('are named by numbers, or taken from the page', async () => {
    await logThree();
    const head = chat.as(people.head);
    expect(await head.says('审核 1001 1003 4711 通过')).toContain('登记号 4711：没有这条登记');
    await head.says('审核');
    expect(await head.taps('全部通过（本页）')).toContain('将通过 3 条登记，涉及 2 人，共 8 学时');
    expect(await head.says('取消')).toContain('已取消');
    expect(await stateOf(1001)).toBe('submitted');
  });

  it('count once when a number is repeated', async () => {
    await logThree();
    const head = chat.as(people.head);
    expect(await head.says('审核 1001 1003 1001 通过')).toContain('将通过 2 条登记，涉及 2 人');
    const twice = press({ entries: [1001, 1002, 1002, 1001], verdict: 'approve', confirmed: true });
    expect(await head.presses(twice)).toContain('已通过 2 条登记');
    expect(await head.presses(press({ entries: [1003, 1003], verdict: 'approve', confirmed: true }))).toContain(
      '已通过登记号 1003',
    );
    expect([await stateOf(1001), await stateOf(1002), await stateOf(1003)]).toEqual(Array(3).fill('approved'));
  });

  it('leave out what was withdrawn between preview and 确认', async () => {
    await logThree();
    const head = chat.as(people.head);
    await head.says('审核 全部通过');
    await chat.as(people.cadre).says('撤回 1002');
    const done = await head.taps('确认');
    expect(done).toContain('已通过 2 条登记，共 6 学时');
    expect(done).toContain('登记号 1002 情况有变，没有处理');
  });

  it('leave out entries with a conflict', async () => {
    await log(people.cadre, '专题党课');
    await log(people.cadre, '专题 党课');
    await chat.as(people.cadre).taps('仍要提交');
    const answer = await chat.as(people.clerk).says('审核 全部通过');
    expect(answer).toContain('没有可以一并通过的登记');
    expect(answer).toContain('登记号 1001：与别的记录相近');
  });

  it('are not returned, rejected or changed together', async () => {
    await logThree();
    expect(await chat.as(people.head).says('审核 1001 1002 退回 材料不全')).toContain('一条一条');
    expect(await chat.as(people.head).says('审核 1001 1002')).toContain('请写明怎样处理');
    expect(await chat.as(people.head).says('审核 通过')).toContain('请写明登记号');
  });

  it('are confirmed once', async () => {
    await logThree();
    const head = chat.as(people.head);
    await head.says('审核 全部通过');
    const confirm = head.button('确认');
    await head.taps('确认');
    expect(await head.presses(confirm?.press)).toContain('没有重复操作');
  });
});

describe('one entry with everything', () => {
  it('shows facts, history and the earlier similar trainings', async () => {
    await log(people.cadre, '专题党课', '3学时 2026-03-05');
    await chat.as(people.clerk).says('审核 1001 通过');
    await log(people.cadre, '专题党课', '3学时 2026-11-19');
    const shown = await chat.as(people.clerk).says('审核 1002');
    expect(shown).toContain('王芳（教务处 · 副处长 · 中层副职）');
    expect(shown).toContain('本人以往的同类培训');
    expect(shown).toContain('登记号 1001：党性教育 · 3 学时 · 3月5日');
    expect(shown).toContain('2026-11-20 09:00 提交（王芳，3 学时）');
  });

  it('of an import says so in one line, and who decided without being on the roster', async () => {
    await chat.write(async (tx) => {
      const facts = { ...training, title: '历史培训' };
      const logged = { entryId: 7, staffNo: 'E0011', by: 'system', at: chat.clock.now(), facts, importId: 'abc-1' };
      const policy = chat.policies.at(facts.to);
      const imported = await appendHourEvent(tx, submitEvent({ ...logged, source: 'import' }), policy);
      const approval = decideEvent(imported, { type: 'approved' }, 'system', chat.clock.now());
      if (approval.ok) await appendHourEvent(tx, approval.event, policy);
    });
    const clerk = chat.as(people.clerk);
    const shown = await clerk.says('审核 7');
    expect(shown).toContain('2026-11-20 09:00 由历史台账导入（4 学时）');
    expect(shown).not.toMatch(/system|认定（/);
    expect(await clerk.says('审核 7 通过')).toContain('登记号 7 由历史台账导入，已经认定，没有操作');
  });

  it('is opened below the queue and leads back to it', async () => {
    await log(people.cadre);
    const clerk = chat.as(people.clerk);
    await clerk.says('审核');
    expect(await clerk.taps('详情')).toContain('登记号 1001：王芳，3 学时，待审核');
    expect(await clerk.taps('返回列表')).toContain('有 1 条登记待审核');
  });
});

describe('voiding', () => {
  const approveOne = async () => {
    await log(people.cadre, '党性教育专题班', '8学时 2026-11-18 集中培训');
    await chat.as(people.clerk).says('审核 1001 通过');
  };

  it('is done by the archivist, with a reason, and waives the reflection', async () => {
    await approveOne();
    const archivist = chat.as(people.archivist);
    expect(await archivist.says('审核 1001 作废 重复导入')).toContain('已作废登记号 1001');
    expect(await stateOf(1001)).toBe('voided');
    expect((await chat.store.read((view) => view.get(reflections, 1001)))?.state).toBe('waived');
    expect(chat.as(people.cadre).last()).toContain('已作废：重复导入');
    expect(await archivist.says('审核 1001 作废 重复导入')).toContain('只有已认定的才能作废');
  });

  it('asks the archivist for the reason', async () => {
    await approveOne();
    const archivist = chat.as(people.archivist);
    await archivist.says('审核 1001');
    expect(await archivist.taps('作废')).toContain('请写明作废登记号 1001');
    expect(await archivist.says('重复导入')).toContain('已作废登记号 1001');
  });

  it('is not for an own entry', async () => {
    await log(people.archivist);
    await chat.as(people.clerk).says('审核 1001 通过');
    const archivist = chat.as(people.archivist);
    await archivist.says('审核 1001');
    expect(archivist.button('作废')).toBeUndefined();
    expect(await archivist.says('审核 1001 作废 登记错了')).toContain('不能审核自己的登记');
    expect(await stateOf(1001)).toBe('approved');
  });

  it('is not for clerks, and deciding not for archivists', async () => {
    await approveOne();
    await log(people.cadre, '公文写作');
    expect(await chat.as(people.clerk).says('审核 1001 作废 错了')).toContain('由档案管理员使用');
    expect(await chat.as(people.archivist).says('审核 1002 通过')).toContain('由经办、部长使用');
    expect(chat.as(people.archivist).button('通过')).toBeUndefined();
    expect([await stateOf(1001), await stateOf(1002)]).toEqual(['approved', 'submitted']);
  });
});

it.each(['审核 1001 不要通过', '审核 1001 通过吗？', '审核 1001 通过 驳回', '审核 材料不全'])(
  '%s decides nothing',
  async (said) => {
    await log(people.cadre);
    expect(await chat.as(people.clerk).says(said)).toContain('没有看懂');
    expect(await stateOf(1001)).toBe('submitted');
  },
);
