import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hourEntries } from '../../src/domain/hours.ts';
import { type BotFolder, type BotProcess, makeBotFolder, runCli, spawnCli, startBot } from '../support/bot-process.ts';
import { askCli, expectRefusal } from '../support/cli-answers.ts';
import { college, people } from '../support/college.ts';
import { wordsOf } from '../support/feishu-bot.ts';
import { type FeishuServer, openFeishuServer } from '../support/feishu-server/index.ts';

const openIdOf = ({ staffNo }: { staffNo: string }): string => `ou_${staffNo}`;
const { cadre, clerk } = people;

/** Where the simulator has left the sample college. */
let sample: BotFolder;
beforeAll(async () => {
  sample = await makeBotFolder();
  await startBot(sample.env).then((simulated) => simulated.stop());
});
afterAll(() => sample.remove());

let server: FeishuServer;
let folder: BotFolder;
let bot: BotProcess | null;
beforeEach(async () => {
  server = await openFeishuServer({ retryAfterMs: [200, 1000, 3000, 9000] });
  for (const person of college) {
    server.addPerson({ openId: openIdOf(person), userId: person.staffNo, name: person.name });
  }
  folder = await makeBotFolder(college);
  bot = null;
});
afterEach(async () => {
  await bot?.kill();
  await server.close();
  await folder.remove();
});

const app = (): Record<string, string> => ({
  ...folder.env,
  FEISHU_APP_ID: server.appId,
  FEISHU_APP_SECRET: server.appSecret,
  FEISHU_DOMAIN: server.url,
});
const overWebhook = (): Record<string, string> => ({
  ...app(),
  FEISHU_TRANSPORT: 'webhook',
  FEISHU_ENCRYPT_KEY: server.encryptKey ?? '',
  FEISHU_VERIFICATION_TOKEN: server.verificationToken,
});
const isReady = async (started: BotProcess): Promise<void> => {
  await vi.waitFor(async () => expect((await started.get('/readyz')).body).toBe('ready\n'), { timeout: 30_000 });
};
const start = async (transport: 'websocket' | 'webhook'): Promise<BotProcess> => {
  const started = await startBot(transport === 'webhook' ? overWebhook() : app());
  bot = started;
  if (transport === 'webhook') server.useWebhook(`${started.url}/feishu/webhook`);
  await isReady(started);
  return started;
};

/** What the bot answers somebody in private, next. */
async function answers(who: { staffNo: string }, said: () => Promise<unknown>): Promise<{ id: string; words: string }> {
  const before = new Set(server.sentTo(openIdOf(who)).map(({ messageId }) => messageId));
  await said();
  const message = await server.arrival(({ to, messageId }) => to === openIdOf(who) && !before.has(messageId));
  return { id: message.messageId, words: wordsOf(message.shown) };
}
const says = (who: { staffNo: string }, words: string) => answers(who, () => server.says(openIdOf(who), words));

describe.each(['websocket', 'webhook'] as const)('the program on Feishu over %s', (transport) => {
  it('takes a training from the draft to the certified hours, with taps', async () => {
    const program = await start(transport);
    const draft = await says(cadre, '登记 3学时 党性教育 昨天 《专题党课》');
    expect(draft.words).toContain('请核对登记内容');
    const { toast } = await server.presses(openIdOf(cadre), draft.id, '确认');
    expect(toast).toMatchObject({ type: 'success' });
    const submitted = wordsOf(server.message(draft.id).shown);
    const number = /登记号\D*(\d+)/.exec(submitted)?.[1];
    expect(number).toBeDefined();

    const queue = await says(clerk, '审核');
    expect(queue.words).toContain('《专题党课》');
    const decided = await answers(cadre, () => server.presses(openIdOf(clerk), queue.id, '通过'));
    expect(decided.words).toContain('《专题党课》');

    expect((await says(cadre, '进度')).words).toContain('本周期已认定 3 学时，待审核 0 学时');
    expect(server.refusals(230099)).toBe(0);
    const metrics = (await program.get('/metrics')).body;
    for (const command of ['登记', '确认', '审核', '进度']) expect(metrics).toContain(`{command="${command}"}`);
    expect((await program.stop()).code).toBe(0);
  });

  it('acts once on what is told again after a kill, and tells nobody twice', async () => {
    await start(transport);
    await says(cadre, '进度');
    await bot?.kill();
    server.faults.inEvents({ type: 'duplicate', as: 'another event' });
    await server.says(openIdOf(cadre), '登记 3学时 党性教育 昨天 《专题党课》 确认');
    await start(transport);
    const isAnswer = ({ to, shown }: { to: string | null; shown: unknown }): boolean =>
      to === openIdOf(cadre) && wordsOf(shown).includes('登记号');
    await server.arrival(isAnswer);
    // What comes after it is answered after it: the duplicate has been told by then.
    await says(cadre, '进度');
    await vi.waitFor(
      async () => expect((await bot?.get('/metrics'))?.body).toMatch(/xueshibu_repeated_deliveries_total\{[^}]*\} 1/),
      { timeout: 30_000 },
    );
    expect((await bot?.stop())?.code).toBe(0);
    expect(server.sentTo(openIdOf(cadre)).filter(isAnswer)).toHaveLength(1);
    const kept = await folder.look((store) => store.read((view) => view.count(hourEntries, {})));
    expect(kept).toBe(1);
  });
});

