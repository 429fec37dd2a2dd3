import { readXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accounts } from '../../src/bot/people.ts';
import { unreached } from '../../src/bot/unreached.ts';
import { cadres } from '../../src/domain/cadre.ts';
import { openChat, type TestChat } from '../support/chat.ts';
import { makeCadre, people } from '../support/college.ts';

let chat: TestChat;
beforeEach(async () => {
  chat = await openChat({ messenger: 'feishu' });
});
afterEach(() => chat.close());

const clerk = () => chat.asAccount('ou_3', 'E0003');
const put = (...list: Parameters<typeof makeCadre>[0][]) =>
  chat.write(async (tx) => {
    for (const one of list) await tx.put(cadres, makeCadre(one));
  });

describe('干部 未绑定', () => {
  it('lists who has no account, why, and what is to be done', async () => {
    await put(
      { ...people.cadre, mobile: '13800000011' },
      { ...people.namesake, mobile: '13800000012', email: 'fang@example.edu' },
      { ...people.newcomer, mobile: '010-12345678' },
      { ...people.unitHead, mobile: '010 12345678' },
    );
    await chat.write((tx) =>
      tx.put(unreached, { messenger: 'feishu', staffNo: 'E0012', searchedOn: '2026-11-20', toldAs: null }),
    );
    const said = await clerk().says('干部 未绑定');
    expect(said).toContain('在职 7 人中有 6 人没有账号，收不到消息。');
    expect(said).toContain(
      'E0002 | 沈建国 | 组织部 | 没有账号：名册中手机号和邮箱都为空 | 请导入补正手机号的名册，或请本人向学时簿发送“绑定”',
    );
    expect(said).toContain('E0010 | 欧阳明月 | 教务处 | 没有账号：名册中的手机号、邮箱与他人相同');
    expect(said).toContain('E0011 | 王芳 | 教务处 | 没有账号：还没有在飞书里查找');
    expect(said).toContain('E0012 | 王芳 | 外国语学院 | 没有账号：按手机号、邮箱在飞书里没找到 | 请核对名册中的手机号');
    expect(said).not.toContain('E0003 |');
    expect(said).not.toContain('单国华');
    expect(said).not.toMatch(/1380000|12345678|example/);
  });

  it('is a workbook as well when it is long, without a telephone', async () => {
    await put(
      ...Array.from({ length: 20 }, (_, i) => ({
        staffNo: `M${1000 + i}`,
        name: '李明',
        mobile: `1390000${1000 + i}`,
      })),
    );
    expect(await clerk().says('干部 未绑定')).toContain('另有 6 人没有列出，请看 Excel。');
    expect(await clerk().taps('Excel')).toContain('没有账号的干部 26 人');
    const file = clerk().lastFile();
    expect(file?.name).toBe('没有账号的干部_2026-11-20.xlsx');
    const { sheets } = await readXlsx((await chat.store.blobs.get(file?.blob ?? '')) ?? new Uint8Array());
    const rows = sheets[0]?.rows ?? [];
    expect(rows.at(-1)).toMatchObject(['M1019', '李明', '教务处', '没有账号：还没有在飞书里查找', expect.any(String)]);
    expect(JSON.stringify(rows)).not.toContain('1390000');
  });

  it('says so when everybody has an account', async () => {
    const other = await openChat();
    expect(await other.as(people.archivist).says('干部 没有账号')).toBe('在职 7 人都有账号。');
    await other.close();
  });

  it('is counted in 自查, which leads to it', async () => {
    expect(await clerk().says('自查')).toContain('· 没有账号：名册中手机号和邮箱都为空：6 人');
    expect(await clerk().taps('未绑定名单')).toContain('在职 7 人中有 6 人没有账号');
    await chat.write(async (tx) => {
      for (const { staffNo, state } of Object.values(people)) {
        if (state !== 'active' || staffNo === 'E0003') continue;
        const at = chat.clock.now();
        await tx.put(accounts, { messenger: 'feishu', id: `ou_${staffNo}`, staffNo, boundAt: at, boundBy: 'E0001' });
      }
    });
    expect(await clerk().says('自查')).not.toContain('没有账号');
  });

  it('is for the department and the archivist, in private', async () => {
    expect(await chat.asAccount('ou_1', 'E0001').says('干部 未绑定')).toContain('没有账号');
    expect(await chat.asAccount('ou_2', 'E0002').says('干部 未绑定')).toContain('没有账号');
    expect(await chat.asAccount('ou_11', 'E0011').says('干部 未绑定')).toContain('没有这项权限');
    expect(await chat.asAccount('ou_10', 'E0010').says('干部 未绑定')).toContain('没有这项权限');
    expect(await chat.inGroup(people.clerk).says('干部 未绑定')).toBe('已私聊回复，请点我的头像查看。');
  });
});
