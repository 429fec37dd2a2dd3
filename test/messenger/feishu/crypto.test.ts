import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecryptionError, decrypt, isSame, sign } from '../../../src/messenger/feishu/crypto.ts';
import { encrypt } from '../../support/feishu-post.ts';

const faultOf = (key: string, encrypted: string): string => {
  try {
    return `no fault: ${decrypt(key, encrypted)}`;
  } catch (error) {
    return error instanceof DecryptionError ? error.fault : `another error: ${String(error)}`;
  }
};

describe('what the platform encrypts', () => {
  it.each([
    ['test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=', 'hello world'],
    [
      'mazhe.nerd',
      'tT1xP+ovuc0T3b/rnZX3ax76exqAn0ANQ6/U45GcciC0mgNBc8JtvqOJGNAPMKpgRs2dVU1NYk9VDeqS8T4SYtU0hzNU54aS84WnxvZ3VFfDcy/RyABlNqlUiGyLDzFI0yxdCMT4KR/YEQXlt6nZi50KwRlZ+A75r645KesZuLMljezYyY8VeeXEVjPw35+e',
      '{"challenge":"5634b122-c042-4634-bc7f-b07a3c3e77ad","token":"iRdCP2WwXNBXRM3mGLqhrgch3cn0gbT6","type":"url_verification"}',
    ],
  ])('is read with the key %s, as in the published examples', (key, encrypted, text) => {
    expect(decrypt(key, encrypted)).toBe(text);
  });

  it('is read whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, key) => {
        expect(decrypt(key, encrypt(key, text))).toBe(text);
      }),
    );
  });

  const block = Buffer.alloc(16).toString('base64');
  it.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['no base64', '!!!! not base64 !!!!'],
    ['base64 with a line break', 'P37w+VZImNgPEO1RBhJ6\nRtKl7n6zymIbEG1pReEzghk='],
    ['base64 for addresses', 'P37w-VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk='],
    ['base64 without its padding', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk'],
    ['a vector alone', block],
    ['half a block too much', Buffer.alloc(40).toString('base64')],
  ])('%s is refused by its form, whatever the key', (_, encrypted) => {
    expect(faultOf('test key', encrypted)).toBe('form');
  });

  it('does not open with another key', () => {
    expect(faultOf('another key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=')).toBe('content');
  });

  it('keeps what is no padding, so that no time can be measured that says which it was', () => {
    const bytes = Buffer.from(encrypt('test key', 'x'.repeat(20)), 'base64');
    expect(decrypt('test key', bytes.subarray(0, 32).toString('base64'))).toBe('x'.repeat(16));
  });

  it('is refused when it is no UTF-8, and nothing is replaced', () => {
    expect(faultOf('test key', encrypt('test key', Uint8Array.of(0xe5, 0xad)))).toBe('content');
  });

  it('ends in no other error, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 128 }), (bytes) => {
        expect(faultOf('test key', Buffer.from(bytes).toString('base64'))).not.toMatch(/^another error/);
      }),
    );
  });
});

describe('the signature', () => {
  it('is the SHA-256 of time, nonce, key and body', () => {
    expect(sign('key', '1', '2', Buffer.from('{}'))).toBe(
      '1db1ef1e3acbe9fa1d21218d7f3c463f1dde3e4e36caed6d3e9926a24e245fad',
    );
  });

  it('covers the bytes as they came: a space more is another signature', () => {
    const compact = sign('key', '1', '2', Buffer.from('{"a":1}'));
    expect(sign('key', '1', '2', Buffer.from('{"a": 1}'))).not.toBe(compact);
  });

  it('is compared as a whole, whatever its length', () => {
    expect([isSame('abc', 'abc'), isSame('abc', 'abd'), isSame('abc', 'ab'), isSame('abc', '')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