describe('before it is let in', () => {
  it('does not start on the sample college', async () => {
    expectRefusal(await runCli(['start'], { ...app(), ...sample.env }), 78, /示例学院/);
  });

  it('says why it is not ready when the secret is wrong, and writes the secret nowhere', async () => {
    const wrong = 'not-the-secret-at-all';
    const started = await startBot({ ...app(), FEISHU_APP_SECRET: wrong });
    bot = started;
    await vi.waitFor(
      async () => {
        const { status, body } = await started.get('/readyz');
        expect([status, body]).toEqual([503, expect.stringMatching(/FEISHU_APP_SECRET/)]);
      },
      { timeout: 30_000 },
    );
    const { code, stdout, stderr } = await started.stop();
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(wrong);
  });
});

describe('doctor', () => {
  it('says line by line what is well on Feishu', async () => {
    const { chatId } = server.addChat({ name: '干部群', members: college.map(openIdOf) });
    const { stdout } = await runCli(['doctor'], { ...app(), FEISHU_BULLETIN_CHATS: chatId });
    expect(stdout).toMatch(/正常 {2}飞书接受应用凭证/);
    expect(stdout).toMatch(/正常 {2}飞书允许建立长连接/);
    expect(stdout).toMatch(/正常 {2}权限齐全：私聊/);
    expect(stdout).toMatch(/注意 {2}还有 \d+ 人没有对应飞书账号/);
    expect(stdout).toMatch(/注意 {2}档案管理员 .*没有人能同意/);
  });

  it('goes on when the directory may not be asked', async () => {
    const reachable = await makeBotFolder([{ ...cadre, mobile: '13800000001' }]);
    server.scopes.delete('contact:user.id:readonly');
    const { code, stdout, stderr } = await askCli(['doctor'], { ...app(), ...reachable.env });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/注意 {2}应用缺少权限/)]);
    expect(stderr).not.toMatch(/^\s+at /m);
    await reachable.remove();
  });

  it('says what a missing permission costs', async () => {
    server.scopes.delete('im:resource');
    const { code, stdout } = await askCli(['doctor'], app());
    expect(code).toBe(1);
    expect(stdout).toMatch(/注意 {2}收发文件缺少权限 im:resource/);
  });

  it.each(['websocket', 'webhook'] as const)(
    'asks somebody for a code over %s, and hears the reply',
    async (transport) => {
      await start(transport);
      await says(cadre, '进度');
      await bot?.stop();
      const port = String(new URL(bot?.url ?? '').port);
      const env = { ...(transport === 'webhook' ? overWebhook() : app()), PORT: port };
      const program = spawnCli(['doctor', '--ask', cadre.staffNo], env);
      const code = await program.prints(/自检码 (\d{4})/);
      await server.says(openIdOf(cadre), `收到 ${code}`);
      expect((await program.ended).stdout).toContain('正常  收到了回复');
    },
  );

  it('names what was forgotten in the console', async () => {
    server.subscribed.events.names.delete('im.message.receive_v1');
    server.subscribed.callbacks.transport = 'webhook';
    const { code, stdout } = await askCli(['doctor'], app());
    expect(code).toBe(1);
    expect(stdout).toMatch(/注意 {2}事件没有订阅 im\.message\.receive_v1。请在后台“事件与回调”添加，并发布新版本。/);
    expect(stdout).toMatch(/注意 {2}回调的订阅方式与 FEISHU_TRANSPORT=websocket 不一致.*改为长连接/);
    expect(stdout).toMatch(/正常 {2}回调已全部订阅/);
  });

  it('says that the sample college cannot go on Feishu, and names the archivists that nobody knows', async () => {
    expect((await askCli(['doctor'], { ...app(), ...sample.env })).stdout).toMatch(/注意 {2}.*示例学院.*DATA_DIR/);
    const { stdout } = await askCli(['doctor'], { ...app(), ADMINS: 'E9999' });
    expect(stdout).toMatch(/注意 {2}ADMINS 中的工号 E9999 不在在职名册里/);
  });

  it('tells of messages that did not arrive, and outbox says to whom and why', async () => {
    server.people.person(openIdOf(cadre)).available = false;
    await start('websocket');
    await server.says(openIdOf(cadre), '进度');
    await vi.waitFor(
      async () => expect((await bot?.get('/metrics'))?.body).toContain('xueshibu_outbox_messages{state="failed"} 1'),
      { timeout: 30_000 },
    );
    await bot?.stop();
    expect((await askCli(['doctor'], app())).stdout).toMatch(/注意 {2}最近 7 天有 1 条消息没有送达.*outbox/);
    const { stdout } = await askCli(['outbox'], app());
    expect(stdout).toContain(`没有送达\t${cadre.name}（${cadre.staffNo}）\t此人不在应用的可用范围内`);
  });

  it('asks nobody while the bot runs, and nobody without an account', async () => {
    await start('websocket');
    const busy = await askCli(['doctor', '--ask', cadre.staffNo], app());
    expect(busy.stdout).toMatch(/注意 {2}.*正由/);
    await bot?.stop();
    const unbound = await askCli(['doctor', '--ask', 'E0011'], app());
    expect(unbound.stdout).toMatch(/注意 {2}E0011 还没有对应飞书账号/);
  });

  it('says that the secret is wrong, and nothing else of Feishu', async () => {
    const { code, stdout } = await askCli(['doctor'], { ...app(), FEISHU_APP_SECRET: 'x' });
    expect(code).toBe(1);
    expect(stdout).toMatch(/注意 {2}飞书不接受这个应用凭证.*FEISHU_APP_SECRET/);
    expect(stdout).not.toMatch(/权限齐全/);
  });
});
