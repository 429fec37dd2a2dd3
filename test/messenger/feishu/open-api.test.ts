import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openFeishuApi } from '../../../src/messenger/feishu/open-api.ts';

const now = '2026-11-20T01:00:00.000Z';

describe('how far the clock of this machine is ahead of the platform’s', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  const skewBefore = async (answer: RequestListener): Promise<unknown> => {
    const listening = createServer(answer);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return skewAt(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`);
  };
  const skewAt = async (domain: string): Promise<unknown> => {
    const feishu = await openFeishuApi({
      settings: {
        appId: 'cli_0123456789abcdef',
        appSecret: 's',
        transport: 'websocket',
        encryptKey: null,
        verificationToken: null,
        domain,
        bulletinChats: [],
      },
      clock: { now: () => now },
      log: { warn: () => {} },
    });
    return feishu.skew();
  };

  it.each([
    ['Fri, 20 Nov 2026 00:58:00 GMT', 120_000],
    ['Fri, 20 Nov 2026 01:00:30 GMT', -30_000],
    ['soon', 'not told'],
  ])('with its time as “%s” is %s', async (date, skew) => {
    expect(await skewBefore((_, answer) => answer.setHeader('Date', date).end())).toBe(skew);
  });

  it('is not told by an answer without a time, which is not the same as none', async () => {
    const answerWithout: RequestListener = (_, answer) => {
      answer.sendDate = false;
      answer.end();
    };
    expect(await skewBefore(answerWithout)).toBe('not told');
  });

  it('is not known when the platform is not reached', async () => {
    expect(await skewAt('http://127.0.0.1:1')).toBe('unreachable');
  });
});
