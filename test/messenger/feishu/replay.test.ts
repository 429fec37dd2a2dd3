import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replay } from '../../../src/cli/replay.ts';
import { systemClock } from '../../../src/clock.ts';
import { collections } from '../../../src/collections.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import { cadres } from '../../../src/domain/cadre.ts';
import { hourEntries } from '../../../src/domain/hours.ts';
import { explainFault } from '../../../src/exit-code.ts';
import { createLog } from '../../../src/log.ts';
import { outbox } from '../../../src/messenger/outbox.ts';
import { createSimulatedClock } from '../../../src/messenger/simulator/clock.ts';
import { settings } from '../../../src/settings.ts';
import { openLowdbStore } from '../../../src/store/lowdb/open.ts';
import { listAll, type Store, type Transaction } from '../../../src/store/store.ts';
import { college, people } from '../../support/college.ts';
import { app, changed, encrypt, recording, recordings } from '../../support/feishu-post.ts';

let folder: string;
let config: Config;

const withStore = async <R>(work: (store: Store) => Promise<R>): Promise<R> => {
  const store = await openLowdbStore({ directory: config.dataDirectory, collections });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
const write = (work: (tx: Transaction) => Promise<void>): Promise<void> =>
  withStore((store) =>
    store.transaction({ actor: 'system', via: 'cli', what: 'test', ref: '', at: '2026-11-20T01:00:00.000Z' }, work),
  );
const kept = (): Promise<{ entries: number; answers: number; records: number }> =>
  withStore((store) =>
    store.read(async (view) => ({
      entries: (await listAll(view, hourEntries)).length,
      answers: (await listAll(view, outbox)).length,
      records: (await view.auditHead()).n,
    })),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xueshibu-replay-'));
  config = readConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' });
  await write(async (tx) => {
    for (const person of college) await tx.put(cadres, person);
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function run(event: unknown, ...options: string[]): Promise<string> {
  const file = join(folder, 'event.json');
  await writeFile(file, typeof event === 'string' || event instanceof Uint8Array ? event : JSON.stringify(event));
  return runFile(file, ...options);
}
async function runFile(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await replay(args, { config, log: createLog('silent'), print: (line) => lines.push(line) });
  return lines.join('\n');
}
const refusal = async (event: unknown, ...options: string[]) =>
  explainFault(await run(event, ...options).catch((error: unknown) => error));

const logged = (): object =>
  changed(
    'message-text-private',
    'event.message.content',
    JSON.stringify({ text: '登记 3学时 党性教育 2026-11-20 《专题党课》 确认' }),
  );

describe('replay', () => {
  it('shows who says what, the command, its changes and the answer, and keeps nothing', async () => {
    const before = await kept();
    const shown = await run(logged());
    expect(shown).toMatch(/^事件　im\.message\.receive_v1（2020-12-27 20:45）$/m);
    expect(shown).toMatch(/^内容　登记 3学时/m);
    expect(shown).toMatch(/^来自　王芳 E0011（ou_84aa.*），私聊$/m);
    expect(shown).toMatch(/^命令　登记$/m);
    expect(shown).toMatch(/^改动　.*hour-entries 1/m);
    expect(shown).toMatch(/^ {2}.*登记号 1001/m);
    expect(shown).toMatch(/没有写入任何内容。$/);
    expect(await kept()).toEqual(before);
  });

  it('is the same the next time, and takes effect once with --commit', async () => {
    expect(await run(logged())).toBe(await run(logged()));
    const shown = await run(logged(), '--commit');
    expect(shown).toMatch(/登记号 1001/);
    expect(shown).toMatch(/^已写入。/m);
    expect(await kept()).toMatchObject({ entries: 1, answers: 1 });
    expect(await run(logged(), '--commit')).toMatch(/^这条已经处理过/m);
    expect(await kept()).toMatchObject({ entries: 1, answers: 1 });
  });

  it('draws the numbers that the ledger would give', async () => {
    await run(logged(), '--commit');
    const second = changed('message-text-group', 'event.message', {
      ...Object(Reflect.get(Object(Reflect.get(logged(), 'event')), 'message')),
      message_id: 'om_second',
      content: JSON.stringify({ text: '登记 2学时 理论教育 2026-11-19 《报告会》 确认' }),
    });
    expect(await run(second)).toMatch(/登记号 1002/);
  });

  it('works while a bot holds the ledger, but --commit does not', async () => {
    await withStore(async () => {
      expect(await run(logged())).toMatch(/登记号 1001/);
      expect(await refusal(logged(), '--commit')).toMatchObject({ code: 75 });
    });
  });

  it('shows the toast and the new card of a tap, which in an unknown chat is one in a group', async () => {
    const shown = await run(recording('card-action-button'));
    expect(shown).toMatch(/^按钮　\{"command":"进度","args":\{\}\}$/m);
    expect(shown).toMatch(/^来自　王芳 .*，群 oc_/m);
    expect(shown).toMatch(/^提示　.*私聊/m);
    await run(recording('message-text-private'), '--commit');
    const own = await run(recording('card-action-button'));
    expect(own).toMatch(/^来自　王芳 .*，私聊$/m);
    expect(own).toMatch(/^卡片变为\n {2}本周期已认定 0 学时/m);
  });

  it('says to a stranger what the bot says', async () => {
    const stranger = changed('menu', 'event.operator.operator_id', { open_id: 'ou_new', user_id: 'E9999' });
    const shown = await run(stranger);
    expect(shown).toMatch(/^来自　ou_new（名册中没有对应的人），私聊$/m);
    expect(shown).toMatch(/绑定 工号 姓名/);
  });

  it('says that an attachment is not fetched', async () => {
    const shown = await run(recording('message-file'));
    expect(shown).toMatch(/^附件　学习体会\.docx（回放不下载附件/m);
    expect(shown).toMatch(/文件“学习体会\.docx”在回放时没有下载。/);
  });

  it('does not take what has attachments: counted as received, they could never come in again', async () => {
    const before = await kept();
    expect(await refusal(recording('message-file'), '--commit')).toMatchObject({
      code: 64,
      sentences: [expect.stringMatching(/没有写入.*学习体会\.docx.*重新发送/)],
    });
    expect(await kept()).toEqual(before);
  });

  it.each([
    ['message-from-bot', /^不处理　im\.message\.receive_v1：不是人发的消息。/],
    ['message-text-everybody', /：群消息没有 @ 机器人。/],
    ['message-read', /^不处理　im\.message\.message_read_v1：机器人不处理这类事件。/],
    ['card-action-unnamed-operator', /没有操作人的 open_id/],
  ])('says why %s is nothing for the bot', async (name, line) => {
    expect(await run(recording(name))).toMatch(line);
  });

  it('reads every recording', async () => {
    for (const name of recordings.filter((each) => each !== 'url-verification')) {
      expect(await run(recording(name)), name).toMatch(/没有写入任何内容。$/);
    }
    expect(await kept()).toMatchObject({ entries: 0, answers: 0 });
  });

  it('opens what is encrypted with the configured key', async () => {
    const sealed = { encrypt: encrypt(app.encryptKey, JSON.stringify(recording('menu'))) };
    expect(await refusal(sealed)).toMatchObject({
      code: 65,
      sentences: [expect.stringContaining('FEISHU_ENCRYPT_KEY')],
    });
    const feishu = { FEISHU_APP_ID: app.appId, FEISHU_APP_SECRET: 'secret', FEISHU_ENCRYPT_KEY: app.encryptKey };
    config = { ...readConfig({ ...feishu, LOG_LEVEL: 'silent' }), dataDirectory: config.dataDirectory };
    expect(await run(sealed)).toMatch(/^命令　进度$/m);
    expect(await refusal({ encrypt: encrypt('another', '{}') })).toMatchObject({ code: 65 });
    expect(await refusal(changed('menu', 'header.app_id', 'cli_0000000000000000'))).toMatchObject({
      code: 65,
      sentences: [expect.stringMatching(/cli_0000000000000000.*cli_9f5343c580712544/)],
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', '', /不是 JSON/],
    ['words', 'hello', /不是 JSON.*例如：\{"schema"/],
    ['half an event', '{"schema":\n', /不是 JSON/],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe), /UTF-8/],
    ['objects like a tower', `${'['.repeat(50)}${']'.repeat(50)}`, /层次过多/],
    ['a list', [], /不是飞书的事件/],
    ['an event without its type', changed('menu', 'header.event_type', undefined), /header\.event_type/],
    ['an event without its operator', changed('menu', 'event.operator', undefined), /event\.operator/],
    ['the first call to a new address', recording('url-verification'), /验证回调地址/],
  ])('refuses %s with 65, what is wrong and an example', async (_, event, sentence) => {
    const { code, sentences } = await refusal(event);
    expect({ code, sentences }).toEqual({ code: 65, sentences: [expect.stringMatching(sentence)] });
    expect(sentences[0]).not.toContain('\n');
  });

  it('refuses a file that is not there with 65, and none at all with 64', async () => {
    const missing = explainFault(await runFile(join(folder, 'nowhere.json')).catch((error: unknown) => error));
    expect(missing).toMatchObject({ code: 65, sentences: [expect.stringContaining('nowhere.json')] });
    expect(explainFault(await runFile().catch((error: unknown) => error)).code).toBe(64);
  });

  it('does not write into the sample college', async () => {
    await write((tx) => tx.put(settings, { name: 'sample', value: true }));
    await withStore((store) => createSimulatedClock({ store, system: systemClock }));
    expect(await refusal(logged(), '--commit')).toMatchObject({
      code: 64,
      sentences: [expect.stringContaining('--commit')],
    });
    expect(await run(logged())).toMatch(/登记号 1001/);
  });

  it('leaves nothing in the folder that was not there', async () => {
    const before = (await readdir(config.dataDirectory, { recursive: true })).toSorted();
    await run(
      changed('message-text-private', 'event.message.content', JSON.stringify({ text: `体会 ${'学'.repeat(900)}` })),
    );
    expect((await readdir(config.dataDirectory, { recursive: true })).toSorted()).toEqual(before);
  });

  it('answers for the person whose 工号 is the user id', async () => {
    expect(await run(recording('menu'))).toContain(`${people.cadre.name} ${people.cadre.staffNo}`);
  });
});
