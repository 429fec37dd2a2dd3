import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accounts, addressOf } from '../../../src/bot/people.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import type { Instant } from '../../../src/domain/day.ts';
import { listAll } from '../../../src/store/store.ts';
import { openChat, type TestChat } from '../../support/chat.ts';
import { people } from '../../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat({ messenger: 'feishu' });
  // Archivists, like everybody, are reached when they have been heard of.
  await archivist().says('帮助');
  await chat.asAccount('ou_clerk', 'E0003').says('帮助');
});
afterEach(() => chat.close());

const archivist = () => chat.asAccount('ou_archivist', 'E0001');
const changes = (units: readonly string[], at?: Instant) =>
  chat.happens(
    { type: 'person-changed', person: { id: 'ou_11', userId: 'E0011', name: '王芳', units } },
    at === undefined ? {} : { at },
  );
const goes = (userId: string | null = 'E0011', id = 'ou_11') =>
  chat.happens({ type: 'person-left', person: { id, userId, name: '王芳', units: [] } });
const cadre = () => chat.store.read((view) => view.get(cadres, 'E0011'));
const heard = () => archivist().texts().slice(1);

describe('somebody who has moved, as the directory says', () => {
  it('is proposed to the archivist, old and new, with what follows, and changes nothing by itself', async () => {
    await changes(['外国语学院']);
    expect(archivist().last()).toBe(
      [
        '飞书通讯录中王芳（E0011，教务处）的单位是“外国语学院”，与名册不同。',
        '单位：教务处 → 外国语学院',
        '采纳后：',
        '· 统计计入外国语学院，以往的学时随本人转入。',
        '可回复：【采纳】 【不采纳】',
      ].join('\n'),
    );
    expect(await cadre()).toMatchObject({ unit: '教务处' });
    expect(chat.asAccount('ou_clerk', 'E0003').texts()).toHaveLength(1);
  });

  it('is moved on the roster by 采纳, once', async () => {
    await changes(['外国语学院']);
    const adopt = archivist().button('采纳');
    expect(await archivist().taps('采纳')).toContain('已保存：王芳（E0011，外国语学院）');
    expect(await cadre()).toMatchObject({ unit: '外国语学院' });
    expect(await archivist().presses(adopt?.press)).toContain('已经处理或已失效');
  });

  it('stays after 不采纳, and is not proposed again with the next change of anything', async () => {
    await changes(['外国语学院']);
    expect(await archivist().taps('不采纳')).toContain('名册没有改动：王芳（E0011，教务处）');
    await changes(['外国语学院']);
    expect(heard()).toHaveLength(1);
    expect(await cadre()).toMatchObject({ unit: '教务处' });
  });

  it('is proposed once, however often the platform tells of it', async () => {
    await changes(['外国语学院']);
    await changes(['外国语学院']);
    expect(heard()).toHaveLength(1);
  });

  it('is no news where one of the units is the roster’s, none is known, or the name is a part of it', async () => {
    await changes(['教务处']);
    await changes(['外国语学院', '教务处']);
    await changes([]);
    await changes(['教务']);
    await changes(['\u0000\u0007']);
    expect(heard()).toEqual([]);
  });

  it('may have moved once more: the old card adopts nothing', async () => {
    await changes(['外国语学院']);
    const first = archivist().button('采纳');
    await changes(['后勤处']);
    expect(heard()).toHaveLength(2);
    expect(await archivist().presses(first?.press)).toContain('已经处理或已失效');
    expect(await cadre()).toMatchObject({ unit: '教务处' });
  });

  it('is shown again instead of adopted when the roster has changed since', async () => {
    await changes(['外国语学院']);
    await chat.write((tx) => tx.put(cadres, { ...people.cadre, unit: '后勤处' }));
    expect(await archivist().taps('采纳')).toContain('单位：后勤处 → 外国语学院');
    expect(await cadre()).toMatchObject({ unit: '后勤处' });
    expect(await archivist().taps('采纳')).toContain('已保存');
    expect(await cadre()).toMatchObject({ unit: '外国语学院' });
  });

  it('is nothing to be decided any more when the directory agrees again', async () => {
    await changes(['外国语学院']);
    await changes(['教务处']);
    expect(await archivist().taps('采纳')).toContain('已经处理或已失效');
  });

  it('waits in 待办 and 干部 变动 until it is decided', async () => {
    await changes(['外国语学院']);
    expect(await archivist().says('待办')).toContain('1 项通讯录变动等待处理');
    expect(await archivist().taps('查看变动')).toContain('有 1 项通讯录变动等待处理');
    expect(await archivist().says('干部 变动')).toContain('单位：教务处 → 外国语学院');
    await archivist().taps('采纳');
    expect(await archivist().says('干部 变动')).toBe('没有等待处理的通讯录变动。');
  });

  it('is the archivist’s to decide', async () => {
    await changes(['外国语学院']);
    const adopt = archivist().button('采纳')?.press;
    expect(await chat.asAccount('ou_clerk', 'E0003').presses(adopt)).toContain('由档案管理员修改');
    expect(await chat.asAccount('ou_clerk', 'E0003').says('干部 变动')).toContain('由档案管理员修改');
    expect(await chat.asAccount('ou_10', 'E0010').presses(adopt)).toContain('没有这项权限');
    expect(await cadre()).toMatchObject({ unit: '教务处' });
  });

  it('is nobody’s news when the person is not on the roster, or retired', async () => {
    await chat.happens({
      type: 'person-changed',
      person: { id: 'ou_x', userId: 'X', name: '外人', units: ['外国语学院'] },
    });
    await chat.happens({
      type: 'person-changed',
      person: { id: 'ou_14', userId: 'E0014', name: '单国华', units: ['外国语学院'] },
    });
    expect(heard()).toEqual([]);
  });
});

