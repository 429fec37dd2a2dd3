import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shortHash } from '../../src/bot/bulletin.ts';
import { chats } from '../../src/bot/chats.ts';
import { bulletins } from '../../src/domain/bulletin.ts';
import type { Cadre } from '../../src/domain/cadre.ts';
import { dayOf, instantAt, timeOf } from '../../src/domain/day.ts';
import { outbox } from '../../src/messenger/outbox.ts';
import type { Block, Card } from '../../src/messenger/reply.ts';
import { listAll } from '../../src/store/store.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { college, people } from '../support/college.ts';

/** The small college with a department large enough to be shown by itself. */
const libraryStaff: Cadre[] = ['E0101', 'E0102', 'E0103'].map((staffNo, i) => ({
  ...people.cadre,
  staffNo,
  name: `馆员${i + 1}`,
  unit: '图书馆',
}));

let bot: Clockwork;

beforeEach(async () => {
  bot = await openClockwork({ people: [...college, ...libraryStaff] });
});

afterEach(() => bot.remove());

const addGroup = (id: string, bulletin = true): Promise<void> =>
  bot.write((tx) => tx.put(chats, { messenger: bot.messenger.name, id, name: id, bulletin }));

const posted = () => bot.messenger.arrived.filter(({ to }) => to.startsWith('oc'));
/** What the department heard beside its digests. */
const notices = () =>
  bot.messenger.arrived
    .filter(({ key, to }) => key.startsWith('bulletin:') && !to.startsWith('oc'))
    .map(({ at, to, text }) => `${dayOf(at)} ${timeOf(at)} ${to} ${text.split('\n')[0]}`);

async function cardOf(key: string): Promise<Card> {
  const row = await bot.store.read((view) => view.get(outbox, key));
  if (row?.reply?.type !== 'card') throw new Error(`no card ${key}`);
  return row.reply.card;
}

const blocksOf = <T extends Block['type']>({ blocks }: Card, type: T): Extract<Block, { type: T }>[] =>
  blocks.filter((block): block is Extract<Block, { type: T }> => block.type === type);

