import { createCipheriv, createHash } from 'node:crypto';
import { addDays } from '../../src/domain/day.ts';
import type { FeishuSettings } from '../../src/messenger/feishu/settings.ts';
import { now, staffNoOf, today } from './people.ts';

/** How many people say something in turn. */
export const speakers = 1000;

export const settings: FeishuSettings = {
  appId: 'cli_be4c4be4c4be4c4b',
  appSecret: 'secret',
  transport: 'webhook',
  encryptKey: 'bench key',
  verificationToken: 'bench token',
  domain: 'http://127.0.0.1:9',
  bulletinChats: [],
};

const nowMs = Date.parse(now);

/** The `n`th message of the bench: somebody logs a training that nobody has logged before. */
export function eventOf(n: number): object {
  const person = n % speakers;
  const round = Math.floor(n / speakers);
  const openId = `ou_${person}`;
  const text = `登记 3学时 党性教育 ${addDays(today, -2 * round)} 《专题党课第${round + 1}讲》 确认`;
  return {
    schema: '2.0',
    header: {
      event_id: `event-${n}`,
      event_type: 'im.message.receive_v1',
      create_time: String(nowMs),
      token: settings.verificationToken,
      app_id: settings.appId,
      tenant_key: 'tenant',
    },
    event: {
      sender: {
        sender_id: { union_id: `on_${person}`, user_id: staffNoOf(person), open_id: openId },
        sender_type: 'user',
        tenant_key: 'tenant',
      },
      message: {
        message_id: `om_${n}`,
        create_time: String(nowMs),
        chat_id: `oc_${person}`,
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({ text }),
      },
    },
  };
}

/** A whole HTTP request, encrypted and signed as the platform does it. */
export function encryptedPost(path: string, event: object): Buffer {
  const key = createHash('sha256')
    .update(settings.encryptKey ?? '')
    .digest();
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = Buffer.concat([iv, cipher.update(JSON.stringify(event)), cipher.final()]).toString('base64');
  const body = JSON.stringify({ encrypt: encrypted });
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = '1234567890';
  const signature = createHash('sha256')
    .update(timestamp + nonce + (settings.encryptKey ?? '') + body)
    .digest('hex');
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json; charset=utf-8',
    `X-Lark-Request-Timestamp: ${timestamp}`,
    `X-Lark-Request-Nonce: ${nonce}`,
    `X-Lark-Signature: ${signature}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