describe('somebody who has left, as the directory says', () => {
  const address = (staffNo: string) => chat.store.read((view) => addressOf(view, 'feishu', staffNo));

  it('is not written to any more, and the archivist is asked about the roster', async () => {
    await chat.asAccount('ou_11', 'E0011').says('登记 3学时 党性教育 昨天 《专题党课》 确认');
    expect(await address('E0011')).toBe('ou_11');
    await goes();
    expect(await address('E0011')).toBeNull();
    expect(archivist().last()).toContain('飞书通讯录显示王芳（E0011，教务处）已离职，其账号已停用，不再向其发送提醒。');
    expect(await cadre()).toMatchObject({ state: 'active' });
  });

  it('is marked by the path of 干部, with what follows and 确认; the history stays', async () => {
    await chat.asAccount('ou_11', 'E0011').says('登记 3学时 党性教育 昨天 《专题党课》 确认');
    await goes();
    expect(await archivist().taps('标为退休')).toContain('有 1 条登记待审核，仍可照常审核');
    expect(await cadre()).toMatchObject({ state: 'active' });
    await archivist().taps('确认');
    expect(await cadre()).toMatchObject({ state: 'retired' });
    expect(await archivist().says('干部 变动')).toBe('没有等待处理的通讯录变动。');
    expect(await archivist().says('干部 E0011 记录')).toContain('专题党课');
  });

  it('stays on the roster after 不改名册', async () => {
    await goes();
    expect(await archivist().taps('不改名册')).toContain('名册没有改动');
    expect(await archivist().says('干部 变动')).toBe('没有等待处理的通讯录变动。');
    expect(await cadre()).toMatchObject({ state: 'active' });
  });

  it('is found by a bound account as well', async () => {
    await chat.write((tx) =>
      tx.put(accounts, {
        messenger: 'feishu',
        id: 'ou_phone',
        staffNo: 'E0012',
        boundAt: chat.clock.now(),
        boundBy: 'E0001',
      }),
    );
    await goes(null, 'ou_phone');
    expect(archivist().last()).toContain('王芳（E0012，外国语学院）已离职');
    expect(
      await chat.store.read((view) => listAll(view, accounts, { index: 'byStaffNo', equals: ['feishu', 'E0012'] })),
    ).toEqual([]);
  });

  it('is not brought back by a change that the platform tells late', async () => {
    await chat.asAccount('ou_11', 'E0011').says('进度');
    await goes();
    await changes(['外国语学院'], '2026-11-20T00:59:00.000Z');
    expect(await address('E0011')).toBeNull();
    expect(heard()).toHaveLength(1);
  });

  it('is back when the directory has them again', async () => {
    await goes();
    chat.clock.pass(60);
    await changes(['教务处']);
    expect(await address('E0011')).toBe('ou_11');
    expect(await archivist().taps('不改名册')).toContain('已经处理或已失效');
  });
});