describe('the monthly bulletin', () => {
  test('goes once to every group that is to receive it, on the first working day', async () => {
    await addGroup('oc_all');
    await addGroup('oc_heads');
    await addGroup('oc_class', false);
    await bot.until('2027-01-03');
    expect(posted().map(({ key, to, at }) => [key, to, dayOf(at), timeOf(at)])).toEqual([
      ['bulletin:2026-11:oc_all', 'oc_all', '2026-12-01', '09:41'],
      ['bulletin:2026-11:oc_heads', 'oc_heads', '2026-12-01', '09:41'],
    ]);
  });

  test('says what happened in the month, with two charts and no person’s name', async () => {
    await addGroup('oc_all');
    await bot.earns('E0101', { from: '2026-10-12', to: '2026-10-12', hours: 400, form: 'online' });
    await bot.earns('E0101', { from: '2026-11-03', to: '2026-11-03', hours: 300, content: 'party-spirit' });
    await bot.earns('E0102', {
      from: '2026-11-03',
      to: '2026-11-03',
      hours: 300,
      content: 'professional',
      form: 'online',
    });
    await bot.until('2026-12-01');
    const card = await cardOf('bulletin:2026-11:oc_all');
    expect(card.title).toBe('2026年11月干部教育培训情况通报');
    expect(card.summary).toBe('2026年11月参训 2 人、2 人次，6 学时；进度达标率 0 %。');
    const rows = blocksOf(card, 'fields').flatMap(({ fields }) =>
      fields.map(({ label, value }) => `${label}：${value}`),
    );
    expect(rows).toEqual([
      '应训：9 人',
      '本月参训：2 人，2 人次（本年累计 2 人，3 人次）',
      '本月学时：6 学时（环比增加 50 %），人均 0.67 学时',
      '本年累计：10 学时，人均 1.11 学时',
      '进度达标率：0 %（0 人达到五年学时的时间进度）',
      '五年学时完成：0 人，0 %',
      '理论党性占比：本月 50 %，本年 70 %',
      '体会提交率：0 %（应交 1 篇，已交 0 篇）',
      '本年体会提交率：0 %（应交 1 篇，已交 0 篇）',
    ]);
    expect(blocksOf(card, 'chart')).toMatchObject([
      {
        kind: 'bar',
        categories: ['理论教育', '党性教育', '专业化能力', '知识培训', '理论+党性'],
        series: [{ values: [40, 30, 30, 0, 70] }],
        mark: { label: '不低于 70 %', value: 70 },
      },
      {
        kind: 'bar',
        categories: ['图书馆', '其他单位'],
        series: [{ values: [3.33, 0] }],
        mark: { label: '全校人均 1.11', value: 1.11 },
      },
    ]);
    expect(blocksOf(card, 'text').map(({ text }) => text)).toContain('本年人均学时较高的单位有图书馆。');
    expect(blocksOf(card, 'table')[0]?.rows).toEqual([
      ['图书馆', '3', '6', '10', '3.33'],
      ['其他单位', '6', '0', '0', '0'],
    ]);
    expect(blocksOf(card, 'note')[0]?.text).toBe('应训不足 3 人的单位合并为“其他单位”。');
    const everything = JSON.stringify(card);
    for (const { name, staffNo } of [...college, ...libraryStaff]) {
      expect(everything).not.toContain(name);
      expect(everything).not.toContain(staffNo);
    }
  });

  test('prints the head of the audit chain as it was before', async () => {
    await addGroup('oc_all');
    await bot.until('2026-12-01', '09:40');
    const head = await bot.store.read((view) => view.auditHead());
    await bot.until('2026-12-01', '09:50');
    const kept = await bot.store.read((view) => view.get(bulletins, '2026-11'));
    expect(kept).toMatchObject({ state: 'released', auditN: head.n, auditHash16: shortHash(head) });
    const [note] = blocksOf(await cardOf('bulletin:2026-11:oc_all'), 'note').slice(-1);
    expect(note?.text).toBe(
      `每个数字都可在学时簿中查到依据。校验码 ${head.hash.slice(0, 16)}（审计记录第 ${head.n} 条），用于日后核对数据没有改动。`,
    );
  });

  test('an empty college gets a bulletin without a division by zero', async () => {
    const empty = await openClockwork();
    await empty.write((tx) => tx.put(chats, { messenger: 'simulator', id: 'oc', name: 'oc', bulletin: true }));
    await empty.until('2026-12-01');
    const [message] = empty.messenger.arrived;
    expect(message?.text).toContain('应训：0 人');
    expect(message?.text).not.toMatch(/NaN|Infinity|undefined|null/);
    await empty.remove();
  });

  test('the last two missed months are made up for, at an hour when people are awake', async () => {
    await addGroup('oc_all');
    bot.clock.set(instantAt('2027-04-01', '22:00'));
    await bot.settle();
    expect(posted()).toEqual([]);
    await bot.until('2027-04-02', '08:29');
    bot.clock.set(instantAt('2027-04-02', '08:30'));
    await bot.settle();
    expect(posted().map(({ key, at }) => [key, timeOf(at)])).toEqual([
      ['bulletin:2027-02:oc_all', '08:30'],
      ['bulletin:2027-03:oc_all', '08:30'],
    ]);
    const months = (await bot.store.read((view) => listAll(view, bulletins))).map(({ month }) => month);
    expect(months).toEqual(['2027-02', '2027-03']);
  });

  test('without a group it is kept as a draft, and sent when there is one', async () => {
    await bot.until('2026-12-01');
    expect((await bot.store.read((view) => view.get(bulletins, '2026-11')))?.state).toBe('draft');
    await addGroup('oc_all');
    bot.clock.set(instantAt('2026-12-02', '10:00'));
    expect((await bot.runner.run('monthly-bulletin')).summary).toBe('2026年11月通报已发往 1 个群。');
    expect((await bot.runner.run('monthly-bulletin')).summary).toBe('2026年11月通报已经发布，没有重复发送。');
    await bot.settle();
    expect(posted()).toHaveLength(1);
  });

  test('a dry run shows it and keeps nothing', async () => {
    await addGroup('oc_all');
    const { sent, summary } = await bot.runner.run('monthly-bulletin', { asOf: '2026-12-01', dryRun: true });
    expect(sent).toMatchObject([{ to: 'oc_all', purpose: 'bulletin' }, { purpose: 'notice' }, { purpose: 'notice' }]);
    expect(sent[0]?.text).toContain('2026年11月');
    expect(summary).toBe('2026年11月通报已发往 1 个群。');
    expect(await bot.store.read((view) => view.count(bulletins, {}))).toBe(0);
  });
});

describe('the department', () => {
  test('hears on the last working day what would be left out, and on the first that it went out', async () => {
    await addGroup('oc_all');
    await bot.submits('E0101', { title: '本月的', from: '2026-11-10', to: '2026-11-10' });
    await bot.until('2026-11-30', '07:00');
    await bot.submits('E0102', { title: '下月的', from: '2026-12-01', to: '2026-12-01' });
    await bot.until('2026-12-15');
    const eve = '2026年11月通报将于 12月1日 09:41 自动发布。还有 1 条登记待审核，没有计入；请在发布前审核。';
    const done = '2026年11月通报已发往 1 个群。';
    expect(notices()).toEqual([
      `2026-11-30 08:47 E0002 ${eve}`,
      `2026-11-30 08:47 E0003 ${eve}`,
      `2026-12-01 09:41 E0002 ${done}`,
      `2026-12-01 09:41 E0003 ${done}`,
    ]);
  });

  test('hears that all is counted when nothing waits, and nothing beforehand without a group', async () => {
    await bot.until('2026-12-02');
    expect(notices()).toEqual([
      expect.stringContaining('E0002 2026年11月通报已备好，但没有接收通报的群'),
      expect.stringContaining('E0003 2026年11月通报已备好，但没有接收通报的群'),
    ]);
    await addGroup('oc_all');
    await bot.until('2026-12-31', '09:00');
    expect(notices().at(-1)).toContain('2026年12月通报将于 2027年1月5日 09:41 自动发布。请先预览核对。');
  });

  test('is not told of a release to come when the morning has passed', async () => {
    await addGroup('oc_all');
    await bot.until('2026-11-30', '08:00');
    bot.clock.set(instantAt('2026-11-30', '19:00'));
    await bot.settle();
    expect(notices()).toEqual([]);
  });
});
