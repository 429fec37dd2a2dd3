import { afterEach, describe, expect, it } from 'vitest';
import { accounts, addressOf } from '../../src/bot/people.ts';
import { useApp } from '../../src/bot/recognise.ts';
import { type Cadre, cadres } from '../../src/domain/cadre.ts';
import { dayOf, timeOf } from '../../src/domain/day.ts';
import { notices } from '../../src/domain/notice.ts';
import type { Contact } from '../../src/messenger/messenger.ts';
import { listAll } from '../../src/store/store.ts';
import { type Clockwork, openClockwork } from '../support/clockwork.ts';
import { makeCadre, people } from '../support/college.ts';

let bot: Clockwork;
afterEach(() => bot.remove());

const mobile = { clerk: '13800000003', cadre: '138 0000-0011', other: '13800000012' };
const clerk = { ...people.clerk, mobile: mobile.clerk };
const cadre = { ...people.cadre, mobile: mobile.cadre, email: 'wangfang@example.edu' };
const namesake = { ...people.namesake, mobile: mobile.other };
const nobody = people.newcomer;

/** What the platform knows: mobile or e-mail → id. */
async function open(everybody: readonly Cadre[], directory: Record<string, string>): Promise<readonly Contact[][]> {
  const asked: Contact[][] = [];
  bot = await openClockwork({
    people: everybody,
    messenger: 'feishu',
    findPeople: (contacts) => {
      asked.push([...contacts]);
      return Promise.resolve(
        contacts.map((contact) => directory[contact.mobile ?? ''] ?? directory[contact.email ?? ''] ?? null),
      );
    },
  });
  return asked;
}
const bound = async () =>
  (await bot.store.read((view) => listAll(view, accounts))).map(({ id, staffNo, boundBy }) => [id, staffNo, boundBy]);
const address = (staffNo: string) => bot.store.read((view) => addressOf(view, 'feishu', staffNo));
const saidTo = (id: string) => bot.messenger.arrived.filter(({ to }) => to === id);

describe('looking people up', () => {
  it('finds by mobile, else by e-mail, every day before the reminders', async () => {
    const asked = await open([clerk, cadre, namesake], { [mobile.clerk]: 'ou_3', 'wangfang@example.edu': 'ou_11' });
    await bot.until('2026-11-23', '08:30');
    expect(await bound()).toEqual([
      ['ou_11', 'E0011', 'system'],
      ['ou_3', 'E0003', 'system'],
    ]);
    // Written as people write it, it is looked up as the platform has it.
    expect(asked[0]).toContainEqual({ mobile: '13800000011', email: 'wangfang@example.edu' });
    expect(bot.ran.some(({ job }) => job === 'match-accounts')).toBe(true);
  });

  it('leaves those alone who have an account, or nothing to be found by', async () => {
    const asked = await open([clerk, cadre, nobody], { [mobile.clerk]: 'ou_3' });
    await bot.write((tx) =>
      tx.put(accounts, {
        messenger: 'feishu',
        id: 'ou_own',
        staffNo: 'E0011',
        boundAt: bot.clock.now(),
        boundBy: 'E0001',
      }),
    );
    await bot.runner.run('match-accounts');
    await bot.runner.run('match-accounts');
    expect(asked).toEqual([[{ mobile: mobile.clerk, email: null }]]);
    expect(await address('E0011')).toBe('ou_own');
  });

  it('asks for everybody at once: how many the platform looks up is the messenger’s to know', async () => {
    const many = Array.from({ length: 120 }, (_, i) =>
      makeCadre({ staffNo: `M${1000 + i}`, mobile: `139${String(10_000_000 + i)}` }),
    );
    const asked = await open(many, Object.fromEntries(many.map((one) => [one.mobile ?? '', `ou_${one.staffNo}`])));
    const { summary } = await bot.runner.run('match-accounts');
    expect(asked.map((page) => page.length)).toEqual([120]);
    expect(summary).toBe('查找了 120 人的账号，新对应 120 人。');
    expect(await bound()).toHaveLength(120);
  });

  it('never takes a telephone that several people share for anybody’s own', async () => {
    const asked = await open([cadre, { ...namesake, mobile: mobile.cadre }], { '13800000011': 'ou_office' });
    await bot.runner.run('match-accounts');
    expect(asked).toEqual([[{ mobile: null, email: 'wangfang@example.edu' }]]);
    expect(await bound()).toEqual([]);
  });

  it('gives nobody an account to which the mobile of one and the e-mail of another lead', async () => {
    await open([cadre, namesake], { '13800000011': 'ou_same', [mobile.other]: 'ou_same' });
    await bot.runner.run('match-accounts');
    expect(await bound()).toEqual([]);
  });

  it('gives nobody an account that is somebody else’s', async () => {
    await open([clerk, cadre], { '13800000011': 'ou_3' });
    await bot.write((tx) =>
      tx.put(accounts, {
        messenger: 'feishu',
        id: 'ou_3',
        staffNo: 'E0003',
        boundAt: bot.clock.now(),
        boundBy: 'E0001',
      }),
    );
    await bot.runner.run('match-accounts');
    expect(await address('E0011')).toBeNull();
  });

  it('looks again at who has changed while the platform was asked', async () => {
    bot = await openClockwork({
      people: [cadre],
      messenger: 'feishu',
      findPeople: async (contacts) => {
        await bot.write((tx) => tx.put(cadres, { ...cadre, mobile: '13900000000' }));
        return contacts.map(() => 'ou_11');
      },
    });
    await bot.runner.run('match-accounts');
    expect(await bound()).toEqual([]);
  });

  it('finds everybody again under another app', async () => {
    await open([cadre], { '13800000011': 'ou_new' });
    await useApp(bot.store, 'feishu', 'cli_one', bot.clock.now());
    await bot.write((tx) =>
      tx.put(accounts, {
        messenger: 'feishu',
        id: 'ou_old',
        staffNo: 'E0011',
        boundAt: bot.clock.now(),
        boundBy: 'system',
        app: 'cli_zero',
      }),
    );
    await bot.runner.run('match-accounts');
    expect(await address('E0011')).toBe('ou_new');
  });

  it('shows in a dry run whom it would find, without a telephone, and leaves no trace', async () => {
    await open([clerk, cadre, namesake, nobody], { [mobile.clerk]: 'ou_3', '13800000011': 'ou_11' });
    const head = () => bot.store.read((view) => view.auditHead());
    const before = await head();
    const { summary } = await bot.runner.run('match-accounts', { dryRun: true });
    expect(summary).toBe(
      '将查找 3 人的账号，现在能找到 2 人。\n能找到：赵敏（E0003）、王芳（E0011）\n没找到：王芳（E0012）',
    );
    expect(await head()).toEqual(before);
    expect(await bound()).toEqual([]);
  });

  it('fails as a job, and changes nothing, when the platform cannot be asked; the next day it is tried again', async () => {
    let away = true;
    bot = await openClockwork({
      people: [cadre],
      messenger: 'feishu',
      findPeople: (contacts) =>
        away ? Promise.reject(new Error('没有查到：连不上')) : Promise.resolve(contacts.map(() => 'ou_11')),
    });
    await expect(bot.until('2026-11-21', '08:30')).rejects.toThrow('a job failed');
    const status = (await bot.runner.list()).find(({ name }) => name === 'match-accounts');
    expect(status?.last).toMatchObject({ state: 'failed', summary: '没有办成：没有查到：连不上' });
    away = false;
    await bot.runner.tick();
    bot.clock.set('2026-11-22T00:23:00.000Z');
    await bot.runner.tick();
    expect(await address('E0011')).toBe('ou_11');
  });

  it('has nothing to do on a messenger without a look-up', async () => {
    bot = await openClockwork({ people: [cadre] });
    expect((await bot.runner.run('match-accounts')).summary).toBe('模拟器上不用查找账号。');
    expect((await bot.runner.run('match-accounts', { dryRun: true })).summary).toBe('模拟器上不用查找账号。');
  });
});

