import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const app = { FEISHU_APP_ID: 'cli_9f5343c580712544', FEISHU_APP_SECRET: 's3cret' };
const keys = { FEISHU_ENCRYPT_KEY: 'key', FEISHU_VERIFICATION_TOKEN: 'token' };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('which messenger is meant', () => {
  it('is the simulator when nothing is set', () => {
    expect(readConfig({})).toMatchObject({ messenger: 'simulator', feishu: null });
  });

  it('is Feishu as soon as an app is named, over the long connection and to the public address', () => {
    expect(readConfig(app)).toMatchObject({
      messenger: 'feishu',
      feishu: {
        appId: app.FEISHU_APP_ID,
        appSecret: app.FEISHU_APP_SECRET,
        transport: 'websocket',
        encryptKey: null,
        verificationToken: null,
        domain: 'https://open.feishu.cn',
        bulletinChats: [],
      },
    });
  });

  it('is the simulator when that is said, whatever app is named', () => {
    expect(readConfig({ ...app, MESSENGER: 'simulator' })).toMatchObject({ messenger: 'simulator', feishu: null });
  });

  it('takes a webhook with its keys, another address and groups', () => {
    const { feishu } = readConfig({
      ...app,
      ...keys,
      FEISHU_TRANSPORT: 'webhook',
      FEISHU_DOMAIN: 'http://127.0.0.1:4010/',
      FEISHU_BULLETIN_CHATS: 'oc_5ce6d572455d361153b7cb51da133945， oc_2',
    });
    expect(feishu).toMatchObject({
      transport: 'webhook',
      encryptKey: 'key',
      verificationToken: 'token',
      domain: 'http://127.0.0.1:4010',
      bulletinChats: ['oc_5ce6d572455d361153b7cb51da133945', 'oc_2'],
    });
  });
});

describe('what is wrong is said in one sentence each', () => {
  it.each([
    ['an app id of another shape', { ...app, FEISHU_APP_ID: 'cli_1' }, [/FEISHU_APP_ID.*“cli_1”/]],
    ['an app id alone', { FEISHU_APP_ID: app.FEISHU_APP_ID }, [/FEISHU_APP_SECRET/]],
    ['a secret alone', { FEISHU_APP_SECRET: 's' }, [/FEISHU_APP_ID/]],
    [
      'the id in the place of the secret, and the other way round',
      { FEISHU_APP_ID: 'f00dcafe', FEISHU_APP_SECRET: app.FEISHU_APP_ID },
      [/FEISHU_APP_SECRET 里写的是 App ID.*写反/],
    ],
    ['a secret as the guide shows it', { ...app, FEISHU_APP_SECRET: '…' }, [/FEISHU_APP_SECRET.*重新复制/]],
    ['a transport, but no app', { FEISHU_TRANSPORT: 'webhook' }, [/FEISHU_APP_ID 和 FEISHU_APP_SECRET/]],
    ['Feishu without an app', { MESSENGER: 'feishu' }, [/FEISHU_APP_ID 和 FEISHU_APP_SECRET/]],
    [
      'a webhook without its keys',
      { ...app, FEISHU_TRANSPORT: 'webhook' },
      [/FEISHU_ENCRYPT_KEY/, /FEISHU_VERIFICATION_TOKEN/],
    ],
    [
      'a webhook without its token',
      { ...app, ...keys, FEISHU_TRANSPORT: 'webhook', FEISHU_VERIFICATION_TOKEN: ' ' },
      [/FEISHU_VERIFICATION_TOKEN/],
    ],
    ['a transport that is none', { ...app, FEISHU_TRANSPORT: 'carrier' }, [/FEISHU_TRANSPORT.*carrier/]],
    ['an address that is none', { ...app, FEISHU_DOMAIN: 'open.feishu.cn' }, [/FEISHU_DOMAIN.*open\.feishu\.cn/]],
    ['an address with more behind it', { ...app, PUBLIC_URL: 'https://bot.example.cn/?a=1' }, [/PUBLIC_URL/]],
    [
      'an address with a password',
      { ...app, PUBLIC_URL: 'https://u:secret@bot.example.cn' },
      [/PUBLIC_URL(?!.*secret)/],
    ],
    ['an address of another kind', { ...app, FEISHU_DOMAIN: 'ftp://open.feishu.cn' }, [/FEISHU_DOMAIN/]],
    ['a group that is none', { ...app, FEISHU_BULLETIN_CHATS: '全体干部群' }, [/FEISHU_BULLETIN_CHATS.*全体干部群/]],
    ['both the simulator and Feishu', { ...app, MESSENGER: 'simulator,feishu' }, [/simulator/]],
    ['DingTalk', { MESSENGER: 'dingtalk' }, [/dingtalk/]],
    ['a messenger that is none', { MESSENGER: 'pigeon' }, [/MESSENGER.*pigeon/]],
  ])('%s', (_, environment, expected) => {
    const faults = faultsOf(environment);
    expect(faults).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(faults[i]).toMatch(pattern);
  });

  it('says everything at once, and never a secret', () => {
    const faults = faultsOf({ ...app, FEISHU_APP_ID: 'x', FEISHU_TRANSPORT: 'webhook', PORT: 'a', LOG_LEVEL: 'loud' });
    expect(faults).toHaveLength(5);
    expect(faults.join('')).not.toContain(app.FEISHU_APP_SECRET);
    const secret = '6036c3b47811c2fa3e8bd1008f3a9340';
    const swapped = { FEISHU_APP_ID: secret, FEISHU_APP_SECRET: app.FEISHU_APP_ID };
    for (const environment of [swapped, { FEISHU_APP_ID: secret, FEISHU_APP_SECRET: secret }]) {
      expect(faultsOf(environment)).toHaveLength(1);
      expect(faultsOf(environment).join('')).not.toContain(secret);
    }
  });
});