describe('the clerk', () => {
  it('hears once, with the day’s reminders and inside their hours, that new people cannot be reached', async () => {
    await open([clerk, cadre, nobody], { [mobile.clerk]: 'ou_3' });
    await bot.until('2026-11-27');
    const said = saidTo('ou_3').filter(({ text }) => text.includes('收不到消息'));
    expect(
      said.map(
        ({ at, text }) =>
          `${dayOf(at)} ${timeOf(at)} ${text
            .split('\n')
            .find((line) => line.includes('收不到'))
            ?.replace(/^\d\. /, '')}`,
      ),
    ).toEqual(['2026-11-23 09:07 现在有 2 名干部收不到消息，其中有新增的。是谁、为什么、怎么办，请看“自查”。']);
    await bot.write((tx) => tx.put(cadres, { ...namesake, email: null }));
    await bot.until('2026-12-04');
    const again = saidTo('ou_3').filter(({ text }) => text.includes('现在有 3 名干部收不到消息'));
    expect(again.map(({ at }) => dayOf(at))).toEqual(['2026-11-30']);
  });

  it('hears once of a platform that refuses somebody, however often it does', async () => {
    await open([clerk, cadre], { [mobile.clerk]: 'ou_3', '13800000011': 'ou_11' });
    bot.messenger.behave = (key) => (key.endsWith(':E0011') ? { refuse: '此人已停用机器人' } : 'deliver');
    await bot.earns('E0011', { from: '2026-11-20', to: '2026-11-20', title: '学习' });
    await bot.until('2026-12-11');
    const said = saidTo('ou_3').filter(({ text }) => text.includes('收不到消息'));
    expect(said).toHaveLength(1);
    expect(said[0]?.text).toContain('现在有 1 名干部收不到消息');
  });

  it('hears nothing any more when everybody has been found by the time of the message', async () => {
    await open([clerk, cadre], { [mobile.clerk]: 'ou_3' });
    await bot.until('2026-11-23', '09:00');
    await bot.write((tx) =>
      tx.put(accounts, {
        messenger: 'feishu',
        id: 'ou_11',
        staffNo: 'E0011',
        boundAt: bot.clock.now(),
        boundBy: 'E0001',
      }),
    );
    await bot.until('2026-11-24');
    expect(saidTo('ou_3').filter(({ text }) => text.includes('收不到消息'))).toEqual([]);
    const planned = (await bot.store.read((view) => listAll(view, notices))).filter(
      ({ subject }) => subject === 'unreached',
    );
    expect(planned).toMatchObject([{ state: 'dropped' }]);
  });

  it('is replaced by the head of the department where there is none', async () => {
    const head = { ...people.head, mobile: mobile.clerk };
    await open([head, cadre], { [mobile.clerk]: 'ou_2' });
    await bot.until('2026-11-23');
    expect(
      saidTo('ou_2')
        .map(({ text }) => text)
        .join(),
    ).toContain('现在有 1 名干部收不到消息');
  });
});
